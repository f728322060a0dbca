// Hand-over (överlämning): how a company takes what it receives into its own system, by kind of document.
// Pure, but for what is read from the store. JSON in the store (store/handovers.h), over the API as it stands
// here:
//
//   {"way": "inbox"}
//   {"way": "api", "hours": 24}
//   {"way": "folder", "address": "sftp://user@host:22/path", "hostKey": "SHA256:…", "copy": true, "hours": 4}
//   {"way": "folder", "address": "in/invoices"}          below the operator's root, in the company's own
//   folder
//   {"way": "webhook", "address": "https://host/path"}
//   {"way": "email", "address": "ekonomi@host", "copy": true}
//
// The original always goes, as it came; with `copy` the display copy as PDF beside it. `hours`: until it
// counts as not fetched. A host that a user chose is public, and is checked once more when it is connected
// to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/problem.h"
#include "base/vault.h"
#include "document/business_document.h"
#include "net/file_drop.h"
#include "store/store.h"

namespace postgang::channels {

enum class HandoverWay { inbox, api, folder, webhook, email };
std::string_view name(HandoverWay way);  // "inbox", "api", "folder", "webhook", "email"

struct Handover {
  HandoverWay way = HandoverWay::inbox;
  std::string address = {};
  std::string hostKey = {};  // folder over SFTP
  bool copy = false;
  int hours = 24;
  bool operator==(const Handover&) const = default;
  bool leavesTheHouse() const { return way != HandoverWay::inbox && way != HandoverWay::api; }
};

struct HandoverLimits {
  static constexpr int hours_max = 30 * 24;  // and at least 1
  static constexpr std::size_t address_max = 500, path_max = 200, json_bytes_max = 8 * 1024;
};

// What the operator has set up for it.
struct HandoverRules {
  std::string root = {};            // folders of this machine lie below; empty: there are none
  std::string keyFile = {};         // the private key that we sign in with over SFTP; empty: no SFTP
  std::string publicKey = {};       // of it, for the other side's authorized_keys
  std::string tlsAuthorities = {};  // PEM file; "": the system's
  bool mail = false;                // there is a mail server
  bool sandbox = false;             // addresses that are not public, and http: tests and the sandbox
  const Vault* vault = nullptr;     // what webhooks' secrets are sealed with
};

// Strict: what nobody knows is refused. `where` is a JSON pointer. Codes (invalid): handover-malformed
// (parameter `field`), handover-way-off (`way`: the operator has not set it up), handover-path-invalid,
// drop-host-key-invalid, drop-url-invalid, url-invalid, address-refused, mail-address-invalid.
Result<Handover> handoverFromJson(std::string_view json, const HandoverRules& rules);
// Of what the store has: what is not to be read is the inbox.
Handover handoverOf(std::string_view kept);
std::string handoverToJson(const Handover& handover);

// Whether it can be done here now; else handover-way-off.
Outcome checkWay(const Handover& handover, const HandoverRules& rules);

// "invoice", "credit-note", "other": whose setting a document goes by; "default" is everybody's.
std::string_view handoverKind(document::Kind kind);
bool isHandoverKind(std::string_view name);
inline constexpr std::string_view default_kind = "default";

// The secret that a webhook is signed with, as it is kept: sealed, and opened where the signature is made.
struct WebhookSecret {
  std::string sealed = {};  // empty: none
  std::string context = {};
};
// As store/sealed_columns.h has it.
std::string webhookSecretContext(CompanyId company, std::string_view kind);
// Codes: base/vault.h's; then nothing is sent, since nothing goes unsigned.
Result<std::string> openedSecret(const WebhookSecret& secret, const HandoverRules& rules);

struct KeptHandover {
  Handover handover;
  std::string kind;           // whose setting it is: its own, or "default"
  WebhookSecret secret = {};  // of the webhook
};
Result<KeptHandover> handoverFor(store::Reader& reader, CompanyId receiver, std::string_view kind);
Result<KeptHandover> handoverFor(store::Reader& reader, CompanyId receiver, document::Kind kind);

// A company's own folder below the root: "0007_5599900122".
std::string ownFolderOf(std::string_view companyIdentifier);

// A drop at an address as settings have it; folders below the root are made. Codes: those of checkWay() and
// net/file_drop.h; handover-path-invalid, also where the folder lies outside the root by a link.
Result<net::FileDrop> openHandoverDrop(const HandoverRules& rules, std::string_view companyIdentifier,
                                       std::string_view address, std::string_view hostKey);

// Whether an address of a folder may be kept. Codes as handoverFromJson's.
Outcome checkFolder(std::string_view address, std::string_view hostKey, const HandoverRules& rules);

// --- Where files to be sent are laid: {"address": …, "hostKey": …} as a folder above.
struct WatchedPlace {
  std::string address, hostKey;
  bool operator==(const WatchedPlace&) const = default;
};
Result<WatchedPlace> watchedPlaceFromJson(std::string_view json, const HandoverRules& rules);
WatchedPlace watchedPlaceOf(std::string_view kept);
std::string watchedPlaceToJson(const WatchedPlace& place);

}  // namespace postgang::channels
