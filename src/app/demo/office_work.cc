#include "app/demo/office_work.h"

#include <functional>
#include <memory>

#include "api/export_filter.h"
#include "base/text.h"
#include "flow/document_exports.h"
#include "flow/statistics_mail.h"
#include "store/access_rows.h"
#include "store/partners.h"
#include "store/sql/session.h"
#include "store/statistics_schedules.h"

namespace postgang::app::demo {

namespace {

constexpr std::int64_t hour = 3600, day = 24 * hour;
constexpr int partners_most = 40;  // that are looked through for some to be written down again
constexpr std::size_t doubles_most = 2;
constexpr int looks_each_milliseconds = 100;

struct Report {
  std::string_view name, every;
  std::vector<std::string> formats;
  flow::QuestionWords question;
};
const Report monthly = {"Månadens kanaler",
                        "month",
                        {"xlsx", "pdf"},
                        {{"measures", "documents,cost,delivered"},
                         {"groupBy", "channel"},
                         {"period", "last-month"},
                         {"compare", "previous"}}};
const Report weekly = {"Stoppat förra veckan",
                       "week",
                       {"xlsx"},
                       {{"measures", "documents,stopped"},
                        {"groupBy", "type"},
                        {"period", "last-week"},
                        {"compare", "previous"}}};

class Office {
 public:
  Office(House& house, const World& world, const People& people)
      : house_(house),
        company_(people.companies[energy_company]),
        clerk_(world.companies[energy_company].reader.email) {}

  Outcome order(const Report& report) {
    return write([&](store::Transaction& tx) -> Outcome {
      TRY(const auto clerk, person(tx));
      store::StatisticsSchedule schedule;
      schedule.id = house_.ids().next<store::StatisticsScheduleId>();
      schedule.company = company_;
      schedule.name = report.name;
      schedule.question = serializedWords(report.question);
      schedule.every = report.every;
      schedule.formats = report.formats;
      schedule.recipients = {clerk.id};
      schedule.createdBy = clerk.id;
      schedule.createdByName = clerk.name;
      schedule.createdAt = tx.clock().now();
      schedule.nextAt = flow::nextReport(report.every, schedule.createdAt);
      CHECK_OK(store::createStatisticsSchedule(tx, schedule));
      return store::enqueue(tx, flow::statisticsReportJob(schedule));
    });
  }

  // By their VAT numbers, as they stand on paper.
  Outcome writeDown() {
    return write([&](store::Transaction& tx) -> Outcome {
      constexpr std::string_view national = "0007:";
      store::PartnerQuery query;
      query.sort = store::PartnerSort::documents;
      query.limit = partners_most;
      TRY(const auto known,
          store::listPartners(tx, store::Viewer::ofCompanies({company_}, {}), company_, query));
      std::size_t made = 0;
      for (const auto& partner : known.items) {
        if (!partner.identifier.starts_with(national) || made == doubles_most) continue;
        store::Partner again;
        again.identifier = "9955:se" + partner.identifier.substr(national.size()) + "01";
        again.name = partner.name;
        again.postalAddress = partner.postalAddress;
        CHECK_OK(store::putPartner(tx, company_, again));
        ++made;
      }
      return {};
    });
  }

  Outcome takeHome(flow::DocumentExports& exports, std::string form, std::string filter) {
    store::Export asked;
    asked.company = company_;
    CHECK_OK(house_.store().read([&](store::Reader& reader) -> Outcome {
      TRY(const auto clerk, person(reader));
      asked.asker = "user:" + clerk.id.text();
      asked.by = clerk.name;
      return {};
    }));
    asked.form = std::move(form);
    asked.language = "sv";
    asked.filter = std::move(filter);
    TRY(const auto started, exports.start(asked));
    while (true) {
      const auto seen = house_.store().commits();
      store::ExportsUnderWay left;
      CHECK_OK(house_.store().read([&](store::Reader& reader) -> Outcome {
        TRY(left, store::exportsUnderWay(reader, started.asker, company_));
        return {};
      }));
      if (left.ofAsker == 0) return {};
      house_.store().waitForCommit(seen, looks_each_milliseconds);
    }
  }

 private:
  Outcome write(const std::function<Outcome(store::Transaction&)>& body) {
    return house_.store().write(store::Priority::background, body);
  }
  Result<store::User> person(store::Reader& reader) const {
    TRY(auto user, store::userByEmail(reader, clerk_));
    if (!user) return fail(ProblemKind::internal, "not-a-demo-world", clerk_ + " is not there.");
    return std::move(*user);
  }

  House& house_;
  const CompanyId company_;
  const std::string clerk_;
};

}  // namespace

std::vector<Help> officeWork(House& house, const World& world, const People& people, Instant until) {
  const auto office = std::make_shared<Office>(house, world, people);
  const auto before = [&](std::int64_t seconds) { return until.plusSeconds(-seconds); };
  return {{before(40 * day), [office] { return office->order(monthly); }},
          {before(17 * day), [office] { return office->order(weekly); }},
          {before(5 * day), [office] { return office->writeDown(); }}};
}

Outcome layExports(House& house, const World& world, const People& people, const std::string& folder) {
  flow::DocumentExports exports(house.store(), house.clock(), house.ids(), folder, api::readExportFilter);
  Office office(house, world, people);
  const auto month = dateInStockholm(house.clock().now()).plusMonths(-1).text();
  CHECK_OK(office.takeHome(exports, "xlsx", R"({"direction":"sent","from":")" + month + R"("})"));
  CHECK_OK(office.takeHome(exports, "csv", R"({"direction":"received","status":["stopped","returned"]})"));
  exports.stop();
  // Who asked is told.
  const auto told = house.flow().runDue();
  return told ? Outcome() : fail(told.error());
}

}  // namespace postgang::app::demo
