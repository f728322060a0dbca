#include "formats/credit_note.h"

#include <algorithm>
#include <functional>

#include "base/text.h"

namespace postgang::formats {
namespace {

using document::Builder;
using document::BusinessDocument;
using document::Group;
using document::GroupView;
using document::Kind;
using document::Term;
using document::Value;

constexpr std::size_t number_length_max = 100, reason_length_max = 1'000;

bool isWritable(std::string_view text, std::size_t lengthMax) {
  return isUtf8(text) && codePoints(text) <= lengthMax && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

Outcome checkNumber(const BusinessDocument& invoice, std::string_view number) {
  if (!trimmed(number).empty() && isWritable(number, number_length_max) &&
      trimmed(number) != invoice.text(Term::BT_1))
    return {};
  return fail(ProblemKind::invalid, "number-malformed",
              "The number is empty, too long, or the one that the invoice has.", "BT-1",
              "Take the next number of your series.");
}

Outcome checkKind(const BusinessDocument& invoice) {
  if (invoice.kind() == Kind::invoice || invoice.kind() == Kind::interest_invoice) return {};
  return fail(ProblemKind::unsupported, "document-not-credited", "This document is not an invoice.", "BT-3",
              "Choose the invoice that it is about.");
}

// What stands in the new document: every group and value of the old one that is kept, each value as it is
// told.
struct Copying {
  std::function<bool(Group)> keeps;
  std::function<std::optional<std::string>(const Value&)> text;  // nullopt: left out
};

void copy(const GroupView& group, const Copying& copying, Builder& builder) {
  for (const auto& value : group.values())
    if (const auto text = copying.text(value)) builder.add(value.term, *text, value.qualifier, value.version);
  for (const auto& inner : group.groups()) {
    if (!copying.keeps(inner.id())) continue;
    builder.begin(inner.id());
    copy(inner, copying, builder);
    builder.end();
  }
}

// UNTDID 1001
std::string creditType(std::string_view invoiceType) {
  if (invoiceType == "389") return "261";  // self-billed
  if (invoiceType == "393") return "396";  // factored
  return "381";
}

bool staysOnCreditNote(Group group) {
  switch (group) {
    case Group::BG_1:   // notes speak of the invoice
    case Group::BG_3:   // its own preceding invoices
    case Group::BG_10:  // payee
    case Group::BG_16:  // means of payment
    case Group::BG_24:  // attachments
      return false;
    default:
      return true;
  }
}

std::optional<std::string> onCreditNote(const Value& value, const CreditNoteFacts& facts) {
  switch (value.term) {
    case Term::BT_1:
      return std::string(trimmed(facts.number));
    case Term::BT_2:
      return facts.issueDate.text();
    case Term::BT_3:
      return creditType(value.text);
    case Term::BT_7:
    case Term::BT_8:
    case Term::BT_9:
    case Term::BT_20:
      return std::nullopt;
    default:
      return std::string(value.text);
  }
}

std::string shiftedDueDate(const BusinessDocument& invoice, const Value& due, Date issueDate) {
  const auto issued = invoice.date(Term::BT_2), until = due.date();
  if (!issued || !until) return std::string(due.text);
  return issueDate.plusDays(until->daysSinceEpoch - issued->daysSinceEpoch).text();
}

// A term that the invoice lacked and the new document must have.
void addMissing(const BusinessDocument& invoice, Term term, const std::string& text, Builder& builder) {
  if (!invoice.root().find(term)) builder.add(term, text);
}

}  // namespace

Result<BusinessDocument> creditNoteFor(const BusinessDocument& invoice, const CreditNoteFacts& facts) {
  CHECK_OK(checkKind(invoice));
  CHECK_OK(checkNumber(invoice, facts.number));
  if (!isWritable(facts.reason, reason_length_max))
    return fail(ProblemKind::invalid, "reason-malformed",
                "The reason is too long, or holds a line break or a control character.", "BT-22",
                "Write it on one line.");
  Builder builder(Kind::credit_note);
  copy(invoice.root(), {staysOnCreditNote, [&](const Value& value) { return onCreditNote(value, facts); }},
       builder);
  addMissing(invoice, Term::BT_1, std::string(trimmed(facts.number)), builder);
  addMissing(invoice, Term::BT_2, facts.issueDate.text(), builder);
  addMissing(invoice, Term::BT_3, "381", builder);
  builder.begin(Group::BG_3);
  builder.add(Term::BT_25, invoice.root().text(Term::BT_1));
  if (const auto issued = invoice.root().text(Term::BT_2); !issued.empty()) builder.add(Term::BT_26, issued);
  builder.end();
  if (const auto reason = trimmed(facts.reason); !reason.empty()) {
    builder.begin(Group::BG_1);
    builder.add(Term::BT_22, reason);
    builder.end();
  }
  return std::move(builder).build();
}

Result<BusinessDocument> newInvoiceFrom(const BusinessDocument& invoice, const NewInvoiceFacts& facts) {
  CHECK_OK(checkKind(invoice));
  CHECK_OK(checkNumber(invoice, facts.number));
  const auto number = std::string(trimmed(facts.number));
  const auto old = invoice.root().text(Term::BT_1);
  Builder builder(invoice.kind());
  copy(invoice.root(),
       {[](Group) { return true; },
        [&](const Value& value) -> std::optional<std::string> {
          if (value.term == Term::BT_1) return number;
          if (value.term == Term::BT_2) return facts.issueDate.text();
          if (value.term == Term::BT_9) return shiftedDueDate(invoice, value, facts.issueDate);
          if (value.term == Term::BT_83 && facts.paymentReference) return *facts.paymentReference;
          if (value.term == Term::BT_83 && value.text == old) return number;
          return std::string(value.text);
        }},
       builder);
  addMissing(invoice, Term::BT_1, number, builder);
  addMissing(invoice, Term::BT_2, facts.issueDate.text(), builder);
  return std::move(builder).build();
}

}  // namespace postgang::formats
