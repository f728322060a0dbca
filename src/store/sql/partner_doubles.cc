// Doubles are found by keys that two partners share: a national number, whatever scheme it is written in; a
// customer number; a name with its postal code. Worked out when asked for, over the partners of one company.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "document/identifiers.h"
#include "store/partner_doubles.h"
#include "store/sql/partner_distinctions.h"
#include "store/sql/partner_rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::int64_t partners_max = 200'000;
constexpr std::size_t of_one_key_max = 20;  // "Kund 1" of a hundred partners says nothing about any two

enum class Reason : std::uint8_t { organisation_number, vat_number, customer_number, name_and_place };
constexpr std::array<std::string_view, 4> reason_names = {
    "same-organisation-number", "same-vat-number", "same-customer-number", "same-name-and-postal-code"};

struct Key {
  Reason reason{};
  std::string value;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Candidate {
  std::string identifier, name, folded, customerNumber, postalCode;
  std::int64_t documents = 0;
};

// National numbers that one company has in several schemes: of Sweden, Norway, Denmark and Finland the number
// itself, and the VAT number that is made of it.
std::optional<std::string> organisationOf(std::string_view identifier) {
  const auto colon = identifier.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto scheme = identifier.substr(0, colon);
  const auto digits = digitsOf(identifier.substr(colon + 1));
  const auto is = [&](std::string_view country, std::size_t length) -> std::optional<std::string> {
    if (digits.size() < length) return std::nullopt;
    return std::string(country) + digits.substr(0, length);
  };
  if (scheme == "0007" || scheme == "9955") return is("SE", 10);
  if (scheme == "0192" || scheme == "9908" || scheme == "9909") return is("NO", 9);
  if (scheme == "0184" || scheme == "0096" || scheme == "0198" || scheme == "9902") return is("DK", 8);
  if (scheme == "0212" || scheme == "0213" || scheme == "0216" || scheme == "0037") return is("FI", 8);
  return std::nullopt;
}

bool isVatScheme(std::string_view identifier) {
  const auto scheme = identifier.substr(0, identifier.find(':'));
  return scheme == "9955" || scheme == "0198" || scheme == "0213" || scheme == "9909";
}

std::vector<Key> keysOf(const Candidate& one) {
  std::vector<Key> keys;
  if (auto number = organisationOf(one.identifier)) keys.push_back({Reason::organisation_number, *number});
  if (isVatScheme(one.identifier))
    keys.push_back({Reason::vat_number, lowered(one.identifier.substr(one.identifier.find(':') + 1))});
  if (!one.customerNumber.empty()) keys.push_back({Reason::customer_number, folded(one.customerNumber)});
  const auto place = digitsOf(one.postalCode);
  if (!one.folded.empty() && !place.empty())
    keys.push_back({Reason::name_and_place, one.folded + " " + place});
  return keys;
}

Result<std::vector<Candidate>> candidates(Reader& reader, CompanyId owner) {
  std::vector<Candidate> all;
  CHECK_OK(reader.connection().run(
      "SELECT identifier, name, name_folded, customer_number, COALESCE(postal_code, ''), sent_count + "
      "received_count FROM partners WHERE owner = ?1 AND merged_into = '' ORDER BY identifier LIMIT ?2",
      {owner, partners_max}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& one = all.emplace_back();
        for (auto* text : {&one.identifier, &one.name, &one.folded, &one.customerNumber, &one.postalCode})
          *text = c.text();
        one.documents = c.number();
      }));
  return all;
}

struct Pair {
  Reason reason{};
  std::string value;
  const Candidate* keep;
  const Candidate* other;
};

bool isElectronic(const Candidate& one) {
  return !one.identifier.starts_with("customer:");
}

// Whom electronic documents can name is kept, then whoever has more of them.
bool goesBefore(const Candidate& a, const Candidate& b) {
  if (isElectronic(a) != isElectronic(b)) return isElectronic(a);
  if (a.documents != b.documents) return a.documents > b.documents;
  return a.identifier < b.identifier;
}

// Each with whoever goes first of those of its key that nobody has said it is not.
const Candidate* firstAlike(const std::vector<const Candidate*>& same, std::size_t of,
                            const sql::ApartPairs& apart) {
  for (std::size_t i = 0; i < of; ++i)
    if (!apart.contains(sql::pairOf(same[i]->identifier, same[of]->identifier))) return same[i];
  return nullptr;
}

std::vector<Pair> pairsOf(const std::vector<Candidate>& all, const sql::ApartPairs& apart,
                          std::string_view only) {
  std::map<Key, std::vector<const Candidate*>> by;
  for (const auto& one : all)
    for (auto& key : keysOf(one)) by[std::move(key)].push_back(&one);
  std::vector<Pair> pairs;
  std::set<std::pair<const Candidate*, const Candidate*>> said;
  for (auto& [key, same] : by) {
    if (same.size() < 2 || same.size() > of_one_key_max) continue;
    std::ranges::sort(same, [](const auto* a, const auto* b) { return goesBefore(*a, *b); });
    for (std::size_t i = 1; i < same.size(); ++i) {
      const auto *keep = firstAlike(same, i, apart), *other = same[i];
      if (!keep) continue;
      if (!only.empty() && keep->identifier != only && other->identifier != only) continue;
      if (said.emplace(keep, other).second) pairs.push_back({key.reason, key.value, keep, other});
      if (pairs.size() == static_cast<std::size_t>(doubles_max)) return pairs;
    }
  }
  return pairs;
}

}  // namespace

Result<std::vector<Double>> partnerDoubles(Reader& reader, const Viewer& viewer, CompanyId owner,
                                           std::string_view identifier) {
  std::vector<Double> doubles;
  if (!viewer.sees(owner)) return doubles;
  TRY(const auto all, candidates(reader, owner));
  TRY(const auto apart, sql::apartPairs(reader.connection(), owner));
  for (const auto& pair : pairsOf(all, apart, identifier)) {
    TRY(auto keep, partner(reader, viewer, owner, pair.keep->identifier));
    TRY(auto other, partner(reader, viewer, owner, pair.other->identifier));
    if (!keep || !other) continue;
    const bool byName = pair.reason == Reason::name_and_place;
    doubles.push_back({std::string(reason_names[static_cast<std::size_t>(pair.reason)]),
                       byName ? pair.keep->name : pair.value, std::move(*keep), std::move(*other)});
  }
  return doubles;
}

}  // namespace postgang::store
