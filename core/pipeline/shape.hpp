// pipeline/shape.hpp -- what each element of a pipeline file may hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <finding/finding.hpp>
#include <pipeline/document.hpp>

namespace mealsync {

using NameList = std::vector<std::string_view>;

struct Shape {
  NameList required = {};      // attributes
  NameList optional = {};      // attributes
  NameList once = {};          // child elements
  NameList many = {};          // child elements
  bool any_attribute = false;  // the others are options of a stage
  bool any_child = false;
  bool takes_text = false;
};

/// Tells what does not fit. A misspelt name is told once and then corrected in `element`, so that what
/// was meant is neither missed nor left unchecked.
void check_shape(Element& element, const Shape& shape, Findings& findings);

[[nodiscard]] const Attribute* find_attribute(const Element& element, std::string_view name);
[[nodiscard]] Element* find_child(Element& element, std::string_view name);

/// "a, b or c"
[[nodiscard]] std::string one_of(const NameList& names);

}  // namespace mealsync
