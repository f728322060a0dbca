// What is wrong with a document, in the codes of an Invoice Response (T111). One table, by the term that a
// demand is about.
#pragma once

#include <string_view>
#include <vector>

#include "formats/invoice_response.h"
#include "store/events.h"

namespace postgang::flow {

// Of OpenPeppol's lists OPStatusReason and OPStatusAction (BIS Invoice Response 3).
struct AnswerCodes {
  std::string_view reason;
  std::string_view action;
  // The sender can put it right by itself and send the invoice again; what cannot be corrected takes a credit
  // note and a new one.
  bool correctable = false;
};
AnswerCodes answerCodesOf(const store::FindingFact& finding);

// Of a document that its receiver has returned: under query (UQ) where all of it can be corrected, else
// rejected (RE). `words` are what a person has said with it; they are all there is where no finding is an
// error.
struct ReturnAnswer {
  formats::InvoiceStatus status{};
  std::vector<formats::Clarification> clarifications;
  std::string note;
};
ReturnAnswer answerToReturn(const std::vector<store::FindingFact>& findings, std::string_view words,
                            Language language);

}  // namespace postgang::flow
