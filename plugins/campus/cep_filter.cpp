// Holds back records of students at schools where all meals are free: their status is not kept per child.
//
// Source   KSIS end-of-year training, 2016-04-21, slide 6: CEP schools and full-CEP districts are not synchronised;
//          Provision 2 and 3 schools feed all their students in the same way.
#include <array>
#include <boost/unordered/unordered_flat_set.hpp>
#include <string>
#include <utility>

#include <campus/database.hpp>
#include <campus/store/checks.hpp>
#include <campus/store/store.hpp>
#include <mealsync/sdk.hpp>

namespace {

enum class SchoolOf : std::uint8_t { enrolled, file };
enum class DirectRows : std::uint8_t { skip, allow };

}  // namespace

template <>
struct mealsync::CodeSet<SchoolOf> {
  static constexpr std::string_view name = "school";
  static constexpr std::array<std::string_view, 2> words{"enrolled", "file"};
};
template <>
struct mealsync::CodeSet<DirectRows> {
  static constexpr std::string_view name = "direct";
  static constexpr std::array<std::string_view, 2> words{"skip", "allow"};
};

namespace {

using namespace mealsync;

class CepFilter {
 public:
  static constexpr auto name = "cep_filter";
  static constexpr auto summary = "Skips records of students at CEP and Provision 2 or 3 schools.";

  static constexpr Rule at_cep_school{7001, Severity::info,
                                      "The student is at school '{}', where all meals are free ({})",
                                      "Nothing is to be done: such schools are not synchronised."};
  static constexpr Rule full_cep{
      7002, Severity::refusal, "All {} schools of the district serve free meals to all in {}",
      "Stop this import: a full-CEP district is not synchronised. If that is wrong, correct "
      "the schools' provisions in Campus."};
  static constexpr std::array own{&at_cep_school, &full_cep};
  static constexpr auto rules = campus::joined(own, campus::reading_rules);

  struct Options {
    std::string database;
    SchoolOf school = SchoolOf::enrolled;
    DirectRows direct = DirectRows::skip;

    static void describe(Describe<Options>& d) {
      d.required("database", &Options::database, "Campus database.").path();
      d.option("school", &Options::school,
               "Whether the school where the student is enrolled counts, or the one that the file names.");
      d.option("direct", &Options::direct,
               "Whether records with source Direct are skipped at such schools, too.");
    }
  };
  struct Ports {
    Column<Text> school;
    Column<Code<Source>> source;
    Column<bool> extended;
    Ports(const Options& o, Columns& c)
        : school(c.need<Text>(o.school == SchoolOf::file ? "school" : "enrolled_school")) {
      if (o.direct == DirectRows::allow) source = c.need<Code<Source>>("source");
      extended = c.find<bool>("extended");
    }
  };

  CepFilter(const Options& o, const Ports& ports, const Run& run) : at_(ports), year_(run.school_year) {
    const auto schools =
        campus::on_database(o.database, [&] { return read_schools(o.database, run.school_year); });
    is_useless_ = o.direct == DirectRows::skip && schools > 0 && providing_ == schools;
  }

  void process(Row row, Output& out) {
    if (std::exchange(is_useless_, false)) out.object<full_cep>(providing_, year_);
    const auto* school = provided(row[at_.school]);
    const bool is_exempt = at_.source && row.has(at_.source) && row[at_.source] == Source::direct;
    if (school == nullptr || is_exempt)
      out.pass(row);
    else if (row.has(at_.extended) &&
             row[at_.extended])  // of no line: it is not among the records that were read
      out.remark<at_cep_school>(row, school->number, school->provision);
    else
      out.skip<at_cep_school>(row, "cep", school->number, school->provision);
  }

 private:
  struct School {
    std::string number, provision;
  };
  struct ByNumber {
    using is_transparent = void;
    std::size_t operator()(Text number) const { return boost::hash<Text>()(number); }
    std::size_t operator()(const School& school) const { return (*this)(Text(school.number)); }
    bool operator()(const School& school, Text number) const { return school.number == number; }
    bool operator()(Text number, const School& school) const { return school.number == number; }
    bool operator()(const School& a, const School& b) const { return a.number == b.number; }
  };

  /// How many schools there are; keeps those with a provision, the first of those with one number.
  std::size_t read_schools(const std::string& database, SchoolYear year) {
    campus::CampusStore store(database, campus::Access::read_only);
    std::size_t schools = 0;
    store.read_schools(year, [&](const campus::SchoolRow& row) {
      ++schools;
      if (!campus::feeds_everybody(row.provision)) return;
      ++providing_;
      provided_.insert({std::string(row.school), std::string(row.provision)});
    });
    return schools;
  }
  [[nodiscard]] const School* provided(Text number) const {
    const auto at = provided_.find(number);
    return at == provided_.end() ? nullptr : &*at;
  }

  Ports at_;
  SchoolYear year_;
  boost::unordered_flat_set<School, ByNumber, ByNumber> provided_;
  std::size_t providing_ = 0;
  bool is_useless_ = false;  // and that is not told yet
};

}  // namespace

MEALSYNC_PLUGIN(CepFilter);
