#include <campus/oneroster/load.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

#include <campus/oneroster/enrollments.hpp>
#include <campus/oneroster/extras.hpp>
#include <campus/oneroster/file_set.hpp>
#include <campus/oneroster/people.hpp>
#include <campus/oneroster/rules.hpp>
#include <campus/oneroster/years.hpp>

namespace mealsync::oneroster {
namespace {

/// A set while it is read, and the two files beside it.
class Reader {
 public:
  Reader(const Options& options, Faults& faults, const std::function<void(const Progress&)>& on_progress)
      : options_(options), faults_(faults), on_progress_(on_progress) {}

  /// No value: told.
  std::optional<campus::IncomingRoster> read() {
    set_ = FileSet::find(options_.set, faults_);
    if (!set_) return std::nullopt;
    read_manifest();
    open();
    if (faults_.stops()) return std::nullopt;

    campus::IncomingRoster roster;
    roster.has_ssn = options_.ssn.has_value();
    years_.read(options_.school_year, faults_);
    schools_.read(roster.schools);
    people_.read(roster.persons);
    if (!years_.all().empty()) enrollments_.read(years_, schools_, people_, texts_, roster);
    if (options_.provisions) provisions_.read(texts_, roster);
    if (options_.households) households_.read(texts_, roster);
    if (faults_.stops()) return std::nullopt;

    for (const auto& [year, span] : years_.all())
      roster.years.push_back(span);
    choose_active(roster);
    // A class or session that is lost may be the one that says an enrolment's year.
    const auto lost = sessions_.lost_rows() + classes_.lost_rows() + users_.lost_rows() + roles_.lost_rows() +
                      enrollments_table_.lost_rows();
    if (lost > 0) {
      roster.removes_absent = false;
      faults_.add<nothing_removed>(enrollments_table_.name(), 0, lost);
    }
    return roster;
  }

  /// What the database left alone, told where it stands in the files.
  void tell(const campus::IncomingRoster& roster, const std::vector<campus::LeftAlone>& left_alone) {
    using Why = campus::LeftAlone::Why;
    for (const auto& [why, i] : left_alone) {
      switch (why) {
        case Why::several_schools:
          orgs_.tell_at<several_schools>(roster.schools[i].line, roster.schools[i].number);
          break;
        case Why::several_persons:
          users_.tell_at<several_persons>(roster.persons[i].line, Key{roster.persons[i].state_id});
          break;
        case Why::no_such_school:
          provisions_table_.tell_at<no_such_school>(roster.provisions[i].line, roster.provisions[i].school);
          break;
        case Why::several_such_schools:
          provisions_table_.tell_at<several_schools>(roster.provisions[i].line, roster.provisions[i].school);
          break;
        case Why::no_such_student:
          households_table_.tell_at<no_such_student>(roster.members[i].line, Key{roster.members[i].student});
          break;
        case Why::several_such_students:
          households_table_.tell_at<several_such_students>(roster.members[i].line,
                                                           Key{roster.members[i].student});
          break;
      }
    }
  }

 private:
  void read_manifest() {
    if (!set_->has("manifest")) return;
    Table table("manifest.csv", faults_);
    const auto property = table.need("propertyName"), value = table.need("value");
    table.open([&] { return set_->open("manifest"); });
    while (!faults_.stops() && table.next()) {
      const std::string name(table[property]);
      if (is_same_word(name, "oneroster.version") && table[value] != "1.1" && table[value] != "1.2")
        table.tell<other_version>(table[value]);
      for (const char* file :
           {"orgs", "users", "enrollments", "academicSessions", "classes", "roles", "demographics"})
        if (is_same_word(name, std::string("file.") + file) && is_same_word(table[value], "delta"))
          table.tell<is_delta>(std::string(file) + ".csv");
    }
  }

  /// Opens all files and looks at all headers, so that every fault of them is told at once.
  void open() {
    for (const auto& [table, file, is_needed] :
         {std::tuple<Table*, const char*, bool>{&sessions_, "academicSessions", true},
          {&orgs_, "orgs", true},
          {&classes_, "classes", false},
          {&users_, "users", true},
          {&roles_, "roles", false},
          {&demographics_, "demographics", false},
          {&enrollments_table_, "enrollments", true}}) {
      if (set_->has(file)) {
        table->open([&, name = file] { return set_->open(name); });
        progress_.total_bytes += set_->size(file);
      } else if (is_needed) {
        faults_.add<no_file>(table->name(), 0, table->name());
      }
    }
    if (users_.is_open()) people_.check(faults_);
    if (options_.provisions) provisions_table_.open([&] { return open_file(*options_.provisions); });
    if (options_.households) households_table_.open([&] { return open_file(*options_.households); });
  }

  /// The latest year that has students, unless somebody says another.
  void choose_active(campus::IncomingRoster& roster) const {
    for (const campus::IncomingEnrollment& each : roster.enrollments)
      roster.active = std::max(roster.active, each.year);
    if (roster.enrollments.empty() && !roster.years.empty()) roster.active = roster.years.back().year;
    if (options_.school_year) roster.active = *options_.school_year;
    roster.is_active_told = options_.school_year.has_value();
  }

  OnBytes count_bytes() {
    return [this](std::uint64_t bytes) {
      if (!on_progress_) return;
      progress_.bytes += bytes;
      progress_.rows = 0;
      for (const Table* table :
           {&sessions_, &orgs_, &classes_, &users_, &roles_, &demographics_, &enrollments_table_})
        progress_.rows += table->rows();
      on_progress_(progress_);
    };
  }
  static std::string name_of(const std::optional<std::filesystem::path>& file) {
    return file ? file->string() : std::string();
  }

  const Options& options_;
  Faults& faults_;
  const std::function<void(const Progress&)>& on_progress_;
  Progress progress_;
  Texts texts_;
  std::optional<FileSet> set_;
  Table sessions_{"academicSessions.csv", faults_, count_bytes()};
  Table orgs_{"orgs.csv", faults_, count_bytes()};
  Table classes_{"classes.csv", faults_, count_bytes()};
  Table users_{"users.csv", faults_, count_bytes()};
  Table roles_{"roles.csv", faults_, count_bytes()};
  Table demographics_{"demographics.csv", faults_, count_bytes()};
  Table enrollments_table_{"enrollments.csv", faults_, count_bytes()};
  Table provisions_table_{name_of(options_.provisions), faults_};
  Table households_table_{name_of(options_.households), faults_};
  Years years_{sessions_, classes_, texts_};
  Schools schools_{orgs_, options_.school_number, texts_};
  People people_{{users_, roles_, demographics_}, options_, texts_};
  Enrollments enrollments_{enrollments_table_};
  Provisions provisions_{provisions_table_};
  Households households_{households_table_};
};

}  // namespace

std::optional<Loaded> load(const Options& options, campus::CampusStore& store, Faults& faults,
                           const std::function<void(const Progress&)>& on_progress) {
  Reader reader(options, faults, on_progress);
  const auto roster = reader.read();
  if (!roster) return std::nullopt;
  Loaded loaded;
  for (const campus::IncomingYear& each : roster->years)
    loaded.years.push_back(each.year);
  campus::RosterTransaction transaction(store);
  loaded.outcome = transaction.apply(*roster);
  transaction.commit();
  reader.tell(*roster, loaded.outcome.left_alone);
  return loaded;
}

}  // namespace mealsync::oneroster
