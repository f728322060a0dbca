// The schema's step for leads. Whoever asks again is found by address or number; lists go by when a lead was
// last heard of. lead_mails has digests of addresses, for a day: who has had a confirmation is nobody's
// business.
#pragma once

#include <string_view>

namespace postgang::store::sql {

constexpr std::string_view leads_schema[] = {
    "CREATE TABLE leads (id {uuid} PRIMARY KEY, name {text} NOT NULL, company {text} NOT NULL, "
    "email {text} NOT NULL, phone {text} NOT NULL, message {text} NOT NULL, language {text} NOT NULL, "
    "source {text} NOT NULL, consent {text} NOT NULL, consented_at BIGINT, state {text} NOT NULL, "
    "lost_reason {text} NOT NULL, assigned_to {uuid}, remind_on BIGINT, customer BIGINT, times BIGINT NOT "
    "NULL, search {text} NOT NULL, created_at BIGINT NOT NULL, last_at BIGINT NOT NULL, state_at BIGINT NOT "
    "NULL)",
    "CREATE INDEX leads_last ON leads (last_at, id)",
    "CREATE INDEX leads_state ON leads (state, last_at, id)",
    "CREATE INDEX leads_email ON leads (email) WHERE email <> ''",
    "CREATE INDEX leads_phone ON leads (phone) WHERE phone <> ''",
    "CREATE TABLE lead_notes (lead {uuid} NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, kind {text} "
    "NOT NULL, by_name {text} NOT NULL, text {text} NOT NULL, PRIMARY KEY (lead, number)){clustered}",
    "CREATE TABLE lead_mails (recipient {bytes} NOT NULL, day BIGINT NOT NULL, PRIMARY KEY (recipient, "
    "day)){clustered}",
    "CREATE INDEX jobs_dead_key ON jobs (key) WHERE state = 2",
    "CREATE TABLE lead_settings (only_one BIGINT PRIMARY KEY, months_kept BIGINT NOT NULL){clustered}",
};

}  // namespace postgang::store::sql
