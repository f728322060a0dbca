// Settings that are inherited, held against a naive walk over random trees, on both stores.
#include "store/company_settings.h"

#include <algorithm>
#include <map>
#include <random>

#include "store/notices.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class CompanySettings : public BothStores {
 protected:
  CompanySetting setting(CompanyId of, std::string_view key) {
    CompanySetting found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, companySetting(reader, of, key));
      return {};
    });
    return found;
  }
  void set(CompanyId of, std::string_view key, std::string_view value) {
    write([&](Transaction& tx) { return setCompanySetting(tx, of, key, value, "Karin Sand"); });
  }
};
INSTANTIATE_BOTH_STORES(CompanySettings);

TEST_P(CompanySettings, TheNearestAboveHoldsUntilTheCompanySetsItself) {
  const auto top = company(1);
  const auto middle = company(2);
  const auto low = company(3);
  write([&](Transaction& tx) { return setParent(tx, middle, top); });
  write([&](Transaction& tx) { return setParent(tx, low, middle); });
  EXPECT_FALSE(setting(low, "language").holding());
  set(top, "language", "\"sv\"");
  EXPECT_EQ(setting(low, "language").holding()->value, "\"sv\"");
  EXPECT_EQ(setting(low, "language").holding()->company, top);
  EXPECT_EQ(setting(low, "language").holding()->changedBy, "Karin Sand");
  EXPECT_EQ(setting(low, "language").holding()->changedAt, clock_.now());
  set(middle, "language", "\"en\"");
  EXPECT_EQ(setting(low, "language").holding()->company, middle);
  set(low, "language", "\"sv\"");
  EXPECT_EQ(setting(low, "language").own->value, "\"sv\"");
  EXPECT_EQ(setting(low, "language").inherited->company, middle);
  EXPECT_FALSE(setting(top, "language").inherited) << "nothing comes from beneath";
  write([&](Transaction& tx) { return unsetCompanySetting(tx, low, "language"); });
  write([&](Transaction& tx) { return unsetCompanySetting(tx, low, "language"); });
  EXPECT_EQ(setting(low, "language").holding()->company, middle);
  write([&](Transaction& tx) { return setParent(tx, low, top); });
  EXPECT_EQ(setting(low, "language").holding()->company, top) << "who moves inherits from the new place";
}

TEST_P(CompanySettings, WhoIsToldOfStopsIsOneOfThem) {
  const auto top = company(1);
  const auto low = company(2);
  write([&](Transaction& tx) { return setParent(tx, low, top); });
  const auto emails = [&] {
    std::pair<std::string, std::string> found;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto settings, noticeSettings(reader, low));
      found = {settings.email, settings.ownEmail};
      return {};
    });
    return found;
  };
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(emails(), (Pair{"", ""}));
  write([&](Transaction& tx) { return setNoticeEmail(tx, top, "stopp@nordhamn.example"); });
  EXPECT_EQ(emails(), (Pair{"stopp@nordhamn.example", ""}));
  write([&](Transaction& tx) { return setNoticeEmail(tx, low, "egen@nordhamn.example"); });
  EXPECT_EQ(emails(), (Pair{"egen@nordhamn.example", "egen@nordhamn.example"}));
  write([&](Transaction& tx) { return setNoticeEmail(tx, low, ""); });
  EXPECT_EQ(emails(), (Pair{"stopp@nordhamn.example", ""}));
}

// The same trees and settings, kept in maps and read by walking.
struct Naive {
  std::map<CompanyId, CompanyId> parents;
  std::map<std::pair<CompanyId, std::string>, std::string> values;

  std::optional<std::pair<CompanyId, std::string>> from(std::optional<CompanyId> at,
                                                        const std::string& key) const {
    while (at) {
      if (const auto value = values.find({*at, key}); value != values.end()) return {{*at, value->second}};
      const auto parent = parents.find(*at);
      at = parent == parents.end() ? std::nullopt : std::optional(parent->second);
    }
    return std::nullopt;
  }
  std::optional<CompanyId> parentOf(CompanyId of) const {
    const auto parent = parents.find(of);
    return parent == parents.end() ? std::nullopt : std::optional(parent->second);
  }
};

std::optional<std::pair<CompanyId, std::string>> said(const std::optional<SetValue>& value) {
  if (!value) return std::nullopt;
  return {{value->company, value->value}};
}

TEST_P(CompanySettings, InheritAsANaiveWalkSaysOverRandomTrees) {
  std::mt19937 random(23);  // the same on every machine
  const auto some = [&](std::size_t count) { return static_cast<std::size_t>(random()) % count; };
  constexpr int companies = 24;
  const std::vector<std::string> keys{"contactLines", "language", "supportEmail"};
  std::vector<CompanyId> all;
  for (int i = 0; i < companies; ++i) all.push_back(company(i + 1));
  Naive naive;
  for (int round = 0; round < 6; ++round) {
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (round > 0 && some(4) != 0) continue;  // most stay where they are
      const auto child = all[i];
      // Deep and narrow as often as flat: the parent is one of the few before it.
      const std::optional parent =
          some(8) == 0 ? std::nullopt : std::optional(all[i - 1 - some(std::min<std::size_t>(i, 3))]);
      write([&](Transaction& tx) { return setParent(tx, child, parent); });
      naive.parents.erase(child);
      if (parent) naive.parents[child] = *parent;
    }
    for (int change = 0; change < 20; ++change) {
      const auto where = all[some(all.size())];
      const auto& key = keys[some(keys.size())];
      if (some(3) == 0) {
        write([&](Transaction& tx) { return unsetCompanySetting(tx, where, key); });
        naive.values.erase({where, key});
      } else {
        const auto value = std::to_string(random() % 1000);
        set(where, key, value);
        naive.values[{where, key}] = value;
      }
    }
    for (const auto one : all) {
      std::vector<CompanySetting> listed;
      read([&](Reader& reader) -> Outcome {
        TRY(listed, companySettings(reader, one));
        return {};
      });
      std::size_t expected = 0;
      for (const auto& key : keys) {
        const auto own = naive.values.contains({one, key});
        const auto holding = naive.from(one, key);
        const auto inherited = naive.from(naive.parentOf(one), key);
        const auto found = setting(one, key);
        EXPECT_EQ(found.own.has_value(), own);
        EXPECT_EQ(said(found.inherited), inherited);
        EXPECT_EQ(found.holding() != nullptr, holding.has_value());
        if (!holding) continue;
        ++expected;
        EXPECT_EQ(found.holding()->company, holding->first);
        EXPECT_EQ(found.holding()->value, holding->second);
        const auto same = std::ranges::find(listed, key, &CompanySetting::key);
        ASSERT_NE(same, listed.end());
        EXPECT_EQ(said(same->own), said(found.own));
        EXPECT_EQ(said(same->inherited), said(found.inherited));
      }
      EXPECT_EQ(listed.size(), expected);
    }
  }
}

}  // namespace
}  // namespace postgang::store
