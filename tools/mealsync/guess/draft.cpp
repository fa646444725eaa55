#include "draft.hpp"

#include <algorithm>

namespace mealsync::guess {
namespace {

/// As it stands in an attribute of a pipeline file.
std::string escaped(std::string_view text) {
  std::string to;
  for (const char c : text) {
    if (c == '&')
      to += "&amp;";
    else if (c == '<')
      to += "&lt;";
    else if (c == '"')
      to += "&quot;";
    else if (c == '$')
      to += "$$";
    else if (c == '\n')
      to += "&#10;";
    else if (c == '\t')
      to += "&#9;";
    else
      to += c;
  }
  return to;
}

std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string(name) + "=\"" + escaped(value) + '"';
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string comment(const std::string& words) {
  return "  <!-- " + words + " -->";
}

std::string records(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " record" : " records");
}

class Draft {
 public:
  explicit Draft(const Findings& found)
      : found_(found), names_(names_of(found)), is_by_header_(has_good_header()) {}

  std::string write() {
    add_head();
    add_source();
    add_codes();
    add_rest();
    return std::move(text_);
  }

 private:
  void line(const std::string& words) { text_ += words + '\n'; }

  /// Each column that is read has a name in the header, and none of them twice.
  [[nodiscard]] bool has_good_header() const {
    const auto& header = found_.table.header;
    for (std::size_t i = 0; i < header.size(); ++i)
      if (!names_[i].empty() && (header[i].empty() || !is_printable(header[i]) ||
                                 std::count_if(header.begin(), header.end(), [&](const std::string& other) {
                                   return words_of(other) == words_of(header[i]);
                                 }) > 1))
        return false;
    return !header.empty();
  }

  void add_head() {
    line(R"(<?xml version="1.0" encoding="UTF-8"?>)");
    line(
        "<!-- A draft, made by looking at the file. What the file does not say is left open: mealsync check "
        "names each");
    line(
        "     such place. Look at what comes of it with mealsync preview, then with mealsync run --test. "
        "-->");
    line("<pipeline" + attribute("name", found_.name) +
         attribute("school_year", to_text(found_.meanings.year)) + ">" +
         (found_.meanings.is_year_known ? "" : comment("the file names no year: this is today's")));
    line("  <variable name=\"campus\" " + attribute("value", found_.campus) + "/>");
    line("  <variable name=\"pos\"    " + attribute("value", found_.path) + "/>");
    line("  <variable name=\"reports\" value=\"reports\"/>\n");
  }

  void add_source() {
    const Shape& shape = found_.shape;
    line(R"(  <source id="pos" plugin="local_file" path="${pos}">)");
    std::string format = "    <format plugin=";
    if (shape.is_fixed()) {
      format += "\"fixed_width\"";
    } else {
      format += "\"delimited\"";
      if (shape.separator != ',')
        format += attribute("separator", shape.separator == '\t' ? "tab" : std::string(1, shape.separator));
      if (shape.quote != '"')
        format += attribute("quote", shape.quote == '\0' ? "none" : std::string(1, shape.quote));
      if (!found_.table.header.empty()) format += R"( header="yes")";
    }
    line(format + ">");
    for (std::size_t i = 0; i < names_.size(); ++i)
      add_column(i);
    line("    </format>\n  </source>");
  }

  void add_column(std::size_t i) {
    const Column& column = found_.meanings.columns[i];
    const bool by_name = is_by_header_ || found_.shape.is_fixed();
    if (names_[i].empty() && by_name) return;  // by header or place only those that are read have a line
    std::string text = "      <column";
    if (names_[i].empty())
      return line(text + " skip=\"yes\"/>" + comment(std::string(in_words(column.meaning))));
    std::size_t width = 0;
    for (const std::string& name : names_)
      width = std::max(width, name.size() + 6);
    const bool has_more = by_name || is_date(i);
    text += has_more ? padded(attribute("as", names_[i]), width) : attribute("as", names_[i]);
    if (found_.shape.is_fixed())
      text += attribute("start", std::to_string(found_.shape.places[i].start + 1)) +
              attribute("length", std::to_string(found_.shape.places[i].length));
    else if (by_name)
      text += attribute("header", column.header);
    if (!is_date(i)) return line(text + "/>");
    const DateColumn& dates = *column.dates;
    text += " type=\"date\"" + attribute("pattern", dates.pattern) + "/>";
    if (!dates.other.empty())
      text += comment("no day is above 12, so that it may be " + dates.other + " as well: make sure");
    line(text);
  }
  [[nodiscard]] bool is_date(std::size_t i) const {
    return names_[i] == "start_date" || names_[i] == "end_date" || names_[i] == "birth_date";
  }

  void add_codes() {
    const Codes& codes = found_.codes;
    std::string from;
    for (const std::size_t column : found_.code_columns)
      from += (from.empty() ? "" : " ") + names_[column];
    if (from.empty()) {
      line("  <!-- No column says a status: say what every record of the file is. -->");
      line("  <transform id=\"codes\" plugin=\"map_values\">");
      line("    <map eligibility=\"\" source=\"\" certified_type=\"\"/>\n  </transform>");
      return;
    }
    const bool whole = codes.say_why;
    line("  <transform id=\"codes\" plugin=\"map_values\"" + attribute("from", from) + ">");
    std::size_t width = 0;
    for (const CodeCombination& code : codes.listed)
      width = std::max(width, attribute("when", code.when).size());
    for (const CodeCombination& code : codes.listed) {
      std::string text = "    <map" + padded(attribute("when", code.when), width) +
                         padded(attribute("eligibility", spelled(code.target.eligibility)), 22);
      if (whole)
        text += padded(attribute("source", spelled(code.target.source)), 20) +
                attribute("certified_type", spelled(code.target.type));
      line(text.substr(0, text.find_last_not_of(' ') + 1) + "/>" + comment(records(code.records)));
    }
    if (codes.unlisted > 0)
      line("    <!-- " + records(codes.unlisted) +
           " with values that are not listed: long, or too many. -->");
    line("  </transform>");
    if (whole) return;
    line(
        "  <!-- The codes do not say why a student has his status: Direct is what no application was needed "
        "for. -->");
    line(
        "  <transform id=\"why\"     plugin=\"map_values\"><map source=\"\" "
        "certified_type=\"\"/></transform>");
  }
  template <class E>
  [[nodiscard]] static std::string spelled(const std::optional<E>& value) {
    return value ? std::string(mealsync::spell(*value)) : std::string{};
  }

  void add_rest() {
    const bool has_start = found_.meanings.first(Meaning::start_date).has_value();
    std::string year = "  <transform id=\"year\"    plugin=\"year_mapping\"";
    if (!has_start) year += R"( start_date_policy="as_of")";
    if (found_.meanings.first(Meaning::school_year)) year += R"( year_column="school_year")";
    if (!has_start) line("  <!-- The file has no first day: it is the day of the run. -->");
    line(year + "/>");
    const StudentKey& key = found_.key;
    std::string student = "  <transform id=\"student\" plugin=\"match_student\" database=\"${campus}\"" +
                          attribute("key", spell(key.chosen.kind));
    constexpr int usual_digits = 10;
    if (key.chosen.kind == KeyKind::state_id && key.id_digits != usual_digits)
      student += attribute("id_digits", std::to_string(key.id_digits));
    student += "/>";
    if (key.chosen.records > 0)
      student +=
          comment("finds " + std::to_string(key.chosen.records) + " of " + records(found_.table.records));
    line(student);
    line(R"(  <transform id="cep"     plugin="cep_filter" database="${campus}"/>)");
    line(R"(  <transform id="merge"   plugin="merge_eligibility" database="${campus}"/>)");
    line(R"(  <sink id="campus" plugin="ic_database" database="${campus}"/>)");
    line(R"(  <sink id="report" plugin="text_report" path="${reports}/${pipeline}-${run}.txt"/>)");
    line("</pipeline>");
  }

  const Findings& found_;
  std::vector<std::string> names_;
  bool is_by_header_;
  std::string text_;
};

}  // namespace

std::vector<std::string> names_of(const Findings& found) {
  const Meanings& meanings = found.meanings;
  std::vector<std::string> names(meanings.columns.size());
  const auto name = [&](Meaning meaning, const char* as) {
    if (const auto column = meanings.first(meaning)) names[*column] = as;
  };
  name(Meaning::start_date, "start_date");
  name(Meaning::end_date, "end_date");
  name(Meaning::school_year, "school_year");
  for (std::size_t i = 0; i < found.code_columns.size(); ++i)
    names[found.code_columns[i]] =
        i == 0 && found.code_columns.size() == 1 ? "status" : "code_" + std::to_string(i + 1);
  const Proof& key = found.key.chosen;
  if (key.kind == KeyKind::name_birth_date) {
    constexpr const char* parts[] = {"last_name", "first_name", "birth_date"};
    for (std::size_t i = 0; i < key.columns.size(); ++i)
      names[key.columns[i]] = parts[i];
  } else if (key.kind != KeyKind::none) {
    names[key.columns[0]] = spell(key.kind);
  }
  return names;
}

std::string draft_of(const Findings& found) {
  return Draft(found).write();
}

}  // namespace mealsync::guess
