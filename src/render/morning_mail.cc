#include "render/morning_mail.h"

#include "render/figures.h"
#include "render/notice_writer.h"

namespace postgang::render {

namespace {

constexpr std::size_t name_points_max = 60;
constexpr std::size_t sentence_points_max = 160;

std::string bounded(std::string_view text, std::size_t points_max) {
  auto bare = collapsed(withoutControls(text));
  return codePoints(bare) <= points_max ? bare : truncated(bare, points_max - 1) + "…";
}

}  // namespace

MorningMail morningMail(const MorningList& list) {
  const auto& texts = Texts::of(list.language);
  const auto say = [&](std::string_view key, const std::map<std::string, std::string>& parameters = {}) {
    return texts.sentence("morningMail." + std::string(key), parameters);
  };
  std::int64_t total = 0;
  for (const auto& group : list.groups) total += group.total;
  const auto company = bounded(list.company, name_points_max);
  MorningMail mail;
  mail.subject = say(total == 1 ? "subject_one" : "subject_other",
                     {{"count", std::to_string(total)}, {"date", list.date.text()}, {"company", company}});
  NoticeWriter out(list.language, mail.subject);
  out.masthead(say("operator"), company);
  out.heading(say(total == 1 ? "heading_one" : "heading_other", {{"count", std::to_string(total)}}));
  for (const auto& group : list.groups) {
    out.part(say("group." + group.kind, {{"count", std::to_string(group.total)}}));
    out.words(say("advice." + group.kind));
    for (const auto& document : group.documents) {
      auto name = bounded(document.number.empty() ? say("noNumber") : document.number, name_points_max);
      if (!document.counterpart.empty()) name += ", " + bounded(document.counterpart, name_points_max);
      std::vector<std::string> lines;
      if (!document.what.empty()) lines.push_back(bounded(document.what, sentence_points_max));
      if (document.dueDate) lines.push_back(say("due", {{"date", document.dueDate->text()}}));
      out.document(name,
                   document.amount
                       ? shownMoney(*document.amount, bounded(document.currency, 3), list.language)
                       : std::string(),
                   lines);
    }
    const auto left = group.total - static_cast<std::int64_t>(group.documents.size());
    if (left > 0) out.words(say("more", {{"count", std::to_string(left)}}));
  }
  if (!list.portal.empty()) out.button(say("button"), list.portal);
  out.foot({say("why", {{"company", company}})});
  mail.text = out.text();
  mail.html = std::move(out).html();
  return mail;
}

}  // namespace postgang::render
