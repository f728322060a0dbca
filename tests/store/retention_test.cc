#include "store/retention.h"

#include "store/blobs.h"
#include "store/exports.h"
#include "store/search_words.h"
#include "store/statistics.h"
#include "store/upkeep.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

using document::Kind;

TEST(Retention, AccountingRecordsAreKeptToTheEndOfTheSeventhYear) {
  const RetentionRule invoice{.kind = Kind::invoice};
  EXPECT_EQ(erasableFrom(invoice, 12, Date::of(2026, 1, 1)), Date::of(2034, 1, 1));
  EXPECT_EQ(erasableFrom(invoice, 12, Date::of(2026, 12, 31)), Date::of(2034, 1, 1));
  // A financial year that ends in June: what came in August belongs to the one that ended the year after.
  EXPECT_EQ(erasableFrom(invoice, 6, Date::of(2026, 6, 30)), Date::of(2034, 1, 1));
  EXPECT_EQ(erasableFrom(invoice, 6, Date::of(2026, 7, 1)), Date::of(2035, 1, 1));
  const RetentionRule order{.kind = Kind::order, .days = 30};
  EXPECT_EQ(erasableFrom(order, 12, Date::of(2026, 1, 1)), Date::of(2026, 2, 1));
}

class Retained : public World {
 protected:
  DocumentId invoice(const std::string& number, Kind kind = Kind::invoice) {
    auto facts = invoiceFacts(company(1), company(2), number);
    facts.kind = kind;
    const auto id = delivered(company(1), company(2), facts);
    const auto bytes = id.text();  // as the fixture says that they are
    write([&](Transaction& tx) {
      return putBlob(tx, sha256(bytes), compress(bytes), static_cast<std::int64_t>(bytes.size()));
    });
    return id;
  }
  std::vector<ErasedDocument> erase(int families_max = 1000) {
    std::vector<ErasedDocument> erased;
    std::optional<CompanyId> next = CompanyId{0};
    while (next)
      write([&](Transaction& tx) -> Outcome {
        TRY(const auto run, eraseDue(tx, *next, families_max));
        erased.insert(erased.end(), run.erased.begin(), run.erased.end());
        next = run.next;
        return {};
      });
    return erased;
  }
  void at(Date date) { clock_.set(Instant::atMidnight(date).plusSeconds(4 * 3600)); }
  std::string damages() {
    const auto report = verify(store());
    if (!report) return report.error().detail;
    std::string text;
    for (const auto& damage : report->damages) text += damage.what + " " + damage.detail + "\n";
    return text;
  }
  std::int64_t erasedByVerify() {
    const auto report = verify(store());
    return report ? report->erased : -1;
  }
  std::int64_t counted(CompanyId company) {
    std::int64_t documents = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto rows, statistics(reader, of(company), {}));
      for (const auto& row : rows) documents += row.documents;
      return {};
    });
    return documents;
  }
  bool isThere(DocumentId id) {
    bool there = false;
    read([&](Reader& reader) -> Outcome {
      there = findDocument(reader, Viewer::system(), id).has_value();
      return {};
    });
    return there;
  }
};
INSTANTIATE_BOTH_STORES(Retained);

TEST_P(Retained, NothingGoesBeforeItsTimeAndEverythingAtIt) {
  const auto id = invoice("F-1");
  at(Date::of(2033, 12, 31));
  EXPECT_TRUE(erase().empty());
  at(Date::of(2034, 1, 1));
  const auto erased = erase();
  ASSERT_EQ(erased.size(), 1U);
  EXPECT_EQ(erased[0].document, id);
  EXPECT_EQ(erased[0].receiver, company(2));
  EXPECT_FALSE(isThere(id));
  EXPECT_TRUE(erase().empty());
}

TEST_P(Retained, TheChainStandsAndVerifySaysHowManyAreErased) {
  const auto kept = invoice("F-1");
  at(Date::of(2033, 6, 1));
  invoice("F-2");
  const auto before = counted(company(1));
  at(Date::of(2034, 1, 1));
  ASSERT_EQ(erase().size(), 1U);
  EXPECT_EQ(damages(), "");
  EXPECT_EQ(erasedByVerify(), 1);
  EXPECT_EQ(counted(company(1)), before) << "statistics keep their counts";
  read([&](Reader& reader) -> Outcome {
    TRY(const auto stone, tombstone(reader, kept));
    EXPECT_TRUE(stone);
    EXPECT_EQ(stone->rule, "7 years");
    return {};
  });
  const auto report = rebuild(store());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->erased, 1);
  EXPECT_TRUE(report->unknown.empty());
  EXPECT_EQ(damages(), "");
  EXPECT_EQ(counted(company(1)), before);
}

TEST_P(Retained, NothingOfItIsLeft) {
  const auto id = invoice("F-HEMLIG");
  EXPECT_TRUE(indexLines(store(), 100));
  const auto owner = company(1);
  write([&](Transaction& tx) { return setSearchWords(tx, id, owner, "ticket", "1042"); });
  at(Date::of(2034, 1, 1));
  ASSERT_EQ(erase().size(), 1U);
  read([&](Reader& reader) -> Outcome {
    EXPECT_EQ(blob(reader, sha256(id.text())).error().code, "blob-not-found");
    for (const auto* left : {"SELECT 1 FROM events WHERE payload IS NOT NULL", "SELECT 1 FROM entries",
                             "SELECT 1 FROM search_texts", "SELECT 1 FROM search_lines",
                             "SELECT 1 FROM search_due", "SELECT 1 FROM search_words", "SELECT 1 FROM parsed",
                             "SELECT 1 FROM deliveries", "SELECT 1 FROM unique_keys"}) {
      TRY(const auto rows, reader.connection().run(left, {}, [](const sql::Row&) {}));
      EXPECT_EQ(rows, 0) << left;
    }
    EntryQuery query;
    query.text = "hemlig";
    TRY(const auto page, listEntries(reader, of(company(1)), query));
    EXPECT_TRUE(page.items.empty());
    return {};
  });
}

TEST_P(Retained, FilesThatItWasExportedToAreNoLongerGivenOut) {
  invoice("F-1");
  at(Date::of(2034, 1, 1));
  const auto lay = [&](CompanyId of, const std::string& state) {
    Export made;
    made.id = ids_.next<ExportId>();
    made.company = of;
    made.asker = "user:karin";
    made.form = "csv";
    made.language = "sv";
    made.filter = "{}";
    made.state = state;
    made.run = 1;
    made.askedAt = made.movedAt = clock_.now();
    write([&](Transaction& tx) { return createExport(tx, made); });
    return made;
  };
  const auto stateOf = [&](const Export& made) {
    std::optional<Export> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, exportOf(reader, made.asker, made.company, made.id));
      return {};
    });
    return found ? found->state : std::string();
  };
  const auto theirs = lay(company(1), "done"), receivers = lay(company(2), "done");
  const auto others = lay(company(3), "done");
  auto making = lay(company(1), "making");
  EXPECT_EQ(erase().size(), 1U);
  EXPECT_EQ(stateOf(theirs), "removed");
  EXPECT_EQ(stateOf(receivers), "removed");
  EXPECT_EQ(stateOf(others), "done");
  EXPECT_EQ(stateOf(making), "waiting") << "it is made again";
  making.state = "done";
  write([&](Transaction& tx) -> Outcome {
    TRY(const bool kept, saveExport(tx, making));
    EXPECT_FALSE(kept) << "what the run before wrote may hold it";
    return {};
  });
}

TEST_P(Retained, BytesThatAnotherDocumentHasAreKept) {
  const auto first = invoice("F-1");
  at(Date::of(2030, 1, 2));
  const auto second = received(company(3));
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(tx.connection().run("UPDATE documents SET digest = ?2 WHERE id = ?1",
                                 {second, sha256(first.text())}));
    return {};
  });
  at(Date::of(2034, 1, 1));
  ASSERT_EQ(erase().size(), 1U);
  read([&](Reader& reader) -> Outcome {
    EXPECT_TRUE(blob(reader, sha256(first.text())));
    return {};
  });
}

TEST_P(Retained, AHoldStopsItOfEitherPartyAndOfTheWholeCompany) {
  const auto id = invoice("F-1");
  const auto receiver = company(2), sender = company(1);
  write([&](Transaction& tx) {
    return hold(tx, receiver, {.document = id, .reason = "Tvist", .since = {}, .by = "Karin"});
  });
  at(Date::of(2034, 1, 1));
  EXPECT_TRUE(erase().empty());
  write([&](Transaction& tx) -> Outcome {
    TRY(const bool gone, release(tx, receiver, id));
    EXPECT_TRUE(gone);
    return hold(tx, sender, {.document = {}, .reason = "Revision", .since = {}, .by = "Karin"});
  });
  EXPECT_TRUE(erase().empty());
  write([&](Transaction& tx) -> Outcome {
    TRY(const bool gone, release(tx, sender, {}));
    EXPECT_TRUE(gone);
    return {};
  });
  EXPECT_EQ(erase().size(), 1U);
}

TEST_P(Retained, OrdersMayGoEarlyAndTheLongerTermOfThePartiesCounts) {
  const auto order = invoice("O-1", Kind::order);
  const auto sender = company(1), receiver = company(2);
  write([&](Transaction& tx) {
    return setRetentionRule(tx, sender, {.kind = Kind::order, .days = 30}, "Karin");
  });
  clock_.advanceSeconds(40 * 86'400);
  EXPECT_TRUE(erase().empty()) << "its receiver keeps it";
  write([&](Transaction& tx) {
    return setRetentionRule(tx, receiver, {.kind = Kind::order, .days = 60}, "Holm");
  });
  EXPECT_TRUE(erase().empty());
  clock_.advanceSeconds(25 * 86'400);
  const auto erased = erase();
  ASSERT_EQ(erased.size(), 1U);
  EXPECT_EQ(erased[0].document, order);
}

TEST_P(Retained, NoAccountingRecordIsKeptShorterThanTheLaw) {
  const auto owner = company(1);
  const auto code = [&](const RetentionRule& rule) {
    std::string code;
    const auto outcome = store().write(
        Priority::background, [&](Transaction& tx) { return setRetentionRule(tx, owner, rule, "Karin"); });
    return outcome ? std::string("kept") : outcome.error().code;
  };
  EXPECT_EQ(code({.kind = Kind::invoice, .years = 6}), "retention-too-short");
  EXPECT_EQ(code({.kind = Kind::invoice, .days = 400}), "retention-too-short");
  EXPECT_EQ(code({.kind = Kind::order, .days = 5}), "retention-too-short");
  EXPECT_EQ(code({.kind = Kind::invoice, .years = 10}), "kept");
}

TEST_P(Retained, VersionsGoTogetherWhenTheLastOfThemMay) {
  const auto first = invoice("F-1");
  at(Date::of(2028, 3, 1));
  const auto second = DocumentId(ids_.next());
  ReceivedFact fact;
  fact.sender = company(1);
  fact.door = "portal";
  fact.digest = sha256("second");
  fact.supersedes = first;
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(putBlob(tx, fact.digest, compress("second"), 6));
    return append(tx, second, 0, {{EventType::received, {}, fact}}, {});
  });
  at(Date::of(2034, 1, 1));
  EXPECT_TRUE(erase().empty());
  at(Date::of(2036, 1, 1));
  EXPECT_EQ(erase().size(), 2U);
  EXPECT_EQ(damages(), "");
}

TEST_P(Retained, ManyAreErasedInSmallSteps) {
  for (int i = 0; i < 7; ++i) invoice("F-" + std::to_string(i));
  at(Date::of(2034, 1, 1));
  EXPECT_EQ(erase(2).size(), 7U);
  EXPECT_EQ(erasedByVerify(), 7);
}

TEST_P(Retained, TheForecastCountsByYearAndKind) {
  invoice("F-1");
  invoice("F-2");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto forecast, retentionForecast(reader, company(1)));
    EXPECT_EQ(forecast.size(), 1U);
    EXPECT_EQ(forecast.front().from, Date::of(2034, 1, 1));
    EXPECT_EQ(forecast.front().documents, 2);
    return {};
  });
}

TEST_P(Retained, ACompanyHoldsAThousandOneByOne) {
  const auto owner = company(1);
  write([&](Transaction& tx) -> Outcome {
    for (int i = 0; i < holds_max; ++i)
      CHECK_OK(
          hold(tx, owner, {.document = DocumentId(ids_.next()), .reason = "Tvist", .since = {}, .by = ""}));
    return {};
  });
  const auto more = store().write(Priority::background, [&](Transaction& tx) {
    return hold(tx, owner, {.document = DocumentId(ids_.next()), .reason = "Tvist", .since = {}, .by = ""});
  });
  EXPECT_EQ(more.error().code, "retention-holds-too-many");
}

TEST_P(Retained, ARunBeginsOnceADay) {
  const auto begin = [&](Date day) {
    bool first = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(first, beginRetentionRun(tx, day));
      return {};
    });
    return first;
  };
  EXPECT_TRUE(begin(Date::of(2026, 11, 2)));
  EXPECT_FALSE(begin(Date::of(2026, 11, 2)));
  EXPECT_TRUE(begin(Date::of(2026, 11, 3)));
}

}  // namespace
}  // namespace postgang::store
