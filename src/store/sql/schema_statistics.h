// What statistics.h and figures.h answer from: one step of migrations.cc.
//
// entries: what is counted of a document beside its status, so that a later event can move it from one cell
// to another: when it was delivered and opened first, whether it was ever stopped, the letters' sheets, and
// what its deliveries cost ("1250 SEK 90 EUR", hundredths).
//
// statistics_deltas has one row per change with every dimension; the fold makes the cubes of it, each by days
// (20261123) and by months (202611): months are what long periods are summed from. `amount` is a remainder
// of amount_units, thousand millions of hundredths, so that no sum of hostile amounts overflows. The indexes
// hold cells that have come to nothing, for the fold to take away.
//
// statistics_schedules: who wants what, mailed; `recipients` are users' ids with blanks between.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view statistics_schema[] = {
    "ALTER TABLE entries ADD COLUMN delivered_at BIGINT",
    "ALTER TABLE entries ADD COLUMN opened_at BIGINT",
    "ALTER TABLE entries ADD COLUMN was_stopped BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE entries ADD COLUMN sheets BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE entries ADD COLUMN costs {text} NOT NULL DEFAULT ''",

    "DROP TABLE statistics_deltas",
    "CREATE TABLE statistics_deltas (id {key}, folding BIGINT NOT NULL DEFAULT 0, company BIGINT NOT NULL, "
    "day BIGINT NOT NULL, direction {text} NOT NULL, channel {text} NOT NULL, kind {text} NOT NULL, status "
    "{text} NOT NULL, currency {text} NOT NULL, counterpart_company BIGINT NOT NULL, counterpart {text} NOT "
    "NULL, format {text} NOT NULL, country {text} NOT NULL, to_delivered BIGINT NOT NULL, to_opened BIGINT "
    "NOT NULL, documents BIGINT NOT NULL, amount BIGINT NOT NULL, sheets BIGINT NOT NULL, delivered BIGINT "
    "NOT NULL, opened BIGINT NOT NULL, stopped BIGINT NOT NULL, cost BIGINT NOT NULL)",

    "DROP TABLE statistics",
    "CREATE TABLE statistics (company BIGINT NOT NULL, day BIGINT NOT NULL, direction {text} NOT NULL, "
    "channel {text} NOT NULL, kind {text} NOT NULL, status {text} NOT NULL, currency {text} NOT NULL, "
    "counterpart_company BIGINT NOT NULL, documents BIGINT NOT NULL, amount_units BIGINT NOT NULL, amount "
    "BIGINT NOT NULL, sheets BIGINT NOT NULL, delivered BIGINT NOT NULL, opened BIGINT NOT NULL, stopped "
    "BIGINT NOT NULL, cost BIGINT NOT NULL, PRIMARY KEY (company, day, direction, channel, kind, status, "
    "currency, counterpart_company)){clustered}",
    "CREATE INDEX statistics_empty ON statistics (company, day) WHERE documents = 0 AND amount_units = 0 AND "
    "amount = 0 AND cost = 0",

    "CREATE TABLE statistics_origins (company BIGINT NOT NULL, day BIGINT NOT NULL, direction {text} NOT "
    "NULL, channel {text} NOT NULL, kind {text} NOT NULL, format {text} NOT NULL, country {text} NOT NULL, "
    "currency {text} NOT NULL, counterpart_company BIGINT NOT NULL, documents BIGINT NOT NULL, amount_units "
    "BIGINT NOT NULL, amount BIGINT NOT NULL, sheets BIGINT NOT NULL, delivered BIGINT NOT NULL, opened "
    "BIGINT NOT NULL, stopped BIGINT NOT NULL, cost BIGINT NOT NULL, PRIMARY KEY (company, day, direction, "
    "channel, kind, format, country, currency, counterpart_company)){clustered}",
    "CREATE INDEX statistics_origins_empty ON statistics_origins (company, day) WHERE documents = 0 AND "
    "amount_units = 0 AND amount = 0 AND cost = 0",

    "CREATE TABLE statistics_counterparts (company BIGINT NOT NULL, day BIGINT NOT NULL, direction {text} "
    "NOT NULL, counterpart {text} NOT NULL, channel {text} NOT NULL, kind {text} NOT NULL, currency {text} "
    "NOT NULL, counterpart_company BIGINT NOT NULL, documents BIGINT NOT NULL, amount_units BIGINT NOT NULL, "
    "amount BIGINT NOT NULL, sheets BIGINT NOT NULL, delivered BIGINT NOT NULL, opened BIGINT NOT NULL, "
    "stopped BIGINT NOT NULL, cost BIGINT NOT NULL, PRIMARY KEY (company, day, direction, counterpart, "
    "channel, kind, currency, counterpart_company)){clustered}",
    "CREATE INDEX statistics_counterparts_empty ON statistics_counterparts (company, day) WHERE documents = "
    "0 AND amount_units = 0 AND amount = 0 AND cost = 0",

    "CREATE TABLE statistics_times (company BIGINT NOT NULL, day BIGINT NOT NULL, direction {text} NOT NULL, "
    "channel {text} NOT NULL, kind {text} NOT NULL, counterpart_company BIGINT NOT NULL, until {text} NOT "
    "NULL, bucket BIGINT NOT NULL, documents BIGINT NOT NULL, PRIMARY KEY (company, day, direction, channel, "
    "kind, counterpart_company, until, bucket)){clustered}",
    "CREATE INDEX statistics_times_empty ON statistics_times (company, day) WHERE documents = 0",

    "CREATE TABLE statistics_schedules (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, name {text} NOT "
    "NULL, question {text} NOT NULL, every {text} NOT NULL, formats {text} NOT NULL, recipients {text} NOT "
    "NULL, everything BIGINT NOT NULL, created_by {uuid} NOT NULL, created_by_name {text} NOT NULL, "
    "created_at BIGINT NOT NULL, next_at BIGINT NOT NULL, last_sent_at BIGINT, paused_reason {text} NOT "
    "NULL){clustered}",
    "CREATE INDEX statistics_schedules_company ON statistics_schedules (company, id)",
};

}  // namespace postgang::store::sql
