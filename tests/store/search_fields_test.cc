// Search in fields, lines, findings and words laid beside a document, held against looking at everything.
#include "store/search_words.h"

#include <algorithm>

#include "document/business_document.h"
#include "store/blobs.h"
#include "store/sql/search_text.h"
#include "store/upkeep.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

using Field = EntryTerm::Field;
using Ids = std::vector<DocumentId>;

class SearchFields : public World {
 protected:
  struct Kept {
    DocumentId id;
    RecognisedFact facts;
    std::string lines;
    bool sent = true;  // seen as sent
  };

  DocumentId found(CompanyId sender, const RecognisedFact& facts) {
    const auto id = received(sender);
    appendTo(id, {{EventType::recognised, {}, facts}});
    clock_.advanceSeconds(60);
    return id;
  }
  // As a reader leaves the document, beside its events.
  void keepLines(DocumentId id, const std::string& note, const std::string& item) {
    document::Builder builder(document::Kind::invoice);
    builder.begin(document::Group::BG_1);
    builder.add(document::Term::BT_22, note);
    builder.end();
    builder.begin(document::Group::BG_25);
    builder.begin(document::Group::BG_31);
    builder.add(document::Term::BT_153, item);
    builder.end();
    builder.end();
    const auto document = std::move(builder).build();
    write([&](Transaction& tx) { return putParsed(tx, id, document.serialized()); });
  }
  int indexed() {
    const auto count = indexLines(store(), 10'000);
    EXPECT_TRUE(count) << (count ? "" : count.error().detail);
    return count.value_or(-1);
  }
  Ids hits(const Viewer& viewer, EntryQuery query) {
    query.limit = 3;
    Ids ids;
    for (const auto& entry : listed(viewer, query)) ids.push_back(entry.document);
    return ids;
  }
  Ids hits(const Viewer& viewer, EntryTerm term) {
    EntryQuery query;
    query.terms = {std::move(term)};
    return hits(viewer, query);
  }
  Ids words(const Viewer& viewer, const std::string& text) {
    EntryQuery query;
    query.text = text;
    return hits(viewer, query);
  }
};
INSTANTIATE_BOTH_STORES(SearchFields);

TEST_P(SearchFields, WhatHasNoHeaderIsFoundByWhatStandsBesideIt) {
  const auto mine = company(1);
  const auto unread = received(mine);
  const auto nameless = ids_.next<DocumentId>();
  ReceivedFact fact;
  fact.sender = mine;
  StoppedFact stopped;
  stopped.findings = {{"file-unreadable", "error", "", "", "", "No invoice.", "", {}}};
  appendTo(nameless, {{EventType::received, {}, fact}, {EventType::stopped, {}, stopped}});
  write([&](Transaction& tx) { return setSearchWords(tx, unread, mine, "ticket", "Ä-10001 10001"); });
  const auto expect = [&](const std::string& when) {
    indexed();
    EXPECT_EQ(words(of(mine), "Ä-10001"), Ids{unread}) << when;
    EXPECT_EQ(words(of(mine), "file-unreadable"), Ids{nameless}) << when;
    EXPECT_EQ(hits(of(mine), {.field = Field::finding, .text = "file-unreadable"}), Ids{nameless}) << when;
    const auto report = verify(store());
    ASSERT_TRUE(report) << report.error().detail;
    for (const auto& damage : report->damages) EXPECT_NE(damage.what, "row") << damage.detail << when;
  };
  expect("indexed");
  ASSERT_TRUE(rebuild(store()));
  expect("rebuilt");
  appendTo(unread, {{EventType::recognised, {}, invoiceFacts(mine, company(2), "F-2026-117")}});
  expect("recognised");
  EXPECT_EQ(words(of(mine), "F-2026-117"), Ids{unread});
}

TEST_P(SearchFields, AFieldIsLookedInAlone) {
  const auto mine = company(1), yours = company(2);
  auto facts = invoiceFacts(mine, yours, "PO-77");
  facts.orderReference = "4711";
  const auto first = found(mine, facts);
  facts.number = "4711";
  facts.orderReference = "PO-77 b";
  facts.buyerReference = "Karin Åström";
  facts.customerNumber = "K-1001";
  const auto second = found(mine, facts);
  const auto viewer = of(mine);
  EXPECT_EQ(words(viewer, "po-77"), (Ids{second, first}));
  EXPECT_EQ(hits(viewer, {.field = Field::order, .text = "po-7"}), Ids{second});
  EXPECT_EQ(hits(viewer, {.field = Field::number, .text = "PO-77"}), Ids{first});
  EXPECT_EQ(hits(viewer, {.field = Field::order, .text = "4711"}), Ids{first});
  EXPECT_EQ(hits(viewer, {.field = Field::reference, .text = "astrom"}), Ids{second});
  EXPECT_EQ(hits(viewer, {.field = Field::customer_number, .text = "1001"}), Ids{second});
  EXPECT_EQ(hits(viewer, {.field = Field::payment_reference, .text = "4711 2026"}), (Ids{second, first}));
  EXPECT_EQ(hits(viewer, {.field = Field::order, .text = "77 b", .phrase = true}), Ids{second});
  EXPECT_EQ(hits(viewer, {.field = Field::order, .text = "PO", .no = true}), Ids{first});
}

TEST_P(SearchFields, TheCounterpartIsTheOtherParty) {
  const auto mine = company(1), yours = company(2);
  const auto there = delivered(mine, yours, invoiceFacts(mine, yours, "1"));
  const auto back = delivered(yours, mine, invoiceFacts(yours, mine, "2"));
  const EntryTerm buyer{.field = Field::counterpart, .text = "köparen 2"};
  EXPECT_EQ(hits(of(mine), buyer), Ids{there});
  EXPECT_EQ(hits(of(mine), {.field = Field::counterpart, .text = "säljaren 2"}), Ids{back});
  EXPECT_TRUE(hits(of(yours), buyer).empty()) << "that is itself";
  EXPECT_EQ(hits(of(yours), {.field = Field::org_number, .text = "buyer2"}), Ids{there});
}

TEST_P(SearchFields, LinesAndNotesAreFoundOnceTheyAreRead) {
  const auto mine = company(1);
  const auto id = delivered(mine, company(2), invoiceFacts(mine, company(2), "F-1"));
  const auto other = delivered(mine, company(2), invoiceFacts(mine, company(2), "F-2"));
  keepLines(id, "Enligt avtal om fjärrvärme", "Rörmokare 12 timmar");
  keepLines(other, "Tack", "Snöröjning");
  EXPECT_TRUE(words(of(mine), "rormokare").empty());
  EXPECT_EQ(indexed(), 2);
  EXPECT_EQ(indexed(), 0) << "each once";
  for (const auto& viewer : {of(mine), of(company(2))}) {
    EXPECT_EQ(words(viewer, "rormokare"), Ids{id});
    EXPECT_EQ(words(viewer, "f-1 fjarrvarme"), Ids{id}) << "one word in the header, one in a note";
    EXPECT_EQ(words(viewer, "f-2 fjarrvarme"), Ids{});
    EXPECT_EQ(hits(viewer, {.field = Field::line, .text = "12 timmar", .phrase = true}), Ids{id});
    EXPECT_EQ(hits(viewer, {.field = Field::line, .text = "F-1"}), Ids{});
    EXPECT_EQ(hits(viewer, {.text = "snöröjning", .no = true}), Ids{id});
  }
  EXPECT_EQ(hits(of(mine), {.field = Field::attachment, .text = "faktura"}).size(), 2U) << "the file's name";
}

TEST_P(SearchFields, AReadingAgainLeavesNothingOfTheOld) {
  const auto mine = company(1);
  const auto id = found(mine, invoiceFacts(mine, company(2), "F-1"));
  keepLines(id, "gammal", "säljaren gammal");
  indexed();
  keepLines(id, "ny", "nyare");
  appendTo(id, {{EventType::recognised, {}, invoiceFacts(mine, company(2), "F-9")}});
  EXPECT_TRUE(words(of(mine), "gammal").empty());
  indexed();
  EXPECT_TRUE(words(of(mine), "gammal").empty());
  EXPECT_TRUE(words(of(mine), "f-1").empty());
  EXPECT_EQ(words(of(mine), "nyare f-9"), Ids{id});
  EXPECT_EQ(words(of(mine), "säljaren"), Ids{id}) << "a word that header and lines had in common";
}

TEST_P(SearchFields, EachPartyFindsItsOwnFindingsAndTickets) {
  const auto seller = company(1), buyer = company(2);
  const auto id = received(seller);
  FindingFact rule, demand;
  rule.id = "BR-CO-10";
  demand.id = "demand-missing";
  demand.term = "BT-13";
  demand.parameters = {{"demand", "ordernummer"}};
  StoppedFact stopped;
  stopped.findings = {rule, demand};
  stopped.receiver = buyer;
  appendTo(
      id, {{EventType::recognised, {}, invoiceFacts(seller, buyer, "1")}, {EventType::stopped, {}, stopped}});
  write([&](Transaction& tx) { return setSearchWords(tx, id, seller, "ticket", "1042"); });
  indexed();
  const EntryTerm isRule{.field = Field::finding, .text = "br-co-10"};
  const EntryTerm isDemand{.field = Field::finding, .text = "ordernummer"};
  const EntryTerm isTicket{.field = Field::ticket, .text = "1042"};
  EXPECT_EQ(hits(of(seller), isRule), Ids{id});
  EXPECT_EQ(hits(of(seller), isDemand), Ids{id});
  EXPECT_EQ(hits(of(seller), isTicket), Ids{id});
  EXPECT_TRUE(hits(of(buyer), isRule).empty());
  EXPECT_EQ(hits(of(buyer), isDemand), Ids{id});
  EXPECT_TRUE(hits(of(buyer), isTicket).empty());
  EXPECT_TRUE(words(of(buyer), "1042").empty());
  EXPECT_TRUE(hits(of(seller), {.field = Field::finding, .text = "br-co-1"}).empty()) << "whole words";
  write([&](Transaction& tx) { return setSearchWords(tx, id, seller, "ticket", ""); });
  indexed();
  EXPECT_TRUE(hits(of(seller), isTicket).empty());
}

TEST_P(SearchFields, ItIsVerifiedAndRebuilt) {
  const auto mine = company(1);
  const auto id = delivered(mine, company(2), invoiceFacts(mine, company(2), "F-1"));
  keepLines(id, "anteckning", "vara");
  indexed();
  const auto lineDamages = [&] {
    const auto report = verify(store());
    EXPECT_TRUE(report);
    return std::ranges::count_if(report->damages, [](const Damage& damage) {
      return damage.detail.find("lines") != std::string::npos;
    });
  };
  EXPECT_EQ(lineDamages(), 0);
  write([](Transaction& tx) -> Outcome {
    CHECK_OK(tx.connection().run("UPDATE search_lines SET text = ' annat '"));
    return {};
  });
  EXPECT_EQ(lineDamages(), 1);
  ASSERT_TRUE(rebuild(store()));
  EXPECT_EQ(lineDamages(), 0) << "it is to be read again";
  indexed();
  EXPECT_EQ(lineDamages(), 0);
  EXPECT_EQ(words(of(mine), "anteckning f-1"), Ids{id});
}

TEST_P(SearchFields, ARangeOrItsTextIsFoundInEveryOrder) {
  fill(60);
  auto text = invoiceFacts(company(1), company(2), "100-300", "9000.00");
  delivered(company(1), company(2), text);
  EntryTerm either{
      .text = "100-300",
      .range = EntryTerm::Range{.of = Sort::amount, .least = Decimal(100), .most = Decimal(300)}};
  for (const auto& viewer : {of(company(1)), Viewer::system()})
    for (const auto sort : {Sort::received_at, Sort::due_date, Sort::amount})
      for (const bool ascending : {false, true}) {
        EntryQuery query;
        query.sort = sort;
        query.ascending = ascending;
        auto wanted = listed(viewer, query);
        std::erase_if(wanted, [](const Entry& entry) {
          return entry.number != "100-300" &&
                 !(entry.amount && *entry.amount >= Decimal(100) && *entry.amount <= Decimal(300));
        });
        ASSERT_GT(wanted.size(), 5U);
        query.terms = {either};
        query.limit = 4;
        EXPECT_EQ(keys(listed(viewer, query)), keys(wanted));
        query.text = "säljaren";
        EXPECT_EQ(keys(listed(viewer, query)), keys(wanted)) << "with a word beside it";
      }
}

TEST_P(SearchFields, WhatIsTypedIntoAFieldIsTextAndNothingElse) {
  const auto mine = company(1);
  auto facts = invoiceFacts(mine, company(2), "1");
  facts.orderReference = R"(100%_a'b"c*d)";
  const auto id = found(mine, facts);
  for (const auto* text : {"100%", "%_a", "a'b", "b\"c", "c*d"})
    EXPECT_EQ(hits(of(mine), {.field = Field::order, .text = text}), Ids{id}) << text;
  for (const auto* text : {"100_", "%%", "a%b", "a*d", "' OR '1'='1", "\" OR \"x", "x) OR (1", "NEAR(a b)",
                           "\\", "\x01o", "'; DROP TABLE entries; --"})
    EXPECT_TRUE(hits(of(mine), {.field = Field::order, .text = text}).empty()) << text;
  EntryQuery many;
  for (std::size_t i = 0; i < entry_terms_max; ++i)
    many.terms.push_back({.field = Field::order, .text = "100%_ a'b", .no = i % 2 == 1});
  EXPECT_TRUE(hits(of(mine), many).empty());
  EXPECT_EQ(hits(of(mine), {.field = Field::order, .text = std::string("\0", 1) + "100"}), Ids{id});
}

// --- Against looking at everything
bool holds(const std::string& value, const std::string& question) {
  const auto form = sql::searchForm(value);
  return std::ranges::all_of(sql::searchTerms(question), [&](const sql::SearchTerm& term) {
    return std::ranges::all_of(sql::needles(term),
                               [&](const auto& needle) { return form.find(needle) != std::string::npos; }) ||
           (!term.joined.empty() && form.find(sql::needle(term.joined)) != std::string::npos);
  });
}

TEST_P(SearchFields, EveryFieldOfRandomWorldsIsFoundAndNothingElse) {
  const auto mine = company(1), yours = company(2);
  const std::vector<std::string> values = {"4711", "47 11", "PO-77", "po",  "Åre",     "are ab", "1 250",
                                           "x",    "",      "rör",   "5-5", "Göran G", "日本語"};
  std::mt19937 random(5);
  const auto some = [&] { return values[random() % values.size()]; };
  std::vector<Kept> all;
  for (int i = 0; i < 50; ++i) {
    Kept kept;
    kept.facts = invoiceFacts(mine, yours, some());
    for (auto* field : {&kept.facts.orderReference, &kept.facts.buyerReference, &kept.facts.paymentReference,
                        &kept.facts.customerNumber})
      *field = some();
    kept.facts.searchText.clear();
    kept.id = found(i % 4 == 0 ? yours : mine, kept.facts);
    kept.lines = some();
    if (!kept.lines.empty()) keepLines(kept.id, kept.lines, "0");
    if (i % 4 != 0) all.push_back(kept);
  }
  indexed();
  std::ranges::reverse(all);
  const std::pair<Field, std::function<std::string(const Kept&)>> fields[] = {
      {Field::number, [](const Kept& kept) { return kept.facts.number; }},
      {Field::order, [](const Kept& kept) { return kept.facts.orderReference; }},
      {Field::reference, [](const Kept& kept) { return kept.facts.buyerReference; }},
      {Field::payment_reference, [](const Kept& kept) { return kept.facts.paymentReference; }},
      {Field::customer_number, [](const Kept& kept) { return kept.facts.customerNumber; }},
      {Field::line, [](const Kept& kept) { return kept.lines; }}};
  for (int i = 0; i < 80; ++i) {
    EntryQuery query;
    Ids wanted;
    std::vector<std::pair<std::size_t, EntryTerm>> asked;
    for (int terms = 0; terms <= i % 3; ++terms) {
      const auto which = random() % std::size(fields);
      EntryTerm term{.field = fields[which].first, .text = some()};
      term.no = random() % 3 == 0;
      if (term.text.empty()) continue;
      asked.emplace_back(which, term);
      query.terms.push_back(term);
    }
    for (const auto& kept : all)
      if (std::ranges::all_of(asked, [&](const auto& one) {
            return holds(fields[one.first].second(kept), one.second.text) != one.second.no;
          }))
        wanted.push_back(kept.id);
    EXPECT_EQ(hits(of(mine), query), wanted);
    query.ascending = true;
    query.sort = Sort::due_date;
    EXPECT_EQ(hits(of(mine), query).size(), wanted.size());
  }
}

}  // namespace
}  // namespace postgang::store
