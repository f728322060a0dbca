#include "document/difference.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace postgang::document {
namespace {

// What the two versions of a value are found by: where it stands and the how manieth of its term it is there.
// The groups as (rank, which), so that keys sort in the order of the standard.
struct Key {
  std::vector<std::pair<std::uint8_t, std::string>> groups;
  std::uint8_t termRank = 0;
  std::size_t ordinal = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Found {
  Term term{};
  std::string place;
  std::string text;
};
using Values = std::map<Key, Found>;

// Numbers are padded, so that the tenth sorts behind the ninth.
std::string padded(std::size_t number) {
  auto digits = std::to_string(number);
  return std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits;
}

bool haveUniqueIdentifiers(const std::vector<GroupView>& lines) {
  std::set<std::string_view> seen;
  return std::all_of(lines.begin(), lines.end(), [&](const GroupView& line) {
    const auto identifier = line.text(Term::BT_126);
    return !identifier.empty() && seen.insert(identifier).second;
  });
}

std::string shown(const Value& value) {
  auto text = std::string(value.text);
  if (value.term != Term::BT_125 && !value.qualifier.empty()) text += " " + std::string(value.qualifier);
  if (value.term == Term::BT_125)
    text = std::string(value.version) + " (" + std::to_string(value.text.size()) + ")";
  return text;
}

class Collector {
 public:
  Collector(const BusinessDocument& document, bool linesByIdentifier) : byIdentifier_(linesByIdentifier) {
    collect(document.root(), {}, {});
  }
  Values taken() && { return std::move(values_); }

 private:
  void collect(const GroupView& group, const Key& key, const std::string& place) {
    std::map<Term, std::size_t> count;
    for (const auto& value : group.values()) {
      Key own = key;
      own.termRank = info(value.term).rank;
      own.ordinal = count[value.term]++;
      values_[own] = {value.term, place, shown(value)};
    }
    std::map<Group, std::size_t> groupCount;
    for (const auto& inner : group.groups()) {
      const auto which = ++groupCount[inner.id()];
      Key own = key;
      const bool byIdentifier = byIdentifier_ && inner.id() == Group::BG_25;
      own.groups.emplace_back(info(inner.id()).rank,
                              byIdentifier ? std::string(inner.text(Term::BT_126)) : padded(which));
      auto step = std::string(name(inner.id()));
      if (which > 1) step += "[" + std::to_string(which) + "]";
      collect(inner, own, place.empty() ? step : place + "/" + step);
    }
  }

  Values values_;
  bool byIdentifier_;
};

}  // namespace

std::vector<Change> difference(const BusinessDocument& before, const BusinessDocument& after) {
  const bool byIdentifier = haveUniqueIdentifiers(before.root().groups(Group::BG_25)) &&
                            haveUniqueIdentifiers(after.root().groups(Group::BG_25));
  auto old = Collector(before, byIdentifier).taken();
  auto young = Collector(after, byIdentifier).taken();
  std::vector<Change> changes;
  auto a = old.begin();
  auto b = young.begin();
  while (a != old.end() || b != young.end()) {
    if (b == young.end() || (a != old.end() && a->first < b->first)) {
      changes.push_back({a->second.term, a->second.place, a->second.text, std::nullopt});
      ++a;
    } else if (a == old.end() || b->first < a->first) {
      changes.push_back({b->second.term, b->second.place, std::nullopt, b->second.text});
      ++b;
    } else {
      if (a->second.text != b->second.text)
        changes.push_back({b->second.term, b->second.place, a->second.text, b->second.text});
      ++a, ++b;
    }
  }
  return changes;
}

}  // namespace postgang::document
