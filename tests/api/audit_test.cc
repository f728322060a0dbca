// The audit trail through the interface: what is told, of whom, to whom.
#include <algorithm>
#include <set>

#include "access/audit_actions.h"
#include "base/text.h"
#include "store/audit.h"
#include "tests/api/world.h"

namespace postgang::api {
namespace {

class AuditApi : public World {
 protected:
  // key() makes them with what is said; these see the trail, too.
  std::string seeing(CompanyId company) {
    return key(company, {"documents:read", "documents:write", "partners:read", "partners:write",
                         "filters:read", "filters:write", "audit:read"});
  }
  boost::json::array trail(const std::string& key, const std::string& query = {}) {
    const auto reply = get("/api/v1/audit?limit=200" + query, key);
    EXPECT_EQ(reply.status, 200) << reply.bytes();
    return jsonOf(reply).as_object().at("items").as_array();
  }
  // The newest first, without the reading of the trail itself.
  std::string actions(const std::string& key, const std::string& query = {}) {
    std::string all;
    for (const auto& item : trail(key, query)) {
      const auto action = std::string(item.at("action").as_string());
      if (action != "audit.seen") all += (all.empty() ? "" : " ") + action;
    }
    return all;
  }
};

TEST_F(AuditApi, EveryRouteIsInTheTableAndEveryRowHasARoute) {
  std::set<std::pair<std::string, std::string>> routes, rows;
  for (const auto& route : router_.routes()) routes.insert(route);
  for (const auto& row : access::auditedRoutes()) rows.emplace(row.method, row.route);
  for (const auto& [method, route] : routes)
    EXPECT_TRUE(rows.contains({method, route}))
        << method << " " << route << " is not in access/audit_routes.cc";
  for (const auto& [method, route] : rows)
    EXPECT_TRUE(routes.contains({method, route})) << method << " " << route << " is no route any more";
}

TEST_F(AuditApi, WhoSawADocumentIsToldOnceInTenMinutes) {
  const auto own = seeing(energi_);
  const auto id = delivered(own, "F-1", energi, granberga);
  EXPECT_EQ(actions(own), "document.sent");
  for (const std::string below : {"", "/events", "/terms", "/findings"})
    EXPECT_EQ(get("/api/v1/documents/" + id + below, own).status, 200) << below;
  EXPECT_EQ(actions(own), "document.seen document.sent");
  clock_.advanceSeconds(9 * 60);
  (void)get("/api/v1/documents/" + id, own);
  EXPECT_EQ(actions(own), "document.seen document.sent");
  clock_.advanceSeconds(61);
  (void)get("/api/v1/documents/" + id, own);
  EXPECT_EQ(actions(own), "document.seen document.seen document.sent");
  const auto newest = trail(own, "&action=document.seen").front();
  EXPECT_EQ(newest.at("objectName").as_string(), "F-1");
  EXPECT_EQ(newest.at_pointer("/detail/type").as_string(), "invoice");
  EXPECT_EQ(newest.at_pointer("/actor/kind").as_string(), "key");
  EXPECT_EQ(newest.at_pointer("/actor/name").as_string(), "Affärssystem");
}

TEST_F(AuditApi, EachCopyOfTheFileIsTold) {
  const auto own = seeing(energi_);
  const auto id = delivered(own, "F-1", energi, granberga);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(get("/api/v1/documents/" + id + "/original", own).status, 200);
  EXPECT_EQ(actions(own), "document.downloaded document.downloaded document.sent");
}

TEST_F(AuditApi, WhatWasRefusedOrNotFoundIsNotTold) {
  const auto own = seeing(energi_), other = seeing(granberga_);
  const auto id = delivered(own, "F-1", energi, lager);
  EXPECT_EQ(get("/api/v1/documents/" + id, other).status, 404);
  EXPECT_EQ(get("/api/v1/documents/" + id, key(energi_, {"partners:read"})).status, 403);
  EXPECT_EQ(get("/api/v1/documents/" + id, "pg_live_nobody").status, 401);
  EXPECT_EQ(actions(other), "");
  EXPECT_EQ(actions(own), "document.sent");
}

TEST_F(AuditApi, ATrailIsItsOwnCompanys) {
  const auto seller = seeing(energi_), buyer = seeing(granberga_);
  const auto id = delivered(seller, "F-1", energi, granberga);
  EXPECT_EQ(get("/api/v1/documents/" + id, buyer).status, 200);
  EXPECT_EQ(actions(buyer), "document.seen");
  EXPECT_EQ(actions(seller), "document.sent") << "who looked at it there is not the sender's to know";
  EXPECT_EQ(actions(buyer, "&company=" + std::to_string(energi_.value)), "");
  EXPECT_EQ(get("/api/v1/audit", key(energi_)).status, 403) << "without the scope";
  const auto ofDocument = get("/api/v1/documents/" + id + "/audit", buyer);
  EXPECT_EQ(jsonOf(ofDocument).at("items").as_array().size(), 1U) << ofDocument.bytes();
  EXPECT_EQ(get("/api/v1/documents/" + id + "/audit", seeing(lager_)).status, 404);
}

TEST_F(AuditApi, AChangeIsToldWithBeforeAndAfter) {
  const auto own = seeing(energi_);
  const std::string path = "/api/v1/partners/0007:5599900130";
  const auto put = [&](const std::string& body) {
    return call("PUT", path, own, {{"Content-Type", "application/json"}}, body).status;
  };
  EXPECT_EQ(put(R"({"name": "Granberga", "email": "faktura@granberga.example"})"), 201);
  EXPECT_EQ(put(R"({"name": "Granberga Bygg", "email": "ekonomi@granberga.example"})"), 200);
  EXPECT_EQ(put(R"({"name": ""})"), 400);
  EXPECT_EQ(actions(own), "partner.changed partner.changed");
  const auto newest = trail(own, "&action=partner.changed").front();
  EXPECT_EQ(newest.at("objectId").as_string(), "0007:5599900130");
  EXPECT_EQ(newest.at("objectName").as_string(), "Granberga Bygg");
  EXPECT_EQ(boost::json::serialize(newest.at_pointer("/detail/name")), R"(["Granberga","Granberga Bygg"])");
  const auto all = boost::json::serialize(trail(own));
  EXPECT_EQ(all.find("faktura@"), std::string::npos) << "the trail is never erased";
}

TEST_F(AuditApi, WhatIsMadeIsKnownByItsReply) {
  const auto own = seeing(energi_);
  const auto made =
      call("POST", "/api/v1/filters", own, {{"Content-Type", "application/json"}},
           R"({"name": "Inköpsorder", "rules": [{"term": "BT-13", "test": "present"}], "active": false})");
  ASSERT_EQ(made.status, 201) << made.bytes();
  const auto newest = trail(own).front();
  EXPECT_EQ(newest.at("action").as_string(), "filter.made");
  EXPECT_EQ(newest.at("objectId").as_string(), textAt(made, "/id"));
  EXPECT_EQ(newest.at("objectName").as_string(), "Inköpsorder");
}

TEST_F(AuditApi, TheSameRequestAgainIsToldOnce) {
  const auto own = seeing(energi_);
  const auto bytes = sampleInvoice("F-1", energi, granberga);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(send(own, bytes, {{"Idempotency-Key", "en"}}).status, 202);
  EXPECT_EQ(actions(own), "document.sent");
}

TEST_F(AuditApi, AnExportIsSafeInSpreadsheetsAndTold) {
  const auto own = seeing(energi_);
  (void)call("PUT", "/api/v1/partners/0007:5599900130", own, {{"Content-Type", "application/json"}},
             R"json({"name": "=HYPERLINK(1)"})json");
  const auto csv = get("/api/v1/audit/export?format=csv", own);
  EXPECT_EQ(csv.status, 200);
  EXPECT_NE(csv.headers.get("Content-Disposition").find("audit.csv"), std::string_view::npos);
  EXPECT_NE(csv.bytes().find("'=HYPERLINK"), std::string_view::npos) << csv.bytes();
  EXPECT_NE(csv.bytes().find("ändrade motparten"), std::string_view::npos);
  const auto lines = get("/api/v1/audit/export?format=jsonl", own);
  EXPECT_EQ(lines.status, 200);
  const auto text = std::string(lines.bytes());
  EXPECT_EQ(std::ranges::count(text, '\n'), 2) << "the change and the first export";
  for (const auto line : split(trimmed(text), '\n'))
    EXPECT_EQ(boost::json::parse(line).at("hash").as_string().size(), 64U);
  EXPECT_EQ(get("/api/v1/audit/export?format=xml", own).status, 400);
}

TEST_F(AuditApi, TheProofIsTheNewestRowsHash) {
  const auto own = seeing(energi_);
  (void)send(own, sampleInvoice("F-1", energi, granberga));
  const auto proof = jsonOf(get("/api/v1/audit/proof", own)).at("items").as_array();
  ASSERT_EQ(proof.size(), 1U);
  EXPECT_EQ(proof.front().at("hash"), trail(own).front().at("hash"));
  EXPECT_EQ(proof.front().at("sequence").as_int64(), 1);
}

TEST_F(AuditApi, FiltersAreHeldToTheContract) {
  const auto own = seeing(energi_);
  for (const std::string query : {"action=nothing.done", "from=igar", "nonsense=1", "limit=0"})
    EXPECT_EQ(get("/api/v1/audit?" + query, own).status, 400) << query;
  EXPECT_EQ(get("/api/v1/audit?cursor=x", own).status, 400);
  (void)send(own, sampleInvoice("F-1", energi, granberga));
  EXPECT_EQ(actions(own, "&from=2026-11-23&to=2026-11-23"), "document.sent");
  EXPECT_EQ(actions(own, "&from=2026-11-24"), "");
  EXPECT_EQ(actions(own, "&to=2026-11-22"), "");
  EXPECT_EQ(actions(own, "&text=affarssystem&action=document.sent,document.seen"), "document.sent");
}

}  // namespace
}  // namespace postgang::api
