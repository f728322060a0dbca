#include "render/notice_writer.h"

#include "render/html.h"
#include "render/notice_mail.h"

namespace postgang::render {
namespace {

constexpr std::string_view dark = "#16181d", grey = "#5b616b", line_grey = "#d9dce1", red = "#a3231c";
constexpr std::string_view base_style =
    "font-family:Inter,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#16181d;";

// The link as people type it.
std::string typedLink(std::string_view link) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (link.starts_with(scheme)) return std::string(link.substr(scheme.size()));
  return std::string(link);
}

}  // namespace

NoticeWriter::NoticeWriter(Language language, std::string_view title) {
  html_ =
      "<!doctype html><html lang=\"" + std::string(code(language)) +
      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
      escapedHtml(title) +
      "</title><style>@media(max-width:480px){.b{padding:16px 20px "
      "24px!important}.o{padding:0!important}.c{padding:6px!important}"
      ".h{font-size:23px!important}}</style></head><body style=\"margin:0;background:#eef0f3\"><table "
      "role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "
      "style=\"background:#eef0f3\"><tr><td class=\"o\" align=\"center\" style=\"padding:20px 10px\"><table "
      "role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:600px;"
      "background:#fff;border:1px solid #dcdfe4;border-radius:8px\"><tr><td class=\"b\" "
      "style=\"padding:24px 40px 32px;" +
      std::string(base_style) + "\">";
}

void NoticeWriter::paragraph(std::string_view style, const std::string& words) {
  html_ += "<p style=\"margin:0 0 10px;" + std::string(style) + "\">" + words + "</p>";
}

void NoticeWriter::rule() {
  html_ += "<div style=\"border-top:1px solid " + std::string(line_grey) + ";margin:18px 0\"></div>";
}

void NoticeWriter::masthead(const std::string& house, const std::string& onBehalf) {
  html_ +=
      "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"><tr><td style=\"" +
      std::string(base_style) + "font-size:15px;font-weight:700\">" + escapedHtml(house) +
      "</td><td align=\"right\" style=\"" + std::string(base_style) +
      "font-size:14px;color:" + std::string(grey) + "\">" + escapedHtml(onBehalf) + "</td></tr></table>";
  text_ += house + ", " + onBehalf + "\n\n";
}

void NoticeWriter::state(const std::string& words) {
  html_ += "<p style=\"margin:24px 0 4px;font-size:14px;font-weight:600;color:" + std::string(red) +
           "\"><span style=\"font-size:12px\">&#9632;</span>&nbsp; " + escapedHtml(words) + "</p>";
  text_ += "[" + words + "]\n";
}

void NoticeWriter::heading(const std::string& words) {
  html_ += "<h1 class=\"h\" style=\"margin:0 0 12px;font-size:25px;line-height:1.3;font-weight:700\">" +
           escapedHtml(words) + "</h1>";
  text_ += words + "\n\n";
}

void NoticeWriter::lead(const std::string& words) {
  paragraph("font-size:16px;line-height:1.5", escapedHtml(words));
  text_ += words + "\n\n";
}

void NoticeWriter::facts(const std::vector<Fact>& facts) {
  rule();
  html_ += "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\">";
  for (const auto& fact : facts) {
    const auto cell = std::string(base_style) + "font-size:15px;line-height:1.4;padding:4px 0;";
    html_ += "<tr><td valign=\"top\" style=\"" + cell + "width:90px;color:" + std::string(grey) + "\">" +
             escapedHtml(fact.label) + "</td><td style=\"" + cell + "\">" + escapedHtml(fact.value);
    if (!fact.strong.empty()) html_ += ", <b>" + escapedHtml(fact.strong) + "</b>";
    html_ += "</td></tr>";
    text_ += fact.label + ": " + fact.value + (fact.strong.empty() ? "" : ", " + fact.strong) + "\n";
  }
  html_ += "</table>";
  rule();
}

void NoticeWriter::part(const std::string& heading) {
  html_ += "<h2 style=\"margin:24px 0 8px;font-size:18px;font-weight:700\">" + escapedHtml(heading) + "</h2>";
  text_ += "\n" + heading + "\n";
}

void NoticeWriter::words(const std::string& words) {
  paragraph("font-size:15px;line-height:1.55", escapedHtml(words));
  text_ += words + "\n";
}

void NoticeWriter::fault(const std::string& strong, const std::string& words) {
  paragraph("font-size:15px;line-height:1.55", "<b>" + escapedHtml(strong) + "</b> " + escapedHtml(words));
  text_ += strong + " " + words + "\n";
}

void NoticeWriter::cutOut(const std::string& heading, const std::vector<NoticeCell>& cells,
                          const std::string& note) {
  const auto small = std::string(base_style) + "font-size:12px;color:" + std::string(grey) + ";";
  html_ +=
      "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"border:1px "
      "solid " +
      std::string(line_grey) + ";border-radius:6px;margin:0 0 16px\"><tr><td style=\"" + small +
      "padding:9px 10px;border-bottom:1px solid " + std::string(line_grey) + "\">" + escapedHtml(heading) +
      "</td></tr><tr><td style=\"padding:8px 0 10px\"><table role=\"presentation\" cellpadding=\"0\" "
      "cellspacing=\"0\"><tr>";
  for (const auto& cell : cells) {
    const std::string frame =
        cell.marked ? "border:2px solid #a3231c;border-radius:4px;background:#fcefee;" : "";
    const std::string tone = cell.marked ? "color:#a3231c;font-weight:600;" : "color:#5b616b;";
    html_ += "<td class=\"c\" valign=\"top\" style=\"" + std::string(base_style) + frame +
             "padding:7px 10px;font-size:15px\"><span style=\"font-size:12px;" + tone + "\">" +
             escapedHtml(cell.label) + "</span><br>" + (cell.marked ? "<b>" : "") + escapedHtml(cell.value) +
             (cell.marked ? "</b>" : "") + "</td>";
    if (cell.marked) text_ += "    " + cell.label + ": " + cell.value + "\n";
  }
  html_ += "</tr>";
  if (!note.empty()) noteBeneath(cells, note);
  html_ += "</table>";
  html_ += "</td></tr></table>";
}

// In line with the marked cell.
void NoticeWriter::noteBeneath(const std::vector<NoticeCell>& cells, const std::string& note) {
  std::size_t before = 0;
  while (before < cells.size() && !cells[before].marked) ++before;
  if (before == cells.size()) before = 0;
  html_ += "<tr>";
  if (before > 0) html_ += "<td colspan=\"" + std::to_string(before) + "\"></td>";
  html_ += "<td colspan=\"" + std::to_string(cells.size() - before) + "\" style=\"" +
           std::string(base_style) +
           "padding:7px 10px 0;font-size:14px;font-weight:600;color:" + std::string(red) + "\">&uarr; " +
           escapedHtml(note) + "</td></tr>";
  text_ += "    ^ " + note + "\n";
}

void NoticeWriter::document(const std::string& what, const std::string& amount,
                            const std::vector<std::string>& faults) {
  std::string lines;
  for (const auto& fault : faults) lines += "<br>" + escapedHtml(fault);
  html_ += "<p style=\"margin:0;padding:10px 0;border-bottom:1px solid " + std::string(line_grey) +
           ";font-size:15px;line-height:1.5\"><b>" + escapedHtml(what) + "</b>" +
           (amount.empty() ? "" : ", " + escapedHtml(amount)) + lines + "</p>";
  text_ += "- " + what + (amount.empty() ? "" : ", " + amount) + "\n";
  for (const auto& fault : faults) text_ += "  " + fault + "\n";
}

void NoticeWriter::button(const std::string& words, const std::string& link) {
  html_ +=
      "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:18px 0 22px\"><tr>"
      "<td style=\"background:" +
      std::string(dark) + ";border-radius:6px\"><a href=\"" + escapedHtml(link) +
      "\" style=\"display:inline-block;padding:14px 28px;font-family:Inter,Arial,sans-serif;font-size:16px;"
      "font-weight:600;color:#fff;text-decoration:none\">" +
      escapedHtml(words) + "</a></td></tr></table>";
  text_ += "\n" + words + ":\n" + link + "\n\n";
}

void NoticeWriter::wayOut(const std::string& strong, const std::string& words) {
  fault(strong, words);
}

void NoticeWriter::deadline(const std::string& strong, const std::string& words) {
  html_ +=
      "<p style=\"margin:20px 0 24px;padding:14px 18px;background:#f3f4f6;border-radius:6px;font-size:15px;"
      "line-height:1.5\"><b>" +
      escapedHtml(strong) + "</b> " + escapedHtml(words) + "</p>";
  text_ += "\n" + strong + " " + words + "\n";
}

void NoticeWriter::typed(const std::string& words, const std::string& link) {
  html_ += "<p style=\"margin:0;font-size:14px;line-height:1.5;color:" + std::string(grey) + "\">" +
           escapedHtml(words) + "<br><span style=\"color:#16181d;word-break:break-all\">" +
           escapedHtml(typedLink(link)) + "</span></p>";
}

void NoticeWriter::foot(const std::vector<std::string>& lines) {
  rule();
  html_ += "<p style=\"margin:0;font-size:13px;line-height:1.5;color:" + std::string(grey) +
           ";word-break:break-word\">";
  text_ += "\n--\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    html_ += (i > 0 ? "<br>" : "") + escapedHtml(lines[i]);
    text_ += lines[i] + "\n";
  }
  html_ += "</p>";
}

std::string NoticeWriter::html() && {
  return std::move(html_) + "</td></tr></table></td></tr></table></body></html>\n";
}

}  // namespace postgang::render
