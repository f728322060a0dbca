#include "net/reply_head.h"

#include <array>
#include <cassert>
#include <cstdio>

#include "base/text.h"

namespace postgang::net {
namespace {

bool isOurs(std::string_view name) {
  const std::string lower = lowered(name);
  return lower == "content-length" || lower == "transfer-encoding" || lower == "connection" ||
         lower == "date" || lower == "x-request-id";
}

void appendField(std::string& head, std::string_view name, std::string_view value) {
  assert(!name.empty() && name.find_first_of(" :\r\n\t") == name.npos);
  head.append(name).append(": ");
  for (char c : value) head += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
  head += "\r\n";
}

}  // namespace

std::string replyHead(const Reply& reply, const ReplyFrame& frame, Instant now) {
  std::string head;
  head.reserve(512);
  head += frame.isHttp11 ? "HTTP/1.1 " : "HTTP/1.0 ";
  head += std::to_string(reply.status);
  head += " ";
  head += reason(reply.status);
  head += "\r\n";
  for (const auto& [name, value] : reply.headers)
    if (!isOurs(name)) appendField(head, name, value);
  appendField(head, "Date", httpDate(now));
  if (!frame.requestId.empty()) appendField(head, "X-Request-Id", frame.requestId);
  if (reply.status >= 200 && reply.status != 204 && reply.status != 304 && !reply.events)
    appendField(head, "Content-Length",
                std::to_string(reply.source ? reply.source->size() : reply.bytes().size()));
  if (!frame.keepAlive) appendField(head, "Connection", "close");
  if (frame.keepAlive && !frame.isHttp11) appendField(head, "Connection", "keep-alive");
  head += "\r\n";
  return head;
}

std::string httpDate(Instant instant) {
  static constexpr std::array<const char*, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date date = instant.dateUtc();
  const auto second = (instant.microseconds - Instant::atMidnight(date).microseconds) / 1'000'000;
  std::array<char, 40> text;
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                days[static_cast<std::size_t>(date.weekday() - 1)], date.day(),
                months[static_cast<std::size_t>(date.month() - 1)], date.year(),
                static_cast<int>(second / 3600), static_cast<int>(second / 60 % 60),
                static_cast<int>(second % 60));
  return text.data();
}

}  // namespace postgang::net
