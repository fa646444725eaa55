// mealsync/columns.hpp -- which columns a stage needs, uses and gives.
//
// A stage names its columns once, in its Ports: a misspelt name is a fault of planning and not a surprise on
// line 4,000. Planning touches nothing outside.
// Errors   Faults are kept, all of them; the boundary reports them when Ports is made.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include <mealsync/context.hpp>
#include <mealsync/value.hpp>

namespace mealsync {

/// A column, found once. Comes in, goes out, or both.
template <class T>
struct Column {
  std::uint32_t in = MS_NO_COLUMN;
  std::uint32_t out = MS_NO_COLUMN;

  [[nodiscard]] explicit operator bool() const { return in != MS_NO_COLUMN; }
};

namespace detail {

inline constexpr Rule no_column{own(5002), Severity::fatal, "No column '{}' comes in; the columns are: {}",
                                "Add a stage that gives the column before this one, or name another column."};
inline constexpr Rule other_type{own(5003), Severity::fatal, "Column '{}' is {} here, and {} is needed",
                                 "Convert the column in a stage before this one."};
inline constexpr Rule given_twice{own(5004), Severity::fatal, "Column '{}' is given twice by this stage",
                                  "Name each column once."};

[[nodiscard]] inline std::string type_text(const ms_field& field) {
  switch (field.type) {
    case MS_TEXT:
      return "text";
    case MS_INT:
      return "a number";
    case MS_DATE:
      return "a date";
    case MS_BOOL:
      return "yes or no";
    default:
      return "a code of '" + std::string(text_of(field.set)) + "'";
  }
}

}  // namespace detail

class Columns {
 public:
  explicit Columns(std::span<const ms_field> input) : input_(input) {
    ports_.reserve(input.size());
    for (std::uint32_t i = 0; i < input.size(); ++i)
      ports_.push_back({input[i], i});
  }

  /// A column that must come in.
  template <class T>
  Column<T> need(Text name) {
    const std::uint32_t at = look_up<T>(name, true);
    return {at, MS_NO_COLUMN};
  }
  /// A column that is used if it comes in.
  template <class T>
  Column<T> find(Text name) {
    return {look_up<T>(name, false), MS_NO_COLUMN};
  }
  /// A column that must come in and whose cells may be set; those that are not keep their value.
  template <class T>
  Column<T> change(Text name) {
    const std::uint32_t at = look_up<T>(name, true);
    if (at == MS_NO_COLUMN) return {};
    return {at, position(name)};
  }
  /// A new column. It takes the place of one of the same name that comes in.
  template <class T>
  Column<T> add(Text name, Text doc) {
    const Text kept = names_.emplace_back(name);
    const ms_field field = detail::describe_column<T>(kept, doc);
    const auto at = position(name);
    if (at == ports_.size()) {
      ports_.push_back({field, MS_NO_COLUMN});
    } else if (ports_[at].from == MS_NO_COLUMN) {
      fault<detail::given_twice>(name);
    } else {
      ports_[at] = {field, MS_NO_COLUMN};
    }
    return {MS_NO_COLUMN, at};
  }
  /// From here on nothing that comes in is passed on; what is added is all that goes out.
  void pass_nothing() { ports_.clear(); }

  /// The stage will ask who was seen, so the host has to remember.
  void judges_absence() { flags_ |= MS_JUDGES_ABSENCE; }

  /// An option whose fault can be seen before anything is opened.
  template <const Rule& R, class... Args>
  void fault(const Args&... args) {
    static_assert(R.severity == Severity::fatal, "only a fatal rule is a fault of a plan");
    static_assert(R.arguments() == sizeof...(Args), "one argument for each {} of the rule");
    faults_.push_back({R.code, R.severity, compose(R.text, args...), {}, R.remedy});
  }

  [[nodiscard]] std::span<const ms_port> ports() const { return ports_; }
  [[nodiscard]] std::span<const std::uint32_t> used() const { return used_; }
  [[nodiscard]] std::uint32_t flags() const { return flags_; }
  [[nodiscard]] std::span<const detail::Failure> faults() const { return faults_; }

 private:
  template <class T>
  std::uint32_t look_up(Text name, bool needed) {
    const auto at = std::find_if(input_.begin(), input_.end(),
                                 [&](const ms_field& field) { return text_of(field.name) == name; });
    if (at == input_.end()) {
      if (needed) fault<detail::no_column>(name, all_names());
      return MS_NO_COLUMN;
    }
    const ms_field wanted = detail::describe_column<T>(name, {});
    if (at->type != wanted.type || text_of(at->set) != text_of(wanted.set)) {
      fault<detail::other_type>(name, detail::type_text(*at), detail::type_text(wanted));
      return MS_NO_COLUMN;
    }
    const auto index = static_cast<std::uint32_t>(at - input_.begin());
    used_.push_back(index);
    return index;
  }
  [[nodiscard]] std::uint32_t position(Text name) const {
    const auto at = std::find_if(ports_.begin(), ports_.end(),
                                 [&](const ms_port& port) { return text_of(port.field.name) == name; });
    return static_cast<std::uint32_t>(at - ports_.begin());
  }
  [[nodiscard]] std::string all_names() const {
    std::string all;
    for (const ms_field& field : input_)
      all += (all.empty() ? "" : ", ") + std::string(text_of(field.name));
    return all.empty() ? "none" : all;
  }

  std::span<const ms_field> input_;
  std::vector<ms_port> ports_;
  std::vector<std::uint32_t> used_;
  std::vector<detail::Failure> faults_;
  std::deque<std::string> names_;
  std::uint32_t flags_ = 0;
};

}  // namespace mealsync
