#include "app/demo/peppol_world.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/demo/calendar.h"
#include "base/log.h"
#include "channels/peppol.h"
#include "channels/peppol_facts.h"
#include "channels/peppol_register.h"
#include "formats/mls.h"
#include "formats/peppol_ids.h"

namespace postgang::app::demo {

namespace {

constexpr const char* our_provider = "0242:990001";
constexpr const char* their_provider = "0242:990002";
constexpr int rejected_perMillion = 15'000, blind_perMillion = 20'000;
constexpr int acceptances_perMillion = 180'000, queries_perMillion = 15'000, refusals_perMillion = 12'000;
constexpr std::int64_t minute = 60, day = 24 * 3600;
// The real one is asked again after hours (peppol_register.h): here nobody is registered but those that we
// know of, so that an answer holds for long.
constexpr std::int64_t holds_seconds = 30 * day;

// Between 0 and `count`, the same for the same words.
std::int64_t drawn(std::string_view words, std::int64_t count) {
  const auto digest = sha256({"demo", words});
  return (digest[0] * 65'536 + digest[1] * 256 + digest[2]) % count;
}

std::string serviceFacts(const std::string& participant) {
  channels::PeppolFacts facts;
  facts.participant = participant;
  facts.smp = "https://smp.example";
  for (const auto& document : formats::peppolDocuments()) {
    channels::PeppolService service;
    service.document = document.name;
    service.id = {std::string(formats::peppol_documents), std::string(document.value)};
    service.registered = service.id;
    service.process = {std::string(formats::peppol_processes), std::string(document.processes.front())};
    service.endpoint = "https://ap.example/as4";
    service.transport = "peppol-transport-as4-v2_0";
    service.accessPoint = channels::accessPointOf(their_provider);
    facts.services.push_back(std::move(service));
  }
  return channels::toJson(facts);
}

class Register final : public channels::OutsideRegister {
 public:
  Register(std::map<std::string, Instant> since, const Clock& clock)
      : since_(std::move(since)), clock_(clock) {}

  std::string_view name() const override { return channels::peppol_register; }
  std::string keyOf(const channels::Recipient& recipient) const override {
    return channels::peppolParticipantOf(recipient);
  }
  store::Lookup ask(const std::string& key, int /*milliseconds*/) const override {
    store::Lookup lookup;
    lookup.askedAt = clock_.now();
    lookup.until = lookup.askedAt.plusSeconds(holds_seconds);
    lookup.result = store::Lookup::Result::absent;
    const auto known = since_.find(key);
    if (known == since_.end()) return lookup;
    if (known->second > lookup.askedAt) {
      lookup.until = std::min(lookup.until, known->second);
      return lookup;
    }
    lookup.result = store::Lookup::Result::found;
    lookup.facts = serviceFacts(key);
    return lookup;
  }

 private:
  const std::map<std::string, Instant> since_;
  const Clock& clock_;
};

Instant registeredAt(const Company& company, const WorldTime& time) {
  const auto span = time.until.microseconds - time.from.microseconds;
  return time.from.plusMicroseconds(span / 1000 * company.peppol_perMille.value_or(0));
}

}  // namespace

PeppolWorld::PeppolWorld(std::uint64_t seed, const World& world, const WorldTime& time)
    : companies_(world.companies),
      relations_(world.relations),
      time_(time),
      token_(hex(view(sha256({"peppol", std::to_string(seed)})))),
      accessPoint_(options(seed), time.clock) {}

channels::SandboxOptions PeppolWorld::options(std::uint64_t seed) {
  channels::SandboxOptions options;
  options.token = token_;
  options.provider = their_provider;
  options.seed = seed;
  options.rejected_perMillion = rejected_perMillion;
  options.blind_perMillion = blind_perMillion;
  options.acceptances_perMillion = acceptances_perMillion;
  options.queries_perMillion = queries_perMillion;
  options.refusals_perMillion = refusals_perMillion;
  options.handOver = [this](std::string envelope, const std::string& about) {
    const std::lock_guard lock(mutex_);
    said_.push_back({about, std::move(envelope)});
  };
  return options;
}

PeppolWorld::~PeppolWorld() {
  if (server_) server_->stop();
}

Result<std::shared_ptr<PeppolWorld>> PeppolWorld::open(std::uint64_t seed, const World& world,
                                                       const WorldTime& time) {
  std::shared_ptr<PeppolWorld> peppol(new PeppolWorld(seed, world, time));
  peppol->accessPoint_.addRoutes(peppol->router_);
  net::HttpServerConfig config;
  config.handler = [router = &peppol->router_](net::Request& request) { return (*router)(request); };
  config.limits.bodyLimit = [router = &peppol->router_](auto method, auto path) {
    return router->bodyLimit(method, path);
  };
  config.workers = 2;
  peppol->server_ = std::make_unique<net::HttpServer>(std::move(config));
  TRY(const auto port, peppol->server_->listen("127.0.0.1:0"));
  peppol->url_ = "http://127.0.0.1:" + std::to_string(port);
  return peppol;
}

void PeppolWorld::standIn(const std::shared_ptr<PeppolWorld>& peppol, House::Options& options) {
  if (!peppol || options.peppol.isOn()) return;
  std::map<std::string, Instant> since;
  for (const auto& company : peppol->companies_)
    if (company.peppol_perMille) since[company.identifier()] = registeredAt(company, peppol->time_);
  channels::AccessPointOptions accessPoint;
  accessPoint.url = peppol->url_;
  accessPoint.token = peppol->token_;
  accessPoint.sandbox = true;
  options.peppol.accessPoint = std::make_shared<const channels::AccessPoint>(std::move(accessPoint));
  options.peppol.asks = true;
  options.peppol.serviceProvider = our_provider;
  options.flow.registers = {std::make_shared<const Register>(std::move(since), peppol->time_.clock)};
}

std::vector<PeppolWorld::Answer> PeppolWorld::answers(Instant now) {
  std::vector<Said> said;
  {
    const std::lock_guard lock(mutex_);
    said.swap(said_);
  }
  std::vector<Answer> answers;
  std::ranges::stable_sort(said, {}, &Said::about);
  for (auto& one : said) {
    // A status comes from the access point within minutes, a response from people within days.
    const bool isStatus = one.envelope.find("peppol:edec:mls") != std::string::npos;
    const auto at = isStatus ? now.plusSeconds(minute * (2 + drawn(one.about, 20)))
                             : inOfficeHours(now.plusSeconds(day + minute * drawn(one.about, 7 * 24 * 60)));
    answers.push_back({at, std::move(one.envelope)});
  }
  return answers;
}

bool PeppolWorld::knows(const Company& company) const {
  return company.peppol_perMille && registeredAt(company, time_) <= time_.clock.now();
}

Result<flow::PeppolTaken> PeppolWorld::bring(flow::Flow& flow, const Mailing& mailing) {
  const auto& relation = relations_[static_cast<std::size_t>(mailing.relation)];
  const auto& seller = companies_[static_cast<std::size_t>(relation.seller)];
  const auto& buyer = companies_[static_cast<std::size_t>(relation.buyer)];
  TRY(const auto envelope,
      accessPoint_.envelopeOf(mailing.bytes, seller.identifier(), buyer.identifier(), true));
  return take(flow, envelope);
}

Result<flow::PeppolTaken> PeppolWorld::take(flow::Flow& flow, const std::string& envelope) const {
  const auto now = time_.clock.now();
  return flow.takePeppol(envelope, {"demo-" + hex(view(sha256({envelope}))).substr(0, 24) + "@example", now,
                                    channels::accessPointOf(their_provider)});
}

}  // namespace postgang::app::demo
