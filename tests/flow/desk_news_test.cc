// What a desk's people hear of new tickets: a crowd is one row and one mail, whosever they are; what is said
// to one person of one ticket stays by itself.
#include <gtest/gtest.h>

#include "access/hearing.h"
#include "store/notifications.h"
#include "tests/flow/ticketed.h"

namespace postgang::flow {
namespace {

class DeskNews : public Ticketed {
 protected:
  DeskNews() {
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      const bool isNews = message.find("<news.") != std::string_view::npos;
      if (isNews && envelope.recipients.front() == olle_.email) mails_.push_back(unfolded(message));
      return answer_;
    };
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }
  store::Ticket ask(const std::string& subject, CompanyId company, const TicketAuthor& author) {
    NewTicket made;
    made.company = company;
    made.subject = subject;
    const auto ticket = make(author, made);
    walk();
    return ticket;
  }
  void later(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  std::vector<store::Notification> shownTo(const store::User& user) {
    std::vector<store::Notification> rows;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto hearer, access::hearerOf(reader, user));
      TRY(auto page, store::listNotifications(reader, hearer, {}));
      rows = std::move(page.items);
      return {};
    }));
    return rows;
  }
  static std::string unfolded(std::string_view message) {
    std::string text(message);
    for (auto at = text.find("=\r\n"); at != std::string::npos; at = text.find("=\r\n", at))
      text.erase(at, 3);
    return text;
  }
  static bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }

  std::vector<std::string> mails_;
};

TEST_F(DeskNews, FiftyNewTicketsAreOneRowThatCountsAndOneMail) {
  const auto ivar = person("ivar@granberga.example", "Ivar Ek", granberga_, "clerk");
  for (int i = 0; i < 25; ++i) {
    ask("Fakturan stoppas", energi_, karin());
    later(2);
    ask("Brevet kom inte", granberga_, as(ivar, granberga_, true));
    later(2);
  }
  EXPECT_TRUE(mails_.empty()) << "it gathers";
  const auto rows = shownTo(olle_);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].count, 50);
  EXPECT_EQ(rows[0].company, operator_) << "many companies' are the desk's own";
  EXPECT_EQ(rows[0].words, (store::NewsWords{{"what", "created"}}));
  EXPECT_EQ(rows[0].path, "/tickets?status=new");
  EXPECT_FALSE(rows[0].document);
  later(120);
  ASSERT_EQ(mails_.size(), 1U);
  EXPECT_TRUE(has(mails_[0], "50 nya =C3=A4renden") || has(mails_[0], "50 nya ärenden"))
      << mails_[0].substr(0, 1500);
  ask("En till", energi_, karin());
  later(600);
  EXPECT_EQ(mails_.size(), 1U) << "not twice within half an hour";
  EXPECT_EQ(shownTo(olle_).size(), 2U) << "what was mailed does not grow";
  later(1800);
  EXPECT_EQ(mails_.size(), 2U);
}

TEST_F(DeskNews, OneIsNamedAndMailedSoon) {
  const auto ticket = ask("Fakturan stoppas", energi_, karin());
  later(120);
  const auto rows = shownTo(olle_);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].company, energi_);
  EXPECT_EQ(rows[0].path, "/tickets/" + ticket.id.text());
  EXPECT_EQ(rows[0].words.at("subject"), "Fakturan stoppas");
  EXPECT_EQ(mails_.size(), 1U);
}

TEST_F(DeskNews, AnAnswerStaysByItselfAndIsMailedAtOnce) {
  const auto first = ask("Fakturan stoppas", energi_, karin());
  const auto second = ask("Brevet kom inte", energi_, karin());
  EXPECT_EQ(shownTo(olle_).size(), 1U);
  for (const auto& ticket : {first, second}) {
    EXPECT_EQ(say(karin(), ticket.id, {}), "");
    walk();
  }
  EXPECT_EQ(shownTo(olle_).size(), 3U);
  later(1);
  EXPECT_EQ(mails_.size(), 2U) << "before what gathers";
  later(120);
  EXPECT_EQ(mails_.size(), 3U);
}

}  // namespace
}  // namespace postgang::flow
