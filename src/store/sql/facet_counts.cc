#include "store/sql/facet_counts.h"

#include <algorithm>
#include <type_traits>

namespace postgang::store::sql {
namespace {

template <typename T>
bool isAmong(const std::vector<T>& wanted, std::string_view name) {
  return wanted.empty() || std::ranges::any_of(wanted, [&](const T& one) {
           if constexpr (std::is_same_v<T, std::string>)
             return one == name;
           else
             return document::name(one) == name;
         });
}

std::vector<Facets::Count> countsOf(const std::map<std::string, std::int64_t>& counted) {
  std::vector<Facets::Count> counts;
  for (const auto& [value, documents] : counted)
    if (!value.empty() && documents > 0) counts.push_back({value, documents});
  std::ranges::stable_sort(counts, std::greater<>(), &Facets::Count::documents);
  return counts;
}

}  // namespace

void FacetCounts::add(const Alike& alike, std::int64_t documents, __int128 hundredths,
                      std::string_view counterpart) {
  key_.clear();
  for (const auto* text : {&alike.direction, &alike.channel, &alike.kind, &alike.status, &alike.currency})
    (key_ += *text) += '\n';
  key_ += std::to_string(alike.company.value) + '\n' + std::to_string(alike.month);
  for (const bool yes : {alike.first, alike.within, alike.ofCounterpart}) key_ += yes ? '+' : '-';
  auto place = groups_.find(key_);
  if (place == groups_.end()) place = groups_.emplace(key_, Group{alike, 0, 0, {}}).first;
  auto& group = place->second;
  group.documents += documents;
  group.hundredths += hundredths;
  if (counterpart.empty()) return;
  if (const auto known = group.counterparts.find(counterpart); known != group.counterparts.end())
    known->second += documents;
  else
    group.counterparts.emplace(counterpart, documents);
}

// Whether all filters but its own let these through, and whether they are documents of their own.
bool FacetCounts::counts(const Alike& alike, Own own) const {
  const auto passes = [&](Own of, bool holds) { return of == own || holds; };
  if (!passes(status, isAmong(query_.statuses, alike.status)) ||
      !passes(channel, isAmong(query_.channels, alike.channel)) ||
      !passes(kind, isAmong(query_.kinds, alike.kind)) ||
      !passes(direction, !query_.direction || alike.direction == name(*query_.direction)) ||
      !passes(company, query_.company.value_or(alike.company) == alike.company) ||
      !passes(month, alike.within) || !passes(counterpart, alike.ofCounterpart))
    return false;
  const bool bySide = eachSide_ || own == direction || own == company || query_.direction || query_.company;
  return bySide || alike.first;
}

std::map<std::string, std::int64_t> FacetCounts::countedBy(Own own,
                                                           std::string (*value)(const Alike&)) const {
  std::map<std::string, std::int64_t> counted;
  for (const auto& [key, group] : groups_)
    if (counts(group.alike, own)) counted[value(group.alike)] += group.documents;
  return counted;
}

void FacetCounts::tell(Facets& facets) const {
  facets.status = countsOf(countedBy(status, [](const Alike& of) { return of.status; }));
  facets.channel = countsOf(countedBy(channel, [](const Alike& of) { return of.channel; }));
  facets.kind = countsOf(countedBy(kind, [](const Alike& of) { return of.kind; }));
  facets.direction = countsOf(countedBy(direction, [](const Alike& of) { return of.direction; }));
  facets.company =
      countsOf(countedBy(company, [](const Alike& of) { return std::to_string(of.company.value); }));
  facets.month = countsOf(countedBy(month, [](const Alike& of) {
    auto text = std::to_string(of.month);
    return text.size() == 6 ? text.insert(4, "-") : std::string();
  }));
  std::ranges::sort(facets.month, std::greater<>(), &Facets::Count::value);
  facets.documents = 0;
  std::map<std::string, Decimal> amounts;
  for (const auto& [key, group] : groups_) {
    if (!counts(group.alike, none)) continue;
    facets.documents += group.documents;
    auto& sum = amounts[group.alike.currency];
    sum = sum.plus(Decimal::fromScaled(group.hundredths, 2)).value_or(sum);
  }
  facets.amounts.clear();
  for (const auto& [currency, amount] : amounts)
    if (!currency.empty()) facets.amounts.push_back({currency, amount});
}

void FacetCounts::tellCounterparts(Facets& facets) const {
  std::map<std::string, std::int64_t> counted;
  for (const auto& [key, group] : groups_)
    if (counts(group.alike, counterpart))
      for (const auto& [value, documents] : group.counterparts) counted[value] += documents;
  facets.counterpart = countsOf(counted);
  if (facets.counterpart.size() > facet_counterparts_max) facets.counterpart.resize(facet_counterparts_max);
}

CompanyId FacetCounts::ownerOf(const std::string& counterpart) const {
  CompanyId owner;
  for (const auto& [key, group] : groups_)
    if (group.counterparts.contains(counterpart) &&
        (owner.value == 0 || group.alike.company.value < owner.value))
      owner = group.alike.company;
  return owner;
}

}  // namespace postgang::store::sql
