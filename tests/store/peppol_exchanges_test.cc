#include "store/peppol_exchanges.h"

#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class PeppolExchanges : public BothStores {
 protected:
  PeppolExchange some(const std::string& instance, ExchangeDirection direction = ExchangeDirection::out) {
    PeppolExchange exchange;
    exchange.instance = instance;
    exchange.direction = direction;
    exchange.kind = "invoice";
    exchange.document = ids_.next<DocumentId>();
    exchange.delivery = ids_.next<DeliveryId>();
    exchange.company = company(1);
    exchange.sender = "0007:5599900015";
    exchange.receiver = "0192:999999999";
    exchange.documentType = {"busdox-docid-qns", "urn:x::Invoice##y::2.1"};
    exchange.process = {"cenbii-procid-ubl", "urn:process"};
    exchange.senderCountry = "SE";
    exchange.receiverCountry = "NO";
    exchange.senderAccessPoint = "POP000001";
    exchange.receiverAccessPoint = "POP000002";
    exchange.transport = "peppol-transport-as4-v2_0";
    exchange.mlsTo = "0242:000001";
    exchange.mlsAlways = true;
    exchange.envelope = sha256(instance);
    exchange.handedOverAt = clock_.now();
    return exchange;
  }
  bool keep(const PeppolExchange& exchange) {
    bool made = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(made, keepExchange(tx, exchange));
      return {};
    });
    return made;
  }
  std::optional<PeppolExchange> found(const std::string& instance,
                                      ExchangeDirection direction = ExchangeDirection::out) {
    std::optional<PeppolExchange> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, exchange(reader, direction, instance));
      return {};
    });
    return found;
  }
  void confirm(const std::string& instance, Instant at, const std::string& accessPoint = {}) {
    write([&](Transaction& tx) {
      return confirmExchange(tx, ExchangeDirection::out, instance, at, "m-" + instance, accessPoint);
    });
  }
  std::vector<std::string> ofMonth(int year, int month) {
    std::vector<std::string> instances;
    read([&](Reader& reader) {
      return exchangesOfMonth(reader, year, month,
                              [&](const PeppolExchange& each) { instances.push_back(each.instance); });
    });
    return instances;
  }
};
INSTANTIATE_BOTH_STORES(PeppolExchanges);

TEST_P(PeppolExchanges, AllOfItComesBack) {
  const auto kept = some("a");
  EXPECT_TRUE(keep(kept));
  const auto back = found("a");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->document, kept.document);
  EXPECT_EQ(back->delivery, kept.delivery);
  EXPECT_EQ(back->company, kept.company);
  EXPECT_EQ(back->sender + back->receiver, kept.sender + kept.receiver);
  EXPECT_EQ(back->documentType, kept.documentType);
  EXPECT_EQ(back->process, kept.process);
  EXPECT_EQ(back->senderCountry + back->receiverCountry, "SENO");
  EXPECT_EQ(back->senderAccessPoint + back->receiverAccessPoint, "POP000001POP000002");
  EXPECT_EQ(back->transport, kept.transport);
  EXPECT_EQ(back->mlsTo, kept.mlsTo);
  EXPECT_TRUE(back->mlsAlways);
  EXPECT_EQ(back->envelope, kept.envelope);
  EXPECT_EQ(back->handedOverAt, kept.handedOverAt);
  EXPECT_FALSE(back->confirmedAt);
  EXPECT_EQ(back->mls, "");
  EXPECT_FALSE(back->mlsAt);
}

TEST_P(PeppolExchanges, AnInstanceIsOneInItsDirection) {
  auto kept = some("a");
  EXPECT_TRUE(keep(kept));
  kept.receiver = "0007:5599900023";
  EXPECT_FALSE(keep(kept));
  EXPECT_EQ(found("a")->receiver, "0192:999999999") << "the first stands";
  EXPECT_FALSE(found("a", ExchangeDirection::in));
  EXPECT_TRUE(keep(some("a", ExchangeDirection::in)));
  EXPECT_TRUE(found("a", ExchangeDirection::in));
  EXPECT_FALSE(found("A"));
}

TEST_P(PeppolExchanges, IsFoundByDeliveryAndByDocumentAnswersApart) {
  auto sent = some("a");
  keep(sent);
  auto again = some("b");
  again.document = sent.document;
  again.handedOverAt = sent.handedOverAt.plusSeconds(60);
  keep(again);
  auto answer = some("c");
  answer.document = sent.document;
  answer.delivery.reset();
  answer.about = "b";
  answer.handedOverAt = sent.handedOverAt.plusSeconds(120);
  keep(answer);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto byDelivery, exchangeOfDelivery(reader, *sent.delivery));
    EXPECT_EQ(byDelivery->instance, "a");
    TRY(const auto byDocument, exchangeOfDocument(reader, ExchangeDirection::out, *sent.document));
    EXPECT_EQ(byDocument->instance, "b");
    TRY(const auto none, exchangeOfDocument(reader, ExchangeDirection::in, *sent.document));
    EXPECT_FALSE(none);
    return {};
  });
}

TEST_P(PeppolExchanges, TheFirstConfirmationStands) {
  keep(some("a"));
  confirm("a", clock_.now());
  confirm("a", clock_.now().plusSeconds(9), "POP000009");
  const auto back = found("a");
  EXPECT_EQ(back->confirmedAt, clock_.now());
  EXPECT_EQ(back->messageId, "m-a");
  EXPECT_EQ(back->receiverAccessPoint, "POP000002") << "as it was, where nothing else is said";
  keep(some("b"));
  confirm("b", clock_.now(), "POP000009");
  EXPECT_EQ(found("b")->receiverAccessPoint, "POP000009");
}

TEST_P(PeppolExchanges, TheStatusIsTheLastThatWasSaid) {
  keep(some("a"));
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(setExchangeMls(tx, ExchangeDirection::out, "a", "RE", "no", clock_.now()));
    return setExchangeMls(tx, ExchangeDirection::out, "a", "AP", "yes", clock_.now().plusSeconds(1));
  });
  EXPECT_EQ(found("a")->mls, "AP");
  EXPECT_EQ(found("a")->mlsWords, "yes");
  EXPECT_EQ(found("a")->mlsAt, clock_.now().plusSeconds(1));
  const auto document = ids_.next<DocumentId>();
  write([&](Transaction& tx) { return setExchangeDocument(tx, ExchangeDirection::out, "a", document); });
  EXPECT_EQ(found("a")->document, document);
}

TEST_P(PeppolExchanges, AMonthIsOneOfUtcAndOfWhatWasConfirmed) {
  for (const auto* instance : {"before", "first", "last", "after", "never"}) keep(some(instance));
  const auto november = Instant::atMidnight(Date::of(2026, 11, 1));
  const auto december = Instant::atMidnight(Date::of(2026, 12, 1));
  confirm("last", december.plusMicroseconds(-1));
  confirm("before", november.plusMicroseconds(-1));
  confirm("first", november);
  confirm("after", december);
  EXPECT_EQ(ofMonth(2026, 11), (std::vector<std::string>{"first", "last"}));
  EXPECT_EQ(ofMonth(2026, 12), (std::vector<std::string>{"after"}));
  EXPECT_EQ(ofMonth(2025, 11), std::vector<std::string>());
}

}  // namespace
}  // namespace postgang::store
