#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iomanip>
#include <iostream>
#include <sstream>

#include <campus/store/store_error.hpp>

#include "clock.hpp"
#include "command_line.hpp"
#include "commands.hpp"
#include "guess/draft.hpp"
#include "guess/sample_file.hpp"

namespace mealsync::tool {
namespace {

using namespace mealsync::guess;

std::string counted(std::uint64_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string separator_words(const Shape& shape) {
  if (shape.is_fixed()) return "fixed places";
  std::string words = shape.separator == '\t' ? "tab" : "'" + std::string(1, shape.separator) + "'";
  if (shape.quote == '\0') return words + ", no quotes";
  return shape.quote == '"' ? words : words + ", quote " + std::string(1, shape.quote);
}

std::string_view characters_words(Characters characters) {
  switch (characters) {
    case Characters::ascii:
      return "ASCII";
    case Characters::utf8:
      return "UTF-8";
    case Characters::windows1252:
      return "Windows-1252";
    default:
      return "text of no one encoding";
  }
}

/// What a column was taken for, and why. Of dates how they are written; of no column a value of a student's.
std::string column_words(const guess::Findings& found, std::size_t i) {
  const guess::Column& column = found.meanings.columns[i];
  std::string words(in_words(column.meaning));
  if (column.dates) {
    const DateColumn& dates = *column.dates;
    words += "  " + dates.pattern;
    if (dates.telling > 0)
      words += " (a day above 12 in " + counted(dates.telling, "record") + ")";
    else if (dates.is_by_year)
      words += " (else the days would lie in several school years)";
    else if (!dates.other.empty())
      words += " or " + dates.other + ": no value tells";
    if (dates.unread > 0) words += "; " + counted(dates.unread, "record") + " with no such day";
  }
  for (const Proof& proof : found.key.proofs)
    if (proof.columns == std::vector{i})
      words += "  " + std::string(spell(proof.kind)) + " of " + counted(proof.records, "record");
  const std::uint64_t blanks = found.table.columns[i].blanks();
  if (blanks > 0) words += "  (" + std::to_string(blanks) + " blank)";
  return words;
}

std::vector<std::string> open_points(const guess::Findings& found) {
  std::vector<std::string> points;
  const auto unsaid =
      std::count_if(found.codes.listed.begin(), found.codes.listed.end(), [&](const auto& code) {
        return found.codes.say_why ? !code.target.is_whole() : !code.target.eligibility.has_value();
      });
  if (found.code_columns.empty())
    points.emplace_back("say what status every record has: no column holds codes");
  else if (unsaid > 0)
    points.push_back("say what codes mean: " + std::to_string(unsaid) + " of " +
                     std::to_string(found.codes.listed.size()));
  if (!found.code_columns.empty() && !found.codes.say_why)
    points.emplace_back("say whether the statuses are Direct, and why they are given: the codes do not");
  if (found.codes.unlisted > 0)
    points.push_back("look at " + counted(found.codes.unlisted, "record") + " whose codes are not listed");
  for (std::size_t i = 0; i < found.meanings.columns.size(); ++i)
    if (const auto& dates = found.meanings.columns[i].dates; dates && !dates->other.empty())
      points.push_back("make sure that column " + std::to_string(i + 1) + " is " + dates->pattern + ", not " +
                       dates->other);
  if (found.key.chosen.kind == KeyKind::none)
    points.emplace_back("name the key: no column tells who the student is");
  else if (found.key.proofs.empty())
    points.push_back("prove the key " + std::string(spell(found.key.chosen.kind)) + " with --campus DB");
  if (!found.meanings.is_year_known) points.emplace_back("check school_year: the file names none");
  return points;
}

void report(const guess::Findings& found, const SampleFile& sample) {
  std::ostringstream out;
  out << found.path << ": " << counted(found.table.records, "record") << ", " << separator_words(found.shape)
      << ", " << counted(found.shape.columns, "column") << ", "
      << (found.table.header.empty() ? "no header" : "a header") << ", "
      << characters_words(sample.characters) << (sample.has_mark ? " with a byte-order mark" : "") << "\n";
  if (sample.is_cut) out << "  only the first " << (most_bytes >> 20) << " MB were looked at\n";
  if (found.table.broken > 0)
    out << "  " << counted(found.table.broken, "line") << " of another number of columns, or broken\n";
  for (std::size_t i = 0; i < found.shape.columns; ++i)
    out << "  column " << std::setw(2) << i + 1 << "  " << column_words(found, i) << "\n";
  for (const Proof& proof : found.key.proofs)
    if (proof.kind == KeyKind::name_birth_date)
      out << "  columns " << proof.columns[0] + 1 << ", " << proof.columns[1] + 1 << ", "
          << proof.columns[2] + 1 << "  name_birth_date of " << counted(proof.records, "record") << "\n";
  out << "Left to do:\n";
  for (const std::string& point : open_points(found))
    out << "  - " << point << "\n";
  out << "  - look at it with: mealsync preview\n";
  std::cerr << out.str();
}

/// What a part of the key is, whatever it was taken for before.
Meaning meaning_of(KeyKind kind, std::size_t part) {
  constexpr std::array name{Meaning::last_name, Meaning::first_name, Meaning::birth_date};
  if (kind == KeyKind::name_birth_date) return name.at(part);
  return kind == KeyKind::state_id ? Meaning::state_id : Meaning::student_number;
}

/// A pipeline's name is made of the file's: letters, digits and hyphens.
std::string pipeline_name(const std::filesystem::path& file) {
  std::string name;
  for (const char c : file.stem().string()) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_sign = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_sign)
      name += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-'))
    name.pop_back();
  return name.empty() || (name[0] >= '0' && name[0] <= '9') ? "import-" + name : name;
}

/// Never over a file that is there: it may be a pipeline that somebody has worked on.
bool write_new(const std::filesystem::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) {
    std::cerr << "mealsync: '" << path.string() << "' is not written: " << std::strerror(errno) << "\n";
    return false;
  }
  std::string_view left = text;
  bool is_whole = true;
  while (!left.empty() && is_whole) {
    const ssize_t written = write(file, left.data(), left.size());
    is_whole = written > 0 || (written < 0 && errno == EINTR);
    if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
  }
  is_whole = close(file) == 0 && is_whole;
  if (!is_whole) {
    unlink(path.c_str());
    std::cerr << "mealsync: '" << path.string() << "' is not written: " << std::strerror(errno) << "\n";
  }
  return is_whole;
}

/// As a pipeline in `output`'s folder names the file: a relative path starts from there.
std::string path_from(const std::filesystem::path& output, const std::string& file) {
  const std::filesystem::path path = file;
  if (path.is_absolute() || output.parent_path().empty()) return file;
  return std::filesystem::absolute(path).lexically_normal().lexically_relative(
      std::filesystem::absolute(output).parent_path().lexically_normal());
}

}  // namespace

int guess_command(const Arguments& arguments) {
  namespace po = boost::program_options;
  CommandLine line(
      "guess FILE",
      "Looks at an unknown file and writes a draft of its pipeline: separator, header, columns, the order\n"
      "of day and month, and every code that it holds. A code's meaning is filled in only where the code\n"
      "says it plainly; the rest is left open, and mealsync check names each such place. What was found\n"
      "is on standard error, without anything of a student.");
  line.options()("output", po::value<std::string>()->value_name("P.xml"),
                 "the file to write, which must not be there yet (default: standard output)")(
      "campus", po::value<std::string>()->value_name("DB"),
      "a Campus database: proves which column finds how many of its students, and picks the key by it");
  if (const auto exit = line.parse(arguments)) return *exit;
  if (line.operands().size() != 1) return line.refuse("name one file");

  const std::string file = line.operands()[0];
  const auto read = read_sample(file);
  if (const auto* const fault = std::get_if<std::string>(&read)) {
    std::cerr << "mealsync: '" << file << "' cannot be looked at: " << *fault << "\n";
    return exit_failed;
  }
  const SampleFile& sample = std::get<SampleFile>(read);
  guess::Findings found;
  const auto shape = shape_of(sample.bytes);
  if (!shape) {
    std::cerr
        << "mealsync: '" << file
        << "' is no table: no separator divides most of its lines alike, and they are of many lengths\n";
    return exit_failed;
  }
  const std::filesystem::path output = line.has("output") ? line.text("output") : std::string{};
  found.name = pipeline_name(file);
  found.path = path_from(output, file);
  found.campus = line.has("campus") ? path_from(output, line.text("campus")) : "campus.db";
  found.shape = *shape;
  found.table = profile(sample.bytes, *shape);
  if (found.table.records == 0) {
    std::cerr << "mealsync: '" << file << "' holds a header and no records\n";
    return exit_failed;
  }
  found.meanings = meanings_of(found.table, today());
  try {
    found.key = line.has("campus")
                    ? prove_key(sample.bytes, *shape, found.table, found.meanings, line.text("campus"))
                    : key_of(found.table, found.meanings);
  } catch (const campus::StoreError& error) {
    std::cerr << "mealsync: Campus database '" << line.text("campus") << "': " << error.what() << "\n";
    return exit_failed;
  }
  for (std::size_t i = 0; i < found.key.chosen.columns.size(); ++i)
    found.meanings.columns[found.key.chosen.columns[i]].meaning = meaning_of(found.key.chosen.kind, i);
  found.code_columns = found.meanings.all(Meaning::code);
  found.codes = codes_in(sample.bytes, *shape, found.table, found.code_columns);

  report(found, sample);
  const std::string draft = draft_of(found);
  if (!line.has("output")) {
    std::cout << draft;
    return exit_imported;
  }
  return write_new(output, draft) ? exit_imported : exit_failed;
}

}  // namespace mealsync::tool
