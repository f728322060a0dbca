#include "net/imap.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <new>
#include <optional>

#include "base/text.h"

namespace postgang::net {
namespace {

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;

constexpr std::size_t answer_bytes_max = 4 * 1024 * 1024;  // of a listing
constexpr std::size_t line_bytes_max = 300;

// What a command brought; over the limit the rest is read and let go.
struct Answer {
  std::string bytes{};
  std::size_t limit = 0;
};
std::size_t onWrite(char* bytes, std::size_t, std::size_t count, void* pointer) {
  auto& answer = *static_cast<Answer*>(pointer);
  answer.bytes.append(bytes, std::min(count, answer.limit - answer.bytes.size()));
  return count;
}

// The server's last answer to a command, for when it says no.
int onDebug(CURL*, curl_infotype type, char* data, std::size_t size, void* pointer) {
  auto& last = *static_cast<std::string*>(pointer);
  if (type != CURLINFO_HEADER_IN) return 0;
  for (const auto line : split({data, size}, '\n')) {
    const auto bare = trimmed(line);
    if (!bare.empty() && !bare.starts_with('*')) last = truncated(withoutControls(bare), line_bytes_max);
    while (last.ends_with('.')) last.pop_back();
  }
  return 0;
}

std::string partOf(const std::string& url, CURLUPart which) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
  char* text = nullptr;
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return {};
  if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, void (*)(void*)> guard(text, curl_free);
  return text;
}

bool isThisMachine(const std::string& url) {
  const auto host = partOf(url, CURLUPART_HOST);
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

tl::unexpected<Problem> unavailable(std::string code, std::string detail, std::string advice) {
  return fail(ProblemKind::unavailable, std::move(code), std::move(detail), "--imap", std::move(advice));
}

tl::unexpected<Problem> problemOf(CURLcode code, const std::string& words, const std::string& last) {
  switch (code) {
    case CURLE_LOGIN_DENIED:
      return unavailable("imap-sign-in-refused", "The mailbox does not let us in: " + last + ".",
                         "See that --imap-user and --imap-password are right.");
    case CURLE_USE_SSL_FAILED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return unavailable("imap-not-secret", "The connection is not secret and genuine: " + words + ".",
                         "See to the mail server's certificate.");
    case CURLE_QUOTE_ERROR:
      return unavailable("imap-refused", "The mail server refuses: " + last + ".", "It is tried again.");
    case CURLE_REMOTE_FILE_NOT_FOUND:
      return fail(ProblemKind::not_found, "mail-gone", "The message is no longer there.");
    default:
      return unavailable("imap-unreachable", "The mailbox cannot be reached: " + words + ".",
                         "It is tried again. See that the address is right and the server up.");
  }
}

// "* 3 FETCH (UID 17 RFC822.SIZE 4711)"
std::optional<std::uint64_t> numberAfter(std::string_view line, std::string_view word) {
  const auto at = line.find(word);
  if (at == line.npos) return std::nullopt;
  const auto digits = line.substr(at + word.size());
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

bool isFolderName(std::string_view name) {
  return !name.empty() && name.size() <= 60 && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

}  // namespace

struct Mailbox::Session {
  explicit Session(ImapAccount given) : account(std::move(given)), curl(curl_easy_init(), curl_easy_cleanup) {
    if (!curl) throw std::bad_alloc();
    root = account.url;
    while (root.ends_with('/')) root.pop_back();
  }
  ~Session() { hangUp(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Good-bye is said when the handle goes, and nobody listens to it any longer.
  void hangUp() {
    curl_easy_setopt(curl.get(), CURLOPT_VERBOSE, 0L);
    curl.reset();
  }
  // Another connection: an open one is not told of what has come since, and must not be used again.
  void callAnew() {
    hangUp();
    curl.reset(curl_easy_init());
    if (!curl) throw std::bad_alloc();
  }

  // `path` begins with a slash; `command` empty: what the path says.
  Result<std::string> perform(const std::string& path, const std::string& command, std::size_t limit) {
    CURL* handle = curl.get();
    curl_easy_reset(handle);
    Answer answer{{}, limit};
    const auto url = root + path;
    std::string last;
    std::array<char, CURL_ERROR_SIZE> error{};
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_USERNAME, account.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, account.password.c_str());
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(account.connectTime.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(account.totalTime.count()));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error.data());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onWrite);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, onDebug);
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &last);
    if (!command.empty()) curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, command.c_str());
    secure();
    const auto code = curl_easy_perform(handle);
    if (code == CURLE_OK) return std::move(answer.bytes);
    auto words = truncated(withoutControls(error.data()), line_bytes_max);
    if (words.empty()) words = curl_easy_strerror(code);
    return problemOf(code, words, last.empty() ? words : last);
  }

  void secure() const {
    const bool demanded = account.url.starts_with("imaps:") || !isThisMachine(account.url);
    curl_easy_setopt(curl.get(), CURLOPT_USE_SSL,
                     static_cast<long>(demanded ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!account.authorities.empty())
      curl_easy_setopt(curl.get(), CURLOPT_CAINFO, account.authorities.c_str());
  }

  Outcome command(const std::string& path, const std::string& words) {
    if (const auto done = perform(path, words, answer_bytes_max); !done) return fail(done.error());
    return {};
  }

  const ImapAccount account;
  Handle curl;
  std::string root;
};

Outcome checkImapAccount(const ImapAccount& account) {
  const auto invalid = [](std::string_view what) {
    return fail(ProblemKind::invalid, "imap-url-invalid", "The mailbox's address " + std::string(what) + ".",
                "--imap", "Give it like imaps://mail.example.com.");
  };
  const auto& url = account.url;
  if (withoutControls(url) != url || url.find_first_of(" \"<>") != url.npos || url.find(":///") != url.npos)
    return invalid("is not a complete URL");
  const auto scheme = partOf(url, CURLUPART_SCHEME), path = partOf(url, CURLUPART_PATH);
  if (scheme != "imap" && scheme != "imaps") return invalid("begins neither with imap:// nor imaps://");
  if (partOf(url, CURLUPART_HOST).empty()) return invalid("has no host");
  if (!partOf(url, CURLUPART_USER).empty())
    return invalid("has a user in it: they belong in --imap-user and POSTGANG_IMAP_PASSWORD");
  if ((!path.empty() && path != "/") || !partOf(url, CURLUPART_QUERY).empty())
    return invalid("goes on after host and port");
  if (account.user.empty() || account.password.empty())
    return fail(ProblemKind::invalid, "imap-user-missing", "A mailbox has a user and a password.",
                "--imap-user", "Give --imap-user, and the password as POSTGANG_IMAP_PASSWORD.");
  return {};
}

Mailbox::Mailbox(ImapAccount account) {
  [[maybe_unused]] static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  assert(started == CURLE_OK);
  session_ = std::make_unique<Session>(std::move(account));
}
Mailbox::Mailbox(Mailbox&&) noexcept = default;
Mailbox::~Mailbox() = default;

Result<std::vector<MailboxEntry>> Mailbox::list() {
  session_->callAnew();
  TRY(const auto answer, session_->perform("/INBOX", "UID FETCH 1:* (UID RFC822.SIZE)", answer_bytes_max));
  std::vector<MailboxEntry> entries;
  for (const auto line : split(answer, '\n')) {
    const auto uid = numberAfter(line, "UID "), size = numberAfter(line, "RFC822.SIZE ");
    if (!line.starts_with("* ") || !uid || !size || *uid == 0 || *uid > 0xffffffffU) continue;
    entries.push_back({static_cast<std::uint32_t>(*uid), static_cast<std::size_t>(*size)});
  }
  std::ranges::sort(entries, {}, &MailboxEntry::uid);
  if (entries.size() > entries_max) entries.resize(entries_max);
  return entries;
}

Result<std::string> Mailbox::fetch(const MailboxEntry& entry, std::size_t limit) {
  auto path = "/INBOX/;UID=" + std::to_string(entry.uid);
  if (entry.size > limit) path += "/;PARTIAL=0." + std::to_string(limit);
  return session_->perform(path, {}, limit);
}

Outcome Mailbox::move(std::uint32_t uid, std::string_view folder) {
  assert(isFolderName(folder));
  const auto number = std::to_string(uid);
  const auto quoted = "\"" + std::string(folder) + "\"";
  const auto isRefused = [](const Outcome& outcome) {
    return !outcome && outcome.error().code == "imap-refused";
  };
  auto moved = session_->command("/INBOX", "UID MOVE " + number + " " + quoted);
  if (!isRefused(moved)) return moved;
  // There is no such folder yet, or MOVE is not known. That it is there already is no trouble.
  if (const auto made = session_->command("/", "CREATE " + quoted); !made && !isRefused(made)) return made;
  moved = session_->command("/INBOX", "UID MOVE " + number + " " + quoted);
  if (!isRefused(moved)) return moved;
  CHECK_OK(session_->command("/INBOX", "UID COPY " + number + " " + quoted));
  CHECK_OK(session_->command("/INBOX", "UID STORE " + number + " +FLAGS.SILENT (\\Deleted)"));
  return session_->command("/INBOX", "EXPUNGE");
}

}  // namespace postgang::net
