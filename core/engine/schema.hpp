// engine/schema.hpp -- the columns between two stages, owned by the host.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <mealsync/abi.h>
#include <mealsync/value.hpp>

namespace mealsync {

class Schema {
 public:
  Schema() = default;
  explicit Schema(const ms_plan& plan) {
    for (std::uint32_t i = 0; i < plan.port_count; ++i) {
      const ms_field& field = plan.ports[i].field;
      fields_.push_back({std::string(text_of(field.name)), std::string(text_of(field.doc)),
                         std::string(text_of(field.set)), field.type, field.word_count, field.words});
    }
  }

  /// As they cross to a plugin; refers to this schema.
  [[nodiscard]] std::vector<ms_field> view() const {
    std::vector<ms_field> view;
    for (const Field& f : fields_)
      view.push_back({borrow(f.name), borrow(f.doc), f.type, f.word_count, borrow(f.set), f.words});
    return view;
  }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  [[nodiscard]] std::string_view name(std::size_t column) const { return fields_[column].name; }
  [[nodiscard]] std::uint32_t type(std::size_t column) const { return fields_[column].type; }
  /// How a value of a column of codes is spelled; empty where the set has no such value.
  [[nodiscard]] std::string_view word(std::size_t column, std::uint8_t value) const {
    const Field& field = fields_[column];
    return value < field.word_count ? text_of(field.words[value]) : std::string_view{};
  }
  /// The column that holds codes of the set `set` under that same name, or MS_NO_COLUMN.
  [[nodiscard]] std::uint32_t code_column(std::string_view set) const {
    for (std::uint32_t i = 0; i < fields_.size(); ++i)
      if (fields_[i].type == MS_CODE && fields_[i].set == set && fields_[i].name == set) return i;
    return MS_NO_COLUMN;
  }

 private:
  struct Field {
    std::string name, doc, set;
    std::uint32_t type, word_count;
    const ms_str* words;  // lives in the plugin, which is never unloaded
  };
  std::vector<Field> fields_;
};

}  // namespace mealsync
