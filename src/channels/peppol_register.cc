#include "channels/peppol_register.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "channels/peppol_facts.h"
#include "channels/peppol_smp.h"
#include "channels/xml_signature.h"
#include "net/naptr.h"

namespace postgang::channels {
namespace {

using formats::PeppolDocument;
using formats::PeppolId;
using std::chrono::milliseconds;

constexpr std::string_view as4 = "peppol-transport-as4-v2_0";
constexpr milliseconds dns_time_max{3'000}, connect_time_max{5'000};
constexpr std::size_t words_points_max = 200;

bool isLoopback(const net::IpAddress& address) {
  static const auto v6 = net::IpAddress::parse("::1");
  return address.isV6 ? address == *v6 : address.bytes[0] == 127;
}

// A word of the register that is not gone by; it is said in the lookup's words alone.
tl::unexpected<Problem> unbelieved(std::string code, std::string detail) {
  return fail(ProblemKind::unavailable, std::move(code), std::move(detail));
}
tl::unexpected<Problem> outOfTime() {
  return unbelieved("timed-out", "The registers did not answer in time.");
}

// An invoice that could not be looked up might have gone by Peppol; an answer of ours can wait.
bool isNeeded(const PeppolDocument& document) {
  return document.name == "invoice" || document.name == "credit-note";
}

// One question, from the key to the facts, within its time.
class Question {
 public:
  Question(const PeppolRegisterOptions& options, net::HttpClient& client, std::string_view participant,
           Instant now, int time_ms)
      : options_(options),
        client_(client),
        participant_(participant),
        now_(now),
        deadline_us_(monotonicMicroseconds() + std::int64_t{time_ms} * 1'000) {}

  // nullopt: it is not there, and `why` says what that means.
  Result<std::optional<PeppolFacts>> answer(std::string& why) {
    const auto none = [&](std::string_view words) {
      why = words;
      return std::optional<PeppolFacts>();
    };
    TRY(const auto base, locate());
    if (!base) return none("not registered in Peppol");
    TRY(const auto group, fetch(smpGroupUrl(*base, participant_)));
    if (!group) return none("not known to the SMP that the locator names");
    TRY(const auto registered, readServiceGroup(*group, participant_));
    PeppolFacts facts;
    facts.participant = participant_;
    facts.smp = *base;
    for (const auto& document : formats::peppolDocuments()) {
      const auto best = formats::bestRegistration(registered, document.value);
      if (!best) continue;
      auto service = lookUp(*base, document, registered[*best]);
      if (!service && isNeeded(document)) return fail(std::move(service).error());
      if (!service)
        facts.unread.emplace_back(document.name);
      else if (*service)
        facts.services.push_back(std::move(**service));
    }
    if (facts.services.empty() && facts.unread.empty())
      return none("registered in Peppol, and takes none of the documents that are sent from here");
    return std::optional(std::move(facts));
  }

 private:
  milliseconds left() const { return milliseconds((deadline_us_ - monotonicMicroseconds()) / 1'000); }

  Result<std::optional<std::string>> locate() const {
    net::NaptrLookup lookup;
    lookup.name = peppolName(participant_, options_.zone);
    lookup.resolver = options_.resolver;
    lookup.time = std::min(left(), dns_time_max);
    lookup.anyPort = options_.sandbox;
    if (lookup.time <= milliseconds(0)) return outOfTime();
    auto found = net::naptrAddress(lookup);
    if (found) return std::optional(std::move(*found));
    if (found.error().kind == ProblemKind::not_found) return std::optional<std::string>();
    return fail(std::move(found).error());
  }

  // The body; nullopt: 404.
  Result<std::optional<std::string>> fetch(const std::string& url) const {
    net::ClientRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/xml, text/xml"}};
    request.totalTime = left();
    request.connectTime = std::min(request.totalTime, connect_time_max);
    request.maxBytes = smp_bytes_max;
    request.authorities = options_.tlsAuthorities;
    request.allowAddress = [sandbox = options_.sandbox](const net::IpAddress& address) {
      return net::isPublic(address) || (sandbox && isLoopback(address));
    };
    if (request.totalTime <= milliseconds(0)) return outOfTime();
    TRY(auto reply, client_.fetch(request));
    if (reply.status == 404) return std::optional<std::string>();
    if (reply.status != 200)
      return unbelieved("smp-refused", "The register answered " + std::to_string(reply.status) + ".");
    return std::optional(std::move(reply.body));
  }

  // nullopt: it is not there any more, or not yet.
  Result<std::optional<PeppolService>> lookUp(const std::string& base, const PeppolDocument& document,
                                              const PeppolId& registered) const {
    auto url = smpServiceUrl(base, participant_, registered);
    for (int hop = 0; hop < 2; ++hop) {
      TRY(const auto body, fetch(url));
      if (!body) return std::optional<PeppolService>();
      TRY(const auto signedXml, verifiedXml(*body, options_.publishers, now_, smp_limits));
      TRY(const auto service, readSmpService(signedXml.bytes, participant_, registered));
      if (service.redirect.empty()) return choose(service, document, registered);
      const auto next = net::httpsAddress(service.redirect, options_.sandbox);
      if (!next)
        return unbelieved("smp-redirect-refused", "The register leads on to what is no https address.");
      url = *next;
    }
    return unbelieved("smp-redirect-refused", "The register leads on more than once.");
  }

  // The first process of ours that has an endpoint which is open now. An endpoint that cannot be believed is
  // no word that there is none.
  Result<std::optional<PeppolService>> choose(const SmpService& service, const PeppolDocument& document,
                                              const PeppolId& registered) const {
    std::optional<Problem> doubt;
    for (const auto wanted : document.processes)
      for (const auto& process : service.processes) {
        if (wanted.empty() || process.process.scheme != formats::peppol_processes ||
            process.process.value != wanted)
          continue;
        for (const auto& endpoint : process.endpoints) {
          if (!isOpen(endpoint)) continue;
          auto found = serviceOf(endpoint);
          if (!found) {
            doubt = std::move(found).error();
            continue;
          }
          found->document = document.name;
          found->id = {registered.scheme, std::string(document.value)};
          found->registered = registered;
          found->process = process.process;
          return std::optional(std::move(*found));
        }
      }
    if (doubt) return fail(std::move(*doubt));
    return std::optional<PeppolService>();
  }

  bool isOpen(const SmpEndpoint& endpoint) const {
    return endpoint.transport == as4 && (!endpoint.from || *endpoint.from <= now_) &&
           (!endpoint.until || *endpoint.until > now_);
  }

  Result<PeppolService> serviceOf(const SmpEndpoint& endpoint) const {
    if (!endpoint.datesHold || !net::httpsAddress(endpoint.address, true))
      return unbelieved("smp-endpoint-unusable", "The register names an endpoint that cannot be used.");
    TRY(const auto certificate, Certificate::read(endpoint.certificate));
    if (!certificate.holdsAt(now_))
      return unbelieved("smp-endpoint-unusable", "The access point's certificate has expired.");
    if (options_.accessPoints) CHECK_OK(options_.accessPoints->check(certificate, {}, now_));
    PeppolService service;
    service.endpoint = endpoint.address;
    service.transport = endpoint.transport;
    service.certificate = base64(certificate.der());
    service.accessPoint = certificate.commonName();
    service.expires = std::min(certificate.notAfter(), endpoint.until.value_or(certificate.notAfter()));
    return service;
  }

  const PeppolRegisterOptions& options_;
  net::HttpClient& client_;
  std::string participant_;
  Instant now_;
  std::int64_t deadline_us_;
};

std::string wordsOf(const PeppolFacts& facts) {
  std::vector<std::string> documents;
  for (const auto& service : facts.services) documents.push_back(service.document);
  return "takes " + (documents.empty() ? std::string("what could not be read") : joined(documents, ", "));
}

void take(store::Lookup& lookup, const PeppolFacts& facts, const PeppolRegisterOptions& options) {
  lookup.result = store::Lookup::Result::found;
  lookup.facts = toJson(facts);
  lookup.words = wordsOf(facts);
  lookup.until =
      lookup.askedAt.plusSeconds(facts.unread.empty() ? options.found_seconds : options.unknown_seconds);
  for (const auto& service : facts.services)
    if (service.expires) lookup.until = std::min(lookup.until, *service.expires);
}

}  // namespace

std::string peppolParticipantOf(const Recipient& recipient) {
  if (recipient.person) return {};
  const auto found = std::ranges::find_if(recipient.identifiers, formats::isActivePeppolParticipant);
  return found == recipient.identifiers.end() ? std::string() : *found;
}

store::Lookup PeppolRegister::ask(const std::string& key, int milliseconds) const {
  store::Lookup lookup;
  lookup.askedAt = clock_.now();
  lookup.until = lookup.askedAt.plusSeconds(options_.unknown_seconds);
  const auto begun_us = monotonicMicroseconds();
  if (!formats::isActivePeppolParticipant(key)) {
    lookup.result = store::Lookup::Result::absent;
    lookup.words = "no participant identifier of Peppol";
    lookup.until = lookup.askedAt.plusSeconds(options_.absent_seconds);
    return lookup;
  }
  Question question(options_, client_, key, lookup.askedAt, milliseconds);
  const auto answer = question.answer(lookup.words);
  lookup.milliseconds = (monotonicMicroseconds() - begun_us) / 1'000;
  if (!answer) {
    lookup.words = truncated(answer.error().detail, words_points_max);
  } else if (*answer) {
    take(lookup, **answer, options_);
  } else {
    lookup.result = store::Lookup::Result::absent;
    lookup.until = lookup.askedAt.plusSeconds(options_.absent_seconds);
  }
  return lookup;
}

}  // namespace postgang::channels
