// The mail of the morning list: what failed, is stopped or unanswered, by invoice number. Subject, HTML and
// the same words as text; complete without pictures, nothing fetched; every value is bounded and escaped.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"

namespace postgang::render {

struct MorningDocument {
  std::string number, counterpart;
  std::optional<Decimal> amount;
  std::string currency;
  std::optional<Date> dueDate;
  std::string what;  // one sentence: why, or until when
};

struct MorningGroup {
  std::string kind;  // texts morningMail.group.<kind>: "failed", "stopped", "held", "rejected", "unopened"
  std::int64_t total = 0;
  std::vector<MorningDocument> documents;  // by number; `morning_documents_max` at most
};
inline constexpr std::size_t morning_documents_max = 25;

struct MorningList {
  Language language = Language::swedish;
  std::string company;
  Date date;
  std::string portal;  // absolute address of the portal; empty: no button
  std::vector<MorningGroup> groups;
};

struct MorningMail {
  std::string subject, html, text;
};
MorningMail morningMail(const MorningList& list);

}  // namespace postgang::render
