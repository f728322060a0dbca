#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "store/sql/entry_filter.h"
#include "store/sql/session.h"
#include "store/webhooks.h"

namespace postgang::store {
namespace {

using sql::Statement;

constexpr std::array states = {MessageState::waiting, MessageState::failed, MessageState::delivered,
                               MessageState::given_up};
constexpr std::string_view columns =
    "id, webhook, company, position, document, type, state, round, tries, attempts, created_at, next_try_at, "
    "ended_at";

WebhookMessage readMessage(sql::Columns& c) {
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  WebhookMessage message;
  message.id = c.id<MessageId>();
  message.webhook = c.id<WebhookId>();
  message.company = c.company();
  message.position = c.text();
  message.document = c.maybe([](sql::Columns& column) { return column.id<DocumentId>(); });
  message.type = c.text();
  message.state = messageStateFromName(c.view()).value_or(MessageState::given_up);
  message.round = c.small();
  message.tries = c.small();
  message.attempts = c.small();
  message.createdAt = c.instant();
  message.nextTryAt = c.maybe(instant);
  message.endedAt = c.maybe(instant);
  if (message.position == message.id.text()) message.position.clear();
  return message;
}

Result<std::optional<Uuid>> placeIn(const std::string& cursor) {
  if (cursor.empty()) return std::optional<Uuid>();
  const auto bytes = fromBase64Url(cursor);
  if (bytes && bytes->size() == 16) return std::optional(Uuid::fromBytes(*bytes));
  return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
              "Begin again without a cursor.");
}

}  // namespace

std::string_view name(MessageState state) {
  switch (state) {
    case MessageState::waiting:
      return "waiting";
    case MessageState::failed:
      return "failed";
    case MessageState::delivered:
      return "delivered";
    case MessageState::given_up:
      return "given-up";
  }
  return "given-up";
}

std::optional<MessageState> messageStateFromName(std::string_view text) {
  for (const auto state : states)
    if (name(state) == text) return state;
  return std::nullopt;
}

Result<bool> createMessage(Transaction& tx, const WebhookMessage& message) {
  const auto position = message.position.empty() ? message.id.text() : message.position;
  TRY(const auto made,
      tx.connection().run("INSERT INTO webhook_messages (" + std::string(columns) +
                              ", payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
                              "?14) ON CONFLICT (webhook, position) DO NOTHING",
                          {message.id, message.webhook, message.company, position, message.document,
                           message.type, name(message.state), message.round, message.tries, message.attempts,
                           message.createdAt, message.nextTryAt, message.endedAt, message.payload}));
  return made == 1;
}

Result<std::optional<WebhookMessage>> webhookMessage(Reader& reader, MessageId id) {
  std::optional<WebhookMessage> found;
  CHECK_OK(reader.connection().run(
      "SELECT " + std::string(columns) + ", payload FROM webhook_messages WHERE id = ?1", {id},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        found = readMessage(c);
        found->payload = c.text();
      }));
  return found;
}

Outcome updateMessage(Transaction& tx, const WebhookMessage& message) {
  CHECK_OK(tx.connection().run(
      "UPDATE webhook_messages SET state = ?3, tries = ?4, attempts = ?5, next_try_at = ?6, ended_at = ?7 "
      "WHERE id = ?1 AND round = ?2",
      {message.id, message.round, name(message.state), message.tries, message.attempts, message.nextTryAt,
       message.endedAt}));
  return {};
}

Result<WebhookMessage> restartMessage(Transaction& tx, const WebhookMessage& message, Instant now) {
  CHECK_OK(tx.connection().run(
      "UPDATE webhook_messages SET state = 'waiting', round = round + 1, tries = 0, next_try_at = ?2, "
      "ended_at = NULL WHERE id = ?1",
      {message.id, now}));
  TRY(auto restarted, webhookMessage(tx, message.id));
  if (!restarted) return fail(ProblemKind::not_found, "not-found", "There is no such message.");
  return std::move(*restarted);
}

Result<MessagePage> listMessages(Reader& reader, const MessageQuery& query) {
  TRY(const auto before, placeIn(query.cursor));
  const auto limit = static_cast<std::size_t>(std::clamp(query.limit, 1, 200));
  Statement statement(reader.connection().dialect());
  statement << "SELECT " << columns
            << " FROM webhook_messages WHERE webhook = " << statement.place(query.webhook);
  if (!query.states.empty()) {
    std::string places;
    for (const auto state : query.states)
      places += (places.empty() ? "" : ", ") + statement.place(name(state));
    statement << " AND state IN (" << places << ")";
  }
  if (query.from) statement << " AND created_at >= " << statement.place(*query.from);
  if (query.to) statement << " AND created_at < " << statement.place(*query.to);
  if (before) statement << " AND id < " << statement.place(*before);
  statement << " ORDER BY id DESC LIMIT " << statement.place(limit + 1);
  MessagePage page;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    page.items.push_back(readMessage(c));
  }));
  if (page.items.size() > limit) {
    page.items.resize(limit);
    page.nextCursor = base64Url(page.items.back().id.view());
  }
  return page;
}

Outcome forgetMessages(Transaction& tx, Instant before) {
  CHECK_OK(tx.connection().run(
      "DELETE FROM webhook_attempts WHERE message IN (SELECT id FROM webhook_messages WHERE created_at < ?1)",
      {before}));
  CHECK_OK(tx.connection().run("DELETE FROM webhook_messages WHERE created_at < ?1", {before}));
  return {};
}

Outcome startAttempt(Transaction& tx, const WebhookMessage& message, Instant now) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO webhook_attempts (message, number, webhook, started_at, status, code, detail, answer) "
      "VALUES (?1, ?2, ?3, ?4, 0, '', '', '')",
      {message.id, message.attempts, message.webhook, now}));
  return {};
}

Outcome endAttempt(Transaction& tx, const WebhookMessage& message, const WebhookAttempt& attempt) {
  CHECK_OK(tx.connection().run(
      "UPDATE webhook_attempts SET milliseconds = ?3, status = ?4, code = ?5, detail = ?6, answer = ?7 WHERE "
      "message = ?1 AND number = ?2",
      {message.id, attempt.number, attempt.milliseconds, attempt.status, attempt.code, attempt.detail,
       attempt.answer}));
  return {};
}

Result<std::vector<WebhookAttempt>> attemptsOf(Reader& reader, MessageId message) {
  std::vector<WebhookAttempt> found;
  CHECK_OK(reader.connection().run(
      "SELECT number, started_at, milliseconds, status, code, detail, answer FROM webhook_attempts WHERE "
      "message = ?1 ORDER BY number",
      {message}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& attempt = found.emplace_back();
        attempt.number = c.small();
        attempt.startedAt = c.instant();
        attempt.milliseconds = c.maybe([](sql::Columns& column) { return column.number(); });
        attempt.status = c.small();
        attempt.code = c.text();
        attempt.detail = c.text();
        attempt.answer = c.text();
      }));
  return found;
}

}  // namespace postgang::store
