#include "channels/bank_messages.h"

#include <array>
#include <boost/json.hpp>

#include "base/text.h"

namespace postgang::channels {

namespace {

using formats::Record;

constexpr std::array states = {BankState::shown, BankState::refused, BankState::declined};
constexpr std::array file_kinds = {BankFileKind::receipt, BankFileKind::answers, BankFileKind::agreements};

void set(Record& record, std::string_view field, std::string value) {
  if (!value.empty()) record.values.emplace(std::string(field), std::move(value));
}
std::string textOf(const Record& record, std::string_view field) {
  return std::string(record.value(field));
}
// The engine has looked at its form already; absent is the epoch.
Instant instantOf(const Record& record, std::string_view field) {
  return Instant::parse(record.value(field)).value_or(Instant{});
}
std::optional<Date> dateOf(const Record& record, std::string_view field) {
  return Date::parse(record.value(field));
}

tl::unexpected<Problem> wrong(std::string where, std::string_view why) {
  auto detail = "The file does not hold: " + where + " " + std::string(why) + ".";
  return fail(ProblemKind::invalid, "bank-file-wrong", std::move(detail), std::move(where),
              "Compare it with docs/bank-hub.md.");
}

Result<DeliveryId> deliveryOf(const Record& record, std::size_t number) {
  const auto id = DeliveryId::parse(record.value("delivery"));
  if (!id) return wrong("record " + std::to_string(number), "names no delivery");
  return *id;
}

formats::DescribedLimits limitsOf(std::size_t bytes) {
  formats::DescribedLimits limits;
  limits.bytes = bytes;
  return limits;
}

std::string copyName(const BankInvoice& invoice) {
  return invoice.delivery.text().substr(0, 32) + ".pdf";
}

Record recordOf(const BankInvoice& invoice) {
  Record record{.name = "invoice"};
  set(record, "delivery", invoice.delivery.text());
  set(record, "kind", invoice.credit ? "credit-note" : "invoice");
  set(record, "number", invoice.number);
  if (invoice.issued) set(record, "issued", invoice.issued->text());
  if (invoice.due) set(record, "due", invoice.due->text());
  set(record, "amount", invoice.amount.text());
  set(record, "currency", invoice.currency);
  set(record, "receiver", invoice.receiver);
  set(record, "payer", invoice.payer);
  set(record, "customerNumber", invoice.customerNumber);
  set(record, "accountKind", invoice.accountKind);
  set(record, "account", invoice.account);
  set(record, "reference", invoice.reference);
  set(record, "copyName", copyName(invoice));
  set(record, "copyDigest", hex(view(sha256(invoice.copy))));
  set(record, "copy", invoice.copy);
  return record;
}

Decimal sumOf(const std::vector<BankInvoice>& invoices) {
  Decimal sum(0);
  for (const auto& invoice : invoices) sum = sum.plus(invoice.amount).value_or(sum);
  return sum;
}

Result<BankInvoice> invoiceOf(const Record& record, std::size_t number) {
  BankInvoice invoice;
  TRY(invoice.delivery, deliveryOf(record, number));
  invoice.credit = record.value("kind") == "credit-note";
  invoice.number = textOf(record, "number");
  invoice.issued = dateOf(record, "issued");
  invoice.due = dateOf(record, "due");
  invoice.amount = Decimal::parse(record.value("amount")).value_or(Decimal(0));
  invoice.currency = textOf(record, "currency");
  invoice.receiver = textOf(record, "receiver");
  invoice.payer = textOf(record, "payer");
  invoice.customerNumber = textOf(record, "customerNumber");
  invoice.accountKind = textOf(record, "accountKind");
  invoice.account = textOf(record, "account");
  invoice.reference = textOf(record, "reference");
  invoice.copy = textOf(record, "copy");
  if (record.value("copyDigest") != hex(view(sha256(invoice.copy))))
    return wrong("record " + std::to_string(number), "has another copy than it says");
  return invoice;
}

}  // namespace

std::string_view name(BankState state) {
  switch (state) {
    case BankState::shown:
      return "shown";
    case BankState::refused:
      return "refused";
    case BankState::declined:
      return "declined";
  }
  return {};
}

std::string_view name(BankFileKind kind) {
  switch (kind) {
    case BankFileKind::receipt:
      return "receipt";
    case BankFileKind::answers:
      return "answers";
    case BankFileKind::agreements:
      return "agreements";
  }
  return {};
}

std::optional<BankFileKind> bankFileKindOf(std::string_view file) {
  const auto dot = file.find('.');
  for (const auto kind : file_kinds)
    if (dot != file.npos && file.substr(0, dot) == name(kind)) return kind;
  return std::nullopt;
}

Result<std::string> writeBankInvoices(const BankFormat& format, const BankInvoices& file) {
  Record root{.name = "file"};
  set(root, "file", file.file);
  set(root, "at", file.at.text());
  set(root, "hub", file.hub);
  set(root, "issuer", file.issuer);
  set(root, "seller", file.seller);
  set(root, "sellerNumber", file.sellerNumber);
  set(root, "count", std::to_string(file.invoices.size()));
  set(root, "sum", sumOf(file.invoices).text());
  for (const auto& invoice : file.invoices) root.records.push_back(recordOf(invoice));
  return format.write("invoices", root);
}

Result<BankInvoices> readBankInvoices(const BankFormat& format, std::string_view bytes) {
  TRY(const auto root, format.read("invoices", bytes, limitsOf(bank_file_bytes_max)));
  BankInvoices file;
  file.file = textOf(root, "file");
  file.at = instantOf(root, "at");
  file.hub = textOf(root, "hub");
  file.issuer = textOf(root, "issuer");
  file.seller = textOf(root, "seller");
  file.sellerNumber = textOf(root, "sellerNumber");
  for (std::size_t i = 0; i < root.records.size(); ++i) {
    TRY(auto invoice, invoiceOf(root.records[i], i + 1));
    file.invoices.push_back(std::move(invoice));
  }
  if (root.value("count") != std::to_string(file.invoices.size())) return wrong("count", "does not hold");
  if (Decimal::parse(root.value("sum")).value_or(Decimal(-1)) != sumOf(file.invoices))
    return wrong("sum", "does not hold");
  return file;
}

Result<std::string> writeBankReceipt(const BankFormat& format, const BankReceipt& receipt) {
  Record root{.name = "receipt"};
  set(root, "file", receipt.file);
  set(root, "at", receipt.at.text());
  set(root, "state", receipt.accepted ? "accepted" : "refused");
  set(root, "code", receipt.code);
  set(root, "words", receipt.words);
  return format.write("receipt", root);
}

Result<BankReceipt> readBankReceipt(const BankFormat& format, std::string_view bytes) {
  TRY(const auto root, format.read("receipt", bytes, limitsOf(bank_answer_bytes_max)));
  return BankReceipt{textOf(root, "file"), instantOf(root, "at"), root.value("state") == "accepted",
                     textOf(root, "code"), textOf(root, "words")};
}

Result<std::string> writeBankAnswers(const BankFormat& format, const BankAnswers& answers) {
  Record root{.name = "answers"};
  set(root, "file", answers.file);
  set(root, "at", answers.at.text());
  for (const auto& answer : answers.answers) {
    Record record{.name = "answer"};
    set(record, "delivery", answer.delivery.text());
    set(record, "state", std::string(name(answer.state)));
    set(record, "at", answer.at.text());
    set(record, "code", answer.code);
    set(record, "words", answer.words);
    root.records.push_back(std::move(record));
  }
  return format.write("answers", root);
}

Result<BankAnswers> readBankAnswers(const BankFormat& format, std::string_view bytes) {
  TRY(const auto root, format.read("answers", bytes, limitsOf(bank_answer_bytes_max)));
  BankAnswers answers{textOf(root, "file"), instantOf(root, "at"), {}};
  for (std::size_t i = 0; i < root.records.size(); ++i) {
    const auto& record = root.records[i];
    BankAnswer answer;
    TRY(answer.delivery, deliveryOf(record, i + 1));
    for (const auto state : states)
      if (record.value("state") == name(state)) answer.state = state;
    answer.at = instantOf(record, "at");
    answer.code = textOf(record, "code");
    answer.words = textOf(record, "words");
    answers.answers.push_back(std::move(answer));
  }
  return answers;
}

Result<std::string> writeBankApplications(const BankFormat& format, const BankApplications& file) {
  Record root{.name = "agreements"};
  set(root, "file", file.file);
  set(root, "at", file.at.text());
  for (const auto& application : file.applications) {
    Record record{.name = "agreement"};
    set(record, "change", application.ending ? "ending" : "application");
    set(record, "reference", application.reference);
    set(record, "issuer", application.issuer);
    set(record, "receiver", application.receiver);
    set(record, "customerNumber", application.customerNumber);
    set(record, "number", application.number);
    set(record, "name", application.name);
    set(record, "bank", application.bank);
    set(record, "at", application.at.text());
    root.records.push_back(std::move(record));
  }
  return format.write("agreements", root);
}

Result<BankApplications> readBankApplications(const BankFormat& format, std::string_view bytes) {
  TRY(const auto root, format.read("agreements", bytes, limitsOf(bank_answer_bytes_max)));
  BankApplications file{textOf(root, "file"), instantOf(root, "at"), {}};
  for (const auto& record : root.records)
    file.applications.push_back({record.value("change") == "ending", textOf(record, "reference"),
                                 textOf(record, "issuer"), textOf(record, "receiver"),
                                 textOf(record, "customerNumber"), textOf(record, "number"),
                                 textOf(record, "name"), textOf(record, "bank"), instantOf(record, "at")});
  return file;
}

Result<std::string> writeAgreementAnswers(const BankFormat& format, const AgreementAnswers& answers) {
  Record root{.name = "answers"};
  set(root, "file", answers.file);
  set(root, "at", answers.at.text());
  for (const auto& answer : answers.answers) {
    Record record{.name = "answer"};
    set(record, "reference", answer.reference);
    set(record, "issuer", answer.issuer);
    set(record, "receiver", answer.receiver);
    set(record, "customerNumber", answer.customerNumber);
    set(record, "state", answer.state);
    set(record, "words", answer.words);
    root.records.push_back(std::move(record));
  }
  return format.write("agreement-answers", root);
}

Result<AgreementAnswers> readAgreementAnswers(const BankFormat& format, std::string_view bytes) {
  TRY(const auto root, format.read("agreement-answers", bytes, limitsOf(bank_answer_bytes_max)));
  AgreementAnswers answers{textOf(root, "file"), instantOf(root, "at"), {}};
  for (const auto& record : root.records)
    answers.answers.push_back({textOf(record, "reference"), textOf(record, "issuer"),
                               textOf(record, "receiver"), textOf(record, "customerNumber"),
                               textOf(record, "state"), textOf(record, "words")});
  return answers;
}

std::string presentationLine(const BankInvoice& invoice, std::string_view issuer) {
  boost::json::object said{{"delivery", invoice.delivery.text()},
                           {"kind", invoice.credit ? "credit-note" : "invoice"},
                           {"number", invoice.number},
                           {"issuer", issuer},
                           {"amount", invoice.amount.text()},
                           {"currency", invoice.currency},
                           {"account", invoice.account},
                           {"reference", invoice.reference},
                           {"sha256", hex(view(sha256(invoice.copy)))}};
  if (invoice.due) said["due"] = invoice.due->text();
  return boost::json::serialize(said);
}

}  // namespace postgang::channels
