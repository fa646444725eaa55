// reports/page/page.hpp -- the style and the script that html_report writes into its page, made of page.css and page.js.
#pragma once

#include <string_view>

namespace mealsync::reports::page {

extern const std::string_view style, script;
/// SHA-256 in base64, as a content security policy names them.
extern const std::string_view style_hash, script_hash;

}  // namespace mealsync::reports::page
