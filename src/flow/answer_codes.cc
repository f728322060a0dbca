#include "flow/answer_codes.h"

#include <algorithm>

#include "document/terms.h"
#include "flow/notice_content.h"

namespace postgang::flow {

using formats::Clarification;
using formats::ClarificationKind;
using formats::InvoiceStatus;

namespace {

// Terms of EN 16931 by number, in rows of neighbours that mean the same. What a code means: OpenPeppol,
// poacc-upgrade-3, structure/codelist/OPStatusReason.xml and OPStatusAction.xml.
//
//   REF  what the receiver routes and approves by is missing or wrong
//   LEG  what the law wants of an invoice: number, date, seller, VAT
//   REC  whom it is addressed to
//   DEL  delivery   PRI  prices, allowances, charges   QTY  quantities   ITM  items
//   PAY  when and how it is to be paid   FIN  sums and to whom they are owed
struct Row {
  unsigned first, last;
  std::string_view reason;
};
constexpr Row rows[] = {
    {1, 3, "LEG"},     {5, 5, "FIN"},     {6, 8, "LEG"},     {9, 9, "PAY"},     {10, 19, "REF"},
    {20, 20, "PAY"},   {25, 26, "REF"},   {27, 43, "LEG"},   {44, 47, "REC"},   {48, 48, "LEG"},
    {49, 58, "REC"},   {59, 61, "FIN"},   {62, 69, "LEG"},   {70, 80, "DEL"},   {81, 91, "PAY"},
    {92, 105, "PRI"},  {106, 109, "FIN"}, {110, 111, "LEG"}, {112, 115, "FIN"}, {116, 121, "LEG"},
    {122, 122, "REF"}, {128, 128, "REF"}, {129, 130, "QTY"}, {131, 131, "PRI"}, {132, 133, "REF"},
    {134, 135, "DEL"}, {136, 150, "PRI"}, {151, 152, "LEG"}, {153, 161, "ITM"}, {162, 162, "LEG"},
    {163, 163, "REC"}, {164, 164, "LEG"}, {165, 165, "DEL"}};

constexpr std::string_view other = "OTH", new_invoice = "NIN", credit = "CNF";
constexpr std::size_t clarifications_max = 50, words_points_max = 1000;

std::string_view reasonOf(document::Term term) {
  const auto number = static_cast<unsigned>(term);
  for (const auto& row : rows)
    if (number >= row.first && number <= row.last) return row.reason;
  return other;
}

std::string wordsOf(const render::NoticeFault& fault) {
  auto words = fault.what;
  if (!fault.wanted.empty() && fault.wanted != fault.what) words += (words.empty() ? "" : " ") + fault.wanted;
  return truncated(withoutControls(words), words_points_max);
}

Clarification reasonFor(const store::FindingFact& finding, std::string_view code, Language language) {
  const auto fault = noticeFault(finding, language);
  Clarification clarification{ClarificationKind::reason, std::string(code), wordsOf(fault), {}};
  if (!finding.term.empty())
    clarification.details.push_back(
        {finding.term, truncated(withoutControls(fault.example), words_points_max)});
  return clarification;
}

}  // namespace

AnswerCodes answerCodesOf(const store::FindingFact& finding) {
  // An earlier invoice is the same: which of them is wrong only the sender knows.
  if (finding.id == "demand-repeated") return {other, other, false};
  if (finding.id == "demand-attachment") return {other, new_invoice, true};
  const auto term = document::termFromName(finding.term);
  if (!term) return {other, credit, false};
  const bool correctable = document::info(*term).correctable == document::Correctable::freely;
  return {reasonOf(*term), correctable ? new_invoice : credit, correctable};
}

ReturnAnswer answerToReturn(const std::vector<store::FindingFact>& findings, std::string_view words,
                            Language language) {
  ReturnAnswer answer{InvoiceStatus::under_query, {}, {}};
  std::vector<std::string_view> actions;
  for (const auto& finding : findings) {
    if (finding.severity != "error" || answer.clarifications.size() == clarifications_max) continue;
    const auto codes = answerCodesOf(finding);
    answer.clarifications.push_back(reasonFor(finding, codes.reason, language));
    if (std::ranges::find(actions, codes.action) == actions.end()) actions.push_back(codes.action);
    if (!codes.correctable) answer.status = InvoiceStatus::rejected;
  }
  const auto said = truncated(withoutControls(trimmed(words)), words_points_max);
  if (answer.clarifications.empty()) {
    answer.status = InvoiceStatus::rejected;
    answer.clarifications.push_back({ClarificationKind::reason, std::string(other), said, {}});
    return answer;
  }
  answer.note = said;
  for (const auto action : actions) {
    const bool needsWords = action == other;
    answer.clarifications.push_back({ClarificationKind::action,
                                     std::string(action),
                                     needsWords ? answer.clarifications.front().words : std::string(),
                                     {}});
  }
  return answer;
}

}  // namespace postgang::flow
