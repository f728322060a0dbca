// A drop over SSH, on libcurl with libssh2. Each call is one or two transfers on a connection that is kept.
//
// libssh2 1.10 signs RSA keys with SHA-1 only, which servers of today refuse: the key is Ed25519 or ECDSA.
#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <mutex>
#include <new>
#include <optional>

#include "base/bytes.h"
#include "base/text.h"
#include "net/file_drop_place.h"

namespace postgang::net {
namespace {

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;
using List = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

constexpr std::size_t listing_bytes_max = 4 * 1024 * 1024;

struct Upload {
  std::string_view bytes;
  std::size_t given = 0;
};
std::size_t onRead(char* buffer, std::size_t, std::size_t room, void* pointer) {
  auto& upload = *static_cast<Upload*>(pointer);
  const auto count = std::min(room, upload.bytes.size() - upload.given);
  std::memcpy(buffer, upload.bytes.data() + upload.given, count);
  upload.given += count;
  return count;
}

struct Download {
  std::string bytes{};
  std::size_t limit = 0;
  bool over = false;
};
std::size_t onWrite(char* bytes, std::size_t, std::size_t count, void* pointer) {
  auto& download = *static_cast<Download*>(pointer);
  if (download.bytes.size() + count > download.limit) {
    download.over = true;
    return 0;
  }
  download.bytes.append(bytes, count);
  return count;
}

// Whether the host's key is one of those it is known by.
int onHostKey(void* pointer, int, const char* key, std::size_t size) {
  const auto& known = *static_cast<const std::vector<std::string>*>(pointer);
  auto fingerprint = "SHA256:" + base64(view(sha256({key, size})));
  while (fingerprint.ends_with('=')) fingerprint.pop_back();
  const bool fits = std::find(known.begin(), known.end(), fingerprint) != known.end();
  return fits ? CURLKHMATCH_OK : CURLKHMATCH_MISMATCH;
}

// The address that will really be connected to, however its name was spelt or resolved.
curl_socket_t onSocket(void* pointer, curlsocktype, curl_sockaddr* address) {
  const auto& allowed = *static_cast<const std::function<bool(const IpAddress&)>*>(pointer);
  const auto ip = IpAddress::from(&address->addr);
  if (!ip || !allowed(*ip)) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

List commandList(const std::vector<std::string>& commands) {
  List list(nullptr, curl_slist_free_all);
  for (const auto& command : commands) {
    curl_slist* longer = curl_slist_append(list.get(), command.c_str());
    if (!longer) throw std::bad_alloc();
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

std::string quoted(const std::string& path) {  // its letters need no escaping: file_drop.cc has seen to that
  return "\"" + path + "\"";
}

// How a transfer ended.
struct Ended {
  CURLcode code = CURLE_OK;
  std::string words;
  bool good() const { return code == CURLE_OK; }
  // The server itself said no to a command, in a way that libcurl quotes; a cut connection gives other words.
  bool saidNo() const {
    constexpr std::array answers = {"Operation failed", "Permission denied", "File already exists",
                                    "Disk full",        "quota exceeded",    "write protected",
                                    "not a directory"};
    return std::any_of(answers.begin(), answers.end(),
                       [&](const char* answer) { return words.find(answer) != std::string::npos; });
  }
  bool absent() const {
    return code == CURLE_REMOTE_FILE_NOT_FOUND || words.find("File not found") != std::string::npos ||
           words.find("No such file") != std::string::npos;
  }
};

tl::unexpected<Problem> unreachable(const Ended& ended) {
  return dropProblem(ProblemKind::unavailable, "drop-unreachable",
                     "The server cannot be reached: " + ended.words + ".",
                     "It is tried again. See that the address is right and the server up.");
}

// Failures before anything was asked for; nullopt where the session stood.
std::optional<tl::unexpected<Problem>> beforeSession(const Ended& ended) {
  switch (ended.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return unreachable(ended);
    case CURLE_PEER_FAILED_VERIFICATION:
      return dropProblem(ProblemKind::unavailable, "drop-host-unknown",
                         "The server's key is not the one it is known by.",
                         "Ask the partner whether the key was changed before you take a new one.");
    case CURLE_LOGIN_DENIED:
      return dropProblem(ProblemKind::unavailable, "drop-sign-in-refused",
                         "The server does not let us in with our key: " + ended.words + ".",
                         "See that the partner has our public key, and that the key file can be read.");
    default:
      return std::nullopt;
  }
}

class SftpPlace final : public DropPlace {
 public:
  explicit SftpPlace(const DropAccess& access) : access_(access), curl_(curl_easy_init(), curl_easy_cleanup) {
    if (!curl_) throw std::bad_alloc();
    const auto path = access.url.find('/', std::strlen("sftp://"));
    host_ = access.url.substr(0, path);
  }

  Outcome put(const DropPath& path, std::string_view bytes) override {
    const std::scoped_lock turn(mutex_);
    Upload upload{bytes, 0};
    begin(path.part());
    curl_easy_setopt(curl_.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl_.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
    curl_easy_setopt(curl_.get(), CURLOPT_READFUNCTION, onRead);
    curl_easy_setopt(curl_.get(), CURLOPT_READDATA, &upload);
    const auto written = perform();
    if (written.good()) return rename(path.part(), path);
    if (auto early = beforeSession(written)) return *early;
    if (written.absent() && upload.given == 0) return dropNotFound("The folder");
    if (written.code == CURLE_REMOTE_ACCESS_DENIED || written.code == CURLE_REMOTE_DISK_FULL ||
        (written.code != CURLE_OPERATION_TIMEDOUT && written.saidNo()))
      return dropRefused(written.words);
    if (upload.given == 0) return unreachable(written);
    return dropProblem(ProblemKind::unavailable, "drop-cut",
                       "The connection was cut while the file was written: " + written.words + ".",
                       "It is tried again; nothing lies under the file's name.");
  }

  Result<std::vector<std::string>> list(const std::string& folder) override {
    const std::scoped_lock turn(mutex_);
    Download download{{}, listing_bytes_max, false};
    begin(folder);
    curl_easy_setopt(curl_.get(), CURLOPT_DIRLISTONLY, 1L);
    if (auto read = fetchInto(download, "The folder"); !read) return fail(read.error());
    std::vector<std::string> names;
    for (const auto line : split(download.bytes, '\n'))
      if (const auto name = trimmed(line); !name.empty()) names.emplace_back(name);
    return names;
  }

  Result<std::string> get(const DropPath& path, std::size_t limit) override {
    const std::scoped_lock turn(mutex_);
    Download download{{}, limit, false};
    begin(path.whole());
    if (auto read = fetchInto(download, path.name); !read) return fail(read.error());
    return std::move(download.bytes);
  }

  Outcome remove(const DropPath& path) override {
    const std::scoped_lock turn(mutex_);
    return answered(command({"rm " + quoted(path.whole())}), path.name);
  }

  Outcome move(const DropPath& from, const DropPath& to) override {
    const std::scoped_lock turn(mutex_);
    return rename(from.whole(), to);
  }

  Outcome makeFolder(const std::string& folder) override {
    const std::scoped_lock turn(mutex_);
    const auto made = command({"*mkdir " + quoted(folder)});  // *: also where it is there already
    return answered(made, "The folder");
  }

 private:
  void begin(const std::string& path) {
    CURL* curl = curl_.get();
    curl_easy_reset(curl);
    error_[0] = '\0';
    url_ = host_ + path;
    curl_easy_setopt(curl, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "sftp");
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_.data());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(access_.connectTime.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(access_.totalTime.count()));
    curl_easy_setopt(curl, CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PUBLICKEY));
    curl_easy_setopt(curl, CURLOPT_SSH_PRIVATE_KEYFILE, access_.keyFile.c_str());
    curl_easy_setopt(curl, CURLOPT_SSH_HOSTKEYFUNCTION, onHostKey);
    curl_easy_setopt(curl, CURLOPT_SSH_HOSTKEYDATA, &access_.hostKeys);
    if (!access_.allowAddress) return;
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, onSocket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &access_.allowAddress);
  }

  Ended perform() {
    Ended ended;
    ended.code = curl_easy_perform(curl_.get());
    if (!ended.good()) {
      ended.words = truncated(withoutControls(error_.data()), 200);
      if (ended.words.empty()) ended.words = curl_easy_strerror(ended.code);
    }
    return ended;
  }

  Ended command(const std::vector<std::string>& commands) {
    const List list = commandList(commands);
    begin(root);
    curl_easy_setopt(curl_.get(), CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl_.get(), CURLOPT_QUOTE, list.get());
    const auto ended = perform();
    curl_easy_setopt(curl_.get(), CURLOPT_QUOTE, nullptr);
    return ended;
  }

  Outcome answered(const Ended& ended, std::string_view what) const {
    if (ended.good()) return {};
    if (auto early = beforeSession(ended)) return *early;
    if (ended.absent()) return dropNotFound(what);
    if (ended.code == CURLE_REMOTE_ACCESS_DENIED || ended.saidNo()) return dropRefused(ended.words);
    return unreachable(ended);
  }

  Outcome fetchInto(Download& download, std::string_view what) {
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEFUNCTION, onWrite);
    curl_easy_setopt(curl_.get(), CURLOPT_WRITEDATA, &download);
    const auto ended = perform();
    if (download.over) return dropTooLarge(what, download.limit);
    return answered(ended, what);
  }

  // The server refuses to rename over a file that is there, in the same word as it refuses anything else.
  Outcome rename(const std::string& from, const DropPath& to) {
    const auto renamed = command({"rename " + quoted(from) + " " + quoted(to.whole())});
    if (renamed.good()) return {};
    if (auto early = beforeSession(renamed)) return *early;
    if (renamed.absent()) return dropNotFound(to.name);
    if (!renamed.saidNo())
      return dropProblem(ProblemKind::unavailable, "drop-uncertain",
                         "The connection was cut while the file was given its name: " + renamed.words + ".",
                         "Ask whether it lies there.");
    Download listing{{}, listing_bytes_max, false};
    begin(to.folder);
    curl_easy_setopt(curl_.get(), CURLOPT_DIRLISTONLY, 1L);
    const auto listed = fetchInto(listing, "The folder");
    for (const auto line : split(listing.bytes, '\n'))
      if (listed && trimmed(line) == to.name) return dropNameTaken(to.name);
    return dropRefused(renamed.words);
  }

  DropAccess access_;
  std::mutex mutex_;
  Handle curl_;
  std::string host_, url_;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace

std::unique_ptr<DropPlace> sftpPlace(const DropAccess& access) {
  [[maybe_unused]] static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  assert(started == CURLE_OK);
  return std::make_unique<SftpPlace>(access);
}

}  // namespace postgang::net
