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

}  // namespace

std::uint32_t FindingLog::number_of(std::string_view text) {
  const auto known = numbers_.find(text);
  if (known != numbers_.end()) return known->second;
  const auto added = numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size())).first;
  texts_.push_back(added->first);
  return added->second;
}

/// Whether `finding` is one more of what is kept once.
bool FindingLog::is_kept_together(std::size_t stage, const Finding& finding) {
  constexpr std::size_t most = 4096;  // different words
  if (finding.severity != Severity::info || !finding.key.empty()) return false;
  const auto known = alike_.find(finding.message);
  if (known == alike_.end()) {
    if (alike_.size() == most) return false;
    alike_.emplace(finding.message, Alike{stage, finding});
    return true;
  }
  auto& [found_by, together] = known->second;
  if (found_by != stage || together.code != finding.code) return false;
  together.count += finding.count;
  together.place = std::min(together.place, finding.place);
  return true;
}

void FindingLog::add(std::size_t stage, const Finding& finding) {
  Group& group = groups_[{finding.code, finding.severity}];
  if (group.count == 0 || std::tie(finding.place, stage) < std::tie(group.first.place, group.first_stage)) {
    group.first = finding;
    group.first_stage = stage;
  }
  group.count += finding.count;
  if (finding.severity >= Severity::refusal) run_ending_.push_back(finding);
  if (is_kept_together(stage, finding)) return;

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
  spool_.add({finding.place, stage}, packed_);
}

void FindingLog::each(const std::function<void(const Finding&)>& visit) const {
  std::vector<const Alike*> together;
  for (const auto& [words, alike] : alike_)
    together.push_back(&alike);
  const auto key_of = [](const Alike* alike) { return Spool::Key{alike->finding.place, alike->stage}; };
  std::sort(together.begin(), together.end(),
            [&](const Alike* a, const Alike* b) { return key_of(a) < key_of(b); });

  auto next = together.begin();
  Finding finding;
  Spool::Reader reader(spool_);
  while (const auto record = reader.next()) {
    for (; next != together.end() && key_of(*next) < record->key; ++next)
      visit((*next)->finding);
    unpack(*record, finding);
    visit(finding);
  }
  for (; next != together.end(); ++next)
    visit((*next)->finding);
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
}

}  // namespace mealsync
