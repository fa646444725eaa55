#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <mealsync/sdk.hpp>
#include <nlohmann/json.hpp>
#include <reports/clean.hpp>
#include <reports/counts.hpp>
#include <reports/gathered.hpp>
#include <reports/held_text.hpp>
#include <reports/options.hpp>
#include <reports/report_file.hpp>

namespace {

using namespace mealsync;
using namespace mealsync::reports;
using Json = nlohmann::ordered_json;

Json text_or_null(Text text) {
  return text.empty() ? Json() : Json(clean(text));
}

// What is no UTF-8 must not cost the report: it is shown as U+FFFD.
std::string spelled(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Between the members of an object, or the elements of an array.
Text separator(bool is_first) {
  return is_first ? "\n" : ",\n";
}

/// A list of records, as it stands in the object: an element each.
class RecordElements {
 public:
  explicit RecordElements(std::span<const Heading> headings) {
    for (const Heading& heading : headings)
      names_.push_back((names_.empty() ? "{" : ",") + spelled(heading.member) + ":");
  }

  void add(std::span<const Text> cells) {
    const bool is_first = elements_.is_empty();
    std::string& text = elements_.end();
    text.append(separator(is_first)).append("    ");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      text += names_[i];
      append_value(text, cells[i]);
    }
    text += '}';
  }
  [[nodiscard]] HeldText& text() { return elements_; }

 private:
  static void append_value(std::string& text, Text cell) {
    const bool is_plain = std::all_of(cell.begin(), cell.end(),
                                      [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
    if (is_plain && !cell.empty())
      text.append("\"").append(cell).append("\"");
    else
      text += spelled(text_or_null(cell));
  }

  std::vector<std::string> names_;  // each with what stands before it, and its colon
  HeldText elements_;
};

Json message(const Message& message) {
  return {{"line", message.line == 0 ? Json() : Json(message.line)},
          {"file", text_or_null(message.file)},
          {"severity", message.severity},
          {"code", message.code},
          {"message", message.words}};
}

Json members(std::span<const Counted> counted) {
  Json members = Json::object();
  for (const Counted& each : counted)
    members[each.name] = each.value;
  return members;
}

Json counts(const Summary& outcome, const Counts& counted) {
  Json counts = Json::object();
  for (const Text counter : run_counts)
    counts[counter] = outcome.count(counter);
  counts["skipped"] = members(counted.skipped);
  counts.update(members(counted.others));
  return counts;
}

Json tiles(const Counts& counted) {
  Json tiles = Json::object();
  for (const Tile& tile : counted.tiles)
    tiles[tile.member] = tile.value;
  return tiles;
}

Json inputs(const Summary& outcome) {
  Json inputs = Json::array();
  for (const ms_input& input : outcome.inputs())
    inputs.push_back({{"file", clean(text_of(input.file))},
                      {"bytes", input.bytes},
                      {"sha256", clean(text_of(input.sha256))}});
  return inputs;
}

class JsonReport {
 public:
  static constexpr auto name = "json_report";
  static constexpr auto summary = "Writes the import report as one JSON object.";
  static constexpr auto rules = report_rules;

  using Options = ReportOptions;
  using Ports = ReportPorts;

  JsonReport(const Options& options, const Ports& ports, const Run& run)
      : run_(run),
        options_(options),
        file_(options.path),
        gathered_(options, ports, run.school_year,
                  [this](Section section, std::span<const Text> cells) {
                    (section == Section::updated ? updated_ : existing_).add(cells);
                  }),
        updated_(gathered_.headings(Section::updated)),
        existing_(gathered_.headings(Section::existing)) {}

  void write(Row row, Context&) { gathered_.add(row); }
  void found(const Found& finding, Context&) { gathered_.add(finding); }

  void conclude(const Summary& outcome, Context&) {
    gathered_.end_of_rows();
    file_.write("{");
    write_title(outcome);
    if (options_.has_records()) write_records("updated", updated_);
    if (options_.has_messages()) write_messages(outcome);
    if (options_.has_records()) write_records("existing", existing_);
    write_codes();
    file_.write("\n}\n");
    file_.finish();
  }

 private:
  void write_title(const Summary& outcome) {
    member("pipeline", clean(run_.pipeline));
    member("district", clean(run_.district));
    member("school_year", to_text(run_.school_year));
    member("run", clean(run_.name));
    member("as_of", to_text(run_.as_of));
    member("profile", spell(options_.profile));
    member("test", run_.test);
    member("committed", outcome.committed());
    member("status", clean(outcome.status()));
    member("reason", text_or_null(gathered_.reason(outcome)));
    member("started_at", text_or_null(run_.started_at));
    member("finished_at", text_or_null(outcome.finished_at()));
    member("inputs", inputs(outcome));
    const Counts counted(outcome, options_.profile, gathered_.errors_and_warnings());
    member("counts", counts(outcome, counted));
    member("summary", tiles(counted));
  }
  void write_records(Text member_name, RecordElements& records) {
    begin_array(member_name);
    is_first_ = records.text().is_empty();
    records.text().take_pieces([&](Text elements) { file_.write(elements); });
    end_array();
  }
  void write_messages(const Summary& outcome) {
    begin_array("messages");
    gathered_.each_message(outcome.inputs(), [&](const Message& each) { element(message(each)); });
    end_array();
  }
  void write_codes() {
    begin_array("codes");
    for (const auto& [code, found] : gathered_.codes())
      element({{"code", code_text(code)},
               {"severity", to_text(found.severity)},
               {"count", found.count},
               {"remedy", text_or_null(found.remedy)}});
    end_array();
  }

  void name_member(Text member_name) {
    file_.write(separator(is_first_));
    file_.write("  \"");
    file_.write(member_name);
    file_.write("\": ");
    is_first_ = false;
  }
  void member(Text member_name, const Json& value) {
    name_member(member_name);
    file_.write(spelled(value));
  }
  // The long arrays are written element by element: none is ever whole in memory.
  void begin_array(Text member_name) {
    name_member(member_name);
    file_.write("[");
    is_first_ = true;
  }
  void element(const Json& value) {
    file_.write(separator(is_first_));
    file_.write("    ");
    file_.write(spelled(value));
    is_first_ = false;
  }
  void end_array() {
    file_.write(is_first_ ? "]" : "\n  ]");
    is_first_ = false;
  }

  Run run_;
  ReportOptions options_;
  ReportFile file_;
  Gathered gathered_;
  RecordElements updated_, existing_;
  bool is_first_ = true;  // of the object's members, or of an array's elements
};

}  // namespace

MEALSYNC_PLUGIN(JsonReport);
