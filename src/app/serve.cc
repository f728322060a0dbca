// serve: the server, until SIGTERM or SIGINT.
#include <csignal>
#include <filesystem>

#include "api/api.h"
#include "app/commands.h"
#include "app/demo/live.h"
#include "app/demo/note.h"
#include "app/house.h"
#include "app/portal.h"
#include "base/log.h"
#include "base/text.h"
#include "net/http_server.h"
#include "net/router.h"
#include "store/feed.h"

namespace postgang::app {

namespace {

// Blocked in every thread made from here on, so that they come to wait() alone.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  int wait() const {
    int signal = 0;
    while (sigwait(&set_, &signal) != 0) {
    }
    return signal;
  }

 private:
  sigset_t set_{};
};

// Simulated time goes on from the last thing that happened: it may have been moved before the last stop.
Result<Instant> startOfSimulatedTime(const Settings& settings) {
  TRY(const auto house, House::open(settings));
  Instant start = house->clock().now();
  CHECK_OK(house->store().read([&](store::Reader& reader) -> Outcome {
    TRY(const auto latest, store::latest(reader, store::Viewer::system(), 1));
    if (!latest.empty() && latest.front().at > start) start = latest.front().at;
    return {};
  }));
  return start;
}

net::HttpServerConfig configOf(const Settings& settings, api::Api& api, net::Router& router,
                               std::size_t workers) {
  net::HttpServerConfig config;
  config.handler = [&router](net::Request& request) { return api::secured(router(request)); };
  config.limits.bodyLimit = [&router](auto method, auto path) { return router.bodyLimit(method, path); };
  config.onServed = [&api](const net::Served& served) { api.observe(served); };
  config.workers = workers;
  config.trustedProxies = settings.all("trusted-proxy");
  return config;
}

Result<std::unique_ptr<demo::LiveTraffic>> trafficFor(const Settings& settings, House& house) {
  if (!settings.yes("demo-traffic")) return std::unique_ptr<demo::LiveTraffic>();
  TRY(const auto seed, demo::seedIn(settings.text("data")));
  return demo::LiveTraffic::start(house, seed);
}

Result<int> serveUntilToldToStop(const Settings& settings, House& house, SimulatedClock* simulated,
                                 const Signals& signals) {
  TRY(const auto workers, settings.number("workers"));
  if (workers < 1 || workers > 1024)
    return fail(ProblemKind::invalid, "setting-out-of-range", "--workers is from 1 to 1024.");
  api::Api api({.store = house.store(),
                .flow = house.flow(),
                .access = house.access(),
                .clock = house.clock(),
                .simulatedClock = simulated,
                .limits = house.options().flow.limits,
                .version = std::string(program_version)});
  net::Router router;
  api.addRoutes(router);
  router.otherwise(api.otherwise(portalHandler(settings.text("portal"))));
  net::HttpServer server(configOf(settings, api, router, static_cast<std::size_t>(workers)));
  api.watch([&server] { return server.counts(); });
  TRY(const auto port, server.listen(settings.text("listen")));
  house.flow().start();
  TRY(const auto traffic, trafficFor(settings, house));
  log::info("serving", {{"listen", settings.text("listen")},
                        {"port", std::to_string(port)},
                        {"store", house.store().describe()},
                        {"simulatedClock", simulated ? "yes" : "no"}});
  const int signal = signals.wait();
  log::info("stopping", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
  if (traffic) traffic->stop();
  server.stop();
  api.stop();
  house.flow().stop();
  log::info("stopped");
  return exit_good;
}

Result<int> run(const Settings& settings, Streams&) {
  const Signals signals;
  const auto level = log::levelFromName(settings.text("log-level"));
  if (!level)
    return fail(ProblemKind::invalid, "setting-out-of-range",
                "--log-level is debug, info, warning or error.");
  log::setLevel(*level);
  std::unique_ptr<SimulatedClock> simulated;
  if (settings.yes("simulated-clock")) {
    TRY(const auto start, startOfSimulatedTime(settings));
    simulated = std::make_unique<SimulatedClock>(start);
    simulated->run();
  }
  auto options = dataOptions(settings);
  CHECK_OK(readFlowSettings(settings, options));
  TRY(const auto house, House::open(std::move(options), simulated.get()));
  return serveUntilToldToStop(settings, *house, simulated.get(), signals);
}

}  // namespace

Command serveCommand() {
  auto settings = dataSettings();
  settings.push_back(flag("listen", "ADDRESS:PORT", "127.0.0.1:8080"));
  settings.push_back(flag("portal", "DIR"));
  settings.push_back(flag("simulated-clock", "", "false"));
  settings.push_back(flag("demo-traffic", "", "false"));
  settings.push_back(flag("workers", "N", "32"));
  for (auto& setting : flowSettings()) settings.push_back(std::move(setting));
  settings.push_back(flag("trusted-proxy", "ADDRESS"));
  settings.push_back(flag("log-level", "LEVEL", "info"));
  return {"serve", "", std::move(settings), run};
}

}  // namespace postgang::app
