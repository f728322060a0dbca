// The schema's step for cells of counterparts that lie packed (counterpart_packing.h): `count` of them in
// `cells`. Rows of counterparts are now what has come since: one may say that documents were opened which lie
// packed; the index holds those of nothing at all. statistics_erased: where documents were erased, which is
// to be packed when their rows are folded, so that no counterpart's name stays.
#pragma once

#include <string_view>

namespace postgang::store::sql {

constexpr std::string_view packed_schema[] = {
    "CREATE TABLE statistics_packed (company BIGINT NOT NULL, day BIGINT NOT NULL, direction {text} NOT "
    "NULL, "
    "channel {text} NOT NULL, kind {text} NOT NULL, currency {text} NOT NULL, count BIGINT NOT NULL, cells "
    "{bytes} NOT NULL, PRIMARY KEY (company, day, direction, channel, kind, currency)){clustered}",
    "CREATE TABLE statistics_erased (id {serial}, company BIGINT NOT NULL, day BIGINT NOT NULL, direction "
    "{text} "
    "NOT NULL)",
    "ALTER TABLE statistics_deltas DROP COLUMN folding",
    "DROP INDEX statistics_counterparts_empty",
    "CREATE INDEX statistics_counterparts_empty ON statistics_counterparts (company, day) WHERE documents = "
    "0 "
    "AND amount_units = 0 AND amount = 0 AND sheets = 0 AND delivered = 0 AND opened = 0 AND stopped = 0 AND "
    "cost = 0",
};

}  // namespace postgang::store::sql
