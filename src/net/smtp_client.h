// Hands one message to an SMTP server (RFC 5321), on libcurl: plain, STARTTLS or TLS from the start, limits
// on time and size. What the server said decides, and is kept as evidence:
//
//   accepted   250 after the final dot: the server has taken responsibility for it
//   refused    a 5xx to the recipient or to the message: trying again gives the same answer
//   later      no connection, a 4xx, or a server that does not want *us* (settings): try again later
//   uncertain  the connection was cut after the final dot and before the answer: it may have been accepted
//
// Nothing is ever half sent: before the dot nobody has it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::net {

struct SmtpServer {
  std::string url;             // "smtp://host:25" (STARTTLS where it is offered), "smtps://host:465"
  std::string user, password;  // where the server asks; then the connection must be secret and genuine
  std::string name;            // what we call ourselves in EHLO
  bool requireTls = false;     // smtp://: refuse a server without a genuine STARTTLS
  std::chrono::milliseconds connectTime{10'000};
  std::chrono::milliseconds totalTime{40'000};  // shorter than a job's lease
};

// Codes: smtp-url-invalid (invalid).
Outcome checkSmtpServer(const SmtpServer& server);

enum class SmtpResult { accepted, refused, later, uncertain };

struct Envelope {
  std::string sender;  // where bounces go (MAIL FROM)
  std::vector<std::string> recipients;
};

struct SmtpAnswer {
  SmtpResult result = SmtpResult::later;
  std::string words;                 // of the server, or why there was no answer: one line
  std::vector<std::string> refused;  // recipients that were refused though others were accepted
  std::string dialogue;              // "> MAIL FROM:<…>\n< 250 2.1.0 Ok\n", without message and password
  bool silent = false;               // nobody answered: no connection, or one that ended or hung
};

inline constexpr std::size_t dialogue_bytes_max = 8 * 1024;

// Safe to call from several threads at once; each call has a connection of its own. `message` has lines that
// end in CRLF (composed()).
SmtpAnswer sendMail(const SmtpServer& server, const Envelope& envelope, std::string_view message);

}  // namespace postgang::net
