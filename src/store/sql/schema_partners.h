// The schema's step for partners.
//
// partners holds what lists sort and filter by, of itself and its aliases together; partner_cells what all of
// it is added up from, under the identifier that documents name. An alias has merged_into, and no counts.
//
// partners_standing holds all that a partner's standing follows from: how many there are of each is read from
// the index alone.
#pragma once

#include <string_view>

namespace postgang::store::sql {

constexpr std::string_view partners_schema[] = {
    "ALTER TABLE documents ADD COLUMN accounts {text} NOT NULL DEFAULT ''",

    "ALTER TABLE partners ADD COLUMN merged_into {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN merged_at BIGINT",
    "ALTER TABLE partners ADD COLUMN merged_by {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN first_activity_at BIGINT",
    "ALTER TABLE partners ADD COLUMN silent_at BIGINT",
    "ALTER TABLE partners ADD COLUMN open_stops BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE partners ADD COLUMN amount BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE partners ADD COLUMN accounts_changed BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE partners ADD COLUMN reach {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN reach_at BIGINT",
    "ALTER TABLE partners ADD COLUMN reach_channels {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN reachable BIGINT",
    "ALTER TABLE partners ADD COLUMN taken {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN einvoice {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN einvoice_since BIGINT",
    "ALTER TABLE partners ADD COLUMN check_at BIGINT",
    "CREATE INDEX partners_documents ON partners (owner, (sent_count + received_count) DESC, name_sorted, "
    "identifier)",
    "CREATE INDEX partners_amount ON partners (owner, amount DESC, name_sorted, identifier)",
    "CREATE INDEX partners_standing ON partners (owner, merged_into, open_stops, reachable, "
    "first_activity_at, "
    "silent_at)",
    "CREATE INDEX partners_aliases ON partners (owner, merged_into) WHERE merged_into <> ''",
    "CREATE INDEX partners_stopped ON partners (owner) WHERE open_stops > 0",
    "CREATE INDEX partners_unreached ON partners (owner) WHERE reachable = 0",
    "CREATE INDEX partners_accounts_changed ON partners (owner) WHERE accounts_changed > 0",
    "CREATE INDEX partners_movable ON partners (owner) WHERE einvoice <> '' AND taken IN ('email', 'none', "
    "'print')",
    "CREATE INDEX partners_check ON partners (check_at) WHERE taken IN ('email', 'none', 'print') AND "
    "merged_into = ''",

    "ALTER TABLE partner_deltas ADD COLUMN first_activity_at BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE partner_deltas ADD COLUMN open_stops BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE partner_deltas ADD COLUMN amount BIGINT NOT NULL DEFAULT 0",

    "CREATE TABLE partner_cells (owner BIGINT NOT NULL, identifier {text} NOT NULL, direction {text} NOT "
    "NULL, "
    "period BIGINT NOT NULL, channel {text} NOT NULL, currency {text} NOT NULL, documents BIGINT NOT NULL, "
    "amount BIGINT NOT NULL, firsts BIGINT NOT NULL, faults BIGINT NOT NULL, gone BIGINT NOT NULL, stops "
    "BIGINT NOT NULL, PRIMARY KEY (owner, identifier, direction, period, channel, currency)){clustered}",
    "CREATE TABLE partner_cell_deltas (id {key}, owner BIGINT NOT NULL, identifier {text} NOT NULL, "
    "direction "
    "{text} NOT NULL, period BIGINT NOT NULL, channel {text} NOT NULL, currency {text} NOT NULL, documents "
    "BIGINT NOT NULL, amount BIGINT NOT NULL, firsts BIGINT NOT NULL, faults BIGINT NOT NULL, gone BIGINT "
    "NOT "
    "NULL, stops BIGINT NOT NULL)",
    "CREATE INDEX partner_cell_deltas_owner ON partner_cell_deltas (owner, identifier)",

    "CREATE TABLE partner_accounts (owner BIGINT NOT NULL, identifier {text} NOT NULL, account {text} NOT "
    "NULL, "
    "documents BIGINT NOT NULL, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, confirmed_at BIGINT, "
    "confirmed_by {text} NOT NULL, PRIMARY KEY (owner, identifier, account)){clustered}",
    "CREATE TABLE partner_account_deltas (id {key}, owner BIGINT NOT NULL, identifier {text} NOT NULL, "
    "account "
    "{text} NOT NULL, documents BIGINT NOT NULL, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, document "
    "{uuid} NOT NULL)",
    "CREATE INDEX partner_account_deltas_owner ON partner_account_deltas (owner, identifier)",

    "CREATE TABLE partner_invitations (id {uuid} PRIMARY KEY, owner BIGINT NOT NULL, identifier {text} NOT "
    "NULL, "
    "address {text} NOT NULL, address_folded {text} NOT NULL, token_digest {bytes} NOT NULL UNIQUE, language "
    "{text} NOT NULL, sent_at BIGINT NOT NULL, sent_by {text} NOT NULL, expires_at BIGINT NOT NULL, "
    "answered_at "
    "BIGINT, answer {text} NOT NULL, value {text} NOT NULL, settled_at BIGINT, settled_by {text} NOT NULL, "
    "taken "
    "BIGINT NOT NULL DEFAULT 0)",
    "CREATE INDEX partner_invitations_partner ON partner_invitations (owner, identifier, sent_at)",
    "CREATE INDEX partner_invitations_sent ON partner_invitations (owner, sent_at)",
    "CREATE INDEX partner_invitations_address ON partner_invitations (address_folded, sent_at)",
    "CREATE TABLE refused_invitations (address_folded {text} PRIMARY KEY, at BIGINT NOT NULL){clustered}",
};

}  // namespace postgang::store::sql
