// What the columns mean stands in the headers of store/ and sql/; here is why tables and indexes are as they
// are.
//
// Words in braces differ by database: {text} compares bytes on both; {clustered} keeps the rows in their
// key's own tree on SQLite (no second lookup) and is nothing on PostgreSQL.
//
// entries: one row per party. On SQLite the number is the row's place, given when the entry is made, so it
// also orders by received_at and FTS5 can answer newest first without sorting. On PostgreSQL the key begins
// with the company, so that the table can be partitioned by it. Missing due dates and amounts are kept as
// missing_key (rows.h), because a keyset walks over values, not over nulls.
//
// blobs: the bytes lie in order of arrival; the index by digest is small. Keyed by digest the bytes
// themselves would go to a random page each.
#include "store/sql/migrations.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "store/sql/counterpart_packing.h"
#include "store/sql/cubes.h"
#include "store/sql/partner_counts.h"
#include "store/sql/pending.h"
#include "store/sql/rows.h"
#include "store/sql/schema_access.h"
#include "store/sql/schema_audit.h"
#include "store/sql/schema_bank.h"
#include "store/sql/schema_companies.h"
#include "store/sql/schema_distinctions.h"
#include "store/sql/schema_exports.h"
#include "store/sql/schema_filters.h"
#include "store/sql/schema_handover.h"
#include "store/sql/schema_keys.h"
#include "store/sql/schema_leads.h"
#include "store/sql/schema_news.h"
#include "store/sql/schema_oidc.h"
#include "store/sql/schema_packed.h"
#include "store/sql/schema_partners.h"
#include "store/sql/schema_people.h"
#include "store/sql/schema_peppol.h"
#include "store/sql/schema_retention.h"
#include "store/sql/schema_roads.h"
#include "store/sql/schema_search.h"
#include "store/sql/schema_smartmail.h"
#include "store/sql/schema_statistics.h"
#include "store/sql/schema_tickets.h"
#include "store/sql/schema_webhooks.h"
#include "store/sql/search_lines.h"
#include "store/sql/statistics_step.h"
#include "store/sql/trouble_step.h"

namespace postgang::store::sql {
namespace {

constexpr std::string_view first[] = {
    "CREATE TABLE companies (id {key}, identifier {text} NOT NULL UNIQUE, name {text} NOT NULL, parent "
    "BIGINT, "
    "is_operator BIGINT NOT NULL, design {text} NOT NULL, created_at BIGINT NOT NULL)",
    "CREATE INDEX companies_parent ON companies (parent) WHERE parent IS NOT NULL",
    "CREATE TABLE company_identifiers (identifier {text} PRIMARY KEY, company BIGINT NOT NULL){clustered}",

    "CREATE TABLE events (document {uuid} NOT NULL, sequence BIGINT NOT NULL, type {text} NOT NULL, at "
    "BIGINT NOT NULL, "
    "payload {bytes}, payload_digest {bytes} NOT NULL, hash {bytes} NOT NULL, PRIMARY KEY (document, "
    "sequence)){clustered}",

    "CREATE TABLE documents (id {uuid} PRIMARY KEY, sender BIGINT NOT NULL, sent_entry BIGINT NOT NULL, "
    "receiver BIGINT, "
    "received_entry BIGINT, root {uuid}, supersedes {uuid}, version BIGINT NOT NULL, door {text} NOT NULL, "
    "file_name {text} NOT NULL, media_type {text} NOT NULL, digest {bytes} NOT NULL, size BIGINT NOT NULL, "
    "format {text} NOT NULL, kind {text} NOT NULL, number {text} NOT NULL, issue_date BIGINT, due_date "
    "BIGINT, "
    "amount {text}, currency {text} NOT NULL, seller_identifier {text} NOT NULL, seller_name {text} NOT "
    "NULL, "
    "seller_customer_number {text} NOT NULL, seller_person BIGINT NOT NULL, seller_email {text} NOT NULL, "
    "buyer_identifier {text} NOT NULL, buyer_name {text} NOT NULL, buyer_customer_number {text} NOT NULL, "
    "buyer_person BIGINT NOT NULL, buyer_email {text} NOT NULL, order_reference {text} NOT NULL, "
    "buyer_reference {text} NOT NULL, payment_reference {text} NOT NULL, customer_number {text} NOT NULL, "
    "last_sequence BIGINT NOT NULL, head {bytes} NOT NULL)",
    "CREATE INDEX documents_root ON documents (root) WHERE root IS NOT NULL",
    "CREATE INDEX documents_supersedes ON documents (supersedes) WHERE supersedes IS NOT NULL",

    "CREATE TABLE entries (id {entry_number}, company BIGINT NOT NULL, document {uuid} NOT NULL, "
    "direction {text} NOT NULL, counterpart {text} NOT NULL, number {text} NOT NULL, kind {text} NOT NULL, "
    "status {text} NOT NULL, channel {text} NOT NULL, currency {text} NOT NULL, received_at BIGINT NOT NULL, "
    "due_date BIGINT NOT NULL, amount BIGINT NOT NULL, last_event {text} NOT NULL, last_event_at BIGINT NOT "
    "NULL, "
    "last_event_detail {text} NOT NULL{entry_key})",
    "CREATE INDEX entries_received ON entries (company, direction, received_at, id)",
    "CREATE INDEX entries_due ON entries (company, direction, due_date, id)",
    "CREATE INDEX entries_amount ON entries (company, direction, amount, id)",
    "CREATE INDEX entries_number ON entries (company, number) WHERE number <> ''",
    "CREATE INDEX entries_counterpart ON entries (company, counterpart, received_at) WHERE counterpart <> ''",
    "CREATE INDEX entries_attention ON entries (company, direction, received_at, id) "
    "WHERE status IN ('stopped', 'returned', 'rejected', 'failed', 'held')",

    "CREATE TABLE deliveries (document {uuid} NOT NULL, id {uuid} NOT NULL, position BIGINT NOT NULL, "
    "channel {text} NOT NULL, status {text} NOT NULL, address {text} NOT NULL, evidence {text} NOT NULL, "
    "price {text}, "
    "currency {text} NOT NULL, sent_digest {bytes}, receiver BIGINT, attempts {text} NOT NULL, "
    "PRIMARY KEY (document, id)){clustered}",

    "CREATE TABLE findings (document {uuid} NOT NULL, position BIGINT NOT NULL, id {text} NOT NULL, "
    "severity {text} NOT NULL, term {text} NOT NULL, place {text} NOT NULL, value {text} NOT NULL, "
    "detail {text} NOT NULL, advice {text} NOT NULL, parameters {text} NOT NULL, "
    "PRIMARY KEY (document, position)){clustered}",

    "CREATE TABLE search_texts (company BIGINT NOT NULL, id {search_number}, text {text} NOT "
    "NULL{search_key})",

    "CREATE TABLE unique_keys (company BIGINT NOT NULL, kind {text} NOT NULL, value {text} NOT NULL, "
    "document {uuid} NOT NULL, PRIMARY KEY (company, kind, value)){clustered}",
    "CREATE INDEX unique_keys_document ON unique_keys (document)",

    "CREATE TABLE partners (owner BIGINT NOT NULL, identifier {text} NOT NULL, name {text} NOT NULL, "
    "name_folded {text} NOT NULL, person BIGINT NOT NULL, customer_number {text} NOT NULL, "
    "status {text} NOT NULL DEFAULT '', email {text} NOT NULL, street {text}, postal_code {text}, city "
    "{text}, "
    "country {text}, channels {text} NOT NULL DEFAULT '', named_by_owner BIGINT NOT NULL DEFAULT 0, "
    "sent_count BIGINT NOT NULL DEFAULT 0, received_count BIGINT NOT NULL DEFAULT 0, last_activity_at "
    "BIGINT, "
    "PRIMARY KEY (owner, identifier)){clustered}",
    "CREATE INDEX partners_name ON partners (owner, name_folded, identifier)",
    "CREATE TABLE partner_deltas (id {key}, owner BIGINT NOT NULL, identifier {text} NOT NULL, sent BIGINT "
    "NOT NULL, "
    "received BIGINT NOT NULL, last_activity_at BIGINT NOT NULL)",

    "CREATE TABLE statistics (company BIGINT NOT NULL, day BIGINT NOT NULL, direction {text} NOT NULL, "
    "channel {text} NOT NULL, kind {text} NOT NULL, status {text} NOT NULL, currency {text} NOT NULL, "
    "documents BIGINT NOT NULL, amount BIGINT NOT NULL, "
    "PRIMARY KEY (company, day, direction, channel, kind, status, currency)){clustered}",
    "CREATE TABLE statistics_deltas (id {key}, company BIGINT NOT NULL, day BIGINT NOT NULL, "
    "direction {text} NOT NULL, channel {text} NOT NULL, kind {text} NOT NULL, status {text} NOT NULL, "
    "currency {text} NOT NULL, documents BIGINT NOT NULL, amount BIGINT NOT NULL)",

    "CREATE TABLE feed (id {serial}, {transaction}company BIGINT NOT NULL, document {uuid} NOT NULL, "
    "direction {text} NOT NULL, event {text} NOT NULL, status {text} NOT NULL, at BIGINT NOT NULL)",
    "CREATE INDEX feed_company ON feed (company, {transaction_key}id)",

    "CREATE TABLE jobs (id {serial}, kind {text} NOT NULL, key {text} NOT NULL, document {uuid} NOT NULL, "
    "company BIGINT NOT NULL, payload {text} NOT NULL, state BIGINT NOT NULL, leased BIGINT NOT NULL, "
    "due_at BIGINT NOT NULL, token BIGINT NOT NULL, attempts BIGINT NOT NULL, reason {text} NOT NULL)",
    "CREATE UNIQUE INDEX jobs_key ON jobs (key) WHERE state < 2",
    "CREATE INDEX jobs_sleeping ON jobs (kind, due_at) WHERE state = 0",
    "CREATE INDEX jobs_ready ON jobs (kind, company, id) WHERE state = 1",

    "CREATE TABLE blobs (id {key}, bytes {bytes} NOT NULL, size BIGINT NOT NULL)",
    "CREATE TABLE blob_digests (digest {bytes} PRIMARY KEY, blob BIGINT NOT NULL){clustered}",
    "CREATE TABLE parsed (document {uuid} PRIMARY KEY, bytes {bytes} NOT NULL)",

    "CREATE TABLE users (id {uuid} PRIMARY KEY, email {text} NOT NULL UNIQUE, name {text} NOT NULL, "
    "password_hash {text} NOT NULL, language {text} NOT NULL, role {text} NOT NULL, active BIGINT NOT NULL)",
    "CREATE TABLE user_companies (user_id {uuid} NOT NULL, company BIGINT NOT NULL, position BIGINT NOT "
    "NULL, "
    "PRIMARY KEY (user_id, company)){clustered}",
    "CREATE INDEX user_companies_company ON user_companies (company)",
    "CREATE TABLE sessions (token_digest {bytes} PRIMARY KEY, user_id {uuid} NOT NULL, company BIGINT NOT "
    "NULL, "
    "csrf_token {text} NOT NULL, created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL, "
    "expires_at BIGINT NOT NULL){clustered}",
    "CREATE INDEX sessions_expiry ON sessions (expires_at)",
    "CREATE TABLE api_keys (id {uuid} PRIMARY KEY, secret_digest {bytes} NOT NULL UNIQUE, company BIGINT NOT "
    "NULL, "
    "name {text} NOT NULL, scopes {text} NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT, revoked_at "
    "BIGINT, "
    "last_used_at BIGINT)",
    "CREATE INDEX api_keys_company ON api_keys (company)",
    "CREATE TABLE login_failures (id {key}, subject {text} NOT NULL, at BIGINT NOT NULL)",
    "CREATE INDEX login_failures_subject ON login_failures (subject, at)",
    "CREATE INDEX login_failures_at ON login_failures (at)",
    "CREATE TABLE replies (scope {text} NOT NULL, key {text} NOT NULL, request_digest {bytes} NOT NULL, "
    "status BIGINT NOT NULL, body {text} NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (scope, "
    "key)){clustered}",
    "CREATE INDEX replies_expiry ON replies (expires_at)",
};
// detail=none and columnsize=0: only which entries hold a token is kept; a hit is verified against
// search_texts.
constexpr std::string_view first_sqlite[] = {
    "CREATE VIRTUAL TABLE search_index USING fts5(text, content='', columnsize=0, detail=none, "
    "tokenize='postgang')"};
constexpr std::string_view first_postgres[] = {
    "CREATE INDEX feed_transaction ON feed (transaction, id)",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    "CREATE INDEX search_texts_text ON search_texts USING gin (company, text gin_trgm_ops)",
    // A status changes without touching an index: room in the page lets the row stay there.
    "ALTER TABLE entries SET (fillfactor = 80)",
    "ALTER TABLE documents SET (fillfactor = 80)",
};

// Partners in order of their last activity, and by name in Swedish order. What is not folded yet is looked up
// by its owner.
//
// root_heads: the heads that a day's root signs, one per document that had changed; in the order of
// documents, since verify walks them beside the events.
constexpr std::string_view second[] = {
    "ALTER TABLE partners ADD COLUMN name_sorted {text} NOT NULL DEFAULT ''",
    "DROP INDEX partners_name",
    "CREATE INDEX partners_name ON partners (owner, name_sorted, identifier)",
    "CREATE INDEX partners_activity ON partners (owner, (COALESCE(last_activity_at, 0)) DESC, name_sorted, "
    "identifier)",
    "CREATE INDEX partner_deltas_owner ON partner_deltas (owner, identifier)",

    "CREATE TABLE roots (day BIGINT PRIMARY KEY, at BIGINT NOT NULL, documents BIGINT NOT NULL, "
    "previous {bytes} NOT NULL, root {bytes} NOT NULL, signature {bytes} NOT NULL, public_key {bytes} NOT "
    "NULL)",
    "CREATE TABLE root_heads (document {uuid} NOT NULL, day BIGINT NOT NULL, sequence BIGINT NOT NULL, "
    "head {bytes} NOT NULL, PRIMARY KEY (document, day)){clustered}",
};

// What is kept already and can be said in no statement that both databases know.
Outcome sortNames(Connection& connection) {
  std::vector<std::pair<std::string, std::pair<CompanyId, std::string>>> names;
  CHECK_OK(connection.run("SELECT name, owner, identifier FROM partners", {}, [&](const Row& row) {
    Columns c(row);
    auto& [name, key] = names.emplace_back();
    name = c.text();
    key.first = c.company();
    key.second = c.text();
  }));
  for (const auto& [name, key] : names)
    CHECK_OK(connection.run("UPDATE partners SET name_sorted = ?3 WHERE owner = ?1 AND identifier = ?2",
                            {key.first, key.second, sortedName(name)}));
  return {};
}

// The cube by what entries say now. A later step makes the table anew: this is written as it stood then.
Outcome countAgain(Connection& connection) {
  Pending counted;
  CHECK_OK(connection.run(
      "SELECT company, received_at, direction, channel, kind, status, currency, counterpart_company, amount "
      "FROM entries",
      {}, [&](const Row& row) {
        Columns c(row);
        Cell cell;
        cell.company = c.company();
        cell.day = dayNumber(dateInStockholm(c.instant()));
        for (auto* text : {&cell.direction, &cell.channel, &cell.kind, &cell.status, &cell.currency})
          *text = c.text();
        cell.counterpartCompany = c.company();
        counted.count(cell, {.documents = 1, .hundredths = amountOfKey(c.number())});
      }));
  for (const auto& [cell, delta] : counted.statistics)
    CHECK_OK(connection.later(
        "INSERT INTO statistics_deltas (company, day, direction, channel, kind, status, currency, "
        "counterpart_company, documents, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        {cell.company, cell.day, cell.direction, cell.channel, cell.kind, cell.status, cell.currency,
         cell.counterpartCompany, delta.documents, static_cast<std::int64_t>(delta.hundredths)}));
  return {};
}

struct Step {
  std::span<const std::string_view> shared, sqlite, postgres;
  Outcome (*rows)(Connection&) = nullptr;
};
constexpr Step steps[] = {{first, first_sqlite, first_postgres},
                          {second, {}, {}, sortNames},
                          {filters_schema, {}, {}},
                          {smartmail_schema, {}, {}},
                          {roads_schema, {}, {}},
                          {peppol_schema, {}, {}},
                          {handover_schema, {}, {}},
                          {bank_schema, {}, {}},
                          {access_schema, {}, {}, countAgain},
                          {audit_schema, audit_sqlite, audit_postgres},
                          {keys_schema, {}, {}},
                          {webhooks_schema, {}, {}},
                          {companies_schema, {}, {}},
                          {people_schema, {}, {}},
                          {retention_schema, {}, {}},
                          {oidc_schema, {}, {}},
                          {exports_schema, {}, {}},
                          {partners_schema, {}, {}, countPartnersAgain},
                          {statistics_schema, {}, {}, countFromEvents},
                          {tickets_schema, {}, {}},
                          {leads_schema, {}, {}},
                          {news_schema, {}, {}},
                          {search_schema, {}, search_postgres, indexAgain},
                          {distinctions_schema, {}, {}},
                          {desks_schema, {}, {}},
                          {{}, search_parts_sqlite, {}, sumWeeks},
                          {packed_schema, {}, {}, packEverything},
                          {{}, {}, {}, nameTroubles}};

using Words = std::vector<std::pair<std::string_view, std::string_view>>;
const Words sqlite_words = {{"{text}", "TEXT"},
                            {"{bytes}", "BLOB"},
                            {"{uuid}", "BLOB"},
                            {"{clustered}", " WITHOUT ROWID"},
                            {"{key}", "INTEGER PRIMARY KEY"},
                            {"{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT"},
                            {"{entry_number}", "INTEGER PRIMARY KEY"},
                            {"{entry_key}", ""},
                            {"{search_number}", "INTEGER PRIMARY KEY"},
                            {"{search_key}", ""},
                            {"{transaction}", ""},
                            {"{transaction_key}", ""}};
const Words postgres_words = {{"{text}", "TEXT COLLATE \"C\""},
                              {"{bytes}", "BYTEA"},
                              {"{uuid}", "UUID"},
                              {"{clustered}", ""},
                              {"{key}", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                              {"{serial}", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"},
                              {"{entry_number}", "BIGINT GENERATED BY DEFAULT AS IDENTITY"},
                              {"{entry_key}", ", PRIMARY KEY (company, id)"},
                              {"{search_number}", "BIGINT NOT NULL"},
                              {"{search_key}", ", PRIMARY KEY (company, id)"},
                              {"{transaction}", "transaction XID8 NOT NULL DEFAULT pg_current_xact_id(), "},
                              {"{transaction_key}", "transaction, "}};

std::string worded(std::string_view statement, const Words& words) {
  std::string text(statement);
  for (const auto& [word, meaning] : words)
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + meaning.size()))
      text.replace(at, word.size(), meaning);
  return text;
}

Outcome take(Connection& connection, const Step& step) {
  const bool postgres = connection.dialect() == Dialect::postgres;
  const auto& words = postgres ? postgres_words : sqlite_words;
  for (const auto statement : step.shared) CHECK_OK(connection.run(worded(statement, words)));
  for (const auto statement : postgres ? step.postgres : step.sqlite) CHECK_OK(connection.run(statement));
  return step.rows ? step.rows(connection) : Outcome();
}

Outcome migrateLocked(Connection& connection, std::int64_t steps_max) {
  CHECK_OK(connection.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"));
  std::int64_t version = 0;
  CHECK_OK(connection.run("SELECT version FROM schema_version", {},
                          [&](const Row& row) { version = row.number(0); }));
  const auto newest = static_cast<std::int64_t>(std::size(steps));
  if (version > newest)
    return postgang::fail(
        ProblemKind::unavailable, "store-too-new",
        "The data was written by a newer Postgång (schema " + std::to_string(version) + ").", {},
        "Start that version, or one after it.");
  const auto wanted = std::min(newest, steps_max);
  if (version >= wanted) return {};
  for (auto step = version; step < wanted; ++step) CHECK_OK(take(connection, steps[step]));
  CHECK_OK(connection.run("DELETE FROM schema_version"));
  CHECK_OK(connection.run("INSERT INTO schema_version (version) VALUES (?1)", {wanted}));
  return {};
}

}  // namespace

Outcome migrate(Connection& connection, std::int64_t steps_max) {
  const bool postgres = connection.dialect() == Dialect::postgres;
  CHECK_OK(connection.run(postgres ? "BEGIN" : "BEGIN IMMEDIATE"));
  Outcome outcome;
  if (postgres)
    if (auto alone = connection.run("SELECT 1 FROM (SELECT pg_advisory_xact_lock(7607473)) AS alone"); !alone)
      outcome = fail(std::move(alone).error());
  if (outcome) outcome = migrateLocked(connection, steps_max);
  const auto ended = connection.run(outcome ? "COMMIT" : "ROLLBACK");
  CHECK_OK(outcome);
  CHECK_OK(ended);
  return {};
}

}  // namespace postgang::store::sql
