// What deliveries by e-mail and on paper need: the fourth step of migrations.cc.
//
// deliveries: `road` is Road as JSON, `state` is roadState(); sender, state, sent_at, deadline and
// letter_price (hundredths) stand for lists, counts and sums, and are empty for other channels. So that lists
// follow an index, a mail that has not left has sent_at 0 (refused at the door: when that was), and one
// without a deadline the last instant there is.
//
// companies: `inbound_key` stands in the address that a company's suppliers mail invoices to; empty: none.
//
// recipient_links: who may open a Smartmail's page, by the SHA-256 of the token; `page_key` is what the page
// after the opening is reached by, for an hour, `bounce_key` what its mail comes back under. print_batches:
// what a print house was handed; its zip is a blob. Both are subjects of their own, no projections.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view smartmail_schema[] = {
    "ALTER TABLE companies ADD COLUMN smartmail {text} NOT NULL DEFAULT ''",
    "ALTER TABLE partners ADD COLUMN smartmail {text} NOT NULL DEFAULT ''",
    "ALTER TABLE companies ADD COLUMN morning_list {text} NOT NULL DEFAULT ''",
    "ALTER TABLE companies ADD COLUMN inbound_key {text} NOT NULL DEFAULT ''",
    "CREATE UNIQUE INDEX companies_inbound_key ON companies (inbound_key) WHERE inbound_key <> ''",

    "ALTER TABLE deliveries ADD COLUMN road {text} NOT NULL DEFAULT ''",
    "ALTER TABLE deliveries ADD COLUMN sender BIGINT",
    "ALTER TABLE deliveries ADD COLUMN state {text} NOT NULL DEFAULT ''",
    "ALTER TABLE deliveries ADD COLUMN sent_at BIGINT",
    "ALTER TABLE deliveries ADD COLUMN deadline BIGINT",
    "ALTER TABLE deliveries ADD COLUMN letter_price BIGINT",
    "CREATE INDEX deliveries_listed ON deliveries (sender, channel, state, deadline, document, id) WHERE "
    "sender IS NOT NULL",
    "CREATE INDEX deliveries_sent ON deliveries (sender, channel, sent_at, document, id, state, currency, "
    "letter_price) WHERE sender IS NOT NULL",
    "CREATE INDEX deliveries_queued ON deliveries (deadline, document) WHERE state = 'queued'",
    "CREATE INDEX deliveries_id ON deliveries (id) WHERE sender IS NOT NULL",

    "CREATE TABLE recipient_links (token_digest {bytes} PRIMARY KEY, document {uuid} NOT NULL, delivery "
    "{uuid} "
    "NOT NULL, recipient {text} NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at "
    "BIGINT, page_key {text} NOT NULL, page_until BIGINT NOT NULL, bounce_key {text} NOT NULL){clustered}",
    "CREATE INDEX recipient_links_bounce ON recipient_links (bounce_key)",
    "CREATE INDEX recipient_links_delivery ON recipient_links (delivery)",

    "CREATE TABLE print_batches (id {text} PRIMARY KEY, house {text} NOT NULL, cut_off BIGINT NOT NULL, "
    "made_at BIGINT NOT NULL, digest {bytes} NOT NULL, letters BIGINT NOT NULL, sheets BIGINT NOT NULL, "
    "uploaded_at BIGINT, attempts BIGINT NOT NULL, trouble {text} NOT NULL){clustered}",
};

}  // namespace postgang::store::sql
