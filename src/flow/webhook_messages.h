// From the feed to messages for webhooks, and what a message says.
//
//   {"type": "document.sent", "timestamp": "2026-11-30T08:41:07.123456Z",
//    "data": {"id", "number", "kind", "status", "direction", "company", "counterpart", "links"}}
//
// No contents: whoever wants them asks the API with a key of its own. A type is "document." and the event's
// name (document/status.h), of those that an integrator can do something about.
//
// Told is what happens to the entries of the webhook's own company, and of those beneath it where it says so;
// what another company lets it see (Delad insyn) is not told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flow/step.h"
#include "store/webhooks.h"

namespace postgang::flow {

inline constexpr std::string_view every_event = "*", test_event = "webhook.test";
const std::vector<std::string>& webhookEventTypes();  // "document.received" …, in the order of a document's
                                                      // way; then tickets' (ticket_webhooks.h)

// Tells on: reads what is new in the feed, and makes the messages and their jobs in the commit that says how
// far it has come. How many places of the feed were passed; 0 when there was nothing new, or nobody asked.
Result<std::int64_t> tellWebhooks(const Tools& tools);

// A message that tells of nothing, sent once whether the webhook is on or not.
Result<store::WebhookMessage> testWebhook(store::Transaction& tx, IdMaker& ids,
                                          const store::Webhook& webhook);
// Sends one again, from the first attempt on; the same id, so that a receiver that has it can tell.
Result<store::WebhookMessage> replayMessage(store::Transaction& tx, const store::WebhookMessage& message);

// The job that sends it; `message` says when it is due and in which round.
store::NewJob webhookJob(const store::WebhookMessage& message, Instant runAt);

}  // namespace postgang::flow
