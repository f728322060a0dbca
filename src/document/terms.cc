#include "document/terms.h"

#include <array>
#include <cassert>
#include <charconv>

namespace postgang::document {
namespace {

constexpr auto one = Cardinality::one;
constexpr auto maybe = Cardinality::maybe;
constexpr auto some = Cardinality::some;
constexpr auto any = Cardinality::any;

constexpr TermInfo term_list[] = {
#define GROUP(...)
#define CREDIT_NOTE(...)
#define TERM(number, group, cardinality, type, weight, correctable, swedish, english, ubl) \
  {Term::BT_##number,                                                                      \
   "BT-" #number,                                                                          \
   Group::group,                                                                           \
   cardinality,                                                                            \
   TermType::type,                                                                         \
   weight,                                                                                 \
   Correctable::correctable,                                                               \
   swedish,                                                                                \
   english,                                                                                \
   ubl,                                                                                    \
   ubl,                                                                                    \
   0},
#include "document/terms.def"
};

constexpr GroupInfo group_list[] = {
#define GROUP(number, parent, cardinality, swedish, english, ubl) \
  {Group::BG_##number, "BG-" #number, Group::parent, cardinality, swedish, english, ubl, ubl, 0},
#define CREDIT_NOTE(...)
#define TERM(...)
#include "document/terms.def"
};

struct CreditNotePath {
  bool isGroup;
  unsigned number;
  std::string_view path;
};
constexpr CreditNotePath credit_note_paths[] = {
#define GROUP(...)
#define TERM(...)
#define CREDIT_NOTE(kind, number, path) {std::string_view(#kind) == "BG", number, path},
#include "document/terms.def"
};

constexpr std::size_t term_count = std::size(term_list);
constexpr std::size_t group_count = std::size(group_list);
constexpr unsigned highest_term = 165;
constexpr unsigned highest_group = 32;
constexpr std::uint8_t absent = 255;

template <typename Entry>
constexpr void putCreditNotePaths(Entry& entry, bool isGroup, unsigned number) {
  for (const auto& other : credit_note_paths)
    if (other.isGroup == isGroup && other.number == number) entry.ublCreditNote = other.path;
}

constexpr auto ranked_terms = [] {
  std::array<TermInfo, term_count> list{};
  for (std::size_t i = 0; i < term_count; ++i) {
    list[i] = term_list[i];
    list[i].rank = static_cast<std::uint8_t>(i);
    putCreditNotePaths(list[i], false, static_cast<unsigned>(list[i].term));
  }
  return list;
}();

constexpr auto ranked_groups = [] {
  std::array<GroupInfo, group_count> list{};
  for (std::size_t i = 0; i < group_count; ++i) {
    list[i] = group_list[i];
    list[i].rank = static_cast<std::uint8_t>(i);
    putCreditNotePaths(list[i], true, static_cast<unsigned>(list[i].group));
  }
  return list;
}();

constexpr auto term_ranks = [] {
  std::array<std::uint8_t, 256> ranks{};
  for (auto& rank : ranks) rank = absent;
  for (const auto& entry : ranked_terms) ranks[static_cast<std::size_t>(entry.term)] = entry.rank;
  return ranks;
}();

constexpr auto group_ranks = [] {
  std::array<std::uint8_t, 256> ranks{};
  for (auto& rank : ranks) rank = absent;
  for (const auto& entry : ranked_groups) ranks[static_cast<std::size_t>(entry.group)] = entry.rank;
  return ranks;
}();

static_assert(term_count == highest_term - 1, "BT-1 … BT-165 without BT-4");
static_assert(group_count == highest_group + 1, "BG-0 … BG-32");

std::optional<unsigned> numberAfter(std::string_view prefix, std::string_view name) {
  if (name.size() <= prefix.size() || name.size() > prefix.size() + 3) return std::nullopt;
  if (lowered(name.substr(0, prefix.size())) != prefix) return std::nullopt;
  const auto digits = name.substr(prefix.size());
  if (digits[0] == '0' && digits.size() > 1) return std::nullopt;
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace

std::span<const TermInfo> terms() {
  return ranked_terms;
}
std::span<const GroupInfo> groups() {
  return ranked_groups;
}

const TermInfo& info(Term term) {
  const auto rank = term_ranks[static_cast<std::size_t>(term)];
  assert(rank != absent);
  return ranked_terms[rank];
}

const GroupInfo& info(Group group) {
  const auto rank = group_ranks[static_cast<std::size_t>(group)];
  assert(rank != absent);
  return ranked_groups[rank];
}

std::string_view name(Term term) {
  return info(term).name;
}
std::string_view name(Group group) {
  return info(group).name;
}

std::string_view title(Term term, Language language) {
  return language == Language::english ? info(term).english : info(term).swedish;
}

std::string_view title(Group group, Language language) {
  return language == Language::english ? info(group).english : info(group).swedish;
}

std::optional<Term> termFromNumber(unsigned number) {
  if (number > highest_term || term_ranks[number] == absent) return std::nullopt;
  return static_cast<Term>(number);
}

std::optional<Group> groupFromNumber(unsigned number) {
  if (number > highest_group || group_ranks[number] == absent) return std::nullopt;
  return static_cast<Group>(number);
}

std::optional<Term> termFromName(std::string_view name) {
  const auto number = numberAfter("bt-", name);
  return number ? termFromNumber(*number) : std::nullopt;
}

std::optional<Group> groupFromName(std::string_view name) {
  const auto number = numberAfter("bg-", name);
  return number ? groupFromNumber(*number) : std::nullopt;
}

std::string_view name(TermType type) {
  constexpr std::string_view names[] = {"text",     "identifier", "code", "amount",    "unit-price",
                                        "quantity", "percentage", "date", "reference", "binary"};
  return names[static_cast<std::size_t>(type)];
}

}  // namespace postgang::document
