#include "store/partner_reach.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "store/sql/facts.h"
#include "store/sql/partner_counts.h"
#include "store/sql/partner_rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::array<std::string_view, 4> data_channels = {"network", "system", "peppol", "bank"};
// These are about the document, or say that nobody answered: of the partner they say nothing.
constexpr std::array<std::string_view, 8> of_no_partner = {
    "peppol-silent",     "peppol-svefaktura",     "peppol-other-format",  "peppol-other-rules",
    "peppol-print-code", "peppol-kind-not-taken", "peppol-kind-not-sent", "bank-kind"};
constexpr std::string_view not_chosen = "not-chosen", by_policy = "policy-";
constexpr std::int64_t week_seconds = 7LL * 24 * 3600, spread_seconds = 24 * 3600;
constexpr char between_fields = '\t', between_channels = '\n';

bool reaches(const PlanStep& step) {
  return step.reachable || step.reason == not_chosen || step.reason.starts_with(by_policy);
}

// The same for the same partner every time, and spread evenly over all of them.
std::int64_t spreadOf(CompanyId owner, std::string_view identifier) {
  constexpr std::uint64_t offset = 14695981039346656037ULL, prime = 1099511628211ULL;
  std::uint64_t hash = offset ^ static_cast<std::uint64_t>(owner.value);
  for (const char c : identifier) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  return static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(spread_seconds));
}

}  // namespace

bool takesData(std::string_view channel) {
  return std::ranges::find(data_channels, channel) != data_channels.end();
}

std::vector<Reached> reachAfter(const std::vector<Reached>& before, std::span<const PlanStep> plan,
                                Instant at) {
  std::vector<Reached> reach;
  for (const auto& step : plan) {
    const auto known = std::ranges::find(before, step.channel, &Reached::channel);
    const bool isKnown = known != before.end();
    if (isKnown && std::ranges::find(of_no_partner, step.reason) != of_no_partner.end()) {
      reach.push_back(*known);
      continue;
    }
    Reached one{step.channel, reaches(step), step.reason, at, step.price, step.currency};
    if (isKnown && known->reachable == one.reachable) one.since = known->since;
    // Why it reaches was said when it was asked for itself.
    if (one.reachable && !step.reachable && isKnown && known->reachable) one.reason = known->reason;
    reach.push_back(std::move(one));
  }
  return reach;
}

std::string encodedReach(const std::vector<Reached>& reach) {
  std::string text;
  for (const auto& one : reach) {
    if (!text.empty()) text += between_channels;
    text += one.channel + between_fields + (one.reachable ? "1" : "0") + between_fields + one.reason +
            between_fields + std::to_string(one.since.microseconds) + between_fields +
            (one.price ? one.price->text() : std::string()) + between_fields + one.currency;
  }
  return text;
}

std::vector<Reached> decodedReach(std::string_view text) {
  std::vector<Reached> reach;
  if (text.empty()) return reach;
  constexpr std::size_t fields = 6;
  for (const auto line : split(text, between_channels)) {
    const auto parts = split(line, between_fields);
    if (parts.size() != fields) continue;
    auto& one = reach.emplace_back();
    one.channel = parts[0];
    one.reachable = parts[1] == "1";
    one.reason = parts[2];
    std::from_chars(parts[3].data(), parts[3].data() + parts[3].size(), one.since.microseconds);
    if (!parts[4].empty()) one.price = Decimal::parse(parts[4]);
    one.currency = parts[5];
  }
  return reach;
}

namespace sql {

Outcome writeReach(Connection& connection, const PartnerKey& key, const ReachRow& before,
                   std::span<const PlanStep> plan, Instant at, std::optional<std::string_view> taken) {
  const auto reach = reachAfter(before.reach, plan, at);
  const auto now = std::string(taken.value_or(before.taken));
  if (reach == before.reach && now == before.taken && taken) return {};
  std::vector<std::string> channels;
  const Reached* data = nullptr;
  for (const auto& one : reach) {
    if (!one.reachable) continue;
    channels.push_back(one.channel);
    if (!data && takesData(one.channel)) data = &one;
  }
  const auto wait = (taken ? 0 : week_seconds) + spreadOf(key.owner, key.identifier);
  return connection.later(
      "UPDATE partners SET reach = ?3, reach_at = ?4, reachable = ?5, reach_channels = ?6, taken = ?7, "
      "einvoice = ?8, einvoice_since = ?9, check_at = CASE WHEN ?11 = 1 THEN COALESCE(check_at, ?10) ELSE "
      "?10 "
      "END WHERE owner = ?1 AND identifier = ?2",
      {key.owner, key.identifier, encodedReach(reach), at, channels.empty() ? 0 : 1, encodedTexts(channels),
       now, data ? std::string_view(data->channel) : std::string_view(),
       data ? std::optional(data->since) : std::nullopt, at.plusSeconds(wait + (taken ? spread_seconds : 0)),
       taken ? 1 : 0});
}

Result<std::optional<ReachRow>> reachRow(Connection& connection, const PartnerKey& key) {
  std::optional<ReachRow> found;
  CHECK_OK(connection.run(
      "SELECT name, reach, reach_at, taken, einvoice FROM partners WHERE owner = ?1 AND identifier = ?2",
      {key.owner, key.identifier}, [&](const Row& row) {
        Columns c(row);
        auto& one = found.emplace();
        one.name = c.text();
        one.reach = decodedReach(c.view());
        one.at = c.maybe([](Columns& column) { return column.instant(); }).value_or(Instant{});
        one.taken = c.text();
        one.einvoice = c.text();
      }));
  return found;
}

}  // namespace sql

Result<std::vector<PartnerCheck>> partnersToCheck(Reader& reader, Instant now, int limit,
                                                  std::optional<CompanyId> owner) {
  std::vector<PartnerCheck> due;
  CHECK_OK(reader.connection().run(
      "SELECT owner, identifier FROM partners WHERE taken IN ('email', 'none', 'print') AND merged_into = '' "
      "AND check_at <= ?1 AND (?3 = 0 OR owner = ?3) ORDER BY check_at LIMIT ?2",
      {now, limit, owner.value_or(CompanyId{})}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& one = due.emplace_back();
        one.owner = c.company();
        one.identifier = c.text();
      }));
  return due;
}

Result<Checked> keepReach(Transaction& tx, CompanyId owner, std::string_view identifier,
                          std::span<const PlanStep> plan) {
  Checked checked;
  const sql::PartnerKey key{owner, std::string(identifier)};
  TRY(const auto before, sql::reachRow(tx.connection(), key));
  if (!before) return checked;
  CHECK_OK(sql::writeReach(tx.connection(), key, *before, plan, tx.clock().now(), std::nullopt));
  checked.known = true;
  checked.name = before->name;
  for (const auto& one : reachAfter(before->reach, plan, tx.clock().now()))
    if (checked.einvoice.empty() && one.reachable && takesData(one.channel)) checked.einvoice = one.channel;
  checked.isNews = !checked.einvoice.empty() && before->einvoice.empty();
  return checked;
}

}  // namespace postgang::store
