// campus/candidates.hpp -- the records of a file that the merge has to decide, kept until the input ends and given
// back person by person.
//
// Errors   NoRoom, as a spool.
// Threads  One thread at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <eligibility/record.hpp>
#include <mealsync/sdk.hpp>

namespace mealsync::campus {

struct Candidate {
  std::int64_t person = 0;
  IncomingRow row;
  Text key;                  // as the file has it
  bool is_extended = false;  // of no line: given because of another child of the household
  Text school{};             // where he is enrolled; empty where nobody asks for it
};

class Candidates {
 public:
  explicit Candidates(bool keeps_schools) : keeps_schools_(keeps_schools) {}

  void add(const Candidate& candidate) {
    const Packed head{candidate.row.status, candidate.is_extended, candidate.row.start, candidate.row.end};
    packed_.assign(reinterpret_cast<const char*>(&head), sizeof head);
    if (keeps_schools_) {
      const auto size = static_cast<std::uint32_t>(candidate.school.size());
      packed_.append(reinterpret_cast<const char*>(&size), sizeof size);
      packed_ += candidate.school;
    }
    packed_ += candidate.key;
    spool_.add({ordered(candidate.person), candidate.row.place}, packed_);
  }

  /// All are in; the first person's are `group`.
  void begin() {
    reader_.emplace(spool_);
    ahead_ = reader_->next();
    next();
  }
  /// Those of one person, in the order of the file; empty at the end.
  [[nodiscard]] std::span<const Candidate> group() const { return group_; }

  void next() {
    group_.clear();
    keys_.clear();
    if (!ahead_) return;
    const std::uint64_t person = ahead_->key.first;
    for (; ahead_ && ahead_->key.first == person; ahead_ = reader_->next()) {
      Text left = ahead_->bytes;
      const auto head = take<Packed>(left);
      Text school;
      if (keeps_schools_) {
        const auto size = take<std::uint32_t>(left);
        school = keys_.keep(left.substr(0, size));
        left.remove_prefix(size);
      }
      group_.push_back({from_ordered(person),
                        {head.status, head.start, head.end, ahead_->key.second},
                        keys_.keep(left),
                        head.is_extended,
                        school});
    }
  }

 private:
  struct Packed {
    Status status;
    bool is_extended;
    Date start, end;
  };
  template <class T>
  static T take(Text& from) {
    T taken;
    std::memcpy(&taken, from.data(), sizeof taken);
    from.remove_prefix(sizeof taken);
    return taken;
  }
  /// In the order of the persons' numbers, negative ones before.
  static constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  static std::uint64_t ordered(std::int64_t person) { return static_cast<std::uint64_t>(person) ^ sign; }
  static std::int64_t from_ordered(std::uint64_t number) { return static_cast<std::int64_t>(number ^ sign); }

  bool keeps_schools_;
  Spool spool_;
  std::string packed_;
  std::optional<Spool::Reader> reader_;
  std::optional<Spool::Record> ahead_;
  std::vector<Candidate> group_;
  detail::TextStore keys_;
};

}  // namespace mealsync::campus
