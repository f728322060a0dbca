#include "flow/webhook_sending.h"

#include <array>

#include <boost/json.hpp>

#include "base/bytes.h"
#include "base/text.h"
#include "channels/system.h"
#include "flow/plain_mail.h"
#include "flow/webhook_messages.h"
#include "net/mail.h"
#include "store/access_rows.h"
#include "store/companies.h"
#include "store/job_turns.h"
#include "store/news.h"
#include "store/own_settings.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

using store::MessageState;

constexpr std::array<std::int64_t, 10> waits_seconds = {5,        60,        300,       1800,      2 * 3600,
                                                        5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 20 * 3600};
constexpr std::int64_t retry_after_seconds_max = 24 * 3600;
constexpr std::int64_t failing_seconds_max = 5LL * 24 * 3600;
constexpr int attempt_seconds = 60;  // of its lease: longer than a receiver has to answer
constexpr int levels_max = 100;      // of a group
constexpr std::size_t url_points_max = 200;
constexpr std::string_view webhook_news = "webhook-off";

struct Sending {
  store::WebhookMessage message;
  store::Webhook webhook;
  channels::WebhookCall call;
  bool isTest() const { return message.type == test_event; }
};

// The host that takes it: what sending is spread by.
std::string laneOf(const std::string& url) {
  const auto from = url.find("://");
  const auto rest = from == std::string::npos ? url : url.substr(from + 3);
  return rest.substr(0, rest.find_first_of("/?"));
}

Result<std::optional<Sending>> sendingOf(const Tools& tools, store::Reader& reader, const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* id = object ? object->if_contains("message") : nullptr;
  const auto* round = object ? object->if_contains("round") : nullptr;
  if (!id || !id->is_string() || !round || !round->is_int64()) return std::optional<Sending>();
  const auto message = MessageId::parse(std::string_view(id->get_string()));
  if (!message) return std::optional<Sending>();
  TRY(auto kept, store::webhookMessage(reader, *message));
  // Gone with its webhook, or begun anew since this job was made.
  if (!kept || kept->round != round->get_int64() || kept->endedAt) return std::optional<Sending>();
  TRY(auto webhook, store::webhook(reader, kept->company, kept->webhook));
  if (!webhook) return std::optional<Sending>();
  Sending sending;
  TRY(auto secrets, webhookSecrets(*tools.vault, *webhook, tools.clock.now()));
  sending.call = {webhook->url, std::move(secrets), kept->id.text(), kept->payload};
  sending.message = std::move(*kept);
  sending.webhook = std::move(*webhook);
  return std::optional(std::move(sending));
}

Outcome giveUp(store::Transaction& tx, store::WebhookMessage message, Instant now) {
  message.state = MessageState::given_up;
  message.nextTryAt.reset();
  message.endedAt = now;
  return store::updateMessage(tx, message);
}

Result<std::vector<store::User>> administratorsOf(store::Reader& reader, CompanyId company) {
  std::vector<store::User> found;
  std::optional<CompanyId> at = company;
  for (int level = 0; at && found.empty() && level < levels_max; ++level) {
    TRY(auto users, store::listUsers(reader, store::Viewer::ofCompanies({*at}, {})));
    for (auto& user : users)
      for (const auto& membership : user.memberships)
        if (user.active && !user.staff && membership.company == *at && membership.role == "administrator") {
          found.push_back(std::move(user));
          break;
        }
    TRY(const auto of, store::company(reader, *at));
    at = of.parent;
  }
  return found;
}

Outcome tellAdministrators(store::Transaction& tx, const Tools& tools, const store::Webhook& webhook,
                           Instant now) {
  if (!tools.mailing || !tools.mailing->isOn()) return {};
  TRY(const auto company, store::company(tx, webhook.company));
  TRY(const auto administrators, administratorsOf(tx, webhook.company));
  const std::map<std::string, std::string> words = {
      {"url", truncated(webhook.url, url_points_max)},
      {"company", company.name},
      {"link", tools.mailing->publicUrl + "/settings/webhooks"}};
  for (const auto& user : administrators) {
    TRY(const bool wanted, store::wantsEach(tx, user.email, webhook_news));
    if (!wanted || !net::isMailAddress(user.email)) continue;
    PlainMail mail;
    mail.to = user.email;
    mail.language = languageFromTag(user.language);
    const auto& texts = Texts::of(mail.language);
    mail.subject = texts.sentence("webhookMail.subject", words);
    mail.text = texts.sentence("webhookMail." + webhook.offReason, words) + "\n\n" +
                texts.sentence("webhookMail.again", words) + "\n";
    // Short: what stands before the @ has 64 characters at most (RFC 5321, 4.5.3.1.1).
    const auto about = webhook.id.text() + std::to_string(now.microseconds) + user.id.text();
    mail.messageId = "webhook." + hex(view(sha256(about))).substr(0, 32);
    CHECK_OK(store::enqueue(tx, plainMailJob(mail, webhook.company, now)));
  }
  return {};
}

store::News newsOf(const store::Webhook& webhook, Instant now) {
  store::News news;
  news.kind = webhook_news;
  news.company = webhook.company;
  news.path = "/settings/webhooks";
  news.words = {{"url", truncated(webhook.url, url_points_max)}};
  news.key = webhook.id.text() + ":" + std::to_string(now.microseconds);
  news.mailed = true;  // by tellAdministrators
  return news;
}

// How it went with the webhook as it stands now: it may have been changed while we waited for the answer.
Outcome judgeWebhook(store::Transaction& tx, const Tools& tools, const Sending& sending,
                     const channels::WebhookAnswer& answer, Instant now) {
  TRY(auto webhook, store::webhook(tx, sending.webhook.company, sending.webhook.id));
  if (!webhook || !webhook->active || webhook->url != sending.webhook.url) return {};
  if (answer.isTaken()) {
    if (!webhook->failingSince) return {};
    webhook->failingSince.reset();
    return store::markWebhook(tx, *webhook);
  }
  const bool isNew = !webhook->failingSince;
  if (isNew) webhook->failingSince = now;
  if (answer.status == 410)
    webhook->offReason = "gone";
  else if (webhook->failingSince->plusSeconds(failing_seconds_max) <= now)
    webhook->offReason = "failing";
  if (webhook->offReason.empty()) return isNew ? store::markWebhook(tx, *webhook) : Outcome();
  webhook->active = false;
  CHECK_OK(store::markWebhook(tx, *webhook));
  CHECK_OK(store::enqueue(tx, store::newsJob(newsOf(*webhook, now), now)));
  return tellAdministrators(tx, tools, *webhook, now);
}

Outcome record(store::Transaction& tx, const Tools& tools, const store::Job& job, const Sending& sending,
               const channels::WebhookAnswer& answer, std::int64_t milliseconds) {
  const auto now = tools.clock.now();
  CHECK_OK(store::complete(tx, job));
  auto message = sending.message;
  CHECK_OK(store::endAttempt(
      tx, message,
      {message.attempts, now, milliseconds, answer.status, answer.code, answer.detail, answer.body}));
  if (!sending.isTest()) CHECK_OK(judgeWebhook(tx, tools, sending, answer, now));
  if (answer.isTaken()) {
    message.state = MessageState::delivered;
    message.nextTryAt.reset();
    message.endedAt = now;
    return store::updateMessage(tx, message);
  }
  const auto next =
      sending.isTest() || answer.status == 410 ? std::nullopt : nextWebhookTry(message, answer, now);
  if (!next) return giveUp(tx, message, now);
  message.state = MessageState::failed;
  message.nextTryAt = next;
  CHECK_OK(store::updateMessage(tx, message));
  return store::enqueue(tx, webhookJob(message, *next));
}

Outcome handOver(const Tools& tools, const store::Job& job, const channels::System& system,
                 const Sending& sending, const std::shared_ptr<SendingLanes::Slot>& slot) {
  const auto begun = monotonicMicroseconds();
  const auto answer = channels::sendWebhook(system.client(), sending.call, system.rules(), tools.clock.now());
  const auto milliseconds = (monotonicMicroseconds() - begun) / 1000;
  if (slot) slot->heard(answer.status == 0 && !answer.isGone(), answer.detail);
  return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) {
    return record(tx, tools, job, sending, answer, milliseconds);
  });
}

Decision finished(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

// There is no room now, or the host has been silent and is left alone for a while: that is no attempt.
Decision putOff(const store::Job& job, const SendingLanes::Turn& turn) {
  return {[job, turn](store::Transaction& tx) { return store::putOff(tx, job, turn.later, turn.words); }, {}};
}

// It has been silent for a day. Each message's own attempts go on all the same, without asking it every time,
// or none of them would ever be given up.
Decision notTried(const Tools& tools, const store::Job& job, Sending sending, const std::string& words) {
  channels::WebhookAnswer answer;
  answer.code = "host-silent";
  answer.detail = words;
  return {[&tools, job, sending = std::move(sending), answer](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::startAttempt(tx, sending.message, tools.clock.now()));
            return record(tx, tools, job, sending, answer, 0);
          },
          {}};
}

}  // namespace

Result<Decision> sendToWebhook(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto* system = dynamic_cast<const channels::System*>(tools.channels.find("system"));
  if (!system || !tools.vault) return finished(job);
  TRY(auto sending, sendingOf(tools, reader, job));
  if (!sending) return finished(job);
  const auto now = tools.clock.now();
  if (!sending->webhook.active && !sending->isTest())
    return Decision{[job, message = sending->message, now](store::Transaction& tx) -> Outcome {
                      CHECK_OK(store::complete(tx, job));
                      return giveUp(tx, message, now);
                    },
                    {}};
  SendingLanes::Turn turn;
  if (tools.lanes) {
    turn = tools.lanes->reserve(laneOf(sending->webhook.url), job.id, tools.sendsHere);
    if (!turn.slot && !turn.dead) return putOff(job, turn);
  }
  ++sending->message.tries;
  ++sending->message.attempts;
  if (turn.dead) return notTried(tools, job, std::move(*sending), turn.words);
  Decision decision;
  decision.slot = turn.slot;
  decision.commit = [job, message = sending->message, now](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::prolong(tx, job, attempt_seconds));
    CHECK_OK(store::updateMessage(tx, message));
    return store::startAttempt(tx, message, now);
  };
  decision.after = [&tools, job, system, slot = turn.slot, sending = std::move(*sending)] {
    return handOver(tools, job, *system, sending, slot);
  };
  return decision;
}

std::optional<Instant> nextWebhookTry(const store::WebhookMessage& message,
                                      const channels::WebhookAnswer& answer, Instant now) {
  const auto tries = static_cast<std::size_t>(std::max(message.tries, 1));
  if (tries > waits_seconds.size()) return std::nullopt;
  const auto wait = waits_seconds[tries - 1] * 1'000'000;
  const auto chance = sha256({message.id.text(), "/", std::to_string(message.attempts)}).front();
  auto next = now.plusMicroseconds(wait + wait / 10 * chance / 255);
  if (answer.retryAfter && *answer.retryAfter <= now.plusSeconds(retry_after_seconds_max))
    next = std::max(next, *answer.retryAfter);
  return next;
}

std::string webhookSecretContext(WebhookId id) {
  return "webhook:" + id.text();
}

Result<std::vector<std::string>> webhookSecrets(const Vault& vault, const store::Webhook& webhook,
                                                Instant now) {
  const auto context = webhookSecretContext(webhook.id);
  std::vector<std::string> secrets;
  TRY(auto newest, vault.unseal(webhook.secret, context));
  secrets.push_back(std::move(newest));
  if (webhook.previousSecret.empty() || !webhook.previousUntil || *webhook.previousUntil <= now)
    return secrets;
  TRY(auto previous, vault.unseal(webhook.previousSecret, context));
  secrets.push_back(std::move(previous));
  return secrets;
}

}  // namespace postgang::flow
