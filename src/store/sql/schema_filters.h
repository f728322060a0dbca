// Tables of filters, registers, stops and notices: the third step of migrations.cc.
//
// stops: one row per document that a filter stopped or held, a projection of its events; what lists and
// trends of stops are counted from. `settled_how` says how it ended: "corrected", "released", "cancelled".
//
// filter_versions: `rules_digest` is the rules' SHA-256, by which compiled filters are remembered.
//
// register_rows: a register is replaced as a whole by counting up `generation`, so that a million rows come
// in while the old ones still answer. `value` is folded for comparing, `shown` as its owner wrote it, `words`
// is value and label folded for searching.
//
// notice_documents: a document's latest notice is the one that counts, and there is at most one, so that two
// workers cannot tell of the same stop twice.
//
// notices, links, remembered: what was told to whom and what a sender wants done the next time are subjects
// of their own, no projections; each telling is also an event of its documents.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view filters_schema[] = {
    "ALTER TABLE companies ADD COLUMN customer BIGINT NOT NULL DEFAULT 1",
    "ALTER TABLE companies ADD COLUMN notice_email {text} NOT NULL DEFAULT ''",
    "ALTER TABLE companies ADD COLUMN notice_texts {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN email_verified_at BIGINT",
    "ALTER TABLE partners ADD COLUMN email_verified_by {text} NOT NULL DEFAULT ''",

    "CREATE TABLE filters (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, version BIGINT NOT NULL, "
    "created_at BIGINT "
    "NOT NULL, deleted_at BIGINT)",
    "CREATE INDEX filters_company ON filters (company)",
    "CREATE TABLE filter_versions (filter {uuid} NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL, "
    "by_id {text} NOT "
    "NULL, by_name {text} NOT NULL, comment {text} NOT NULL, name {text} NOT NULL, active BIGINT NOT NULL, "
    "active_from "
    "BIGINT, rules {text} NOT NULL, rules_digest {bytes} NOT NULL, PRIMARY KEY (filter, "
    "version)){clustered}",

    "CREATE TABLE registers (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, name {text} NOT NULL, kind "
    "{text} NOT NULL, "
    "shared BIGINT NOT NULL, generation BIGINT NOT NULL, next_generation BIGINT NOT NULL, row_count BIGINT "
    "NOT NULL, changed_at BIGINT NOT "
    "NULL, "
    "changed_by {text} NOT NULL, deleted_at BIGINT)",
    "CREATE INDEX registers_company ON registers (company)",
    "CREATE TABLE register_rows (register {uuid} NOT NULL, generation BIGINT NOT NULL, value {text} NOT "
    "NULL, supplier "
    "{text} NOT NULL, valid_from BIGINT NOT NULL, valid_to BIGINT NOT NULL, shown {text} NOT NULL, label "
    "{text} NOT NULL, words {text} NOT NULL, "
    "PRIMARY KEY (register, generation, value, supplier, valid_from)){clustered}",
    "CREATE INDEX register_rows_supplier ON register_rows (register, generation, supplier) WHERE supplier <> "
    "''",

    "CREATE TABLE stops (document {uuid} PRIMARY KEY, sender BIGINT NOT NULL, receiver BIGINT, at BIGINT NOT "
    "NULL, "
    "cause {text} NOT NULL, term {text} NOT NULL, filter {text} NOT NULL, demand {text} NOT NULL, held "
    "BIGINT NOT NULL, settled_at "
    "BIGINT, "
    "settled_how {text} NOT NULL){clustered}",
    "CREATE INDEX stops_sender ON stops (sender, at)",
    "CREATE INDEX stops_receiver ON stops (receiver, at) WHERE receiver IS NOT NULL",

    "CREATE TABLE notices (id {uuid} PRIMARY KEY, receiver BIGINT NOT NULL, sender BIGINT NOT NULL, state "
    "{text} NOT NULL, way {text} NOT NULL, address {text} NOT NULL, created_at BIGINT NOT NULL, sent_at "
    "BIGINT, read_at BIGINT, reason {text} NOT NULL, missing {text} NOT NULL, reminders BIGINT NOT NULL, "
    "plan {text} NOT NULL, round BIGINT NOT NULL, attempts BIGINT NOT NULL, started_at BIGINT, evidence "
    "{text} NOT NULL)",
    "CREATE INDEX notices_receiver ON notices (receiver, created_at)",
    "CREATE INDEX notices_sender ON notices (sender, created_at)",
    "CREATE INDEX notices_unreachable ON notices (receiver) WHERE state = 'unreachable'",
    "CREATE TABLE notice_documents (notice {uuid} NOT NULL, document {uuid} NOT NULL, latest BIGINT NOT "
    "NULL, PRIMARY KEY (notice, document)){clustered}",
    "CREATE UNIQUE INDEX notice_documents_latest ON notice_documents (document) WHERE latest = 1",
    "CREATE INDEX notice_documents_document ON notice_documents (document)",
    "CREATE TABLE links (token_digest {bytes} PRIMARY KEY, notice {uuid} NOT NULL, may_edit BIGINT NOT NULL, "
    "address "
    "{text} NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT){clustered}",
    "CREATE INDEX links_notice ON links (notice)",

    "CREATE TABLE remembered (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, counterpart {text} NOT NULL, "
    "counterpart_name {text} NOT NULL, term {text} NOT NULL, value {text} NOT NULL, cause {text} NOT NULL, "
    "created_at "
    "BIGINT NOT NULL, created_by {text} NOT NULL, withdrawn_at BIGINT, withdrawn_by {text} NOT NULL, used "
    "BIGINT NOT "
    "NULL)",
    "CREATE INDEX remembered_company ON remembered (company, counterpart)",
};

}  // namespace postgang::store::sql
