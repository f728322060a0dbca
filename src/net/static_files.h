// The built portal, read into memory once and served from there: compressed once, ETag and 304, names with a
// hash in them cached for a year. Nothing outside what was read at start can be reached, whatever the path
// says.
//
//   /assets/index-BqXk3a1Z.js  → Cache-Control: public, max-age=31536000, immutable
//   everything else            → Cache-Control: no-cache (asked for again with its ETag)
//   /documents/0193…           → index.html, because the portal has routes of its own
//   /nothing.png, /assets/x    → 404
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "net/http.h"

namespace postgang::net {

class StaticFiles {
 public:
  // Siblings name.br and name.gz are taken as the compressed forms; where they are missing, text is
  // compressed here. Symbolic links are not followed. `headers` go with every reply: Content-Security-Policy
  // and the like. Codes: static-folder-unreadable (internal), static-folder-without-index (internal).
  static Result<StaticFiles> load(const std::filesystem::path& folder, Headers headers);
  // The same from memory: path ("/index.html") → content.
  static Result<StaticFiles> of(std::map<std::string, std::string> files, Headers headers);

  Reply serve(const Request& request) const;
  std::size_t size() const { return files_.size(); }

 private:
  struct Form {
    std::shared_ptr<const std::string> bytes;
    std::string etag;
  };
  struct File {
    std::string contentType;
    bool immutable = false;
    Form plain, gzip, brotli;  // without bytes where compression does not pay
  };
  Reply reply(const Request& request, const File& file) const;

  std::map<std::string, File, std::less<>> files_;
  Headers headers_;
};

// What portal and API pages should carry: a Content-Security-Policy that allows only our own origin, nosniff,
// no framing, no referrer to others, no powerful features.
Headers securityHeaders();
std::string_view contentTypeOf(
    std::string_view fileName);  // by its ending; application/octet-stream otherwise

}  // namespace postgang::net
