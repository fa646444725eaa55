// Sinks that write down, into one file, what is done with them.
#include <cstdio>
#include <memory>

#include "door.hpp"

namespace {

using namespace mealsync;

struct Options : strangers::Door {
  std::string path;
  std::string as;
  bool lists = true;
  static void describe(Describe<Options>& d) {
    d.required("path", &Options::path, "Where to write it down.").path();
    d.option("as", &Options::as, "What to call itself there; without it, nothing is written.");
    d.option("lists", &Options::lists, "Whether every record is written down.");
    describe_door(d);
  }
};

struct Ports {
  Column<Text> word;
  Ports(const Options&, Columns& c) : word(c.find<Text>("word")) {}
};

class Witness {
 public:
  explicit Witness(const Options& options) : options_(options), file_(std::fopen(options.path.c_str(), "a")) {
    if (file_ == nullptr) throw std::runtime_error("its file does not open");
    options_.pass("constructor");
    note("is made", "");
  }
  ~Witness() { note("is gone", ""); }
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

  void write(Text word) {
    options_.pass("write");
    ++written_;
    if (options_.lists) note("writes ", word);
  }
  void meet(Text door, Text words) {
    options_.pass(door);
    note("", words);
  }
  [[nodiscard]] std::uint64_t written() const { return written_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void note(Text verb, Text words) {
    if (options_.as.empty()) return;
    std::fprintf(file_.get(), "%s %.*s%.*s\n", options_.as.c_str(), static_cast<int>(verb.size()),
                 verb.data(), static_cast<int>(words.size()), words.data());
    std::fflush(file_.get());
  }

  Options options_;
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t written_ = 0;
};

class Loader {
 public:
  static constexpr auto name = "loader";
  static constexpr auto summary = "Writes down what it is given to load.";
  using Options = ::Options;
  using Ports = ::Ports;
  Loader(const Options& options, const Ports& ports) : witness_(options), at_(ports) {}

  void write(Row row, Context&) { witness_.write(row[at_.word]); }
  void commit(const Summary& so_far, Context& run) {
    witness_.meet("commit", compose("commits {} of {}", witness_.written(), so_far.count("read")));
    run.count("loaded", witness_.written());
  }

 private:
  Witness witness_;
  Ports at_;
};

class DatabaseLoader : public Loader {
 public:
  static constexpr auto name = "database_loader";
  static constexpr bool is_database = true;
  using Loader::Loader;
};

class Report {
 public:
  static constexpr auto name = "report";
  static constexpr auto summary = "Writes down what it is told.";
  using Options = ::Options;
  using Ports = ::Ports;
  Report(const Options& options, const Ports& ports) : witness_(options), at_(ports) {}

  void write(Row row, Context&) { witness_.write(row[at_.word]); }
  void found(const Found& found, Context&) {
    witness_.meet("found", compose("is told {}:{} {} ({})", found.place().file(), found.place().line(),
                                   found.shown(), found.stage()));
  }
  void conclude(const Summary& run, Context&) {
    witness_.meet("conclude", compose("concludes: {}, {}", run.status(),
                                      Text(run.committed() ? "committed" : "not committed")));
  }

 private:
  Witness witness_;
  Ports at_;
};

}  // namespace

MEALSYNC_PLUGIN(Loader, DatabaseLoader, Report);
