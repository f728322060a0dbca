// Peppol in the demo world: a register that knows some of those who are no customers here, and one access
// point for all of them (channels/sandbox_access_point.h), reached over HTTP on a free port of the loopback
// as the operator's own would be. What it sends back is kept until somebody asks, and comes in by the flow's
// own door.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/demo/sender.h"
#include "app/demo/world.h"
#include "app/house.h"
#include "channels/sandbox_access_point.h"
#include "flow/flow.h"
#include "net/http_server.h"
#include "net/router.h"

namespace postgang::app::demo {

// When the world's time begins and ends, and who says what time it is.
struct WorldTime {
  const Clock& clock;
  Instant from, until;
};

class PeppolWorld {
 public:
  // Codes: the HTTP server's.
  static Result<std::shared_ptr<PeppolWorld>> open(std::uint64_t seed, const World& world,
                                                   const WorldTime& time);
  ~PeppolWorld();

  // Takes the place of an access point and a register that are not set up.
  static void standIn(const std::shared_ptr<PeppolWorld>& peppol, House::Options& options);

  struct Answer {
    Instant at;  // when it comes
    std::string envelope;
  };
  // To what has been sent since the last time, in an order that is the same for the same seed.
  std::vector<Answer> answers(Instant now);

  // Whether this company can send by Peppol now.
  bool knows(const Company& company) const;
  // What one of them sends to one of us. Codes: the flow's (flow/peppol_inbound.h).
  Result<flow::PeppolTaken> bring(flow::Flow& flow, const Mailing& mailing);
  Result<flow::PeppolTaken> take(flow::Flow& flow, const std::string& envelope) const;

 private:
  struct Said {
    std::string about, envelope;
  };
  PeppolWorld(std::uint64_t seed, const World& world, const WorldTime& time);
  channels::SandboxOptions options(std::uint64_t seed);

  const std::vector<Company> companies_;
  const std::vector<Relation> relations_;
  const WorldTime time_;
  const std::string token_;
  std::mutex mutex_;
  std::vector<Said> said_;
  channels::SandboxAccessPoint accessPoint_;
  net::Router router_;
  std::unique_ptr<net::HttpServer> server_;
  std::string url_;
};

}  // namespace postgang::app::demo
