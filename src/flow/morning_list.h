// Morgonlista: one e-mail a morning with what failed, is stopped or unanswered, by invoice number, to the
// addresses that a company names. Nothing to say, nothing sent.
//
// One job per company and morning («morning-list»), which lays the next one in its own commit. The mail goes
// before the job is done: killed in between it goes once more under the same Message-ID, so whoever gets it
// twice sees one. A server that does not answer is tried again for a while; then that morning is let go.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "flow/step.h"

namespace postgang::flow {

struct MorningListSettings {
  std::vector<std::string> addresses;  // none: it is off
  int minuteOfDay = 7 * 60;            // in Sweden
  bool bankDaysOnly = true;
  Language language = Language::swedish;
};

inline constexpr std::size_t morning_addresses_max = 10;

// From what is kept; what is empty or not readable is off.
MorningListSettings morningListFrom(std::string_view json);
std::string serialized(const MorningListSettings& settings);

// The first morning after `now`.
Instant nextMorning(const MorningListSettings& settings, Instant now);
store::NewJob morningListJob(CompanyId company, const MorningListSettings& settings, Instant at);

// Keeps what a company has set, and lays the next morning's job.
Outcome keepMorningList(store::Transaction& tx, CompanyId company, const MorningListSettings& settings,
                        Instant now);

Result<Decision> sendMorningList(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
