#include "channels/sandbox_access_point.h"

#include <algorithm>
#include <chrono>

#include <boost/json.hpp>

#include "base/log.h"
#include "base/text.h"
#include "channels/peppol.h"
#include "channels/peppol_envelope.h"
#include "formats/invoice_response.h"
#include "formats/mls.h"

namespace postgang::channels {

namespace {

namespace json = boost::json;
using formats::MlsCode;

constexpr std::size_t kept_max = 10'000, waiting_max = 10'000, listed_max = 200;
constexpr int tries_max = 30;
constexpr std::chrono::milliseconds between_tries{1'000}, hand_in_time{30'000};

int chanceOf(const Digest& digest) {
  return (digest[0] * 65'536 + digest[1] * 256 + digest[2]) % 1'000'000;
}

net::Reply words(std::string_view text, int status) {
  return net::Reply::json(json::serialize(json::value(text)), status);
}

std::string participant(const std::string& value) {
  return std::string(formats::peppol_participants) + "::" + value;
}

const formats::PeppolDocument& documentCalled(std::string_view name) {
  return *std::ranges::find(formats::peppolDocuments(), name, &formats::PeppolDocument::name);
}

std::optional<formats::InvoiceStatus> statusOf(std::string_view wanted) {
  using formats::InvoiceStatus;
  for (const auto status : {InvoiceStatus::received, InvoiceStatus::in_process, InvoiceStatus::under_query,
                            InvoiceStatus::conditionally_accepted, InvoiceStatus::rejected,
                            InvoiceStatus::accepted, InvoiceStatus::paid})
    if (code(status) == wanted) return status;
  return std::nullopt;
}

// An answer in its envelope.
Result<std::string> enveloped(const std::string& payload, std::string_view document,
                              const std::string& sender, const std::string& receiver, std::string instance,
                              Instant now) {
  const auto& type = documentCalled(document);
  formats::Sbdh header;
  header.sender = sender;
  header.receiver = receiver;
  header.instance = std::move(instance);
  header.createdAt = now;
  header.documentType.value = type.value;
  header.process.value = type.processes.front();
  header.senderCountry = "SE";
  return formats::writeSbdh(header, payload);
}

}  // namespace

SandboxAccessPoint::SandboxAccessPoint(SandboxOptions options, const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      ids_(options_.handOver ? IdMaker(clock, options_.seed) : IdMaker(clock)),
      thread_([this] { work(); }) {}

SandboxAccessPoint::~SandboxAccessPoint() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  came_.notify_all();
  thread_.join();
}

void SandboxAccessPoint::addRoutes(net::Router& router) {
  router.add(
      "POST", "/api/outbound/submit-sbd", [this](const net::Request& r) { return submit(r); },
      envelope_bytes_max);
  router.add("GET", "/api/outbound/status/{instance}", [this](const net::Request& r) { return status(r); });
  router.add("GET", "/api/sandbox/submissions", [this](const net::Request& r) { return submissions(r); });
}

bool SandboxAccessPoint::isAllowed(const net::Request& request) const {
  return equalInConstantTime(view(sha256(request.header("X-Token"))), view(sha256(options_.token)));
}

std::string SandboxAccessPoint::behaviourOf(const formats::Sbdh& header) const {
  if (const auto named = options_.receivers.find(header.receiver); named != options_.receivers.end())
    return named->second;
  const auto chance = chanceOf(sha256({std::to_string(options_.seed), header.instance}));
  if (chance < options_.rejected_perMillion) return "RE";
  return chance < options_.rejected_perMillion + options_.blind_perMillion ? "AB" : "AP";
}

// Empty: none.
std::string SandboxAccessPoint::responseFor(const formats::Sbdh& header) const {
  if (const auto named = options_.responses.find(header.receiver); named != options_.responses.end())
    return named->second;
  auto chance = chanceOf(sha256({std::to_string(options_.seed), "response", header.instance}));
  if (chance < options_.acceptances_perMillion) return "AP";
  chance -= options_.acceptances_perMillion;
  if (chance < options_.queries_perMillion) return "UQ";
  return chance - options_.queries_perMillion < options_.refusals_perMillion ? "RE" : "";
}

std::string SandboxAccessPoint::reportOf(const Taken& taken) const {
  const auto& header = taken.header;
  return json::serialize(json::object{{"currentDateTimeUTC", taken.at.text()},
                                      {"senderId", participant(header.sender)},
                                      {"receiverId", participant(header.receiver)},
                                      {"docTypeId", header.documentType.text()},
                                      {"processId", header.process.text()},
                                      {"countryC1", header.senderCountry},
                                      {"sbdhInstanceIdentifier", header.instance},
                                      {"c3CertSubjectCN", accessPointOf(options_.provider)},
                                      {"as4MessageId", taken.messageId},
                                      {"as4SendingDateTime", taken.at.text()},
                                      {"sendingResult", "SUCCESS"},
                                      {"sendingSuccess", true},
                                      {"overallSuccess", true}});
}

net::Reply SandboxAccessPoint::submit(const net::Request& request) {
  if (!isAllowed(request)) return words("The token is not ours.", 401);
  const auto envelope = formats::readSbdh(request.body);
  if (!envelope) return words(envelope.error().detail, 400);
  const auto& header = envelope->header;
  const auto behaviour = behaviourOf(header);
  if (behaviour == "refuse") return words("The receiver's access point does not service it.", 422);
  if (behaviour == "later") return words("The receiver's access point does not answer.", 503);
  Taken taken{header, sha256(request.body), clock_.now(), {}, "sent", {}, {}};
  taken.messageId = ids_.next().text() + "@sandbox";
  if (const auto mls = formats::readMls(envelope->payload)) {
    taken.about = mls->instance;
    taken.code = code(mls->result);
  }
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = taken_.find(header.instance); known != taken_.end()) {
      if (known->second.digest != taken.digest) return words("Another envelope has that instance.", 409);
      return net::Reply::json(reportOf(known->second));
    }
    if (taken_.size() >= kept_max) {
      taken_.erase(order_.front());
      order_.pop_front();
    }
    taken_.emplace(header.instance, taken);
    order_.push_back(header.instance);
  }
  answerFor(*envelope, behaviour);
  // As one that sends later: it is found when its status is asked for.
  if (behaviour == "queue") return net::Reply::json("{\"status\":\"pending\"}", 202);
  return net::Reply::json(reportOf(taken));
}

net::Reply SandboxAccessPoint::status(const net::Request& request) {
  if (!isAllowed(request)) return words("The token is not ours.", 401);
  const std::lock_guard lock(mutex_);
  const auto known = taken_.find(request.parameter("instance"));
  if (known == taken_.end()) return words("There is none of that instance.", 404);
  const auto& taken = known->second;
  return net::Reply::json(
      json::serialize(json::object{{"sbdhInstanceID", taken.header.instance},
                                   {"status", taken.state},
                                   {"completedDT", taken.at.text()},
                                   {"as4MessageId", taken.messageId},
                                   {"c3CertSubjectCN", accessPointOf(options_.provider)}}));
}

net::Reply SandboxAccessPoint::submissions(const net::Request& request) {
  if (!isAllowed(request)) return words("The token is not ours.", 401);
  json::array items;
  const std::lock_guard lock(mutex_);
  for (auto at = order_.rbegin(); at != order_.rend() && items.size() < listed_max; ++at) {
    const auto& taken = taken_.at(*at);
    json::object item = {{"instance", *at},
                         {"sender", taken.header.sender},
                         {"receiver", taken.header.receiver},
                         {"documentType", taken.header.documentType.value},
                         {"at", taken.at.text()}};
    if (!taken.about.empty()) item["about"] = taken.about;
    if (!taken.code.empty()) item["code"] = taken.code;
    items.push_back(std::move(item));
  }
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

// What the other side says of it: the status that its sender wants, then its receiver's response.
void SandboxAccessPoint::answerFor(const formats::Envelope& envelope, const std::string& behaviour) {
  const auto& header = envelope.header;
  const auto now = clock_.now();
  const auto provider = header.mlsTo.value_or("");
  const bool rejected = behaviour == "RE";
  const bool wanted = rejected || header.mlsType == formats::MlsType::always_send;
  if (wanted && !provider.empty()) {
    formats::Mls mls;
    mls.id = ids_.next().text();
    mls.issuedAt = now;
    mls.sender = options_.provider;
    mls.receiver = provider;
    mls.instance = header.instance;
    mls.result = rejected ? MlsCode::rejected : behaviour == "AB" ? MlsCode::handed_on : MlsCode::delivered;
    if (rejected) {
      mls.words = "The sandbox rejects it";
      mls.issues = {
          {"/Invoice/cbc:BuyerReference", "The buyer reference is not known", formats::MlsReason::rule}};
    }
    auto made = formats::writeMls(mls);
    if (made) made = enveloped(*made, "mls", mls.sender, provider, ids_.next().text(), now);
    if (made) queue(std::move(*made), header.instance);
  }
  const bool silent = rejected && !options_.responses.contains(header.receiver);
  const auto status = silent ? std::nullopt : statusOf(responseFor(header));
  const auto tree = status ? xml::parse(envelope.payload) : Result<xml::Tree>(fail(Problem{}));
  if (!status || !tree || (!tree->root().is("Invoice") && !tree->root().is("CreditNote"))) return;
  formats::InvoiceResponse response;
  response.id = ids_.next().text();
  response.issueDate = now.dateUtc();
  response.sender = {header.receiver, {}, "Sandbox", {}, {}, {}};
  response.receiver = {header.sender, {}, "Sender", {}, {}, {}};
  response.status = *status;
  response.invoiceNumber = trimmed(tree->root().child("ID").text());
  response.invoiceDate = Date::parse(trimmed(tree->root().child("IssueDate").text()));
  if (tree->root().is("CreditNote")) response.invoiceType = "381";
  if (*status != formats::InvoiceStatus::accepted && *status != formats::InvoiceStatus::paid)
    response.clarifications = {
        {formats::ClarificationKind::reason, "REF", "The reference is not known in the sandbox", {}}};
  auto made = formats::writeInvoiceResponse(response);
  if (made)
    made = enveloped(*made, "invoice-response", header.receiver, header.sender, ids_.next().text(), now);
  if (made)
    queue(std::move(*made), header.instance);
  else
    log::warning("the sandbox could not answer", {{"detail", made.error().detail}});
}

void SandboxAccessPoint::queue(std::string envelope, const std::string& about) {
  if (options_.handOver) return options_.handOver(std::move(envelope), about);
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= waiting_max) return;
    waiting_.push_back(std::move(envelope));
  }
  came_.notify_all();
}

Result<net::ClientReply> SandboxAccessPoint::post(const std::string& envelope) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = options_.url + "/api/v1/peppol/inbound";
  request.headers.add("Content-Type", "application/xml");
  request.headers.add("X-Token", options_.inboundToken);
  request.headers.add("X-AS4-Message-Id", ids_.next().text() + "@sandbox");
  request.headers.add("X-AS4-Time", clock_.now().text());
  request.headers.add("X-Sender-Access-Point", accessPointOf(options_.provider));
  request.totalTime = hand_in_time;
  request.body = envelope;
  return client_.fetch(request);
}

void SandboxAccessPoint::work() {
  std::unique_lock lock(mutex_);
  int tries = 0;
  for (;;) {
    came_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const auto envelope = waiting_.front();
    lock.unlock();
    const auto reply = post(envelope);
    const bool again = (!reply || reply->status >= 500) && ++tries < tries_max;
    if (!reply || reply->status >= 300)
      log::info("the server did not take what was handed in",
                {{"said", reply ? reply->body.substr(0, 300) : reply.error().detail}});
    lock.lock();
    if (again) {
      came_.wait_for(lock, between_tries, [&] { return stopping_; });
      continue;
    }
    tries = 0;
    waiting_.pop_front();
  }
}

Result<std::string> SandboxAccessPoint::envelopeOf(std::string_view document, const std::string& sender,
                                                   const std::string& receiver, bool everyStatus) {
  formats::Sbdh header;
  header.sender = sender;
  header.receiver = receiver;
  header.instance = ids_.next().text();
  header.createdAt = clock_.now();
  header.documentType.value = peppolTypeOf(document);
  const auto documents = formats::peppolDocuments();
  const auto known = std::ranges::find(documents, header.documentType.value, &formats::PeppolDocument::value);
  if (known == documents.end())
    return fail(ProblemKind::invalid, "peppol-document-unknown",
                "The file is of no document type that is exchanged here.", {},
                "Give an invoice or credit note of BIS Billing 3.");
  header.process.value = known->processes.front();
  const auto country = peppolCountry(sender);
  header.senderCountry = country.empty() ? "SE" : std::string(country);
  header.mlsType = everyStatus ? formats::MlsType::always_send : formats::MlsType::failure_only;
  return formats::writeSbdh(header, document);
}

Result<net::ClientReply> SandboxAccessPoint::handIn(std::string_view document, const std::string& sender,
                                                    const std::string& receiver, bool everyStatus) {
  TRY(const auto envelope, envelopeOf(document, sender, receiver, everyStatus));
  return post(envelope);
}

}  // namespace postgang::channels
