// What webhooks of integrators need: one step of migrations.cc.
//
// webhook_position has one row: how far the feed has been told. Whoever tells on changes it first, so that
// two nodes wait for each other there. webhook_messages: (webhook, position) is unique, so that nothing is
// told twice even where that row were put back; a test has its own id for a position.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view webhooks_schema[] = {
    "CREATE TABLE webhooks (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, url {text} NOT NULL, description "
    "{text} NOT NULL, events {text} NOT NULL, directions {text} NOT NULL, kinds {text} NOT NULL, "
    "include_subsidiaries BIGINT NOT NULL, active BIGINT NOT NULL, secret {text} NOT NULL, previous_secret "
    "{text} NOT NULL, previous_until BIGINT, created_at BIGINT NOT NULL, created_by {text} NOT NULL, "
    "changed_at BIGINT NOT NULL, changed_by {text} NOT NULL, active_since BIGINT NOT NULL, failing_since "
    "BIGINT, off_reason {text} NOT NULL){clustered}",
    "CREATE INDEX webhooks_company ON webhooks (company, id)",
    "CREATE INDEX webhooks_active ON webhooks (company) WHERE active = 1",

    "CREATE TABLE webhook_position (only_one BIGINT PRIMARY KEY, position {text} NOT NULL, swept_at BIGINT "
    "NOT "
    "NULL)",
    "INSERT INTO webhook_position (only_one, position, swept_at) VALUES (1, '0.0', 0)",

    "CREATE TABLE webhook_messages (id {uuid} PRIMARY KEY, webhook {uuid} NOT NULL, company BIGINT NOT NULL, "
    "position {text} NOT NULL, document {uuid}, type {text} NOT NULL, payload {text} NOT NULL, state {text} "
    "NOT NULL, round BIGINT NOT NULL, tries BIGINT NOT NULL, attempts BIGINT NOT NULL, created_at BIGINT NOT "
    "NULL, next_try_at BIGINT, ended_at BIGINT, UNIQUE (webhook, position)){clustered}",
    "CREATE INDEX webhook_messages_newest ON webhook_messages (webhook, id)",
    "CREATE INDEX webhook_messages_state ON webhook_messages (webhook, state, id)",
    "CREATE INDEX webhook_messages_created ON webhook_messages (created_at)",

    "CREATE TABLE webhook_attempts (message {uuid} NOT NULL, number BIGINT NOT NULL, webhook {uuid} NOT "
    "NULL, "
    "started_at BIGINT NOT NULL, milliseconds BIGINT, status BIGINT NOT NULL, code {text} NOT NULL, detail "
    "{text} NOT NULL, answer {text} NOT NULL, PRIMARY KEY (message, number)){clustered}",
    "CREATE INDEX webhook_attempts_webhook ON webhook_attempts (webhook, started_at)",
};

}  // namespace postgang::store::sql
