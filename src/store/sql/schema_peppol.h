// What Peppol needs: a step of migrations.cc.
//
// peppol_exchanges: store/peppol_exchanges.h. The index by confirmed_at is
// what a month's reports walk over, the others are what an answer and a repeated attempt find it by.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view peppol_schema[] = {
    "CREATE TABLE peppol_exchanges (instance {text} NOT NULL, direction {text} NOT NULL, kind {text} NOT "
    "NULL, document {uuid}, delivery {uuid}, company BIGINT, sender {text} NOT NULL, receiver {text} NOT "
    "NULL, document_scheme {text} NOT NULL, document_type {text} NOT NULL, process_scheme {text} NOT NULL, "
    "process {text} NOT NULL, sender_country {text} NOT NULL, receiver_country {text} NOT NULL, "
    "sender_access_point {text} NOT NULL, receiver_access_point {text} NOT NULL, transport {text} NOT NULL, "
    "about {text} NOT NULL, mls_to {text} NOT NULL, mls_always BIGINT NOT NULL, envelope {bytes} NOT NULL, "
    "handed_over_at BIGINT NOT NULL, confirmed_at BIGINT, message_id {text} NOT NULL, mls {text} NOT NULL, "
    "mls_at BIGINT, mls_words {text} NOT NULL, PRIMARY KEY (instance, direction)){clustered}",
    "CREATE INDEX peppol_exchanges_confirmed ON peppol_exchanges (confirmed_at) WHERE confirmed_at IS NOT "
    "NULL",
    "CREATE INDEX peppol_exchanges_document ON peppol_exchanges (document) WHERE document IS NOT NULL",
    "CREATE INDEX peppol_exchanges_delivery ON peppol_exchanges (delivery) WHERE delivery IS NOT NULL",
};

}  // namespace postgang::store::sql
