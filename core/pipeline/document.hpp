// pipeline/document.hpp -- an XML file as a tree in which everything knows its place.
//
// Units      The place of an element or attribute is that of its name. A byte order mark is not counted.
// Errors     MS11xx. Where there is no tree, at least one was added; with faults that leave it readable
//            (an attribute given twice, an unknown entity …) the tree is given all the same.
// Ownership  The tree owns its texts.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <finding/finding.hpp>

namespace mealsync {

struct Attribute {
  std::string name;
  std::string value;
  Position at;
};

struct Element {
  std::string name;
  Position at;
  std::vector<Attribute> attributes;  // no name twice
  std::vector<Element> children;
  std::string text;  // all pieces of it, joined; empty where there are only blanks
  Position text_at;
};

/// A file that cannot be read at all is told at `asked_at`.
[[nodiscard]] std::optional<Element> read_document(const std::filesystem::path& file,
                                                   const Position& asked_at, Findings& findings);

}  // namespace mealsync
