#include <finding/finding_log.hpp>

#include <algorithm>
#include <cstring>
#include <tuple>

namespace mealsync {
namespace {

/// A finding as the spool has it; the message and the key follow.
struct Packed {
  std::uint32_t code;
  Severity severity;
  std::uint32_t remedy, stage, file;  // numbers of texts
  std::uint32_t line, column;
  std::uint32_t message_size;
};

bool may_be_told_together(const Finding& finding) {
  return finding.severity == Severity::info && finding.key.empty();
}

}  // namespace

std::uint32_t FindingLog::number_of(std::string_view text) {
  const auto known = numbers_.find(text);
  if (known != numbers_.end()) return known->second;
  const auto added = numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size())).first;
  texts_.push_back(added->first);
  return added->second;
}

FindingLog::Alike* FindingLog::known_alike(std::uint32_t code, std::string_view message,
                                           std::string_view stage_id) {
  const auto known = alike_.find(message);
  if (known == alike_.end()) return nullptr;
  Alike& them = known->second;
  return them.finding.code == code && them.finding.stage == stage_id ? &them : nullptr;
}

void FindingLog::add_to(Alike& them, Spool::Key key, std::uint64_t count) {
  them.finding.count += count;
  them.first = std::min(them.first, key);
  keep(key, {reinterpret_cast<const char*>(&them.number), sizeof them.number});
}

bool FindingLog::add_again(std::size_t stage, std::uint32_t code, std::string_view message,
                           std::string_view stage_id, std::uint64_t place) {
  if (!no_room_.empty()) return false;
  Alike* const them = known_alike(code, message, stage_id);
  if (them == nullptr || place < them->first.first) return false;
  ++groups_.find({code, Severity::info})->second.count;
  add_to(*them, {place, stage}, 1);
  return true;
}

void FindingLog::add(std::size_t stage, const Finding& finding) {
  constexpr std::size_t most_alike = 4096;  // different words
  Group& group = groups_[{finding.code, finding.severity}];
  if (group.count == 0 || std::tie(finding.place, stage) < std::tie(group.first.place, group.first_stage)) {
    group.first = finding;
    group.first_stage = stage;
  }
  group.count += finding.count;
  if (finding.severity >= Severity::refusal) run_ending_.push_back(finding);
  if (!no_room_.empty()) return;
  const Spool::Key key{finding.place, stage};
  if (may_be_told_together(finding)) {
    if (Alike* const them = known_alike(finding.code, finding.message, finding.stage))
      return add_to(*them, key, finding.count);
    if (alike_.size() < most_alike && !alike_.contains(finding.message)) {
      const auto number = static_cast<std::uint32_t>(alike_.size());
      Alike& them = alike_.emplace(finding.message, Alike{finding, key, number}).first->second;
      numbered_.push_back(&them);
      return keep(key, {reinterpret_cast<const char*>(&them.number), sizeof them.number});
    }
  }
  const Packed head{finding.code,
                    finding.severity,
                    number_of(finding.remedy),
                    number_of(finding.stage),
                    number_of(finding.at.file),
                    finding.at.line,
                    finding.at.column,
                    static_cast<std::uint32_t>(finding.message.size())};
  packed_.assign(reinterpret_cast<const char*>(&head), sizeof head);
  packed_ += finding.message;
  packed_ += finding.key;
  keep(key, packed_);
}

void FindingLog::keep(Spool::Key key, std::string_view packed) {
  try {
    spool_.add(key, packed);
  } catch (const NoRoom& fault) {
    no_room_ = fault.what();
  }
}

void FindingLog::visit(const std::function<void(const Spool::Key&, Finding&, const Alike*)>& visit) const {
  Finding finding;
  Spool::Reader reader(spool_);
  while (const auto record = reader.next()) {
    const Alike* them = nullptr;
    if (record->bytes.size() == sizeof them->number) {
      std::uint32_t number = 0;
      std::memcpy(&number, record->bytes.data(), sizeof number);
      them = numbered_[number];
    } else {
      unpack(*record, finding);
    }
    visit(record->key, finding, them);
  }
}

void FindingLog::each(const std::function<void(const Finding&)>& body) const {
  visit([&](const Spool::Key& key, Finding& finding, const Alike* them) {
    if (them != nullptr) {
      finding = them->finding;
      finding.place = key.first;
      finding.count = 1;
    }
    body(finding);
  });
}

void FindingLog::each_told(const std::function<void(const Finding&)>& body) const {
  std::vector<bool> is_told(numbered_.size());
  visit([&](const Spool::Key& key, Finding& finding, const Alike* them) {
    if (them == nullptr) return body(finding);
    if (is_told[them->number] || them->first != key) return;
    is_told[them->number] = true;
    finding = them->finding;
    finding.place = key.first;
    body(finding);
  });
}

void FindingLog::unpack(const Spool::Record& record, Finding& finding) const {
  Packed head;
  std::memcpy(&head, record.bytes.data(), sizeof head);
  const std::string_view texts = record.bytes.substr(sizeof head);
  finding.code = head.code;
  finding.severity = head.severity;
  finding.message = texts.substr(0, head.message_size);
  finding.remedy = texts_[head.remedy];
  finding.at.file = texts_[head.file];
  finding.at.line = head.line;
  finding.at.column = head.column;
  finding.place = record.key.first;
  finding.key = texts.substr(head.message_size);
  finding.stage = texts_[head.stage];
  finding.count = 1;
}

}  // namespace mealsync
