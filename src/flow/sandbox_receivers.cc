#include "flow/sandbox_receivers.h"

#include <boost/json.hpp>

#include <algorithm>

#include "channels/sandbox.h"
#include "channels/test_receivers.h"
#include "flow/decide.h"
#include "flow/deliver.h"
#include "flow/retries.h"
#include "flow/smartmail.h"
#include "flow/track.h"
#include "flow/words.h"
#include "rules/demand_json.h"
#include "store/documents.h"
#include "store/sandboxes.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

namespace json = boost::json;

constexpr std::string_view demand = R"([{"id":"order-number","term":"BT-13","test":"digits","count":8,)"
                                    R"("prefix":"45","example":"45123456","message":{)"
                                    R"("sv":"Ordernumret ska ha åtta siffror och börja på 45.",)"
                                    R"("en":"The order number has eight digits and begins with 45."}}])";

Result<rules::Filter> madeFilter() {
  auto reading = rules::parseDemands(demand);
  if (!reading.problems.empty()) return fail(reading.problems.front());
  return rules::Filter::compile(std::move(reading.demands));
}

struct Act {
  DeliveryId delivery;
  std::string channel, by, words, address;
  EventType type{};
  int attempt = 1;
};

std::string_view textIn(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::optional<Act> actIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  if (!object) return std::nullopt;
  const auto delivery = DeliveryId::parse(textIn(*object, "delivery"));
  const auto type = document::eventTypeFromName(textIn(*object, "act"));
  if (!delivery || !type) return std::nullopt;
  Act act;
  act.delivery = *delivery;
  act.type = *type;
  act.channel = textIn(*object, "channel");
  act.by = textIn(*object, "by");
  act.words = textIn(*object, "words");
  return act;
}

store::Fact factOf(const Act& act) {
  if (act.type == EventType::opened) return store::AccessFact{{}, "page", act.delivery, act.address};
  if (act.type == EventType::rejected) return store::NoteFact{act.words};
  store::DeliveryFact fact;
  fact.delivery = act.delivery;
  fact.channel = act.channel;
  fact.attempt = act.attempt;
  fact.evidence = channels::sandbox_evidence;
  return fact;
}

bool hasDone(const std::vector<store::Event>& events, EventType type) {
  return std::ranges::any_of(events, [&](const auto& event) { return event.type == type; });
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

// Its deadline is now, as an event that says so; a job at this instant finds it passed.
Result<int> endWaiting(const Tools& tools, store::Transaction& tx, DocumentId document,
                       const store::Actor& actor) {
  TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
  const auto progress = progressOf(events);
  const auto now = tools.clock.now();
  std::vector<store::NewEvent> moved;
  std::vector<store::NewJob> jobs;
  for (const auto& tried : progress.tried) {
    if (tried.channel != "email" || !isWaiting(tried) || !tried.deadline || *tried.deadline <= now) continue;
    store::SmartmailFact fact;
    fact.delivery = tried.delivery;
    fact.deadline = now;
    fact.detail = channels::sandbox_evidence;
    moved.push_back({EventType::deadline_moved, actor, fact});
    jobs.push_back(deadlineJob(document, progress.sender, tried.delivery, now));
  }
  if (!moved.empty()) CHECK_OK(store::append(tx, document, progress.sequence, moved, jobs));
  return static_cast<int>(moved.size());
}

}  // namespace

Result<Judged> judgeByTestReceiver(const channels::Recipient& recipient,
                                   const document::BusinessDocument& document, Instant now) {
  Judged judged;
  const auto* receiver = channels::testReceiverOf(recipient);
  if (!receiver || receiver->fate != channels::Fate::stopped) return judged;
  static const auto filter = madeFilter();
  if (!filter) return fail(filter.error());
  rules::Context context;
  context.today = dateInStockholm(now);
  TRY(const auto found, filter->evaluate(document, context));
  for (const auto& one : found) judged.findings.push_back(demandFinding(one, {}));
  if (!found.empty()) judged.verdict = Verdict::stop;
  return judged;
}

std::vector<store::NewJob> afterwardsJobs(const channels::Consignment& consignment, CompanyId sender,
                                          std::string_view channel, const channels::Sent& sent, Instant now) {
  std::vector<store::NewJob> jobs;
  for (const auto& act : sent.afterwards) {
    auto& job = jobs.emplace_back();
    const auto name = document::name(act.type);
    job.kind = sandbox_job;
    job.key = "sandbox:" + consignment.delivery.text() + ":" + std::string(name);
    job.document = consignment.document;
    job.company = sender;
    job.runAt = now.plusSeconds(act.seconds);
    job.payload = json::serialize(json::object{{"delivery", consignment.delivery.text()},
                                               {"channel", channel},
                                               {"act", name},
                                               {"by", act.by},
                                               {"words", act.words}});
  }
  return jobs;
}

Result<Decision> actAsTestReceiver(const Tools& /*needs no road*/, store::Reader& reader,
                                   const store::Job& job) {
  auto act = actIn(job);
  if (!act) return onlyComplete(job);
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  const auto progress = progressOf(events);
  const auto tried = std::ranges::find(progress.tried, act->delivery, &Tried::delivery);
  if (tried == progress.tried.end() || hasEnded(progress.status)) return onlyComplete(job);
  act->attempt = tried->attempts;
  act->address = progress.recipientAddress;
  const auto fact = factOf(*act);
  const auto* said = std::get_if<store::DeliveryFact>(&fact);
  if (said ? isSaid(events, act->type, *said) : hasDone(events, act->type)) return onlyComplete(job);
  const store::Actor actor{store::ActorKind::channel, act->channel, act->by.empty() ? act->channel : act->by};
  return Decision{[job, sequence = progress.sequence,
                   event = store::NewEvent{act->type, actor, fact}](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    return store::append(tx, job.document, sequence, {event}, {});
                  },
                  {}};
}

Result<int> hurrySandbox(const Tools& tools, const store::Viewer& viewer, DocumentId document) {
  int hurried = 0;
  CHECK_OK(retried([&] {
    return tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto row, documentOf(tx, viewer, document, store::Direction::sent));
      if (!tools.channels.isSandbox()) return fail(problem(ProblemKind::conflict, "sandbox-only"));
      TRY(const auto due, store::makeDue(tx, row.entry.document, sandbox_job));
      TRY(const auto ended, endWaiting(tools, tx, document, viewer.actor()));
      hurried = static_cast<int>(due) + ended;
      return {};
    });
  }));
  return hurried;
}

}  // namespace postgang::flow
