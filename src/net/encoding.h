// Content codings (RFC 9110, 8.4): taking a request's body out of its coding within a limit, putting a
// reply's in one.
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"
#include "net/http.h"

namespace postgang::net {

// `encoding` as in Content-Encoding: gzip (x-gzip), deflate, br, zstd, identity or empty; several are undone
// from the last to the first, at most three. Never holds more than `limit` bytes of result. Codes:
// encoding-unknown (unsupported), body-too-large (too_large: a bomb, or just big), encoding-damaged
// (invalid).
Result<std::string> decodeBody(std::string_view encoding, std::string_view bytes, std::size_t limit);

std::string gzipped(std::string_view bytes, int level);     // 1 to 9
std::string brotlied(std::string_view bytes, int quality);  // 0 to 11
bool isCompressible(std::string_view contentType);          // text, JSON, XML, SVG, JavaScript …

// Compresses the reply as the request allows, where it pays and the reply permits; sets Content-Encoding and
// Vary and makes a strong ETag weak. The server does this to every reply.
void compressReply(const Request& request, Reply& reply, std::size_t fromBytes);

}  // namespace postgang::net
