// The interface as one thing for app/: everything it needs, its routes, its metrics.
//
//   api::Api api({.store = store, .flow = flow, .access = access, .clock = clock});
//   api.addRoutes(router);
//   router.otherwise(api.otherwise([&](const net::Request& r) { return portal.serve(r); }));
//   config.handler = [&](net::Request& request) { return api::secured(router(request)); };
//   config.limits.bodyLimit = [&](auto method, auto path) { return router.bodyLimit(method, path); };
//   config.onServed = [&](const net::Served& served) { api.observe(served); };
//   net::HttpServer server(config);
//   api.watch([&] { return server.counts(); });
//   … server.stop(); api.stop();
//
// The Api outlives the server and the router. Its own thread feeds the event streams.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "access/access.h"
#include "access/provider_sign_in.h"
#include "api/rate_limit.h"
#include "base/time.h"
#include "base/vault.h"
#include "flow/flow.h"
#include "net/http.h"
#include "net/http_server.h"
#include "net/router.h"
#include "store/store.h"

namespace postgang::api {

// Puts the security headers and no-store on a reply that has not its own: also on what the router answers by
// itself.
net::Reply secured(net::Reply reply);

struct ApiContext {
  store::Store& store;
  flow::Flow& flow;
  access::Access& access;  // under --simulated-clock made with a SystemClock: or P8D would sign everybody out
  const Clock& clock;
  SimulatedClock* simulatedClock = nullptr;       // set only by `serve --simulated-clock`: gives POST /clock
  std::function<Outcome(Instant)> keepTime = {};  // makes what POST /clock answers outlive this process
  flow::Limits limits = {};                       // the same as the flow's
  int cutOffMinute = 16 * 60;                     // of the print house's day, in Sweden: when deadlines are
  std::string version = "1.0.0";
  RateLimits rateLimits = {};      // how often each caller may ask
  const Vault* vault = nullptr;    // what secrets are sealed with
  std::string archiveFolder = {};  // where leaving customers' archives lie; empty: none are made
  std::string exportFolder = {};   // where exports of lists lie; empty: none are made
  access::ProviderSignIns::Options identityProviders = {};  // how companies' own are reached, and reach us
  std::string peppolInboundToken = {};  // of the access point that hands in what came; empty: none does
};

struct Parts;  // parts.h

class Api {
 public:
  explicit Api(ApiContext context);
  ~Api();  // stop()
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  void addRoutes(net::Router& router);
  // For Router::otherwise: what no route fits is a Problem under /api, and the portal's elsewhere.
  net::Handler otherwise(net::Handler portal) const;

  void observe(const net::Served& served);                    // for HttpServerConfig::onServed
  void watch(std::function<net::HttpServerCounts()> counts);  // connections and queues on /metrics
  void stop();                                                // ends the streams and their thread

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace postgang::api
