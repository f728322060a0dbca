// What is said between us and a bank hub, whatever format it is written in: docs/bank-hub.md. Names of
// messages and fields are those that descriptions use.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"
#include "formats/described.h"

namespace postgang::channels {

struct BankInvoice {
  DeliveryId delivery;
  bool credit = false;
  std::string number;
  std::optional<Date> issued = {}, due = {};
  Decimal amount;
  std::string currency;
  std::string receiver;  // the payer's id at its bank (FMI)
  std::string payer, customerNumber;
  std::string accountKind, account;  // "bankgiro" or "plusgiro", and its digits; empty of a credit note
  std::string reference;             // OCR, or the seller's own
  std::string copy;                  // the PDF that the bank shows
};

struct BankInvoices {
  std::string file;  // the file's name without its ending
  std::string hub, issuer, seller, sellerNumber;
  Instant at;
  std::vector<BankInvoice> invoices;
};

struct BankReceipt {  // technical: of a whole file
  std::string file;
  Instant at;
  bool accepted = false;
  std::string code, words;
};

enum class BankState { shown, refused, declined };
std::string_view name(BankState state);

struct BankAnswer {
  DeliveryId delivery;
  BankState state{};
  Instant at;
  std::string code, words;
};
struct BankAnswers {
  std::string file;  // of invoices that they answer
  Instant at;
  std::vector<BankAnswer> answers;
};

struct BankApplication {
  bool ending = false;
  std::string reference;  // the hub's own, by which it is answered
  std::string issuer, receiver, customerNumber;
  std::string number;  // organisation number; of a person it is not kept
  std::string name, bank;
  Instant at;
};
struct BankApplications {
  std::string file;
  Instant at;
  std::vector<BankApplication> applications;
};

struct AgreementAnswer {
  std::string reference, issuer, receiver, customerNumber;
  std::string state;  // "accepted", "refused", "ended"
  std::string words;
};
struct AgreementAnswers {
  std::string file;
  Instant at;
  std::vector<AgreementAnswer> answers;
};

using BankFormat = formats::Description;

// Codes: those of formats/described.h.
Result<std::string> writeBankInvoices(const BankFormat& format, const BankInvoices& file);
Result<std::string> writeBankReceipt(const BankFormat& format, const BankReceipt& receipt);
Result<std::string> writeBankAnswers(const BankFormat& format, const BankAnswers& answers);
Result<std::string> writeBankApplications(const BankFormat& format, const BankApplications& applications);
Result<std::string> writeAgreementAnswers(const BankFormat& format, const AgreementAnswers& answers);

// Codes besides: bank-file-wrong (invalid): it is well-formed and does not hold (counts, sums, digests, ids).
Result<BankInvoices> readBankInvoices(const BankFormat& format, std::string_view bytes);
Result<BankReceipt> readBankReceipt(const BankFormat& format, std::string_view bytes);
Result<BankAnswers> readBankAnswers(const BankFormat& format, std::string_view bytes);
Result<BankApplications> readBankApplications(const BankFormat& format, std::string_view bytes);
Result<AgreementAnswers> readAgreementAnswers(const BankFormat& format, std::string_view bytes);

// What one invoice says beside its copy: evidence of what was ordered.
std::string presentationLine(const BankInvoice& invoice, std::string_view issuer);

// Names in the drop: a hub's files begin with what they are, "receipt.…", "answers.…", "agreements.…".
enum class BankFileKind { receipt, answers, agreements };
std::string_view name(BankFileKind kind);
std::optional<BankFileKind> bankFileKindOf(std::string_view file);

inline constexpr std::size_t bank_file_bytes_max = 64 * 1024 * 1024;   // of invoices, with copies
inline constexpr std::size_t bank_answer_bytes_max = 8 * 1024 * 1024;  // of everything that comes in
inline constexpr std::size_t bank_invoices_max = 300;                  // in one file

}  // namespace postgang::channels
