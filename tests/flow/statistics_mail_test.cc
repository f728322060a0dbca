// Reports of statistics by mail: on their morning, as each recipient sees them, with the files they say, and
// paused when one of them may not see the company any longer.
#include "flow/statistics_mail.h"

#include <algorithm>
#include <deque>

#include "flow/statistics_table.h"
#include "formats/spreadsheet.h"
#include "store/access_rows.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class StatisticsMailTest : public House {
 protected:
  StatisticsMailTest() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      sent_.push_back({envelope.recipients.front(), std::string(message)});
      if (answers_.empty()) return net::SmtpAnswer{net::SmtpResult::accepted, "250 queued", {}, {}};
      const auto answer = answers_.front();
      answers_.pop_front();
      return net::SmtpAnswer{answer, "words", {}, {}};
    };
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
    karin_ = user("karin@nordhamn.example", energi_);
    sven_ = user("sven@nordhamn.example", energi_);
  }
  store::User user(const std::string& email, CompanyId company) {
    store::User user;
    user.id = ids_.next<UserId>();
    user.email = email;
    user.name = email.substr(0, email.find('@'));
    user.memberships = {{company, "reader"}};
    written([&](store::Transaction& tx) { return store::createUser(tx, user); });
    return user;
  }
  void written(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    ASSERT_TRUE(outcome) << outcome.error().detail;
  }
  store::StatisticsSchedule schedule(std::vector<std::string> formats = {"xlsx"}) {
    store::StatisticsSchedule made;
    made.id = ids_.next<store::StatisticsScheduleId>();
    made.company = energi_;
    made.name = "Veckans kanaler";
    made.question = serializedWords(QuestionWords{
        {"measures", "documents,delivered"}, {"groupBy", "channel"}, {"period", "last-12-months"}});
    made.every = "week";
    made.formats = std::move(formats);
    made.recipients = {karin_.id, sven_.id};
    made.createdBy = karin_.id;
    made.createdByName = "Karin Sund";
    made.createdAt = clock_.now();
    made.nextAt = nextReport("week", clock_.now());
    written([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::createStatisticsSchedule(tx, made));
      return store::enqueue(tx, statisticsReportJob(made));
    });
    return made;
  }
  store::StatisticsSchedule now(const store::StatisticsSchedule& of) {
    std::optional<store::StatisticsSchedule> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::statisticsSchedule(reader, of.company, of.id));
      return {};
    }));
    return found.value_or(store::StatisticsSchedule());
  }
  void until(std::string_view instant) {
    const auto seconds = (Instant::parse(instant)->microseconds - clock_.now().microseconds) / 1'000'000;
    ASSERT_TRUE(flow_->advance(clock_, seconds));
  }

  struct Mail {
    std::string to, message;
  };
  std::vector<Mail> sent_;
  std::deque<net::SmtpResult> answers_;
  store::User karin_, sven_;
};

TEST_F(StatisticsMailTest, ComesOnMondaysAtSixToEachOfThem) {
  send(Sample{});
  walk();
  const auto made = schedule({"xlsx", "pdf"});
  EXPECT_EQ(made.nextAt.text(), "2026-11-30T05:00:00.000000Z");
  until("2026-11-30T04:59:00Z");
  EXPECT_TRUE(sent_.empty());
  until("2026-11-30T05:01:00Z");
  ASSERT_EQ(sent_.size(), 2U);
  EXPECT_EQ(sent_[0].to, "karin@nordhamn.example");
  EXPECT_EQ(sent_[1].to, "sven@nordhamn.example");
  for (const auto* part : {"Veckans kanaler", ".xlsx", ".pdf", "report."})
    EXPECT_NE(sent_[0].message.find(part), std::string::npos) << part;
  EXPECT_TRUE(now(made).lastSentAt);
  until("2026-12-07T05:01:00Z");
  EXPECT_EQ(sent_.size(), 4U) << "and a week later";
}

TEST_F(StatisticsMailTest, WhoHasGotItDoesNotGetItAgainWhileTheServerIsAway) {
  schedule();
  answers_ = {net::SmtpResult::accepted, net::SmtpResult::later, net::SmtpResult::later};
  until("2026-11-30T06:00:00Z");
  const auto toKarin = std::ranges::count(sent_, "karin@nordhamn.example", &Mail::to);
  EXPECT_EQ(toKarin, 1);
  EXPECT_EQ(sent_.size(), 4U);
}

TEST_F(StatisticsMailTest, IsPausedWhenARecipientMayNotSeeTheCompany) {
  const auto made = schedule();
  sven_.memberships = {{granberga_, "reader"}};
  written([&](store::Transaction& tx) { return store::updateUser(tx, sven_); });
  until("2026-11-30T05:01:00Z");
  EXPECT_TRUE(std::ranges::none_of(
      sent_, [](const Mail& mail) { return mail.message.find("xlsx") != std::string::npos; }));
  EXPECT_EQ(now(made).pausedReason, "recipient-lost-right");
  until("2026-12-07T05:01:00Z");
  EXPECT_EQ(now(made).lastSentAt, std::nullopt);
}

TEST_F(StatisticsMailTest, GoesToStaffOnlyWhereStaffHaveAskedForIt) {
  sven_.memberships.clear();
  sven_.staff = true;
  written([&](store::Transaction& tx) { return store::updateUser(tx, sven_); });
  const auto may = [&](bool staffToo) {
    bool found = false;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, maySeeStatistics(reader, sven_, energi_, staffToo));
      return {};
    }));
    return found;
  };
  EXPECT_FALSE(may(false));
  EXPECT_TRUE(may(true));
  const auto made = schedule();
  until("2026-11-30T05:01:00Z");
  EXPECT_EQ(now(made).pausedReason, "recipient-lost-right");
}

TEST_F(StatisticsMailTest, ARemovedOneIsSentNoLonger) {
  const auto made = schedule();
  written([&](store::Transaction& tx) { return store::deleteStatisticsSchedule(tx, made.id); });
  until("2026-12-07T05:01:00Z");
  EXPECT_TRUE(sent_.empty());
}

TEST_F(StatisticsMailTest, TheWorkbookOpenedAgainHasTheNumbers) {
  for (const auto* number : {"4711", "4712", "4713"}) {
    Sample sample;
    sample.number = number;
    send(sample);
  }
  walk();
  StatisticsTable table;
  const QuestionWords words = {
      {"measures", "documents,amount,delivered"}, {"groupBy", "channel"}, {"direction", "sent"}};
  const auto today = dateInStockholm(clock_.now());
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto asked, statisticsQuestion(words, today));
    const auto viewer = store::Viewer::ofCompanies({energi_}, {});
    TRY(table, statisticsTable(reader, viewer, asked, Language::swedish, today));
    return {};
  }));
  const auto bytes = statisticsWorkbook(table, clock_.now());
  ASSERT_TRUE(bytes) << bytes.error().detail;
  const auto sheet = formats::Spreadsheet::open(*bytes);
  ASSERT_TRUE(sheet);
  std::vector<std::vector<std::string>> rows;
  ASSERT_TRUE(sheet->rows([&](const formats::SheetRow& row) {
    auto& texts = rows.emplace_back();
    for (const auto& cell : row.cells) texts.push_back(cell.text);
    return true;
  }));
  ASSERT_EQ(rows.size(), table.rows.size() + 1);
  ASSERT_EQ(table.rows.size(), 2U) << "one channel, and all of it";
  EXPECT_EQ(rows[0].size(), table.heading.size());
  for (const auto& row : {rows[1], rows[2]}) {
    ASSERT_EQ(row.size(), 5U);
    EXPECT_EQ(row[1], "3");
    EXPECT_TRUE(row[2].starts_with("3750")) << row[2];
    EXPECT_EQ(row[3], "3");
  }
  const auto csv = statisticsCsv(table);
  EXPECT_NE(csv.find(";3;3750,00;3;1,0000"), std::string::npos) << csv;
  const auto pdf = statisticsPdf(table, "Nordhamn Energi AB", today);
  ASSERT_TRUE(pdf) << pdf.error().detail;
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
}

TEST_F(StatisticsMailTest, FilesSayWhatIsComparedWithWhatAndByWhichIdentifiers) {
  send(Sample{});
  walk();
  StatisticsTable table;
  const QuestionWords words = {{"measures", "documents"},    {"groupBy", "counterpart,month"},
                               {"direction", "sent"},        {"counterpart", "0007:5599900023"},
                               {"period", "last-12-months"}, {"compare", "previous"}};
  const auto today = dateInStockholm(clock_.now());
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto asked, statisticsQuestion(words, today));
    TRY(table,
        statisticsTable(reader, store::Viewer::ofCompanies({energi_}, {}), asked, Language::swedish, today));
    return {};
  }));
  const std::vector<std::string> heading = {"Motpart", "Månad", "Jämförs med", "Dokument",
                                            "Dokument, föregående period"};
  EXPECT_EQ(table.heading, heading);
  const auto csv = statisticsCsv(table);
  EXPECT_NE(csv.find("Jämförs med;Motpart, identifierare;Dokument"), std::string::npos) << csv;
  EXPECT_NE(csv.find(";2026-11;2025-11;0007:5599900023;1;"), std::string::npos) << csv;
  const auto bytes = statisticsWorkbook(table, clock_.now());
  ASSERT_TRUE(bytes) << bytes.error().detail;
  const auto has = [&](const std::string& note) { return std::ranges::count(table.notes, note) == 1; };
  EXPECT_TRUE(has("2025-12-01 till 2026-11-30.") && has("Motpart 0007:5599900023"));
  EXPECT_TRUE(
      has("Perioden är inte slut, men jämförs med hela perioden före: motparter räknas per hel månad."));
}

TEST(StatisticsQuestionTest, PeriodsAreComparedWithWhatIsAsLong) {
  const auto day = [](int year, int month, int of) { return Date::of(year, month, of); };
  const auto today = day(2026, 11, 23);
  EXPECT_EQ(periodBefore({day(2026, 10, 1), day(2026, 10, 31)}, today),
            (DatePeriod{day(2026, 9, 1), day(2026, 9, 30)}));
  EXPECT_EQ(periodBefore({day(2026, 11, 1), day(2026, 11, 30)}, today),
            (DatePeriod{day(2026, 10, 1), day(2026, 10, 23)}));
  EXPECT_EQ(periodBefore({day(2026, 11, 1), day(2026, 11, 30)}, today, true),
            (DatePeriod{day(2026, 10, 1), day(2026, 10, 31)}));
  EXPECT_EQ(periodBefore({day(2026, 11, 9), day(2026, 11, 15)}, today),
            (DatePeriod{day(2026, 11, 2), day(2026, 11, 8)}));
  EXPECT_EQ(periodBefore({day(2026, 11, 20), day(2026, 12, 10)}, today),
            (DatePeriod{day(2026, 11, 16), day(2026, 11, 19)}));
}

TEST(StatisticsQuestionTest, SaysWhichWordIsWrong) {
  const auto where = [](const QuestionWords& words) {
    const auto asked = statisticsQuestion(words, Date::of(2026, 11, 23));
    return asked ? std::string() : asked.error().where;
  };
  EXPECT_EQ(where({{"measures", "documents,luck"}}), "measures");
  EXPECT_EQ(where({{"groupBy", "channel,channel"}}), "groupBy");
  EXPECT_EQ(where({{"period", "last-month"}, {"from", "2026-01-01"}}), "period");
  EXPECT_EQ(where({{"compare", "previous"}}), "compare");
  EXPECT_EQ(where({{"compare", "previous"}, {"period", "last-month"}, {"groupBy", "day"}}), "");
  EXPECT_EQ(where({{"compare", "previous"}, {"period", "last-month"}, {"groupBy", "day,week"}}), "compare");
  EXPECT_EQ(where({{"top", "0"}, {"groupBy", "channel"}}), "top");
  EXPECT_EQ(where({{"top", "5"}}), "top");
  EXPECT_EQ(where({{"other", "5"}}), "other");
  EXPECT_EQ(where({{"counterpart", std::string(500, 'x')}}), "counterpart");
  EXPECT_EQ(where({}), "");
}

}  // namespace
}  // namespace postgang::flow
