// Carrying a document into a receiver's own system by one of the ways that leave the house. Used for
// documents (system.h) and for test documents alike; nothing here reads the store.
//
//   folder   the copy first and then the original, each under another name until all of it is there: whoever
//            sees `NUMBER_ID.xml` has everything. The name is the same at every attempt, so one that lies
//            there already is the file that we laid there.
//   webhook  POST as Standard Webhooks have it (webhook_sender.h): webhook-id is the delivery's, the same at
//            every attempt. The body is JSON, the files in it in base64. Answered 2xx, it is delivered.
//   e-mail   the original attached, and the copy where it is wanted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "channels/channel.h"
#include "channels/handover.h"
#include "channels/mailing.h"
#include "channels/webhook_sender.h"
#include "net/http_client.h"

namespace postgang::channels {

// What is handed over.
struct HandoverLoad {
  std::string id;        // of the delivery, or of the test
  std::string document;  // its id; empty: a test
  std::string kind;      // document::name(Kind)
  std::string number, format, mediaType, currency;
  store::PartyFact sender, receiver;
  std::optional<Date> issueDate, dueDate;
  std::optional<Decimal> amount;
  std::string original;
  std::string copy;  // PDF; empty: not wanted, or cannot be drawn
};

inline constexpr std::size_t handover_bytes_max =
    15 * 1024 * 1024;  // of original and copy, by webhook or mail

// "4711_0193….xml" and "4711_0193…_copy.pdf".
std::string originalName(const HandoverLoad& load);
std::string copyName(const HandoverLoad& load);
std::string originalName(std::string_view number, std::string_view id, std::string_view mediaType);
// "application/xml", "application/edifact", "application/pdf" or "application/octet-stream": by what the
// bytes are.
std::string handoverMediaType(std::string_view bytes);

// JSON: {"type","timestamp","data":{…}}; docs/handover.md describes it. `publicUrl`: what its links begin
// with.
std::string webhookBody(const HandoverLoad& load, std::string_view publicUrl, Instant now);

// The message, unsigned. Codes: net::composed's.
Result<std::string> handoverMail(const HandoverLoad& load, std::string_view from, std::string_view to,
                                 Instant now, Language language);

// Sent::result is `sent`, `delivered`, `bounced` or `delivery_failed`; retryAt is the caller's.
Sent carryToFolder(const net::FileDrop& drop, std::string_view name, std::string_view original,
                   std::string_view copyName, std::string_view copy);
// `gone`: the receiver says that nobody takes anything there any more (410), or it is no address for us.
Sent carryToWebhook(net::HttpClient& client, const WebhookCall& call, const HandoverRules& rules, Instant now,
                    bool& gone);
Sent carryByMail(const Mailing& mailing, const net::Envelope& envelope, std::string_view message);

// When an attempt that failed is made again: after 1, 5, 30 minutes, 2, 5, 10, 14, 20 and 20 hours, three
// days in all; nullopt: no more.
std::optional<Instant> nextHandoverTry(int attempts, Instant now);

}  // namespace postgang::channels
