// The status line and header fields of a reply, as bytes. Nothing a handler puts in a value can end its line.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "net/http.h"

namespace postgang::net {

struct ReplyFrame {
  std::string_view requestId;
  bool isHttp11 = true;
  bool keepAlive = true;
};

// Content-Length is that of reply.bytes(); an event stream has none and ends with its connection.
// Content-Length, Transfer-Encoding, Connection, Date and X-Request-Id in reply.headers are left out: they
// are the server's to say.
std::string replyHead(const Reply& reply, const ReplyFrame& frame, Instant now);
std::string httpDate(Instant instant);  // "Mon, 23 Nov 2026 09:41:07 GMT" (RFC 9110, 5.6.7)

}  // namespace postgang::net
