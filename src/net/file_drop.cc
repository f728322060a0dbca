#include "net/file_drop.h"

#include <curl/curl.h>

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/text.h"
#include "net/file_drop_place.h"

namespace postgang::net {
namespace {

constexpr std::size_t name_max = 120, path_max = 500;

bool isWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
         c == '-';
}

// "a/b": every part a name; "" is the drop itself.
bool isFolder(std::string_view folder) {
  if (folder.empty()) return true;
  const auto parts = split(folder, '/');
  return folder.size() <= path_max && std::all_of(parts.begin(), parts.end(), isDropName);
}

tl::unexpected<Problem> nameInvalid(std::string_view name) {
  return fail(ProblemKind::internal, "drop-name-invalid",
              "\"" + truncated(withoutControls(name), 60) + "\" is not a name that we give a file.");
}

Result<DropPath> pathOf(const DropPlace& place, std::string_view folder, std::string_view name) {
  if (!isFolder(folder)) return nameInvalid(folder);
  if (!isDropName(name)) return nameInvalid(name);
  return DropPath{place.root + std::string(folder) + (folder.empty() ? "" : "/"), std::string(name)};
}

tl::unexpected<Problem> urlInvalid(std::string_view what) {
  return fail(ProblemKind::invalid, "drop-url-invalid", "The folder's address " + std::string(what) + ".", {},
              "Give it like sftp://user@host:22/path or file:///path.");
}

// The absolute path that the URL names; letters that would have to be quoted anywhere are refused.
std::optional<std::string> rootOf(std::string_view path) {
  if (path.size() > path_max || !path.starts_with('/')) return std::nullopt;
  std::string root(path);
  while (root.size() > 1 && root.ends_with('/')) root.pop_back();
  for (const auto part : split(std::string_view(root).substr(1), '/')) {
    const bool good = std::all_of(part.begin(), part.end(), isWordCharacter) && part != "." && part != "..";
    if (!good || (part.empty() && root != "/")) return std::nullopt;
  }
  return root == "/" ? root : root + "/";
}

Outcome checkSftp(const DropAccess& access) {
  if (access.keyFile.empty())
    return fail(ProblemKind::invalid, "drop-key-missing", "There is no private key to sign in with.", {},
                "Name the file of an Ed25519 or ECDSA key.");
  const auto isFingerprint = [](const std::string& key) {
    const auto digest = key.starts_with("SHA256:") ? fromBase64(key.substr(7) + "=") : std::nullopt;
    return digest && digest->size() == 32;
  };
  if (access.hostKeys.empty() || !std::all_of(access.hostKeys.begin(), access.hostKeys.end(), isFingerprint))
    return fail(ProblemKind::invalid, "drop-host-key-invalid",
                "It is not said by which key the host is known, or not as a fingerprint.", {},
                "Give it as ssh-keygen -l prints it: SHA256: and 43 characters.");
  return {};
}

}  // namespace

bool isDropName(std::string_view name) {
  return !name.empty() && name.size() <= name_max && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), isWordCharacter);
}

FileDrop::FileDrop(std::unique_ptr<DropPlace> place) : place_(std::move(place)) {}
FileDrop::FileDrop(FileDrop&&) noexcept = default;
FileDrop& FileDrop::operator=(FileDrop&&) noexcept = default;
FileDrop::~FileDrop() = default;

Result<FileDrop> FileDrop::at(const DropAccess& access) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  const auto part = [&](CURLUPart which) -> std::string {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, void (*)(void*)> guard(text, curl_free);
    return text;
  };
  if (access.url.find("%") != std::string::npos || withoutControls(access.url) != access.url ||
      curl_url_set(url.get(), CURLUPART_URL, access.url.c_str(), CURLU_PATH_AS_IS) != CURLUE_OK)
    return urlInvalid("is not a complete URL");
  const auto scheme = part(CURLUPART_SCHEME);
  if (scheme != "sftp" && scheme != "file") return urlInvalid("begins neither with sftp:// nor file://");
  if (!part(CURLUPART_QUERY).empty() || !part(CURLUPART_FRAGMENT).empty())
    return urlInvalid("goes on after the path");
  if (!part(CURLUPART_PASSWORD).empty()) return urlInvalid("has a password in it");
  const auto root = rootOf(part(CURLUPART_PATH));
  if (!root) return urlInvalid("has a path that is not absolute, or with other signs than A–Z, 0–9 and ._-");
  if (scheme == "sftp") {
    if (part(CURLUPART_USER).empty()) return urlInvalid("does not say which user we are");
    CHECK_OK(checkSftp(access));
  }
  auto place = scheme == "sftp" ? sftpPlace(access) : localPlace();
  place->root = *root;
  return FileDrop(std::move(place));
}

Outcome FileDrop::put(std::string_view folder, std::string_view name, std::string_view bytes) const {
  TRY(const auto path, pathOf(*place_, folder, name));
  return place_->put(path, bytes);
}

Result<std::vector<std::string>> FileDrop::list(std::string_view folder) const {
  if (!isFolder(folder)) return nameInvalid(folder);
  TRY(auto names, place_->list(place_->root + std::string(folder) + (folder.empty() ? "" : "/")));
  std::erase_if(names, [](const std::string& name) { return !isDropName(name); });
  std::sort(names.begin(), names.end());
  if (names.size() > drop_files_max) names.resize(drop_files_max);
  return names;
}

Result<bool> FileDrop::exists(std::string_view folder, std::string_view name) const {
  TRY(const auto path, pathOf(*place_, folder, name));
  TRY(const auto names, place_->list(path.folder));
  return std::find(names.begin(), names.end(), path.name) != names.end();
}

Result<std::string> FileDrop::get(std::string_view folder, std::string_view name, std::size_t limit) const {
  TRY(const auto path, pathOf(*place_, folder, name));
  return place_->get(path, limit);
}

Outcome FileDrop::remove(std::string_view folder, std::string_view name) const {
  TRY(const auto path, pathOf(*place_, folder, name));
  return place_->remove(path);
}

Outcome FileDrop::move(std::string_view folder, std::string_view name, std::string_view toFolder) const {
  TRY(const auto from, pathOf(*place_, folder, name));
  TRY(const auto to, pathOf(*place_, toFolder, name));
  return place_->move(from, to);
}

Outcome FileDrop::makeFolder(std::string_view folder) const {
  if (folder.empty() || !isFolder(folder)) return nameInvalid(folder);
  return place_->makeFolder(place_->root + std::string(folder));
}

}  // namespace postgang::net
