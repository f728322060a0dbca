#include "app/demo/year.h"

#include <algorithm>
#include <queue>
#include <set>

#include "app/demo/calendar.h"
#include "app/demo/customs.h"
#include "app/demo/errands.h"
#include "app/demo/habits.h"
#include "app/demo/last_mails.h"
#include "app/demo/ordering.h"
#include "app/demo/recipients.h"
#include "app/demo/uploads.h"
#include "app/demo/year_tasks.h"

namespace postgang::app::demo {

namespace {

constexpr int duplicates_perMille = 3;        // handed over a second time, unchanged
constexpr int repeated_numbers_perMille = 2;  // another invoice under a used number
constexpr int interest_perMille = 250;        // of the invoices to somebody who pays late
constexpr std::int64_t minute = 60;
constexpr std::int64_t told_seconds = flow::notice_delay_seconds + 5;
constexpr std::int64_t busy_seconds = 80;  // then mail that was put off is sent again
// Minutes of the day: deadlines; the letters' batches; when the print house is looked at.
constexpr int cut_off = 16 * 60, batches = cut_off + 16, printed = 18 * 60 + 20, posted = 21 * 60 + 20;

using Kind = TaskKind;

class Year {
 public:
  Year(const YearsWork& work, const World& world, const People& people, Instant until)
      : house_(work.house),
        clock_(work.clock),
        office_(work.outside.office),
        world_(world),
        people_(people),
        begun_(clock_.now()),
        until_(until),
        sender_(world, dateInStockholm(until)),
        clerks_(house_, people),
        customs_(world, Random(world.seed).of(10), false),
        recipients_(house_, office_, Random(world.seed).of(22), false),
        errands_(house_, work.outside, world, people, Random(world.seed).of(32), false),
        random_(Random(world.seed).of(8)) {}

  Result<Traffic> live(int documents, const std::function<void(Date)>& progress) {
    for (const auto& occasion : occasionsBetween(world_, clock_.now(), until_, documents))
      plan({.at = occasion.at, .kind = Kind::habit, .relation = occasion.relation, .date = occasion.date});
    planIncidents();
    planPost();
    CHECK_OK(planOrders());
    CHECK_OK(errands_.begin());
    errands_.planYear(begun_, until_);
    planErrands();
    Date month = dateInStockholm(clock_.now());
    while (!tasks_.empty() && tasks_.top().at < until_) {
      clock_.set(tasks_.top().at);
      CHECK_OK(doAllOfThisInstant());
      if (const auto now = dateInStockholm(clock_.now()); now.month() != month.month()) progress(month = now);
    }
    clock_.set(until_);
    CHECK_OK(runDue());
    return traffic_;
  }

 private:
  void plan(Task task) {
    task.order = ++order_;
    tasks_.push(std::move(task));
  }

  // What the strict receivers demand, and since when.
  Outcome planOrders() {
    CHECK_OK(layRegisters(house_, world_, people_));
    const auto span = until_.microseconds - begun_.microseconds;
    for (const auto& ordered : filterOrders())
      plan({.at = inOfficeHours(begun_.plusMicroseconds(span / 1000 * ordered.perMille)),
            .kind = Kind::order,
            .ordered = &ordered});
    return {};
  }

  void planIncidents() {
    for (const auto& incident : lastDays(world_)) {
      const auto& relation = world_.relations[static_cast<std::size_t>(incident.relation)];
      const auto& seller = world_.companies[static_cast<std::size_t>(relation.seller)];
      Date date = dateInStockholm(until_);
      for (int days = incident.workingDaysAgo; days > 0;)
        if (isBankDay(date = date.plusDays(-1))) --days;
      plan({.at = inStockholm(date, seller.run_minuteOfDay, seller.run_minuteOfDay % 53),
            .kind = Kind::habit,
            .relation = incident.relation,
            .date = date,
            .forced = incident.mistake});
    }
  }

  // When the print house and the deadlines are due, and what is left lying of the last days' mail.
  void planPost() {
    const auto planAt = [&](Date date, int minuteOfDay, Kind kind) {
      const auto at = inStockholm(date, minuteOfDay);
      if (at <= begun_ || at >= until_) return;
      plan({.at = at, .kind = kind});
      if (kind == Kind::print) rounds_.insert(at);
    };
    for (auto date = dateInStockholm(begun_); date <= dateInStockholm(until_); date = date.plusDays(1)) {
      planAt(date, cut_off, Kind::tick);
      if (!isBankDay(date)) continue;
      planAt(date, batches, Kind::tick);
      planAt(date, printed, Kind::print);
      planAt(date, posted, Kind::print);
    }
    for (const auto& mail : lastMails(world_, until_))
      if (mail.at > begun_)
        plan({.at = mail.at,
              .kind = Kind::habit,
              .relation = mail.relation,
              .date = mail.date,
              .forced = Mistake::none,
              .waits = true});
  }

  // Does what is due; and whoever has got mail by that will do something about it. Receipts are looked for
  // when the print house may have written some.
  Outcome runDue() {
    const auto round = std::min(until_, rounds_.empty() ? until_ : *rounds_.begin());
    if (clock_.now() < round) CHECK_OK(office_->letReceiptsRest(house_.store(), round));
    TRY(const auto jobs, house_.flow().runDue());
    (void)jobs;
    if (office_->wasBusy()) plan({.at = clock_.now().plusSeconds(busy_seconds), .kind = Kind::tick});
    TRY(auto visits, recipients_.afterMails(clock_.now(), unopened_));
    for (auto& visit : visits)
      plan({.at = visit.at, .kind = Kind::visit, .visit = std::make_shared<const Visit>(std::move(visit))});
    errands_.afterFlow(clock_.now());
    planErrands();
    return {};
  }

  void planErrands() {
    for (auto& errand : errands_.planned())
      plan({.at = errand.at,
            .kind = Kind::errand,
            .errand = std::make_shared<const Errand>(std::move(errand))});
  }

  // What is handed over at one instant goes in together, and is walked before anybody looks at it.
  Outcome doAllOfThisInstant() {
    std::vector<Handed> handed;
    const auto at = tasks_.top().at;
    while (!tasks_.empty() && tasks_.top().at == at) {
      const auto task = tasks_.top();
      tasks_.pop();
      if (task.kind >= Kind::open) {
        CHECK_OK(happen(task));
      } else if (auto mailing = mailingOf(task)) {
        handed.push_back(
            {.mailing = std::move(*mailing), .left = task.forced.has_value(), .waits = task.waits});
      }
    }
    return handed.empty() ? Outcome{} : handOver(handed);
  }

  Outcome happen(const Task& task) {
    switch (task.kind) {
      case Kind::deed:
        return act(*task.deed);
      case Kind::order:
        return order(house_, world_, people_, *task.ordered,
                     until_.plusSeconds(86400LL * task.ordered->plannedDays));
      case Kind::tick:
        return runDue();
      case Kind::print:
        CHECK_OK(office_->printRound(clock_.now()));
        CHECK_OK(runDue());
        rounds_.erase(rounds_.begin(), rounds_.upper_bound(clock_.now()));
        return {};
      case Kind::errand:
        CHECK_OK(task.errand->go());
        ++traffic_.errands;
        return runDue();
      case Kind::visit: {
        TRY(const bool happened, recipients_.visit(*task.visit));
        if (happened) ++traffic_.visits;
        // What came back goes on by the next road.
        return task.visit->kind == Visit::Kind::come_back ? runDue() : Outcome{};
      }
      default:
        return access(task);
    }
  }

  Outcome act(const Deed& deed) {
    TRY(const auto done, clerks_.act(deed));
    if (!done.happened) return {};
    if (deed.kind == Deed::Kind::put_right) ++traffic_.corrected;
    if (deed.kind == Deed::Kind::decide) ++traffic_.decided;
    CHECK_OK(runDue());
    const auto& relation = world_.relations[static_cast<std::size_t>(deed.relation)];
    if (done.version) planAccess(relation, *done.version, clock_.now());
    if (deed.kind != Deed::Kind::decide) return {};
    if (deed.verb == flow::Verb::release) planAccess(relation, deed.document, clock_.now());
    if (deed.verb == flow::Verb::send_back) planTick();
    return {};
  }

  void planTick() { plan({.at = clock_.now().plusSeconds(told_seconds), .kind = Kind::tick}); }

  std::optional<Mailing> mailingOf(const Task& task) {
    const Date today = dateInStockholm(clock_.now());
    switch (task.kind) {
      case Kind::habit:
        return sender_.invoice(task.relation, task.date, task.forced);
      case Kind::again:
        return sender_.corrected(task.number, task.relation);
      case Kind::duplicate:
        return *task.mailing;
      case Kind::repeated_number:
        return sender_.repeatedNumber(task.relation, today);
      case Kind::credit:
        return sender_.creditNote(task.relation, today);
      case Kind::interest:
        return sender_.interest(task.relation, today);
      default:
        return std::nullopt;
    }
  }

  // What is turned away but for its being there already is a fault of ours.
  Outcome handOver(std::vector<Handed>& handed) {
    std::vector<flow::Upload> uploads;
    std::vector<Handed*> uploaded;
    for (auto& each : handed) {
      if (errands_.comesByPeppol(each.mailing)) {
        TRY(each.document, errands_.bring(each.mailing));
        continue;
      }
      uploads.push_back(uploadOf(world_, people_, each.mailing));
      uploaded.push_back(&each);
    }
    const auto answers = house_.flow().acceptAll(uploads);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i])
        uploaded[i]->document = answers[i]->documents.front().id;
      else if (answers[i].error().code == "duplicate-document")
        ++traffic_.duplicates;
      else
        return fail(answers[i].error());
      if (answers[i] && uploaded[i]->waits) unopened_.push_back(uploaded[i]->document);
    }
    CHECK_OK(runDue());
    for (const auto& each : handed) {
      if (each.document == DocumentId{}) continue;
      ++traffic_.accepted;
      CHECK_OK(follow(each.mailing, each.document, each.left));
    }
    return {};
  }

  // What a mailing leads to: that it is put right, is opened, comes again, is credited, is paid late.
  Outcome follow(const Mailing& mailing, DocumentId document, bool left) {
    const auto& relation = world_.relations[static_cast<std::size_t>(mailing.relation)];
    const auto now = clock_.now();
    if (mailing.mistake != Mistake::none && !isSlip(mailing.mistake)) {
      if (left) return {};
      plan({.at = inOfficeHours(now.plusSeconds(minute * random_.between(25, 240))),
            .kind = Kind::again,
            .relation = mailing.relation,
            .number = mailing.number});
      return {};
    }
    TRY(const auto status, statusOf(relation, document));
    for (auto& planned : customs_.after(mailing, document, status, now, left))
      plan({.at = planned.at,
            .kind = Kind::deed,
            .deed = std::make_shared<const Deed>(std::move(planned.deed))});
    if (status == document::Status::returned) planTick();
    if (!hasArrived(status)) return {};
    planAccess(relation, document, now);
    if (!relation.inbound) planMore(mailing, relation, now);
    return {};
  }

  // Only the strict need to be asked: with all others it has arrived, or nobody opens it.
  Result<document::Status> statusOf(const Relation& relation, DocumentId document) {
    if (relation.toHousehold || std::ranges::find(world_.strict, relation.buyer) == world_.strict.end())
      return document::Status::delivered;
    return clerks_.statusOf(document);
  }

  void planMore(const Mailing& mailing, const Relation& relation, Instant now) {
    const bool visited = isSignIn(static_cast<std::size_t>(relation.seller));
    if (random_.chance(duplicates_perMille))
      plan({.at = inOfficeHours(now.plusSeconds(minute * random_.between(5, 90))),
            .kind = Kind::duplicate,
            .relation = mailing.relation,
            .mailing = std::make_shared<const Mailing>(mailing)});
    if (!visited && random_.chance(repeated_numbers_perMille))
      planLater(Kind::repeated_number, mailing.relation, 1, 4);
    if (random_.chance(relation.credit_perMille)) planLater(Kind::credit, mailing.relation, 2, 6);
    if (relation.paysLate && random_.chance(interest_perMille))
      planLater(Kind::interest, mailing.relation, relation.terms_days + 8, relation.terms_days + 20);
  }

  void planLater(Kind kind, int relation, int days_least, int days_most) {
    const auto at = clock_.now().plusSeconds(86400LL * random_.between(days_least, days_most) +
                                             minute * random_.between(-120, 120));
    plan({.at = inOfficeHours(at), .kind = kind, .relation = relation});
  }

  void planAccess(const Relation& relation, DocumentId document, Instant now) {
    if (relation.toHousehold) return;
    const auto buyer = static_cast<std::size_t>(relation.buyer);
    const auto& company = world_.companies[buyer];
    if (!company.customer) return;
    errands_.afterArrival(relation.buyer, document, now);
    planErrands();
    if (!people_.programs[buyer].id.empty() && company.system == OwnSystem::none)
      plan({.at = now.plusSeconds(random_.between(20, 15 * 60)),
            .kind = Kind::fetch,
            .relation = relation.buyer,
            .document = document});
    if (random_.chance(company.opens_perMille))
      plan({.at = inOfficeHours(now.plusSeconds(minute * random_.between(4, company.opensWithin_hours * 60))),
            .kind = Kind::open,
            .relation = relation.buyer,
            .document = document});
  }

  // A document that did not reach its receiver (stopped as a repeat) is not there to be opened.
  Outcome access(const Task& task) {
    const auto buyer = static_cast<std::size_t>(task.relation);
    const bool opens = task.kind == Kind::open;
    const auto& actor = opens ? people_.readers[buyer] : people_.programs[buyer];
    const auto company = people_.companies[buyer];
    const auto viewer = store::Viewer::ofCompanies({company}, actor);
    const auto outcome = opens ? house_.flow().opened(viewer, company, task.document, "copy")
                               : house_.flow().fetched(viewer, company, task.document, "original");
    if (outcome) ++(opens ? traffic_.opened : traffic_.fetched);
    if (!outcome && outcome.error().kind != ProblemKind::not_found) return outcome;
    return {};
  }

  House& house_;
  SimulatedClock& clock_;
  const std::shared_ptr<PostOffice> office_;
  const World& world_;
  const People& people_;
  const Instant begun_, until_;
  Sender sender_;
  Clerks clerks_;
  Customs customs_;
  Recipients recipients_;
  Errands errands_;
  std::vector<DocumentId> unopened_;  // left so
  Random random_;
  std::priority_queue<Task, std::vector<Task>, Later> tasks_;
  std::set<Instant> rounds_;  // of the print house, still to come
  std::int64_t order_ = 0;
  Traffic traffic_;
};

}  // namespace

Result<Traffic> liveThroughYear(const YearsWork& work, const World& world, const People& people,
                                Instant until, int documents, const std::function<void(Date)>& progress) {
  return Year(work, world, people, until).live(documents, progress);
}

}  // namespace postgang::app::demo
