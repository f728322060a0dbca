#include "flow/handover_watch.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/log.h"
#include "channels/system.h"
#include "flow/deliver.h"
#include "flow/retries.h"
#include "flow/slow_work.h"
#include "flow/track.h"
#include "store/handovers.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::Handover;
using channels::HandoverWay;
using document::DeliveryStatus;
using store::DeliveryFact;
using store::EventType;
using store::WaitingHandover;

namespace {

constexpr int at_once = 500, tests_looked_at = 20;
constexpr std::int64_t folder_seconds = 120, look_seconds = 600, look_seconds_most = 1800,
                       hour_seconds = 3600;
constexpr std::int64_t cut_off_seconds = 300;  // an attempt without a result is made again after this

store::Actor systemActor() {
  return {store::ActorKind::channel, "system", "system"};
}

DeliveryFact factOf(const WaitingHandover& waiting, CompanyId receiver, std::string_view evidence) {
  DeliveryFact fact;
  fact.delivery = waiting.delivery;
  fact.channel = waiting.channel;
  fact.attempt = waiting.attempt;
  fact.evidence = evidence;
  fact.receiver = receiver;
  return fact;
}

// A receiver's folders, each listed once in a look.
class Folders {
 public:
  Folders(const channels::HandoverRules& rules, std::string company)
      : rules_(rules), company_(std::move(company)) {}

  // Whether the original of this id lies there; nullopt: nobody can say now.
  std::optional<bool> holds(const Handover& handover, const std::string& id) {
    auto found = listed_.find(handover.address);
    if (found == listed_.end()) found = listed_.emplace(handover.address, list(handover)).first;
    if (!found->second) return std::nullopt;
    return found->second->contains(id);
  }

 private:
  std::optional<std::set<std::string>> list(const Handover& handover) const {
    const auto drop = channels::openHandoverDrop(rules_, company_, handover.address, handover.hostKey);
    const auto names = drop ? drop->list("") : Result<std::vector<std::string>>(fail(drop.error()));
    // What was cut off may hold it.
    if (names && names->size() < net::drop_files_max) return idsIn(*names);
    if (names) return std::nullopt;
    log::warning("a receiver's folder could not be looked into",
                 {{"company", company_}, {"code", names.error().code}, {"detail", names.error().detail}});
    return std::nullopt;
  }

  // "4711_0193….xml"; a copy's name ends otherwise.
  static std::set<std::string> idsIn(const std::vector<std::string>& names) {
    std::set<std::string> ids;
    for (const auto& name : names) {
      const auto stem = name.substr(0, name.rfind('.'));
      ids.insert(stem.substr(stem.rfind('_') + 1));
    }
    return ids;
  }

  const channels::HandoverRules& rules_;
  const std::string company_;
  std::map<std::string, std::optional<std::set<std::string>>> listed_;
};

class Watch {
 public:
  Watch(const Tools& tools, const channels::System& system, const store::Job& job)
      : tools_(tools), system_(system), job_(job), receiver_(job.company) {}

  Outcome run() {
    CHECK_OK(read());
    Folders folders(system_.rules(), identifier_);
    for (const auto& waiting : waiting_) CHECK_OK(look(waiting, folders));
    for (auto& test : tests_) CHECK_OK(lookAtTest(test, folders));
    return tools_.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      if (isOver()) return store::complete(tx, job_);
      return store::postpone(tx, job_, nextLook(), {});
    });
  }

 private:
  Outcome read() {
    return tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto company, store::company(reader, receiver_));
      identifier_ = company.identifier;
      for (const std::string_view kind : {"invoice", "credit-note", "other", "default"}) {
        TRY(const auto kept, channels::handoverFor(reader, receiver_, kind));
        settings_[std::string(kind)] = kept.handover;
      }
      std::optional<DeliveryId> after;
      do {
        TRY(const auto page, store::waitingHandovers(reader, receiver_, after, at_once));
        waiting_.insert(waiting_.end(), page.begin(), page.end());
        after = page.size() == at_once ? std::optional(page.back().delivery) : std::nullopt;
      } while (after && waiting_.size() < std::size_t{20} * at_once);
      TRY(tests_, store::handoverTests(reader, receiver_, tests_looked_at));
      std::erase_if(tests_, [](const auto& test) { return test.state != "sent" || test.evidence != "file"; });
      return {};
    });
  }

  Handover settingOf(const WaitingHandover& waiting) const {
    return settings_.at(std::string(channels::handoverKind(waiting.kind)));
  }

  Outcome look(const WaitingHandover& waiting, Folders& folders) {
    const auto handover = settingOf(waiting);
    const auto now = tools_.clock.now();
    if (waiting.status == DeliveryStatus::uncertain && waiting.channel == "system") {
      if (waiting.sentAt.plusSeconds(cut_off_seconds) <= now) return again(waiting);
      return {};
    }
    if (waiting.evidence == "file" && handover.way == HandoverWay::folder &&
        folders.holds(handover, waiting.delivery.text()) == false)
      return taken(waiting);
    const auto due = waiting.sentAt.plusSeconds(handover.hours * hour_seconds);
    if (waiting.overdue) return {};
    if (due <= now) return overdue(waiting, handover.hours);
    nextDue_ = nextDue_ ? std::min(*nextDue_, due) : due;
    return {};
  }

  Outcome taken(const WaitingHandover& waiting) const {
    const auto fact = factOf(waiting, receiver_, "file-taken");
    return record(waiting.document, fact, {EventType::delivered, systemActor(), fact}, {});
  }

  Outcome overdue(const WaitingHandover& waiting, int hours) const {
    auto fact = factOf(waiting, receiver_, {});
    fact.detail = std::to_string(hours) + " h";
    return record(waiting.document, fact, {EventType::not_fetched, systemActor(), fact}, {});
  }

  Outcome again(const WaitingHandover& waiting) const {
    auto fact = factOf(waiting, receiver_, {});
    fact.detail = "It is made again: what is there already is not laid there twice.";
    return retried([&] {
      return tools_.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
        TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), waiting.document));
        const auto progress = progressOf(events);
        const auto isStill = [&](const auto& tried) {
          return tried.delivery == waiting.delivery && tried.status == DeliveryStatus::uncertain;
        };
        if (std::ranges::none_of(progress.tried, isStill)) return {};
        const auto retry = deliverJob(waiting.document, progress.sender, attemptsSoFar(progress) + 1,
                                      tools_.clock.now(), waiting.delivery);
        return store::append(tx, waiting.document, progress.sequence,
                             {{EventType::delivery_failed, systemActor(), fact}}, {retry});
      });
    });
  }

  Outcome record(DocumentId document, const DeliveryFact& fact, const store::NewEvent& event,
                 const std::vector<store::NewJob>& jobs) const {
    return retried([&] {
      return tools_.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
        return recordFacts(tx, document, fact, {event}, jobs);
      });
    });
  }

  Outcome lookAtTest(store::HandoverTest& test, Folders& folders) const {
    const auto found = settings_.find(test.kind);
    if (found == settings_.end() || found->second.way != HandoverWay::folder) return {};
    if (folders.holds(found->second, test.id.text()) != false) return {};
    test.state = "delivered";
    test.evidence = "file-taken";
    test.endedAt = tools_.clock.now();
    return tools_.store.write(store::Priority::background,
                              [&](store::Transaction& tx) { return store::updateHandoverTest(tx, test); });
  }

  bool isChosen() const {
    return std::ranges::any_of(settings_,
                               [](const auto& each) { return each.second.way != HandoverWay::inbox; });
  }
  bool isOver() const { return waiting_.empty() && tests_.empty() && !isChosen(); }

  // Of what a program fetches nothing is to be seen but that its time is over, so that a twelfth of the
  // shortest such time is often enough; what is set otherwise meanwhile is seen then, too.
  Instant nextLook() const {
    std::int64_t seconds = look_seconds_most;
    for (const auto& [kind, handover] : settings_) {
      if (handover.way == HandoverWay::inbox) continue;
      const auto each = handover.way == HandoverWay::folder ? folder_seconds
                        : handover.way == HandoverWay::api  ? handover.hours * hour_seconds / 12
                                                            : look_seconds;
      seconds = std::min(seconds, each);
    }
    if (!waiting_.empty() && seconds > look_seconds && isAnyUncertain()) seconds = look_seconds;
    const auto now = tools_.clock.now();
    const auto look = now.plusSeconds(seconds);
    return nextDue_ ? std::min(look, std::max(*nextDue_, now.plusSeconds(1))) : look;
  }
  bool isAnyUncertain() const {
    return std::ranges::any_of(
        waiting_, [](const auto& waiting) { return waiting.status == DeliveryStatus::uncertain; });
  }

  const Tools& tools_;
  const channels::System& system_;
  const store::Job& job_;
  const CompanyId receiver_;
  std::string identifier_;
  std::map<std::string, Handover> settings_;
  std::vector<WaitingHandover> waiting_;
  std::vector<store::HandoverTest> tests_;
  std::optional<Instant> nextDue_;
};

}  // namespace

store::NewJob handoverWatchJob(CompanyId receiver, Instant runAt) {
  store::NewJob job;
  job.kind = "handover-watch";
  job.key = "handover-watch:" + std::to_string(receiver.value);
  job.company = receiver;
  job.runAt = runAt;
  job.payload = "{}";
  return job;
}

Result<Decision> watchHandovers(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  const auto* system = dynamic_cast<const channels::System*>(tools.channels.find("system"));
  if (!system) return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, system, job] { return Watch(tools, *system, job).run(); });
}

}  // namespace postgang::flow
