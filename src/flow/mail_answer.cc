#include "flow/mail_answer.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "flow/plain_mail.h"
#include "net/mail.h"
#include "store/access_rows.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

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
               CompanyId company, const std::string& subject, const std::string& text, Instant now,
               const std::string& replyTo) {
  TRY(const bool perAddress, takeOne(tx, "mail-answers:" + address, answers_per_address, now));
  if (!perAddress) return {};
  TRY(const bool perCompany,
      takeOne(tx, "mail-answers:" + std::to_string(company.value), answers_per_company, now));
  if (!perCompany) return {};
  PlainMail made;
  made.to = address;
  made.replyTo = replyTo;
  made.subject = subject;
  made.text = text;
  made.inReplyTo = mail.messageId;
  made.messageId =
      "answer." + hex(view(sha256({address, "\n", mail.messageId, "\n", text, now.text()}))).substr(0, 32);
  return store::enqueue(tx, plainMailJob(made, company, now));
}

}  // namespace postgang::flow
