#include "flow/peppol_mls.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/log.h"
#include "base/text.h"
#include "channels/peppol_envelope.h"
#include "flow/peppol_outbox.h"
#include "flow/progress.h"
#include "formats/mls.h"
#include "formats/sbdh.h"
#include "store/events.h"
#include "store/job_turns.h"
#include "store/sql/session.h"

namespace postgang::flow {

using document::Status;
using formats::MlsCode;
using formats::MlsReason;
using store::EventType;
using store::ExchangeDirection;

namespace {

constexpr std::size_t issues_max = 100, words_points_max = 500;
constexpr std::int64_t wait_min_seconds = 1, wait_max_seconds = 60;

struct Told {
  MlsCode code{};
  std::string words;
  std::vector<formats::MlsIssue> issues;
};

std::string said(std::string_view text) {
  auto words = truncated(collapsed(withoutControls(text)), words_points_max);
  return words.empty() ? "No reason is given." : words;
}

Told rejected(std::string_view words, MlsReason reason) {
  return {MlsCode::rejected, said(words), {{"NA", said(words), reason}}};
}

// The receiver's own words come first where its filter has any; what the rule is stands behind them.
std::string said(const store::FindingFact& finding) {
  const auto own = finding.parameters.find("sv");
  if (!store::isDemand(finding) || own == finding.parameters.end() || own->second.empty())
    return said(finding.detail);
  return said(own->second + " (" + finding.detail + ")");
}

// What a receiver's filter or the rules of all found, fatal and not. A file that could not be read at all is
// wrong in its syntax.
Told stopped(const store::StoppedFact& fact, bool wasRead) {
  Told told{MlsCode::rejected, {}, {}};
  const auto fatal = wasRead ? MlsReason::rule : MlsReason::syntax;
  for (const auto& finding : fact.findings) {
    if (told.issues.size() == issues_max) break;
    const bool isError = finding.severity == "error";
    const bool isPath = finding.place.starts_with('/');
    told.issues.push_back({isPath ? truncated(finding.place, words_points_max) : "NA", said(finding),
                           isError ? fatal : MlsReason::warning});
    if (isError && told.words.empty()) told.words = said(finding);
  }
  if (told.words.empty()) return rejected("The document was stopped.", fatal);
  return told;
}

bool has(const std::vector<store::Event>& events, EventType type) {
  return std::ranges::any_of(events, [&](const auto& event) { return event.type == type; });
}

template <typename Fact>
const Fact* lastFact(const std::vector<store::Event>& events, EventType type) {
  const Fact* found = nullptr;
  for (const auto& event : events)
    if (event.type == type) found = std::get_if<Fact>(&event.fact);
  return found;
}

// What became of it; nullopt: nothing yet.
std::optional<Told> toldOf(const std::vector<store::Event>& events) {
  const auto progress = progressOf(events);
  if (has(events, EventType::delivered) || progress.status == Status::held)
    return Told{MlsCode::delivered, "Delivered to the receiver.", {}};
  if (has(events, EventType::sent)) return Told{MlsCode::handed_on, "Handed on to the receiver.", {}};
  if (const auto* fact = lastFact<store::StoppedFact>(events, EventType::stopped))
    return stopped(*fact, has(events, EventType::recognised));
  if (const auto* fact = lastFact<store::FailedFact>(events, EventType::failed))
    return rejected(fact->detail, MlsReason::delivery);
  if (isWithdrawn(progress)) return rejected("The document was withdrawn.", MlsReason::delivery);
  return std::nullopt;
}

// Where it goes. Another provider's address than the one that sent it is not gone by.
std::string receiverOf(const store::PeppolExchange& about) {
  const auto provider = channels::serviceProviderOf(about.senderAccessPoint);
  const bool correlates = provider.empty() || lowered(about.mlsTo).starts_with(lowered(provider));
  return !about.mlsTo.empty() && correlates ? about.mlsTo : provider;
}

bool isWanted(const store::PeppolExchange& about, MlsCode code) {
  return code == MlsCode::rejected || about.mlsAlways;
}

struct Composed {
  store::PeppolExchange exchange;
  PeppolEnvelope envelope;
};

Result<std::optional<Composed>> composed(const Tools& tools, const store::PeppolExchange& about,
                                         const Told& told) {
  const auto* peppol = peppolOf(tools);
  const auto receiver = receiverOf(about);
  if (!peppol || peppol->road().serviceProvider.empty() || receiver.empty()) {
    log::warning("a message level status has no sender or no receiver", {{"about", about.instance}});
    return std::optional<Composed>();
  }
  const auto now = tools.clock.now();
  formats::Mls mls;
  mls.id = tools.ids.next().text();
  mls.issuedAt = now;
  mls.sender = peppol->road().serviceProvider;
  mls.receiver = receiver;
  mls.instance = about.instance;
  mls.result = told.code;
  mls.words = told.words;
  mls.issues = told.issues;
  TRY(const auto payload, formats::writeMls(mls));
  const auto documents = formats::peppolDocuments();
  const auto& type = *std::ranges::find(documents, "mls", &formats::PeppolDocument::name);
  formats::Sbdh header;
  header.sender = mls.sender;
  header.receiver = receiver;
  header.instance = tools.ids.next().text();
  header.createdAt = now;
  header.documentType.value = type.value;
  header.process.value = type.processes.front();
  header.senderCountry = peppol->road().country;
  TRY(const auto bytes, formats::writeSbdh(header, payload));
  Composed made;
  auto& exchange = made.exchange;
  exchange = channels::exchangeSaidBy(header);
  exchange.kind = "mls";
  exchange.document = about.document;
  exchange.senderAccessPoint = channels::accessPointOf(mls.sender);
  exchange.receiverAccessPoint = about.senderAccessPoint;
  exchange.transport = about.transport;
  exchange.about = about.instance;
  made.envelope = PeppolEnvelope::of(bytes);
  return std::optional(std::move(made));
}

Decision notYet(const Tools& tools, const store::Job& job, const store::PeppolExchange& about) {
  const auto now = tools.clock.now();
  const auto waited = (now.microseconds - about.handedOverAt.microseconds) / 1'000'000;
  const auto at = now.plusSeconds(std::clamp(waited / 2, wait_min_seconds, wait_max_seconds));
  return {[job, at](store::Transaction& tx) {
            return store::putOff(tx, job, at, "The document has not come to an end yet.");
          },
          {}};
}

struct Wanted {
  std::string instance;
  bool unreadable = false;
};
Wanted wantedBy(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* instance = object ? object->if_contains("instance") : nullptr;
  const auto* unreadable = object ? object->if_contains("unreadable") : nullptr;
  Wanted wanted;
  if (instance && instance->is_string()) wanted.instance = std::string_view(instance->get_string());
  wanted.unreadable = unreadable && unreadable->is_bool() && unreadable->get_bool();
  return wanted;
}

}  // namespace

store::NewJob peppolMlsJob(const std::string& instance, Instant runAt, bool unreadable) {
  store::NewJob job;
  job.kind = "peppol-mls";
  job.key = "peppol-mls:" + instance;
  job.runAt = runAt;
  job.payload =
      boost::json::serialize(boost::json::object{{"instance", instance}, {"unreadable", unreadable}});
  return job;
}

Result<Decision> sayPeppolStatus(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto wanted = wantedBy(job);
  TRY(const auto about, store::exchange(reader, ExchangeDirection::in, wanted.instance));
  if (!about) return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  std::optional<Told> told;
  if (about->document) {
    TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), *about->document));
    told = toldOf(events);
  } else {
    told = rejected(about->mlsWords, wanted.unreadable ? MlsReason::syntax : MlsReason::rule);
  }
  if (!told) return notYet(tools, job, *about);
  std::optional<Composed> made;
  if (isWanted(*about, told->code)) {
    TRY(made, composed(tools, *about, *told));
  }
  const auto now = tools.clock.now();
  return Decision{
      [job, made, told = *told, instance = about->instance, now](store::Transaction& tx) -> Outcome {
        CHECK_OK(store::complete(tx, job));
        CHECK_OK(
            store::setExchangeMls(tx, ExchangeDirection::in, instance, code(told.code), told.words, now));
        return made ? sendByPeppol(tx, made->exchange, made->envelope, now) : Outcome();
      },
      {}};
}

}  // namespace postgang::flow
