// What follows when somebody wants to know more: one mail a day and address, a link that takes it back, a
// reminder on its day, and what is erased by night.
#include "flow/leads.h"

#include "base/bytes.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class LeadFlow : public House {
 protected:
  LeadFlow() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      sent_.push_back({envelope, std::string(message)});
      return net::SmtpAnswer{net::SmtpResult::accepted, "250 queued", {}, {}};
    };
    settings_.vault = &vault_;
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      store::Company drift;
      drift.identifier = "0007:5599900999";
      drift.identifiers = {drift.identifier};
      drift.name = "Postgång Drift";
      drift.isOperator = true;
      drift.createdAt = clock_.now();
      TRY(operator_, store::createCompany(tx, drift));
      return {};
    }));
  }
  store::LeadId hear(const std::string& email, const std::string& phone = {}, bool mailIsOn = true) {
    const auto id = write(email, phone, mailIsOn);
    walk();
    return id;
  }
  store::LeadId write(const std::string& email, const std::string& phone = {}, bool mailIsOn = true) {
    store::Lead lead;
    lead.id = ids_.next<store::LeadId>();
    lead.name = "Karin <b>Holm</b> https://evil.example";
    lead.message = "Klicka: https://evil.example\r\nBcc: alla@mejl.example";
    lead.email = email;
    lead.phone = phone;
    lead.createdAt = lead.lastAt = lead.stateAt = clock_.now();
    EXPECT_TRUE(store_->write(store::Priority::background,
                              [&](store::Transaction& tx) { return hearLead(tx, lead, mailIsOn); }));
    return lead.id;
  }
  // Those that wait to be told.
  std::vector<store::WaitingJob> news() {
    std::vector<store::WaitingJob> waiting;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(waiting, store::waitingJobs(reader, ""));
      return {};
    }));
    std::erase_if(waiting, [](const store::WaitingJob& job) {
      return job.payload.find("/leads/") == std::string::npos;
    });
    return waiting;
  }
  std::size_t reminders(store::LeadId id) {
    std::vector<store::LeadNote> notes;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(notes, store::leadNotes(reader, store::Viewer::system(), id));
      return {};
    }));
    std::erase_if(notes, [](const store::LeadNote& note) { return note.kind != "reminder"; });
    return notes.size();
  }
  std::optional<store::Lead> kept(store::LeadId id) {
    std::optional<store::Lead> lead;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(lead, store::lead(reader, store::Viewer::system(), id));
      return {};
    }));
    return lead;
  }
  static std::string unfolded(std::string message) {
    for (auto at = message.find("=\r\n"); at != std::string::npos; at = message.find("=\r\n", at))
      message.erase(at, 3);
    return message;
  }

  struct Mail {
    net::Envelope envelope;
    std::string message;
  };
  Vault vault_ = Vault::withKey(std::string(32, 'k'));
  std::vector<Mail> sent_;
  CompanyId operator_;
};

TEST_F(LeadFlow, MailsThatItCameWithNothingOfWhatWasWritten) {
  const auto id = hear("karin@mejl.example");
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"karin@mejl.example"});
  const auto message = unfolded(sent_[0].message);
  EXPECT_EQ(message.find("evil"), std::string::npos);
  EXPECT_EQ(message.find("Holm"), std::string::npos);
  EXPECT_EQ(message.find("Bcc"), std::string::npos);
  EXPECT_EQ(message.find("text/html"), std::string::npos);
  const auto hash = message.find("/welcome#");
  ASSERT_NE(hash, std::string::npos);
  const auto token = message.substr(hash + 9, message.find_first_of("\r\n", hash) - hash - 9);
  EXPECT_EQ(leadOfToken(vault_, token), id);
}

TEST_F(LeadFlow, MailsAnAddressOnceADay) {
  for (int i = 0; i < 5; ++i) hear("karin@mejl.example");
  EXPECT_EQ(sent_.size(), 1U);
  clock_.advanceSeconds(24 * 3600);
  hear("karin@mejl.example");
  EXPECT_EQ(sent_.size(), 2U);
  hear("", "+46701234567");
  hear("per@mejl.example", {}, /*mailIsOn=*/false);
  EXPECT_EQ(sent_.size(), 2U);
}

TEST_F(LeadFlow, MailsAMailboxOnceADayWhateverItsTags) {
  for (const auto* email : {"karin@mejl.example", "karin+1@mejl.example", "karin+2@mejl.example"})
    hear(email);
  EXPECT_EQ(sent_.size(), 1U);
  hear("+@mejl.example");
  EXPECT_EQ(sent_.size(), 2U) << "a mailbox of its own";
}

TEST_F(LeadFlow, HearsQuietlyInAFlood) {
  store::Lead lead;
  lead.id = ids_.next<store::LeadId>();
  lead.name = "Karin Holm";
  lead.email = "karin@mejl.example";
  lead.createdAt = lead.lastAt = lead.stateAt = clock_.now();
  EXPECT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return hearLeadQuietly(tx, lead); }));
  EXPECT_TRUE(news().empty());
  walk();
  EXPECT_TRUE(sent_.empty());
  EXPECT_TRUE(kept(lead.id));
}

TEST_F(LeadFlow, GivesNobodyALinkThatErasesSomebodyElses) {
  hear("", "+46701234567");
  hear("annan@mejl.example", "+46701234567");
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(unfolded(sent_[0].message).find("/welcome#"), std::string::npos);
}

TEST_F(LeadFlow, TellsTheStaffOncePerLeadAndDay) {
  const auto id = write("karin@mejl.example");
  write("karin@mejl.example");
  write("karin@mejl.example");
  const auto told = news();
  ASSERT_EQ(told.size(), 2U) << "that it is new, and that it wrote again";
  for (const auto& each : told) EXPECT_NE(each.payload.find("/leads/" + id.text()), std::string::npos);
}

TEST_F(LeadFlow, RemindsOnTheDayThatStandsInTheLead) {
  const auto id = hear("karin@mejl.example");
  const auto remindOn = [&](std::optional<Date> day) {
    ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(auto lead, store::leadToChange(tx, store::Viewer::system(), id));
      lead->remindOn = day;
      CHECK_OK(store::updateLead(tx, *lead));
      return remindOfLeadLater(tx, *lead);
    }));
  };
  remindOn(Date::of(2026, 11, 25));
  remindOn(Date::of(2026, 11, 27));
  ASSERT_TRUE(flow_->advance(clock_, 2 * 24 * 3600));
  EXPECT_EQ(reminders(id), 0U) << "another day was chosen since";
  ASSERT_TRUE(flow_->advance(clock_, 2 * 24 * 3600));
  EXPECT_EQ(reminders(id), 1U);
  EXPECT_EQ(dateInStockholm(clock_.now()), Date::of(2026, 11, 27));
}

TEST_F(LeadFlow, ErasesByNightWhatWasLostLongAgo) {
  const auto id = hear("karin@mejl.example");
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto lead, store::leadToChange(tx, store::Viewer::system(), id));
    lead->state = store::LeadState::lost;
    return store::updateLead(tx, *lead);
  }));
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::enqueue(tx, leadErasureJob(clock_.now()));
  }));
  walk();
  EXPECT_TRUE(kept(id));
  clock_.set(*Instant::parse("2028-11-24T02:00:00Z"));
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    return store::enqueue(tx, leadErasureJob(clock_.now()));
  }));
  walk();
  EXPECT_FALSE(kept(id));
}

TEST_F(LeadFlow, KnowsNoTokenButItsOwn) {
  const auto id = ids_.next<store::LeadId>();
  const auto token = leadToken(vault_, id);
  EXPECT_EQ(leadOfToken(vault_, token), id);
  EXPECT_FALSE(leadOfToken(Vault::withKey(std::string(32, 'x')), token));
  EXPECT_FALSE(leadOfToken(vault_, base64Url(vault_.seal(id.text(), "lead-form"))));
  for (const char* other : {"", "x", "****", "djEu"}) EXPECT_FALSE(leadOfToken(vault_, other));
}

}  // namespace
}  // namespace postgang::flow
