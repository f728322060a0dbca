#include "flow/handover_try.h"

#include <boost/json.hpp>

#include "channels/handover_sample.h"
#include "channels/system.h"
#include "flow/handover_watch.h"
#include "flow/slow_work.h"
#include "flow/words.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::HandoverWay;
using store::EventType;

namespace {

constexpr int tests_kept = 20;

store::NewJob testJob(const store::HandoverTest& test) {
  store::NewJob job;
  job.kind = "handover-test";
  job.key = "handover-test:" + test.id.text();
  job.company = test.company;
  job.runAt = test.startedAt;
  job.payload = boost::json::serialize(boost::json::object{{"test", test.id.text()}});
  return job;
}

std::optional<store::HandoverTestId> testIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* id = object ? object->if_contains("test") : nullptr;
  return id && id->is_string() ? store::HandoverTestId::parse(std::string_view(id->get_string()))
                               : std::nullopt;
}

std::string_view stateOf(EventType result) {
  switch (result) {
    case EventType::delivered:
      return "delivered";
    case EventType::sent:
      return "sent";
    default:
      return "failed";
  }
}

channels::Sent byMail(const channels::Mailing& mailing, const channels::HandoverLoad& load,
                      const std::string& address, Instant now) {
  channels::Sent failed;
  failed.result = EventType::delivery_failed;
  auto message = channels::handoverMail(load, mailing.from, address, now, Language::swedish);
  if (message) message = mailing.signedMessage(std::move(*message), now);
  if (!message) {
    failed.detail = message.error().code + ": " + message.error().detail;
    return failed;
  }
  return channels::carryByMail(mailing, {mailing.from, {address}}, *message);
}

channels::Sent failedAs(const Problem& problem) {
  channels::Sent failed;
  failed.result = EventType::delivery_failed;
  failed.detail = problem.code + ": " + problem.detail;
  return failed;
}

channels::Sent carried(const channels::System& system, const channels::KeptHandover& kept,
                       const store::Company& company, const channels::HandoverLoad& load, Instant now) {
  const auto& handover = kept.handover;
  if (handover.way == HandoverWay::webhook) {
    bool gone = false;
    const auto secret = channels::openedSecret(kept.secret, system.rules());
    if (!secret) return failedAs(secret.error());
    return channels::carryToWebhook(
        system.client(),
        {handover.address, {*secret}, load.id, channels::webhookBody(load, system.mailing().publicUrl, now)},
        system.rules(), now, gone);
  }
  if (handover.way == HandoverWay::email) return byMail(system.mailing(), load, handover.address, now);
  const auto drop =
      channels::openHandoverDrop(system.rules(), company.identifier, handover.address, handover.hostKey);
  if (drop)
    return channels::carryToFolder(*drop, channels::originalName(load), load.original,
                                   channels::copyName(load), load.copy);
  return failedAs(drop.error());
}

class Carrier {
 public:
  Carrier(const Tools& tools, const channels::System& system, const store::Job& job)
      : tools_(tools), system_(system), job_(job) {}

  Outcome run() {
    bool isThere = false;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(isThere, read(reader));
      return {};
    }));
    if (!isThere)
      return tools_.store.write(store::Priority::background,
                                [&](store::Transaction& tx) { return store::complete(tx, job_); });
    carry();
    return tools_.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::complete(tx, job_));
      return store::updateHandoverTest(tx, test_);
    });
  }

 private:
  Result<bool> read(store::Reader& reader) {
    const auto id = testIn(job_);
    if (!id) return false;
    TRY(auto test, store::handoverTest(reader, job_.company, *id));
    if (!test || test->state != "sending") return false;
    test_ = std::move(*test);
    TRY(company_, store::company(reader, job_.company));
    TRY(kept_, channels::handoverFor(reader, job_.company, test_.kind));
    return true;
  }

  void carry() {
    const auto now = tools_.clock.now();
    auto load =
        channels::testLoad(test_.id.text(), test_.kind, company_, test_.startedAt, kept_.handover.copy);
    channels::Sent sent;
    sent.result = EventType::delivery_failed;
    if (load)
      sent = carried(system_, kept_, company_, *load, now);
    else
      sent.detail = load.error().code + ": " + load.error().detail;
    test_.state = stateOf(sent.result);
    test_.evidence = test_.state == "failed" ? std::string() : sent.evidence;
    test_.detail = sent.detail;
    if (test_.state != "sent") test_.endedAt = now;
  }

  const Tools& tools_;
  const channels::System& system_;
  const store::Job& job_;
  store::HandoverTest test_;
  store::Company company_;
  channels::KeptHandover kept_;
};

}  // namespace

Result<store::HandoverTest> startHandoverTest(store::Store& store, const Clock& clock, IdMaker& ids,
                                              const channels::Registry& channels, CompanyId company,
                                              std::string_view kind) {
  const auto* system = dynamic_cast<const channels::System*>(channels.find("system"));
  store::HandoverTest test;
  test.id = ids.next<store::HandoverTestId>();
  test.company = company;
  test.kind = kind;
  test.startedAt = clock.now();
  CHECK_OK(store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto kept, channels::handoverFor(tx, company, kind));
    const auto way = kept.handover.way;
    if (way == HandoverWay::inbox) return fail(problem(ProblemKind::conflict, "handover-test-inbox"));
    if (system) CHECK_OK(channels::checkWay(kept.handover, system->rules()));
    TRY(const auto receiver, store::company(tx, company));
    TRY(const auto load, channels::testLoad(test.id.text(), kind, receiver, test.startedAt, false));
    test.way = channels::name(way);
    test.number = load.number;
    test.original = load.original;
    test.state = way == HandoverWay::api ? "waiting" : "sending";
    CHECK_OK(store::createHandoverTest(tx, test));
    CHECK_OK(store::forgetHandoverTests(tx, company, tests_kept));
    if (way == HandoverWay::folder) CHECK_OK(store::enqueue(tx, handoverWatchJob(company, test.startedAt)));
    return way == HandoverWay::api ? Outcome() : store::enqueue(tx, testJob(test));
  }));
  return test;
}

Result<std::optional<store::HandoverTest>> answerHandoverTest(store::Store& store, const Clock& clock,
                                                              CompanyId company, store::HandoverTestId id,
                                                              const std::optional<std::string>& refusal) {
  std::optional<store::HandoverTest> answered;
  CHECK_OK(store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(answered, store::handoverTest(tx, company, id));
    if (!answered) return {};
    const std::string_view evidence = refusal ? "refused" : "confirmed";
    if (answered->evidence == evidence) return {};
    const bool waits = answered->state == "waiting" || answered->state == "sent";
    if (!waits) return fail(problem(ProblemKind::conflict, "handover-answered"));
    answered->state = refusal ? "failed" : "delivered";
    answered->evidence = evidence;
    answered->detail = refusal.value_or("");
    answered->endedAt = clock.now();
    return store::updateHandoverTest(tx, *answered);
  }));
  return answered;
}

Result<Decision> carryHandoverTest(const Tools& tools, store::Reader& /*reads later*/,
                                   const store::Job& job) {
  const auto* system = dynamic_cast<const channels::System*>(tools.channels.find("system"));
  if (!system) return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, system, job] { return Carrier(tools, *system, job).run(); });
}

}  // namespace postgang::flow
