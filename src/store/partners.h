// Each company's partners (motparter): whom it has sent documents to or received them from, or has written
// down itself. What is counted of them follows from events; what somebody here has said of them stands.
//
// Two that are found to be one are merged (partner_doubles.h): one is kept, the other is its alias. Whoever
// asks for an alias is answered with the one that is kept, which counts what both have had.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

struct PostalAddress {
  std::string street, postalCode, city, country;
};

// Where a partner stands. The first that holds, in this order.
enum class Standing : std::uint8_t {
  stopped,        // documents of it or to it are stopped, held or returned, and nobody has settled that
  not_reachable,  // no channel reached it when it was last asked
  no_documents,   // written down, and no more
  is_new,         // its first document came or went within the last 30 days
  long_silent,    // none for 90 days, or for much longer than is usual for it
  active,
};
inline constexpr std::int64_t new_seconds = 30LL * 24 * 3600;
std::string_view name(Standing standing);  // "stopped", "not-reachable", "no-documents", "new" …
std::optional<Standing> standingFromName(std::string_view name);
// From then on it is silent: four of its usual gaps after the last document, at least two weeks and at most
// 90 days. Fewer than four documents have no usual gap.
Instant silentFrom(Instant first, Instant last, std::int64_t documents);

// A channel, as it stood when the partner was last asked about or written to.
struct Reached {
  std::string channel;
  bool reachable = false;
  std::string reason;  // code of texts event.routed.reason.<code>
  Instant since;       // it has been so since then
  std::optional<Decimal> price;
  std::string currency;
  friend bool operator==(const Reached&, const Reached&) = default;
};

struct Partner {
  std::string identifier;  // "0007:…", or "customer:<number>" where there is no electronic identifier
  std::string name;
  bool person = false;
  bool customer = false;  // is one here, too
  std::string customerNumber;
  Standing standing = Standing::no_documents;
  std::string email;
  std::optional<Instant> emailVerifiedAt;  // somebody here has checked that it is the partner's own …
  std::string emailVerifiedBy;             // … this person, by name
  std::optional<PostalAddress> postalAddress;
  std::vector<std::string> channels;  // in order; empty: chosen by Multikanal
  std::int64_t sentCount = 0, receivedCount = 0;
  std::optional<Instant> firstActivityAt, lastActivityAt;

  std::int64_t openStops = 0;
  std::int64_t amount = 0;         // hundredths of SEK, both ways together: what lists are sorted by
  std::vector<Reached> reach;      // in the order of the plan; empty: never asked
  std::optional<Instant> reachAt;  // when that was found
  std::string taken;               // the channel that its last document was to take
  std::string einvoice;  // "peppol", "network" …: by which it takes e-invoices; empty: not known to
  std::optional<Instant> einvoiceSince;
  std::int64_t changedAccounts = 0;  // payment identifiers that are new on it, and nobody has confirmed
  std::int64_t aliases = 0;
};
enum class PartnerSort {
  activity,   // the latest first; those without any last, by name
  name,       // in Swedish order: Å, Ä, Ö after Z
  documents,  // the most first, by name
  amount,     // the most in SEK first, by name
};
struct PartnerQuery {
  std::string text = {};  // each word in name, identifier or customer number, an alias's too; empty: all
  PartnerSort sort = PartnerSort::activity;
  int limit = 50;                        // 1..200
  std::string cursor = {};               // opaque; code "cursor-malformed"
  std::vector<Standing> standings = {};  // empty: all
  std::string channel = {};              // that reaches it; empty: all
  std::optional<bool> changedAccounts = {};
};
struct PartnerPage {
  std::vector<Partner> items;
  std::optional<std::string> nextCursor, previousCursor;
};

Result<PartnerPage> listPartners(Reader& reader, const Viewer& viewer, CompanyId owner,
                                 const PartnerQuery& query);
// How many there are of each standing, by everything else that is asked; those of which there are none, too.
Result<std::vector<std::pair<Standing, std::int64_t>>> partnerFacets(Reader& reader, const Viewer& viewer,
                                                                     CompanyId owner,
                                                                     const PartnerQuery& query);
// An alias is answered with the partner that it is one of.
Result<std::optional<Partner>> partner(Reader& reader, const Viewer& viewer, CompanyId owner,
                                       std::string_view identifier);
Outcome putPartner(Transaction& tx, CompanyId owner, const Partner& partner);  // codes: parseIdentifier()'s

}  // namespace postgang::store
