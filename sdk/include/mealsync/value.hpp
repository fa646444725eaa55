// mealsync/value.hpp -- what a cell and an option can hold, and how each is read from text.
//
// A column is named by its type: Column<Text>, Column<Int>, Column<Date>, Column<bool>,
// Column<Code<Eligibility>>. ValueOf<T> is what a row gives for it.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/abi.h>
#include <mealsync/date.hpp>
#include <mealsync/meal_status.hpp>

namespace mealsync {

using Text = std::string_view;
using Int = std::int64_t;

/// A closed set as a column: one byte a row.
template <class E>
struct Code {};

/// Names separated by blanks, as an option.
struct Names {
  std::vector<std::string> names;
};

template <class E>
concept ClosedSet = requires {
  CodeSet<E>::name;
  CodeSet<E>::words;
};

[[nodiscard]] constexpr ms_str borrow(Text text) {
  return {text.data(), text.size()};
}
[[nodiscard]] constexpr Text text_of(ms_str text) {
  return {text.data, text.size};
}

namespace detail {

/// How a column type is stored (Cell), what a row gives for it (Value), and its number in the ABI.
template <class T>
struct CellOf;
template <>
struct CellOf<Text> {
  using Cell = ms_str;
  using Value = Text;
  static constexpr std::uint32_t type = MS_TEXT;
  static Value load(Cell cell) { return text_of(cell); }
  static Cell store(Value value) { return borrow(value); }
};
template <>
struct CellOf<Int> {
  using Cell = std::int64_t;
  using Value = Int;
  static constexpr std::uint32_t type = MS_INT;
  static Value load(Cell cell) { return cell; }
  static Cell store(Value value) { return value; }
};
template <>
struct CellOf<Date> {
  using Cell = std::int32_t;
  using Value = Date;
  static constexpr std::uint32_t type = MS_DATE;
  static Value load(Cell cell) { return {cell}; }
  static Cell store(Value value) { return value.days; }
};
template <>
struct CellOf<bool> {
  using Cell = std::uint8_t;
  using Value = bool;
  static constexpr std::uint32_t type = MS_BOOL;
  static Value load(Cell cell) { return cell != 0; }
  static Cell store(Value value) { return value ? 1 : 0; }
};
template <ClosedSet E>
struct CellOf<Code<E>> {
  using Cell = std::uint8_t;
  using Value = E;
  static constexpr std::uint32_t type = MS_CODE;
  static Value load(Cell cell) { return static_cast<E>(cell); }
  static Cell store(Value value) { return static_cast<std::uint8_t>(value); }
};

[[nodiscard]] constexpr std::size_t cell_size(std::uint32_t type) {
  switch (type) {
    case MS_TEXT:
      return sizeof(ms_str);
    case MS_INT:
      return sizeof(std::int64_t);
    case MS_DATE:
      return sizeof(std::int32_t);
    default:
      return sizeof(std::uint8_t);
  }
}

template <ClosedSet E>
inline constexpr auto words_of = [] {
  std::array<ms_str, CodeSet<E>::words.size()> words{};
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = borrow(CodeSet<E>::words[i]);
  return words;
}();

/// The description of a column of type T.
template <class T>
[[nodiscard]] ms_field field_of(Text name, Text doc) {
  return {borrow(name), borrow(doc), CellOf<T>::type, 0, {}, nullptr};
}
template <class T, ClosedSet E>
[[nodiscard]] ms_field field_of(Text name, Text doc) {
  return {borrow(name),
          borrow(doc),
          MS_CODE,
          static_cast<std::uint32_t>(words_of<E>.size()),
          borrow(CodeSet<E>::name),
          words_of<E>.data()};
}

template <class T>
struct SetOf {
  using type = void;
};
template <class E>
struct SetOf<Code<E>> {
  using type = E;
};

template <class T>
[[nodiscard]] ms_field describe_column(Text name, Text doc) {
  using E = typename SetOf<T>::type;
  if constexpr (ClosedSet<E>)
    return field_of<T, E>(name, doc);
  else
    return field_of<T>(name, doc);
}

}  // namespace detail

template <class T>
using ValueOf = typename detail::CellOf<T>::Value;

/// Reads an option's value; host and stage read with this same function.
template <class T>
[[nodiscard]] std::optional<T> parse(Text text) {
  if constexpr (std::is_same_v<T, std::string>) {
    return std::string(text);
  } else if constexpr (std::is_same_v<T, bool>) {
    if (text == "yes") return true;
    if (text == "no") return false;
    return std::nullopt;
  } else if constexpr (std::is_integral_v<T>) {
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
  } else if constexpr (std::is_same_v<T, Date>) {
    return date_from_iso(text);
  } else if constexpr (std::is_same_v<T, Names>) {
    Names list;
    while (!text.empty()) {
      const auto end = std::min(text.find_first_of(" \t\n"), text.size());
      if (end > 0) list.names.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list;
  } else {
    static_assert(ClosedSet<T>, "an option is text, a number, a bool, a Date, Names or a closed set");
    for (std::size_t i = 0; i < CodeSet<T>::words.size(); ++i)
      if (CodeSet<T>::words[i] == text) return static_cast<T>(i);
    return std::nullopt;
  }
}

/// How a default is spelled in the reference.
template <class T>
[[nodiscard]] std::string spell_value(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    return value;
  } else if constexpr (std::is_same_v<T, bool>) {
    return value ? "yes" : "no";
  } else if constexpr (std::is_integral_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::is_same_v<T, Date>) {
    return to_text(value);
  } else if constexpr (std::is_same_v<T, Names>) {
    std::string all;
    for (const auto& name : value.names)
      all += (all.empty() ? "" : " ") + name;
    return all;
  } else {
    return std::string(spell(value));
  }
}

}  // namespace mealsync
