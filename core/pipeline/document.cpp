#include <pipeline/document.hpp>

#include <algorithm>
#include <cstring>
#include <set>
#include <string_view>

#include <pipeline/file_text.hpp>
#include <pipeline/letters.hpp>
#include <pipeline/rules.hpp>
#include <pugixml.hpp>

namespace mealsync {
namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 20;
constexpr int most_levels = 32;
constexpr std::string_view blanks = " \t\r\n";

std::optional<std::string> read_whole(const std::filesystem::path& file, const Position& asked_at,
                                      Findings& findings) {
  FileText answer = read_file_text(file, most_bytes);
  switch (answer.fault) {
    case FileFault::none:
      return std::move(answer.text);
    case FileFault::missing:
      findings.add<rules::file_missing>(asked_at, file.string());
      break;
    case FileFault::folder:
      findings.add<rules::file_is_folder>(asked_at, file.string());
      break;
    case FileFault::special:
      findings.add<rules::file_is_special>(asked_at, file.string());
      break;
    case FileFault::unreadable:
      findings.add<rules::file_unreadable>(asked_at, file.string(), answer.reason);
      break;
    case FileFault::too_large:
      findings.add<rules::file_too_large>(asked_at, file.string(), most_bytes);
      break;
  }
  return std::nullopt;
}

std::size_t offset_of(pugi::xml_node node) {
  return static_cast<std::size_t>(node.offset_debug());
}

/// Gives pugixml's nodes their places, and refuses what it accepts and XML does not.
class TreeReader {
 public:
  TreeReader(const PlacedText& source, Findings& findings) : source_(source), findings_(findings) {}

  [[nodiscard]] std::optional<Element> read(const pugi::xml_document& document) {
    std::optional<Element> root;
    for (const pugi::xml_node node : document.children()) {
      switch (node.type()) {
        case pugi::node_element:
          if (root)
            findings_.add<rules::second_root>(source_.at(offset_of(node)), node.name());
          else
            root = read_element(node, 1);
          break;
        case pugi::node_declaration:
          check_declaration(node);
          break;
        case pugi::node_doctype:
          findings_.add<rules::doctype>(source_.at(source_.text().rfind('<', offset_of(node))));
          break;
        default:
          findings_.add<rules::text_outside>(source_.at(first_letter(node)));
          break;
      }
    }
    if (!root) findings_.add<rules::no_root>(source_.at(0));
    return root;
  }

 private:
  void check_declaration(pugi::xml_node node) {
    for (const Attribute& attribute : read_attributes(node)) {
      std::string upper = attribute.value;
      for (char& c : upper)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      if (attribute.name == "encoding" && upper != "UTF-8" && upper != "US-ASCII")
        findings_.add<rules::other_encoding>(attribute.at, attribute.value);
    }
  }

  [[nodiscard]] Element read_element(pugi::xml_node node, int level) {
    Element element;
    element.name = node.name();
    element.at = source_.at(offset_of(node));
    element.attributes = read_attributes(node);
    for (const pugi::xml_node child : node.children()) {
      if (child.type() != pugi::node_element)
        add_text(element, child);
      else if (level < most_levels)
        element.children.push_back(read_element(child, level + 1));
      else
        findings_.add<rules::too_deep>(source_.at(offset_of(child)), child.name(), most_levels);
    }
    return element;
  }

  /// pugixml knows no place of an attribute; it has accepted the start tag, so the scan need not doubt it.
  [[nodiscard]] std::vector<Attribute> read_attributes(pugi::xml_node node) {
    const std::string_view text = source_.text();
    std::vector<Attribute> attributes;
    std::set<std::string_view> names;
    std::size_t end = offset_of(node) + std::strlen(node.name());
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      const std::size_t begin = text.find_first_not_of(blanks, end);
      const std::size_t quote = text.find_first_of("\"'", begin + name.size());
      end = text.find(text[quote], quote + 1);
      const std::string_view raw = text.substr(0, end);
      if (const auto at = raw.find('<', quote); at != std::string_view::npos)
        findings_.add<rules::bare_less_than>(source_.at(at), name);
      check_references(source_, quote, end, findings_);
      ++end;
      if (names.insert(name).second)
        attributes.push_back({std::string(name), attribute.value(), source_.at(begin)});
      else
        findings_.add<rules::duplicate_attribute>(source_.at(begin), name);
    }
    return attributes;
  }

  void add_text(Element& element, pugi::xml_node node) {
    const std::string_view value = node.value();
    if (value.find_first_not_of(blanks) == std::string_view::npos) return;
    const std::size_t begin = first_letter(node);
    if (node.type() == pugi::node_pcdata)
      check_references(source_, begin, source_.text().find('<', begin), findings_);
    if (element.text.empty()) element.text_at = source_.at(begin);
    element.text += value;
  }

  [[nodiscard]] std::size_t first_letter(pugi::xml_node node) const {
    return source_.text().find_first_not_of(blanks, offset_of(node));
  }

  const PlacedText& source_;
  Findings& findings_;
};

}  // namespace

std::optional<Element> read_document(const std::filesystem::path& file, const Position& asked_at,
                                     Findings& findings) {
  const auto bytes = read_whole(file, asked_at, findings);
  if (!bytes) return std::nullopt;
  std::string_view text = *bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const PlacedText source(file.string(), text);
  if (!check_letters(source, findings)) return std::nullopt;

  // As a fragment, because pugixml drops text outside of the root without a word otherwise.
  constexpr unsigned flags =
      pugi::parse_default | pugi::parse_fragment | pugi::parse_doctype | pugi::parse_declaration;
  pugi::xml_document document;
  const auto result = document.load_buffer(text.data(), text.size(), flags, pugi::encoding_utf8);
  if (!result) {
    findings.add<rules::not_well_formed>(source.at(static_cast<std::size_t>(result.offset)),
                                         result.description());
    return std::nullopt;
  }

  return TreeReader(source, findings).read(document);
}

}  // namespace mealsync
