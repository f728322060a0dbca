#include "net/bounce_cause.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "net/mail_reader.h"

namespace postgang::net {
namespace {

using Rows = std::pair<std::string_view, std::string_view>;

// Subject and detail of the status code; its class only says for how long.
constexpr std::array<Rows, 36> by_status{
    {{"1.1", "address-unknown"},     {"1.2", "domain-unknown"},      {"1.3", "address-malformed"},
     {"1.6", "address-unknown"},     {"1.7", "sender-not-trusted"},  {"1.8", "sender-not-trusted"},
     {"1.10", "address-unknown"},    {"2.0", "mailbox-closed"},      {"2.1", "mailbox-closed"},
     {"2.2", "mailbox-full"},        {"2.3", "message-too-large"},   {"2.4", "address-unknown"},
     {"3.1", "server-trouble"},      {"3.2", "server-trouble"},      {"3.3", "server-trouble"},
     {"3.4", "message-too-large"},   {"3.5", "server-trouble"},      {"4.0", "server-unreachable"},
     {"4.1", "server-unreachable"},  {"4.2", "server-unreachable"},  {"4.3", "server-unreachable"},
     {"4.4", "domain-unknown"},      {"4.5", "server-trouble"},      {"4.6", "mail-loop"},
     {"4.7", "server-unreachable"},  {"7.0", "refused-by-policy"},   {"7.1", "refused-by-policy"},
     {"7.2", "refused-by-policy"},   {"7.8", "sender-not-trusted"},  {"7.20", "sender-not-trusted"},
     {"7.23", "sender-not-trusted"}, {"7.25", "sender-not-trusted"}, {"7.26", "sender-not-trusted"},
     {"7.27", "sender-not-trusted"}, {"7.28", "refused-as-spam"},    {"7.509", "sender-not-trusted"}}};

// Folded. The more precise stand first.
constexpr std::array<Rows, 33> by_words{{{"relay access denied", "relaying-denied"},
                                         {"relaying denied", "relaying-denied"},
                                         {"unable to relay", "relaying-denied"},
                                         {"user unknown", "address-unknown"},
                                         {"unknown user", "address-unknown"},
                                         {"no such user", "address-unknown"},
                                         {"no such recipient", "address-unknown"},
                                         {"recipient address rejected: access denied", "address-unknown"},
                                         {"recipientnotfound", "address-unknown"},
                                         {"recipient not found", "address-unknown"},
                                         {"does not exist", "address-unknown"},
                                         {"doesn't exist", "address-unknown"},
                                         {"no mailbox here by that name", "address-unknown"},
                                         {"unknown recipient", "address-unknown"},
                                         {"invalid recipient", "address-unknown"},
                                         {"mailbox unavailable", "address-unknown"},
                                         {"mailbox not found", "address-unknown"},
                                         {"adressen hittades inte", "address-unknown"},
                                         {"over quota", "mailbox-full"},
                                         {"mailbox full", "mailbox-full"},
                                         {"mailbox is full", "mailbox-full"},
                                         {"quota exceeded", "mailbox-full"},
                                         {"insufficient storage", "mailbox-full"},
                                         {"account disabled", "mailbox-closed"},
                                         {"disabled", "mailbox-closed"},
                                         {"host or domain name not found", "domain-unknown"},
                                         {"host not found", "domain-unknown"},
                                         {"domain not found", "domain-unknown"},
                                         {"message too large", "message-too-large"},
                                         {"size limit", "message-too-large"},
                                         {"spam", "refused-as-spam"},
                                         {"timed out", "server-unreachable"},
                                         {"connection refused", "server-unreachable"}}};

constexpr std::array<Rows, 6> by_reply{{{"550", "address-unknown"},
                                        {"551", "address-unknown"},
                                        {"552", "mailbox-full"},
                                        {"553", "address-malformed"},
                                        {"554", "refused-by-policy"},
                                        {"421", "server-unreachable"}}};

template <typename Table, typename Match>
std::string_view found(const Table& rows, Match&& match) {
  const auto row = std::ranges::find_if(rows, [&](const auto& each) { return match(each.first); });
  return row == rows.end() ? std::string_view() : row->second;
}

}  // namespace

std::string_view bounceCauseOf(std::string_view words) {
  constexpr std::size_t words_bytes_max = 2000;
  const auto text = folded(words.substr(0, words_bytes_max));
  const auto status = enhancedStatusIn(text);
  const auto said = found(by_words, [&](auto phrase) { return text.find(phrase) != text.npos; });
  const auto detail = status.size() > 2 ? std::string_view(status).substr(2) : std::string_view();
  // "5.4.1 … Access denied" is how one large host says that nobody has this address; 5.7.1 is said of
  // anything: there the words know better.
  if (!said.empty() && (detail == "4.1" || detail == "7.1" || detail == "7.0")) return said;
  if (const auto cause = found(by_status, [&](auto row) { return row == detail; }); !cause.empty())
    return cause;
  if (!said.empty()) return said;
  if (detail.starts_with("7.")) return "refused-by-policy";
  const auto reply = found(by_reply, [&](auto code) { return text.starts_with(code); });
  return reply.empty() ? "other" : reply;
}

}  // namespace postgang::net
