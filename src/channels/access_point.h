// The client of an accredited Peppol access point's HTTP interface: hands it one whole envelope (SBDH), which
// it sends by AS4. What the interface is, and after which one it is modelled: docs/access-point.md.
//
//   POST {url}/api/outbound/submit-sbd            the envelope; X-Token
//   GET  {url}/api/outbound/status/{instance}     what became of one
//
// An envelope is known by its instance identifier. Where it may be there already (an attempt before, a
// connection that was cut) the access point is asked first, so that none goes twice even through one that
// doesn't look for doubles itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"
#include "net/http_client.h"

namespace postgang::channels {

struct AccessPointOptions {
  std::string url{};     // "https://ap.example.com", without `/` at its end; empty: there is none
  std::string token{};   // what X-Token carries
  bool sandbox = false;  // http, too
  std::chrono::milliseconds connectTime{5'000}, totalTime{28'000};
  std::size_t answerBytes_max = 1024 * 1024;
  std::string tlsAuthorities{};  // PEM file; "": the system's
};

struct Submission {
  enum class Result {
    taken,    // sent by AS4, and the other access point's receipt is there
    refused,  // for good, for what it is
    later,    // anything else: asked again with the same envelope
  };
  Result result = Result::later;
  std::string words{};                          // of a refusal, or what went wrong: short English
  std::optional<Instant> at{};                  // taken: the AS4 message's time, where it is said
  std::string messageId{};                      // and its id
  std::string receiverAccessPoint{};            // the name in the other one's certificate
  std::optional<std::int64_t> after_seconds{};  // later: not before that
  bool inHand = false;                          // later: it may have it, or have sent it already
  bool silent = false;                          // it did not answer, or lets us do nothing at all
  std::string wire{};                           // what was said
};

class AccessPoint {
 public:
  explicit AccessPoint(AccessPointOptions options) : options_(std::move(options)) {}

  bool isOn() const { return !options_.url.empty(); }
  const std::string& url() const { return options_.url; }
  // `maybeThere`: it has been handed over before, or may have been. Takes two questions' time then.
  Submission submit(const std::string& instance, std::string_view envelope, bool maybeThere) const;

 private:
  Submission post(const std::string& instance, std::string_view envelope) const;
  // nullopt: it has none of that instance.
  std::optional<Submission> status(const std::string& instance) const;
  net::ClientRequest request(std::string method, std::string path) const;

  AccessPointOptions options_;
  mutable net::HttpClient client_;  // safe from several threads
};

// An address that may be given as --peppol-access-point: https (http in the sandbox), no user information, no
// query. Answers it without `/` at its end. Code access-point-url-invalid (invalid).
Result<std::string> accessPointUrl(std::string_view url, bool sandbox);

}  // namespace postgang::channels
