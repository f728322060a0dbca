#include "flow/mail_answer.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/bytes.h"
#include "base/log.h"
#include "base/text.h"
#include "channels/mailing.h"
#include "net/mail.h"
#include "store/access_rows.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::array<std::int64_t, 4> waits_seconds = {300, 1800, 7200, 6 * 3600};
constexpr std::int64_t day_seconds = 86'400;

// One of the day's answers in this scope, taken; false: they are used up.
Result<bool> takeOne(store::Transaction& tx, const std::string& scope, int most, Instant now) {
  const auto date = dateInStockholm(now).text();
  for (int i = 1; i <= most; ++i) {
    const auto key = date + ":" + std::to_string(i);
    TRY(const auto taken, store::storedReply(tx, scope, key));
    if (taken) continue;
    CHECK_OK(store::storeReply(tx, scope, key, {}, now.plusSeconds(2 * day_seconds)));
    return true;
  }
  return false;
}

struct Answer {
  std::string to, subject, text, inReplyTo, messageId;
  int tries = 0;
};

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->as_string())) : std::string();
}

Answer answerIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  Answer answer;
  if (error || !payload.is_object()) return answer;
  const auto& object = payload.as_object();
  answer.to = member(object, "to");
  answer.subject = member(object, "subject");
  answer.text = member(object, "text");
  answer.inReplyTo = member(object, "inReplyTo");
  answer.messageId = member(object, "messageId");
  if (const auto* tries = object.if_contains("tries"); tries && tries->is_int64())
    answer.tries = static_cast<int>(std::clamp<std::int64_t>(tries->as_int64(), 0, 100));
  return answer;
}

store::NewJob answerJob(const Answer& answer, CompanyId company, Instant runAt) {
  store::NewJob job;
  job.kind = "mail-answer";
  job.key = "mail-answer:" + answer.messageId + ":" + std::to_string(answer.tries);
  job.company = company;
  job.runAt = runAt;
  job.payload = boost::json::serialize(boost::json::object{{"to", answer.to},
                                                           {"subject", answer.subject},
                                                           {"text", answer.text},
                                                           {"inReplyTo", answer.inReplyTo},
                                                           {"messageId", answer.messageId},
                                                           {"tries", answer.tries}});
  return job;
}

Result<std::string> composedAnswer(const channels::Mailing& mailing, const Answer& answer, Instant now) {
  net::Mail mail;
  mail.from = {"Postgång", mailing.from};
  mail.to = {{"", answer.to}};
  mail.subject = answer.subject;
  mail.text = answer.text;
  mail.inReplyTo = answer.inReplyTo;
  mail.messageId = answer.messageId + "@" + net::domainOf(mailing.from);
  mail.date = now;
  TRY(auto bytes, net::composed(mail));
  return mailing.signedMessage(std::move(bytes), now);
}

// Nothing is kept of an answer but that it went, or did not.
Outcome sendNow(const Tools& tools, const store::Job& job, const Answer& answer) {
  const auto bytes = composedAnswer(*tools.mailing, answer, tools.clock.now());
  net::SmtpAnswer said{net::SmtpResult::refused, bytes ? "" : bytes.error().detail, {}, {}};
  if (bytes) said = tools.mailing->send({tools.mailing->from, {answer.to}}, *bytes);
  const bool again =
      said.result == net::SmtpResult::later && answer.tries < static_cast<int>(waits_seconds.size());
  if (said.result != net::SmtpResult::accepted)
    log::info("an answer to a supplier's mail did not go",
              {{"again", again ? "yes" : "no"}, {"said", said.words}});
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::complete(tx, job));
    if (!again) return {};
    auto next = answer;
    const auto wait = waits_seconds[static_cast<std::size_t>(next.tries++)];
    return store::enqueue(tx, answerJob(next, job.company, tools.clock.now().plusSeconds(wait)));
  });
}

bool isReadByNobody(std::string_view address) {
  const auto local = address.substr(0, address.find('@'));
  constexpr std::string_view words[] = {"mailer-daemon", "postmaster", "noreply",      "no-reply",
                                        "no_reply",      "donotreply", "do-not-reply", "ingen-svar"};
  return std::ranges::any_of(words, [&](auto word) { return local.starts_with(word); });
}

}  // namespace

std::optional<std::string> answeredAddress(const net::ReceivedMail& mail, std::string_view mailingFrom) {
  if (mail.automatic || mail.bulk || !mail.reports.empty()) return std::nullopt;
  if (mail.returnPath && mail.returnPath->empty()) return std::nullopt;
  const auto& address = mail.from.address;
  if (!net::isMailAddress(address) || isReadByNobody(address)) return std::nullopt;
  // Ours are retur@… and retur+…@….
  const auto at = mailingFrom.rfind('@');
  const auto ours = lowered(mailingFrom);
  const auto local = std::string_view(ours).substr(0, at);
  const auto domain = std::string_view(ours).substr(at);
  if (address == ours || (address.starts_with(std::string(local) + "+") && address.ends_with(domain)))
    return std::nullopt;
  return address;
}

Outcome answer(store::Transaction& tx, const net::ReceivedMail& mail, const std::string& address,
               CompanyId company, const std::string& subject, const std::string& text, Instant now) {
  TRY(const bool perAddress, takeOne(tx, "mail-answers:" + address, answers_per_address, now));
  if (!perAddress) return {};
  TRY(const bool perCompany,
      takeOne(tx, "mail-answers:" + std::to_string(company.value), answers_per_company, now));
  if (!perCompany) return {};
  Answer made{address, subject, text, mail.messageId, {}, 0};
  made.messageId =
      "answer." + hex(view(sha256({address, "\n", mail.messageId, "\n", text, now.text()}))).substr(0, 32);
  return store::enqueue(tx, answerJob(made, company, now));
}

Result<Decision> sendAnswer(const Tools& tools, store::Reader& reader, const store::Job& job) {
  (void)reader;
  const auto answer = answerIn(job);
  if (answer.to.empty() || !tools.mailing || !tools.mailing->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return Decision{[](store::Transaction&) { return Outcome(); },
                  [&tools, job, answer] { return sendNow(tools, job, answer); }};
}

}  // namespace postgang::flow
