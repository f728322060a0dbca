// What retention and a leaving customer's archives need: one step of migrations.cc.
//
// retention_rules: how long a company keeps a kind of document, where that is not the law's own term; `days`
// NULL: in years after the financial year. retention_holds: what stops erasure, a whole company
// (document NULL is the nil id) or one document. All are subjects of their own, no projections.
//
// erased_documents: what is left of a document beside its chain of hashes: how long the chain is and its
// head, which rule it was erased by, and what it counts in statistics (JSON), which keep their counts.
// retention_runs: the last day whose run was begun; one row.
//
// The indexes by digest tell whether other documents have the same bytes. entries_retained: what may be
// erased early lies apart from what may not, so that a run does not walk seven years of invoices.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view retention_schema[] = {
    "ALTER TABLE companies ADD COLUMN financial_year_end BIGINT NOT NULL DEFAULT 12",
    "CREATE TABLE retention_rules (company BIGINT NOT NULL, kind {text} NOT NULL, years BIGINT NOT NULL, "
    "days "
    "BIGINT, changed_at BIGINT NOT NULL, changed_by {text} NOT NULL, PRIMARY KEY (company, "
    "kind)){clustered}",
    "CREATE TABLE retention_holds (company BIGINT NOT NULL, document {uuid} NOT NULL, reason {text} NOT "
    "NULL, since BIGINT NOT NULL, by_whom {text} NOT NULL, PRIMARY KEY (company, document)){clustered}",
    "CREATE INDEX retention_holds_document ON retention_holds (document)",
    "CREATE TABLE erased_documents (document {uuid} PRIMARY KEY, sender BIGINT NOT NULL, receiver BIGINT, "
    "kind {text} NOT NULL, rule {text} NOT NULL, head {bytes} NOT NULL, events BIGINT NOT NULL, erased_at "
    "BIGINT NOT NULL, counted {text} NOT NULL){clustered}",
    "CREATE INDEX erased_documents_sender ON erased_documents (sender, erased_at)",
    "CREATE TABLE retention_runs (only_one BIGINT PRIMARY KEY, day BIGINT NOT NULL)",
    "INSERT INTO retention_runs (only_one, day) VALUES (1, 0)",
    "CREATE TABLE archives (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, by_whom {text} NOT NULL, state "
    "{text} NOT NULL, started_at BIGINT NOT NULL, moved_at BIGINT NOT NULL, ended_at BIGINT, documents "
    "BIGINT "
    "NOT NULL, total BIGINT NOT NULL, size BIGINT NOT NULL, trouble {text} NOT NULL)",
    "CREATE INDEX archives_company ON archives (company, id)",
    "CREATE INDEX documents_digest ON documents (digest)",
    "CREATE INDEX deliveries_sent_digest ON deliveries (sent_digest) WHERE sent_digest IS NOT NULL",
    "CREATE INDEX entries_retained ON entries (company, kind, received_at, id) WHERE direction = 'sent' AND "
    "kind IN ('order', 'order-response', 'despatch-advice')",
};

}  // namespace postgang::store::sql
