// Webhooks of integrators: what a company wants to be told of and where, the messages that are made of the
// feed for it, and every attempt to hand one over. Subjects of their own, no projections: nothing of a
// document follows from them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/business_document.h"
#include "store/documents.h"
#include "store/feed.h"

namespace postgang::store {

struct Webhook {
  WebhookId id;
  CompanyId company;
  std::string url, description;
  std::vector<std::string> events;    // "document.sent" …, or "*"
  std::vector<Direction> directions;  // empty: both
  std::vector<document::Kind> kinds;  // empty: every kind
  bool includeSubsidiaries = false;   // what happens to the companies beneath, too
  bool active = true;
  std::string secret, previousSecret;  // sealed; the previous signs as well until …
  std::optional<Instant> previousUntil;
  Instant createdAt, changedAt;
  std::string createdBy, changedBy;     // by name
  Instant activeSince;                  // what happened before that is not told
  std::optional<Instant> failingSince;  // nothing has been taken since
  std::string offReason;                // why it was turned off: "gone", "failing"; empty: by a person
};
inline constexpr std::size_t webhooks_max = 50;  // of a company

enum class MessageState { waiting, failed, delivered, given_up };  // failed: is tried again
std::string_view name(MessageState state);  // "waiting", "failed", "delivered", "given-up"
std::optional<MessageState> messageStateFromName(std::string_view name);

struct WebhookMessage {
  MessageId id;
  WebhookId webhook;
  CompanyId company;  // the webhook's
  // The feed's cursor of what it tells of, or a ticket's place (flow/ticket_webhooks.h); empty: a test.
  std::string position;
  std::optional<DocumentId> document = {};
  std::string type;     // "document.sent", "webhook.test"
  std::string payload;  // JSON, the same at every attempt
  MessageState state = MessageState::waiting;
  int round = 0;     // how often it was begun anew (replay)
  int tries = 0;     // attempts of this round
  int attempts = 0;  // of all rounds
  Instant createdAt;
  std::optional<Instant> nextTryAt = {}, endedAt = {};
};

struct WebhookAttempt {
  int number = 0;  // 1, 2 … over all rounds
  Instant startedAt;
  std::optional<std::int64_t> milliseconds = {};  // absent: under way, or cut short by a crash
  int status = 0;                                 // HTTP; 0: no answer
  std::string code, detail;                       // why there was none: net/http_client.h
  std::string answer;                             // its beginning
  bool taken() const { return status >= 200 && status <= 299; }
};

// --- Subscriptions. Another company's are as if they did not exist.
// Code webhooks-too-many (conflict).
Outcome createWebhook(Transaction& tx, const Webhook& webhook);
Outcome updateWebhook(Transaction& tx, const Webhook& webhook);  // all but id, company, created…
// How sending to it goes: failingSince, active and offReason alone, of one that is on.
Outcome markWebhook(Transaction& tx, const Webhook& webhook);
Outcome deleteWebhook(Transaction& tx, WebhookId id);                        // its messages too
Result<std::vector<Webhook>> webhooksOf(Reader& reader, CompanyId company);  // the oldest first
Result<std::optional<Webhook>> webhook(Reader& reader, CompanyId company, WebhookId id);
// Those that are active and want to hear of this company: its own, and those of companies above it that
// include what lies beneath.
Result<std::vector<Webhook>> webhooksAbout(Reader& reader, CompanyId company);

struct WebhookHealth {
  std::int64_t delivered = 0, failed = 0;  // attempts
  std::optional<Instant> lastAt;
  bool lastTaken = false;
};
Result<std::map<WebhookId, WebhookHealth>> webhookHealth(Reader& reader, CompanyId company, Instant since);

// --- From the feed to messages: how far all of it has been told. A node that tells on does so from the
// place that it read, in one commit with the messages: another one's commit in between is told by
// moveWebhookPosition.
Result<std::optional<std::string>> webhookPosition(Reader& reader);  // nullopt: no webhook is active
// False where it is not at `from` any more.
Result<bool> moveWebhookPosition(Transaction& tx, std::string_view from, std::string_view to);
// False where this webhook has one of this place of the feed already.
Result<bool> createMessage(Transaction& tx, const WebhookMessage& message);

// --- Messages.
Result<std::optional<WebhookMessage>> webhookMessage(Reader& reader, MessageId id);
// State, counts and times; nothing where it has been begun anew meanwhile (another round).
Outcome updateMessage(Transaction& tx, const WebhookMessage& message);
// The next round, due now: none of the last one's attempts count. Gives the message as it stands then.
Result<WebhookMessage> restartMessage(Transaction& tx, const WebhookMessage& message, Instant now);
struct MessageQuery {
  WebhookId webhook;
  std::vector<MessageState> states = {};      // empty: all
  std::optional<Instant> from = {}, to = {};  // of createdAt; to: not included
  int limit = 50;
  std::string cursor = {};  // opaque; code "cursor-malformed"
};
struct MessagePage {
  std::vector<WebhookMessage> items;  // newest first, without payload
  std::optional<std::string> nextCursor;
};
Result<MessagePage> listMessages(Reader& reader, const MessageQuery& query);
// Those that are older go, with their attempts.
Outcome forgetMessages(Transaction& tx, Instant before);
// Whether that was not done in the last day; says that it is done now.
Result<bool> isMessageSweepDue(Transaction& tx, Instant now);

Outcome startAttempt(Transaction& tx, const WebhookMessage& message, Instant now);  // message.attempts
Outcome endAttempt(Transaction& tx, const WebhookMessage& message, const WebhookAttempt& attempt);
Result<std::vector<WebhookAttempt>> attemptsOf(Reader& reader, MessageId message);

}  // namespace postgang::store
