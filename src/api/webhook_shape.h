// How webhooks look in JSON, and what of them may be said in a request.
#pragma once

#include <boost/json.hpp>

#include "api/guard.h"
#include "api/json_body.h"
#include "channels/handover.h"
#include "store/webhooks.h"

namespace postgang::api {

// The webhook in the path, where it is the caller's company's; code not-found.
Result<store::Webhook> webhookIn(store::Reader& reader, const Call& call);

// Without its secret.
boost::json::object webhookShape(const store::Webhook& webhook, const store::WebhookHealth& health,
                                 Instant now);
boost::json::object messageShape(const store::WebhookMessage& message);
boost::json::object attemptShape(const store::WebhookAttempt& attempt);

// The fields of a request that are there, over what `webhook` has. Codes: field-invalid; url-invalid and
// address-refused (at /url); event-type-unknown (at /events/n).
Outcome applyWebhookFields(const JsonBody& body, const channels::HandoverRules& rules,
                           store::Webhook& webhook);

}  // namespace postgang::api
