#include "access/audit_actions.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace postgang::access {
namespace {

TEST(AuditActions, EachHasWordsInBothLanguages) {
  for (const auto language : {Language::swedish, Language::english}) {
    const auto& texts = Texts::of(language);
    for (const auto action : auditActions()) {
      EXPECT_TRUE(texts.has("audit.did." + std::string(action))) << action;
      EXPECT_TRUE(texts.has("audit.object." + std::string(action.substr(0, action.find('.'))))) << action;
    }
    for (const auto object : auditObjects())
      EXPECT_TRUE(texts.has("audit.object." + std::string(object))) << object;
    for (const auto& row : auditedRoutes())
      if (row.id.starts_with('=')) {
        EXPECT_TRUE(texts.has("audit.setting." + std::string(row.id.substr(1)))) << row.id;
      }
  }
}

TEST(AuditActions, WhatIsRecordedHasAnActionAndWhatIsNotAReason) {
  for (const auto& row : auditedRoutes()) {
    const auto place = std::string(row.method) + " " + std::string(row.route);
    EXPECT_EQ(auditedRoute(row.method, row.route), &row) << place << " is there twice";
    if (row.recorded == Recorded::never) {
      EXPECT_FALSE(row.note.empty()) << place;
      continue;
    }
    EXPECT_NE(row.action.find('.'), std::string_view::npos) << place;
    EXPECT_FALSE(row.object.empty()) << place;
    if (!row.id.empty() && !row.id.starts_with('=')) {
      EXPECT_NE(row.route.find("{" + std::string(row.id) + "}"), std::string_view::npos) << place;
    }
    // What changes something is never left to the queue, but for a document that its own chain tells of.
    if (row.method != "GET" && row.recorded != Recorded::by_handler) {
      EXPECT_TRUE(row.recorded == Recorded::at_once || row.action == "document.sent" ||
                  row.action == "session.ended")
          << place;
    }
  }
}

TEST(AuditActions, HeadIsGetsAndAnotherRouteIsNone) {
  EXPECT_EQ(auditedRoute("HEAD", "/api/v1/documents/{id}"), auditedRoute("GET", "/api/v1/documents/{id}"));
  EXPECT_EQ(auditedRoute("GET", "/api/v1/documents/{id}")->action, "document.seen");
  EXPECT_EQ(auditedRoute("PATCH", "/api/v1/documents/{id}"), nullptr);
  EXPECT_EQ(auditedRoute("GET", "/api/v1/nothing"), nullptr);
}

}  // namespace
}  // namespace postgang::access
