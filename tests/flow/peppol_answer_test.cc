// What a receiver says of a document that came over Peppol, and what becomes of saying it.
#include "flow/peppol_answer.h"

#include "tests/flow/answered_by_peppol.h"

namespace postgang::flow {
namespace {

using formats::ClarificationKind;
using store::NoticeState;

TEST_F(AnsweredByPeppol, WhatTheSenderCanCorrectIsUnderQuery) {
  demand(order_number_demanded);
  const auto id = returned();
  const auto said = response();
  EXPECT_EQ(codes(said), "UQ REF NIN");
  EXPECT_EQ(said.clarifications[0].kind, ClarificationKind::reason);
  EXPECT_EQ(said.clarifications[0].words.substr(0, 20), "Ordernummer saknas. ");
  EXPECT_EQ(said.clarifications[0].details.at(0).term, "BT-13");
  EXPECT_EQ(said.clarifications[0].details.at(0).value.substr(0, 2), "45") << "a value that would do";
  EXPECT_EQ(said.clarifications[1].kind, ClarificationKind::action);
  EXPECT_EQ(said.invoiceNumber, "4711");
  EXPECT_EQ(said.invoiceDate, Date::parse("2026-11-23"));
  EXPECT_EQ(said.invoiceType, "380");
  EXPECT_EQ(said.sender.endpoint, "0007:5599900023");
  EXPECT_EQ(said.sender.name, "Granberga Bygg AB");
  EXPECT_EQ(said.receiver.endpoint, participant);
  EXPECT_EQ(said.receiver.name, "Nordhamn Energi AB");
  EXPECT_EQ(said.since, Date::parse("2026-11-23"));
  EXPECT_EQ(noticed(id), "sent:peppol");
  EXPECT_EQ(fact<store::NoticeFact>(id).address, participant);
  EXPECT_EQ(fact<store::NoticeFact>(id).detail, "m-1@ap");
}

TEST_F(AnsweredByPeppol, TheEnvelopeGoesBackTheWayThatTheDocumentCame) {
  demand(order_number_demanded);
  const auto id = returned();
  const auto header = envelope().header;
  EXPECT_EQ(header.sender, "0007:5599900023");
  EXPECT_EQ(header.receiver, participant);
  EXPECT_EQ(header.senderCountry, "SE");
  EXPECT_EQ(header.mlsTo, "0242:000001");
  EXPECT_EQ(header.process.value, "urn:fdc:peppol.eu:poacc:bis:invoice_response:3");
  EXPECT_NE(header.documentType.value.find("trns:invoice_response:3::2.1"), std::string::npos);
  EXPECT_EQ(accessPoint_.asked("POST").at(0).token, "secret");
  const auto row = kept(header.instance);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->kind, "invoice-response");
  EXPECT_EQ(row->document, id);
  EXPECT_EQ(row->company, granberga_);
  EXPECT_EQ(row->about, "of " + id.text());
  EXPECT_EQ(row->senderAccessPoint, "POP000001");
  EXPECT_EQ(row->receiverAccessPoint, "POP000009") << "as the AS4 message found it";
  EXPECT_EQ(row->receiverCountry, "SE");
  EXPECT_EQ(row->confirmedAt, Instant::parse("2026-11-23T09:45:00Z"));
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto bytes, store::blob(reader, row->envelope));
    EXPECT_EQ(bytes, accessPoint_.asked("POST").at(0).body);
    return {};
  }));
}

TEST_F(AnsweredByPeppol, WhatNobodyCanCorrectIsRejected) {
  demand(R"([{"id":"order","term":"BT-13","test":"present"},{"id":"due","term":"BT-9","test":"present"}])");
  returned();
  EXPECT_EQ(codes(response()), "RE REF PAY NIN CNF");
}

TEST_F(AnsweredByPeppol, WhatAPersonSendsBackHasThatPersonsWords) {
  demand(held(order_number_demanded));
  const auto id = arrived();
  ASSERT_EQ(statusOf(id), "held");
  ASSERT_TRUE(flow_->decide(buyer(), id, Verb::send_back, "Fel bolag\x01 fakturerat"));
  later(20);
  const auto said = response();
  EXPECT_EQ(codes(said).substr(0, 2), "UQ");
  EXPECT_EQ(said.note, "Fel bolag  fakturerat");
}

TEST_F(AnsweredByPeppol, ADecisionIsAnsweredAtOnce) {
  const auto accepted = arrived("1"), rejected = arrived("2");
  EXPECT_EQ(handedOver(), 0U);
  ASSERT_TRUE(flow_->decide(buyer(), accepted, Verb::accept, ""));
  ASSERT_TRUE(flow_->decide(buyer(), rejected, Verb::reject, "Varorna är inte våra."));
  walk();
  ASSERT_EQ(handedOver(), 2U);
  const auto first = response(0), second = response(1);
  const auto& yes = first.invoiceNumber == "1" ? first : second;
  const auto& no = first.invoiceNumber == "1" ? second : first;
  EXPECT_EQ(codes(yes), "AP");
  EXPECT_EQ(codes(no), "RE OTH");
  EXPECT_EQ(no.clarifications[0].words, "Varorna är inte våra.");
  EXPECT_NE(yes.id, no.id);
  EXPECT_EQ(noticed(accepted), "sent:peppol");
  EXPECT_EQ(statusOf(accepted), "accepted") << "its telling changes nothing";
}

TEST_F(AnsweredByPeppol, WhatCameByAnotherRoadIsNotAnsweredThere) {
  demand(order_number_demanded);
  const auto id = send(Sample{});
  walk();
  later(20);
  EXPECT_EQ(handedOver(), 0U);
  EXPECT_EQ(noticed(id), "unreachable:nobody");
}

TEST_F(AnsweredByPeppol, WithoutAnAccessPointTheOtherWaysAreAsTheyWere) {
  demand(order_number_demanded);
  setUp(false);
  const auto id = returned();
  EXPECT_EQ(noticed(id), "unreachable:nobody");
  EXPECT_EQ(notice(id)->reason, "no-address");
}

TEST_F(AnsweredByPeppol, ASenderWithoutResponsesIsLeftToTheOtherWays) {
  demand(order_number_demanded);
  register_->takesNoResponses();
  const auto id = returned();
  EXPECT_EQ(handedOver(), 0U);
  EXPECT_EQ(noticed(id), "unreachable:nobody");
  EXPECT_EQ(notice(id)->state, NoticeState::unreachable);
  EXPECT_EQ(notice(id)->missing, std::vector<std::string>{"email"});
}

TEST_F(AnsweredByPeppol, ASenderThatHasLeftPeppolIsLeftToTheOtherWays) {
  demand(order_number_demanded);
  addUser();
  register_->says({Said::absent});
  const auto id = returned();
  EXPECT_EQ(noticed(id), "sent:portal");
  EXPECT_EQ(notice(id)->way, "portal");
}

TEST_F(AnsweredByPeppol, APortalAndPeppolAreBothTold) {
  demand(order_number_demanded);
  addUser();
  const auto id = returned();
  EXPECT_EQ(noticed(id), "sent:portal sent:peppol");
  EXPECT_EQ(notice(id)->way, "portal") << "the first stands";
}

TEST_F(AnsweredByPeppol, WherePeppolIsTheOnlyWayItIsTheNotices) {
  demand(order_number_demanded);
  const auto first = returned("1");
  EXPECT_EQ(notice(first)->state, NoticeState::sent);
  EXPECT_EQ(notice(first)->way, "peppol");
  EXPECT_EQ(notice(first)->address, participant);
  EXPECT_EQ(fact<store::NoticeFact>(first).notice, notice(first)->id.text());
}

TEST_F(AnsweredByPeppol, SeveralReturnsAreOneNoticeAndAnAnswerEach) {
  demand(order_number_demanded);
  const auto first = arrived("1"), second = arrived("2");
  later(20);
  EXPECT_EQ(handedOver(), 2U);
  EXPECT_EQ(noticed(first), "sent:peppol");
  EXPECT_EQ(noticed(second), "sent:peppol");
  EXPECT_EQ(notice(first)->id, notice(second)->id);
}

TEST_F(AnsweredByPeppol, WhatIsRefusedForGoodIsSaidAndIsATask) {
  demand(order_number_demanded);
  accessPoint_.answers(400, R"({"detail":"no such receiver"})");
  const auto id = returned();
  EXPECT_EQ(noticed(id), "bounced:peppol unreachable:nobody");
  EXPECT_EQ(fact<store::NoticeFact>(id).detail, "no such receiver");
  EXPECT_EQ(notice(id)->state, NoticeState::unreachable);
  EXPECT_EQ(statusOf(id), "returned");
  later(86'400);
  EXPECT_EQ(handedOver(), 1U);
}

TEST_F(AnsweredByPeppol, ARefusedDecisionIsSaidAlone) {
  const auto id = arrived();
  accessPoint_.answers(422, R"({"detail":"no"})");
  ASSERT_TRUE(flow_->decide(buyer(), id, Verb::accept, ""));
  walk();
  EXPECT_EQ(noticed(id), "bounced:peppol");
  EXPECT_EQ(statusOf(id), "accepted");
}

TEST_F(AnsweredByPeppol, TheSameEnvelopeIsHandedOverUntilItIsTaken) {
  demand(order_number_demanded);
  accessPoint_.answers(503);
  const auto id = returned();
  EXPECT_EQ(noticed(id), "");
  EXPECT_EQ(notice(id)->state, NoticeState::waiting) << "neither told nor out of reach yet";
  EXPECT_EQ(handedOver(), 1U);
  later(90);
  EXPECT_EQ(handedOver(), 2U);
  EXPECT_EQ(accessPoint_.asked("GET").size(), 1U) << "it is asked whether it has it";
  EXPECT_EQ(accessPoint_.asked("POST").at(0).body, accessPoint_.asked("POST").at(1).body);
  EXPECT_EQ(noticed(id), "sent:peppol");
  EXPECT_EQ(notice(id)->state, NoticeState::sent);
}

TEST_F(AnsweredByPeppol, WhatTheAccessPointHasSentMeanwhileIsNotHandedOverAgain) {
  demand(order_number_demanded);
  accessPoint_.answers(503);
  accessPoint_.answers(200, R"({"status":"sent","completedDT":"2026-11-23T09:42:00Z","as4MessageId":"m-7"})");
  const auto id = returned();
  later(90);
  EXPECT_EQ(handedOver(), 1U);
  EXPECT_EQ(noticed(id), "sent:peppol");
  EXPECT_EQ(fact<store::NoticeFact>(id).detail, "m-7");
  EXPECT_EQ(kept(envelope().header.instance)->confirmedAt, Instant::parse("2026-11-23T09:42:00Z"));
}

TEST_F(AnsweredByPeppol, AnAccessPointThatIsAwayForDaysIsGivenUp) {
  demand(order_number_demanded);
  for (int i = 0; i < 40; ++i) accessPoint_.answers(503);
  const auto id = returned();
  later(3 * 86'400);
  EXPECT_EQ(noticed(id), "bounced:peppol unreachable:nobody");
  EXPECT_LE(accessPoint_.asked("GET").size(), 7U);
}

TEST_F(AnsweredByPeppol, ARegisterThatIsSilentIsAskedAgain) {
  demand(order_number_demanded);
  register_->says({Said::unknown, Said::unknown, Said::found});
  const auto id = returned();
  EXPECT_EQ(noticed(id), "");
  later(3600);
  EXPECT_EQ(noticed(id), "sent:peppol");
  EXPECT_EQ(handedOver(), 1U);
}

TEST_F(AnsweredByPeppol, ARegisterThatNeverAnswersIsSaid) {
  demand(order_number_demanded);
  register_->says({Said::unknown});
  const auto id = returned();
  later(3 * 86'400);
  EXPECT_EQ(noticed(id), "bounced:peppol unreachable:nobody");
  EXPECT_EQ(handedOver(), 0U);
}

TEST_F(AnsweredByPeppol, WhatWasRefusedCanBeAskedForAgain) {
  demand(order_number_demanded);
  accessPoint_.answers(400, R"({"detail":"not now"})");
  const auto id = returned();
  ASSERT_TRUE(flow_->tellAgain(buyer(), granberga_, id));
  walk();
  EXPECT_EQ(handedOver(), 2U);
  EXPECT_EQ(accessPoint_.asked("POST").at(0).body, accessPoint_.asked("POST").at(1).body);
  EXPECT_EQ(noticed(id), "bounced:peppol unreachable:nobody sent:peppol");
  EXPECT_EQ(notice(id)->state, NoticeState::sent);
  // It has been told: nothing goes twice.
  ASSERT_TRUE(flow_->tellAgain(buyer(), granberga_, id));
  walk();
  EXPECT_EQ(handedOver(), 2U);
  EXPECT_EQ(notice(id)->way, "peppol");
}

TEST_F(AnsweredByPeppol, AReceiverIsInTheCountryThatItsDocumentsSay) {
  const auto id = arrived();
  write([&](store::Transaction& tx) -> Outcome {
    CHECK_OK(tx.connection().run(
        "UPDATE peppol_exchanges SET receiver_country = '', receiver = '0088:7300010000001'"));
    return {};
  });
  ASSERT_TRUE(flow_->decide(buyer(), id, Verb::accept, ""));
  walk();
  EXPECT_EQ(envelope().header.senderCountry, "SE") << "as the document says (BT-55)";
}

}  // namespace
}  // namespace postgang::flow
