#include "flow/ticket_webhooks.h"

#include <algorithm>

#include <boost/json.hpp>

#include "flow/webhook_messages.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {
namespace {

namespace json = boost::json;

bool has(const auto& list, const auto& value) {
  return std::ranges::find(list, value) != list.end();
}

bool wants(const store::Webhook& webhook, const store::Ticket& ticket, const TicketEvent& event) {
  if (event.at < webhook.activeSince) return false;
  if (!has(webhook.events, every_event) && !has(webhook.events, event.type)) return false;
  if (webhook.directions.empty() && webhook.kinds.empty()) return true;
  return std::ranges::any_of(ticket.documents, [&](const auto& document) {
    return (webhook.directions.empty() || has(webhook.directions, document.direction)) &&
           (webhook.kinds.empty() || has(webhook.kinds, document.kind));
  });
}

json::value orNull(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string payloadOf(const Tools& tools, const store::Ticket& ticket, const store::Company& company,
                      const TicketEvent& event) {
  const auto home = tools.mailing ? tools.mailing->publicUrl : std::string();
  json::array documents;
  for (const auto& document : ticket.documents) documents.push_back(json::value(document.document.text()));
  return json::serialize(
      json::object{{"type", event.type},
                   {"timestamp", event.at.text()},
                   {"data",
                    {{"id", ticket.id.text()},
                     {"number", store::ticketNumberText(ticket.number)},
                     {"status", store::name(event.status)},
                     {"priority", store::name(ticket.priority)},
                     {"subject", ticket.subject},
                     {"company", {{"identifier", orNull(company.identifier)}, {"name", company.name}}},
                     {"counterpart",
                      {{"identifier", orNull(ticket.counterpart)}, {"name", orNull(ticket.counterpartName)}}},
                     {"documents", std::move(documents)},
                     {"links", {{"ticket", home + "/api/v1/tickets/" + ticket.id.text()}}}}}});
}

}  // namespace

const std::vector<std::string>& ticketEventTypes() {
  static const std::vector<std::string> types = {std::string(ticket_created), std::string(ticket_replied),
                                                 std::string(ticket_status_changed)};
  return types;
}

Result<std::vector<store::WebhookMessage>> ticketMessages(const Tools& tools, store::Reader& reader,
                                                          const store::Ticket& ticket,
                                                          const TicketEvent& event) {
  std::vector<store::WebhookMessage> messages;
  TRY(const auto webhooks, store::webhooksAbout(reader, ticket.company));
  if (webhooks.empty()) return messages;
  TRY(const auto company, store::company(reader, ticket.company));
  for (const auto& webhook : webhooks) {
    if (!wants(webhook, ticket, event)) continue;
    auto& message = messages.emplace_back();
    message.id = tools.ids.next<MessageId>();
    message.webhook = webhook.id;
    message.company = webhook.company;
    message.position = ticket.id.text() + "." + std::to_string(event.place) + "." + std::string(event.type);
    if (!ticket.documents.empty()) message.document = ticket.documents.front().document;
    message.type = event.type;
    message.payload = payloadOf(tools, ticket, company, event);
    message.createdAt = tools.clock.now();
    message.nextTryAt = message.createdAt;
  }
  return messages;
}

Outcome sendMessages(store::Transaction& tx, const std::vector<store::WebhookMessage>& messages,
                     Instant now) {
  for (const auto& message : messages) {
    TRY(const bool isNew, store::createMessage(tx, message));
    if (isNew) CHECK_OK(store::enqueue(tx, webhookJob(message, now)));
  }
  return {};
}

}  // namespace postgang::flow
