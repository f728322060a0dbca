#include "flow/demands.h"

#include <gtest/gtest.h>

#include "flow/compiled_filters.h"
#include "flow/demand_lookups.h"
#include "flow/parse.h"
#include "flow/recognise.h"
#include "store/filters.h"
#include "store/registers.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

using store::Transaction;

class Demands : public House {
 protected:
  static document::BusinessDocument documentOf(const Sample& sample) {
    const auto bytes = invoice(sample);
    const auto recognised = recognise(bytes);
    EXPECT_TRUE(recognised);
    const auto read = parse(*recognised);
    EXPECT_TRUE(read);
    return read->document;
  }
  void write(const std::function<Outcome(Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    ASSERT_TRUE(outcome) << outcome.error().detail;
  }
  store::FilterId order(const std::string& rules, bool active = true) {
    const auto id = ids_.next<store::FilterId>();
    write([&](Transaction& tx) {
      return store::createFilter(tx, granberga_, id, {"Filter", active, {}, rules, ""}, {});
    });
    return id;
  }
  Judged judged(const Sample& sample, DocumentId root = {}) {
    Judged judged;
    const auto document = documentOf(sample);
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(judged, judgeByReceiver(reader, granberga_, document, root, clock_.now()));
      return {};
    });
    EXPECT_TRUE(read) << read.error().code << read.error().detail;
    return judged;
  }
  std::string found(const Sample& sample, DocumentId root = {}) {
    std::string text;
    for (const auto& finding : judged(sample, root).findings) text += (text.empty() ? "" : " ") + finding.id;
    return text;
  }
  store::Register makeRegister(store::RegisterKind kind, const std::vector<store::RegisterRow>& rows,
                               bool shared = false) {
    store::Register made;
    made.id = ids_.next<store::RegisterId>();
    made.company = granberga_;
    made.name = std::string(name(kind));
    made.kind = kind;
    made.sharedWithSenders = shared;
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(store::createRegister(tx, made, {}));
      for (const auto& row : rows)
        CHECK_OK(store::putRegisterRow(tx, store::Viewer::system(), granberga_, made.id, row));
      return {};
    });
    return made;
  }
};

TEST_F(Demands, NobodyWithoutAFilterIsJudged) {
  EXPECT_EQ(judged({}).verdict, Verdict::pass);
  order(R"([{"term":"BT-13","test":"present"}])", false);
  EXPECT_EQ(judged({}).verdict, Verdict::pass);
}

TEST_F(Demands, WhatStopsGoesBeforeWhatHoldsAndRemarks) {
  order(R"([{"id":"w","term":"BT-10","test":"present","severity":"warn"},
            {"id":"h","term":"BT-12","test":"present","severity":"hold"}])");
  EXPECT_EQ(judged({}).verdict, Verdict::hold);
  const auto id = order(R"([{"id":"s","term":"BT-13","test":"present","severity":"stop"}])");
  const auto all = judged({});
  EXPECT_EQ(all.verdict, Verdict::stop);
  ASSERT_EQ(all.findings.size(), 3u);
  EXPECT_EQ(all.findings[0].parameters.at("demand"), "s");
  EXPECT_EQ(all.findings[0].parameters.at("filter"), id.text());
  EXPECT_EQ(all.findings[1].parameters.at("demand"), "h");
  EXPECT_EQ(all.findings[2].severity, "warning");
}

TEST_F(Demands, AFindingSaysTermPlaceAndWords) {
  order(
      R"([{"term":"BT-1","test":"digits","count":8,"prefix":"45","message":{"sv":"Numret är fel","en":"Wrong number"}}])");
  const auto finding = judged({}).findings.at(0);
  EXPECT_EQ(finding.id, "demand-form");
  EXPECT_EQ(finding.term, "BT-1");
  EXPECT_EQ(finding.value, "4711");
  EXPECT_NE(finding.place, "");
  EXPECT_EQ(finding.parameters.at("sv"), "Numret är fel");
  EXPECT_EQ(finding.parameters.at("en"), "Wrong number");
  EXPECT_NE(finding.parameters.at("wantedSv"), "");
}

TEST_F(Demands, AChangeIsSeenByTheNextDocument) {
  const auto id = order(R"([{"term":"BT-13","test":"present"}])");
  EXPECT_EQ(found({}), "demand-missing");
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(store::changeFilter(tx, store::Viewer::system(), granberga_, id, 1,
                                 {"Filter", true, {}, R"([{"term":"BT-1","test":"present"}])", ""}));
    return {};
  });
  EXPECT_EQ(found({}), "");
  write([&](Transaction& tx) { return store::deleteFilter(tx, store::Viewer::system(), granberga_, id); });
  EXPECT_EQ(found({}), "");
}

TEST_F(Demands, RegistersAreAskedAsTheyStandNow) {
  order(R"([{"term":"BT-1","test":"inRegister","kind":"orderNumber"}])");
  const auto one = makeRegister(store::RegisterKind::orders, {{"4712", "", "", {}, {}}});
  EXPECT_EQ(found({}), "demand-register");
  write([&](Transaction& tx) {
    return store::putRegisterRow(tx, store::Viewer::system(), granberga_, one.id, {"4711", "", "", {}, {}});
  });
  EXPECT_EQ(found({}), "");
}

TEST_F(Demands, TheSameInvoiceAgainIsARepetitionButNeverOfItsOwnChain) {
  Sample sample;
  const auto first = send(sample);
  walk();
  order(R"([{"test":"notRepeated","months":12}])");
  clock_.advanceSeconds(60);
  EXPECT_EQ(found(sample), "demand-repeated");
  EXPECT_EQ(judged(sample).findings.at(0).parameters.at("documentId"), first.text());
  EXPECT_EQ(found(sample, first), "") << "a later version of the same";
  sample.number = "4712";
  EXPECT_EQ(found(sample), "");
  sample = {};
  sample.withVat = sample.payable = "1250.01";
  EXPECT_EQ(found(sample), "") << "another amount";
  clock_.advanceSeconds(400LL * 86'400);
  EXPECT_EQ(found({}), "") << "longer ago than the demand looks";
}

TEST_F(Demands, OnlyOfWhomItSpeaks) {
  order(R"([{"term":"BT-13","test":"present","appliesTo":{"senders":["0007:5599900023"]}}])");
  EXPECT_EQ(found({}), "");
  order(R"([{"term":"BT-13","test":"present","appliesTo":{"senders":["0007:5599900015"]}}])");
  EXPECT_EQ(found({}), "demand-missing");
}

TEST_F(Demands, SuggestionsComeFromWhatIsShared) {
  makeRegister(store::RegisterKind::references, {{"R1", "", "", {}, {}}, {"R2", "", "", {}, {}}}, true);
  makeRegister(store::RegisterKind::orders, {{"O1", "", "", {}, {}}});
  const auto read = store_->read([&](store::Reader& reader) -> Outcome {
    const ReceiverLookups lookups(reader, granberga_, clock_.now());
    TRY(const auto references, lookups.suggestions("", rules::RegisterKind::reference, "r", 10));
    EXPECT_EQ(references, (std::vector<std::string>{"R1", "R2"}));
    TRY(const auto orders, lookups.suggestions("", rules::RegisterKind::order_number, "", 10));
    EXPECT_TRUE(orders.empty());
    return {};
  });
  EXPECT_TRUE(read);
}

TEST(CompiledFilters, AreKeptByWhatTheySayAndNoMoreThanTheirNumber) {
  CompiledFilters filters(2);
  int read = 0;
  const auto of = [&](const std::string& rules) {
    return filters.of(sha256(rules), [&]() -> Result<std::string> {
      ++read;
      return rules;
    });
  };
  const auto rule = [](int days) {
    return R"([{"term":"BT-2","test":"maxDaysOld","days":)" + std::to_string(days) + "}]";
  };
  EXPECT_TRUE(of(rule(1)));
  EXPECT_TRUE(of(rule(1)));
  EXPECT_EQ(read, 1);
  EXPECT_TRUE(of(rule(2)));
  EXPECT_TRUE(of(rule(1)));  // the last used
  EXPECT_TRUE(of(rule(3)));
  EXPECT_EQ(filters.size(), 2u);
  EXPECT_EQ(read, 3);
  EXPECT_TRUE(of(rule(1)));
  EXPECT_EQ(read, 3);
  EXPECT_EQ(of("[{}]").error().kind, ProblemKind::invalid);
  EXPECT_EQ(filters.size(), 2u);
}

}  // namespace
}  // namespace postgang::flow
