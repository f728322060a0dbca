#include "insight/filter_trial.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "tests/insight/own_store.h"

namespace postgang::insight {
namespace {

using document::Term;
using store::Viewer;

// A receiver with some history: invoices of two suppliers, every fifth without a reference.
class FilterTrial : public OwnStore {
 protected:
  FilterTrial() : OwnStore("2026-01-02T09:00:00Z") {}
  void SetUp() override {
    write([&](store::Transaction& tx) -> Outcome {
      for (auto* company : {&first_, &second_, &receiver_}) {
        store::Company made;
        made.name = made.identifier = "company " + std::to_string(++companies_);
        TRY(*company, store::createCompany(tx, made));
      }
      return {};
    });
  }
  void receive(CompanyId sender, const std::string& number, const std::string& reference) {
    document::Builder builder(document::Kind::invoice);
    builder.add(Term::BT_1, number);
    if (!reference.empty()) builder.add(Term::BT_10, reference);
    const auto parsed = std::move(builder).build().serialized();
    const auto id = ids_.next<DocumentId>();
    store::ReceivedFact received;
    received.sender = sender;
    received.digest = sha256(number);
    store::RecognisedFact facts;
    facts.number = number;
    facts.seller = {
        "0007:" + std::to_string(sender.value), "Supplier " + std::to_string(sender.value), {}, false, {}};
    store::DeliveryFact delivered;
    delivered.delivery = ids_.next<DeliveryId>();
    delivered.channel = "network";
    delivered.receiver = receiver_;
    write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::putParsed(tx, id, parsed));
      return store::append(tx, id, 0,
                           {{document::EventType::received, {}, received},
                            {document::EventType::recognised, {}, facts},
                            {document::EventType::delivered, {}, delivered}},
                           {});
    });
    clock_.advanceSeconds(60);
  }
  void fill(int documents) {
    for (int i = 0; i < documents; ++i)
      receive(i % 2 == 0 ? first_ : second_, std::to_string(1000 + i), i % 5 == 0 ? "" : "Anna");
  }
  static rules::Filter filter(rules::Severity severity = rules::Severity::stop) {
    rules::Demand demand;
    demand.id = "k1";
    demand.severity = severity;
    demand.condition = rules::Condition::of({.test = rules::Test::present, .term = Term::BT_10});
    return *rules::Filter::compile({demand});
  }
  static TrialJudge plainJudge() {
    return [](auto&, auto, const rules::Filter& filter, const auto& document, auto, Instant at) {
      rules::Context context;
      context.today = dateInStockholm(at);
      return filter.evaluate(document, context);
    };
  }
  Trials::Order order(rules::Filter filter, int months = 12) {
    return {Viewer::ofCompanies({receiver_}, {}), receiver_, std::move(filter), months};
  }
  TrialResult finished(Trials& trials, const std::string& id) {
    for (;;) {
      const auto result = trials.find(receiver_, id);
      if (!result || result->state != TrialResult::State::running) return result.value_or(TrialResult{});
      store_->waitForCommit(store_->commits(), 5);
    }
  }

  int companies_ = 0;
  CompanyId first_, second_, receiver_;
};

TEST_F(FilterTrial, SaysWhatWouldHaveBeenStoppedOfHowManyAndFromWhom) {
  fill(1000);
  Trials trials(*store_, clock_, ids_, plainJudge());
  const auto result = finished(trials, trials.start(order(filter()))->id);
  EXPECT_EQ(result.state, TrialResult::State::done);
  EXPECT_EQ(result.total, 1000);
  EXPECT_EQ(result.done, 1000);
  EXPECT_EQ(result.stopped, 200);
  EXPECT_EQ(result.held + result.warned, 0);
  EXPECT_EQ(result.demands.at("k1"), 200);
  ASSERT_EQ(result.senders.size(), 2u);
  EXPECT_EQ(result.senders[0].documents, 500);
  EXPECT_EQ(result.senders[0].stopped, 100);
  ASSERT_EQ(result.documents.size(), 200u);
  EXPECT_EQ(result.documents.front().document.number, "1995");  // the newest first
  EXPECT_EQ(result.documents.back().document.number, "1000");
  EXPECT_EQ(result.documents.front().finding.term, Term::BT_10);
  EXPECT_FALSE(result.next);
}

TEST_F(FilterTrial, ListsAllThatItCaughtPageByPage) {
  fill(1500);
  Trials trials(*store_, clock_, ids_, plainJudge());
  const auto id = trials.start(order(filter()))->id;
  const auto result = finished(trials, id);
  EXPECT_EQ(result.stopped, 300);
  ASSERT_EQ(result.documents.size(), 200u);
  EXPECT_EQ(result.documents.back().document.number, "1500");
  std::vector<std::string> numbers;
  int pages = 0;
  for (auto from = result.next; from;) {
    const auto page = trials.caughtAfter(receiver_, id, *from, 30);
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_LE(page->documents.size(), 30u);
    for (const auto& one : page->documents) numbers.push_back(one.document.number);
    from = page->next;
    ASSERT_LT(++pages, 10);
  }
  ASSERT_EQ(numbers.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(numbers[i], std::to_string(1495 - 5 * i));

  EXPECT_EQ(trials.caughtAfter(first_, id, {}, 30).error().code, "not-found");
  EXPECT_EQ(trials.caughtAfter(receiver_, id, {99, 0}, 30).error().code, "cursor-malformed");
}

TEST_F(FilterTrial, HeldAndRemarkedAreCountedApart) {
  fill(20);
  Trials trials(*store_, clock_, ids_, plainJudge());
  const auto held = finished(trials, trials.start(order(filter(rules::Severity::hold)))->id);
  EXPECT_EQ(held.held, 4);
  EXPECT_EQ(held.documents.size(), 4u);
  const auto warned = finished(trials, trials.start(order(filter(rules::Severity::warn)))->id);
  EXPECT_EQ(warned.warned, 4);
  EXPECT_EQ(warned.stopped + warned.held, 0);
  EXPECT_TRUE(warned.documents.empty());
}

TEST_F(FilterTrial, LooksNoFurtherBackThanItIsAsked) {
  fill(5);
  clock_.advanceSeconds(70 * 86'400);
  fill(10);
  Trials trials(*store_, clock_, ids_, plainJudge());
  EXPECT_EQ(finished(trials, trials.start(order(filter(), 1))->id).total, 10);
  EXPECT_EQ(finished(trials, trials.start(order(filter(), 3))->id).total, 15);
}

TEST_F(FilterTrial, WithNothingToTryItIsDoneAtOnce) {
  Trials trials(*store_, clock_, ids_, plainJudge());
  const auto result = finished(trials, trials.start(order(filter()))->id);
  EXPECT_EQ(result.state, TrialResult::State::done);
  EXPECT_EQ(result.total, 0);
}

TEST_F(FilterTrial, ACompanyHasTwoAtATimeAndMayEndThem) {
  fill(10);
  std::mutex mutex;
  std::unique_lock held(mutex);  // nothing is judged until it is given back
  const auto slow = [&](auto&, auto, const rules::Filter&, const auto&, auto,
                        Instant) -> Result<std::vector<rules::Finding>> {
    const std::lock_guard wait(mutex);
    return std::vector<rules::Finding>();
  };
  Trials trials(*store_, clock_, ids_, slow);
  const auto one = trials.start(order(filter())), two = trials.start(order(filter()));
  ASSERT_TRUE(one && two);
  EXPECT_EQ(trials.start(order(filter())).error().code, "trials-busy");
  EXPECT_TRUE(trials.end(receiver_, one->id));
  EXPECT_FALSE(trials.find(receiver_, one->id));
  EXPECT_FALSE(trials.end(first_, two->id)) << "another company's";
  EXPECT_FALSE(trials.find(first_, two->id));
  EXPECT_TRUE(trials.start(order(filter())));
  held.unlock();
  EXPECT_EQ(finished(trials, two->id).done, 10);
}

TEST_F(FilterTrial, AFaultEndsItAndIsSaid) {
  fill(3);
  Trials trials(
      *store_, clock_, ids_,
      [](auto&, auto, const auto&, const auto&, auto, Instant) -> Result<std::vector<rules::Finding>> {
        return fail(ProblemKind::unavailable, "store-unreachable", "");
      });
  EXPECT_EQ(finished(trials, trials.start(order(filter()))->id).state, TrialResult::State::failed);
}

TEST_F(FilterTrial, AResultIsKeptForAnHour) {
  fill(1);
  Trials trials(*store_, clock_, ids_, plainJudge());
  const auto id = trials.start(order(filter()))->id;
  finished(trials, id);
  clock_.advanceSeconds(3'700);
  (void)trials.start(order(filter()));
  EXPECT_FALSE(trials.find(receiver_, id));
}

}  // namespace
}  // namespace postgang::insight
