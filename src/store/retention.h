// Gallring: how long documents are kept, what holds them longer, and what is left when they are erased.
//
// Accounting records (invoices, credit notes, reminders, interest invoices, and what has no kind of its own)
// are kept in the form they were received until the end of the seventh year after the calendar year in which
// the financial year ended (bokföringslagen 1999:1078, 7 kap. 2 §); a company may keep them longer, never
// shorter. Orders, order responses and despatch advices may be kept shorter, by days from the day they came.
//
// A document is dated by the later of its issue date and the day it was received. It is erased when both its
// parties' terms are out, with all its versions at once, and not while anybody holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "document/business_document.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

inline constexpr int retention_years_min = 7, retention_years_max = 100;
inline constexpr int retention_days_min = 30, retention_days_max = 36'500;
inline constexpr int holds_max = 1'000;  // of one company

bool isAccountingRecord(document::Kind kind);

struct RetentionRule {
  document::Kind kind{};
  int years = retention_years_min;  // after the year in which the financial year ended …
  std::optional<int> days = {};     // … or, of what is no accounting record, days from the day it came
  std::optional<Instant> changedAt = {};  // absent: the law's own
  std::string changedBy = {};
};

// The first day on which a document of that day may be erased. `yearEnd` is the financial year's last month,
// 1 to 12.
Date erasableFrom(const RetentionRule& rule, int yearEnd, Date dated);

struct RetentionPolicy {
  int yearEnd = 12;
  std::vector<RetentionRule> rules;  // every kind, in the order of document::Kind
  const RetentionRule& of(document::Kind kind) const;
};
Result<RetentionPolicy> retentionPolicy(Reader& reader, CompanyId company);
// Code retention-too-short (invalid): shorter than the law allows for that kind, or out of bounds.
Outcome setRetentionRule(Transaction& tx, CompanyId company, const RetentionRule& rule,
                         std::string_view changedBy);
// Code financial-year-invalid (invalid): not 1 to 12.
Outcome setFinancialYearEnd(Transaction& tx, CompanyId company, int month);

struct RetentionHold {
  std::optional<DocumentId> document;  // absent: everything of the company
  std::string reason;
  Instant since;
  std::string by;
};
Result<std::vector<RetentionHold>> retentionHolds(Reader& reader, CompanyId company);  // the newest first
// One more for the same document replaces it. Code retention-holds-too-many (conflict).
Outcome hold(Transaction& tx, CompanyId company, const RetentionHold& hold);
// Whether there was one.
Result<bool> release(Transaction& tx, CompanyId company, std::optional<DocumentId> document);

// What is erased from a day on, so far as is known now: by year, of documents that the company sent or got.
struct RetentionForecast {
  document::Kind kind{};
  Date from;  // the day on which the last of them may go
  std::int64_t documents = 0;
};
// By kind and the year they came. Holds are not looked at.
Result<std::vector<RetentionForecast>> retentionForecast(Reader& reader, CompanyId company);

struct ErasedDocument {
  DocumentId document;
  CompanyId sender;
  std::optional<CompanyId> receiver = {};
  document::Kind kind{};
};
// Erases what is due at the transaction's time, at most `families_max` documents with their versions,
// beginning with the company after `after`; answers what was erased, and where to go on (0: all have been
// seen).
struct ErasureRun {
  std::vector<ErasedDocument> erased;
  std::optional<CompanyId> next = {};
};
Result<ErasureRun> eraseDue(Transaction& tx, CompanyId after, int families_max);

// Of a document that is erased: what is left. nullopt: it is not.
struct Tombstone {
  Digest head{};
  std::int64_t events = 0;
  Instant at;
  std::string rule;
};
Result<std::optional<Tombstone>> tombstone(Reader& reader, DocumentId document);
Result<std::int64_t> erasedCount(Reader& reader, CompanyId company);  // of what it sent or got

// Claims the day's run: true for one caller alone.
Result<bool> beginRetentionRun(Transaction& tx, Date day);
Result<Date> lastRetentionRun(Reader& reader);

}  // namespace postgang::store
