#include "render/mail_writer.h"

#include "render/html.h"

namespace postgang::render {
namespace {

// The link as people type it.
std::string typedLink(std::string_view link) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (link.starts_with(scheme)) return std::string(link.substr(scheme.size()));
  return std::string(link);
}

}  // namespace

MailWriter::MailWriter(Language language, std::string_view title, std::string_view style) {
  html_ =
      "<!doctype html><html lang=\"" + std::string(code(language)) +
      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
      escapedHtml(title) +
      "</title><style>@media(max-width:480px){.b{padding:16px 20px "
      "24px!important}.o{padding:0!important}.c{padding:6px!important}"
      ".h{font-size:23px!important}}" +
      std::string(style) +
      "</style></head><body class=\"g\" style=\"margin:0;background:#eef0f3\"><table "
      "role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" class=\"g\" "
      "style=\"background:#eef0f3\"><tr><td class=\"o\" align=\"center\" style=\"padding:20px 10px\"><table "
      "role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" class=\"s\" "
      "style=\"max-width:600px;background:#fff;border:1px solid #dcdfe4;border-radius:8px\"><tr><td "
      "class=\"b\" style=\"padding:24px 40px 32px;" +
      std::string(mail_font) + "\">";
}

void MailWriter::paragraph(std::string_view style, const std::string& html, std::string_view classes) {
  html_ += "<p class=\"" + std::string(classes) + "\" style=\"margin:0 0 10px;" + std::string(style) + "\">" +
           html + "</p>";
}

void MailWriter::rule() {
  html_ +=
      "<div class=\"l\" style=\"border-top:1px solid " + std::string(mail_line) + ";margin:18px 0\"></div>";
}

void MailWriter::facts(const std::vector<Fact>& facts, int labelWidth) {
  html_ += "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\">";
  for (const auto& fact : facts) {
    const auto cell = std::string(mail_font) + "font-size:15px;line-height:1.4;padding:4px 0;";
    html_ += "<tr><td valign=\"top\" class=\"d\" style=\"" + cell + "width:" + std::to_string(labelWidth) +
             "px;color:" + std::string(mail_grey) + "\">" + escapedHtml(fact.label) +
             "</td><td class=\"t\" style=\"" + cell + "word-break:break-word\">" + escapedHtml(fact.value);
    if (!fact.strong.empty()) html_ += ", <b>" + escapedHtml(fact.strong) + "</b>";
    html_ += "</td></tr>";
    text_ += fact.label + ": " + fact.value + (fact.strong.empty() ? "" : ", " + fact.strong) + "\n";
  }
  html_ += "</table>";
}

void MailWriter::words(const std::string& words) {
  paragraph("font-size:15px;line-height:1.55", escapedHtml(words));
  text_ += words + "\n";
}

void MailWriter::strongWords(const std::string& strong, const std::string& words) {
  paragraph("font-size:15px;line-height:1.55", "<b>" + escapedHtml(strong) + "</b> " + escapedHtml(words));
  text_ += strong + " " + words + "\n";
}

void MailWriter::button(const std::string& words, const std::string& link, std::string_view colour) {
  html_ +=
      "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:18px 0 22px\"><tr>"
      "<td style=\"background:" +
      std::string(colour) + ";border-radius:6px\"><a href=\"" + escapedHtml(link) +
      "\" style=\"display:inline-block;padding:14px 28px;font-family:Inter,Arial,sans-serif;font-size:16px;"
      "font-weight:600;color:#fff;text-decoration:none\">" +
      escapedHtml(words) + "</a></td></tr></table>";
  text_ += "\n" + words + ":\n" + link + "\n\n";
}

void MailWriter::box(const std::string& strong, const std::string& words) {
  html_ +=
      "<p class=\"x t\" style=\"margin:20px 0 24px;padding:14px 18px;background:#f3f4f6;border-radius:6px;"
      "font-size:15px;line-height:1.5\"><b>" +
      escapedHtml(strong) + "</b> " + escapedHtml(words) + "</p>";
  text_ += "\n" + strong + " " + words + "\n";
}

void MailWriter::typed(const std::string& words, const std::string& link) {
  html_ += "<p class=\"d\" style=\"margin:0;font-size:14px;line-height:1.5;color:" + std::string(mail_grey) +
           "\">" + escapedHtml(words) +
           "<br><span class=\"t\" style=\"color:#16181d;word-break:break-all\">" +
           escapedHtml(typedLink(link)) + "</span></p>";
}

void MailWriter::foot(const std::vector<std::string>& lines) {
  html_ += "<p class=\"d\" style=\"margin:0;font-size:13px;line-height:1.5;color:" + std::string(mail_grey) +
           ";word-break:break-word\">";
  text_ += "\n--\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    html_ += (i > 0 ? "<br>" : "") + escapedHtml(lines[i]);
    text_ += lines[i] + "\n";
  }
  html_ += "</p>";
}

std::string MailWriter::html() && {
  return std::move(html_) + "</td></tr></table></td></tr></table></body></html>\n";
}

}  // namespace postgang::render
