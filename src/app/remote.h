// A running server as `send` and `status` call it: where it is and with which key.
#pragma once

#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "base/problem.h"
#include "base/settings.h"
#include "net/http_client.h"

namespace postgang::app {

std::vector<Setting> remoteSettings();  // --url and --key: POSTGANG_URL and POSTGANG_KEY

class Remote {
 public:
  static Result<Remote> from(const Settings& settings);  // code wrong-use without a key
  // The answer's JSON. An answer from 400 is the Problem it tells. Codes: the server's, the client's, and
  // reply-not-understood.
  Result<boost::json::value> call(net::ClientRequest request, const std::string& path) const;

 private:
  std::string url_, key_;
};

// A member's text; empty where it is missing, null or no string.
std::string textIn(const boost::json::value& object, std::string_view member);

}  // namespace postgang::app
