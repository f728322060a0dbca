#include "net/static_files.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "base/bytes.h"
#include "base/text.h"
#include "net/encoding.h"

namespace postgang::net {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

constexpr std::size_t compress_from = 512;
constexpr int brotli_quality = 6;  // the portal's build leaves better ones beside its files
constexpr int gzip_level = 6;

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".xml", "application/xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".pdf", "application/pdf"},
};

// As Vite names what it builds: /assets/NAME-HASH.ENDING with eight characters of base64url. An ordinary word
// of eight small letters is no hash; a hash that looks like one is merely asked for again.
bool hasHash(std::string_view path) {
  if (!path.starts_with("/assets/")) return false;
  auto stem = path.substr(path.rfind('/') + 1);
  stem = stem.substr(0, stem.find('.'));
  if (stem.size() < 9 || stem[stem.size() - 9] != '-') return false;
  bool telling = false;
  for (char c : stem.substr(stem.size() - 8)) {
    const bool small = c >= 'a' && c <= 'z';
    const bool other = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!small && !other && c != '-' && c != '_') return false;
    telling = telling || other;
  }
  return telling;
}

Result<Files> readFolder(const fs::path& folder) {
  const auto unreadable = [&](const fs::path& path) {
    return fail(ProblemKind::internal, "static-folder-unreadable", "The portal's files cannot be read.",
                path.string(), "Build the portal, or say where it lies.");
  };
  Files files;
  std::error_code error;
  fs::recursive_directory_iterator walk(folder, error);
  if (error) return unreadable(folder);
  for (; walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    if (error) return unreadable(folder);
    const auto& path = walk->path();
    if (walk->symlink_status().type() != fs::file_type::regular) continue;
    std::ifstream in(path, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in) return unreadable(path);
    files.emplace("/" + fs::relative(path, folder).generic_string(), std::move(content));
  }
  return files;
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const fs::path& folder, Headers headers) {
  TRY(auto files, readFolder(folder));
  return of(std::move(files), std::move(headers));
}

Result<StaticFiles> StaticFiles::of(Files files, Headers headers) {
  if (!files.contains("/index.html"))
    return fail(ProblemKind::internal, "static-folder-without-index", "The portal has no index.html.", "",
                "Build the portal, or say where it lies.");
  StaticFiles result;
  result.headers_ = std::move(headers);
  const auto form = [](std::string bytes, std::string_view etag, std::string_view suffix) {
    return Form{std::make_shared<const std::string>(std::move(bytes)),
                "\"" + std::string(etag) + std::string(suffix) + "\""};
  };
  const auto sibling = [&](const std::string& path, auto compressed) {
    const auto found = files.find(path);
    return found != files.end() ? found->second : compressed();
  };
  for (const auto& [path, content] : files) {
    const bool isSibling =
        (path.ends_with(".br") || path.ends_with(".gz")) && files.contains(path.substr(0, path.size() - 3));
    if (isSibling) continue;
    const Digest digest = sha256(content);
    const auto etag = base64Url(view(digest).substr(0, 12));
    File file;
    file.contentType = contentTypeOf(path);
    file.immutable = hasHash(path);
    file.plain = form(content, etag, "");
    if (content.size() >= compress_from && isCompressible(file.contentType)) {
      auto brotli = sibling(path + ".br", [&] { return brotlied(content, brotli_quality); });
      auto gzip = sibling(path + ".gz", [&] { return gzipped(content, gzip_level); });
      if (brotli.size() < content.size()) file.brotli = form(std::move(brotli), etag, "-br");
      if (gzip.size() < content.size()) file.gzip = form(std::move(gzip), etag, "-gz");
    }
    result.files_.emplace(path, std::move(file));
  }
  return result;
}

Reply StaticFiles::serve(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Reply reply = Reply::problem({ProblemKind::unsupported,
                                  "method-not-allowed",
                                  "This address does not take the method " + request.method + ".",
                                  request.path,
                                  {},
                                  {}},
                                 405);
    reply.headers.add("Allow", "GET, HEAD");
    return reply;
  }
  std::string path;
  for (const auto& segment : request.segments) path += "/" + segment;
  auto found = files_.find(path);
  if (found == files_.end()) {
    const bool isPage = !path.starts_with("/assets/") &&
                        (request.segments.empty() || request.segments.back().find('.') == std::string::npos);
    if (!isPage)
      return Reply::problem(
          {ProblemKind::not_found, "not-found", "There is nothing at this address.", request.path, {}, {}});
    found = files_.find("/index.html");
  }
  return reply(request, found->second);
}

Reply StaticFiles::reply(const Request& request, const File& file) const {
  const auto encoding = preferredEncoding(request.headers.all("Accept-Encoding"));
  const Form* form = &file.plain;
  if (encoding == "br" && file.brotli.bytes) form = &file.brotli;
  if (encoding == "gzip" && file.gzip.bytes) form = &file.gzip;
  Reply reply;
  reply.compressible = false;
  reply.shared = form->bytes;
  reply.headers = headers_;
  reply.headers.set("Content-Type", file.contentType);
  reply.headers.set("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.brotli.bytes || file.gzip.bytes) reply.headers.add("Vary", "Accept-Encoding");
  if (form != &file.plain) reply.headers.set("Content-Encoding", std::string(encoding));
  return withEtag(request, std::move(reply), form->etag);
}

Headers securityHeaders() {
  return {
      {"Content-Security-Policy",
       "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-src 'self' "
       "blob:; "
       "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
  };
}

std::string_view contentTypeOf(std::string_view fileName) {
  const auto dot = fileName.rfind('.');
  if (dot != std::string_view::npos)
    for (const auto& [ending, type] : types)
      if (fileName.substr(dot) == ending) return type;
  return "application/octet-stream";
}

}  // namespace postgang::net
