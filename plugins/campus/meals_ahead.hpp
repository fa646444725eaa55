// campus/meals_ahead.hpp -- the meal records that Campus has, by person, read while the file still comes in.
//
// Errors   StoreError: of opening at once, of reading from `next`.
// Threads  As a ScanAhead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <campus/store/store.hpp>
#include <eligibility/status_byte.hpp>
#include <mealsync/scan_ahead.hpp>

namespace mealsync::campus {

class MealsAhead {
 public:
  /// A record in 32 bytes, for all of a district's wait while the file comes in.
  class Meal {
   public:
    Meal(std::int64_t whose, const MealRecord& record)
        : person(whose),
          start_(record.start),
          id_(record.id),
          end_(record.end.value_or(Date{})),
          end_year_(static_cast<std::int16_t>(record.year.end_year)),
          status_(StatusByte::of(record.status)),
          is_open_(!record.end),
          from_application_(record.from_application) {}

    std::int64_t person;
    std::uint32_t unreadable = 0;  // of the piece's words, from 1; 0: all of it can be read

    [[nodiscard]] MealRecord record() const {
      return {id_,
              {end_year_},
              status_.unpacked(),
              start_,
              is_open_ ? std::nullopt : std::optional(end_),
              from_application_};
    }

   private:
    Date start_;
    std::int64_t id_;
    Date end_;
    std::int16_t end_year_;
    StatusByte status_;
    bool is_open_ : 1, from_application_ : 1;
  };
  static_assert(sizeof(Meal) == 32);

  explicit MealsAhead(const std::string& database)
      : store_(database, Access::read_only), ahead_([this](const Give& give) { scan(give); }, most_pieces) {}

  /// Nothing at the end. Lives until the next call.
  [[nodiscard]] const Meal* next() {
    while (at_ == piece_.meals.size()) {
      auto piece = ahead_.next();
      if (!piece) return nullptr;
      piece_ = std::move(*piece);
      at_ = 0;
    }
    return &piece_.meals[at_++];
  }
  /// What of a record cannot be read; empty where all can. Such a record is to be left alone.
  [[nodiscard]] std::string_view unreadable(const Meal& meal) const {
    return meal.unreadable == 0 ? std::string_view{} : piece_.words[meal.unreadable - 1];
  }

 private:
  static constexpr std::size_t piece_size = 4096;  // records
  static constexpr std::size_t most_pieces = (std::size_t{32} << 20) / (piece_size * sizeof(Meal));  // 32 MB

  struct Piece {
    std::vector<Meal> meals;
    std::vector<std::string> words;

    [[nodiscard]] bool is_full() const { return meals.size() == piece_size; }
    void add(const MealRow& row) {
      if (meals.empty()) meals.reserve(piece_size);
      Meal& meal = meals.emplace_back(row.person, row.record);
      if (row.unreadable_column.empty()) return;
      words.push_back(std::string(row.unreadable_column) + " '" + std::string(row.unreadable_value) + "'");
      meal.unreadable = static_cast<std::uint32_t>(words.size());
    }
  };

  using Give = ScanAhead<Piece>::Give;

  void scan(const Give& give) {
    give_in_pieces<Piece>(give, [this](const auto& take) { store_.read_meals(take); });
  }

  CampusStore store_;
  Piece piece_;
  std::size_t at_ = 0;  // in piece_
  ScanAhead<Piece> ahead_;
};

}  // namespace mealsync::campus
