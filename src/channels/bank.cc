#include "channels/bank.h"

#include <algorithm>

#include "base/text.h"
#include "channels/company_settings.h"
#include "channels/print.h"
#include "channels/recipient.h"
#include "document/header_facts.h"
#include "document/payment.h"
#include "formats/format.h"
#include "render/render.h"
#include "store/bank_agreements.h"
#include "store/blobs.h"

namespace postgang::channels {

namespace {

using document::BusinessDocument;
using store::AgreementStatus;

constexpr std::size_t copy_bytes_max = 4 * 1024 * 1024;
constexpr std::string_view currency_shown = "SEK";

bool isDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}
bool isCapitals(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

store::BankPayer payerOf(const Recipient& recipient) {
  store::BankPayer payer;
  if (isReceiverId(recipient.customerNumber))
    payer.receiver = recipient.customerNumber;
  else
    payer.customerNumber = recipient.customerNumber;
  payer.identifiers = recipient.identifiers;
  if (!recipient.partner) return payer;
  payer.counterpart = recipient.partner->identifier;
  if (payer.customerNumber.empty()) payer.customerNumber = recipient.partner->customerNumber;
  return payer;
}

tl::unexpected<Problem> cannot(ProblemKind kind, std::string code, std::string detail, std::string advice) {
  return fail(kind, std::move(code), std::move(detail), {}, std::move(advice));
}

// In the seller's own design, as its copies on a screen.
Result<render::Design> designOf(store::Reader& reader, CompanyId sender, const document::Party& seller) {
  TRY(auto company, store::company(reader, sender));
  if (seller.identifier) {
    TRY(auto other, store::companyByIdentifier(reader, seller.identifier->text()));
    if (other) company = std::move(*other);
  }
  return companyDesign(reader, company);
}

Outcome payBy(const BusinessDocument& document, BankInvoice& invoice) {
  const auto payment = document::paymentOf(document);
  invoice.reference = payment.reference;
  for (const auto& account : payment.accounts) {
    if (account.kind != document::AccountKind::bankgiro && account.kind != document::AccountKind::plusgiro)
      continue;
    invoice.accountKind = account.kind == document::AccountKind::bankgiro ? "bankgiro" : "plusgiro";
    invoice.account = account.number;
    return {};
  }
  if (invoice.credit) return {};
  return cannot(ProblemKind::invalid, "bank-account-missing",
                "The invoice has no bankgiro or plusgiro number, which an internet bank needs to pay it.",
                "Give the invoice a bankgiro number.");
}

Outcome draw(store::Reader& reader, CompanyId sender, const BusinessDocument& document,
             BankInvoice& invoice) {
  TRY(const auto design, designOf(reader, sender, document::sellerOf(document)));
  TRY(invoice.copy,
      render::renderPdf(document, design, render::Channel::bank, render::languageFor(document, design)));
  if (invoice.copy.size() <= copy_bytes_max) return {};
  return cannot(ProblemKind::too_large, "bank-copy-too-large", "The copy for the internet bank is over 4 MB.",
                "Use a smaller logotype in the design.");
}

}  // namespace

bool isReceiverId(std::string_view text) {
  const auto parts = split(text, '.');
  return parts.size() == 3 && isDigits(parts[0]) && parts[0].size() >= 6 && parts[0].size() <= 16 &&
         isCapitals(parts[1], 2, 8) && isCapitals(parts[2], 2, 2);
}

std::string shownReceiver(std::string_view receiver) {
  constexpr std::size_t masked = 4;
  const auto dot = std::min(receiver.find('.'), receiver.size());
  const auto number = receiver.substr(0, dot);
  // Only an organisation's is shown whole: a number that is none may still be somebody's, mistyped.
  const bool isOrganisation =
      document::isSwedishOrganisationNumber(number) && !document::isPersonnummer(number);
  if (isOrganisation || number.size() <= masked) return std::string(receiver);
  return std::string(number.substr(0, number.size() - masked)) + "-****" + std::string(receiver.substr(dot));
}

Instant nextBankFile(Instant now, int everyMinutes) {
  const std::int64_t step = std::int64_t{everyMinutes} * 60 * 1'000'000;
  return Instant{(now.microseconds / step + 1) * step};
}

std::string Banking::issuerOf(const store::Company& company) const {
  if (!issuers) {
    const auto colon = company.identifier.find(':');
    return colon == std::string::npos ? company.identifier : company.identifier.substr(colon + 1);
  }
  const auto found = issuers->find(company.identifier);
  return found == issuers->end() ? std::string() : found->second;
}

std::string Banking::identifierOf(std::string_view issuer) const {
  if (!issuers) return "0007:" + std::string(issuer);
  for (const auto& [identifier, each] : *issuers)
    if (each == issuer) return identifier;
  return {};
}

Result<Reach> Bank::reach(store::Reader& reader, const Recipient& recipient) const {
  Reach reach;
  if (!banking_.isOn()) {
    reach.reason = "bank-off";
    return reach;
  }
  if (recipient.sender == CompanyId{}) {
    reach.reason = "bank-sender-not-connected";
    return reach;
  }
  TRY(const auto company, store::company(reader, recipient.sender));
  if (banking_.issuerOf(company).empty()) {
    reach.reason = "bank-sender-not-connected";
    return reach;
  }
  if (recipient.kind != document::Kind::invoice && recipient.kind != document::Kind::credit_note) {
    reach.reason = "bank-kind";
    return reach;
  }
  TRY(const auto agreement,
      store::bankAgreementFor(reader, recipient.sender, AgreementStatus::accepted, payerOf(recipient)));
  if (agreement) {
    reach.reachable = true;
    reach.reason = "bank-agreement";
    reach.address = shownReceiver(agreement->receiver);
    return reach;
  }
  TRY(const auto applied,
      store::bankAgreementFor(reader, recipient.sender, AgreementStatus::applied, payerOf(recipient)));
  reach.reason = applied ? "bank-agreement-waits" : "bank-no-agreement";
  return reach;
}

Result<Prepared> Bank::prepare(store::Reader& reader, const Consignment& consignment, Instant now) const {
  Prepared prepared;
  auto& fact = prepared.fact;
  fact.price = price_.amount;
  fact.currency = price_.currency;
  fact.deadline = nextBankFile(now, banking_.everyMinutes);
  auto invoice = makeBankInvoice(reader, consignment.sender, consignment.digest, false);
  if (!invoice) {
    if (!isLettersOwn(invoice.error())) return fail(std::move(invoice.error()));
    prepared.refused = std::move(invoice.error());
    return prepared;
  }
  fact.address = shownReceiver(invoice->receiver);
  return prepared;
}

Result<Sent> Bank::send(const Consignment& /*nothing leaves yet*/, const Prepared& prepared) const {
  Sent sent;
  sent.result = store::EventType::delivery_queued;
  sent.evidence = "bank-file";
  sent.detail = "Waits for the file of " + prepared.fact.deadline->text() + ".";
  return sent;
}

Result<BankInvoice> makeBankInvoice(store::Reader& reader, CompanyId sender, const Digest& original,
                                    bool withCopy) {
  TRY(const auto bytes, store::blob(reader, original));
  TRY(const auto reading, formats::readDocument(bytes));
  const auto& document = reading.document;
  TRY(const auto recipient, recipientOf(reader, sender, document::recipientOf(document)));
  TRY(const auto agreement,
      store::bankAgreementFor(reader, sender, AgreementStatus::accepted, payerOf(recipient)));
  if (!agreement)
    return cannot(ProblemKind::invalid, "bank-agreement-missing",
                  "The payer has no agreement at an internet bank any more.",
                  "Send it another way, or ask the payer to apply again.");
  const auto facts = document::headerFactsOf(document);
  BankInvoice invoice;
  invoice.credit = facts.kind == document::Kind::credit_note;
  invoice.number = facts.number;
  invoice.issued = facts.issueDate;
  invoice.due = facts.dueDate;
  if (facts.amount) invoice.amount = facts.amount->value;
  invoice.currency = facts.amount ? facts.amount->currency : facts.currency;
  invoice.receiver = agreement->receiver;
  invoice.payer = agreement->name.empty() ? recipient.name : agreement->name;
  invoice.customerNumber = agreement->customerNumber;
  if (invoice.currency != currency_shown)
    return cannot(ProblemKind::invalid, "bank-currency-foreign",
                  "Internet banks take invoices in Swedish kronor only.", "Send it another way.");
  if (invoice.amount.isNegative())
    return cannot(ProblemKind::invalid, "bank-amount-negative",
                  "The amount to pay is negative, which an internet bank does not take.",
                  "Send it as a credit note.");
  CHECK_OK(payBy(document, invoice));
  if (withCopy) CHECK_OK(draw(reader, sender, document, invoice));
  return invoice;
}

}  // namespace postgang::channels
