// The HTTP client, on libcurl: limits on time and size, no redirects, nothing but http and https.
// A URL that a user has chosen (webhooks, registers) is fetched with `allowAddress = isPublic`: the address
// that is really connected to is checked, so neither a name that resolves inwards nor one that changes its
// answer gets through.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "net/address_check.h"
#include "net/http.h"

namespace postgang::net {

struct ClientRequest {
  std::string method = "GET";
  std::string url{};
  Headers headers{};
  std::string body{};
  std::chrono::milliseconds connectTime{5'000};
  std::chrono::milliseconds totalTime{30'000};
  std::size_t maxBytes = 10 * 1024 * 1024;  // of the reply's body; header fields have 256 kB
  bool cutsBody = false;                    // a longer one is read so far and no further, which is no fault
  std::function<bool(const IpAddress&)> allowAddress{};  // absent: any address
  std::string authorities{};                             // PEM file of who vouches for TLS; "": the system's
};

struct ClientReply {
  int status = 0;
  Headers headers{};
  std::string body{};   // as sent, not taken out of a Content-Encoding
  std::string address;  // that was connected to
};

// Safe to use from several threads; keeps connections open between calls to the same host (never those whose
// address was to be checked).
class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Any status is a reply. Codes: url-invalid (invalid), address-refused (forbidden), reply-too-large
  // (too_large); as unavailable: host-unknown, connect-failed, tls-failed, timed-out, connection-lost (the
  // request may have been acted upon).
  Result<ClientReply> fetch(const ClientRequest& request);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

// One call with a client of its own.
Result<ClientReply> fetch(const ClientRequest& request);

// Whether a URL that a user types in may be kept: https (http where `allowHttp`), a host, no user
// information, no fragment, no address that isn't public. Names are looked up only when it is fetched. Codes:
// url-invalid, address-refused (invalid).
Outcome checkUserUrl(std::string_view url, bool allowHttp = false);

}  // namespace postgang::net
