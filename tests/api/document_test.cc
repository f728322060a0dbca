// From an upload to what both sides see, in one process and under the sanitizers.
#include "tests/api/world.h"

namespace postgang::api {
namespace {

class Documents : public World {
 protected:
  std::string seller_ = key(energi_), buyer_ = key(granberga_), other_ = key(lager_);
};

TEST_F(Documents, go_in_are_delivered_and_seen_by_both) {
  const auto sent =
      send(seller_, sampleInvoice("4711", energi, granberga), {{"X-File-Name", "Faktura%20%C3%A5.xml"}});
  ASSERT_EQ(sent.status, 202) << sent.bytes();
  EXPECT_EQ(textAt(sent, "/status"), "received");
  EXPECT_EQ(textAt(sent, "/fileName"), "Faktura å.xml");
  const auto id = textAt(sent, "/id");
  walk();

  const auto atSeller = get("/api/v1/documents/" + id, seller_);
  EXPECT_EQ(textAt(atSeller, "/status"), "delivered") << atSeller.bytes();
  EXPECT_EQ(textAt(atSeller, "/direction"), "sent");
  EXPECT_EQ(textAt(atSeller, "/amount/value"), "1250.00");
  EXPECT_EQ(textAt(atSeller, "/answer/key"), "delivered");
  const auto atBuyer = get("/api/v1/documents?number=4711", buyer_);
  EXPECT_EQ(textAt(atBuyer, "/items/0/direction"), "received") << atBuyer.bytes();
  EXPECT_EQ(jsonOf(get("/api/v1/documents", other_)).at("items").as_array().size(), 0U);
}

TEST_F(Documents, are_not_asked_for_by_ranges_that_end_before_they_begin) {
  delivered(seller_, "4711", energi, granberga);
  const std::pair<std::string, std::string> wrong[] = {{"from=2026-11-24&to=2026-11-23", "to"},
                                                       {"dueFrom=2027-01-01&dueTo=2026-12-31", "dueTo"},
                                                       {"amountFrom=2000&amountTo=1999.99", "amountTo"},
                                                       {"query=datum:2026-05..2026-03", "query, character 1"},
                                                       {"query=belopp:2000-1000", "query, character 1"}};
  for (const auto& [range, where] : wrong)
    for (const std::string list : {"/api/v1/documents?", "/api/v1/documents/facets?"}) {
      const auto refused = get(list + range, seller_);
      ASSERT_EQ(refused.status, 400) << list << range;
      EXPECT_EQ(textAt(refused, "/code"),
                range.starts_with("query") ? "query-range-unreadable" : "parameter-invalid");
      EXPECT_EQ(textAt(refused, "/where"), where);
    }
  for (const std::string range :
       {"from=2026-11-23&to=2026-11-23", "amountFrom=1250&amountTo=1250.00",
        "query=status:stoppat,+levererat", "query=i+dag", "query=datum:2026-11..2026-11"})
    EXPECT_EQ(jsonOf(get("/api/v1/documents?" + range, seller_)).at("items").as_array().size(), 1U) << range;
  EXPECT_EQ(get("/api/v1/documents?query=datum:2026-12&to=2026-11-30", seller_).status, 200)
      << "what narrows one another may leave nothing";
}

TEST_F(Documents, of_others_answer_as_if_there_were_none) {
  const auto id = delivered(seller_, "4711", energi, granberga);
  for (const std::string below :
       {"", "/events", "/terms", "/original", "/copies/email", "/deliveries", "/findings"}) {
    const auto foreign = get("/api/v1/documents/" + id + below, other_);
    const auto absent = get("/api/v1/documents/019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711" + below, other_);
    EXPECT_EQ(foreign.status, 404) << below;
    EXPECT_EQ(foreign.bytes(), absent.bytes()) << below;
  }
}

TEST_F(Documents, have_a_chain_that_is_recomputed) {
  const auto id = delivered(seller_, "4711", energi, granberga);
  const auto events = jsonOf(get("/api/v1/documents/" + id + "/events", seller_));
  EXPECT_EQ(events.at_pointer("/chain/intact"), true);
  EXPECT_EQ(events.at_pointer("/chain/length"), events.at("items").as_array().size());
  EXPECT_EQ(events.at_pointer("/chain/head"), events.at("items").as_array().back().at("hash"));
}

TEST_F(Documents, give_their_original_byte_for_byte_with_an_etag) {
  const auto xml = sampleInvoice("4711", energi, granberga);
  const auto id = delivered(seller_, "4711", energi, granberga);
  const auto original = get("/api/v1/documents/" + id + "/original", seller_);
  EXPECT_EQ(original.bytes(), xml);
  EXPECT_TRUE(original.headers.get("Content-Disposition").starts_with("attachment"));
  const auto again = call("GET", "/api/v1/documents/" + id + "/original", seller_,
                          {{"If-None-Match", std::string(original.headers.get("ETag"))}});
  EXPECT_EQ(again.status, 304);
}

TEST_F(Documents, are_drawn_as_copies) {
  const auto id = delivered(seller_, "4711", energi, granberga);
  const auto pdf = get("/api/v1/documents/" + id + "/copies/email", seller_);
  EXPECT_EQ(pdf.headers.get("Content-Type"), "application/pdf");
  EXPECT_TRUE(pdf.bytes().starts_with("%PDF-"));
  const auto html = get("/api/v1/documents/" + id + "/copies/readable?format=html", seller_);
  EXPECT_EQ(html.headers.get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(html.headers.get("Content-Security-Policy").find("default-src 'none'"), std::string_view::npos);
  EXPECT_FALSE(html.headers.has("X-Frame-Options"));
  EXPECT_EQ(get("/api/v1/documents/" + id + "/copies/email", seller_).shared, pdf.shared) << "drawn once";
}

TEST_F(Documents, fetched_by_the_receivers_program_are_fetched_and_not_opened) {
  const auto id = delivered(seller_, "4711", energi, granberga);
  get("/api/v1/documents/" + id + "/original", buyer_);
  get("/api/v1/documents/" + id + "/copies/email", buyer_);
  get("/api/v1/documents/" + id + "/original", seller_);
  const auto events = jsonOf(get("/api/v1/documents/" + id + "/events", seller_)).at("items").as_array();
  int fetched = 0, opened = 0;
  for (const auto& event : events) {
    fetched += event.at("type") == "fetched";
    opened += event.at("type") == "opened";
  }
  EXPECT_EQ(fetched, 1);
  EXPECT_EQ(opened, 0);
  EXPECT_EQ(textAt(get("/api/v1/documents/" + id, seller_), "/answer/key"), "fetched");
}

TEST_F(Documents, that_repeat_another_point_at_it) {
  const auto id = delivered(seller_, "4711", energi, granberga);
  const auto repeated = send(seller_, sampleInvoice("4711", energi, granberga));
  EXPECT_EQ(repeated.status, 409);
  EXPECT_EQ(textAt(repeated, "/code"), "duplicate-document");
  EXPECT_EQ(textAt(repeated, "/documentId"), id);
}

TEST_F(Documents, under_one_idempotency_key_are_one) {
  const auto xml = sampleInvoice("4711", energi, granberga);
  const auto first = send(seller_, xml, {{"Idempotency-Key", "k"}});
  const auto second = send(seller_, xml, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(first.status, 202) << first.bytes();
  EXPECT_EQ(second.status, 202);
  EXPECT_EQ(first.bytes(), second.bytes());
  EXPECT_EQ(second.headers.get("Idempotency-Replayed"), "true");
  EXPECT_EQ(send(seller_, sampleInvoice("4712", energi, granberga), {{"Idempotency-Key", "k"}}).status, 422);
}

TEST_F(Documents, that_are_judged_are_not_kept) {
  const auto judged = call("POST", "/api/v1/validate", seller_, {{"Content-Type", "application/xml"}},
                           sampleInvoice("4711", energi, granberga));
  EXPECT_EQ(jsonOf(judged).at("valid"), true) << judged.bytes();
  EXPECT_EQ(textAt(judged, "/number"), "4711");
  EXPECT_EQ(jsonOf(get("/api/v1/documents", seller_)).at("items").as_array().size(), 0U);
}

TEST_F(Documents, need_a_caller_and_a_scope) {
  EXPECT_EQ(get("/api/v1/documents", "").status, 401);
  EXPECT_EQ(get("/api/v1/documents", "pg_live_wrong").status, 401);
  const auto reader = key(energi_, {"documents:read"});
  EXPECT_EQ(send(reader, "x").status, 403);
  EXPECT_EQ(textAt(send(reader, "x"), "/code"), "scope-missing");
}

TEST_F(Documents, page_by_cursor_without_a_gap) {
  for (int i = 0; i < 7; ++i) {
    clock_.advanceSeconds(1);
    delivered(seller_, "P-" + std::to_string(i), energi, granberga);
  }
  std::vector<std::string> numbers;
  std::string cursor;
  for (int pages = 0; pages < 10; ++pages) {
    const auto page =
        jsonOf(get("/api/v1/documents?limit=3" + (cursor.empty() ? "" : "&cursor=" + cursor), seller_));
    for (const auto& item : page.at("items").as_array()) numbers.emplace_back(item.at("number").as_string());
    if (page.at("nextCursor").is_null()) break;
    cursor = page.at("nextCursor").as_string();
  }
  EXPECT_EQ(numbers, (std::vector<std::string>{"P-6", "P-5", "P-4", "P-3", "P-2", "P-1", "P-0"}));
}

TEST_F(Documents, move_with_the_simulated_clock) {
  const auto before = clock_.now();
  const auto moved =
      call("POST", "/api/v1/clock", seller_, {{"Content-Type", "application/json"}}, R"({"advance":"P8D"})");
  EXPECT_EQ(moved.status, 200) << moved.bytes();
  EXPECT_EQ(clock_.now(), before.plusSeconds(8 * 86'400));
}

TEST_F(Documents, are_not_what_a_path_that_nobody_knows_gives) {
  EXPECT_EQ(get("/api/v1/nothing", seller_).status, 404);
  EXPECT_EQ(get("/somewhere", "").bytes(), "portal");
}

}  // namespace
}  // namespace postgang::api
