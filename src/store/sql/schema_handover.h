// What handing over into receivers' own systems needs: one step of migrations.cc.
//
// deliveries_handed: what lies waiting for a receiver's system. The condition stands in every question word
// for word, or the index would not be used.
//
// handover_settings: how a company takes documents, by kind, as JSON of channels/handover.h, with the secret
// that its webhook is signed with; handover_changes: every version of them and who made it. handover_tests:
// test documents that were handed over, which are no documents. watched_folders and watched_files: where
// files to be sent are laid, and what became of each. All are subjects of their own, no projections.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view handover_schema[] = {
    "CREATE INDEX deliveries_handed ON deliveries (receiver, id) WHERE state IN ('waiting', 'overdue') AND "
    "receiver IS NOT NULL",

    "CREATE TABLE handover_settings (company BIGINT NOT NULL, kind {text} NOT NULL, settings {text} NOT "
    "NULL, "
    "secret {text} NOT NULL, version BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by {text} NOT "
    "NULL, "
    "PRIMARY KEY (company, kind)){clustered}",
    "CREATE TABLE handover_changes (company BIGINT NOT NULL, kind {text} NOT NULL, version BIGINT NOT NULL, "
    "settings {text} NOT NULL, changed_at BIGINT NOT NULL, changed_by {text} NOT NULL, "
    "PRIMARY KEY (company, kind, version)){clustered}",

    "CREATE TABLE handover_tests (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, kind {text} NOT NULL, way "
    "{text} NOT NULL, number {text} NOT NULL, original {text} NOT NULL, started_at BIGINT NOT NULL, state "
    "{text} NOT NULL, evidence {text} NOT NULL, detail {text} NOT NULL, ended_at BIGINT, fetched_at "
    "BIGINT){clustered}",
    "CREATE INDEX handover_tests_company ON handover_tests (company, id)",

    "CREATE TABLE watched_folders (company BIGINT PRIMARY KEY, settings {text} NOT NULL, version BIGINT NOT "
    "NULL, changed_at BIGINT NOT NULL, changed_by {text} NOT NULL, looked_at BIGINT, trouble {text} NOT "
    "NULL)",
    "CREATE TABLE watched_files (company BIGINT NOT NULL, name {text} NOT NULL, digest {bytes} NOT NULL, "
    "size BIGINT NOT NULL, state {text} NOT NULL, seen_at BIGINT NOT NULL, document {uuid}, words {text} NOT "
    "NULL, PRIMARY KEY (company, name, digest)){clustered}",
    "CREATE INDEX watched_files_seen ON watched_files (company, seen_at)",
};

}  // namespace postgang::store::sql
