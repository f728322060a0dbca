#include "channels/access_point.h"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>

#include "base/text.h"
#include "net/naptr.h"
#include "net/target.h"

namespace postgang::channels {

namespace {

using Answer = Submission::Result;

constexpr std::size_t words_points_max = 300, name_points_max = 100, json_depth = 16;
constexpr std::int64_t after_max_seconds = 12 * 3600;
constexpr std::int64_t in_hand_seconds = 60;  // until its status is asked for

std::string shown(std::string_view text, std::size_t points = words_points_max) {
  return truncated(withoutControls(text), points);
}

// What it says, as far as it is JSON; an object or a text.
boost::json::value jsonOf(const std::string& body) {
  boost::json::parse_options options;
  options.max_depth = json_depth;
  boost::system::error_code error;
  auto value = boost::json::parse(body, error, {}, options);
  return error ? boost::json::value() : value;
}

std::string textIn(const boost::json::value& answer, std::string_view member) {
  const auto* object = answer.if_object();
  const auto* value = object ? object->if_contains(member) : nullptr;
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string(std::string_view(*text)) : std::string();
}

bool yesIn(const boost::json::value& answer, std::string_view member) {
  const auto* object = answer.if_object();
  const auto* value = object ? object->if_contains(member) : nullptr;
  return value && value->is_bool() && value->get_bool();
}

// Why not, in the words of whichever member has them.
std::string wordsIn(const boost::json::value& answer, const net::ClientReply& reply) {
  if (const auto* text = answer.if_string()) return shown(*text);
  for (const auto* member : {"errorDetails", "detail", "message", "error", "sendingResult", "status"})
    if (auto words = shown(textIn(answer, member)); !words.empty()) return words;
  if (const auto* object = answer.if_object())
    if (const auto* exception = object->if_contains("sendingException"))
      if (auto words = shown(textIn(*exception, "message")); !words.empty()) return words;
  return "It answered " + std::to_string(reply.status) + ".";
}

Submission later(std::string words, bool silent = false) {
  Submission submission;
  submission.words = shown(words);
  submission.silent = silent;
  return submission;
}

Submission refused(std::string words) {
  Submission submission;
  submission.result = Answer::refused;
  submission.words = std::move(words);
  return submission;
}

Submission inHand(std::string words) {
  auto submission = later(std::move(words));
  submission.inHand = true;
  submission.after_seconds = in_hand_seconds;
  return submission;
}

// Nothing came back. Only a connection that was never there has certainly carried nothing.
Submission unanswered(const Problem& problem) {
  auto submission = later(problem.detail, problem.code != "reply-too-large");
  submission.inHand =
      problem.code == "timed-out" || problem.code == "connection-lost" || problem.code == "reply-too-large";
  return submission;
}

// A report of its sending, or the status of one that was sent: both say when and as which message.
Submission taken(const boost::json::value& answer) {
  Submission submission;
  submission.result = Answer::taken;
  for (const auto* member : {"as4SendingDateTime", "completedDT", "currentDateTimeUTC"})
    if (!submission.at) submission.at = Instant::parse(textIn(answer, member));
  submission.messageId = shown(textIn(answer, "as4MessageId"));
  submission.receiverAccessPoint = shown(textIn(answer, "c3CertSubjectCN"), name_points_max);
  submission.words = submission.messageId.empty() ? "sent" : submission.messageId;
  return submission;
}

// Retry-After as a number of seconds (RFC 9110, 10.2.3); a date is rare and left aside.
std::optional<std::int64_t> retryAfter(const net::ClientReply& reply) {
  const auto text = reply.headers.get("Retry-After");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 1) return std::nullopt;
  return std::min(seconds, after_max_seconds);
}

// A status that says nothing about the envelope: our token, its address, its own trouble.
std::optional<Submission> aboutItself(const net::ClientReply& reply) {
  const auto said = " It answered " + std::to_string(reply.status) + ".";
  if (reply.status == 401 || reply.status == 403)
    return later("The access point does not take our token." + said, true);
  if (reply.status >= 300 && reply.status < 400)
    return later("The access point points to another address, which is not followed." + said, true);
  if (reply.status == 404 || reply.status == 405)
    return later("There is no such service at the access point's address." + said, true);
  if (reply.status == 408 || reply.status == 425 || reply.status == 429 || reply.status >= 500) {
    auto submission = later("The access point cannot take it now." + said);
    submission.after_seconds = retryAfter(reply);
    submission.inHand = reply.status == 500 || reply.status == 502 || reply.status == 504;
    return submission;
  }
  return std::nullopt;
}

std::string wireOf(const net::ClientRequest& request, const net::ClientReply& reply) {
  return request.method + " " + request.url + "\n" + std::to_string(reply.status) + "\n" +
         shown(reply.body, 1000);
}

}  // namespace

net::ClientRequest AccessPoint::request(std::string method, std::string path) const {
  net::ClientRequest request;
  request.method = std::move(method);
  request.url = options_.url + path;
  request.headers.add("X-Token", options_.token);
  request.headers.add("Accept", "application/json");
  request.connectTime = options_.connectTime;
  request.totalTime = options_.totalTime;
  request.maxBytes = options_.answerBytes_max;
  request.authorities = options_.tlsAuthorities;
  return request;
}

Submission AccessPoint::submit(const std::string& instance, std::string_view envelope,
                               bool maybeThere) const {
  if (maybeThere)
    if (auto known = status(instance)) return *known;
  return post(instance, envelope);
}

Submission AccessPoint::post(const std::string& instance, std::string_view envelope) const {
  auto request = this->request("POST", "/api/outbound/submit-sbd");
  request.headers.add("Content-Type", "application/xml");
  request.body = envelope;
  const auto reply = client_.fetch(request);
  if (!reply) return unanswered(reply.error());
  const auto answer = jsonOf(reply->body);
  auto submission = [&] {
    if (auto itself = aboutItself(*reply)) return *itself;
    if (reply->status == 202) return inHand("The access point has taken it and not sent it yet.");
    if (reply->status < 300) {
      if (yesIn(answer, "overallSuccess")) return taken(answer);
      return inHand(answer.is_object() ? wordsIn(answer, *reply)
                                       : std::string("What the access point answers is no report."));
    }
    // It has it, from before or with a report of what went wrong: then it tries again by itself.
    if (reply->status == 409 || !textIn(answer, "sbdhInstanceIdentifier").empty()) {
      if (auto known = status(instance)) return *known;
      return inHand(wordsIn(answer, *reply));
    }
    return refused(wordsIn(answer, *reply));
  }();
  submission.wire = wireOf(request, *reply);
  return submission;
}

std::optional<Submission> AccessPoint::status(const std::string& instance) const {
  const auto request = this->request("GET", "/api/outbound/status/" + net::percentEncoded(instance));
  const auto reply = client_.fetch(request);
  if (!reply) return later(reply.error().detail, reply.error().code != "reply-too-large");
  if (reply->status == 404) return std::nullopt;
  const auto answer = jsonOf(reply->body);
  auto submission = [&] {
    if (auto itself = aboutItself(*reply)) return *itself;
    const auto state = textIn(answer, "status");
    if (reply->status != 200 || state.empty()) return later("What became of it is not said.");
    if (state == "sent") return taken(answer);
    if (state == "rejected" || state == "permanently_failed") return refused(wordsIn(answer, *reply));
    return inHand("The access point has not sent it yet: " + wordsIn(answer, *reply));
  }();
  submission.wire = wireOf(request, *reply);
  return submission;
}

Result<std::string> accessPointUrl(std::string_view url, bool sandbox) {
  const bool plain = sandbox && url.starts_with("http://");
  const auto asHttps = plain ? "https://" + std::string(url.substr(7)) : std::string(url);
  auto checked = net::httpsAddress(asHttps, true);
  if (!checked)
    return fail(ProblemKind::invalid, "access-point-url-invalid",
                "An access point's address is https, with a host and perhaps a path, and nothing else.",
                "--peppol-access-point", "Give it like https://ap.example.com.");
  return plain ? "http://" + checked->substr(8) : *checked;
}

}  // namespace postgang::channels
