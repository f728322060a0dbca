#include "render/statistics_mail.h"

#include <algorithm>

#include "render/notice_writer.h"

namespace postgang::render {

namespace {

constexpr std::size_t name_points_max = 80;

std::string bounded(std::string_view text) {
  auto bare = collapsed(withoutControls(text));
  return codePoints(bare) <= name_points_max ? bare : truncated(bare, name_points_max - 1) + "…";
}

}  // namespace

StatisticsMailWords statisticsMail(const StatisticsMail& report) {
  const auto& texts = Texts::of(report.language);
  const auto say = [&](std::string_view key, const std::map<std::string, std::string>& parameters = {}) {
    return texts.sentence("statisticsMail." + std::string(key), parameters);
  };
  const auto company = bounded(report.company);
  const auto name = bounded(report.name.empty() ? report.title : report.name);
  StatisticsMailWords mail;
  mail.subject = say("subject", {{"name", name}, {"company", company}});
  NoticeWriter out(report.language, mail.subject);
  out.masthead(say("operator"), company);
  out.heading(name);
  for (const auto& note : report.notes) out.words(bounded(note));
  for (const auto& row : report.rows) {
    std::vector<std::string> lines;
    std::string what, first;
    for (std::size_t i = 0; i < row.size() && i < report.heading.size(); ++i) {
      if (i == 0) {
        what = bounded(row[i]);
      } else if (first.empty()) {
        first = bounded(report.heading[i] + ": " + row[i]);
      } else if (!row[i].empty()) {
        lines.push_back(bounded(report.heading[i] + ": " + row[i]));
      }
    }
    out.document(what, first, lines);
  }
  if (report.more > 0) out.words(say("more", {{"count", std::to_string(report.more)}}));
  if (!report.portal.empty()) out.button(say("button"), report.portal + "/statistics");
  out.foot({say("why", {{"company", company}})});
  mail.text = out.text();
  mail.html = std::move(out).html();
  return mail;
}

}  // namespace postgang::render
