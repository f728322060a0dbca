// The buyer's answer to an invoice: Peppol BIS Invoice Response 3 (transaction T111). Written and read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "xml/tree.h"

namespace postgang::formats {

enum class InvoiceStatus {  // UNCL 4343, the part that T111 uses
  received,                 // AB: it can be read and is taken in for processing
  in_process,               // IP
  under_query,              // UQ: it rests until the seller has answered
  conditionally_accepted,   // CA
  rejected,                 // RE: final
  accepted,                 // AP: finally; payment comes next
  paid,                     // PD: the payment is initiated
};
std::string_view code(InvoiceStatus status);

enum class ClarificationKind {
  reason,  // list OPStatusReason: NON REF LEG REC QUA DEL PRI QTY ITM PAY UNR FIN PPD OTH
  action,  // list OPStatusAction: NOA PIN NIN CNF CNP CNA OTH: what the seller is asked to do
};

struct ClarificationDetail {
  std::string term;   // "BT-48"
  std::string value;  // what it should be
};

struct Clarification {
  ClarificationKind kind{};
  std::string code;   // of its kind's list; may be empty where there are words
  std::string words;  // demanded with PPD, and good to have with OTH
  std::vector<ClarificationDetail> details;
};

struct ResponseParty {
  std::string endpoint;    // "0007:5599900122"; of seller and buyer of the invoice it is not said
  std::string identifier;  // with or without a scheme; may be empty
  std::string name;
  std::string contact, telephone, email;  // of the sender alone
};

struct InvoiceResponse {
  std::string id;
  Date issueDate;
  std::optional<Instant> issuedAt;  // where the time has a zone
  std::string note;
  ResponseParty sender, receiver;              // of the answer
  std::optional<ResponseParty> seller, buyer;  // of the invoice, where others answer for them
  InvoiceStatus status{};
  std::optional<Date> since;  // when the status took effect
  std::vector<Clarification> clarifications;
  std::string invoiceNumber;
  std::optional<Date> invoiceDate;
  std::string invoiceType = "380";  // UNTDID 1001
};

// The rules of T111. Codes (invalid):
//   invoice-response-malformed    a field is missing, or a code is not of its list (R006, R007)
//   invoice-response-unexplained  CA, UQ and RE need a clarification with a code (R001), PPD needs words
//   (R004) invoice-response-unfit        PPD (partly paid) goes with PD alone (R005)
Outcome checkInvoiceResponse(const InvoiceResponse& response);
Result<std::string> writeInvoiceResponse(const InvoiceResponse& response);  // codes: the same

bool isInvoiceResponse(const xml::Tree& tree);
// Judges the form; whether the rules hold is for checkInvoiceResponse. Code: invoice-response-malformed.
Result<InvoiceResponse> readInvoiceResponse(const xml::Tree& tree);
Result<InvoiceResponse> readInvoiceResponse(std::string_view bytes);  // and xml::parse's codes

}  // namespace postgang::formats
