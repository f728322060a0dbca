// The blocks that our mails have in common, written into HTML and text at once, so that both say the same:
// 600 px, fluid below 480, tables and inline styles, complete without pictures, nothing fetched. Used by
// notice_writer.h (a mail to a sender) and smartmail_writer.h (one to a recipient).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace postgang::render {

class MailWriter {
 public:
  struct Fact {
    std::string label, value, strong;
  };

  // `style`: rules besides those of the narrow screen.
  MailWriter(Language language, std::string_view title, std::string_view style = {});
  void facts(const std::vector<Fact>& facts, int labelWidth = 90);
  void words(const std::string& words);
  void strongWords(const std::string& strong, const std::string& words);
  // In this colour, which carries white text.
  void button(const std::string& words, const std::string& link, std::string_view colour);
  void box(const std::string& strong, const std::string& words);
  void typed(const std::string& words, const std::string& link);
  void foot(const std::vector<std::string>& lines);
  void rule();
  std::string html() &&;
  const std::string& text() const { return text_; }

 protected:
  void paragraph(std::string_view style, const std::string& html, std::string_view classes = "t");
  std::string html_, text_;
};

inline constexpr std::string_view mail_dark = "#16181d", mail_grey = "#5b616b", mail_line = "#d9dce1";
inline constexpr std::string_view mail_font =
    "font-family:Inter,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#16181d;";

}  // namespace postgang::render
