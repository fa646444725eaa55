// mealsync/describe.hpp -- an option is one line: name, member, words. Everything else follows from it.
//
//   struct Options {
//     std::string path;
//     int retries = 3;
//     std::vector<ColumnSpec> columns;                       // <column …/> children, each with its own describe
//     static void describe(Describe<Options>& d) {
//       d.required("path", &Options::path, "File to read.").path();
//       d.option("retries", &Options::retries, "How often to try again.").at_least(0).at_most(10);
//       d.children("column", &Options::columns, "The columns, in the order of the file.");
//     }
//   };
//
// The member gives type and default. Host and stage check with the same parse<T>.
// A default that is absent is a std::optional member.
// Ownership  Names and words are string literals.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <mealsync/context.hpp>
#include <mealsync/value.hpp>

namespace mealsync {

namespace detail {

inline constexpr Rule bad_option{own(5001), Severity::fatal, "Option '{}' cannot be '{}'",
                                 "Correct the option in the pipeline file."};

template <class T>
struct Inner {
  using type = T;
};
template <class T>
struct Inner<std::optional<T>> {
  using type = T;
};

template <class T>
constexpr std::uint32_t option_type() {
  if constexpr (std::is_same_v<T, bool>)
    return MS_BOOL;
  else if constexpr (std::is_integral_v<T>)
    return MS_INT;
  else if constexpr (std::is_same_v<T, Date>)
    return MS_DATE;
  else
    return MS_TEXT;
}

}  // namespace detail

template <class Options>
class Describe {
 public:
  /// Narrows the option that was just described.
  class Ref {
   public:
    explicit Ref(ms_option& option, Describe& all) : option_(&option), all_(&all) {}
    Ref at_least(std::int64_t least) { return option_->least = least, *this; }
    Ref at_most(std::int64_t most) { return option_->most = most, *this; }
    Ref one_of(std::initializer_list<Text> choices) {
      auto& kept = all_->choices_.emplace_back();
      for (const Text choice : choices)
        kept.push_back(borrow(choice));
      option_->choices = kept.data();
      option_->choice_count = kept.size();
      return *this;
    }
    Ref secret() { return option_->flags |= MS_SECRET, *this; }
    Ref path() { return option_->flags |= MS_PATH, *this; }
    Ref fragment() { return option_->flags |= MS_FRAGMENT, *this; }

   private:
    ms_option* option_;
    Describe* all_;
  };

  Describe() {
    if constexpr (requires(Describe & d) { Options::describe(d); }) Options::describe(*this);
  }
  Describe(const Describe&) = delete;
  Describe& operator=(const Describe&) = delete;

  template <class T>
  Ref option(Text name, T Options::*member, Text doc) {
    return add(name, member, doc, 0);
  }
  template <class T>
  Ref required(Text name, T Options::*member, Text doc) {
    return add(name, member, doc, MS_REQUIRED);
  }
  /// Child elements <name …/>, as many as there are.
  template <class Child>
  void children(Text name, std::vector<Child> Options::*member, Text doc) {
    static const Describe<Child> described;
    ms_option option = blank(name, doc, MS_GROUP, MS_REPEATED);
    option.children = described.options().data();
    option.child_count = described.options().size();
    options_.push_back(option);
    setters_.push_back([member](Options& to, const ms_setting& setting) {
      (to.*member).push_back(described.read({setting.children, setting.child_count}));
    });
  }

  [[nodiscard]] std::span<const ms_option> options() const { return options_; }

  /// The options with every given setting in its member. Names that are not described are the host's to refuse.
  [[nodiscard]] Options read(std::span<const ms_setting> settings) const {
    Options read{};
    for (const ms_setting& setting : settings)
      for (std::size_t i = 0; i < options_.size(); ++i)
        if (text_of(options_[i].name) == text_of(setting.name)) setters_[i](read, setting);
    return read;
  }

 private:
  template <class T>
  Ref add(Text name, T Options::*member, Text doc, std::uint32_t flags) {
    using E = typename detail::Inner<T>::type;
    if constexpr (std::is_same_v<E, Names>) flags |= MS_LIST;
    ms_option option = blank(name, doc, detail::option_type<E>(), flags);
    if constexpr (ClosedSet<E>) {
      option.choices = detail::words_of<E>.data();
      option.choice_count = detail::words_of<E>.size();
    }
    if (!(flags & MS_REQUIRED)) option.fallback = borrow(fallbacks_.emplace_back(spelled(Options{}.*member)));
    options_.push_back(option);
    setters_.push_back([member](Options& to, const ms_setting& setting) {
      auto value = parse<E>(text_of(setting.value));
      if (!value) fail<detail::bad_option>(text_of(setting.name), text_of(setting.value));
      to.*member = *std::move(value);
    });
    return Ref(options_.back(), *this);
  }
  template <class T>
  static std::string spelled(const T& value) {
    return spell_value(value);
  }
  template <class T>
  static std::string spelled(const std::optional<T>& value) {
    return value ? spell_value(*value) : std::string{};
  }
  static ms_option blank(Text name, Text doc, std::uint32_t type, std::uint32_t flags) {
    return {borrow(name),
            borrow(doc),
            {},
            nullptr,
            0,
            std::numeric_limits<std::int64_t>::min(),
            std::numeric_limits<std::int64_t>::max(),
            type,
            flags,
            nullptr,
            0};
  }

  std::vector<ms_option> options_;
  std::vector<std::function<void(Options&, const ms_setting&)>> setters_;
  std::deque<std::string> fallbacks_;
  std::deque<std::vector<ms_str>> choices_;
};

}  // namespace mealsync
