#include "code_words.hpp"

#include <algorithm>
#include <array>

#include <eligibility/combinations.hpp>

namespace mealsync::guess {
namespace {

struct Word {
  std::string_view text;
  Target says;
};

constexpr auto eligible(Eligibility eligibility) {
  return Target{eligibility, {}, {}};
}
constexpr auto of_source(Source source) {
  return Target{{}, source, {}};
}
constexpr auto of_type(CertifiedType type) {
  return Target{{}, {}, type};
}

// Without blanks and hyphens. Medi-Cal is free and reduced: it says no eligibility.
constexpr std::array words{
    Word{"f", eligible(Eligibility::free)},
    Word{"free", eligible(Eligibility::free)},
    Word{"r", eligible(Eligibility::reduced)},
    Word{"red", eligible(Eligibility::reduced)},
    Word{"reduced", eligible(Eligibility::reduced)},
    Word{"p", eligible(Eligibility::paid)},
    Word{"paid", eligible(Eligibility::paid)},
    Word{"full", eligible(Eligibility::paid)},
    Word{"dc", of_source(Source::direct)},
    Word{"direct", of_source(Source::direct)},
    Word{"nondirect", of_source(Source::non_direct)},
    Word{"snap", of_type(CertifiedType::snap)},
    Word{"calfresh", of_type(CertifiedType::snap)},
    Word{"tanf", of_type(CertifiedType::tanf)},
    Word{"ktap", of_type(CertifiedType::tanf)},
    Word{"calworks", of_type(CertifiedType::tanf)},
    Word{"fdpir", of_type(CertifiedType::fdpir)},
    Word{"medicaid", of_type(CertifiedType::medicaid)},
    Word{"foster", of_type(CertifiedType::foster)},
    Word{"homeless", of_type(CertifiedType::homeless)},
    Word{"migrant", of_type(CertifiedType::migrant)},
    Word{"runaway", of_type(CertifiedType::runaway)},
    Word{"headstart", of_type(CertifiedType::head_start)},
    Word{"evenstart", of_type(CertifiedType::even_start)},
    Word{"income", of_type(CertifiedType::income)},
    Word{"categorical", of_type(CertifiedType::categorical)},
    Word{"override", of_type(CertifiedType::override_)},
    Word{"denied", of_type(CertifiedType::denied)},
    Word{"declined", of_type(CertifiedType::declined)},
    Word{"didnotapply", of_type(CertifiedType::did_not_apply)},
    Word{"extended", of_type(CertifiedType::extended)},
    // They stand beside the others and say nothing of their own.
    Word{"lunch", {}},
    Word{"meal", {}},
    Word{"meals", {}},
    Word{"price", {}},
    Word{"pay", {}},
    Word{"certified", {}},
    Word{"certification", {}},
};

// D is direct or denied, N is non-direct or none: such a letter can only agree.
constexpr std::array agreeing{"d", "n"};

std::vector<std::string> parts_of(std::string_view code) {
  std::vector<std::string> parts;
  bool is_open = false;
  for (const char c : code) {
    const bool is_letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (is_letter && !is_open) parts.emplace_back();
    is_open = is_letter;
    if (is_letter) parts.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return parts;
}

const Word* word_of(const std::string& text) {
  const auto found =
      std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.text == text; });
  return found == words.end() ? nullptr : &*found;
}

/// What the parts say together.
class Reading {
 public:
  /// False where a part is no word.
  bool add(const std::vector<std::string>& parts) {
    std::string whole;
    for (const std::string& part : parts)
      whole += part;
    if (const Word* word = word_of(whole)) return take(*word);  // head start, non-direct
    return std::all_of(parts.begin(), parts.end(), [&](const std::string& part) {
      if (const Word* word = word_of(part)) return take(*word);
      if (std::find(agreeing.begin(), agreeing.end(), part) == agreeing.end()) return false;
      letters_ += part;
      return true;
    });
  }
  /// Nothing where two of them contradict each other.
  [[nodiscard]] Target target() const {
    Target target = said_;
    return contradicts_ || !narrow(target) || !agrees(target) ? Target{} : target;
  }

 private:
  bool take(const Word& word) {
    merge(said_.eligibility, word.says.eligibility);
    merge(said_.source, word.says.source);
    merge(said_.type, word.says.type);
    return true;
  }
  template <class T>
  void merge(std::optional<T>& to, const std::optional<T>& from) {
    if (from && to && *from != *to) contradicts_ = true;
    if (from) to = from;
  }

  /// What goes with nothing but one thing says that, too: SNAP is Free and Direct, nobody is directly certified as Paid.
  /// False where the parts do not go together.
  static bool narrow(Target& target) {
    if (target == Target{}) return true;
    std::optional<Target> only;
    bool same_eligibility = true, same_source = true;
    for (std::size_t e = 0; e < CodeSet<Eligibility>::words.size(); ++e)
      for (std::size_t s = 0; s < CodeSet<Source>::words.size(); ++s)
        for (std::size_t t = 0; t < CodeSet<CertifiedType>::words.size(); ++t) {
          const Target each{static_cast<Eligibility>(e), static_cast<Source>(s),
                            static_cast<CertifiedType>(t)};
          const auto fits = [](const auto& said, const auto& is) { return !said || *said == *is; };
          if (!is_allowed(*each.eligibility, *each.source, *each.type) ||
              !fits(target.eligibility, each.eligibility) || !fits(target.source, each.source) ||
              !fits(target.type, each.type))
            continue;
          same_eligibility = same_eligibility && (!only || only->eligibility == each.eligibility);
          same_source = same_source && (!only || only->source == each.source);
          only = each;
        }
    if (!only) return false;
    if (same_eligibility) target.eligibility = only->eligibility;
    if (same_source) target.source = only->source;
    return true;
  }

  [[nodiscard]] bool agrees(const Target& target) const {
    if (letters_.find('d') != std::string::npos)
      if (target.source == Source::non_direct && target.type != CertifiedType::denied) return false;
    return letters_.find('n') == std::string::npos || target.source != Source::direct;
  }

  Target said_;
  std::string letters_;
  bool contradicts_ = false;
};

}  // namespace

Target target_of(const std::vector<std::string>& codes, const std::vector<bool>& letters) {
  Reading reading;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const bool is_status =
        codes[i].size() == 1 && std::string_view("FRPfrp").find(codes[i][0]) != std::string_view::npos;
    const bool is_silent = is_status && i < letters.size() && !letters[i];
    if (is_silent || !reading.add(parts_of(codes[i]))) return {};
  }
  return reading.target();
}

bool is_code_word(std::string_view code) {
  Reading reading;
  const auto parts = parts_of(code);
  return !parts.empty() && reading.add(parts);
}

}  // namespace mealsync::guess
