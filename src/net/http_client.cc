#include "net/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cassert>

#include "base/text.h"

namespace postgang::net {
namespace {

constexpr std::size_t header_bytes_max = 256 * 1024;
using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;
using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

// What the callbacks of one transfer see.
struct Transfer {
  const ClientRequest& request;
  ClientReply reply = {};
  std::size_t headerBytes = 0;
  bool tooLarge = false;
  bool addressRefused = false;
  bool cut = false;
};

std::size_t onBody(char* data, std::size_t, std::size_t count, void* pointer) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  if (const auto room = transfer.request.maxBytes - transfer.reply.body.size(); count > room) {
    if (transfer.request.cutsBody) transfer.reply.body.append(data, room);
    (transfer.request.cutsBody ? transfer.cut : transfer.tooLarge) = true;
    return 0;
  }
  transfer.reply.body.append(data, count);
  return count;
}

std::size_t onHeader(char* data, std::size_t, std::size_t count, void* pointer) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  transfer.headerBytes += count;
  if (transfer.headerBytes > header_bytes_max) {
    transfer.tooLarge = true;
    return 0;
  }
  const std::string_view line = trimmed({data, count});
  if (line.starts_with("HTTP/")) transfer.reply.headers = {};  // 100 Continue came before
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && !line.starts_with("HTTP/"))
    transfer.reply.headers.add(std::string(line.substr(0, colon)),
                               std::string(trimmed(line.substr(colon + 1))));
  return count;
}

// The last gate before a connection: the address is the one that will be used, however its name was spelt or
// resolved.
curl_socket_t onSocket(void* pointer, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(pointer);
  const auto ip = IpAddress::from(&address->addr);
  if (!ip || !transfer.request.allowAddress(*ip)) {
    transfer.addressRefused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool isToken(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           marks.find(c) != marks.npos;
  });
}

bool isFieldValue(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

Outcome checkRequest(const ClientRequest& request) {
  const auto bad = [](std::string_view what) {
    return fail(ProblemKind::invalid, "header-invalid",
                "A request cannot be sent with this " + std::string(what) + ".");
  };
  if (!isToken(request.method)) return bad("method");
  for (const auto& [name, value] : request.headers)
    if (!isToken(name) || !isFieldValue(value)) return bad("header field");
  return {};
}

HeaderList headerList(const ClientRequest& request) {
  HeaderList list(nullptr, curl_slist_free_all);
  const auto append = [&](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (!longer) throw std::bad_alloc();
    (void)list.release();
    list.reset(longer);
  };
  for (const auto& [name, value] : request.headers) append(value.empty() ? name + ";" : name + ": " + value);
  // Of its own accord libcurl would call a body a form, and wait a second for 100 Continue before a large
  // one.
  if (!request.headers.has("Content-Type")) append("Content-Type:");
  if (!request.headers.has("Expect")) append("Expect:");
  return list;
}

void setMethodAndBody(CURL* curl, const ClientRequest& request) {
  if (request.method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  } else if (!request.body.empty() || (request.method != "GET" && request.method != "DELETE")) {
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
  } else {
    curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
  }
  if (request.method != "HEAD") curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void setUp(CURL* curl, Transfer& transfer, curl_slist* headers) {
  const ClientRequest& request = transfer.request;
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY,
                   "");  // not from the environment: the address check would see the proxy's
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "postgang");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connectTime.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.totalTime.count()));
  if (!request.cutsBody)
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.maxBytes));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, onHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
  if (!request.authorities.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, request.authorities.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);  // the system's, which would be asked, too
  }
  setMethodAndBody(curl, request);
  if (request.allowAddress) {
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, onSocket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);  // an open connection's address was never checked
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
  }
}

tl::unexpected<Problem> problemOf(CURLcode code, const Transfer& transfer, bool requestSent) {
  const auto& url = transfer.request.url;
  if (transfer.tooLarge || code == CURLE_FILESIZE_EXCEEDED)
    return fail(ProblemKind::too_large, "reply-too-large",
                "The reply is over " + std::to_string(transfer.request.maxBytes) + " bytes.", url);
  if (transfer.addressRefused)
    return fail(ProblemKind::forbidden, "address-refused", "The host's address is not a public one.", url,
                "Give an address that can be reached from the internet.");
  const std::string said = curl_easy_strerror(code);
  if (code == CURLE_UNSUPPORTED_PROTOCOL && requestSent)
    code = CURLE_WEIRD_SERVER_REPLY;  // it answered, not in HTTP
  const auto unavailable = [&](std::string problem, std::string_view what) {
    return fail(ProblemKind::unavailable, std::move(problem), std::string(what) + ": " + said + ".", url);
  };
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fail(ProblemKind::invalid, "url-invalid",
                  "This is not an address that can be fetched: " + said + ".", url);
    case CURLE_COULDNT_RESOLVE_HOST:
      return unavailable("host-unknown", "The host's name is not known");
    case CURLE_COULDNT_CONNECT:
      return unavailable("connect-failed", "The host does not answer");
    case CURLE_OPERATION_TIMEDOUT:
      return unavailable("timed-out", "The host did not answer in time");
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return unavailable("tls-failed", "No secure connection could be made");
    default:
      return unavailable("connection-lost", "The connection broke");
  }
}

// RFC 6761, section 6.3.
bool isLoopbackName(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost");
}

}  // namespace

struct HttpClient::Handles {
  std::mutex mutex;
  std::vector<Handle> idle;

  Handle take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        Handle handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    Handle handle(curl_easy_init(), curl_easy_cleanup);
    if (!handle) throw std::bad_alloc();
    return handle;
  }
  void giveBack(Handle handle) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(handle));
  }
};

HttpClient::HttpClient() : handles_(std::make_unique<Handles>()) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  assert(started == CURLE_OK);
}
HttpClient::~HttpClient() = default;

Result<ClientReply> HttpClient::fetch(const ClientRequest& request) {
  CHECK_OK(checkRequest(request));
  Handle curl = handles_->take();
  const HeaderList headers = headerList(request);
  Transfer transfer{request};
  setUp(curl.get(), transfer, headers.get());
  const CURLcode code = curl_easy_perform(curl.get());
  long requestBytes = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_REQUEST_SIZE, &requestBytes);
  const bool isCut = transfer.cut && code == CURLE_WRITE_ERROR;
  if (code != CURLE_OK && !isCut)
    return problemOf(code, transfer, requestBytes > 0);  // the handle goes, its connections too
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  transfer.reply.status = static_cast<int>(status);
  char* address = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_PRIMARY_IP, &address);
  if (address) transfer.reply.address = address;
  if (!isCut) handles_->giveBack(std::move(curl));
  return std::move(transfer.reply);
}

Result<ClientReply> fetch(const ClientRequest& request) {
  return HttpClient().fetch(request);
}

Outcome checkUserUrl(std::string_view url, bool allowHttp) {
  const auto invalid = [&](std::string_view what) {
    return fail(ProblemKind::invalid, "url-invalid", "The address " + std::string(what) + ".",
                std::string(url), "Give an address like https://example.com/path.");
  };
  // libcurl's own parser, so that what is checked is what is fetched: it also writes 0x7f.1 as 127.0.0.1.
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
  const auto part = [&](CURLUPart which) -> std::optional<std::string> {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::nullopt;
    const std::unique_ptr<char, void (*)(void*)> guard(text, curl_free);
    return std::string(text);
  };
  if (url.size() > 2048) return invalid("is longer than 2,048 characters");
  if (!isFieldValue(url) || url.find(' ') != url.npos) return invalid("has blanks or controls in it");
  if (url.find(":///") != url.npos)
    return invalid("has no host");  // libcurl would take the path's first part for it
  if (curl_url_set(parsed.get(), CURLUPART_URL, std::string(url).c_str(), 0) != CURLUE_OK)
    return invalid("is not a complete URL");
  const auto scheme = part(CURLUPART_SCHEME);
  if (scheme != "https" && !(allowHttp && scheme == "http")) return invalid("does not begin with https://");
  if (part(CURLUPART_USER) || part(CURLUPART_PASSWORD)) return invalid("has a user name in it");
  if (part(CURLUPART_FRAGMENT)) return invalid("has a fragment");
  std::string host = lowered(part(CURLUPART_HOST).value_or(""));
  // ①②⑦.⓪.⓪.① is another spelling of 127.0.0.1. libcurl would say so, but 7.88 leaks such a host where it can
  // make no name of it, so whoever has a name with other letters writes it in its ASCII form (RFC 5891).
  if (!std::ranges::all_of(host, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return invalid("has letters beyond a to z in its host: they are written xn--…");
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) return invalid("has no host");
  if (host.ends_with('.')) host.pop_back();
  if (const auto ip = IpAddress::parse(host); (ip && !isPublic(*ip)) || isLoopbackName(host))
    return fail(ProblemKind::invalid, "address-refused", "The address is not a public one.", std::string(url),
                "Give an address that can be reached from the internet.");
  return {};
}

}  // namespace postgang::net
