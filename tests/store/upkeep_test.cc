#include "store/upkeep.h"

#include <algorithm>

#include "base/bytes.h"
#include "store/blobs.h"
#include "store/feed.h"
#include "store/statistics.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Upkeep : public World {
 protected:
  // The documents of the fixture say that their bytes are the text of their id.
  void keepBytes() {
    for (const auto& entry : listed(Viewer::system(), {})) {
      const auto bytes = entry.document.text();
      write([&](Transaction& tx) {
        return putBlob(tx, sha256(bytes), compress(bytes), static_cast<std::int64_t>(bytes.size()));
      });
    }
  }
  void statement(const std::string& sql) {
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run(sql));
      return {};
    });
  }
  VerifyReport verified() {
    auto report = verify(store());
    EXPECT_TRUE(report) << report.error().detail;
    return report ? *report : VerifyReport();
  }
  // Kinds of damage, each once.
  std::string damages() {
    std::string kinds;
    for (const auto& damage : verified().damages)
      if (kinds.find(damage.what) == std::string::npos) kinds += (kinds.empty() ? "" : " ") + damage.what;
    return kinds;
  }
  std::vector<std::string> all() {
    std::vector<std::string> damages;
    for (const auto& damage : verified().damages)
      damages.push_back(damage.what + " " + damage.where + " " + damage.detail);
    std::ranges::sort(damages);
    return damages;
  }
  // Everything that is shown, as text.
  std::vector<std::string> shown() {
    std::vector<std::string> lines;
    const auto add = [&](const std::string& line) { lines.push_back(line); };
    for (const auto& viewer : {of(company(1)), of(company(2)), of(company(3))}) {
      EntryQuery search;
      search.text = "f-2026-100";
      for (const auto& query : {EntryQuery(), search})
        for (const auto& key : keys(listed(viewer, query))) add(key);
      read([&](Reader& reader) -> Outcome {
        StatisticsQuery query;
        query.groupBy = {Dimension::day, Dimension::status, Dimension::direction, Dimension::channel,
                         Dimension::kind};
        TRY(const auto rows, statistics(reader, viewer, query));
        for (const auto& row : rows)
          add(row.values[0] + row.values[1] + std::to_string(row.documents) + row.amount.text());
        TRY(const auto fed, feedAfter(reader, viewer, "", 1'000));
        for (const auto& item : fed)
          add(item.document.text() + std::string(document::name(item.event)) + item.at.text());
        TRY(const auto partners, listPartners(reader, viewer, viewer.companies().front(), {.limit = 100}));
        for (const auto& partner : partners.items)
          add(partner.identifier + partner.name + std::to_string(partner.sentCount) + "/" +
              std::to_string(partner.receivedCount));
        return {};
      });
    }
    return lines;
  }
};
INSTANTIATE_BOTH_STORES(Upkeep);

TEST_P(Upkeep, AWholeStoreHasNoDamage) {
  fill(40);
  keepBytes();
  const auto report = verified();
  EXPECT_EQ(report.documents, 40);
  EXPECT_EQ(report.blobs, 40);
  EXPECT_EQ(report.entries, static_cast<std::int64_t>(everySide(Viewer::system()).size()));
  EXPECT_GT(report.events, 100);
  for (const auto& damage : report.damages)
    ADD_FAILURE() << damage.what << " " << damage.where << " " << damage.detail;
  write([](Transaction& tx) { return foldStatistics(tx, 50); });
  EXPECT_EQ(damages(), "");
}

TEST_P(Upkeep, EveryKindOfDamageIsFound) {
  fill(20);
  keepBytes();
  const auto place = [](std::string_view table, std::string_view column) {
    return std::string(column) + " IN (SELECT MIN(" + std::string(column) + ") FROM " + std::string(table) +
           ")";
  };
  const std::vector<std::pair<std::string, std::string>> harms = {
      {"UPDATE entries SET status = 'opened' WHERE " + place("entries", "id"), "row"},
      {"UPDATE entries SET amount = amount + 1 WHERE " + place("entries", "id"), "row"},
      {"UPDATE documents SET number = 'X' WHERE id IN (SELECT id FROM documents ORDER BY id LIMIT 1)", "row"},
      {"UPDATE search_texts SET text = 'annat' WHERE " + place("search_texts", "id"), "row"},
      {"DELETE FROM feed WHERE " + place("feed", "id"), "count"},
      {"DELETE FROM statistics_deltas WHERE " + place("statistics_deltas", "id"), "count"},
      {"UPDATE partners SET sent_count = sent_count + 1", "count"},
      {"UPDATE blobs SET bytes = (SELECT bytes FROM blobs ORDER BY id DESC LIMIT 1) WHERE " +
           place("blobs", "id"),
       "blob"},
      {"DELETE FROM blob_digests WHERE digest IN (SELECT digest FROM blob_digests LIMIT 1)", "blob"},
      {"DELETE FROM events WHERE sequence = 2 AND document IN (SELECT document FROM events WHERE sequence = "
       "3 ORDER BY "
       "document LIMIT 1)",
       "chain"},
      {"UPDATE events SET at = at + 1 WHERE sequence = 1 AND document IN (SELECT document FROM events ORDER "
       "BY document "
       "LIMIT 1)",
       "chain"},
      {"UPDATE events SET payload = (SELECT payload FROM events ORDER BY document DESC, sequence LIMIT 1) "
       "WHERE sequence "
       "= 1 AND document IN (SELECT document FROM events ORDER BY document LIMIT 1)",
       "chain"},
      {"DELETE FROM events WHERE document IN (SELECT document FROM events ORDER BY document LIMIT 1)",
       "chain"},
      {"INSERT INTO search_texts (company, id, text) VALUES (1, 999999, ' x ')",
       "row company 1 entry 999999 search_texts"},
      {"INSERT INTO search_lines (company, id, text) VALUES (1, 999999, ' x ')",
       "row company 1 entry 999999 search_lines"},
  };
  auto known = all();
  EXPECT_TRUE(known.empty());
  for (const auto& [harm, kind] : harms) {
    statement(harm);
    auto now = all();
    std::vector<std::string> fresh;
    std::ranges::set_difference(now, known, std::back_inserter(fresh));
    EXPECT_TRUE(std::ranges::any_of(fresh, [&](const auto& damage) { return damage.starts_with(kind); }))
        << harm;
    known = std::move(now);
  }
}

TEST_P(Upkeep, RebuiltRowsAreTheKeptRows) {
  fill(60);
  keepBytes();
  const auto before = shown();
  const auto report = rebuild(store());
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->documents, 60);
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(damages(), "");
  // … and the store goes on.
  delivered(company(1), company(2), invoiceFacts(company(1), company(2), "F-2026-1001"));
  keepBytes();
  EXPECT_EQ(damages(), "");
}

TEST_P(Upkeep, UniqueKeysAreRebuiltAndTheirDamageIsFound) {
  const auto seller = company(1), buyer = company(2);
  const auto claimed = [&](DocumentId document, const std::string& number) {
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(claimKey(tx, seller, "bytes", hex(view(sha256(document.text()))), document));
      CHECK_OK(claimKey(tx, seller, "number", "invoice|" + number + "|2026", document));
      return {};
    });
  };
  const auto factsWithKey = [&](const std::string& number) {
    auto facts = invoiceFacts(seller, buyer, number);
    facts.keyOwner = seller;
    facts.key = "invoice|" + number + "|2026";
    return facts;
  };
  const std::string longNumber(400, '7');  // stands in the table by its digest
  for (const auto& number : {std::string("1"), std::string("2"), longNumber})
    claimed(delivered(seller, buyer, factsWithKey(number)), number);
  const auto failed = received(seller);
  claimed(failed, "4");
  appendTo(failed, {{EventType::recognised, {}, factsWithKey("4")}, {EventType::failed, {}, FailedFact{}}});
  const auto resent = received(seller);  // failed, too, and sent once more
  claimed(resent, "5");
  appendTo(resent, {{EventType::recognised, {}, factsWithKey("5")}, {EventType::failed, {}, FailedFact{}}});
  claimed(resent, "5");
  appendTo(resent, {{EventType::routed, {}, RoutedFact{}}});
  // Delivered before a later try failed: it was delivered all the same.
  const auto arrived = delivered(seller, buyer, factsWithKey("6"));
  claimed(arrived, "6");
  appendTo(arrived, {{EventType::failed, {}, FailedFact{}}});
  keepBytes();
  const auto keys = [&] {
    std::vector<std::string> rows;
    read([&](Reader& reader) -> Outcome {
      CHECK_OK(reader.connection().run("SELECT kind, value, document FROM unique_keys ORDER BY kind, value",
                                       {}, [&](const sql::Row& row) {
                                         sql::Columns c(row);
                                         const auto kind = c.text(), value = c.text();
                                         rows.push_back(kind + " " + value + " " + c.uuid().text());
                                       }));
      return {};
    });
    return rows;
  };
  const auto before = keys();
  EXPECT_EQ(before.size(), 10U);  // what failed has given its keys back
  EXPECT_EQ(all(), std::vector<std::string>());
  for (const auto* harm : {"DELETE FROM unique_keys WHERE kind = 'number'", "DELETE FROM unique_keys"}) {
    statement(harm);
    EXPECT_EQ(damages(), "row") << harm;
    ASSERT_TRUE(rebuild(store()));
    EXPECT_EQ(keys(), before) << harm;
    EXPECT_EQ(damages(), "");
  }
}

TEST_P(Upkeep, RebuildGoesOnWhereAPayloadWasErased) {
  fill(20);
  keepBytes();
  const auto whole = listed(of(company(1)), {}).size();
  const auto facts = invoiceFacts(company(1), company(2), "F-1");
  const auto known = delivered(company(1), company(2), facts);
  const auto unknown = delivered(company(1), company(3), facts);
  const auto erase = [&](DocumentId document, const std::string& type) {
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run("UPDATE events SET payload = NULL WHERE document = ?1 AND type = ?2",
                                   {document, type}));
      return {};
    });
  };
  erase(known, "recognised");
  erase(unknown, "received");
  const auto report = rebuild(store());
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->documents, 21);
  EXPECT_EQ(report->incomplete, std::vector<DocumentId>{known});
  EXPECT_EQ(report->unknown, std::vector<DocumentId>{unknown});
  const auto now = listed(of(company(1)), {});
  EXPECT_EQ(now.size(), whole + 1);
  const auto entry = std::ranges::find(now, known, &Entry::document);
  ASSERT_NE(entry, now.end());
  EXPECT_EQ(entry->status, Status::delivered);
  EXPECT_EQ(entry->number, "");
}

TEST_P(Upkeep, RebuildPutsDamagedRowsRight) {
  fill(40);
  keepBytes();
  const auto before = shown();
  statement("UPDATE entries SET status = 'opened', amount = 1, counterpart = 'x'");
  statement("UPDATE documents SET number = 'X', last_sequence = 99");
  statement("DELETE FROM deliveries");
  statement("DELETE FROM feed");
  statement("DELETE FROM statistics_deltas");
  statement("DELETE FROM partner_deltas");
  statement("UPDATE search_texts SET text = ' annat '");
  EXPECT_EQ(damages(), "row count");
  ASSERT_TRUE(rebuild(store()));
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(damages(), "");
}

TEST_P(Upkeep, ACursorStillLeadsToTheSamePlaceAfterRebuilding) {
  fill(30);
  EntryQuery query;
  query.limit = 5;
  std::string feed;
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listEntries(reader, of(company(1)), query));
    query.cursor = page.nextCursor.value_or("");
    TRY(feed, feedEnd(reader));
    return {};
  });
  const auto before = keys(listed(of(company(1)), query));
  ASSERT_TRUE(rebuild(store()));
  EXPECT_EQ(keys(listed(of(company(1)), query)), before);
  const auto fresh = received(company(1));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto news, feedAfter(reader, of(company(1)), feed, 100));
    EXPECT_EQ(news.size(), 1U);
    EXPECT_EQ(news.back().document, fresh);
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
