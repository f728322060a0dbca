// `postgang send`: hands files to a running server. The same file sent again is the same request: its
// Idempotency-Key is its digest.
#include <filesystem>
#include <iostream>

#include <boost/json/serialize.hpp>

#include "app/command.h"
#include "app/file.h"
#include "app/remote.h"
#include "base/bytes.h"
#include "base/json_text.h"

namespace postgang::app {

namespace {

namespace json = boost::json;

std::vector<Setting> settings() {
  auto all = remoteSettings();
  all.push_back(jsonSetting());
  return all;
}

// X-File-Name is percent-encoded UTF-8.
std::string percentEncoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
        c == '_')
      out += c;
    else
      out += "%" + hex(std::string_view(&c, 1));
  }
  return out;
}

std::string mediaTypeOf(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") ? "application/zip" : "application/octet-stream";
}

Result<json::value> send(const Remote& remote, const std::string& path) {
  TRY(auto bytes, readFile(path));
  net::ClientRequest request;
  request.method = "POST";
  request.totalTime = std::chrono::minutes(5);
  request.headers = {{"Content-Type", mediaTypeOf(bytes)},
                     {"X-File-Name", percentEncoded(std::filesystem::path(path).filename().string())},
                     {"Idempotency-Key", "file-" + hex(view(sha256(bytes)))}};
  request.body = std::move(bytes);
  return remote.call(std::move(request), "/api/v1/documents");
}

// One line a document: id, status, file. Of a zip's, those that were refused say why.
bool printAccepted(const json::value& accepted, const std::string& path) {
  const auto* documents = accepted.get_object().if_contains("documents");
  if (!documents || !documents->is_array()) {
    std::cout << textIn(accepted, "id") << "  " << textIn(accepted, "status") << "  " << path << "\n";
    return true;
  }
  bool all = true;
  for (const auto& document : documents->get_array()) {
    const auto* problem = document.is_object() ? document.get_object().if_contains("problem") : nullptr;
    if (problem && problem->is_object()) {
      all = false;
      std::cerr << path << ": " << textIn(document, "fileName") << ": " << textIn(*problem, "detail") << "\n";
    } else {
      std::cout << textIn(document, "id") << "  " << textIn(document, "status") << "  " << path << ": "
                << textIn(document, "fileName") << "\n";
    }
  }
  return all;
}

void printJson(const std::string& path, const Result<json::value>& answer) {
  std::string line = "{\"file\":";
  appendJsonString(line, path);
  if (answer) {
    line += ",\"accepted\":" + json::serialize(*answer);
  } else {
    line += ",\"problem\":{\"code\":";
    appendJsonString(line, answer.error().code);
    line += ",\"detail\":";
    appendJsonString(line, answer.error().detail);
    line += "}";
  }
  std::cout << line << "}\n";
}

Result<int> run(const Settings& settings) {
  if (settings.positional().empty()) return wrongUse("A FILE is needed.");
  TRY(const auto remote, Remote::from(settings));
  bool all = true;
  for (const auto& path : settings.positional()) {
    const auto answer = send(remote, path);
    if (!answer) all = false;
    if (settings.yes("json"))
      printJson(path, answer);
    else if (!answer)
      std::cerr << path << ": " << answer.error().detail << " (" << answer.error().code << ")\n";
    else
      all &= printAccepted(*answer, path);
  }
  return all ? 0 : 1;
}

}  // namespace

const Command send_command{"send", "[--json] FILE…",
                           "hands documents to a running server (POSTGANG_URL, POSTGANG_KEY)", settings, run};

}  // namespace postgang::app
