#include "flow/recipient_page.h"

#include <algorithm>
#include <thread>

#include "flow/smartmail.h"
#include "store/jobs.h"
#include "tests/flow/mailed.h"

namespace postgang::flow {
namespace {

using store::EventType;

class RecipientPage : public Mailed {
 protected:
  const std::string anna_ = "anna@berg.example", bo_ = "bo@berg.example";
};

TEST_F(RecipientPage, the_press_is_an_opening_and_there_is_no_letter) {
  const auto id = mailed();
  const auto key = pages().open(digest(id));
  ASSERT_TRUE(key) << key.error().code;
  EXPECT_EQ(since(id), "opened");
  EXPECT_EQ(statusOf(id), "opened");
  EXPECT_EQ(roads(id), "email:opened");
  const auto event = eventsOf(id).back();
  const auto& fact = std::get<store::AccessFact>(event.fact);
  EXPECT_EQ(event.actor.name, anna_);
  EXPECT_EQ(fact.what, "page");
  EXPECT_EQ(fact.recipient, anna_);
  EXPECT_EQ(fact.company, CompanyId());
  later(30 * day);
  EXPECT_EQ(since(id), "opened") << "the deadline finds it opened";
}

TEST_F(RecipientPage, nobody_who_presses_means_a_letter) {
  const auto id = mailed();
  later(7 * day + 60);
  EXPECT_EQ(since(id), "delivery-expired delivery-queued");
  EXPECT_EQ(roads(id), "email:posted print:queued");
}

TEST_F(RecipientPage, an_opening_counts_once_a_day_and_its_key_for_an_hour) {
  const auto id = mailed();
  const auto first = pages().open(digest(id)), second = pages().open(digest(id));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second) << "a second tab shares the page";
  EXPECT_EQ(since(id), "opened");
  EXPECT_TRUE(visit(digest(id)).shows(*first, clock_.now()));
  EXPECT_FALSE(visit(digest(id)).shows("", clock_.now()));
  EXPECT_FALSE(visit(digest(id)).shows(*first + "x", clock_.now()));
  clock_.advanceSeconds(page_seconds);
  EXPECT_FALSE(visit(digest(id)).shows(*first, clock_.now()));
  const auto third = pages().open(digest(id));
  ASSERT_TRUE(third);
  EXPECT_NE(*third, *first);
  EXPECT_EQ(since(id), "opened");
  clock_.advanceSeconds(day);
  ASSERT_TRUE(pages().open(digest(id)));
  EXPECT_EQ(since(id), "opened opened");
}

TEST_F(RecipientPage, a_fetch_is_no_opening_and_only_some_are_kept) {
  const auto id = mailed();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(pages().fetched(digest(id)));
  EXPECT_EQ(since(id), "page-fetched page-fetched page-fetched page-fetched");
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(roads(id), "email:waiting");
  later(7 * day + 60);
  EXPECT_EQ(roads(id), "email:posted print:queued");
}

TEST_F(RecipientPage, after_the_opening_fetches_are_not_kept) {
  const auto id = mailed();
  ASSERT_TRUE(pages().open(digest(id)));
  ASSERT_TRUE(pages().fetched(digest(id)));
  EXPECT_EQ(since(id), "opened");
}

TEST_F(RecipientPage, all_that_counts_must_be_opened) {
  plan_.parts = {{"", false}, {"mätare.pdf", false}, {"villkor.pdf", true}};
  const auto id = mailed();
  ASSERT_TRUE(pages().open(digest(id)));
  EXPECT_EQ(roads(id), "email:waiting");
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(pages().openPart(digest(id), "mätare.pdf"));
  EXPECT_EQ(since(id), "opened part-opened");
  EXPECT_EQ(roads(id), "email:opened");
  later(30 * day);
  EXPECT_EQ(since(id), "opened part-opened");
}

TEST_F(RecipientPage, an_attachment_that_nobody_opened_means_a_letter) {
  plan_.parts = {{"", false}, {"mätare.pdf", false}, {"villkor.pdf", true}};
  const auto id = mailed();
  ASSERT_TRUE(pages().open(digest(id)));
  ASSERT_TRUE(pages().openPart(digest(id), "villkor.pdf"));
  later(7 * day + 60);
  EXPECT_EQ(since(id), "opened part-opened delivery-expired delivery-queued");
}

TEST_F(RecipientPage, in_the_deadlines_instant_the_press_that_is_first_counts) {
  const auto id = mailed();
  clock_.advanceSeconds(7 * day);
  ASSERT_TRUE(pages().open(digest(id)));
  walk();
  EXPECT_EQ(since(id), "opened");
  EXPECT_EQ(roads(id), "email:opened");
}

TEST_F(RecipientPage, in_the_deadlines_instant_the_deadline_that_is_first_counts) {
  const auto id = mailed();
  clock_.advanceSeconds(7 * day);
  walk();
  ASSERT_TRUE(pages().open(digest(id)));
  walk();
  EXPECT_EQ(since(id), "delivery-expired delivery-queued opened");
  EXPECT_EQ(roads(id), "email:posted print:queued");
}

TEST_F(RecipientPage, a_press_between_the_deadlines_reading_and_its_commit_counts) {
  const auto id = mailed();
  clock_.advanceSeconds(7 * day);
  const auto jobs = store::claim(*store_, {"smartmail-due"}, 10, 60);
  ASSERT_TRUE(jobs && jobs->size() == 1);
  const Tools tools{*store_, clock_, ids_, *roads_};
  const auto commitOf = [&] {
    Decision decision;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(decision, smartmailDue(tools, reader, jobs->front()));
      return {};
    }));
    return decision.commit;
  };
  const auto decided = commitOf();
  ASSERT_TRUE(pages().open(digest(id)));
  const auto late = store_->write(store::Priority::walk, decided);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "stale-sequence");
  ASSERT_TRUE(store_->write(store::Priority::walk, commitOf()));
  EXPECT_EQ(since(id), "opened");
}

TEST_F(RecipientPage, presses_and_deadlines_at_once_end_one_way_each) {
  constexpr int documents = 12;
  std::vector<DocumentId> ids;
  for (int i = 0; i < documents; ++i) ids.push_back(mailed("R-" + std::to_string(i)));
  clock_.advanceSeconds(7 * day);
  std::thread presses([&] {
    for (const auto& id : ids) EXPECT_TRUE(flow_->recipientPages().open(digest(id)));
  });
  const auto done = flow_->runDue();
  presses.join();
  EXPECT_TRUE(done);
  walk();
  for (const auto& id : ids) {
    const auto happened = since(id);
    EXPECT_TRUE(happened == "opened" || happened == "delivery-expired delivery-queued opened" ||
                happened == "delivery-expired opened delivery-queued")
        << happened;
  }
}

TEST_F(RecipientPage, the_wrong_recipient_ends_the_link_and_the_letter_goes) {
  const auto id = mailed();
  ASSERT_TRUE(pages().wrongRecipient(digest(id)));
  EXPECT_EQ(since(id), "wrong-recipient delivery-queued");
  EXPECT_EQ(roads(id), "email:failed print:queued");
  EXPECT_EQ(visit(digest(id)).state, RecipientVisit::State::ended);
  EXPECT_TRUE(pages().wrongRecipient(digest(id))) << "said twice";
  EXPECT_EQ(codeOf(pages().fetched(digest(id))), "link-ended");
  const auto opening = pages().open(digest(id));
  ASSERT_FALSE(opening);
  EXPECT_EQ(opening.error().code, "link-ended");
  later(30 * day);
  EXPECT_EQ(since(id), "wrong-recipient delivery-queued") << "one letter";
}

TEST_F(RecipientPage, what_the_wrong_one_has_opened_is_not_opened) {
  const auto id = mailed();
  ASSERT_TRUE(pages().open(digest(id)));
  ASSERT_TRUE(pages().wrongRecipient(digest(id)));
  EXPECT_EQ(since(id), "opened wrong-recipient delivery-queued");
  EXPECT_EQ(statusOf(id), "sending");
  EXPECT_EQ(roads(id), "email:failed print:queued");
  EXPECT_FALSE(deliveries(id).front().road.openedAt);
}

TEST_F(RecipientPage, without_another_road_somebody_must_act) {
  letters_ = false;
  const auto id = mailed();
  ASSERT_TRUE(pages().wrongRecipient(digest(id)));
  EXPECT_EQ(since(id), "wrong-recipient failed");
  EXPECT_EQ(statusOf(id), "failed");
  EXPECT_EQ(fact<store::FailedFact>(id).code, "smartmail-wrong-recipient");
  EXPECT_FALSE(fact<store::FailedFact>(id).advice.empty());
}

TEST_F(RecipientPage, one_wrong_address_of_two_leaves_the_other) {
  plan_.addresses = {anna_, bo_};
  const auto id = mailed();
  ASSERT_TRUE(pages().open(digest(id, bo_)));
  EXPECT_EQ(roads(id), "email:opened");
  ASSERT_TRUE(pages().wrongRecipient(digest(id, bo_)));
  EXPECT_EQ(since(id), "opened recipient-bounced");
  EXPECT_EQ(roads(id), "email:waiting") << "what the wrong one opened is not opened";
  EXPECT_EQ(visit(digest(id, bo_)).state, RecipientVisit::State::ended);
  EXPECT_EQ(visit(digest(id, anna_)).state, RecipientVisit::State::open);
  ASSERT_TRUE(pages().wrongRecipient(digest(id, anna_)));
  EXPECT_EQ(since(id), "opened recipient-bounced wrong-recipient delivery-queued");
}

TEST_F(RecipientPage, a_bounce_after_the_opening_takes_nothing_back) {
  plan_.addresses = {anna_, bo_};
  const auto id = mailed();
  ASSERT_TRUE(pages().open(digest(id, bo_)));
  store::SmartmailFact late;
  late.delivery = deliveries(id).front().id;
  late.recipient = bo_;
  late.detail = "550 5.1.1";
  ASSERT_TRUE(store_->write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto last, store::lastSequence(tx, id));
    return store::append(tx, id, last, {{EventType::recipient_bounced, {}, late}}, {});
  }));
  EXPECT_EQ(roads(id), "email:opened");
}

TEST_F(RecipientPage, the_deadline_that_passed_meanwhile_comes_again) {
  plan_.addresses = {anna_, bo_};
  const auto id = mailed();
  ASSERT_TRUE(pages().open(digest(id, bo_)));
  later(8 * day);
  EXPECT_EQ(since(id), "opened");
  ASSERT_TRUE(pages().wrongRecipient(digest(id, bo_)));
  walk();
  EXPECT_EQ(since(id), "opened recipient-bounced delivery-expired delivery-queued");
}

TEST_F(RecipientPage, once_the_letter_goes_a_wrong_address_changes_nothing) {
  const auto id = mailed();
  later(7 * day + 60);
  ASSERT_TRUE(pages().wrongRecipient(digest(id)));
  walk();
  EXPECT_EQ(since(id), "delivery-expired delivery-queued recipient-bounced");
}

TEST_F(RecipientPage, a_question_goes_to_the_sender_within_bounds) {
  const auto id = mailed();
  EXPECT_EQ(codeOf(pages().ask(digest(id), " \n ")), "question-empty");
  EXPECT_EQ(codeOf(pages().ask(digest(id), std::string(1001, 'a'))), "question-too-long");
  ASSERT_TRUE(pages().ask(digest(id), "  Varför är det\x01så dyrt?\n"));
  ASSERT_TRUE(pages().ask(digest(id), "Varför är det så dyrt?")) << "pressed twice";
  EXPECT_EQ(since(id), "asked");
  EXPECT_EQ(std::get<store::SmartmailFact>(eventsOf(id).back().fact).detail, "Varför är det så dyrt?");
  for (int i = 1; i < questions_a_day_max; ++i)
    ASSERT_TRUE(pages().ask(digest(id), "Fråga " + std::to_string(i)));
  EXPECT_EQ(codeOf(pages().ask(digest(id), "En till")), "questions-too-many");
  clock_.advanceSeconds(day);
  EXPECT_TRUE(pages().ask(digest(id), "En till"));
  EXPECT_EQ(statusOf(id), "sent") << "a question is no opening";
}

TEST_F(RecipientPage, wanting_an_einvoice_is_said_once) {
  const auto id = mailed();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(pages().wantEinvoice(digest(id)));
  EXPECT_EQ(since(id), "einvoice-wanted");
}

TEST_F(RecipientPage, an_expired_link_opens_nothing_and_can_be_had_anew) {
  const auto id = mailed();
  EXPECT_EQ(codeOf(pages().sendNewLink(digest(id))), "link-still-open");
  later(401 * day);
  EXPECT_EQ(visit(digest(id)).state, RecipientVisit::State::expired);
  const auto opening = pages().open(digest(id));
  ASSERT_FALSE(opening);
  EXPECT_EQ(opening.error().code, "link-expired");
  EXPECT_EQ(codeOf(pages().wrongRecipient(digest(id))), "link-expired");
  EXPECT_TRUE(pages().sendNewLink(digest(id)));
  EXPECT_TRUE(pages().sendNewLink(digest(id)));
  std::int64_t waiting = 0;
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto states, store::queueStates(reader));
    for (const auto& state : states)
      if (state.kind == "remind") waiting = state.waiting;
    return {};
  }));
  EXPECT_EQ(waiting, 1) << "at most once a day";
}

TEST_F(RecipientPage, a_replaced_document_leads_to_the_newest_that_was_sent_there) {
  const auto id = mailed();
  const auto none = pages().newer(tokenOf(id, anna_));
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
  CorrectionRequest request;
  request.document = id;
  request.changes = {{document::Term::BT_10, {}, "Sara Lind", {}}};
  const auto seller = store::Viewer::ofCompanies({energi_}, {store::ActorKind::person, "1", "Karin Sund"});
  const auto made = flow_->correct(seller, request);
  ASSERT_TRUE(made) << made.error().code;
  walk();
  const auto token = pages().newer(tokenOf(id, anna_)), again = pages().newer(tokenOf(id, anna_));
  ASSERT_TRUE(token && *token && again);
  EXPECT_EQ(*token, *again);
  EXPECT_EQ(visit(recipientDigest(**token)).link.document, made->id);
  ASSERT_TRUE(pages().open(recipientDigest(**token)));
  EXPECT_EQ(statusOf(made->id), "opened");
  EXPECT_EQ(statusOf(id), "superseded");
}

TEST_F(RecipientPage, a_link_that_nobody_was_sent_does_nothing) {
  const auto nothing = recipientDigest("token-tampered");
  EXPECT_EQ(codeOf(pages().fetched(nothing)), "link-unknown");
  EXPECT_EQ(codeOf(pages().wrongRecipient(nothing)), "link-unknown");
  EXPECT_EQ(codeOf(pages().ask(nothing, "Hej")), "link-unknown");
  EXPECT_EQ(codeOf(pages().sendNewLink(nothing)), "link-unknown");
  const auto opening = pages().open(nothing);
  ASSERT_FALSE(opening);
  EXPECT_EQ(opening.error().code, "link-unknown");
}

TEST_F(RecipientPage, the_senders_own_look_is_no_opening) {
  const auto id = mailed();
  const auto seller = store::Viewer::ofCompanies({energi_}, {store::ActorKind::person, "1", "Karin Sund"});
  const auto delivery = deliveries(id).front().id;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(pages().previewed(seller, id, delivery));
  EXPECT_EQ(since(id), "page-fetched");
  EXPECT_EQ(eventsOf(id).back().actor.name, "Karin Sund");
  EXPECT_EQ(statusOf(id), "sent");
}

}  // namespace
}  // namespace postgang::flow
