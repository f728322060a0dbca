// A store that was filled when its schema was older, and has been stepped to the newest, answers as one that
// had the newest from the start and the same events: lists, search, counts, statistics, partners. Before and
// after what waits is folded and read, and when things go on to happen.
#include <gtest/gtest.h>

#include <map>

#include "store/partner_facts.h"
#include "store/search_words.h"
#include "store/statistics.h"
#include "store/upkeep.h"
#include "tests/store/counted_sides.h"
#include "tests/store/older_schema.h"

namespace postgang::store {
namespace {

using Answers = std::map<std::string, std::string>;

// Steps of sql/migrations.cc.
constexpr std::int64_t before_access = 8, before_partners = 17, before_search = 22;

class AgedStore : public CountedWorld {
 protected:
  std::unique_ptr<Store> aged(std::int64_t step) {
    auto made = options();
    made.dataFolder = folders_.emplace_back(std::make_unique<TemporaryFolder>())->path();
    if (!made.databaseUrl.empty()) made.databaseUrl = newPostgresDatabase().value_or("");
    fillOlder(options(), made, step);
    auto opened = Store::open(made, clock_);
    EXPECT_TRUE(opened) << opened.error().detail;
    return opened ? std::move(*opened) : nullptr;
  }

  // In both stores, the same.
  void both(Store& other, const std::function<Outcome(Transaction&)>& body) {
    for (auto* one : {&store(), &other}) {
      const auto outcome = one->write(Priority::walk, body);
      EXPECT_TRUE(outcome) << outcome.error().detail;
    }
  }
  void goOn(Store& other);
  static void settle(Store& one) {
    EXPECT_TRUE(one.write(Priority::walk, [](Transaction& tx) { return foldStatistics(tx, 100'000); }));
    for (int left = 1; left > 0;) {
      const auto read = indexLines(one, 1'000);
      EXPECT_TRUE(read);
      left = read.value_or(0);
    }
  }
  Answers answers(Store& one);

 private:
  std::vector<std::unique_ptr<TemporaryFolder>> folders_;
};
INSTANTIATE_BOTH_STORES(AgedStore);

// --- What is asked, as texts that can be compared

std::string text(const Entry& entry) {
  std::string all = entry.document.text() + " " + std::to_string(entry.company.value) + " " +
                    std::string(name(entry.direction)) + " " + std::string(document::name(entry.status)) +
                    " " + entry.number + " " + entry.channel + " " + entry.counterpartName + " " +
                    entry.currency + " " + entry.receivedAt.text() + (entry.internal ? " internal" : "");
  if (entry.amount) all += " " + entry.amount->text();
  if (entry.counterpartCompany) all += " of " + std::to_string(entry.counterpartCompany->value);
  return all + "\n";
}

std::string text(const std::vector<Facets::Count>& counts) {
  std::string all;
  for (const auto& count : counts) all += " " + count.value + "=" + std::to_string(count.documents);
  return all + "\n";
}

std::string text(const Facets& facets) {
  std::string all = std::to_string(facets.documents);
  for (const auto* counts : {&facets.status, &facets.channel, &facets.kind, &facets.direction,
                             &facets.company, &facets.counterpart, &facets.month})
    all += text(*counts);
  for (const auto& sum : facets.amounts) all += sum.currency + sum.amount.text() + " ";
  return all;
}

std::string text(const std::optional<Instant>& at) {
  return at ? at->text() : "-";
}

std::string text(const Partner& partner, const PartnerFacts& facts) {
  std::string all = partner.identifier + " " + partner.name + " " + std::string(name(partner.standing)) +
                    " " + std::to_string(partner.sentCount) + " " + std::to_string(partner.receivedCount) +
                    " " + std::to_string(partner.openStops) + " " + std::to_string(partner.amount) + " " +
                    text(partner.firstActivityAt) + " " + text(partner.lastActivityAt) + " " +
                    text(partner.reachAt) + " " + partner.taken + " " + partner.einvoice;
  for (const auto& reach : partner.reach)
    all += " " + reach.channel + (reach.reachable ? "+" : "-") + reach.since.text();
  for (const auto& amount : facts.amounts)
    all += " " + amount.currency + amount.sent.text() + "/" + amount.received.text();
  for (const auto number : {facts.sent.documents, facts.sent.right, facts.received.documents,
                            facts.received.right, facts.openedAfter_seconds.value_or(-1), facts.opened})
    all += " " + std::to_string(number);
  for (const auto& use : facts.uses)
    all += " " + use.channel + std::to_string(use.documents) + "/" + std::to_string(use.gone) + "/" +
           std::to_string(use.lastYear);
  return all + "\n";
}

std::string text(const Figures& figures) {
  std::string all;
  for (const auto number : {figures.documents, figures.delivered, figures.opened, figures.stopped,
                            figures.sheets, figures.toDelivered.count(), figures.toOpened.count()})
    all += " " + std::to_string(number);
  for (const auto* times : {&figures.toDelivered, &figures.toOpened})
    for (const auto percent : {50, 95}) all += " " + std::to_string(times->percentile(percent).value_or(-1));
  for (const auto* sums : {&figures.amounts, &figures.costs})
    for (const auto& [currency, sum] : *sums) all += " " + sum.text() + currency;
  return all;
}

class Asking {
 public:
  Asking(Reader& reader, Answers& all) : reader_(reader), all_(all) {}

  Outcome ask(const std::string& who, const Viewer& viewer) {
    CHECK_OK(lists(who, viewer));
    CHECK_OK(sums(who, viewer));
    return smartmails(who, viewer);
  }

  Outcome partners(CompanyId owner) {
    const auto viewer = of(owner);
    for (const auto sort :
         {PartnerSort::activity, PartnerSort::name, PartnerSort::documents, PartnerSort::amount}) {
      auto& answer = all_["partners of " + std::to_string(owner.value) + " by " +
                          std::to_string(static_cast<int>(sort))];
      TRY(const auto page, listPartners(reader_, viewer, owner, {.sort = sort, .limit = 200}));
      for (const auto& one : page.items) {
        const std::vector<std::string> wanted{one.identifier};
        TRY(auto facts, partnerFacts(reader_, viewer, owner, wanted));
        answer += text(one, facts[one.identifier]);
      }
    }
    TRY(const auto standings, partnerFacets(reader_, viewer, owner, {}));
    auto& answer = all_["standings of " + std::to_string(owner.value)];
    for (const auto& [standing, count] : standings)
      answer += std::string(name(standing)) + "=" + std::to_string(count) + " ";
    return {};
  }

 private:
  Outcome list(const std::string& key, const Viewer& viewer, EntryQuery query) {
    auto& answer = all_[key];
    query.limit = 50;
    for (int pages = 0; pages < 100; ++pages) {
      TRY(const auto page, listEntries(reader_, viewer, query));
      for (const auto& entry : page.items) answer += text(entry);
      if (!page.nextCursor) break;
      query.cursor = *page.nextCursor;
    }
    TRY(const auto counts, facets(reader_, viewer, query, true));
    all_[key + ", counted"] = text(counts);
    return {};
  }
  Outcome lists(const std::string& who, const Viewer& viewer) {
    for (const auto sort : {Sort::received_at, Sort::due_date, Sort::amount})
      for (const std::optional<Direction> direction :
           {std::optional<Direction>(), std::optional(Direction::sent), std::optional(Direction::received)})
        for (const std::string search : {"", "utom", "anna berg", "1002", "47112026814"}) {
          EntryQuery query;
          query.sort = sort;
          query.direction = direction;
          query.text = search;
          CHECK_OK(list(who + " lists by " + std::to_string(static_cast<int>(sort)) +
                            (direction ? " " + std::string(name(*direction)) : "") + " '" + search + "'",
                        viewer, query));
        }
    for (const auto field : {EntryTerm::Field::number, EntryTerm::Field::counterpart}) {
      EntryQuery query;
      query.terms = {{.field = field, .text = field == EntryTerm::Field::number ? "100" : "bolag"}};
      CHECK_OK(list(who + " lists by field " + std::to_string(static_cast<int>(field)), viewer, query));
    }
    for (const bool internal : {false, true}) {
      EntryQuery query;
      query.internal = internal;
      CHECK_OK(list(who + (internal ? " lists internal" : " lists external"), viewer, query));
    }
    return {};
  }
  Outcome sums(const std::string& who, const Viewer& viewer) {
    using enum Dimension;
    for (const auto& groupBy : std::vector<std::vector<Dimension>>{
             {}, {company, month}, {direction, channel}, {kind, status}, {day}, {internal}}) {
      auto& answer = all_[who + " statistics " + names(groupBy)];
      TRY(const auto rows,
          statistics(reader_, viewer,
                     {.groupBy = groupBy, .from = {}, .to = {}, .direction = {}, .company = {}}));
      for (const auto& row : rows)
        answer += joined(row.values, " ") + ": " + std::to_string(row.documents) + " " + row.amount.text() +
                  row.currency + "\n";
    }
    for (const auto by : {channel, country, format, counterpart, quarter, internal, week}) {
      const bool withTimes = by == channel || by == quarter;
      auto& answer = all_[who + " figures " + std::string(name(by))];
      TRY(const auto rows, figures(reader_, viewer, {.groupBy = {by}, .withTimes = withTimes}));
      for (const auto& row : rows) answer += joined(row.values, " ") + ":" + text(row.figures) + "\n";
    }
    return {};
  }
  Outcome smartmails(const std::string& who, const Viewer& viewer) {
    auto& answer = all_[who + " smartmails"];
    SmartmailQuery query;
    query.limit = 200;
    TRY(const auto page, listSmartmail(reader_, viewer, query));
    for (const auto& row : page.items) answer += row.document.text() + " " + row.number + "\n";
    return {};
  }
  static std::string names(const std::vector<Dimension>& dimensions) {
    std::string all;
    for (const auto one : dimensions) all += std::string(name(one)) + " ";
    return all;
  }

  Reader& reader_;
  Answers& all_;
};

Answers AgedStore::answers(Store& one) {
  Answers all;
  const auto outcome = one.read([&](Reader& reader) -> Outcome {
    Asking asking(reader, all);
    CHECK_OK(asking.ask("the system", Viewer::system()));
    for (int i = 1; i <= 3; ++i) {
      CHECK_OK(asking.ask("company " + std::to_string(i), of(company(i))));
      CHECK_OK(asking.partners(company(i)));
    }
    return asking.ask("two of them", Viewer::ofCompanies({company(1), company(2)}, {}));
  });
  EXPECT_TRUE(outcome) << outcome.error().code << " " << outcome.error().detail;
  const auto report = verify(one);
  EXPECT_TRUE(report);
  if (report)
    for (const auto& damage : report->damages)
      if (damage.detail.find("bytes") == std::string::npos)  // these documents' were never kept
        all["damages"] += damage.what + " " + damage.detail + "\n";
  return all;
}

// Documents that there were are opened and rejected, and one comes.
void AgedStore::goOn(Store& other) {
  int number = 0;
  for (const auto& entry : listed(Viewer::system(), {})) {
    clock_.advanceSeconds(600);
    if (entry.status != Status::delivered || !entry.counterpartCompany) continue;
    const bool isOpened = ++number % 2 == 0;
    both(other, [&](Transaction& tx) -> Outcome {
      TRY(const auto last, lastSequence(tx, entry.document));
      if (isOpened)
        return append(tx, entry.document, last,
                      {{EventType::opened, {}, AccessFact{*entry.counterpartCompany, "copy", {}, {}}}}, {});
      return append(tx, entry.document, last, {{EventType::rejected, {}, NoteFact{"fel belopp"}}}, {});
    });
  }
  EXPECT_GT(number, 1);
  const auto sender = company(1), receiver = company(3);
  const auto id = ids_.next<DocumentId>();
  const auto facts = invoiceFacts(sender, receiver, "1002-new");
  ReceivedFact fact;
  fact.sender = sender;
  fact.door = "api";
  fact.fileName = "faktura.xml";
  fact.mediaType = "application/xml";
  fact.digest = sha256(id.text());
  both(other, [&](Transaction& tx) {
    return append(tx, id, 0, {{EventType::received, {}, fact}, {EventType::recognised, {}, facts}}, {});
  });
}

TEST_P(AgedStore, AnswersAsOneThatHadTheNewestSchemaFromTheStart) {
  happen(1, 40);
  settle(store());
  happen(2, 30);  // waits to be folded
  for (const auto step : {before_access, before_partners, before_statistics, before_search}) {
    SCOPED_TRACE("filled at step " + std::to_string(step));
    happen(static_cast<unsigned>(step), 20);  // more that can go on
    const auto other = aged(step);
    ASSERT_TRUE(other);
    const auto expectAlike = [&](const std::string& when, bool isFolded = true) {
      const auto wanted = answers(store()), found = answers(*other);
      EXPECT_FALSE(wanted.contains("damages")) << wanted.at("damages");
      for (const auto& [question, answer] : wanted) {
        // How many are silent is counted by what is folded, of either store something else.
        if (!isFolded && question.starts_with("standings")) continue;
        const auto there = found.find(question);
        ASSERT_NE(there, found.end()) << question;
        ASSERT_EQ(there->second, answer) << question << ", " << when;
      }
      ASSERT_EQ(found.size(), wanted.size()) << found.begin()->second;
    };
    expectAlike("at once", false);
    if (HasFatalFailure()) return;
    settle(store());
    settle(*other);
    expectAlike("when it has settled");
    if (HasFatalFailure()) return;
    goOn(*other);
    expectAlike("when it has gone on");
    if (HasFatalFailure()) return;
    happen(static_cast<unsigned>(step) + 10, 12);  // for the next, which is copied anew
  }
}

}  // namespace
}  // namespace postgang::store
