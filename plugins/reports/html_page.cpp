#include <reports/html_page.hpp>

#include <cstddef>

#include <reports/page/page.hpp>
#include <reports/table.hpp>

namespace mealsync::reports {

void HtmlPage::begin(Text title) {
  add(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{}'; )"
      R"(script-src 'sha256-{}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{}</title>
<style>)",
      page::style_hash, page::script_hash, title);
  add_markup(page::style);
  add("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#report\">Skip to the report</a>\n");
}

void HtmlPage::end() {
  add("</main>\n<script>");
  add_markup(page::script);
  add("</script>\n</body>\n</html>\n");
}

void HtmlPage::begin_table(Text id, Text caption, std::span<const Text> headings) {
  add(R"(<div class="table"><div class="scroll" role="region" tabindex="0" aria-labelledby="{}-caption"><table>
<caption id="{}-caption">{}</caption>
<thead><tr>)",
      id, id, caption);
  for (const Text heading : headings)
    add(R"(<th scope="col">{}</th>)", heading);
  add("</tr></thead>\n<tbody>\n");
}

void HtmlPage::add_row(std::span<const Text> cells) {
  text_.clear();
  append_row(text_, cells);
  file_.write(text_);
}

void HtmlPage::end_table() {
  add("</tbody></table></div></div>\n");
}

void HtmlPage::append_row(std::string& markup, std::span<const Text> cells) {
  // What is longer may be broken into lines.
  constexpr std::size_t short_cell = 30;
  markup += "<tr>";
  for (const Text cell : cells)
    (characters(cell) <= short_cell ? Markup("<td>{}</td>") : Markup("<td class=\"long\">{}</td>"))
        .append_to(markup, cell);
  markup += "</tr>\n";
}

void HtmlPage::link_to(Text file_name, std::uint64_t rows) {
  add(R"(<p>{} rows are too many for a page. They are in <a href="{}">{}</a>, beside it.</p>
)",
      grouped(rows), address_of(file_name), file_name);
}

}  // namespace mealsync::reports
