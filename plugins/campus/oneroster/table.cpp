#include <campus/oneroster/table.hpp>

#include <algorithm>
#include <utility>

#include <campus/oneroster/rules.hpp>

namespace mealsync::oneroster {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 20;

/// Without blanks around it, a non-breaking one among them.
Text trimmed(Text text) {
  constexpr Text hard_blank = "\xC2\xA0";
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (;;) {
    if (!text.empty() && is_blank(text.front()))
      text.remove_prefix(1);
    else if (text.starts_with(hard_blank))
      text.remove_prefix(hard_blank.size());
    else
      break;
  }
  for (;;) {
    if (!text.empty() && is_blank(text.back()))
      text.remove_suffix(1);
    else if (text.ends_with(hard_blank))
      text.remove_suffix(hard_blank.size());
    else
      break;
  }
  return text;
}

}  // namespace

bool is_same_word(Text a, Text b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

void Table::open(const std::function<std::unique_ptr<ByteSource>()>& source) {
  try {
    source_ = source();
  } catch (const ReadError& error) {
    faults_->add<no_reading>(name_, 0, Text(error.what()));
    return;
  }
  read_header();
}

bool Table::fill() {
  buffer_.erase(0, used_);
  used_ = 0;
  for (;;) {
    const auto had = buffer_.size();
    buffer_.resize(had + block_size);
    std::size_t count = 0;
    try {
      count = source_->read(buffer_.data() + had, block_size);
    } catch (const ReadError& error) {
      faults_->add<no_reading>(name_, 0, Text(error.what()));
      buffer_.clear();
      is_over_ = has_failed_ = true;
      return false;
    }
    buffer_.resize(had + count);
    if (on_bytes_) on_bytes_(count);
    is_over_ = count == 0;
    if (is_lost_) {
      const auto end = buffer_.find('\n');
      if (end == std::string::npos) {
        buffer_.clear();
        if (!is_over_) continue;
        return false;
      }
      buffer_.erase(0, end + 1);
      is_lost_ = false;
      ++next_line_;
    }
    const auto whole = is_over_ ? buffer_.size() : splitter_.whole(buffer_);
    if (whole > 0) {
      used_ = whole;
      is_plain_ = formats::is_plain(Text(buffer_).substr(0, whole));
      splitter_.begin(Text(buffer_).substr(0, whole));
      return true;
    }
    if (is_over_) return false;
    if (buffer_.size() > dialect_.max_record) {  // no newline in all this
      line_ = next_line_;
      tell<too_long>(dialect_.max_record);
      ++lost_rows_;
      is_lost_ = true;
      buffer_.clear();
    }
  }
}

bool Table::next_record() {
  if (!source_) return false;
  do {
    while (!splitter_.next()) {
      if (is_over_ || !fill()) return false;
    }
    line_ = next_line_;
    next_line_ += splitter_.lines();
  } while (splitter_.is_blank());
  return true;
}

std::optional<Text> Table::read(const formats::Field& field, std::string& single,
                                std::string& converted) const {
  Text text = field.text;
  if (field.is_doubled) {
    single.clear();
    for (std::size_t i = 0; i < text.size(); i += text[i] == dialect_.quote ? 2 : 1)
      single += text[i];
    text = single;
  }
  if (is_plain_) return trimmed(text);
  const auto decoded = formats::read_text(text, formats::Encoding::automatic, converted);
  if (!decoded) return std::nullopt;
  return trimmed(*decoded);
}

void Table::read_header() {
  const bool is_there = next_record();
  if (has_failed_) return;
  const Text bytes = splitter_.record();
  const bool is_text = is_there && splitter_.fault() == formats::RecordFault::none &&
                       !bytes.starts_with("\xFF\xFE") && !bytes.starts_with("\xFE\xFF") &&
                       bytes.find('\0') == Text::npos;
  if (!is_text) {
    faults_->add<no_header>(name_, is_there ? line_ : 0);
    source_.reset();
    return;
  }
  width_ = splitter_.fields().size();
  std::string missing, single, converted;
  for (Asked& asked : columns_) {
    for (std::size_t i = 0; i < width_; ++i) {
      const auto text = read(splitter_.fields()[i], single, converted);
      if (!text || !is_same_word(*text, asked.name)) continue;
      if (std::exchange(asked.is_there, true)) faults_->add<column_twice>(name_, line_, asked.name);
      asked.field = i;
    }
    if (asked.is_needed && !asked.is_there) missing += (missing.empty() ? "'" : ", '") + asked.name + "'";
  }
  if (!missing.empty()) faults_->add<no_column>(name_, line_, missing);
}

bool Table::read_row() {
  const auto& fields = splitter_.fields();
  if (splitter_.fault() == formats::RecordFault::too_long) {
    tell<too_long>(dialect_.max_record);
  } else if (splitter_.fault() != formats::RecordFault::none) {
    tell<bad_quotes>();
  } else if (fields.size() != width_) {
    tell<wrong_count>(fields.size(), width_);
  } else {
    for (Asked& asked : columns_) {
      if (!asked.is_there) continue;
      const auto text = read(fields[asked.field], asked.single, asked.converted);
      if (!text) {
        tell<no_text>(asked.name);
        return false;
      }
      asked.value = *text;
    }
    return true;
  }
  return false;
}

bool Table::next() {
  while (next_record()) {
    ++rows_;
    if (read_row()) return true;
    ++lost_rows_;
  }
  if (source_ && rows_ == 0 && lost_rows_ == 0 && !has_failed_) faults_->add<no_rows>(name_, 0);
  source_.reset();
  return false;
}

Text Table::required(Column column) {
  const Text value = columns_[column].value;
  if (value.empty()) tell<no_value>(columns_[column].name);
  return value;
}

std::optional<Date> Table::date(Column column, bool& is_good) {
  Text text = columns_[column].value;
  if (text.empty()) return std::nullopt;
  // Some write a time of day behind it, which says nothing of the day.
  if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ')) text = text.substr(0, 10);
  const auto day = date_from_iso(text);
  if (!day) {
    tell<no_date>(columns_[column].name);
    is_good = false;
  }
  return day;
}

}  // namespace mealsync::oneroster
