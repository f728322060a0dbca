#include "flow/account_mail.h"

#include <array>

#include "base/bytes.h"
#include "base/log.h"
#include "channels/mailing.h"
#include "flow/house_mail.h"
#include "net/mail.h"
#include "render/account_mail.h"
#include "store/account_mails.h"
#include "store/companies.h"
#include "store/sign_ins.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::array<std::int64_t, 5> waits_seconds = {30, 120, 600, 1800, 7200};

struct Letter {
  std::string to;
  render::AccountMail words;
  std::optional<store::Invitation> invitation = {};
  std::optional<UserId> resets = {};
};

Result<std::optional<Letter>> invitationLetter(store::Reader& reader, const store::AccountMail& mail) {
  TRY(auto invitation, store::invitation(reader, mail.invitation));
  // Withdrawn meanwhile, or sent anew: that has a job of its own.
  if (!invitation || !invitation->isOpen() || invitation->expiresAt != mail.expiresAt) return std::nullopt;
  Letter letter;
  letter.to = invitation->email;
  letter.words.language = languageFromTag(invitation->language);
  letter.words.name = invitation->name;
  letter.words.invitedBy = invitation->invitedByName;
  for (const auto& membership : invitation->memberships) {
    TRY(const auto company, store::company(reader, membership.company));
    letter.words.companies.push_back(company.name);
  }
  letter.invitation = std::move(invitation);
  return letter;
}

Result<std::optional<Letter>> letterFor(store::Reader& reader, const store::AccountMail& mail) {
  std::optional<Letter> letter;
  if (mail.what == "invitation") {
    TRY(letter, invitationLetter(reader, mail));
  } else {
    TRY(const auto user, store::userByEmail(reader, mail.email));
    if (!user || !user->active) return letter;
    letter.emplace();
    letter->to = user->email;
    letter->words.language = languageFromTag(user->language);
    letter->words.name = user->name;
    if (mail.what == "new-password") letter->resets = user->id;
  }
  if (!letter) return letter;
  letter->words.what = mail.what;
  letter->words.at = mail.at;
  letter->words.expiresAt = mail.expiresAt;
  letter->words.address = mail.address;
  letter->words.device = mail.device;
  return letter;
}

// The link, with a new token; empty where the invitation has been changed meanwhile. Kept before it leaves,
// or nobody could follow it. What stands after the # never goes to a server, nor on to another site in a
// Referer.
Result<std::string> newLink(const Tools& tools, Letter& letter, const store::AccountMail& mail) {
  const auto token = randomToken();
  const auto digest = sha256(token);
  if (letter.invitation) {
    letter.invitation->tokenDigest = digest;
    bool stands = false;
    CHECK_OK(tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto still, store::invitation(tx, letter.invitation->id));
      stands = still && still->isOpen() && still->expiresAt == mail.expiresAt;
      return stands ? store::putInvitation(tx, *letter.invitation) : Outcome();
    }));
    if (!stands) return std::string();
    return tools.mailing->publicUrl + "/invitation#" + token;
  }
  if (letter.resets) {
    CHECK_OK(tools.store.write(store::Priority::walk, [&](store::Transaction& tx) {
      return store::putPasswordReset(tx, {digest, *letter.resets, mail.at, mail.expiresAt});
    }));
    return tools.mailing->publicUrl + "/new-password#" + token;
  }
  return tools.mailing->publicUrl + "/account";
}

Result<std::string> composedMail(const channels::Mailing& mailing, const Letter& letter,
                                 const store::Job& job, Instant now) {
  const auto said = render::accountMail(letter.words);
  net::Mail mail;
  mail.to = {{"", letter.to}};
  mail.subject = said.subject;
  mail.text = said.text;
  mail.html = said.html;
  mail.messageId = "account." + hex(view(sha256(job.key))).substr(0, 24) + "." + std::to_string(job.attempts);
  mail.date = now;
  mail.language = letter.words.language;
  return houseMail(mailing, std::move(mail));
}

Outcome sendNow(const Tools& tools, const store::Job& job, const store::AccountMail& mail, Letter letter) {
  const auto now = tools.clock.now();
  TRY(const auto link, newLink(tools, letter, mail));
  if (link.empty())
    return tools.store.write(store::Priority::walk,
                             [&](store::Transaction& tx) { return store::complete(tx, job); });
  letter.words.link = link;
  const auto bytes = composedMail(*tools.mailing, letter, job, now);
  net::SmtpAnswer said{net::SmtpResult::refused, bytes ? "" : bytes.error().detail, {}, {}};
  if (bytes) said = tools.mailing->send({tools.mailing->from, {letter.to}}, *bytes);
  const auto tries = static_cast<std::size_t>(std::max(job.attempts, 1));
  const bool again = said.result == net::SmtpResult::later && tries <= waits_seconds.size();
  if (said.result != net::SmtpResult::accepted)
    log::info("a mail about an account did not go",
              {{"what", mail.what}, {"again", again ? "yes" : "no"}, {"said", said.words}});
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    if (again) return store::postpone(tx, job, now.plusSeconds(waits_seconds[tries - 1]), said.words);
    CHECK_OK(store::complete(tx, job));
    if (said.result != net::SmtpResult::accepted || !letter.invitation) return {};
    TRY(auto sent, store::invitation(tx, letter.invitation->id));
    if (!sent) return {};
    sent->sentAt = now;
    return store::putInvitation(tx, *sent);
  });
}

}  // namespace

Result<Decision> sendAccountMail(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto mail = store::accountMailIn(job);
  TRY(const auto letter, letterFor(reader, mail));
  if (!letter || !tools.mailing || !tools.mailing->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return Decision{[](store::Transaction&) { return Outcome(); },
                  [&tools, job, mail, letter = *letter] { return sendNow(tools, job, mail, letter); }};
}

}  // namespace postgang::flow
