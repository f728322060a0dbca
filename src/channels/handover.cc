#include "channels/handover.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <boost/json.hpp>

#include "base/text.h"
#include "channels/webhook_sender.h"
#include "net/http_client.h"
#include "net/mail.h"
#include "store/handovers.h"
#include "store/sealed_columns.h"

namespace postgang::channels {

namespace {

namespace json = boost::json;
using Limits = HandoverLimits;

constexpr std::array ways = {HandoverWay::inbox, HandoverWay::api, HandoverWay::folder, HandoverWay::webhook,
                             HandoverWay::email};
constexpr std::string_view sftp = "sftp://";

tl::unexpected<Problem> refused(std::string code, std::string detail, std::string where,
                                std::map<std::string, std::string> parameters = {}) {
  Problem problem{ProblemKind::invalid, std::move(code), std::move(detail), std::move(where), {}, {}};
  problem.advice = "Look how docs/handover.md writes it.";
  problem.parameters = std::move(parameters);
  return fail(std::move(problem));
}

tl::unexpected<Problem> malformed(std::string_view field, std::string_view wanted) {
  return refused("handover-malformed", "It is not " + std::string(wanted) + ".", "/" + std::string(field),
                 {{"field", std::string(field)}});
}

tl::unexpected<Problem> wayOff(std::string_view way) {
  return refused("handover-way-off", "The operator has not set up this way: " + std::string(way) + ".",
                 "/way", {{"way", std::string(way)}});
}

tl::unexpected<Problem> pathInvalid() {
  return refused("handover-path-invalid",
                 "A folder here is one or more names of the letters A-Z and a-z, digits, dots, _ and -.",
                 "/address");
}

Result<json::object> objectIn(std::string_view text) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 3;
  auto value = text.size() > Limits::json_bytes_max ? json::value() : json::parse(text, error, {}, options);
  if (error || !value.is_object()) return malformed("", "an object");
  return std::move(value.get_object());
}

Result<std::string> textIn(const json::value& value, std::string_view field, std::size_t most) {
  const auto* text = value.if_string();
  const auto isControl = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; };
  if (!text || text->size() > most || std::ranges::any_of(*text, isControl))
    return malformed(field, "a text of at most " + std::to_string(most) + " characters");
  return std::string(trimmed(std::string_view(*text)));
}

Outcome take(Handover& handover, std::string_view field, const json::value& value) {
  if (field == "way") {
    const auto* text = value.if_string();
    for (const auto way : ways)
      if (text && name(way) == std::string_view(*text)) {
        handover.way = way;
        return {};
      }
    return malformed(field, "one of inbox, api, folder, webhook, email");
  }
  if (field == "address" || field == "hostKey") {
    auto& into = field == "address" ? handover.address : handover.hostKey;
    TRY(into, textIn(value, field, Limits::address_max));
    return {};
  }
  if (field == "copy") {
    if (!value.is_bool()) return malformed(field, "true or false");
    handover.copy = value.get_bool();
    return {};
  }
  if (field == "hours") {
    const auto* number = value.if_int64();
    if (!number || *number < 1 || *number > Limits::hours_max)
      return malformed(field, "a whole number from 1 to " + std::to_string(Limits::hours_max));
    handover.hours = static_cast<int>(*number);
    return {};
  }
  return malformed(truncated(withoutControls(field), 40), "known here");
}

// "sftp://user@host:22/path": the host may not be one of ours or of our neighbours.
Outcome checkHost(std::string_view address, bool sandbox) {
  if (sandbox) return {};
  auto rest = address.substr(sftp.size());
  rest = rest.substr(0, rest.find('/'));
  if (const auto at = rest.rfind('@'); at != rest.npos) rest.remove_prefix(at + 1);
  return net::checkUserUrl("https://" + std::string(rest) + "/");
}

Outcome checkWebhook(const std::string& address, const HandoverRules& rules) {
  const auto checked = checkWebhookUrl(address, rules);
  if (checked) return {};
  auto problem = checked.error();
  problem.where = "/address";
  return fail(std::move(problem));
}

bool isOwnPath(std::string_view path) {
  const auto parts = split(path, '/');
  return !path.empty() && path.size() <= Limits::path_max && std::ranges::all_of(parts, net::isDropName);
}

// Below the root, also when links are followed.
bool isBelow(const std::string& root, const std::string& folder) {
  std::error_code error;
  const auto top = std::filesystem::canonical(root, error);
  if (error) return false;
  const auto here = std::filesystem::canonical(folder, error);
  if (error) return false;
  return std::mismatch(top.begin(), top.end(), here.begin(), here.end()).first == top.end();
}

}  // namespace

std::string_view name(HandoverWay way) {
  switch (way) {
    case HandoverWay::inbox:
      return "inbox";
    case HandoverWay::api:
      return "api";
    case HandoverWay::folder:
      return "folder";
    case HandoverWay::webhook:
      return "webhook";
    case HandoverWay::email:
      return "email";
  }
  return "inbox";
}

Outcome checkFolder(std::string_view address, std::string_view hostKey, const HandoverRules& rules) {
  if (!address.starts_with(sftp)) {
    if (rules.root.empty()) return wayOff("folder");
    if (!isOwnPath(address)) return pathInvalid();
    return hostKey.empty() ? Outcome() : malformed("hostKey", "empty, as it is for a folder here");
  }
  if (rules.keyFile.empty()) return wayOff("sftp");
  const auto placed = [](Problem problem, std::string_view field) {
    problem.where = "/" + std::string(field);
    return fail(std::move(problem));
  };
  if (auto host = checkHost(address, rules.sandbox); !host) return placed(host.error(), "address");
  net::DropAccess access;
  access.url = address;
  access.keyFile = rules.keyFile;
  access.hostKeys = {std::string(hostKey)};
  const auto drop = net::FileDrop::at(access);
  if (drop) return {};
  return placed(drop.error(), drop.error().code == "drop-host-key-invalid" ? "hostKey" : "address");
}

Outcome checkWay(const Handover& handover, const HandoverRules& rules) {
  switch (handover.way) {
    case HandoverWay::inbox:
    case HandoverWay::api:
      if (!handover.address.empty()) return malformed("address", "empty, as it is for this way");
      return {};
    case HandoverWay::folder:
      return checkFolder(handover.address, handover.hostKey, rules);
    case HandoverWay::webhook:
      return checkWebhook(handover.address, rules);
    case HandoverWay::email:
      if (!rules.mail) return wayOff("email");
      if (net::isMailAddress(handover.address)) return {};
      return refused("mail-address-invalid", "It is not an e-mail address.", "/address");
  }
  return {};
}

Result<Handover> handoverFromJson(std::string_view text, const HandoverRules& rules) {
  TRY(const auto object, objectIn(text));
  Handover handover;
  for (const auto& [key, value] : object) CHECK_OK(take(handover, key, value));
  if (!object.contains("way")) return malformed("way", "there");
  CHECK_OK(checkWay(handover, rules));
  return handover;
}

Handover handoverOf(std::string_view kept) {
  const auto object = objectIn(kept);
  if (!object) return {};
  Handover handover;
  for (const auto& [key, value] : *object)
    if (!take(handover, key, value)) return {};
  return handover;
}

std::string handoverToJson(const Handover& handover) {
  return json::serialize(json::object{{"way", name(handover.way)},
                                      {"address", handover.address},
                                      {"hostKey", handover.hostKey},
                                      {"copy", handover.copy},
                                      {"hours", handover.hours}});
}

std::string_view handoverKind(document::Kind kind) {
  switch (kind) {
    case document::Kind::invoice:
      return "invoice";
    case document::Kind::credit_note:
      return "credit-note";
    default:
      return "other";
  }
}

bool isHandoverKind(std::string_view name) {
  return name == default_kind || name == "invoice" || name == "credit-note" || name == "other";
}

std::string webhookSecretContext(CompanyId company, std::string_view kind) {
  return store::sealedContext("handover", {std::to_string(company.value), kind});
}

// What was kept in clear before secrets were sealed is taken as it is; the next start seals it.
Result<std::string> openedSecret(const WebhookSecret& secret, const HandoverRules& rules) {
  if (!rules.vault || !Vault::isSealed(secret.sealed)) return secret.sealed;
  return rules.vault->unseal(secret.sealed, secret.context);
}

Result<KeptHandover> handoverFor(store::Reader& reader, CompanyId receiver, std::string_view kind) {
  TRY(const auto settings, store::handoverSettings(reader, receiver));
  for (const auto wanted : {kind, default_kind})
    for (const auto& setting : settings)
      if (setting.kind == wanted && !setting.settings.empty())
        return KeptHandover{handoverOf(setting.settings),
                            setting.kind,
                            {setting.secret, webhookSecretContext(receiver, setting.kind)}};
  return KeptHandover{{}, std::string(default_kind), {}};
}

Result<KeptHandover> handoverFor(store::Reader& reader, CompanyId receiver, document::Kind kind) {
  return handoverFor(reader, receiver, handoverKind(kind));
}

std::string ownFolderOf(std::string_view companyIdentifier) {
  std::string folder;
  for (const char c : companyIdentifier) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    folder += plain ? c : '_';
  }
  return folder;
}

Result<net::FileDrop> openHandoverDrop(const HandoverRules& rules, std::string_view companyIdentifier,
                                       std::string_view address, std::string_view hostKey) {
  CHECK_OK(checkFolder(address, hostKey, rules));
  net::DropAccess access;
  access.url = address;
  access.connectTime = std::chrono::seconds(10);
  access.totalTime = std::chrono::seconds(40);
  if (address.starts_with(sftp)) {
    access.keyFile = rules.keyFile;
    access.hostKeys = {std::string(hostKey)};
    if (!rules.sandbox) access.allowAddress = net::isPublic;
    return net::FileDrop::at(access);
  }
  access.url = "file://" + rules.root;
  TRY(const auto top, net::FileDrop::at(access));
  std::string path = ownFolderOf(companyIdentifier);
  CHECK_OK(top.makeFolder(path));
  for (const auto part : split(address, '/')) {
    path.append("/").append(part);
    CHECK_OK(top.makeFolder(path));
    if (!isBelow(rules.root + "/" + ownFolderOf(companyIdentifier), rules.root + "/" + path))
      return pathInvalid();
  }
  access.url = "file://" + rules.root + "/" + path;
  return net::FileDrop::at(access);
}

Result<WatchedPlace> watchedPlaceFromJson(std::string_view text, const HandoverRules& rules) {
  TRY(const auto object, objectIn(text));
  WatchedPlace place;
  for (const auto& [key, value] : object) {
    const std::string field(key);
    if (field != "address" && field != "hostKey")
      return malformed(truncated(withoutControls(field), 40), "known here");
    auto& into = field == "address" ? place.address : place.hostKey;
    TRY(into, textIn(value, field, Limits::address_max));
  }
  CHECK_OK(checkFolder(place.address, place.hostKey, rules));
  return place;
}

WatchedPlace watchedPlaceOf(std::string_view kept) {
  const auto handover = handoverOf(kept);
  return {handover.address, handover.hostKey};
}

std::string watchedPlaceToJson(const WatchedPlace& place) {
  return json::serialize(json::object{{"address", place.address}, {"hostKey", place.hostKey}});
}

}  // namespace postgang::channels
