// Reads damaged files: no crash, no endless loop, and the same of a file however it was cut into blocks.
//
// Usage: mutated_files PLUGINS SAMPLES [FILES] [SEED]
//   PLUGINS  the folder of the plugins that were built
//   SAMPLES  a folder of files to damage
//   FILES    how many files; MEALSYNC_MUTATED_FILES in the environment wins over it
//
// One process, in which the formats are tried by the SDK's own host. A file that takes longer than some seconds ends it
// by a signal. Built with sanitizers they look on. A difference is printed with the seed that makes the file again.

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mealsync/trial.hpp>
#include <random>

#include "../plugins/built_stage.hpp"

namespace {

using namespace mealsync::testing;
using Settings = std::vector<Setting>;

constexpr unsigned patience_seconds = 60;  // for one file, on a machine that does much else, with sanitizers

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}

  /// From 0, below `end`.
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Values>
  auto of(const Values& values) {
    return *std::next(std::begin(values), static_cast<std::ptrdiff_t>(below(std::size(values))));
  }

 private:
  std::mt19937_64 random_;
};

std::vector<std::string> samples_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".txt" || entry.path().extension() == ".csv")
      paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  // What the samples have none of: newlines and doubled quotes inside values, other encodings, lines of one length.
  std::vector<std::string> samples{"\"1990000001\",\"Doe \"\"Jo\"\"\nof Elm\",\"F\"\r\n1990000002,Roe,R\r\n",
                                   "\xEF\xBB\xBFid;Zo\xC3\xAB;\"a;b\"\n2;Ren\xE9;\"c\n\nd\"\n",
                                   "07000000011ADA            QSAMPLE          C000000001120309\n"
                                   "07000000012BO              PLACEHOLDER     C000000001100715\n"};
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    samples.push_back(bytes.substr(0, 1500));
  }
  return samples;
}

/// Signs that mean something to a decoder, and some that mean nothing to any.
std::string piece(Draw& draw) {
  static const std::vector<std::string> pieces{"\"",
                                               "\"\"",
                                               "\n",
                                               "\r",
                                               "\r\n",
                                               ",",
                                               "\t",
                                               ";",
                                               "|",
                                               "^",
                                               "'",
                                               " ",
                                               "\xEF\xBB\xBF",
                                               "\xFF\xFE",
                                               "\xC3",
                                               "\x80",
                                               "\xED\xA0\x80",
                                               "\xF4\x90",
                                               "\"\n\"",
                                               "\",\"",
                                               "\"x\"y",
                                               ",,,,,,,,,,,,",
                                               "\n\n\n\n\n",
                                               "0",
                                               "-1",
                                               "99999999999999999999",
                                               "02/30/2016",
                                               "1.99E+09",
                                               std::string(1, '\0'),
                                               std::string(200, 'x'),
                                               std::string(70, '"')};
  return draw.of(pieces);
}

std::string damaged(std::string bytes, const std::vector<std::string>& samples, Draw& draw) {
  for (std::size_t left = draw.below(8); left > 0 && !bytes.empty(); --left) {
    const std::size_t at = draw.below(bytes.size()),
                      size = draw.below(draw.one_in(4) ? bytes.size() - at : 12);
    switch (draw.below(7)) {
      case 0:
        bytes[at] = static_cast<char>(draw.below(256));
        break;
      case 1:
        bytes.insert(at, piece(draw));
        break;
      case 2:
        bytes.erase(at, size);
        break;
      case 3:
        bytes.insert(at, bytes.substr(draw.below(bytes.size()), size));
        break;
      case 4:
        bytes.resize(at);
        break;
      case 5:
        bytes.insert(at, draw.of(samples).substr(0, draw.below(400)));
        break;
      default:
        for (std::size_t i = draw.below(40); i > 0; --i)
          bytes.insert(draw.below(bytes.size()), piece(draw));
    }
  }
  return bytes;
}

Setting column(Settings attributes) {
  return {"column", "", std::move(attributes)};
}

/// `fit`: of the file before it was damaged.
Settings columns(Draw& draw, std::size_t fit, bool by_header, bool fixed) {
  Settings made;
  const std::size_t count = fixed || draw.one_in(5) ? 1 + draw.below(9) : fit;
  std::size_t start = 1;
  for (std::size_t i = 0; i < count; ++i) {
    Settings one{{"as", "c" + std::to_string(i)}};
    const std::size_t kind = draw.below(12);
    if (kind == 0)
      one.insert(one.end(), {{"type", "date"},
                             {"pattern", draw.of(std::vector<std::string>{"MM/DD/YYYY", "M/D/YYYY|YYYY/M/D",
                                                                          "YYYYMMDD", "YYMMDD"})}});
    if (kind == 1) one.push_back({"type", "int"});
    if (kind == 2) one.push_back({"required", "yes"});
    if (by_header)
      one.push_back({"header", draw.of(std::vector<std::string>{"STUDENT_ID", "MEAL_STATUS", "START_DATE",
                                                                "Eligibility", "Academic Year"})});
    if (fixed) {
      const std::size_t length = 1 + draw.below(20);
      one.insert(one.end(), {{"start", std::to_string(start)}, {"length", std::to_string(length)}});
      start += length + draw.below(3);
    }
    if (!by_header && !fixed && draw.one_in(6)) one = {{"skip", "yes"}};
    made.push_back(column(std::move(one)));
  }
  return made;
}

/// A dialect, most often that of the file before it was damaged.
Settings dialect(Draw& draw, const std::string& sample) {
  const auto text = [&](std::initializer_list<const char*> values) { return std::string(draw.of(values)); };
  const std::string line = sample.substr(0, sample.find('\n'));
  constexpr std::string_view signs = ",\t;|^";
  const auto times = [&](char sign) { return std::count(line.begin(), line.end(), sign); };
  char sign =
      *std::max_element(signs.begin(), signs.end(), [&](char a, char b) { return times(a) < times(b); });
  if (draw.one_in(6)) sign = draw.of(signs);
  const auto fit = static_cast<std::size_t>(times(sign)) + 1;
  const bool has_header = draw.one_in(4), by_header = has_header && draw.one_in(2);
  Settings made{{"separator", sign == '\t' ? "tab" : std::string(1, sign)},
                {"quote", text({"\"", "\"", "\"", "none", "'"})},
                {"encoding", text({"auto", "auto", "utf-8", "windows-1252"})},
                {"header", has_header ? "yes" : "no"},
                {"max_record", text({"65536", "64", "100", "1000"})}};
  const Settings more = columns(draw, fit, by_header, false);
  made.insert(made.end(), more.begin(), more.end());
  return made;
}

std::string account(const Trial& trial) {
  std::string text = std::to_string(trial.status) + '\n' + trial.rows;
  for (const Finding& finding : trial.findings)
    text += std::to_string(finding.line) + ' ' + std::to_string(finding.code) + ' ' + finding.message + '\n';
  return text;
}

std::size_t files_from(int argc, char** argv) {
  if (const char* said = std::getenv("MEALSYNC_MUTATED_FILES")) return std::strtoull(said, nullptr, 10);
  return argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 2000;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string plugins = argv[1];
  const ms_stage& delimited = stage_in(plugins + "/mealsync_delimited.so");
  const ms_stage& fixed_width = stage_in(plugins + "/mealsync_fixed_width.so");
  const auto samples = samples_in(argv[2]);
  const std::size_t files = files_from(argc, argv);
  const std::uint64_t seed = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 1;

  std::uint64_t bytes = 0, rows = 0, findings = 0, refused = 0;
  for (std::size_t i = 0; i < files; ++i) {
    alarm(patience_seconds);
    Draw draw(seed + i);
    const std::string sample = draw.of(samples), file = damaged(sample, samples, draw);
    const bool is_fixed = draw.one_in(5);
    const Settings settings = is_fixed ? columns(draw, 0, false, true) : dialect(draw, sample);
    const ms_stage& format = is_fixed ? fixed_width : delimited;
    const Trial whole = decode(format, settings, file);
    const Trial cut = decode(format, settings, file, 1 + draw.below(300));
    if (account(whole) != account(cut)) {
      std::cerr << "File " << i << " (seed " << seed + i << ") is another one where it is cut into blocks:\n"
                << account(whole) << "--\n"
                << account(cut);
      return 1;
    }
    bytes += file.size();
    rows += whole.lines.size();
    findings += whole.findings.size();
    refused += whole.status == MS_OK ? 0 : 1;
  }
  std::cout << files << " damaged files, " << bytes << " bytes: " << rows << " records, " << findings
            << " findings, " << refused << " files refused\n";
  // Damage that nothing survives, or nothing notices, would try nothing.
  const bool has_tried = rows > files && findings > files && refused < files / 2;
  if (!has_tried) std::cerr << "The files are damaged too much or too little\n";
  return has_tried ? 0 : 1;
}
