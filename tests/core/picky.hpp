// picky.hpp -- a sink with an option of every kind, written down in a pipeline file.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catalog/settings.hpp>
#include <mealsync/sdk.hpp>

#include "pipeline_folder.hpp"

namespace mealsync {

struct PickyColumn {
  std::string as;
  std::string from;
  Int width = 0;
  static void describe(Describe<PickyColumn>& d) {
    d.required("as", &PickyColumn::as, "Its name.");
    d.option("from", &PickyColumn::from, "A path.").path();
    d.option("width", &PickyColumn::width, "Its width.").at_least(1).at_most(99);
  }
};

struct Picky {
  static constexpr auto name = "picky";
  static constexpr auto summary = "Takes what it likes.";
  struct Options {
    std::string path, mode, user, password, use;
    Int retries = 3, depth = 1, year = 2017;
    bool quiet = false;
    Date since{};
    Eligibility least = Eligibility::paid;
    std::vector<PickyColumn> columns;
    static void describe(Describe<Options>& d) {
      d.required("path", &Options::path, "A path.").path();
      d.option("mode", &Options::mode, "A choice.").one_of({"fast", "slow"});
      d.option("user", &Options::user, "A text.");
      d.option("password", &Options::password, "A secret.").secret();
      d.option("use", &Options::use, "A fragment.").fragment();
      d.option("retries", &Options::retries, "A number.").at_least(0).at_most(10);
      d.option("depth", &Options::depth, "A number.").at_least(1);
      d.option("year", &Options::year, "A number.").at_most(2199);
      d.option("quiet", &Options::quiet, "A switch.");
      d.option("since", &Options::since, "A date.");
      d.option("least", &Options::least, "A closed set.");
      d.children("column", &Options::columns, "Children.");
    }
  };
  void write(Row, Context&) {}
  void commit(Context&) {}
};

/// The settings of a picky sink, which stands on line 3 of its pipeline file.
class SettingsOfAStage : public PipelineFolder {
 protected:
  [[nodiscard]] static const ms_stage& picky() { return detail::Table<Picky>::get(); }

  std::optional<std::vector<Setting>> check(std::string_view attributes, std::string_view children = {}) {
    const auto pipeline = read(
        "<pipeline name=\"p\" district=\"d\" school_year=\"2016-17\">\n<source plugin=\"any\"/>\n"
        "<sink plugin=\"picky\" " +
        std::string(attributes) + ">" + std::string(children) +
        "</sink>\n<values name=\"kentucky\"><column as=\"a\"/><column as=\"b\"/></values>\n"
        "<values name=\"empty\"/>\n<values name=\"wrong\"><colum as=\"a\"/></values></pipeline>");
    EXPECT_EQ(told(), "");
    return check_settings(pipeline->stages.back(), picky(), pipeline->fragments, findings_);
  }
  /// What is told of settings that are refused.
  [[nodiscard]] std::string faults(std::string_view attributes, std::string_view children = {}) {
    EXPECT_FALSE(check(attributes, children).has_value());
    return told();
  }
};

/// `name=value`, a child with its settings in parentheses.
[[nodiscard]] inline std::string spelled(const std::vector<Setting>& settings) {
  std::string all;
  for (const Setting& setting : settings) {
    all += (all.empty() ? "" : " ") + setting.name;
    all += setting.is_group ? "(" + spelled(setting.children) + ")" : "=" + setting.value;
  }
  return all;
}

}  // namespace mealsync
