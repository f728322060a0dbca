// An access point that is none: it speaks the interface of access_point.h and of POST /api/v1/peppol/inbound
// over HTTP, takes every envelope for sent, and answers for the receivers as it was told, for trying out the
// channel without the network. There is no AS4 in it, no certificate and no register.
//
//   POST /api/outbound/submit-sbd            as an access point
//   GET  /api/outbound/status/{instance}
//   GET  /api/sandbox/submissions            what was taken, the newest first
//
// What it answers for a receiver is chosen by name, else by share: the same seed chooses the same.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "formats/sbdh.h"
#include "net/http_client.h"
#include "net/router.h"

namespace postgang::channels {

struct SandboxOptions {
  std::string token;         // that X-Token has to carry
  std::string url;           // of the server that answers are handed in to: "http://127.0.0.1:8080"
  std::string inboundToken;  // what that is shown
  std::string provider = "0242:000002";  // whose receivers these are
  // By receiver: "AP", "AB", "RE" (a status), "refuse", "later", "queue" (what the submission is answered).
  std::map<std::string, std::string, std::less<>> receivers = {};
  // By receiver: the invoice response that comes after the status: "AP", "RE", "UQ" …
  std::map<std::string, std::string, std::less<>> responses = {};
  std::uint64_t seed = 1;
  int rejected_perMillion = 0, blind_perMillion = 0;  // of those that are not named
  // Invoice responses of receivers that are not named: accepted, under query, rejected.
  int acceptances_perMillion = 0, queries_perMillion = 0, refusals_perMillion = 0;
  // Takes what is to be handed in, instead of `url`; with the instance that it is about. Called by threads of
  // the HTTP server's. Ids are made from `seed` then.
  std::function<void(std::string envelope, const std::string& about)> handOver = {};
};

class SandboxAccessPoint {
 public:
  SandboxAccessPoint(SandboxOptions options, const Clock& clock);
  ~SandboxAccessPoint();  // what waits is left
  SandboxAccessPoint(const SandboxAccessPoint&) = delete;
  SandboxAccessPoint& operator=(const SandboxAccessPoint&) = delete;

  void addRoutes(net::Router& router);
  static constexpr std::size_t envelope_bytes_max = std::size_t{101} * 1024 * 1024;

  // A document from outside for one of the server's customers, in an envelope of its own. Code
  // peppol-document-unknown (invalid).
  Result<std::string> envelopeOf(std::string_view document, const std::string& sender,
                                 const std::string& receiver, bool everyStatus);
  // The same, handed in. What it was answered.
  Result<net::ClientReply> handIn(std::string_view document, const std::string& sender,
                                  const std::string& receiver, bool everyStatus);

 private:
  struct Taken {
    formats::Sbdh header;
    Digest digest{};
    Instant at;
    std::string messageId, state;  // "sent", "pending"
    std::string about, code;       // of a status: which envelope, and what it says
  };
  net::Reply submit(const net::Request& request);
  net::Reply status(const net::Request& request);
  net::Reply submissions(const net::Request& request);
  bool isAllowed(const net::Request& request) const;
  std::string behaviourOf(const formats::Sbdh& header) const;
  std::string responseFor(const formats::Sbdh& header) const;
  void answerFor(const formats::Envelope& envelope, const std::string& behaviour);
  void queue(std::string envelope, const std::string& about);
  void work();
  Result<net::ClientReply> post(const std::string& envelope);
  std::string reportOf(const Taken& taken) const;

  const SandboxOptions options_;
  const Clock& clock_;
  IdMaker ids_;
  net::HttpClient client_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::map<std::string, Taken, std::less<>> taken_;  // by instance
  std::deque<std::string> order_;
  std::deque<std::string> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // hands answers in, one after the other
};

}  // namespace postgang::channels
