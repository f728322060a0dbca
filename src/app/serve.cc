// `postgang serve`: the server. Its parts stand in the order in which they depend on each other and stop the
// other way round.
#include <csignal>
#include <optional>

#include <pthread.h>

#include "api/api.h"
#include "app/banking.h"
#include "app/command.h"
#include "app/demo/traffic.h"
#include "app/handover.h"
#include "app/house.h"
#include "app/mailing.h"
#include "app/peppol.h"
#include "app/portal.h"
#include "app/printing.h"
#include "app/rate_limits.h"
#include "app/simulated_time.h"
#include "base/log.h"
#include "net/http_server.h"
#include "net/router.h"
#include "store/feed.h"
#include "store/jobs.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  auto all = dataSettings();
  const std::vector<Setting> own = {
      {"listen", "127.0.0.1:8080", "where to listen; port 0 takes a free one", "ADDRESS:PORT"},
      {"portal", "", "the built portal; else `portal` beside the program, or its source's web/dist", "DIR"},
      {"workers", "32", "threads that answer requests", "N"},
      {"trusted-proxy", "", "a proxy whose X-Forwarded-For is believed; may be given several times",
       "ADDRESS"},
      {"domain-resolver", "",
       "the resolver asked whether a sign-in domain is a company's; this machine's own without it",
       "HOST:PORT"},
      {"simulated-clock", "false", "time is moved by POST /api/v1/clock (tests and sandboxes)", ""},
      {"demo-traffic", "false", "a demo world goes on living: new documents every few seconds", ""},
      {"log-level", "info", "debug, info, warning or error", "LEVEL"}};
  all.insert(all.end(), own.begin(), own.end());
  for (const auto& part : {flowSettings(), mailSettings(), printSettings(), peppolSettings(),
                           handoverSettings(), bankSettings(), rateLimitSettings()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

// SIGTERM and SIGINT are blocked for every thread that is made after this, and waited for by one: nothing is
// ever done in a signal handler.
class StopSignals {
 public:
  StopSignals() {
    std::signal(SIGPIPE, SIG_IGN);
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  int wait() const {
    int signal = 0;
    while (sigwait(&signals_, &signal) != 0) {
    }
    return signal;
  }

 private:
  sigset_t signals_{};
};

Outcome setLogLevel(const Settings& settings) {
  const auto level = log::levelFromName(settings.text("log-level"));
  if (!level) return wrongUse("--log-level is debug, info, warning or error.");
  log::setLevel(*level);
  return {};
}

// Simulated time goes on from where it had been moved to before the last stop, and from the last thing that
// happened.
Outcome startSimulatedTime(const Settings& settings, std::optional<SimulatedClock>& clock) {
  if (!settings.yes("simulated-clock")) return {};
  TRY(const auto house, House::open(settings));
  auto start = house->clock().now();
  CHECK_OK(house->store().read([&](store::Reader& reader) -> Outcome {
    TRY(const auto latest, store::latest(reader, store::Viewer::system(), 1));
    if (!latest.empty()) start = std::max(start, latest.front().at);
    return {};
  }));
  TRY(start, timeGoesOn(settings.text("data"), start, SystemClock().now()));
  clock.emplace(start);
  clock->run();
  return {};
}

// They are reached as webhooks are: the same addresses, the same who vouches for TLS.
Result<access::ProviderSignIns::Options> readIdentityProviders(const Settings& settings) {
  access::ProviderSignIns::Options options;
  TRY(options.publicUrl, readPublicUrl(settings));
  TRY(const auto rules, readHandover(settings));
  options.rules = {rules.sandbox, rules.tlsAuthorities, settings.text("domain-resolver")};
  return options;
}

// What the demo world sends stays here, unless there is a real road for it.
Result<demo::Outside> openOutside(const Settings& settings, const House::Options& options,
                                  const Clock& clock) {
  if (!settings.yes("demo-traffic")) return demo::Outside{};
  TRY(const auto file, demo::readWorldFile(settings.text("data")));
  const auto now = clock.now();
  auto url = settings.isSet("public-url") ? settings.text("public-url") : demo::public_url;
  while (url.ends_with('/')) url.pop_back();
  return demo::Outside::open(file.seed ^ static_cast<std::uint64_t>(SystemClock().now().microseconds),
                             demo::makeWorld(file.seed), {clock, now, now}, url, options);
}

Result<std::unique_ptr<House>> openHouse(const Settings& settings, SimulatedClock* simulated,
                                         demo::Outside& outside) {
  auto options = dataOptions(settings);
  CHECK_OK(readFlowSettings(settings, options));
  TRY(options.flow.mailing, readMailing(settings));
  TRY(options.flow.mailbox, readMailbox(settings, options.flow.mailing));
  TRY(options.flow.printing, readPrinting(settings));
  static const SystemClock systemClock;
  const auto& clock = simulated ? static_cast<const Clock&>(*simulated) : systemClock;
  TRY(auto peppol, readPeppolRoad(settings, clock));
  options.peppol = std::move(peppol.road);
  options.flow.registers = std::move(peppol.registers);
  TRY(options.handover, readHandover(settings));
  TRY(options.banking, readBanking(settings));
  TRY(outside, openOutside(settings, options, clock));
  if (outside.office) outside.standIn(options);
  return House::open(std::move(options), simulated);
}

// Read before the house is opened too: wrong use leaves no data folder behind.
Result<std::size_t> workersIn(const Settings& settings) {
  TRY(const auto workers, settings.number("workers"));
  if (workers < 1 || workers > 1024)
    return fail(ProblemKind::invalid, "setting-out-of-range", "--workers is from 1 to 1024.");
  return static_cast<std::size_t>(workers);
}

Result<net::HttpServerConfig> serverConfig(const Settings& settings, api::Api& api,
                                           const net::Router& router) {
  TRY(const auto workers, workersIn(settings));
  net::HttpServerConfig config;
  config.handler = [&router](net::Request& request) {
    auto reply = api::secured(router(request));
    if (request.https) reply.headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    return reply;
  };
  config.limits.bodyLimit = [&router](auto method, auto path) { return router.bodyLimit(method, path); };
  config.onServed = [&api](const net::Served& served) { api.observe(served); };
  config.workers = workers;
  config.trustedProxies = settings.all("trusted-proxy");
  return config;
}

Result<std::unique_ptr<demo::LiveTraffic>> startTraffic(const Settings& settings, House& house,
                                                        const demo::Outside& outside) {
  if (!outside.office) return nullptr;
  TRY(const auto world, demo::readWorldFile(settings.text("data")));
  auto traffic = std::make_unique<demo::LiveTraffic>(house, outside, world);
  CHECK_OK(traffic->start());
  return traffic;
}

// SQLite has one server: what is leased now was leased by one that is dead, and need not wait for its leases
// to end.
Outcome takeLeasesBack(const Settings& settings, House& house) {
  if (settings.isSet("database")) return {};
  return house.store().write(store::Priority::walk,
                             [](store::Transaction& tx) { return store::releaseLeases(tx); });
}

Result<int> serve(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  CHECK_OK(setLogLevel(settings));
  const StopSignals signals;
  std::optional<SimulatedClock> simulated;
  CHECK_OK(startSimulatedTime(settings, simulated));
  TRY(const auto peppolInboundToken, readPeppolInboundToken(settings));
  TRY(const auto rateLimits, readRateLimits(settings));
  CHECK_OK(workersIn(settings));
  TRY(auto identityProviders, readIdentityProviders(settings));
  demo::Outside outside;
  TRY(const auto house, openHouse(settings, simulated ? &*simulated : nullptr, outside));
  api::Api api({.store = house->store(),
                .flow = house->flow(),
                .access = house->access(),
                .clock = house->clock(),
                .simulatedClock = simulated ? &*simulated : nullptr,
                .keepTime = [data = settings.text("data")](
                                Instant now) { return keepTime(data, now, SystemClock().now()); },
                .limits = house->options().flow.limits,
                .cutOffMinute = house->options().flow.printing.cutOffMinute,
                .version = std::string(version),
                .rateLimits = rateLimits,
                .vault = &house->vault(),
                .archiveFolder = settings.text("data") + "/archives",
                .exportFolder = settings.text("data") + "/exports",
                .identityProviders = std::move(identityProviders),
                .peppolInboundToken = peppolInboundToken});
  net::Router router;
  api.addRoutes(router);
  TRY(auto portal, portalHandler(settings.text("portal")));
  router.otherwise(api.otherwise(std::move(portal)));
  TRY(auto config, serverConfig(settings, api, router));
  net::HttpServer server(std::move(config));
  api.watch([&server] { return server.counts(); });

  TRY(const auto port, server.listen(settings.text("listen")));
  CHECK_OK(takeLeasesBack(settings, *house));
  house->flow().start();
  TRY(const auto traffic, startTraffic(settings, *house, outside));
  log::info("listening", {{"address", settings.text("listen")},
                          {"port", std::to_string(port)},
                          {"store", house->store().describe()}});

  const int signal = signals.wait();
  log::info("stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
  if (traffic) traffic->stop();
  server.stop();
  api.stop();
  house->flow().stop();
  log::info("stopped");
  return 0;
}

}  // namespace

const Command serve_command{"serve", "--data DIR --listen ADDRESS:PORT …",
                            "runs the server until SIGTERM or SIGINT", settings, serve};

}  // namespace postgang::app
