#include "store/webhooks.h"

#include "base/text.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr int levels_max = 100;  // of a group; a ring would be a fault of ours, and ends here

constexpr std::string_view columns =
    "id, company, url, description, events, directions, kinds, include_subsidiaries, active, secret, "
    "previous_secret, previous_until, created_at, created_by, changed_at, changed_by, active_since, "
    "failing_since, off_reason";

Instant instantIn(sql::Columns& c) {
  return c.instant();
}

std::vector<std::string> wordsIn(std::string_view text) {
  std::vector<std::string> words;
  for (const auto word : split(text, ' '))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

template <typename T>
std::string namesOf(const std::vector<T>& values) {
  std::string text;
  for (const auto value : values) text += (text.empty() ? "" : " ") + std::string(name(value));
  return text;
}

Webhook readWebhook(const sql::Row& row) {
  sql::Columns c(row);
  Webhook webhook;
  webhook.id = c.id<WebhookId>();
  webhook.company = c.company();
  webhook.url = c.text();
  webhook.description = c.text();
  webhook.events = wordsIn(c.view());
  for (const auto& word : wordsIn(c.view()))
    webhook.directions.push_back(word == "received" ? Direction::received : Direction::sent);
  for (const auto& word : wordsIn(c.view()))
    if (const auto kind = document::kindFromName(word)) webhook.kinds.push_back(*kind);
  webhook.includeSubsidiaries = c.yes();
  webhook.active = c.yes();
  webhook.secret = c.text();
  webhook.previousSecret = c.text();
  webhook.previousUntil = c.maybe(instantIn);
  webhook.createdAt = c.instant();
  webhook.createdBy = c.text();
  webhook.changedAt = c.instant();
  webhook.changedBy = c.text();
  webhook.activeSince = c.instant();
  webhook.failingSince = c.maybe(instantIn);
  webhook.offReason = c.text();
  return webhook;
}

// While no webhook is active nobody reads the feed for them: the first one begins where the feed ends now.
// The row is changed first, so that of two that are turned on at once one waits for the other.
Outcome beginWhereTheFeedEnds(Transaction& tx) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run("UPDATE webhook_position SET position = position WHERE only_one = 1"));
  TRY(const auto active,
      connection.run("SELECT 1 FROM webhooks WHERE active = 1 LIMIT 1", {}, [](const sql::Row&) {}));
  if (active > 0) return {};
  TRY(const auto end, feedEnd(tx));
  CHECK_OK(connection.run("UPDATE webhook_position SET position = ?1 WHERE only_one = 1", {end}));
  return {};
}

}  // namespace

Outcome createWebhook(Transaction& tx, const Webhook& webhook) {
  TRY(const auto own, tx.connection().run("SELECT id FROM webhooks WHERE company = ?1", {webhook.company},
                                          [](const sql::Row&) {}));
  if (own >= static_cast<std::int64_t>(webhooks_max))
    return fail(ProblemKind::conflict, "webhooks-too-many",
                "A company has at most " + std::to_string(webhooks_max) + " webhooks.", {},
                "Remove one that is not used any more.");
  if (webhook.active) CHECK_OK(beginWhereTheFeedEnds(tx));
  CHECK_OK(tx.connection().run(
      "INSERT INTO webhooks (" + std::string(columns) +
          ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
      {webhook.id, webhook.company, webhook.url, webhook.description, joined(webhook.events, " "),
       namesOf(webhook.directions), namesOf(webhook.kinds), webhook.includeSubsidiaries, webhook.active,
       webhook.secret, webhook.previousSecret, webhook.previousUntil, webhook.createdAt, webhook.createdBy,
       webhook.changedAt, webhook.changedBy, webhook.activeSince, webhook.failingSince, webhook.offReason}));
  return {};
}

Outcome updateWebhook(Transaction& tx, const Webhook& webhook) {
  if (webhook.active) CHECK_OK(beginWhereTheFeedEnds(tx));
  CHECK_OK(tx.connection().run(
      "UPDATE webhooks SET url = ?2, description = ?3, events = ?4, directions = ?5, kinds = ?6, "
      "include_subsidiaries = ?7, active = ?8, secret = ?9, previous_secret = ?10, previous_until = ?11, "
      "changed_at = ?12, changed_by = ?13, active_since = ?14, failing_since = ?15, off_reason = ?16 WHERE "
      "id "
      "= ?1",
      {webhook.id, webhook.url, webhook.description, joined(webhook.events, " "), namesOf(webhook.directions),
       namesOf(webhook.kinds), webhook.includeSubsidiaries, webhook.active, webhook.secret,
       webhook.previousSecret, webhook.previousUntil, webhook.changedAt, webhook.changedBy,
       webhook.activeSince, webhook.failingSince, webhook.offReason}));
  return {};
}

Outcome markWebhook(Transaction& tx, const Webhook& webhook) {
  CHECK_OK(tx.connection().run(
      "UPDATE webhooks SET failing_since = ?2, active = ?3, off_reason = ?4 WHERE id = ?1 AND active = 1",
      {webhook.id, webhook.failingSince, webhook.active, webhook.offReason}));
  return {};
}

Outcome deleteWebhook(Transaction& tx, WebhookId id) {
  for (const std::string_view statement :
       {"DELETE FROM webhook_attempts WHERE webhook = ?1", "DELETE FROM webhook_messages WHERE webhook = ?1",
        "DELETE FROM webhooks WHERE id = ?1"})
    CHECK_OK(tx.connection().run(statement, {id}));
  return {};
}

Result<std::vector<Webhook>> webhooksOf(Reader& reader, CompanyId company) {
  std::vector<Webhook> found;
  CHECK_OK(reader.connection().run(
      "SELECT " + std::string(columns) + " FROM webhooks WHERE company = ?1 ORDER BY id", {company},
      [&](const sql::Row& row) { found.push_back(readWebhook(row)); }));
  return found;
}

Result<std::optional<Webhook>> webhook(Reader& reader, CompanyId company, WebhookId id) {
  std::optional<Webhook> found;
  CHECK_OK(reader.connection().run(
      "SELECT " + std::string(columns) + " FROM webhooks WHERE id = ?1 AND company = ?2", {id, company},
      [&](const sql::Row& row) { found = readWebhook(row); }));
  return found;
}

Result<std::vector<Webhook>> webhooksAbout(Reader& reader, CompanyId company) {
  auto& connection = reader.connection();
  std::vector<Webhook> found;
  std::optional<CompanyId> at = company;
  for (int level = 0; at && level < levels_max; ++level) {
    const bool isAbove = level > 0;
    CHECK_OK(
        connection.run("SELECT " + std::string(columns) +
                           " FROM webhooks WHERE company = ?1 AND active = 1 AND include_subsidiaries >= "
                           "?2 ORDER BY id",
                       {*at, isAbove}, [&](const sql::Row& row) { found.push_back(readWebhook(row)); }));
    std::optional<CompanyId> parent;
    CHECK_OK(connection.run("SELECT parent FROM companies WHERE id = ?1", {*at}, [&](const sql::Row& row) {
      parent = sql::Columns(row).maybe([](sql::Columns& c) { return c.company(); });
    }));
    at = parent;
  }
  return found;
}

Result<std::map<WebhookId, WebhookHealth>> webhookHealth(Reader& reader, CompanyId company, Instant since) {
  auto& connection = reader.connection();
  std::map<WebhookId, WebhookHealth> found;
  CHECK_OK(connection.run(
      "SELECT w.id, CAST(COUNT(*) AS BIGINT), CAST(SUM(CASE WHEN a.status BETWEEN 200 AND 299 THEN 1 ELSE 0 "
      "END) AS BIGINT) FROM webhooks w JOIN webhook_attempts a ON a.webhook = w.id WHERE w.company = ?1 AND "
      "a.started_at >= ?2 AND a.milliseconds IS NOT NULL GROUP BY w.id",
      {company, since}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& health = found[c.id<WebhookId>()];
        const auto all = c.number();
        health.delivered = c.number();
        health.failed = all - health.delivered;
      }));
  for (auto& [id, health] : found)
    CHECK_OK(connection.run(
        "SELECT started_at, status FROM webhook_attempts WHERE webhook = ?1 AND started_at >= ?2 AND "
        "milliseconds IS NOT NULL ORDER BY started_at DESC LIMIT 1",
        {id, since}, [&, &last = health](const sql::Row& row) {
          sql::Columns c(row);
          last.lastAt = c.instant();
          const auto status = c.small();
          last.lastTaken = status >= 200 && status <= 299;
        }));
  return found;
}

Result<std::optional<std::string>> webhookPosition(Reader& reader) {
  std::optional<std::string> found;
  CHECK_OK(reader.connection().run(
      "SELECT position FROM webhook_position WHERE only_one = 1 AND EXISTS (SELECT 1 FROM webhooks WHERE "
      "active = 1)",
      {}, [&](const sql::Row& row) { found = sql::Columns(row).text(); }));
  return found;
}

Result<bool> moveWebhookPosition(Transaction& tx, std::string_view from, std::string_view to) {
  TRY(const auto moved,
      tx.connection().run("UPDATE webhook_position SET position = ?2 WHERE only_one = 1 AND position = ?1",
                          {from, to}));
  return moved == 1;
}

Result<bool> isMessageSweepDue(Transaction& tx, Instant now) {
  TRY(const auto due,
      tx.connection().run("UPDATE webhook_position SET swept_at = ?1 WHERE only_one = 1 AND swept_at <= ?2",
                          {now, now.plusSeconds(-24 * 3600)}));
  return due == 1;
}

}  // namespace postgang::store
