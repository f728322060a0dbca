#include "flow/smartmail_actions.h"

#include "base/text.h"
#include "tests/flow/mail_road.h"

namespace postgang::flow {
namespace {

using store::EventType;

class SmartmailActions : public MailHouse {
 protected:
  SmartmailDone act(DocumentId id, SmartmailVerb verb, int days = 0) {
    const auto done = flow_->actOnSmartmail(karin_, {id}, {verb, days});
    EXPECT_TRUE(done) << done.error().code;
    return done ? done->front() : SmartmailDone{};
  }
  std::string why(DocumentId id, SmartmailVerb verb, int days = 1) {
    const auto done = act(id, verb, days);
    return done.problem ? done.problem->code : "done";
  }
  SmartmailChoices choices(DocumentId id) {
    SmartmailChoices found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, smartmailChoices(reader, id, mailOf(id), {}, clock_.now()));
      return {};
    }));
    return found;
  }
  std::int64_t jobs(const std::string& kind) {
    std::int64_t waiting = 0;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto states, store::queueStates(reader));
      for (const auto& state : states)
        if (state.kind == kind) waiting += state.waiting;
      return {};
    }));
    return waiting;
  }

  store::Viewer karin_ = store::Viewer::ofCompanies({energi_}, {store::ActorKind::person, "1", "Karin Sand"});
  const Instant deadline_ = *Instant::parse("2026-11-30T15:00:00Z");
};

TEST_F(SmartmailActions, everything_can_be_done_while_it_waits) {
  const auto now = choices(mailed());
  EXPECT_EQ(now.remind + now.extend + now.postNow + now.stop, "");
}

TEST_F(SmartmailActions, extending_moves_the_deadline_and_keeps_its_time_of_day) {
  const auto id = mailed();
  const auto done = act(id, SmartmailVerb::extend, 3);
  EXPECT_EQ(done.deadline, *Instant::parse("2026-12-03T15:00:00Z"));
  EXPECT_EQ(eventsOf(id).back().actor.name, "Karin Sand");
  runUntil(deadline_.plusSeconds(86'400));
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
  runUntil(*done.deadline);
  EXPECT_EQ(count(id, EventType::delivery_expired), 1);
}

TEST_F(SmartmailActions, extending_counts_bank_days_where_deadlines_do) {
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setSmartmailSettings(tx, energi_, R"({"bankDays":true})");
  }));
  const auto id = mailed();
  EXPECT_EQ(act(id, SmartmailVerb::extend, 5).deadline, *Instant::parse("2026-12-07T15:00:00Z"));
}

TEST_F(SmartmailActions, the_deadline_goes_no_further_than_the_recipients_links) {
  const auto id = mailed();
  for (int i = 0; i < 2; ++i) EXPECT_EQ(why(id, SmartmailVerb::extend, 60), "done");
  const auto done = act(id, SmartmailVerb::extend, 60);
  ASSERT_TRUE(done.problem);
  EXPECT_EQ(done.problem->code, "smartmail-extended-too-far");
  EXPECT_EQ(done.problem->parameters.at("latest"), "2027-05-22");
  EXPECT_EQ(why(id, SmartmailVerb::extend, 53), "done");
  EXPECT_EQ(why(id, SmartmailVerb::extend), "smartmail-at-due-date");
}

TEST_F(SmartmailActions, posting_now_is_the_deadline_at_once) {
  const auto id = mailed();
  EXPECT_EQ(why(id, SmartmailVerb::post_now), "done");
  EXPECT_EQ(story(id),
            "received recognised checked routed delivery-started sent delivery-expired delivery-queued");
  EXPECT_EQ(mailOf(id).evidence, "asked");
  EXPECT_EQ(why(id, SmartmailVerb::post_now), "done") << "it is so already";
  runUntil(deadline_.plusSeconds(1));
  EXPECT_EQ(count(id, EventType::delivery_expired), 1);
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
  EXPECT_EQ(why(id, SmartmailVerb::stop), "smartmail-on-paper");
  EXPECT_EQ(why(id, SmartmailVerb::extend), "smartmail-on-paper");
  EXPECT_EQ(why(id, SmartmailVerb::remind), "smartmail-on-paper");
}

TEST_F(SmartmailActions, what_went_to_paper_at_its_deadline_was_not_asked_for) {
  const auto id = mailed();
  runUntil(deadline_);
  EXPECT_EQ(why(id, SmartmailVerb::post_now), "smartmail-on-paper");
}

TEST_F(SmartmailActions, what_is_stopped_never_goes_to_paper) {
  const auto id = mailed();
  EXPECT_EQ(why(id, SmartmailVerb::stop), "done");
  EXPECT_EQ(why(id, SmartmailVerb::stop), "done") << "it is so already";
  EXPECT_EQ(count(id, EventType::deadline_moved), 1);
  EXPECT_EQ(why(id, SmartmailVerb::extend), "smartmail-no-deadline");
  EXPECT_EQ(choices(id).stop, "smartmail-no-deadline");
  runUntil(deadline_.plusSeconds(100 * 86'400));
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
  EXPECT_EQ(why(id, SmartmailVerb::post_now), "done") << "its sender may still decide otherwise";
  EXPECT_EQ(count(id, EventType::delivery_queued), 1);
}

TEST_F(SmartmailActions, reminding_twice_within_the_hour_is_once) {
  const auto id = mailed();
  EXPECT_EQ(why(id, SmartmailVerb::remind), "done");
  EXPECT_EQ(why(id, SmartmailVerb::remind), "done");
  store::SmartmailFact fact;
  fact.delivery = mailOf(id).id;
  write(id, EventType::reminded, fact);
  EXPECT_EQ(why(id, SmartmailVerb::remind), "smartmail-reminded-lately");
  clock_.advanceSeconds(3600);
  EXPECT_EQ(why(id, SmartmailVerb::remind), "done");
}

TEST_F(SmartmailActions, says_why_when_nothing_is_to_be_done) {
  const auto opened = mailed("1"), cancelled = mailed("2");
  open(opened);
  write(cancelled, EventType::cancelled, store::NoteFact{});
  mail_->result = EventType::delivery_failed;
  const auto failed = mailed("3");
  for (const auto verb :
       {SmartmailVerb::remind, SmartmailVerb::extend, SmartmailVerb::post_now, SmartmailVerb::stop}) {
    EXPECT_EQ(why(opened, verb), "smartmail-opened");
    EXPECT_EQ(why(cancelled, verb), "smartmail-ended");
    EXPECT_EQ(why(failed, verb), "smartmail-failed");
  }
}

TEST_F(SmartmailActions, posting_needs_a_letter_that_can_arrive) {
  paper_->fault = "post-code-missing";
  EXPECT_EQ(why(mailed("1"), SmartmailVerb::post_now), "smartmail-no-postal-address");
  paper_->fault = "print-off";
  EXPECT_EQ(why(mailed("2"), SmartmailVerb::post_now), "smartmail-no-print");
  withoutPaper();
  const auto id = mailed("3");
  EXPECT_EQ(why(id, SmartmailVerb::post_now), "smartmail-no-print");
  EXPECT_EQ(count(id, EventType::delivery_expired), 0);
}

TEST_F(SmartmailActions, one_that_cannot_holds_up_nothing_and_no_other_company_acts) {
  const auto one = mailed("1"), two = mailed("2"), never = ids_.next<DocumentId>();
  open(one);
  const auto done = flow_->actOnSmartmail(karin_, {one, two, never, two}, {SmartmailVerb::stop, 0});
  ASSERT_TRUE(done);
  ASSERT_EQ(done->size(), 4U);
  EXPECT_EQ((*done)[0].problem->code, "smartmail-opened");
  EXPECT_FALSE((*done)[1].problem);
  EXPECT_EQ((*done)[2].problem->kind, ProblemKind::not_found);
  EXPECT_FALSE((*done)[3].problem);
  EXPECT_EQ(count(two, EventType::deadline_moved), 1);
  const auto foreign =
      flow_->actOnSmartmail(store::Viewer::ofCompanies({granberga_}, {}), {two}, {SmartmailVerb::stop, 0});
  ASSERT_TRUE(foreign);
  EXPECT_EQ(foreign->front().problem->kind, ProblemKind::not_found);
}

TEST_F(SmartmailActions, every_reason_has_its_words) {
  for (const auto* code : {"smartmail-none", "smartmail-ended", "smartmail-sent-again", "smartmail-on-paper",
                           "smartmail-opened", "smartmail-bounced", "smartmail-failed", "smartmail-not-sent",
                           "smartmail-reminded-lately", "smartmail-no-deadline", "smartmail-at-due-date",
                           "smartmail-no-postal-address", "smartmail-no-print"})
    for (const auto language : {Language::swedish, Language::english})
      for (const auto* ending : {"", "-advice"})
        EXPECT_TRUE(Texts::of(language).has("problem." + std::string(code) + ending)) << code;
}

}  // namespace
}  // namespace postgang::flow
