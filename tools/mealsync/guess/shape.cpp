#include "shape.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include <formats/encoding.hpp>
#include <formats/fixed_line.hpp>
#include <formats/splitter.hpp>

namespace mealsync::guess {
namespace {

using formats::Dialect;
using formats::RecordFault;
using formats::Splitter;

constexpr std::size_t looked_at = 2000;  // records, to tell the separator
constexpr std::array separators{',', '\t', ';', '|', '^', '~'};

struct Tried {
  Shape shape;
  std::size_t alike = 0, records = 0, quoted = 0;
  /// Of a thousand records: how many have the usual number of columns.
  [[nodiscard]] std::size_t share() const { return records == 0 ? 0 : alike * 1000 / records; }
};

Tried try_shape(std::string_view bytes, char separator, char quote) {
  Tried tried;
  tried.shape.separator = separator;
  tried.shape.quote = quote;
  std::map<std::size_t, std::size_t> counts;
  Splitter splitter({separator, quote, 65536});
  for (splitter.begin(bytes); tried.records < looked_at && splitter.next();) {
    if (splitter.is_blank()) continue;
    ++tried.records;
    if (splitter.fault() != RecordFault::none) continue;
    ++counts[splitter.fields().size()];
    tried.quoted += static_cast<std::size_t>(
        std::count_if(splitter.fields().begin(), splitter.fields().end(), [&](const formats::Field& field) {
          return field.text.data() > splitter.record().data() && field.text.data()[-1] == quote;
        }));
  }
  for (const auto& [columns, records] : counts)
    if (records >= tried.alike) tried.alike = records, tried.shape.columns = columns;
  return tried;
}

/// The usual quote, unless another one reads more: every record has to be quoted so, or it is an apostrophe.
Tried with_quote(std::string_view bytes, char separator) {
  Tried usual = try_shape(bytes, separator, '"');
  if (usual.quoted > 0 && usual.share() == 1000) return usual;
  Tried single = try_shape(bytes, separator, '\'');
  if (single.quoted >= single.records && single.share() >= usual.share()) return single;
  Tried none = try_shape(bytes, separator, Dialect::no_quote);
  constexpr std::size_t clearly = 20;
  return none.share() > usual.share() + clearly ? none : usual;
}

/// The lines that have the usual number of characters, if nearly all have; a letter with an accent stands as an x.
std::vector<std::string> lines_alike(std::string_view bytes) {
  std::vector<std::string> all;
  std::map<std::size_t, std::size_t> lengths;
  formats::FixedLines lines(formats::Encoding::automatic);
  for (lines.begin(bytes); all.size() < looked_at && lines.next();) {
    if (lines.is_blank() || !lines.read()) continue;
    std::string& line = all.emplace_back();
    for (std::size_t at = 1; at <= lines.size(); ++at) {
      const std::string_view character = lines.cell({at, 1}).text;
      line += character.size() == 1 ? character[0] : 'x';
    }
    ++lengths[line.size()];
  }
  const auto usual = std::max_element(lengths.begin(), lengths.end(),
                                      [](const auto& a, const auto& b) { return a.second < b.second; });
  constexpr std::size_t least_length = 12;
  if (usual == lengths.end() || usual->first < least_length || usual->second * 10 < all.size() * 9) return {};
  std::erase_if(all, [&](const std::string& line) { return line.size() != usual->first; });
  return all;
}

std::optional<Shape> fixed_shape(std::string_view bytes) {
  const auto alike = lines_alike(bytes);
  if (alike.empty()) return std::nullopt;
  Shape shape;
  shape.places = places_in({alike.begin(), alike.end()});
  shape.columns = shape.places.size();
  return shape;
}

void take_cell(std::string_view text, char quote, bool is_doubled, std::string& cell) {
  std::string single, room;
  if (is_doubled) {
    for (std::size_t i = 0; i < text.size(); i += text[i] == quote ? 2 : 1)
      single += text[i];
    text = single;
  }
  text = formats::read_text(text, formats::Encoding::automatic, room).value_or(text);
  const auto first = text.find_first_not_of(" \t\r");
  cell.assign(first == std::string_view::npos
                  ? std::string_view{}
                  : text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

std::uint64_t each_fixed(std::string_view bytes, const Shape& shape,
                         const std::function<void(Cells)>& visit) {
  std::vector<std::string> cells(shape.columns);
  std::uint64_t others = 0;
  const std::size_t least = shape.places.back().start;
  formats::FixedLines lines(formats::Encoding::automatic);
  for (lines.begin(bytes); lines.next();) {
    if (lines.is_blank()) continue;
    if (!lines.read() || lines.size() <= least) {
      ++others;
      continue;
    }
    for (std::size_t i = 0; i < cells.size(); ++i)
      take_cell(lines.cell({shape.places[i].start + 1, shape.places[i].length}).text, '\0', false, cells[i]);
    visit(cells);
  }
  return others;
}

}  // namespace

std::optional<Shape> shape_of(std::string_view bytes) {
  std::optional<Tried> best;
  for (const char separator : separators) {
    const Tried tried = with_quote(bytes, separator);
    constexpr std::size_t least_share = 800;
    if (tried.shape.columns < 2 || tried.share() < least_share) continue;
    const auto is_better = [](const Tried& a, const Tried& b) {
      return std::tuple(a.share(), a.shape.columns) > std::tuple(b.share(), b.shape.columns);
    };
    if (!best || is_better(tried, *best)) best = tried;
  }
  if (best) return best->shape;
  return fixed_shape(bytes);
}

std::uint64_t each_record(std::string_view bytes, const Shape& shape,
                          const std::function<void(Cells)>& visit) {
  if (shape.is_fixed()) return each_fixed(bytes, shape, visit);
  std::vector<std::string> cells(shape.columns);
  std::uint64_t others = 0;
  Splitter splitter({shape.separator, shape.quote, 65536});
  for (splitter.begin(bytes); splitter.next();) {
    if (splitter.is_blank()) continue;
    const auto fields = splitter.fields();
    if (splitter.fault() != RecordFault::none || fields.size() != shape.columns) {
      ++others;
      continue;
    }
    for (std::size_t i = 0; i < cells.size(); ++i)
      take_cell(fields[i].text, shape.quote, fields[i].is_doubled, cells[i]);
    visit(cells);
  }
  return others;
}

}  // namespace mealsync::guess
