// Partners' cells, routes and activity of a store that had documents before they were counted so.
#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "store/partners.h"
#include "store/sql/partner_counts.h"
#include "store/sql/replay.h"

namespace postgang::store::sql {
namespace {

struct Activity {
  PartnerKey key;
  Instant first, last;
  std::int64_t documents = 0;
};

// Of those whose counts wait to be folded as well: their deltas are from before this was kept.
Outcome keepActivity(Connection& connection) {
  CHECK_OK(connection.run(
      "UPDATE partners SET first_activity_at = (SELECT MIN(e.received_at) FROM entries e WHERE e.company = "
      "partners.owner AND e.counterpart = partners.identifier AND e.counterpart <> '')"));
  std::vector<Activity> activities;
  CHECK_OK(
      connection.run("SELECT owner, identifier, first_activity_at, last_activity_at, sent_count + "
                     "received_count FROM partners "
                     "WHERE first_activity_at IS NOT NULL AND last_activity_at IS NOT NULL",
                     {}, [&](const Row& row) {
                       Columns c(row);
                       auto& one = activities.emplace_back();
                       one.key.owner = c.company();
                       one.key.identifier = c.text();
                       one.first = c.instant();
                       one.last = c.instant();
                       one.documents = c.number();
                     }));
  for (const auto& one : activities)
    CHECK_OK(
        connection.run("UPDATE partners SET silent_at = ?3 WHERE owner = ?1 AND identifier = ?2",
                       {one.key.owner, one.key.identifier, silentFrom(one.first, one.last, one.documents)}));
  return {};
}

bool isSamePlan(const PartnerRoute& a, const PartnerRoute& b) {
  const auto told = [](const PlanStep& step) {
    return std::tie(step.channel, step.reachable, step.price, step.currency, step.reason);
  };
  return std::ranges::equal(a.plan, b.plan, {}, told, told);
}

// The roads chosen to each, in order, where one differs from the one before: since when a channel reaches a
// partner is told by all of them, and most are the same.
class Routes {
 public:
  void add(const PartnerKey& key, PartnerRoute route) {
    auto& told = told_[key];
    const auto next = std::ranges::upper_bound(told, route.at, {}, &PartnerRoute::at);
    if (next != told.begin() && isSamePlan(*std::prev(next), route)) return;
    if (next != told.end() && isSamePlan(*next, route))
      next->at = route.at;
    else
      told.insert(next, std::move(route));
  }
  Outcome write(Connection& connection) const {
    for (const auto& [key, told] : told_)
      for (const auto& route : told) {
        Pending one;
        one.keep(key, route);
        CHECK_OK(flushPartners(connection, one));
      }
    return {};
  }

 private:
  std::map<PartnerKey, std::vector<PartnerRoute>> told_;
};

}  // namespace

Outcome countPartnersAgain(Connection& connection) {
  Pending counted;
  Routes routes;
  CHECK_OK(eachDocument(connection, [&](DocumentId id) -> Outcome {
    TRY(auto replay, sql::replay(connection, id));
    if (!replay.isKnown) return {};
    auto& pending = replay.projection.pending;
    countPartners(pending, nullptr, &replay.projection.rows);
    pending.partners.clear();  // sent and received are counted already
    pending.texts.clear();
    for (auto& [key, route] : std::exchange(pending.routes, {})) routes.add(key, std::move(route));
    counted.add(std::move(pending));
    return {};
  }));
  CHECK_OK(flushPartners(connection, counted));
  CHECK_OK(routes.write(connection));
  return keepActivity(connection);
}

}  // namespace postgang::store::sql
