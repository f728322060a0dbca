// The kinds of news, the one table of them: what is told unless a person has chosen else, whom it is told by
// itself, and what may be chosen. A kind's sentence is at portal.news.said.<kind> (with _one and _other where
// many of it become one row), its name in the settings at portal.news.kind.<kind>.
//
//   kind               words of its sentence
//   failed, stopped,
//   rejected           number, counterpart: filled from the document when it is told
//   smartmail-posted   none: a day's letters are one row
//   ticket             number, subject; what (ticket-created …); many new ones of a desk: what alone
//   reachable          counterpart
//   payment-changed    counterpart
//   export, report     name
//   account-changed    none
//   lead               name; what (lead-again, lead-reminder)
//   webhook-off        url
#pragma once

#include <string_view>

namespace postgang::store {

struct NewsKind {
  std::string_view name;
  // Unless chosen else, for whoever is at least this in the company. Whoever is less hears it if it asks to.
  std::string_view from;
  bool portal;
  std::string_view mail;  // "each", "digest", "none"
  // Nobody else can mend it, so nobody else is told.
  bool administrators = false;
  bool staff = false;     // the operator's alone
  bool collapses = true;  // many of it within minutes are one row that counts, and one mail
};

// What a person must act on, or someone might be cheated by, comes by mail; what waits for nobody does not.
inline constexpr NewsKind news_kinds[] = {
    {"failed", "support", true, "digest"},
    {"stopped", "reader", true, "each"},
    {"rejected", "support", true, "digest"},
    {"smartmail-posted", "clerk", true, "none", false, false, false},
    {"ticket", "reader", true, "each", false, false, false},
    {"reachable", "clerk", true, "none"},
    {"payment-changed", "clerk", true, "each", false, false, false},
    {"export", "reader", true, "none", false, false, false},
    {"report", "reader", true, "none", false, false, false},
    {"account-changed", "reader", true, "none", false, false, false},
    {"lead", "reader", true, "each", false, true, false},
    {"webhook-off", "administrator", true, "each", true, false, false},
};

constexpr const NewsKind* newsKind(std::string_view name) {
  for (const auto& kind : news_kinds)
    if (kind.name == name) return &kind;
  return nullptr;
}

}  // namespace postgang::store
