// Leads on both stores: joined, found, noted, counted, erased; and nobody's who does not see every company.
#include "store/leads.h"

#include "store/companies.h"
#include "store/notifications.h"
#include "store/sql/session.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class Leads : public BothStores {
 protected:
  Lead make(const std::string& name, const std::string& email, const std::string& phone = {}) {
    Lead lead;
    lead.id = ids_.next<LeadId>();
    lead.name = name;
    lead.email = email;
    lead.phone = phone;
    lead.createdAt = lead.lastAt = lead.stateAt = clock_.now();
    return lead;
  }
  HeardLead hear(const Lead& lead) {
    HeardLead heard;
    write([&](Transaction& tx) -> Outcome {
      TRY(heard, hearLead(tx, lead));
      return {};
    });
    clock_.advanceSeconds(60);
    return heard;
  }
  std::optional<Lead> find(LeadId id, const Viewer& viewer = Viewer::ofStaff({})) {
    std::optional<Lead> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, lead(reader, viewer, id));
      return {};
    });
    return found;
  }
  std::vector<LeadNote> notes(LeadId id) {
    std::vector<LeadNote> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, leadNotes(reader, Viewer::ofStaff({}), id));
      return {};
    });
    return found;
  }
  LeadPage list(const LeadQuery& query = {}, const Viewer& viewer = Viewer::ofStaff({})) {
    LeadPage page;
    read([&](Reader& reader) -> Outcome {
      TRY(page, listLeads(reader, viewer, query));
      return {};
    });
    return page;
  }
  std::vector<std::string> names(const LeadQuery& query = {}) {
    std::vector<std::string> found;
    for (const auto& lead : list(query).items) found.push_back(lead.name);
    return found;
  }
  void change(LeadId id, const std::function<void(Lead&)>& how) {
    write([&](Transaction& tx) -> Outcome {
      TRY(auto kept, leadToChange(tx, Viewer::ofStaff({}), id));
      EXPECT_TRUE(kept);
      how(*kept);
      return updateLead(tx, *kept);
    });
  }
};
INSTANTIATE_BOTH_STORES(Leads);

TEST_P(Leads, AreReadBackAsTheyWereWritten) {
  auto made = make("Karin Holm", "karin@holmsoner.example", "+46701234567");
  made.company = "Holm & Söner AB";
  made.message = "Vi skickar\n400 fakturor.";
  made.language = "en";
  made.source = "/welcome";
  made.consent = "2026-11";
  made.consentedAt = clock_.now();
  hear(made);
  const auto became = company(1);
  change(made.id, [&](Lead& lead) {
    lead.state = LeadState::meeting;
    lead.assignedTo = ids_.next<UserId>();
    lead.remindOn = Date::of(2026, 12, 1);
    lead.customer = became;
    made = lead;
  });
  reopen();
  const auto found = find(made.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "Karin Holm");
  EXPECT_EQ(found->company, made.company);
  EXPECT_EQ(found->email, made.email);
  EXPECT_EQ(found->phone, made.phone);
  EXPECT_EQ(found->message, made.message);
  EXPECT_EQ(found->language, "en");
  EXPECT_EQ(found->source, "/welcome");
  EXPECT_EQ(found->consent, "2026-11");
  EXPECT_EQ(found->consentedAt, made.consentedAt);
  EXPECT_EQ(found->state, LeadState::meeting);
  EXPECT_EQ(found->assignedTo, made.assignedTo);
  EXPECT_EQ(found->remindOn, Date::of(2026, 12, 1));
  EXPECT_EQ(found->customer, became);
  EXPECT_EQ(found->times, 1);
}

TEST_P(Leads, OfTheSameAddressOrNumberAreOne) {
  const auto first = make("Karin Holm", "karin@holmsoner.example", "+46701234567");
  EXPECT_FALSE(hear(first).again);
  auto later = make("K Holm", "karin@holmsoner.example", "+4681234567");
  later.message = "Hör av er.";
  EXPECT_EQ(hear(later).id, first.id);
  EXPECT_EQ(hear(make("Karin", "", "+46701234567")).id, first.id);
  EXPECT_EQ(list().items.size(), 1U);
  const auto kept = find(first.id);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->times, 3);
  EXPECT_EQ(kept->name, "Karin Holm") << "anybody can write somebody else's address";
  EXPECT_EQ(kept->phone, "+46701234567");
  const auto said = notes(first.id);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_EQ(said[1].kind, "again");
  EXPECT_EQ(said[1].text, "K Holm, +4681234567\nHör av er.");
  EXPECT_EQ(said[0].text, "Karin");
}

TEST_P(Leads, OfOneSwitchboardWithAddressesOfTheirOwnAreTwo) {
  const auto karin = make("Karin Holm", "karin@holmsoner.example", "+46701234567");
  hear(karin);
  const auto other = hear(make("Olga Orm", "olga@holmsoner.example", "+46701234567"));
  EXPECT_FALSE(other.again);
  EXPECT_NE(other.id, karin.id);
  EXPECT_TRUE(hear(make("Karin Holm", "", "+46701234567")).again);
  const auto nameless = make("Per Lind", "", "+4681234567");
  hear(nameless);
  EXPECT_EQ(hear(make("Per Lind", "per@mejl.example", "+4681234567")).id, nameless.id);
}

TEST_P(Leads, WithNeitherInCommonAreTwo) {
  hear(make("Karin Holm", "karin@holmsoner.example"));
  hear(make("Per Lind", "", "+46701234567"));
  hear(make("Olga Orm", "olga@mejl.example"));
  EXPECT_EQ(names(), (std::vector<std::string>{"Olga Orm", "Per Lind", "Karin Holm"}));
}

TEST_P(Leads, ThatWereLostAreNewWhenTheyWriteAgain) {
  const auto made = make("Karin Holm", "karin@holmsoner.example");
  hear(made);
  change(made.id, [](Lead& lead) {
    lead.state = LeadState::lost;
    lead.lostReason = "Valde en annan";
  });
  hear(make("Karin Holm", "karin@holmsoner.example"));
  EXPECT_EQ(find(made.id)->state, LeadState::arrived);
  EXPECT_EQ(find(made.id)->lostReason, "");
}

TEST_P(Leads, OfAFloodStayOneAndSmall) {
  for (std::int64_t i = 0; i < lead_notes_max + 20; ++i) hear(make("Karin Holm", "karin@holmsoner.example"));
  EXPECT_EQ(list().items.size(), 1U);
  EXPECT_LT(notes(list().items.front().id).size(), static_cast<std::size_t>(lead_notes_max));
}

TEST_P(Leads, AreFoundByWhatStandsInThemAndCountedByState) {
  auto holm = make("Karin Holm", "karin@holmsoner.example", "+46701234567");
  holm.company = "Göteborgs Hamn 100%_AB";
  hear(holm);
  hear(make("Per Lind", "per@lind.example"));
  change(holm.id, [](Lead& lead) { lead.state = LeadState::contacted; });
  const auto of = [&](const std::string& text) { return names({.text = text}); };
  const std::vector<std::string> karin = {"Karin Holm"};
  EXPECT_EQ(of("goteborg"), karin);
  EXPECT_EQ(of("HOLM karin"), karin);
  EXPECT_EQ(of("070123"), karin);
  EXPECT_EQ(of("+46701"), karin);
  EXPECT_EQ(of("100%_"), karin);
  EXPECT_TRUE(of("%").size() == 1 && of("_").size() == 1);
  EXPECT_TRUE(of("' OR 1=1 --").empty());
  EXPECT_EQ(names({.states = {LeadState::contacted, LeadState::lost}}), karin);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto counts, countLeads(reader, Viewer::ofStaff({}), {.states = {LeadState::lost}}));
    EXPECT_EQ(counts.size(), lead_states.size());
    EXPECT_EQ(counts.at(LeadState::arrived), 1);
    EXPECT_EQ(counts.at(LeadState::contacted), 1);
    EXPECT_EQ(counts.at(LeadState::lost), 0);
    return {};
  });
}

TEST_P(Leads, AreListedPageByPage) {
  for (int i = 0; i < 7; ++i)
    hear(make("Lead " + std::to_string(i), "lead" + std::to_string(i) + "@mejl.example"));
  std::vector<std::string> seen;
  LeadQuery query;
  query.limit = 3;
  for (;;) {
    const auto page = list(query);
    for (const auto& lead : page.items) seen.push_back(lead.name);
    if (!page.nextCursor) break;
    query.cursor = *page.nextCursor;
  }
  ASSERT_EQ(seen.size(), 7U);
  EXPECT_EQ(seen.front(), "Lead 6");
  EXPECT_EQ(seen.back(), "Lead 0");
  read([&](Reader& reader) -> Outcome {
    for (const std::string cursor : {"made-up", "MTIz", "OmFiYw"}) {
      const auto page = listLeads(reader, Viewer::ofStaff({}), {.cursor = cursor});
      EXPECT_EQ(page ? std::string() : page.error().code, "cursor-malformed");
    }
    return {};
  });
}

TEST_P(Leads, AreNobodysWhoDoesNotSeeEveryCompany) {
  const auto made = make("Karin Holm", "karin@holmsoner.example");
  hear(made);
  const auto outsider = Viewer::ofCompanies({company(1)}, {});
  EXPECT_FALSE(find(made.id, outsider));
  EXPECT_TRUE(list({}, outsider).items.empty());
  read([&](Reader& reader) -> Outcome {
    TRY(const auto said, leadNotes(reader, outsider, made.id));
    EXPECT_TRUE(said.empty());
    TRY(const auto counts, countLeads(reader, outsider, {}));
    EXPECT_EQ(counts.at(LeadState::arrived), 0);
    return {};
  });
}

TEST_P(Leads, GoWithAllThatWasSaid) {
  const auto made = make("Karin Holm", "karin@holmsoner.example");
  hear(made);
  write([&](Transaction& tx) {
    return addLeadNote(tx, made.id, {0, clock_.now(), "note", "Drift", "Ringde."});
  });
  write([&](Transaction& tx) {
    return addLeadNote(tx, made.id, {0, clock_.now(), "note", "Drift", "Igen."});
  });
  ASSERT_EQ(notes(made.id).size(), 2U);
  EXPECT_EQ(notes(made.id).front().number, 2);
  const auto others = ids_.next<LeadId>();
  const auto operators = company(1);
  for (const auto id : {made.id, others}) {
    write([&](Transaction& tx) -> Outcome {
      Notification told;
      told.id = ids_.next<NotificationId>();
      told.user = ids_.next<UserId>();
      told.kind = "lead";
      told.company = operators;
      told.path = "/leads/" + id.text();
      told.words = {{"name", "Karin Holm"}};
      told.firstAt = told.lastAt = clock_.now();
      CHECK_OK(createNotification(tx, told));
      for (const auto& key :
           {"tell-people:lead:1::lead:" + id.text() + ":new:2026-11-23",
            "lead-mail:" + id.text() + ":2026-11-23", "lead-reminder:" + id.text() + ":2026-11-25"}) {
        NewJob job;
        job.kind = key.substr(0, key.find(':'));
        job.key = key;
        job.company = operators;
        job.runAt = clock_.now();
        job.payload = "{}";
        CHECK_OK(enqueue(tx, job));
      }
      return {};
    });
  }
  write([&](Transaction& tx) -> Outcome {
    TRY(const bool gone, eraseLead(tx, made.id));
    EXPECT_TRUE(gone);
    TRY(const bool again, eraseLead(tx, made.id));
    EXPECT_FALSE(again);
    return {};
  });
  EXPECT_FALSE(find(made.id));
  EXPECT_TRUE(notes(made.id).empty());
  read([&](Reader& reader) -> Outcome {
    TRY(const auto jobs, waitingJobs(reader, ""));
    EXPECT_EQ(jobs.size(), 3U) << "the other one's";
    for (const auto& job : jobs) EXPECT_NE(job.key.find(others.text()), std::string::npos) << job.key;
    TRY(const auto told, reader.connection().run("SELECT id FROM notifications"));
    EXPECT_EQ(told, 1);
    return {};
  });
}

TEST_P(Leads, ThatWereLostLongAgoAreErased) {
  const auto lost = make("Lost", "lost@mejl.example");
  const auto open = make("Open", "open@mejl.example");
  hear(lost);
  hear(open);
  change(lost.id, [&](Lead& lead) {
    lead.state = LeadState::lost;
    lead.stateAt = clock_.now();
  });
  std::int64_t gone = -1;
  const auto run = [&](Date on) {
    write([&](Transaction& tx) -> Outcome {
      TRY(gone, eraseLostLeads(tx, Instant::atMidnight(on).plusSeconds(3 * 3600), 10));
      return {};
    });
    return gone;
  };
  EXPECT_EQ(run(Date::of(2028, 11, 1)), 0);
  EXPECT_EQ(run(Date::of(2028, 11, 3)), 1);
  EXPECT_FALSE(find(lost.id));
  EXPECT_TRUE(find(open.id)) << "what is not lost is kept";
}

TEST_P(Leads, AreKeptForAsLongAsWasSaid) {
  read([&](Reader& reader) -> Outcome {
    TRY(const int months, leadMonthsKept(reader));
    EXPECT_EQ(months, 24);
    return {};
  });
  write([](Transaction& tx) { return setLeadMonthsKept(tx, 6); });
  write([](Transaction& tx) { return setLeadMonthsKept(tx, 12); });
  read([&](Reader& reader) -> Outcome {
    TRY(const int months, leadMonthsKept(reader));
    EXPECT_EQ(months, 12);
    return {};
  });
  const auto wrong = store().write(Priority::walk, [](Transaction& tx) { return setLeadMonthsKept(tx, 0); });
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "lead-months-invalid");
}

TEST_P(Leads, HaveOneConfirmationADay) {
  const auto first = [&](const std::string& email, Date day) {
    bool isFirst = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(isFirst, isFirstLeadMail(tx, email, day));
      return {};
    });
    return isFirst;
  };
  const auto day = Date::of(2026, 11, 2);
  EXPECT_TRUE(first("karin@mejl.example", day));
  EXPECT_FALSE(first("karin@mejl.example", day));
  EXPECT_TRUE(first("per@mejl.example", day));
  EXPECT_TRUE(first("karin@mejl.example", day.plusDays(1)));
}

TEST_P(Leads, AreToldToTheOperatorWhereThereIsOne) {
  const auto known = [&] {
    std::optional<CompanyId> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, operatorCompany(reader));
      return {};
    });
    return found;
  };
  company(1);
  EXPECT_FALSE(known());
  CompanyId made;
  write([&](Transaction& tx) -> Outcome {
    Company drift;
    drift.identifier = "0007:5599900999";
    drift.identifiers = {drift.identifier};
    drift.name = "Postgång Drift";
    drift.isOperator = true;
    drift.createdAt = clock_.now();
    TRY(made, createCompany(tx, drift));
    return {};
  });
  EXPECT_EQ(known(), made);
}

}  // namespace
}  // namespace postgang::store
