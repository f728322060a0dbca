#include "channels/webhook_sender.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/bytes.h"
#include "base/text.h"
#include "base/utf8.h"

namespace postgang::channels {

namespace {

constexpr std::string_view secret_mark = "whsec_";
constexpr std::int64_t wait_seconds_max = 7 * 24 * 3600;  // more is taken for a mistake

// What somebody else's server says is shown to people: the bytes that are no text are left out.
std::string readable(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const auto wrong = firstInvalidUtf8(bytes);
    text += bytes.substr(0, wrong);
    if (wrong == std::string_view::npos) break;
    bytes.remove_prefix(wrong + 1);
  }
  return withoutControls(text);
}

std::optional<int> numberIn(std::string_view text) {
  int number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = !text.empty() && end.ec == std::errc() && end.ptr == text.data() + text.size();
  return whole && number >= 0 ? std::optional(number) : std::nullopt;
}

// "Mon, 23 Nov 2026 09:41:07 GMT" (RFC 9110, 5.6.7); the two obsolete forms are not read.
std::optional<Instant> instantOf(std::string_view date) {
  constexpr std::string_view form = "xxx, 00 xxx 0000 00:00:00 GMT";
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (date.size() != form.size() || !date.ends_with(" GMT")) return std::nullopt;
  const auto month = std::ranges::find(months, date.substr(8, 3));
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  if (month == months.end()) return std::nullopt;
  return Instant::parse(std::string(date.substr(12, 4)) + "-" +
                        two(static_cast<int>(month - months.begin()) + 1) + "-" +
                        std::string(date.substr(5, 2)) + "T" + std::string(date.substr(17, 8)) + "Z");
}

std::string signaturesOf(const WebhookCall& call, std::string_view timestamp) {
  std::string all;
  for (const auto& secret : call.secrets) {
    const auto one = webhookSignature(secret, call.id, timestamp, call.body);
    if (!one.empty()) all += (all.empty() ? "" : " ") + one;
  }
  return all;
}

}  // namespace

std::string newWebhookSecret() {
  return std::string(secret_mark) + base64(randomBytes(32));
}

std::string webhookSignature(std::string_view secret, std::string_view id, std::string_view timestamp,
                             std::string_view body) {
  if (!secret.starts_with(secret_mark)) return {};
  const auto key = fromBase64(secret.substr(secret_mark.size()));
  if (!key) return {};
  std::string content;
  content.reserve(id.size() + timestamp.size() + body.size() + 2);
  content.append(id).append(".").append(timestamp).append(".").append(body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> made{};
  unsigned int size = 0;
  if (!HMAC(EVP_sha256(), key->data(), static_cast<int>(key->size()),
            reinterpret_cast<const unsigned char*>(content.data()), content.size(), made.data(), &size))
    return {};
  return "v1," + base64({reinterpret_cast<const char*>(made.data()), size});
}

std::string WebhookAnswer::words() const {
  return "Answered with " + std::to_string(status) + ".";
}

WebhookAnswer sendWebhook(net::HttpClient& client, const WebhookCall& call, const HandoverRules& rules,
                          Instant now) {
  const auto timestamp = std::to_string(now.microseconds / 1'000'000);
  net::ClientRequest request;
  request.method = "POST";
  request.url = call.url;
  request.body = call.body;
  request.totalTime = std::chrono::seconds(webhook_seconds_max);
  request.maxBytes = webhook_answer_bytes;
  request.cutsBody = true;
  request.authorities = rules.tlsAuthorities;
  if (!rules.sandbox) request.allowAddress = net::isPublic;
  request.headers.add("Content-Type", "application/json");
  request.headers.add("webhook-id", call.id);
  request.headers.add("webhook-timestamp", timestamp);
  if (auto signatures = signaturesOf(call, timestamp); !signatures.empty())
    request.headers.add("webhook-signature", std::move(signatures));
  const auto reply = client.fetch(request);
  WebhookAnswer answer;
  if (!reply) {
    answer.code = reply.error().code;
    answer.detail = reply.error().detail;
    return answer;
  }
  answer.status = reply->status;
  answer.body = readable(reply->body);
  if (reply->status == 429 || reply->status == 503)
    answer.retryAfter = retryAfterOf(reply->headers.get("Retry-After"), now);
  return answer;
}

Outcome checkWebhookUrl(std::string_view url, const HandoverRules& rules) {
  const auto checked = net::checkUserUrl(url, rules.sandbox);
  if (rules.sandbox && !checked && checked.error().code == "address-refused") return {};
  return checked;
}

std::optional<Instant> retryAfterOf(std::string_view field, Instant now) {
  field = trimmed(field);
  const auto seconds = numberIn(field);
  const auto at = seconds ? std::optional(now.plusSeconds(*seconds)) : instantOf(field);
  if (!at || *at > now.plusSeconds(wait_seconds_max)) return std::nullopt;
  return std::max(*at, now);
}

}  // namespace postgang::channels
