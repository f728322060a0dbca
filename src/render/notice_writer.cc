#include "render/notice_writer.h"

#include "render/html.h"
#include "render/notice_mail.h"

namespace postgang::render {
namespace {

constexpr std::string_view grey = mail_grey, line_grey = mail_line, base_style = mail_font, red = "#a3231c";

}  // namespace

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
  MailWriter::facts(facts);
  rule();
}

void NoticeWriter::part(const std::string& heading) {
  html_ += "<h2 style=\"margin:24px 0 8px;font-size:18px;font-weight:700\">" + escapedHtml(heading) + "</h2>";
  text_ += "\n" + heading + "\n";
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

void NoticeWriter::foot(const std::vector<std::string>& lines) {
  rule();
  MailWriter::foot(lines);
}

}  // namespace postgang::render
