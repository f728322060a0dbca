// Hands a message over to a webhook, as the job "webhook": one attempt each, committed as begun before the
// first byte leaves.
//
//   2xx                 delivered
//   410                 the webhook is turned off («gone»): nobody takes anything there any more
//   anything else, silence  again after 5 s, 1, 5 and 30 min, 2, 5, 10, 14, 20 and 20 h, up to a tenth more
//   by
//                       chance (the same for the same message and attempt): three days in all, then given up
//   429, 503            not before Retry-After, where that is within a day
//
// A webhook that has taken nothing for five days is turned off («failing»). Either way its company's
// administrators are told by e-mail. While it is off nothing is sent but tests, which are tried once. What is
// under way to one host is bounded, and one that is silent holds up nobody else (sending_lanes.h).
#pragma once

#include <optional>

#include "channels/webhook_sender.h"
#include "flow/step.h"
#include "store/webhooks.h"

namespace postgang::flow {

Result<Decision> sendToWebhook(const Tools& tools, store::Reader& reader, const store::Job& job);

// When the attempt after this one is made, `tries` being those made in this round; nullopt: no more.
std::optional<Instant> nextWebhookTry(const store::WebhookMessage& message,
                                      const channels::WebhookAnswer& answer, Instant now);

// The secrets that sign now, the newest first. Codes: the vault's.
Result<std::vector<std::string>> webhookSecrets(const Vault& vault, const store::Webhook& webhook,
                                                Instant now);
// What a secret is sealed for.
std::string webhookSecretContext(WebhookId id);

}  // namespace postgang::flow
