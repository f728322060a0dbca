// Bounces and questions that come by mail, about deliveries by a channel that the test holds in its hand.
#include "flow/inbound_mail.h"
#include "store/blobs.h"
#include "store/smartmail.h"
#include "tests/flow/courier.h"
#include "tests/flow/house.h"
#include "tests/flow/mails.h"

namespace postgang::flow {
namespace {

using store::EventType;

// As Courier, to the recipients that the test wants.
class MailCourier final : public channels::Channel {
 public:
  std::string_view name() const override { return "email"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    channels::Reach reach;
    reach.reachable = true;
    reach.reason = "address-known";
    return reach;
  }
  channels::Price price() const override { return {Decimal::fromScaled(150, 2), "SEK"}; }
  bool inHouse() const override { return false; }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment& consignment,
                                     Instant now) const override {
    channels::Prepared prepared;
    int number = 0;
    for (const auto& recipient : recipients) {
      store::RecipientLink link;
      link.tokenDigest = sha256(recipient + consignment.delivery.text());
      link.document = consignment.document;
      link.delivery = consignment.delivery;
      link.recipient = recipient;
      link.createdAt = now;
      link.expiresAt = now.plusSeconds(400LL * 86'400);
      link.bounceKey = "key" + std::to_string(++number);
      prepared.links.push_back(link);
      prepared.fact.recipients.push_back({recipient, {}});
    }
    prepared.fact.parts = {{}};
    return prepared;
  }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    channels::Sent sent;
    sent.result = EventType::sent;
    sent.evidence = "smtp";
    return sent;
  }
  std::vector<std::string> recipients = {"karin@granberga.example"};
};

class MailBounce : public House {
 protected:
  MailBounce() {
    auto email = std::make_unique<MailCourier>();
    auto print = std::make_unique<Courier>("print", 900);
    email_ = email.get();
    print_ = print.get();
    std::vector<std::unique_ptr<channels::Channel>> all;
    all.push_back(std::move(email));
    all.push_back(std::move(print));
    couriers_ = std::make_unique<channels::Registry>(std::move(all));
    settings_.mailing.from = "Retur@postgang.example";
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *couriers_, settings_);
  }
  Tools tools() const {
    return {*store_, clock_, const_cast<IdMaker&>(ids_), *couriers_, &settings_.mailing};
  }

  // What it means, "!" before it when it was dealt with before.
  std::string take(const std::string& bytes) {
    const auto given = tools();
    const auto taken = takeMail(given, settings_.limits, bytes);
    if (!taken) return taken.error().code;
    return (taken->again ? "!" : "") + std::string(name(taken->meaning));
  }
  DocumentId sent() {
    const auto id = send(Sample{});
    walk();
    EXPECT_EQ(story(id), std::string(before) + " sent");
    return id;
  }
  DeliveryId deliveryOf(DocumentId id) {
    for (const auto& event : eventsOf(id))
      if (event.type == EventType::sent) return std::get<store::DeliveryFact>(event.fact).delivery;
    return {};
  }
  std::string after(DocumentId id) { return story(id).substr(before.size()); }
  template <typename Fact>
  Fact last(DocumentId id) {
    return std::get<Fact>(eventsOf(id).back().fact);
  }

  static constexpr std::string_view before = "received recognised checked routed delivery-started";
  static constexpr auto verp = "retur+b-key1@postgang.example";
  std::unique_ptr<channels::Registry> couriers_;
  MailCourier* email_ = nullptr;
  Courier* print_ = nullptr;
};

TEST_F(MailBounce, a_report_of_failure_is_a_bounce_and_the_next_channel_is_tried_at_once) {
  const auto id = sent();
  EXPECT_EQ(take(reportMail({verp})), "bounce");
  EXPECT_EQ(after(id), " sent bounced");
  const auto fact = last<store::DeliveryFact>(id);
  EXPECT_EQ(fact.evidence, "dsn");
  EXPECT_EQ(fact.detail, "550 5.1.1 <karin@granberga.example>: User unknown");
  EXPECT_EQ(fact.address, "karin@granberga.example");
  EXPECT_NE(fact.wire.find("Final-Recipient: rfc822; karin@granberga.example"), std::string::npos)
      << fact.wire;
  walk();
  EXPECT_EQ(after(id), " sent bounced delivery-started sent");
  EXPECT_EQ(print_->sent.size(), 1U);
}

TEST_F(MailBounce, the_same_report_twice_counts_once) {
  const auto id = sent();
  const auto report = reportMail({verp});
  EXPECT_EQ(take(report), "bounce");
  EXPECT_EQ(take(report), "!bounce");
  EXPECT_EQ(take("Received: by another road\r\n" + report), "!bounce");
  // And another report about the same mail.
  Report other{verp};
  other.diagnostic = "550 5.1.1 still unknown";
  EXPECT_EQ(take(reportMail(other)), "bounce");
  walk();
  EXPECT_EQ(after(id), " sent bounced delivery-started sent");
  EXPECT_EQ(print_->sent.size(), 1U);
}

TEST_F(MailBounce, delays_receipts_and_absences_change_nothing) {
  const auto id = sent();
  EXPECT_EQ(take(reportMail({verp, "delayed", "4.4.1", "timed out"})), "delay");
  EXPECT_EQ(take(reportMail({verp, "delivered", "2.0.0", "250 ok"})), "delay");
  Letter absence{verp};
  absence.header = "Auto-Submitted: auto-replied\r\n";
  EXPECT_EQ(take(letterMail(absence)), "automatic");
  absence.header = "Return-Path: <>\r\n";
  absence.id = "another@granberga.example";
  EXPECT_EQ(take(letterMail(absence)), "automatic");
  EXPECT_EQ(after(id), " sent");
}

TEST_F(MailBounce, a_report_for_people_bounces_too) {
  const auto id = sent();
  Letter qmail{verp};
  qmail.from = "MAILER-DAEMON@mail.tallmo.example";
  qmail.subject = "failure notice";
  qmail.text =
      "Hi. This is the qmail-send program.\r\n\r\n<a@b.example>:\r\nSorry, no mailbox here by that name. "
      "(#5.1.1)\r\n";
  EXPECT_EQ(take(letterMail(qmail)), "bounce");
  EXPECT_EQ(last<store::DeliveryFact>(id).evidence, "bounce");
}

TEST_F(MailBounce, one_of_several_is_told_by_itself_and_the_last_one_bounces_the_delivery) {
  email_->recipients = {"karin@granberga.example", "ivar@granberga.example"};
  const auto id = sent();
  EXPECT_EQ(take(reportMail({verp})), "bounce");
  EXPECT_EQ(after(id), " sent recipient-bounced");
  EXPECT_EQ(last<store::SmartmailFact>(id).recipient, "karin@granberga.example");
  walk();
  EXPECT_TRUE(print_->sent.empty());
  EXPECT_EQ(take(reportMail({"retur+b-KEY2@postgang.example"})), "bounce") << "servers change the case";
  EXPECT_EQ(after(id), " sent recipient-bounced recipient-bounced bounced");
  walk();
  EXPECT_EQ(print_->sent.size(), 1U);
}

TEST_F(MailBounce, after_an_opening_nothing_is_sent_again) {
  const auto id = sent();
  const auto delivery = deliveryOf(id);
  ASSERT_TRUE(store_->write(store::Priority::walk, [&](store::Transaction& tx) {
    return store::append(
        tx, id, eventsOf(id).back().sequence,
        {{EventType::opened, {}, store::AccessFact{{}, "page", delivery, "karin@granberga.example"}}}, {});
  }));
  EXPECT_EQ(take(reportMail({verp})), "bounce");
  walk();
  EXPECT_EQ(after(id), " sent opened recipient-bounced");
  EXPECT_TRUE(print_->sent.empty());
  EXPECT_EQ(statusOf(id), "opened");
}

TEST_F(MailBounce, where_no_channel_is_left_it_has_failed_and_may_come_again) {
  std::vector<std::unique_ptr<channels::Channel>> alone;
  alone.push_back(std::make_unique<MailCourier>());
  flow_.reset();
  couriers_ = std::make_unique<channels::Registry>(std::move(alone));
  flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *couriers_, settings_);
  const auto id = sent();
  EXPECT_EQ(take(reportMail({verp})), "bounce");
  EXPECT_EQ(after(id), " sent bounced failed");
  EXPECT_EQ(last<store::FailedFact>(id).code, "email-bounced");
  EXPECT_FALSE(last<store::FailedFact>(id).advice.empty());
  EXPECT_NE(send(Sample{}), id);
}

TEST_F(MailBounce, without_a_key_of_ours_the_returned_message_says_which_it_was) {
  const auto id = sent();
  Report plain{"retur@postgang.example"};
  plain.returned = "smartmail." + deliveryOf(id).text() + ".1@postgang.example";
  EXPECT_EQ(take(reportMail(plain)), "bounce");
  EXPECT_EQ(after(id), " sent bounced");
  plain.returned = "smartmail." + ids_.next<DeliveryId>().text() + ".1@postgang.example";
  EXPECT_EQ(take(reportMail(plain)), "unknown");
  plain.returned = "smartmail." + deliveryOf(id).text() + ".1@other.example";
  EXPECT_EQ(take(reportMail(plain)), "unknown");
}

TEST_F(MailBounce, a_persons_answer_is_a_question_to_the_sender) {
  const auto id = sent();
  Letter letter{verp};
  letter.text =
      "Vad är posten Fjärrvärme för?\r\n\r\nDen mån 23 nov. 2026 skrev:\r\n> Här kommer fakturan.\r\n";
  const auto bytes = letterMail(letter);
  EXPECT_EQ(take(bytes), "question");
  EXPECT_EQ(take(bytes), "!question");
  EXPECT_EQ(after(id), " sent asked");
  const auto event = eventsOf(id).back();
  const auto fact = std::get<store::SmartmailFact>(event.fact);
  EXPECT_EQ(fact.detail, "Vad är posten Fjärrvärme för?");
  EXPECT_EQ(fact.recipient, "karin@granberga.example");
  EXPECT_EQ(event.actor.name, "karin@granberga.example");
  ASSERT_TRUE(fact.message);
  std::string kept;
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(kept, store::blob(reader, *fact.message));
    return {};
  }));
  EXPECT_EQ(kept, bytes);
}

TEST_F(MailBounce, an_answer_to_its_message_finds_it_without_the_key) {
  const auto id = sent();
  Letter letter{"retur@postgang.example"};
  letter.header = "In-Reply-To: <smartmail." + deliveryOf(id).text() + ".1@postgang.example>\r\n";
  EXPECT_EQ(take(letterMail(letter)), "question");
  EXPECT_EQ(after(id), " sent asked");
}

TEST_F(MailBounce, nobody_fills_the_timeline) {
  const auto id = sent();
  Letter letter{verp};
  for (int i = 0; i < 25; ++i) {
    letter.text = "Fråga " + std::to_string(i) + "\r\n";
    EXPECT_EQ(take(letterMail(letter)), i < 20 ? "question" : "unknown");
  }
  EXPECT_EQ(eventsOf(id).size(), 6U + 20U);
}

TEST_F(MailBounce, what_is_none_of_ours_does_nothing) {
  const auto id = sent();
  for (const auto* to :
       {"retur+b-gissad@postgang.example", "retur+b-@postgang.example", "retur@postgang.example",
        "retur+b-key1@other.example", "annan+b-key1@postgang.example", "retur+in-key1@postgang.example",
        "retur+@postgang.example"})
    EXPECT_EQ(take(reportMail({to})), "unknown") << to;
  EXPECT_EQ(take("ingenting"), "mail-unreadable");
  EXPECT_EQ(after(id), " sent");
}

}  // namespace
}  // namespace postgang::flow
