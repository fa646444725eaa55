// Writes the changes of a run into a Campus database: all of them in one transaction, or none.
//
// The transaction begins at the first change and ends in commit; destroying the stage undoes it. A database that
// cannot be written can be tested against, so that fault waits until there is something to commit.
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>

#include <campus/change_columns.hpp>
#include <campus/database.hpp>
#include <campus/store/import_transaction.hpp>
#include <campus/store/store.hpp>
#include <mealsync/sdk.hpp>

namespace {

using namespace mealsync;

class IcDatabase {
 public:
  static constexpr auto name = "ic_database";
  static constexpr auto summary = "Loads a Campus database, in one transaction.";
  static constexpr bool is_database = true;

  static constexpr Rule only_tested{
      9006, Severity::warning, "Campus database '{}' cannot be written: {}",
      "An import into it fails until the account has the right to write the file and its folder."};
  static constexpr std::array own{&only_tested, &campus::database_read_only, &campus::changed_meanwhile,
                                  &campus::would_overlap};
  static constexpr auto rules = campus::joined(own, campus::reading_rules);

  struct Options {
    std::string database;

    static void describe(Describe<Options>& d) {
      d.required("database", &Options::database, "Campus database.").path();
    }
  };
  struct Ports {
    campus::ChangeColumns change;
    Ports(const Options&, Columns& c) : change(campus::ChangeColumns::needed(c)) {}
  };

  IcDatabase(const Options& o, const Ports& ports, const Run& run)
      : database_(o.database), at_(ports.change), run_(run) {
    campus::on_database(database_, [&] { open(); });
  }

  void write(Row row, Context& context) {
    if (!store_) return remark_once(context);
    if (row[at_.action] == Action::none) return;
    campus::on_database(database_, [&] {
      begin();
      transaction_->apply(row[at_.person], row[at_.action], at_.before(row), at_.after(row),
                          row.has(at_.extended) && row[at_.extended]);
    });
  }

  void commit(const Summary& so_far, Context&) {
    if (!store_) fail<campus::database_read_only>(database_, unwritable_);
    campus::on_database(database_, [&] {
      begin();
      transaction_->assert_no_overlap();
      transaction_->commit(so_far.finished_at(), so_far.status(), digests(so_far));
    });
    settle_beside();
  }

 private:
  /// The changes are in: from here on nothing may fail. Without a thread, closing the database does it.
  void settle_beside() {
    try {
      settling_ = std::jthread([this] { store_->settle(); });
    } catch (const std::system_error&) {
    }
  }
  void open() {
    try {
      store_.emplace(database_, campus::Access::read_write);
    } catch (const campus::StoreError& error) {
      if (error.fault() != campus::Fault::read_only) throw;
      unwritable_ = error.what();
    }
  }
  void begin() {
    if (!transaction_)
      transaction_ = std::make_unique<campus::ImportTransaction>(
          *store_,
          campus::ImportRun{run_.name, run_.as_of, run_.pipeline, run_.school_year, run_.started_at});
  }
  void remark_once(Context& context) {
    if (!is_told_) context.remark<only_tested>({}, database_, unwritable_);
    is_told_ = true;
  }
  static std::string digests(const Summary& so_far) {
    std::string all;
    for (const ms_input& input : so_far.inputs())
      all += (all.empty() ? "" : " ") + std::string(text_of(input.sha256));
    return all;
  }

  std::string database_;
  campus::ChangeColumns at_;
  Run run_;
  std::optional<campus::CampusStore> store_;  // none: it cannot be written
  std::string unwritable_;
  bool is_told_ = false;
  std::unique_ptr<campus::ImportTransaction> transaction_;
  std::jthread settling_;  // after the commit, while reports are written; has ended before the store goes
};

}  // namespace

MEALSYNC_PLUGIN(IcDatabase);
