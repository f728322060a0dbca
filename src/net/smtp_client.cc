#include "net/smtp_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <memory>
#include <optional>

#include "base/text.h"
#include "net/mail.h"

namespace postgang::net {
namespace {

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;
using List = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

constexpr std::size_t line_bytes_max = 500;
constexpr std::size_t exchanges_max = 100;

// One command and the server's answer to it.
struct Exchange {
  std::string command;  // "RCPT TO:<…>"; "." for the message itself; "" for the greeting
  int code = 0;         // 0 until it is answered
  std::string reply;    // its last line
};

// What the callbacks of one sending see.
struct Dialogue {
  std::string_view message;
  std::size_t given = 0;
  bool dotSent = false;  // libcurl has the whole message: the dot may be on its way
  std::vector<Exchange> exchanges{{}};
  std::string text;

  void keep(std::string_view mark, std::string_view line) {
    if (text.size() + line.size() + 4 > dialogue_bytes_max) return;
    text.append(mark).append(line).append("\n");
  }
  void said(std::string_view line) {
    // Everything of a sign-in but the word itself is a secret.
    const bool secret = line.starts_with("AUTH ") || (!exchanges.empty() && exchanges.back().code == 334);
    const auto shown = secret ? std::string("AUTH …") : truncated(withoutControls(line), line_bytes_max);
    keep("> ", shown);
    if (exchanges.size() < exchanges_max) exchanges.push_back({shown, 0, {}});
  }
  void heard(std::string_view line) {
    const auto shown = truncated(withoutControls(line), line_bytes_max);
    keep("< ", shown);
    const bool isReply = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3,
                                                         [](char c) { return c >= '0' && c <= '9'; });
    if (!isReply) return;
    exchanges.back().reply = shown;
    if (line.size() == 3 || line[3] == ' ')
      exchanges.back().code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  }
};

std::size_t onRead(char* buffer, std::size_t, std::size_t room, void* pointer) {
  auto& dialogue = *static_cast<Dialogue*>(pointer);
  const auto count = std::min(room, dialogue.message.size() - dialogue.given);
  std::memcpy(buffer, dialogue.message.data() + dialogue.given, count);
  dialogue.given += count;
  // Not at a read of 0 bytes: libcurl knows the message's size and often doesn't ask again.
  if (dialogue.given == dialogue.message.size() && !dialogue.dotSent) {
    dialogue.dotSent = true;
    dialogue.keep("> ", "(" + std::to_string(dialogue.message.size()) + " bytes of message)");
    dialogue.said(".");
  }
  return count;
}

int onDebug(CURL*, curl_infotype type, char* data, std::size_t size, void* pointer) {
  auto& dialogue = *static_cast<Dialogue*>(pointer);
  if (type != CURLINFO_HEADER_IN && type != CURLINFO_HEADER_OUT) return 0;
  for (const auto line : split({data, size}, '\n')) {
    const auto bare = trimmed(line);
    if (bare.empty()) continue;
    type == CURLINFO_HEADER_IN ? dialogue.heard(bare) : dialogue.said(bare);
  }
  return 0;
}

std::size_t onWrite(char*, std::size_t, std::size_t count, void*) {
  return count;
}

List recipientList(const Envelope& envelope) {
  List list(nullptr, curl_slist_free_all);
  for (const auto& recipient : envelope.recipients) {
    curl_slist* longer = curl_slist_append(list.get(), ("<" + recipient + ">").c_str());
    if (!longer) throw std::bad_alloc();
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

void secure(CURL* curl, const SmtpServer& server) {
  const bool demanded = server.requireTls || !server.user.empty() || server.url.starts_with("smtps:");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(demanded ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  // Where TLS is only taken because it is there, a certificate that nobody vouches for is still better than
  // none.
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, demanded ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, demanded ? 2L : 0L);
  if (server.user.empty()) return;
  curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
}

void setUp(CURL* curl, const SmtpServer& server, const std::string& url, const std::string& sender,
           Dialogue& dialogue) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.connectTime.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(server.totalTime.count()));
  secure(curl, server);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(dialogue.message.size()));
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, onRead);
  curl_easy_setopt(curl, CURLOPT_READDATA, &dialogue);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onWrite);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, onDebug);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &dialogue);
}

const Exchange* answered(const Dialogue& dialogue, std::string_view command) {
  for (const auto& exchange : dialogue.exchanges)
    if (exchange.command.starts_with(command) && exchange.code != 0) return &exchange;
  return nullptr;
}

std::string recipientOf(const Exchange& exchange) {
  const auto open = exchange.command.find('<'), close = exchange.command.rfind('>');
  if (open == std::string::npos || close == std::string::npos || close < open) return {};
  return exchange.command.substr(open + 1, close - open - 1);
}

// Every recipient was turned away: for good, unless one of them only for now.
std::optional<SmtpAnswer> turnedAway(const Dialogue& dialogue) {
  std::optional<SmtpAnswer> answer;
  for (const auto& exchange : dialogue.exchanges) {
    if (!exchange.command.starts_with("RCPT ") || exchange.code == 0) continue;
    if (exchange.code < 400) return std::nullopt;
    if (!answer) answer = SmtpAnswer{SmtpResult::refused, exchange.reply, {}, {}};
    if (exchange.code < 500) answer = SmtpAnswer{SmtpResult::later, exchange.reply, {}, {}};
  }
  return answer;
}

SmtpAnswer judged(CURLcode code, const Dialogue& dialogue) {
  constexpr int too_large = 552;  // MAIL FROM's SIZE (RFC 1870)
  const auto byCode = [](const Exchange& exchange) {
    return SmtpAnswer{exchange.code >= 500 ? SmtpResult::refused : SmtpResult::later, exchange.reply, {}, {}};
  };
  if (const auto* last = answered(dialogue, ".")) {
    if (last->code >= 400) return byCode(*last);
    SmtpAnswer answer{SmtpResult::accepted, last->reply, {}, {}};
    for (const auto& exchange : dialogue.exchanges)
      if (exchange.command.starts_with("RCPT ") && exchange.code >= 400)
        answer.refused.push_back(recipientOf(exchange));
    return answer;
  }
  const std::string broken = curl_easy_strerror(code);
  if (dialogue.dotSent)
    return {SmtpResult::uncertain, "No answer after the message's end: " + broken, {}, {}, true};
  if (const auto* mail = answered(dialogue, "MAIL "); mail && mail->code >= 400) {
    if (mail->code == too_large) return byCode(*mail);
    return {SmtpResult::later, mail->reply, {}, {}};  // it does not take mail from us: settings
  }
  if (auto refused = turnedAway(dialogue)) return *refused;
  if (const auto* data = answered(dialogue, "DATA"); data && data->code >= 400) return byCode(*data);
  const auto& last = dialogue.exchanges.back();
  const bool answeredAtLast = last.code >= 400;
  return {SmtpResult::later, answeredAtLast ? last.reply : broken, {}, {}, !answeredAtLast};
}

std::optional<SmtpAnswer> wrongEnvelope(const Envelope& envelope, std::string_view message) {
  const auto refused = [](std::string words) {
    return SmtpAnswer{SmtpResult::refused, std::move(words), {}, {}};
  };
  if (!isMailAddress(envelope.sender)) return refused("The sender's address is not an e-mail address.");
  if (envelope.recipients.empty() || envelope.recipients.size() > recipients_max)
    return refused("There are no recipients, or too many.");
  for (const auto& recipient : envelope.recipients)
    if (!isMailAddress(recipient)) return refused("The address is not an e-mail address.");
  if (message.size() > mail_bytes_max) return refused("The message is over 20 MB.");
  return std::nullopt;
}

}  // namespace

Outcome checkSmtpServer(const SmtpServer& server) {
  const auto invalid = [](std::string_view what) {
    return fail(ProblemKind::invalid, "smtp-url-invalid",
                "The mail server's address " + std::string(what) + ".", "--smtp",
                "Give it like smtp://host:25 or smtps://host:465.");
  };
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
  const auto part = [&](CURLUPart which) -> std::string {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, void (*)(void*)> guard(text, curl_free);
    return text;
  };
  if (withoutControls(server.url) != server.url || server.url.find(' ') != std::string::npos ||
      server.url.find(":///") != std::string::npos)
    return invalid("is not a complete URL");
  if (curl_url_set(parsed.get(), CURLUPART_URL, server.url.c_str(), 0) != CURLUE_OK)
    return invalid("is not a complete URL");
  const auto scheme = part(CURLUPART_SCHEME), path = part(CURLUPART_PATH);
  if (scheme != "smtp" && scheme != "smtps") return invalid("begins neither with smtp:// nor smtps://");
  if (part(CURLUPART_HOST).empty()) return invalid("has no host");
  if (!part(CURLUPART_USER).empty())
    return invalid("has a user in it: they belong in --smtp-user and POSTGANG_SMTP_PASSWORD");
  if ((!path.empty() && path != "/") || !part(CURLUPART_QUERY).empty())
    return invalid("goes on after host and port");
  return {};
}

SmtpAnswer sendMail(const SmtpServer& server, const Envelope& envelope, std::string_view message) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  assert(started == CURLE_OK);
  if (auto wrong = wrongEnvelope(envelope, message)) return *wrong;
  const Handle curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) throw std::bad_alloc();
  const List recipients = recipientList(envelope);
  Dialogue dialogue;
  dialogue.message = message;
  const auto name = server.name.empty() ? domainOf(envelope.sender) : server.name;
  const auto url = server.url + (server.url.ends_with('/') ? "" : "/") + name;
  setUp(curl.get(), server, url, "<" + envelope.sender + ">", dialogue);
  curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
  auto answer = judged(curl_easy_perform(curl.get()), dialogue);
  answer.dialogue = dialogue.text;
  // Good-bye is said when the handle goes, and nobody listens to it any longer.
  curl_easy_setopt(curl.get(), CURLOPT_VERBOSE, 0L);
  return answer;
}

}  // namespace postgang::net
