// mealsync/roles.hpp -- which role a class has, told from its verbs, and what it leaves out.
#pragma once

#include <concepts>

#include <mealsync/bytes.hpp>
#include <mealsync/columns.hpp>
#include <mealsync/output.hpp>
#include <mealsync/summary.hpp>

namespace mealsync::detail {

struct NoOptions {};
struct NoPorts {
  NoPorts(const auto&, Columns&) {}
};

template <class S>
struct OptionsIn {
  using type = NoOptions;
};
template <class S>
requires requires {
  typename S::Options;
}
struct OptionsIn<S> {
  using type = typename S::Options;
};
template <class S>
struct PortsIn {
  using type = NoPorts;
};
template <class S>
requires requires {
  typename S::Ports;
}
struct PortsIn<S> {
  using type = typename S::Ports;
};

template <class S>
concept TestsWithContext = requires(S s, Context& c) {
  s.test(c);
};
template <class S>
concept TestsAlone = requires(S s) {
  s.test();
};
template <class S>
concept Tests = TestsWithContext<S> || TestsAlone<S>;
template <class S>
concept ReadsBytes = Tests<S> && requires(S s, Bytes& b) {
  { s.read(b) } -> std::same_as<bool>;
};
template <class S>
concept ReadsRows = requires(S s, Output& o) {
  { s.read(o) } -> std::same_as<bool>;
};
template <class S>
concept Decodes = requires(S s, const Block& b, Output& o) {
  s.decode(b, o);
};
template <class S>
concept Processes = requires(S s, Row r, Output& o) {
  s.process(r, o);
};
template <class S>
concept CommitsWithSummary = requires(S s, const Summary& y, Context& c) {
  s.commit(y, c);
};
template <class S>
concept CommitsAlone = requires(S s, Context& c) {
  s.commit(c);
};
template <class S>
concept Writes = requires(S s, Row r, Context& c) {
  s.write(r, c);
};
template <class S>
concept Loads = Writes<S> &&(CommitsWithSummary<S> || CommitsAlone<S>);
template <class S>
concept Concludes = requires(S s, const Found& f, const Summary& y, Context& c) {
  s.found(f, c);
  s.conclude(y, c);
};
template <class S>
concept Reports = Writes<S> && Concludes<S>;

template <class S>
concept Stage = (int{ReadsBytes<S>} + int{ReadsRows<S>} + int{Decodes<S>} + int{Processes<S>} +
                 int{Loads<S>} + int{Reports<S>}) == 1;

}  // namespace mealsync::detail
