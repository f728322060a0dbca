#include "api/safe_file.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/utf8.h"
#include "net/target.h"

namespace postgang::api {

namespace {

constexpr std::size_t name_max = 120;
constexpr std::string_view bytes_only = "application/octet-stream";

// What EN 16931 lets an invoice carry, and what our customers do send. HTML, SVG and XML are not here on
// purpose.
constexpr std::array safe_types = {
    std::string_view("application/pdf"),
    std::string_view("image/png"),
    std::string_view("image/jpeg"),
    std::string_view("text/csv"),
    std::string_view("text/plain"),
    std::string_view("application/zip"),
    std::string_view("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    std::string_view("application/vnd.oasis.opendocument.spreadsheet"),
};

bool isForbiddenInNames(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
         std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
}

// Signs that turn the direction of what follows: with one, "gpj.exe" is shown as "exe.jpg".
bool turnsDirection(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

std::string withoutTurns(std::string_view name) {
  std::string kept;
  for (std::size_t at = 0; at < name.size();) {
    const auto point = codePointAt(name, at);
    const auto length = std::max<std::size_t>(point.length, 1);
    if (!turnsDirection(point.value)) kept += name.substr(at, length);
    at += length;
  }
  return kept;
}

std::string asciiOnly(std::string_view name) {
  std::string ascii;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      if ((byte & 0xc0) == 0xc0) ascii += '_';  // one for each character, not for each byte
    } else if (c != '%' && c != ';') {
      ascii += c;
    }
  }
  return ascii;
}

}  // namespace

std::string safeMediaType(std::string_view declared) {
  const auto semicolon = declared.find(';');
  const auto type = lowered(trimmed(declared.substr(0, semicolon)));
  return std::string(std::ranges::find(safe_types, type) == safe_types.end() ? bytes_only
                                                                             : std::string_view(type));
}

std::string originalMediaType(std::string_view declared, std::string_view format) {
  const auto type = lowered(trimmed(declared.substr(0, declared.find(';'))));
  if (!format.empty() || type == "application/xml" || type == "text/xml" || type.ends_with("+xml"))
    return "application/xml";
  return std::string(type == "application/zip" ? std::string_view("application/zip") : bytes_only);
}

std::string sentMediaType(std::string_view channel, std::string_view declared, std::string_view format) {
  if (channel == "print" || channel == "bank") return "application/pdf";
  if (channel == "email") return "message/rfc822";
  return originalMediaType(declared, format);
}

std::string safeFileName(std::string_view name, std::string_view otherwise) {
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string safe;
  for (const char c : withoutControls(withoutTurns(name)))
    if (!isForbiddenInNames(c)) safe += c;
  safe = truncated(trimmed(safe), name_max);
  safe.erase(0, std::min(safe.find_first_not_of('.'), safe.size()));
  return safe.empty() ? std::string(otherwise) : safe;
}

std::string attachmentName(const document::BusinessDocument::Attachment& attachment, std::size_t index) {
  const auto fallback = "attachment-" + std::to_string(index + 1);
  if (!attachment.fileName.empty()) return safeFileName(attachment.fileName, fallback);
  return safeFileName(attachment.reference, fallback);
}

std::string disposition(std::string_view kind, std::string_view fileName) {
  return std::string(kind) + "; filename=\"" + asciiOnly(fileName) + "\"; filename*=UTF-8''" +
         net::percentEncoded(fileName);
}

net::Reply download(std::string mediaType, std::string bytes, std::string_view fileName) {
  auto reply = net::Reply::bytes(std::move(mediaType), std::move(bytes));
  reply.headers.set("Content-Disposition", disposition("attachment", fileName));
  reply.headers.set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
  reply.headers.set("X-Content-Type-Options", "nosniff");
  return reply;
}

}  // namespace postgang::api
