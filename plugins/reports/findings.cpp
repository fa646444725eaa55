#include <reports/findings.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <reports/csv_list.hpp>

namespace mealsync::reports {
namespace {

constexpr Text differs = "…";

std::vector<Text> words_of(Text message) {
  std::vector<Text> words;
  while (!message.empty()) {
    const auto end = std::min(message.find(' '), message.size());
    if (end > 0) words.push_back(message.substr(0, end));
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return words;
}

/// The words that the messages of a code have in common; … stands where they differ.
class CommonWords {
 public:
  void add(Text message) {
    const std::vector<Text> words = words_of(message);
    if (!is_begun_) words_.assign(words.begin(), words.end());
    is_begun_ = true;
    is_cut_ = is_cut_ || words.size() != words_.size();
    words_.resize(std::min(words_.size(), words.size()));
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (words_[i] != words[i]) words_[i] = differs;
  }
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const std::string& word : words_)
      if (word != differs || !text.ends_with(differs)) text += (text.empty() ? "" : " ") + word;
    if (is_cut_ && !text.ends_with(differs)) text.append(" ").append(differs);
    return text;
  }

 private:
  std::vector<std::string> words_;
  bool is_begun_ = false;
  bool is_cut_ = false;  // some message has more words
};

/// The messages of a code, as far as they fit into the page.
struct CodeMessages {
  std::string severity;  // of the first, and none is worse
  CommonWords meaning;   // of those that have it
  std::uint64_t lines = 0;
  std::string rows;

  [[nodiscard]] bool is_long() const { return lines > longest_list; }
};

using MessagesByCode = std::map<std::string, CodeMessages, std::less<>>;

std::string line_of(const Message& message) {
  return message.line == 0 ? "" : std::to_string(message.line);
}

MessagesByCode messages_of(const Gathered& gathered, std::span<const ms_input> inputs) {
  MessagesByCode codes;
  gathered.each_message(inputs, [&](const Message& message) {
    const auto known = codes.find(message.code);
    CodeMessages& code = known == codes.end() ? codes[std::string(message.code)] : known->second;
    if (code.lines == 0) code.severity = message.severity;
    if (code.severity == message.severity) code.meaning.add(message.words);
    ++code.lines;
    if (code.is_long()) return code.rows.clear();
    const std::string line = line_of(message);
    const std::array<Text, 3> cells{message.file, line, message.words};
    HtmlPage::append_row(code.rows, std::span(cells).subspan(inputs.size() > 1 ? 0 : 1));
  });
  return codes;
}

/// Writes what is too long for the page to a file beside it, if anything is; gives its name.
std::string write_long_ones(const std::string& page, const MessagesByCode& messages, const Gathered& gathered,
                            std::span<const ms_input> inputs) {
  if (std::none_of(messages.begin(), messages.end(), [](const auto& each) { return each.second.is_long(); }))
    return {};
  CsvList list(
      page, "findings",
      std::array<CsvColumn, 5>{{{"file"}, {"line", true}, {"severity", true}, {"code", true}, {"message"}}});
  gathered.each_message(inputs, [&](const Message& message) {
    if (!messages.find(message.code)->second.is_long()) return;
    const std::string line = line_of(message);
    list.add(std::array<Text, 5>{message.file, line, message.severity, message.code, message.words});
  });
  list.finish();
  return list.file_name();
}

std::vector<std::pair<std::uint32_t, const CodeCount*>> by_severity(
    const std::map<std::uint32_t, CodeCount>& codes) {
  std::vector<std::pair<std::uint32_t, const CodeCount*>> sorted;
  for (const auto& [code, found] : codes)
    sorted.emplace_back(code, &found);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second->severity > b.second->severity; });
  return sorted;
}

void write_lines(HtmlPage& page, Text code, const CodeMessages& messages, bool names_file) {
  // What is short is seen at once.
  constexpr std::uint64_t short_list = 10;
  if (messages.lines <= short_list) page.add("<details open>");
  if (messages.lines > short_list) page.add("<details>");
  page.add("<summary>{}</summary>\n",
           messages.lines == 1 ? "1 message" : grouped(messages.lines) + " messages");
  const std::array<Text, 3> headings{"File", "Line", "Message"};
  page.begin_table(compose("lines-{}", code), compose("Messages of {}", code),
                   std::span(headings).subspan(names_file ? 0 : 1));
  page.add_markup(messages.rows);
  page.end_table();
  page.add("</details>\n");
}

void write_code(HtmlPage& page, Text code, const CodeCount& found, const MessagesByCode& all,
                Text long_file_name, bool names_file) {
  const auto messages = all.find(code);
  page.add(
      R"(<article class="finding {}"><h3><span class="level">{}</span> {} <span class="times">{}</span></h3>
)",
      to_text(found.severity), to_text(found.severity), code,
      found.count == 1 ? "once" : grouped(found.count) + " times");
  if (messages != all.end()) page.add("<p class=\"meaning\">{}</p>\n", messages->second.meaning.text());
  if (!found.remedy.empty()) page.add("<p><b>What to do:</b> {}</p>\n", found.remedy);
  if (messages != all.end() && messages->second.is_long())
    page.link_to(long_file_name, messages->second.lines);
  else if (messages != all.end())
    write_lines(page, code, messages->second, names_file);
  page.add("</article>\n");
}

}  // namespace

void write_findings(HtmlPage& page, const Gathered& gathered, std::span<const ms_input> inputs) {
  page.add(R"(<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
)");
  if (gathered.codes().empty()) page.add("<p>None</p>\n");
  const MessagesByCode messages = messages_of(gathered, inputs);
  const std::string file_name = write_long_ones(page.path(), messages, gathered, inputs);
  for (const auto& [code, found] : by_severity(gathered.codes()))
    write_code(page, code_text(code), *found, messages, file_name, inputs.size() > 1);
  page.add("</section>\n");
}

}  // namespace mealsync::reports
