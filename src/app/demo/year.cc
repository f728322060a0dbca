#include "app/demo/year.h"

#include <queue>

#include "app/demo/calendar.h"
#include "app/demo/habits.h"

namespace postgang::app::demo {

namespace {

constexpr int duplicates_perMille = 3;        // handed over a second time, unchanged
constexpr int repeated_numbers_perMille = 2;  // another invoice under a used number
constexpr int interest_perMille = 250;        // of the invoices to somebody who pays late
constexpr std::int64_t minute = 60;

enum class Kind { habit, correction, duplicate, repeated_number, credit, interest, open, fetch };

struct Task {
  Instant at{};
  std::int64_t order = 0;  // among those of one instant
  Kind kind{};
  int relation = 0;
  Date date{};                               // a habit's invoice date
  std::string number{};                      // a correction's
  std::shared_ptr<const Mailing> mailing{};  // a duplicate's
  DocumentId document{};                     // opened, fetched
};
struct Later {
  bool operator()(const Task& a, const Task& b) const {
    return std::pair(a.at, a.order) > std::pair(b.at, b.order);
  }
};

class Year {
 public:
  Year(House& house, SimulatedClock& clock, const World& world, const People& people, Instant until)
      : house_(house),
        clock_(clock),
        world_(world),
        people_(people),
        until_(until),
        sender_(world),
        random_(Random(world.seed).of(8)) {}

  Result<Traffic> live(int documents, const std::function<void(Date)>& progress) {
    for (const auto& occasion : occasionsBetween(world_, clock_.now(), until_, documents))
      plan({.at = occasion.at, .kind = Kind::habit, .relation = occasion.relation, .date = occasion.date});
    Date month = dateInStockholm(clock_.now());
    while (!tasks_.empty() && tasks_.top().at < until_) {
      clock_.set(tasks_.top().at);
      CHECK_OK(doAllOfThisInstant());
      if (const auto now = dateInStockholm(clock_.now()); now.month() != month.month()) progress(month = now);
    }
    clock_.set(until_);
    CHECK_OK(house_.flow().runDue());
    return traffic_;
  }

 private:
  void plan(Task task) {
    task.order = ++order_;
    tasks_.push(std::move(task));
  }

  // What is handed over at one instant goes in together, and is walked before anybody looks at it.
  Outcome doAllOfThisInstant() {
    std::vector<Mailing> mailings;
    const auto at = tasks_.top().at;
    while (!tasks_.empty() && tasks_.top().at == at) {
      const auto task = tasks_.top();
      tasks_.pop();
      if (task.kind == Kind::open || task.kind == Kind::fetch)
        CHECK_OK(access(task));
      else if (auto mailing = mailingOf(task))
        mailings.push_back(std::move(*mailing));
    }
    return mailings.empty() ? Outcome{} : handOver(std::move(mailings));
  }

  std::optional<Mailing> mailingOf(const Task& task) {
    const Date today = dateInStockholm(clock_.now());
    switch (task.kind) {
      case Kind::habit:
        return sender_.invoice(task.relation, task.date);
      case Kind::correction:
        return sender_.corrected(task.number, task.relation);
      case Kind::duplicate:
        return *task.mailing;
      case Kind::repeated_number:
        return sender_.repeatedNumber(task.relation, today);
      case Kind::credit:
        return sender_.creditNote(task.relation, today);
      case Kind::interest:
        return sender_.interest(task.relation, today);
      case Kind::open:
      case Kind::fetch:
        break;
    }
    return std::nullopt;
  }

  Outcome handOver(std::vector<Mailing> mailings) {
    std::vector<flow::Upload> uploads;
    for (const auto& mailing : mailings) uploads.push_back(uploadOf(world_, people_, mailing));
    const auto answers = house_.flow().acceptAll(uploads);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i]) {
        ++traffic_.accepted;
        follow(mailings[i], answers[i]->documents.front().id);
      } else if (answers[i].error().code == "duplicate-document") {
        ++traffic_.duplicates;
      } else {
        return fail(answers[i].error());
      }
    }
    CHECK_OK(house_.flow().runDue());
    return {};
  }

  // What a mailing leads to: that it is opened, comes again, is credited, is paid late.
  void follow(const Mailing& mailing, DocumentId document) {
    const auto& relation = world_.relations[static_cast<std::size_t>(mailing.relation)];
    const auto now = clock_.now();
    if (mailing.mistake != Mistake::none) {
      plan({.at = inOfficeHours(now.plusSeconds(minute * random_.between(25, 240))),
            .kind = Kind::correction,
            .relation = mailing.relation,
            .number = mailing.number});
      return;
    }
    planAccess(relation, document, now);
    if (random_.chance(duplicates_perMille))
      plan({.at = inOfficeHours(now.plusSeconds(minute * random_.between(5, 90))),
            .kind = Kind::duplicate,
            .relation = mailing.relation,
            .mailing = std::make_shared<const Mailing>(mailing)});
    if (random_.chance(repeated_numbers_perMille)) planLater(Kind::repeated_number, mailing.relation, 1, 4);
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
    if (!people_.programs[buyer].id.empty())
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
  const World& world_;
  const People& people_;
  const Instant until_;
  Sender sender_;
  Random random_;
  std::priority_queue<Task, std::vector<Task>, Later> tasks_;
  std::int64_t order_ = 0;
  Traffic traffic_;
};

}  // namespace

flow::Upload uploadOf(const World& world, const People& people, const Mailing& mailing) {
  const auto seller =
      static_cast<std::size_t>(world.relations[static_cast<std::size_t>(mailing.relation)].seller);
  flow::Upload upload;
  upload.sender = people.companies[seller];
  upload.actor = {store::ActorKind::demo, "", "Affärssystem"};
  upload.door = "demo";
  upload.fileName = mailing.fileName;
  upload.mediaType = mailing.mistake == Mistake::not_xml ? "text/csv" : "application/xml";
  upload.bytes = mailing.bytes;
  return upload;
}

Result<Traffic> liveThroughYear(House& house, SimulatedClock& clock, const World& world, const People& people,
                                Instant until, int documents, const std::function<void(Date)>& progress) {
  return Year(house, clock, world, people, until).live(documents, progress);
}

}  // namespace postgang::app::demo
