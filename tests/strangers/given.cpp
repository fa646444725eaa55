// What a test gives a pipeline to read: bytes that stand in the pipeline itself, and formats that show how
// they came.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "door.hpp"

namespace {

using namespace mealsync;

struct File {
  std::string name;
  std::string text;
  std::string path;
  Int zeros = 0;
  static void describe(Describe<File>& d) {
    d.required("name", &File::name, "What the file is called.");
    d.option("text", &File::text, "What is in it; a / stands for the end of a line.");
    d.option("path", &File::path, "Where the bytes are that follow.").path();
    d.option("zeros", &File::zeros, "How many zero bytes follow.");
  }
};

class Given {
 public:
  static constexpr auto name = "given";
  static constexpr auto summary = "Reads files that stand in the pipeline.";

  struct Options : strangers::Door {
    std::vector<File> files;
    Int at_once = 1 << 20;
    std::string log;
    static void describe(Describe<Options>& d) {
      d.children("file", &Options::files, "The files, in their order.");
      d.option("at_once", &Options::at_once, "How many bytes a call gives at most.").at_least(1);
      d.option("log", &Options::log, "Where to write down that all is committed.").path();
      describe_door(d);
    }
  };
  struct Ports {
    Ports(const Options&, Columns&) {}
  };
  Given(const Options& options, const Ports&, const Run&, Context& run) : options_(options) {
    run.step("{} files are there", options.files.size());
    for (const File& file : options.files) {
      std::string& bytes = files_.emplace_back(file.text);
      std::replace(bytes.begin(), bytes.end(), '/', '\n');
      std::ifstream more(file.path, std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(more), {});
      bytes.append(static_cast<std::size_t>(file.zeros), '\0');
    }
    options_.pass("constructor");
  }

  void test(Context& run) const {
    options_.pass("test");
    for (const File& file : options_.files)
      run.step("File '{}' can be read", file.name);
  }
  void committed() const {
    if (!options_.log.empty()) std::ofstream(options_.log, std::ios::app) << "given knows it is committed\n";
    options_.pass("committed");
  }

  bool read(Bytes& into) {
    options_.pass("read");
    if (next_ == files_.size()) return false;
    const Text left = Text(files_[next_]).substr(at_);
    const auto space = into.space();
    const auto count = std::min({left.size(), space.size(), static_cast<std::size_t>(options_.at_once)});
    if (at_ == 0) into.begin_file(options_.files[next_].name);
    std::copy_n(left.begin(), count, space.begin());
    into.filled(count);
    at_ += count;
    if (count == left.size()) {
      ++next_;
      at_ = 0;
    }
    return true;
  }

 private:
  Options options_;
  std::vector<std::string> files_;
  std::size_t next_ = 0, at_ = 0;
};

class Counted {
 public:
  static constexpr auto name = "counted";
  static constexpr auto summary = "Gives rows that are counted.";

  struct Options : strangers::Door {
    Int rows = 0;
    static void describe(Describe<Options>& d) {
      d.option("rows", &Options::rows, "How many.");
      describe_door(d);
    }
  };
  struct Ports {
    Column<Int> number;
    Ports(const Options&, Columns& c) : number(c.add<Int>("number", "From 1.")) {}
  };
  Counted(const Options& options, const Ports& ports) : options_(options), at_(ports) {}

  bool read(Output& out) {
    options_.pass("read");
    constexpr Int at_once = 1000;
    const Int until = std::min(options_.rows, given_ + at_once);
    while (given_ < until) {
      ++given_;
      out.row(Place::of(0, static_cast<std::uint64_t>(given_))).set(at_.number, given_);
    }
    return given_ < options_.rows;
  }

 private:
  Options options_;
  Ports at_;
  Int given_ = 0;
};

struct Word {
  Column<Text> word;
  Word(const auto&, Columns& c) : word(c.add<Text>("word", "What was read.")) {}
};

class Lines {
 public:
  static constexpr auto name = "lines";
  static constexpr auto summary = "Every line is a record of one word; some words are wrong.";
  static constexpr Rule bad{10011, Severity::error, "Line '{}' is bad", "Give a better line."};
  static constexpr Rule worse{10012, Severity::error, "Line '{}' is even worse", "Give a better line."};
  static constexpr Rule blank{10013, Severity::info, "The line is blank", "Nothing is to be done."};
  static constexpr std::array rules{&bad, &worse, &blank};

  struct Options : strangers::Door {
    static void describe(Describe<Options>& d) { describe_door(d); }
  };
  using Ports = Word;
  Lines(const Options& options, const Ports& ports) : door_(options), at_(ports) {
    door_.pass("constructor");
  }

  void decode(const Block& block, Output& out) {
    door_.pass("decode");
    std::uint64_t line = block.first_line();
    for (Text left = block.bytes(); !left.empty(); ++line) {
      const auto end = std::min(left.find('\n'), left.size());
      take(left.substr(0, end), block.place(line), out);
      left.remove_prefix(std::min(end + 1, left.size()));
    }
  }

 private:
  void take(Text word, Place place, Output& out) const {
    if (word.empty()) return out.skip<blank>(place, "blank");
    if (word != "bad" && word != "worse") return void(out.row(place).borrow(at_.word, word));
    out.reject<bad>(place, word);
    if (word == "worse") out.reject<worse>(place, word);
  }

  strangers::Door door_;
  Ports at_;
};

/// Says of each block where it came from; `last` also of an empty one.
class Blocks {
 public:
  static constexpr auto name = "blocks";
  static constexpr auto summary = "Every block is a record that says where the block lies.";
  using Ports = Word;
  explicit Blocks(const Ports& ports) : at_(ports) {}

  void decode(const Block& block, Output& out) const {
    const Place place = block.place(block.first_line());
    std::string bytes(block.bytes().substr(0, 40));
    std::replace(bytes.begin(), bytes.end(), '\n', '/');
    out.row(place).set(at_.word, compose("{}:{} '{}'{}", place.file(), place.line(), bytes,
                                         Text(block.ends_file() ? " end" : "")));
  }

 private:
  Ports at_;
};

class WholeBlocks : public Blocks {
 public:
  static constexpr auto name = "whole_blocks";
  static constexpr bool whole_files = true;
  using Blocks::Blocks;
};

class FramedBlocks : public Blocks {
 public:
  static constexpr auto name = "framed_blocks";
  struct Options : strangers::Door {
    Int beyond = 0;
    static void describe(Describe<Options>& d) {
      d.option("beyond", &Options::beyond, "How much too much it says is whole.");
      describe_door(d);
    }
  };
  FramedBlocks(const Options& options, const Ports& ports) : Blocks(ports), options_(options) {}

  /// A record ends with a semicolon, whatever lines it has.
  [[nodiscard]] std::size_t frame(Text bytes) const {
    options_.pass("frame");
    return bytes.rfind(';') + 1 + static_cast<std::size_t>(options_.beyond);
  }

 private:
  Options options_;
};

}  // namespace

MEALSYNC_PLUGIN(Given, Counted, Lines, Blocks, WholeBlocks, FramedBlocks);
