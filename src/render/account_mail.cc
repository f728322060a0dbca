#include "render/account_mail.h"

#include <map>

#include "render/notice_writer.h"

namespace postgang::render {

namespace {

constexpr std::size_t name_points_max = 60;

std::string bounded(std::string_view text) {
  auto bare = collapsed(withoutControls(text));
  return codePoints(bare) <= name_points_max ? bare : truncated(bare, name_points_max - 1) + "…";
}

// "2026-11-30 09:41", in Sweden.
std::string shownInstant(Instant at) {
  auto text = at.plusSeconds(stockholmAhead_seconds(at)).text().substr(0, 16);
  text[10] = ' ';
  return text;
}

}  // namespace

WrittenMail accountMail(const AccountMail& about) {
  const auto& texts = Texts::of(about.language);
  std::vector<std::string> companies;
  for (const auto& company : about.companies) companies.push_back(bounded(company));
  const std::map<std::string, std::string> values = {{"name", bounded(about.name)},
                                                     {"by", bounded(about.invitedBy)},
                                                     {"companies", joined(companies, ", ")},
                                                     {"at", shownInstant(about.at)},
                                                     {"until", shownInstant(about.expiresAt)}};
  const auto say = [&](std::string_view part) {
    return texts.sentence("accountMail." + about.what + "." + std::string(part), values);
  };
  const auto word = [&](std::string_view part) {
    return std::string(texts.word("accountMail." + std::string(part)));
  };
  WrittenMail mail;
  mail.subject = say("subject");
  NoticeWriter out(about.language, mail.subject);
  out.masthead(word("operator"), bounded(about.name));
  out.heading(say("heading"));
  out.words(say("words"));
  std::vector<MailWriter::Fact> facts;
  if (!about.device.empty()) facts.push_back({word("device"), bounded(about.device), {}});
  if (!about.address.empty()) facts.push_back({word("address"), bounded(about.address), {}});
  if (!facts.empty()) out.facts(facts);
  if (!about.link.empty()) out.button(say("button"), about.link);
  out.words(say("advice"));
  out.foot({word("why")});
  mail.text = out.text();
  mail.html = std::move(out).html();
  return mail;
}

}  // namespace postgang::render
