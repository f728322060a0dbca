// send, status: a program's way into a running server (POSTGANG_URL, POSTGANG_KEY).
#include <boost/json.hpp>
#include <filesystem>
#include <ostream>

#include "app/commands.h"
#include "app/files.h"
#include "app/words.h"
#include "base/bytes.h"
#include "net/http_client.h"
#include "net/target.h"

namespace postgang::app {

namespace {

namespace json = boost::json;

struct Server {
  std::string url, key;
};

Result<Server> serverIn(const Settings& settings) {
  Server server;
  TRY(server.url, required(settings, "url"));
  TRY(server.key, required(settings, "key"));
  while (server.url.ends_with('/')) server.url.pop_back();
  return server;
}

// The reply's body as JSON. What the server refuses is its own Problem.
Result<json::value> ask(const Server& server, net::ClientRequest request) {
  request.url = server.url + request.url;
  request.headers.add("Authorization", "Bearer " + server.key);
  request.headers.add("Accept", "application/json");
  request.headers.add("User-Agent", "postgang/" + std::string(program_version));
  TRY(const auto reply, net::fetch(request));
  boost::system::error_code error;
  auto body = json::parse(reply.body, error);
  if (error)
    return fail(ProblemKind::unavailable, "reply-not-json", "The server's answer is not JSON.", request.url);
  if (reply.status < 400) return body;
  Problem problem{ProblemKind::invalid, "refused", "The server refused it.", {}, {}, {}};
  if (const auto* object = body.if_object()) {
    const auto text = [&](std::string_view name) {
      const auto* value = object->if_contains(name);
      return value && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    problem.code = text("code");
    problem.detail = text("detail");
    problem.where = text("where");
    problem.advice = text("advice");
  }
  return fail(std::move(problem));
}

std::string textOf(const json::value& object, std::string_view name) {
  const auto* value = object.is_object() ? object.as_object().if_contains(name) : nullptr;
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string shownStatus(const std::string& status) {
  const auto key = "status.document." + status;
  return Texts::of(terminalLanguage()).has(key) ? word(key) : status;
}

Result<json::value> sendFile(const Server& server, const std::string& path) {
  TRY(auto bytes, readFile(path));
  net::ClientRequest request;
  request.method = "POST";
  request.url = "/api/v1/documents";
  request.headers.add("Content-Type",
                      bytes.starts_with("PK\x03\x04") ? "application/zip" : "application/xml");
  request.headers.add("X-File-Name", net::percentEncoded(std::filesystem::path(path).filename().string()));
  // The same file sent again because an answer was lost gets the first answer, not a second document.
  request.headers.add("Idempotency-Key", "send-" + hex(view(sha256(bytes))));
  request.body = std::move(bytes);
  return ask(server, std::move(request));
}

void writeAccepted(const std::string& path, const json::value& answer, std::ostream& out) {
  const auto* documents = answer.is_object() ? answer.as_object().if_contains("documents") : nullptr;
  if (!documents || !documents->is_array()) {
    out << textOf(answer, "id") << "  " << shownStatus(textOf(answer, "status")) << "  " << path << "\n";
    return;
  }
  for (const auto& document : documents->as_array()) {
    const auto id = textOf(document, "id");
    const auto* problem = document.is_object() ? document.as_object().if_contains("problem") : nullptr;
    out << (id.empty() && problem ? textOf(*problem, "code") : id) << "  "
        << shownStatus(textOf(document, "status")) << "  " << path << ": " << textOf(document, "fileName")
        << "\n";
  }
}

Result<int> send(const Settings& settings, Streams& streams) {
  if (settings.positional().empty())
    return fail(ProblemKind::invalid, "argument-missing", "Name the files to send.", {}, "See --help.");
  TRY(const auto server, serverIn(settings));
  int code = exit_good;
  for (const auto& path : settings.positional()) {
    const auto answer = sendFile(server, path);
    if (!answer) {
      streams.err << path << ": ";
      writeProblem(streams.err, answer.error());
      code = exit_refused;
    } else if (settings.yes("json")) {
      streams.out << json::serialize(*answer) << "\n";
    } else {
      writeAccepted(path, *answer, streams.out);
    }
  }
  return code;
}

Result<int> status(const Settings& settings, Streams& streams) {
  if (settings.positional().size() != 1)
    return fail(ProblemKind::invalid, "argument-missing", "Name one document by its id.", {}, "See --help.");
  TRY(const auto server, serverIn(settings));
  net::ClientRequest request;
  request.url = "/api/v1/documents/" + net::percentEncoded(settings.positional().front());
  TRY(const auto document, ask(server, std::move(request)));
  if (settings.yes("json"))
    streams.out << json::serialize(document) << "\n";
  else
    streams.out << textOf(document, "id") << "  " << shownStatus(textOf(document, "status")) << "  "
                << textOf(document, "number") << "\n";
  const auto stands = textOf(document, "status");
  return stands == "stopped" || stands == "failed" || stands == "rejected" || stands == "returned"
             ? exit_refused
             : exit_good;
}

std::vector<Setting> serverSettings() {
  return {flag("url", "URL", "http://127.0.0.1:8080"), flag("key", "KEY"), flag("json", "", "false")};
}

}  // namespace

Command sendCommand() {
  return {"send", "FILE…", serverSettings(), send};
}
Command statusCommand() {
  return {"status", "ID", serverSettings(), status};
}

}  // namespace postgang::app
