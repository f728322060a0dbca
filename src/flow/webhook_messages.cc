#include "flow/webhook_messages.h"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "flow/ticket_webhooks.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;
using store::EventType;

constexpr int page_size = 500;
constexpr std::int64_t kept_seconds = 30LL * 24 * 3600;

constexpr EventType told[] = {EventType::received,
                              EventType::stopped,
                              EventType::returned,
                              EventType::held,
                              EventType::warned,
                              EventType::sent,
                              EventType::delivered,
                              EventType::fetched,
                              EventType::opened,
                              EventType::printed,
                              EventType::posted,
                              EventType::reminded,
                              EventType::bounced,
                              EventType::delivery_failed,
                              EventType::delivery_uncertain,
                              EventType::delivery_expired,
                              EventType::delivery_returned,
                              EventType::not_fetched,
                              EventType::failed,
                              EventType::accepted,
                              EventType::rejected,
                              EventType::answered,
                              EventType::asked,
                              EventType::einvoice_wanted,
                              EventType::wrong_recipient,
                              EventType::superseded,
                              EventType::cancelled};

std::string typeOf(EventType event) {
  return "document." + std::string(document::name(event));
}

bool wants(const store::Webhook& webhook, const store::FeedItem& item, std::string_view type) {
  const auto has = [](const auto& list, const auto& value) {
    return std::ranges::find(list, value) != list.end();
  };
  if (item.at < webhook.activeSince) return false;
  if (!has(webhook.events, every_event) && !has(webhook.events, type)) return false;
  if (!webhook.directions.empty() && !has(webhook.directions, item.direction)) return false;
  return webhook.kinds.empty() || has(webhook.kinds, item.kind);
}

json::value orNull(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object partyOf(std::string_view identifier, std::string_view name) {
  return {{"identifier", orNull(identifier)}, {"name", orNull(name)}};
}

// One walk over a page of the feed within one snapshot.
class Teller {
 public:
  Teller(const Tools& tools, store::Reader& reader)
      : tools_(tools), reader_(reader), home_(tools.mailing ? tools.mailing->publicUrl : std::string()) {}

  Outcome tell(const store::FeedItem& item) {
    if (std::ranges::find(told, item.event) == std::end(told)) return {};
    TRY(const auto* webhooks, about(item.company));
    const auto type = typeOf(item.event);
    std::string payload;
    for (const auto& webhook : *webhooks) {
      if (!wants(webhook, item, type)) continue;
      if (payload.empty()) {
        TRY(payload, payloadOf(item, type));
      }
      auto& message = messages.emplace_back();
      message.id = tools_.ids.next<MessageId>();
      message.webhook = webhook.id;
      message.company = webhook.company;
      message.position = item.cursor;
      message.document = item.document;
      message.type = type;
      message.payload = payload;
      message.createdAt = tools_.clock.now();
      message.nextTryAt = message.createdAt;
    }
    return {};
  }

  std::vector<store::WebhookMessage> messages;

 private:
  Result<const std::vector<store::Webhook>*> about(CompanyId company) {
    const auto [place, isNew] = webhooks_.try_emplace(company);
    if (isNew) {
      TRY(place->second, store::webhooksAbout(reader_, company));
    }
    return &place->second;
  }

  Result<std::string> payloadOf(const store::FeedItem& item, std::string_view type) {
    TRY(const auto company, store::company(reader_, item.company));
    TRY(const auto row,
        store::findDocument(reader_, store::Viewer::ofCompanies({item.company}, {}), item.document));
    const bool sent = item.direction == store::Direction::sent;
    const auto& counterpart = sent ? row.entry.receiver : row.entry.sender;
    const auto path = home_ + "/api/v1/documents/" + item.document.text();
    return json::serialize(json::object{
        {"type", type},
        {"timestamp", item.at.text()},
        {"data",
         {{"id", item.document.text()},
          {"number", orNull(item.number)},
          {"kind", document::name(item.kind)},
          {"status", document::name(item.status)},
          {"direction", store::name(item.direction)},
          {"company", partyOf(company.identifier, company.name)},
          {"counterpart", partyOf(counterpart.identifier, counterpart.name)},
          {"links", {{"document", path}, {"events", path + "/events"}, {"original", path + "/original"}}}}}});
  }

  const Tools& tools_;
  store::Reader& reader_;
  const std::string home_;
  std::map<CompanyId, std::vector<store::Webhook>> webhooks_;
};

Outcome sweep(store::Transaction& tx, Instant now) {
  TRY(const bool due, store::isMessageSweepDue(tx, now));
  return due ? store::forgetMessages(tx, now.plusSeconds(-kept_seconds)) : Outcome();
}

}  // namespace

const std::vector<std::string>& webhookEventTypes() {
  static const auto types = [] {
    std::vector<std::string> all;
    for (const auto event : told) all.push_back(typeOf(event));
    for (const auto& type : ticketEventTypes()) all.push_back(type);
    return all;
  }();
  return types;
}

Result<std::int64_t> tellWebhooks(const Tools& tools) {
  std::string from, to;
  std::int64_t passed = 0;
  std::vector<store::WebhookMessage> messages;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto position, store::webhookPosition(reader));
    if (!position) return {};
    from = *position;
    TRY(const auto items, store::feedAfter(reader, store::Viewer::system(), from, page_size));
    Teller teller(tools, reader);
    for (const auto& item : items) CHECK_OK(teller.tell(item));
    passed = static_cast<std::int64_t>(items.size());
    if (!items.empty()) to = items.back().cursor;
    messages = std::move(teller.messages);
    return {};
  }));
  if (passed == 0) return 0;
  const auto now = tools.clock.now();
  CHECK_OK(tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    TRY(const bool moved, store::moveWebhookPosition(tx, from, to));
    if (!moved) return {};  // another node has told of this; there may be more where it came to
    CHECK_OK(sweep(tx, now));
    for (const auto& message : messages) {
      TRY(const bool isNew, store::createMessage(tx, message));
      if (isNew) CHECK_OK(store::enqueue(tx, webhookJob(message, now)));
    }
    return {};
  }));
  return passed;
}

Result<store::WebhookMessage> testWebhook(store::Transaction& tx, IdMaker& ids,
                                          const store::Webhook& webhook) {
  TRY(const auto company, store::company(tx, webhook.company));
  const auto now = tx.clock().now();
  store::WebhookMessage message;
  message.id = ids.next<MessageId>();
  message.webhook = webhook.id;
  message.company = webhook.company;
  message.type = test_event;
  message.payload = json::serialize(json::object{
      {"type", test_event},
      {"timestamp", now.text()},
      {"data", {{"webhook", webhook.id.text()}, {"company", partyOf(company.identifier, company.name)}}}});
  message.createdAt = now;
  message.nextTryAt = now;
  TRY(const bool made, store::createMessage(tx, message));
  (void)made;  // its place is its own id
  CHECK_OK(store::enqueue(tx, webhookJob(message, now)));
  return message;
}

Result<store::WebhookMessage> replayMessage(store::Transaction& tx, const store::WebhookMessage& message) {
  const auto now = tx.clock().now();
  TRY(auto restarted, store::restartMessage(tx, message, now));
  CHECK_OK(store::enqueue(tx, webhookJob(restarted, now)));
  return restarted;
}

store::NewJob webhookJob(const store::WebhookMessage& message, Instant runAt) {
  store::NewJob job;
  job.kind = "webhook";
  job.key = "webhook:" + message.id.text() + ":" + std::to_string(message.round) + ":" +
            std::to_string(message.tries);
  // About no document: a message that nobody takes is no failure of what it tells of.
  job.company = message.company;
  job.runAt = runAt;
  job.payload = json::serialize(json::object{{"message", message.id.text()}, {"round", message.round}});
  return job;
}

}  // namespace postgang::flow
