// What people are told, a row for each person: one step of migrations.cc. A subject of its own, no
// projection: what somebody has read follows from no event.
//
// notifications: company, direction and kind say what of a company one must see to see the row (sql/seen.h);
// direction and kind are empty where it is about no document. mail: "each", "digest", or empty. desk: news.h;
// a step of its own.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view news_schema[] = {
    "CREATE TABLE notifications (id {uuid} PRIMARY KEY, user_id {uuid} NOT NULL, news {text} NOT NULL, "
    "company BIGINT NOT NULL, direction {text} NOT NULL, kind {text} NOT NULL, document {uuid}, path {text} "
    "NOT NULL, words {text} NOT NULL, count BIGINT NOT NULL, personal BIGINT NOT NULL, administrators BIGINT "
    "NOT NULL, shown BIGINT NOT NULL, unread BIGINT NOT NULL, mail {text} NOT NULL, mailed_at BIGINT, "
    "first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, read_at BIGINT){clustered}",
    "CREATE INDEX notifications_user ON notifications (user_id, unread, last_at, id)",
    "CREATE INDEX notifications_unmailed ON notifications (user_id) WHERE mail <> '' AND mailed_at IS NULL",
    "CREATE INDEX notifications_document ON notifications (document) WHERE document IS NOT NULL",
    "CREATE INDEX notifications_at ON notifications (last_at)",
    "CREATE INDEX notifications_leads ON notifications (path) WHERE news = 'lead'",

    "CREATE TABLE news_told (company BIGINT NOT NULL, news {text} NOT NULL, key {text} NOT NULL, at BIGINT "
    "NOT NULL, PRIMARY KEY (company, news, key)){clustered}",
    "CREATE INDEX news_told_at ON news_told (at)",

    // Kinds that a person does not want in the portal, or wants though it would not get them by itself.
    "CREATE TABLE own_news (user_id {uuid} NOT NULL, kind {text} NOT NULL, shown BIGINT NOT NULL, PRIMARY "
    "KEY (user_id, kind)){clustered}",
    "ALTER TABLE own_settings ADD COLUMN also_seen BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE own_settings ADD COLUMN digest_hour BIGINT NOT NULL DEFAULT 7",
};

inline constexpr std::string_view desks_schema[] = {
    "ALTER TABLE notifications ADD COLUMN desk BIGINT",
};

}  // namespace postgang::store::sql
