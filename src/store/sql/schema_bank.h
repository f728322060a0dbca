// What the road to internet banks needs: a step of migrations.cc of its own.
//
// bank_agreements: who has applied at its bank to get a company's invoices there (store/bank_agreements.h).
// bank_files: what the hub was handed (store/bank_files.h); the bytes are blobs. Subjects of their own.
//
// companies.bank_acceptance: "by-hand", or empty: applications that mean one counterpart are accepted.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view bank_schema[] = {
    "ALTER TABLE companies ADD COLUMN bank_acceptance {text} NOT NULL DEFAULT ''",
    "CREATE TABLE bank_agreements (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, receiver {text} NOT NULL, "
    "customer_number {text} NOT NULL, identifier {text} NOT NULL, name {text} NOT NULL, bank {text} NOT "
    "NULL, "
    "status {text} NOT NULL, counterpart {text} NOT NULL, source {text} NOT NULL, reference {text} NOT NULL, "
    "reason {text} NOT NULL, answered_by {text} NOT NULL, applied_at BIGINT NOT NULL, answered_at BIGINT, "
    "ended_at BIGINT, told {text} NOT NULL){clustered}",
    "CREATE UNIQUE INDEX bank_agreements_payer ON bank_agreements (company, receiver, customer_number)",
    "CREATE INDEX bank_agreements_listed ON bank_agreements (company, status, applied_at, id)",
    "CREATE INDEX bank_agreements_customer ON bank_agreements (company, customer_number) WHERE status = "
    "'accepted'",
    "CREATE INDEX bank_agreements_counterpart ON bank_agreements (company, counterpart) WHERE status = "
    "'accepted'",
    "CREATE INDEX bank_agreements_identifier ON bank_agreements (company, identifier) WHERE status = "
    "'accepted'",
    "CREATE INDEX bank_agreements_untold ON bank_agreements (applied_at) WHERE status <> 'applied' AND told "
    "<> status",
    "CREATE TABLE bank_files (id {text} PRIMARY KEY, kind {text} NOT NULL, company BIGINT, hub {text} NOT "
    "NULL, made_at BIGINT NOT NULL, digest {bytes} NOT NULL, records BIGINT NOT NULL, handed_over_at BIGINT, "
    "attempts BIGINT NOT NULL, state {text} NOT NULL, answered_at BIGINT, reason {text} NOT NULL, trouble "
    "{text} NOT NULL){clustered}",
    "CREATE INDEX bank_files_made ON bank_files (made_at)",
    "CREATE INDEX bank_files_company ON bank_files (company, made_at)",
};

}  // namespace postgang::store::sql
