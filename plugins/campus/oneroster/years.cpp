#include <campus/oneroster/years.hpp>

#include <algorithm>

#include <campus/oneroster/rules.hpp>

namespace mealsync::oneroster {

Years::Years(Table& sessions, Table& classes, Texts& texts)
    : sessions_table_(sessions),
      classes_table_(classes),
      texts_(texts),
      session_{sessions.need("sourcedId"),     sessions.may_have("status"),
               sessions.need("type"),          sessions.need("startDate"),
               sessions.need("endDate"),       sessions.may_have("parentSourcedId"),
               sessions.may_have("schoolYear")},
      class_{classes.need("sourcedId"), classes.may_have("status"), classes.may_have("schoolSourcedId"),
             classes.may_have("termSourcedIds")} {}

void Years::read(const std::optional<SchoolYear>& told, Faults& faults) {
  told_ = told;
  read_sessions();
  collect();
  if (told_) years_.try_emplace(*told_, campus::IncomingYear{*told_, told_->first(), told_->last()});
  if (years_.empty()) faults.add<no_year>(sessions_table_.name(), 0);
  read_classes();
}

void Years::read_sessions() {
  Table& row = sessions_table_;
  while (row.next()) {
    const Text id = row.required(session_.id);
    if (id.empty() || is_same_word(row[session_.status], "tobedeleted")) continue;
    bool is_good = true;
    const auto first = row.date(session_.first, is_good), last = row.date(session_.last, is_good);
    if (!is_good || (!first && row.required(session_.first).empty()) ||
        (!last && row.required(session_.last).empty()))
      continue;
    if (*last < *first) {
      row.tell<ends_first>(*last, *first);
      continue;
    }
    Session session{*first, *last, SchoolYear::read(row[session_.year]), texts_.keep(row[session_.parent]),
                    is_same_word(row[session_.type], "schoolYear")};
    // A school year lasts most of its year; a term of summer may lie on either side of July 1.
    const bool is_disliked = session.is_year && session.said && *session.said != session.by_dates();
    if (is_disliked || (!session.said && !row[session_.year].empty()))
      row.tell<year_disagrees>(session.by_dates(), row[session_.year]);
    sessions_.try_emplace(texts_.keep(id), session);
  }
}

void Years::collect() {
  const auto widen = [&](SchoolYear year, const Session& session) {
    const auto [at, is_new] =
        years_.try_emplace(year, campus::IncomingYear{year, session.first, session.last});
    at->second.first = std::min(at->second.first, session.first);
    at->second.last = std::max(at->second.last, session.last);
  };
  for (const auto& [id, session] : sessions_)
    if (session.is_year) widen(session.by_dates(), session);
  const auto whole = years_;
  for (const auto& [id, session] : sessions_) {
    const SchoolYear year = year_of(session);
    if (!whole.contains(year)) widen(year, session);
  }
}

SchoolYear Years::year_of(const Session& session) const {
  const Session* at = &session;
  for (int steps = 0; steps < 8 && !at->is_year; ++steps) {
    const auto parent = sessions_.find(at->parent);
    if (parent == sessions_.end()) break;
    at = &parent->second;
  }
  return at->is_year ? at->by_dates() : session.said.value_or(session.by_dates());
}

void Years::read_classes() {
  Table& row = classes_table_;
  while (row.next()) {
    const Text id = row.required(class_.id);
    if (id.empty() || is_same_word(row[class_.status], "tobedeleted")) continue;
    Class one{{}, texts_.keep_once(row[class_.school])};
    for_each_part(row[class_.terms], [&](Text term) {
      const auto at = sessions_.find(term);
      if (!one.year && at != sessions_.end()) one.year = year_of(at->second);
    });
    classes_.try_emplace(texts_.keep(id), one);
  }
}

Years::Class Years::of_class(Text sourced_id) const {
  const auto at = classes_.find(sourced_id);
  return at == classes_.end() ? Class{} : at->second;
}

std::optional<SchoolYear> Years::of_days(const std::optional<Date>& first,
                                         const std::optional<Date>& last) const {
  const auto usual = [&]() -> std::optional<SchoolYear> {
    if (told_) return told_;
    if (years_.size() == 1) return years_.begin()->first;
    return std::nullopt;
  };
  if (!first && !last) return usual();
  if (const auto year = SchoolYear::of(first ? *first : *last); years_.contains(year)) return year;
  // One that began in an earlier year, and lasts.
  const auto touches = [&](SchoolYear year) {
    return (!first || *first <= year.last()) && (!last || year.first() <= *last);
  };
  if (const auto year = usual(); year && touches(*year)) return year;
  for (auto at = years_.rbegin(); at != years_.rend(); ++at)
    if (touches(at->first)) return at->first;
  return std::nullopt;
}

const campus::IncomingYear* Years::find(SchoolYear year) const {
  const auto at = years_.find(year);
  return at == years_.end() ? nullptr : &at->second;
}

}  // namespace mealsync::oneroster
