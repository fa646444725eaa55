#include <reports/html_page.hpp>

#include <cstddef>

#include <reports/table.hpp>

namespace mealsync::reports {

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
