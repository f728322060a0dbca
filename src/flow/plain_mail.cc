#include "flow/plain_mail.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/log.h"
#include "channels/mailing.h"
#include "flow/house_mail.h"
#include "net/mail.h"

namespace postgang::flow {

namespace {

constexpr std::array<std::int64_t, 4> waits_seconds = {300, 1800, 7200, 6 * 3600};

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->as_string())) : std::string();
}

PlainMail mailIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  PlainMail mail;
  if (error || !payload.is_object()) return mail;
  const auto& object = payload.as_object();
  mail.to = member(object, "to");
  mail.replyTo = member(object, "replyTo");
  mail.subject = member(object, "subject");
  mail.text = member(object, "text");
  mail.messageId = member(object, "messageId");
  mail.inReplyTo = member(object, "inReplyTo");
  mail.language = languageFromTag(member(object, "language"));
  if (const auto* tries = object.if_contains("tries"); tries && tries->is_int64())
    mail.tries = static_cast<int>(std::clamp<std::int64_t>(tries->as_int64(), 0, 100));
  return mail;
}

Result<std::string> composedMail(const channels::Mailing& mailing, const PlainMail& plain, Instant now) {
  net::Mail mail;
  if (!plain.replyTo.empty()) mail.replyTo = net::MailAddress{"", plain.replyTo};
  mail.to = {{"", plain.to}};
  mail.subject = plain.subject;
  mail.text = plain.text;
  mail.inReplyTo = plain.inReplyTo;
  mail.messageId = plain.messageId;
  mail.date = now;
  mail.language = plain.language;
  return houseMail(mailing, std::move(mail));
}

// Nothing is kept of it but that it went, or did not.
Outcome sendNow(const Tools& tools, const store::Job& job, const PlainMail& mail) {
  const auto bytes = composedMail(*tools.mailing, mail, tools.clock.now());
  net::SmtpAnswer said{net::SmtpResult::refused, bytes ? "" : bytes.error().detail, {}, {}};
  if (bytes) said = tools.mailing->send({tools.mailing->from, {mail.to}}, *bytes);
  const bool again =
      said.result == net::SmtpResult::later && mail.tries < static_cast<int>(waits_seconds.size());
  if (said.result != net::SmtpResult::accepted)
    log::info("a mail of plain words did not go",
              {{"id", mail.messageId}, {"again", again ? "yes" : "no"}, {"said", said.words}});
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::complete(tx, job));
    if (!again) return {};
    auto next = mail;
    const auto wait = waits_seconds[static_cast<std::size_t>(next.tries++)];
    return store::enqueue(tx, plainMailJob(next, job.company, tools.clock.now().plusSeconds(wait)));
  });
}

}  // namespace

store::NewJob plainMailJob(const PlainMail& mail, CompanyId company, Instant runAt) {
  store::NewJob job;
  job.kind = "plain-mail";
  job.key = "plain-mail:" + mail.messageId + ":" + std::to_string(mail.tries);
  job.company = company;
  job.runAt = runAt;
  job.payload = boost::json::serialize(boost::json::object{{"to", mail.to},
                                                           {"replyTo", mail.replyTo},
                                                           {"subject", mail.subject},
                                                           {"text", mail.text},
                                                           {"messageId", mail.messageId},
                                                           {"inReplyTo", mail.inReplyTo},
                                                           {"language", code(mail.language)},
                                                           {"tries", mail.tries}});
  return job;
}

Result<Decision> sendPlainMail(const Tools& tools, store::Reader& reader, const store::Job& job) {
  (void)reader;
  const auto mail = mailIn(job);
  if (mail.to.empty() || !tools.mailing || !tools.mailing->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return Decision{[](store::Transaction&) { return Outcome(); },
                  [&tools, job, mail] { return sendNow(tools, job, mail); }};
}

}  // namespace postgang::flow
