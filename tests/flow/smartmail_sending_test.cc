// A Smartmail from the walk to what its recipient's server answers.
#include <future>

#include "net/smtp_client.h"
#include "tests/flow/smartmail_sender.h"
#include "tests/net/cutting_proxy.h"
#include "tests/net/smtp_script.h"

namespace postgang::flow {
namespace {

using store::EventType;

using SmartmailSending = SmartmailSender;

TEST_F(SmartmailSending, LeavesWithALinkAndAnAddressOfItsOwn) {
  const auto id = send(toAnna());
  walk();
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started sent");
  ASSERT_EQ(left_.size(), 1U);
  EXPECT_EQ(left_[0].envelope.recipients, std::vector<std::string>{"anna.berg@mejl.example"});
  const auto link = linkIn(left_[0].message);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->document, id);
  EXPECT_EQ(link->recipient, "anna.berg@mejl.example");
  EXPECT_EQ(channels::bounceKeyIn(left_[0].envelope.sender), link->bounceKey);
  EXPECT_EQ(link->expiresAt, clock_.now().plusSeconds(400 * 86'400));

  const auto mail = delivery(id);
  EXPECT_EQ(mail.channel, "email");
  EXPECT_EQ(mail.address, "anna.berg@mejl.example");
  EXPECT_EQ(mail.evidence, "smtp");
  EXPECT_EQ(mail.price->text(), "1.50");
  EXPECT_EQ(roadState(mail), "waiting");
  ASSERT_TRUE(mail.sentDigest);
  EXPECT_EQ(blob(*mail.sentDigest), left_[0].message) << "what left is kept byte for byte";
  ASSERT_EQ(mail.road.parts.size(), 1U);
  ASSERT_TRUE(mail.road.deadline);
  EXPECT_EQ(mail.road.deadline->text(), "2026-11-30T15:00:00.000000Z");
  EXPECT_NE(left_[0].message.find("Message-Id: <smartmail." + mail.id.text() + ".0@postgang.example>"),
            std::string::npos);
}

TEST_F(SmartmailSending, WithoutPaperNoLetterIsPromised) {
  const auto id = send(toAnna());
  walk();
  EXPECT_EQ(left_[0].message.find("papper"), std::string::npos);
  pass(8);
  EXPECT_EQ(statusOf(id), "failed");
  EXPECT_EQ(fact<store::FailedFact>(id).code, "smartmail-not-opened");
}

TEST_F(SmartmailSending, EachOfSeveralRecipientsHasAMailOfItsOwn) {
  anna("anna.berg@mejl.example", R"({"addresses":["per@mejl.example","eva@annat.example"]})");
  answer("per@mejl.example", SmtpResult::refused, "550 5.1.1 no such user");
  answer("eva@annat.example", SmtpResult::later, "451 greylisted");
  const auto id = send(toAnna());
  walk();
  ASSERT_EQ(left_.size(), 3U);
  EXPECT_NE(left_[0].envelope.sender, left_[1].envelope.sender);
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started sent recipient-bounced");
  auto mail = delivery(id);
  ASSERT_EQ(mail.road.recipients.size(), 3U);
  EXPECT_EQ(mail.road.recipients[0].bounced, "");
  EXPECT_EQ(mail.road.recipients[1].bounced, "550 5.1.1 no such user");
  EXPECT_EQ(mail.road.recipients[2].bounced, "");
  ASSERT_TRUE(flow_->advance(clock_, 90));
  ASSERT_EQ(left_.size(), 4U) << "who wanted it later is asked again, and nobody else";
  EXPECT_EQ(left_[3].envelope.recipients.front(), "eva@annat.example");
  EXPECT_TRUE(linkIn(left_[3].message));
  pass(3);
  EXPECT_EQ(left_.size(), 4U);
}

TEST_F(SmartmailSending, WhoNeverTakesItHasBouncedInTheEnd) {
  anna("anna.berg@mejl.example", R"({"addresses":["eva@annat.example"]})");
  for (int i = 0; i < 10; ++i) answer("eva@annat.example", SmtpResult::later, "451 greylisted");
  const auto id = send(toAnna());
  walk();
  pass(3);
  EXPECT_EQ(left_.size(), 2U + 6U);
  EXPECT_EQ(delivery(id).road.recipients[1].bounced, "Not taken in a day: 451 greylisted");
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(SmartmailSending, ARefusalIsABounceAndTheNextChannelsTurn) {
  answer("anna.berg@mejl.example", SmtpResult::refused, "550 5.1.1 no such user");
  const auto id = send(toAnna());
  walk();
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started bounced failed");
  EXPECT_EQ(delivery(id).road.recipients[0].bounced, "550 5.1.1 no such user");
}

TEST_F(SmartmailSending, LaterIsTriedSixTimesMoreAndThenGivenUp) {
  for (int i = 0; i < 20; ++i) answer("anna.berg@mejl.example", SmtpResult::later, "451 not now");
  const auto id = send(toAnna());
  walk();
  ASSERT_TRUE(flow_->advance(clock_, 59));
  EXPECT_EQ(left_.size(), 1U);
  ASSERT_TRUE(flow_->advance(clock_, 14));
  EXPECT_EQ(left_.size(), 2U) << "within a fifth more than a minute";
  pass(3);
  EXPECT_EQ(left_.size(), 7U);
  EXPECT_EQ(statusOf(id), "failed");
}

TEST_F(SmartmailSending, CutAfterTheEndIsUncertainAndNotSentAgain) {
  answer("anna.berg@mejl.example", SmtpResult::uncertain, "No answer after the message's end", true);
  const auto id = send(toAnna());
  walk();
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started delivery-uncertain");
  pass(2);
  EXPECT_EQ(left_.size(), 1U);
  EXPECT_TRUE(delivery(id).road.deadline) << "it goes to paper if nobody opens it";
}

TEST_F(SmartmailSending, RemindsWhoHasNotOpened) {
  companySets(R"({"remindAfterDays":[2,4]})");
  const auto id = send(toAnna("1")), opened = send(toAnna("2"));
  walk();
  ASSERT_EQ(left_.size(), 2U);
  open(opened);
  pass(2);
  ASSERT_EQ(left_.size(), 3U);
  EXPECT_NE(left_[2].message.find("Subject: Inte"), std::string::npos);
  const auto link = linkIn(left_[2].message);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->document, id);
  EXPECT_EQ(channels::bounceKeyIn(left_[2].envelope.sender), link->bounceKey);
  EXPECT_EQ(delivery(id).road.reminders, 1);
  pass(2);
  EXPECT_EQ(left_.size(), 4U);
  EXPECT_EQ(delivery(id).road.reminders, 2);
  EXPECT_EQ(delivery(opened).road.reminders, 0);
}

TEST_F(SmartmailSending, AReminderThatBouncesMovesTheDocumentOn) {
  companySets(R"({"remindAfterDays":[2]})");
  const auto id = send(toAnna());
  walk();
  answer("anna.berg@mejl.example", SmtpResult::refused, "550 5.2.1 mailbox disabled");
  pass(2);
  EXPECT_EQ(story(id),
            "received recognised checked routed delivery-started sent recipient-bounced bounced failed");
  pass(10);
  EXPECT_EQ(left_.size(), 2U);
}

TEST_F(SmartmailSending, TheAttachedFormBringsThePdf) {
  companySets(R"({"form":"attached","toPaper":false})");
  const auto id = send(toAnna());
  walk();
  ASSERT_EQ(left_.size(), 1U);
  EXPECT_NE(left_[0].message.find("Content-Type: application/pdf"), std::string::npos);
  EXPECT_NE(left_[0].message.find("filename=4711.pdf"), std::string::npos);
  EXPECT_FALSE(delivery(id).road.deadline);
  pass(30);
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(SmartmailSending, WhoHasNoAddressIsNotReached) {
  anna("");
  const auto none = send(toAnna());
  walk();
  const auto plan = fact<store::RoutedFact>(none).plan;
  const auto step = std::ranges::find(plan, "email", &store::PlanStep::channel);
  ASSERT_NE(step, plan.end());
  EXPECT_EQ(step->reason, "email-missing");
  EXPECT_TRUE(left_.empty());
  EXPECT_EQ(statusOf(none), "failed");
}

TEST_F(SmartmailSending, AHostThatHangsStopsNoOther) {
  anna("anna.berg@langsam.example");
  write([&](store::Transaction& tx) {
    store::Partner partner;
    partner.identifier = "customer:20118";
    partner.customerNumber = "20118";
    partner.name = "Per Ek";
    partner.person = true;
    partner.email = "per.ek@snabb.example";
    return store::putPartner(tx, energi_, partner);
  });
  std::promise<void> goOn, quick;
  auto waiting = goOn.get_future().share();
  std::atomic<int> delivered = 0;
  onSend = [&](const net::Envelope& envelope) {
    if (envelope.recipients.front().ends_with("langsam.example"))
      waiting.wait();
    else if (++delivered == 10)
      quick.set_value();
  };
  settings_.lanes = {.threads = 4};
  settings_.workers = 1;
  restart();
  for (int i = 0; i < 10; ++i) send(toAnna("slow" + std::to_string(i)));
  for (int i = 0; i < 10; ++i) {
    auto sample = toAnna("quick" + std::to_string(i));
    sample.buyerName = "Per Ek";
    sample.customerNumber = "20118";
    send(sample);
  }
  clock_.run();
  flow_->start();
  EXPECT_EQ(quick.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
  goOn.set_value();
  flow_->stop();
}

// Against a server on a socket, cut where the test wants it.
class SmartmailOverSmtp : public SmartmailSender {
 protected:
  std::string outcome(net::test::SmtpScript::Replies replies) {
    net::test::SmtpScript script(std::move(replies));
    return outcome(script, script.url());
  }
  std::string outcome(net::test::SmtpScript& script, const std::string& url) {
    mailing_.send = [url](const net::Envelope& envelope, std::string_view message) {
      net::SmtpServer server;
      server.url = url;
      return net::sendMail(server, envelope, message);
    };
    restart();
    auto bytes = invoice(toAnna("over-" + std::to_string(++number_)));
    if (!attachment_.empty())
      bytes.insert(
          bytes.find("<cac:AccountingSupplierParty>"),
          "<cac:AdditionalDocumentReference><cbc:ID>karta</cbc:ID><cac:Attachment>"
          "<cbc:EmbeddedDocumentBinaryObject mimeCode=\"image/png\" filename=\"karta.png\">" +
              attachment_ +
              "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>");
    const auto id = send(upload(std::move(bytes)));
    walk();
    heard_ = script.heard();
    const auto mail = delivery(id);
    return std::string(document::name(mail.status)) + ": " + mail.attempts.back().detail;
  }
  std::string throughProxy(net::test::CuttingProxy::Cut cut) {
    net::test::SmtpScript script;
    int port = 0;
    for (const char c : script.url().substr(script.url().rfind(':') + 1)) port = port * 10 + (c - '0');
    net::test::CuttingProxy proxy(port, std::move(cut));
    return outcome(script, "smtp://127.0.0.1:" + std::to_string(proxy.port()));
  }

  std::string attachment_;  // in base64
  int number_ = 0;
  std::string heard_;
};

TEST_F(SmartmailOverSmtp, IsTakenRefusedOrWanted) {
  EXPECT_EQ(outcome({{".", "250 2.0.0 Ok: queued as AB12"}}), "sent: 250 2.0.0 Ok: queued as AB12");
  EXPECT_NE(heard_.find("MAIL FROM:<retur+b-"), std::string::npos) << heard_;
  EXPECT_EQ(outcome({{"RCPT", "550 5.1.1 User unknown"}}), "bounced: 550 5.1.1 User unknown");
  EXPECT_EQ(outcome({{".", "554 5.7.1 Spam"}}), "bounced: 554 5.7.1 Spam");
  EXPECT_EQ(outcome({{"RCPT", "451 4.7.1 Greylisted"}}), "failed: 451 4.7.1 Greylisted");
}

// Within a long message: nobody has it. Within a short one it has all left us, and nobody knows; after it,
// with the answer on its way, somebody has it.
TEST_F(SmartmailOverSmtp, CutWithinTheMessageItIsSentAgainUnlessItsEndMayHaveArrived) {
  using net::test::Passing;
  const auto cutAfter = [](std::size_t bytes) {
    return [bytes](Passing passing, std::size_t soFar) {
      return passing == Passing::to_server && soFar > bytes;
    };
  };
  attachment_ = std::string(6'000'000, 'A');
  companySets(R"({"form":"attached"})");
  EXPECT_TRUE(throughProxy(cutAfter(100'000)).starts_with("failed: "));
  EXPECT_EQ(heard_.find("\n.\n"), std::string::npos);
  attachment_.clear();
  companySets("{}");
  EXPECT_TRUE(throughProxy(cutAfter(4096)).starts_with("uncertain: "));
  EXPECT_EQ(heard_.find("\n.\n"), std::string::npos);
  // The greeting and EHLO, MAIL, RCPT, DATA are answered; the answer to the message's end is cut.
  std::atomic<int> answers = 0;
  EXPECT_TRUE(throughProxy([&answers](Passing passing, std::size_t) {
                return passing == Passing::to_client && ++answers == 6;
              }).starts_with("uncertain: "));
  EXPECT_NE(heard_.find("\n.\n"), std::string::npos);
}

TEST_F(SmartmailOverSmtp, CutBeforeTheLastDotItIsSentAgainAndAfterItNot) {
  EXPECT_TRUE(outcome({{"DATA", "CUT"}}).starts_with("failed: "));
  EXPECT_TRUE(outcome({{".", "CUT"}}).starts_with("uncertain: No answer after the message's end"));
}

}  // namespace
}  // namespace postgang::flow
