#include "formats/invoice_response.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "formats/application_response.h"
#include "formats/peppol_ids.h"

namespace postgang::formats {
namespace {

constexpr std::string_view customization = "urn:fdc:peppol.eu:poacc:trns:invoice_response:3";
constexpr std::string_view profile = "urn:fdc:peppol.eu:poacc:bis:invoice_response:3";
constexpr std::array<std::string_view, 7> status_codes = {"AB", "IP", "UQ", "CA", "RE", "AP", "PD"};
constexpr std::string_view reason_codes[] = {"NON", "REF", "LEG", "REC", "QUA", "DEL", "PRI",
                                             "QTY", "ITM", "PAY", "UNR", "FIN", "PPD", "OTH"};
constexpr std::string_view action_codes[] = {"NOA", "PIN", "NIN", "CNF", "CNP", "CNA", "OTH"};
constexpr std::string_view reason_list = "OPStatusReason", action_list = "OPStatusAction";
constexpr std::string_view partly_paid = "PPD";

bool isOfList(ClarificationKind kind, std::string_view code) {
  return kind == ClarificationKind::reason ? std::ranges::find(reason_codes, code) != std::end(reason_codes)
                                           : std::ranges::find(action_codes, code) != std::end(action_codes);
}

bool needsClarification(InvoiceStatus status) {
  return status == InvoiceStatus::conditionally_accepted || status == InvoiceStatus::under_query ||
         status == InvoiceStatus::rejected;
}

tl::unexpected<Problem> malformed(std::string where, std::string_view why) {
  return fail(ProblemKind::invalid, "invoice-response-malformed",
              "The answer's " + where + " " + std::string(why) + ".", where);
}

Outcome checkClarifications(const InvoiceResponse& response) {
  if (response.clarifications.size() > response_items_max)
    return malformed("Status", "stands there too often");
  bool anyCode = false;
  for (const auto& each : response.clarifications) {
    if (each.code.empty() && trimmed(each.words).empty()) return malformed("Status", "says nothing");
    if (!each.code.empty() && !isOfList(each.kind, each.code))
      return malformed("StatusReasonCode", "is not in its list");
    for (const auto& detail : each.details)
      if (trimmed(detail.term).empty()) return malformed("AttributeID", "is empty");
    anyCode = anyCode || !each.code.empty();
    if (each.kind != ClarificationKind::reason || each.code != partly_paid) continue;
    if (response.status != InvoiceStatus::paid)
      return fail(ProblemKind::invalid, "invoice-response-unfit",
                  "PPD, partly paid, goes with the status PD alone.", "StatusReasonCode",
                  "Take another reason, or say that it is paid.");
    if (trimmed(each.words).empty())
      return fail(ProblemKind::invalid, "invoice-response-unexplained",
                  "PPD, partly paid, needs words that say how much.", "StatusReason",
                  "Say what has been paid.");
  }
  if (needsClarification(response.status) && !anyCode)
    return fail(ProblemKind::invalid, "invoice-response-unexplained",
                "An invoice is not rejected, queried or accepted on conditions without a reason.",
                "StatusReasonCode", "Choose a reason, or what the seller is asked to do.");
  return {};
}

// --- Writing

void writeIdentification(xml::Writer& writer, const ResponseParty& party) {
  if (party.identifier.empty()) return;
  writer.open("cac:PartyIdentification");
  writeSchemed(writer, "cbc:ID", party.identifier);
  writer.close();
}

void writeParty(xml::Writer& writer, std::string_view element, const ResponseParty& party) {
  writer.open(element);
  writeSchemed(writer, "cbc:EndpointID", party.endpoint);
  writeIdentification(writer, party);
  writer.open("cac:PartyLegalEntity").leaf("cbc:RegistrationName", party.name).close();
  if (!party.contact.empty() || !party.telephone.empty() || !party.email.empty()) {
    writer.open("cac:Contact").leafIfAny("cbc:Name", party.contact);
    writer.leafIfAny("cbc:Telephone", party.telephone).leafIfAny("cbc:ElectronicMail", party.email).close();
  }
  writer.close();
}

void writeInvoiceParty(xml::Writer& writer, std::string_view element,
                       const std::optional<ResponseParty>& party) {
  if (!party) return;
  writer.open(element);
  writeIdentification(writer, *party);
  writer.open("cac:PartyName").leaf("cbc:Name", party->name).close();
  writer.close();
}

void writeClarification(xml::Writer& writer, const Clarification& clarification) {
  writer.open("cac:Status");
  if (!clarification.code.empty())
    writer.open("cbc:StatusReasonCode")
        .attribute("listID", clarification.kind == ClarificationKind::reason ? reason_list : action_list)
        .text(clarification.code)
        .close();
  writer.leafIfAny("cbc:StatusReason", clarification.words);
  for (const auto& detail : clarification.details) {
    writer.open("cac:Condition").leaf("cbc:AttributeID", detail.term);
    writer.leafIfAny("cbc:Description", detail.value).close();
  }
  writer.close();
}

void writeResponse(xml::Writer& writer, const InvoiceResponse& response) {
  writer.open("cac:DocumentResponse");
  writer.open("cac:Response").leaf("cbc:ResponseCode", code(response.status));
  if (response.since) writer.leaf("cbc:EffectiveDate", response.since->text());
  for (const auto& clarification : response.clarifications) writeClarification(writer, clarification);
  writer.close();
  writer.open("cac:DocumentReference").leaf("cbc:ID", response.invoiceNumber);
  if (response.invoiceDate) writer.leaf("cbc:IssueDate", response.invoiceDate->text());
  writer.leaf("cbc:DocumentTypeCode", response.invoiceType).close();
  writeInvoiceParty(writer, "cac:IssuerParty", response.seller);
  writeInvoiceParty(writer, "cac:RecipientParty", response.buyer);
  writer.close();
}

// --- Reading

class Reader : ResponseReader {
 public:
  Reader() : ResponseReader("invoice-response-malformed") {}

  Result<InvoiceResponse> read(const xml::Element& root) const {
    TRY(const auto top, head(root));
    if (!top.customization.starts_with(customization))
      return refused(root.child("CustomizationID"), "is not that of an Invoice Response");
    InvoiceResponse response;
    response.id = top.id;
    response.issueDate = top.issueDate;
    response.issuedAt = top.issuedAt;
    TRY(response.note, text(root, "Note"));
    TRY(response.sender, party(root.child("SenderParty")));
    TRY(response.receiver, party(root.child("ReceiverParty")));
    response.sender.endpoint = top.sender;
    response.receiver.endpoint = top.receiver;
    TRY(const auto answer, exactlyOne(root, "DocumentResponse"));
    CHECK_OK(takeStatus(answer, response));
    CHECK_OK(takeReference(answer, response));
    return response;
  }

 private:
  Result<ResponseParty> party(const xml::Element& element) const {
    ResponseParty party;
    TRY(const auto identification, atMostOne(element, "PartyIdentification"));
    if (const auto id = identification.child("ID")) {
      TRY(party.identifier, schemed(id));
    }
    TRY(const auto legal, atMostOne(element, "PartyLegalEntity"));
    TRY(party.name, text(legal, "RegistrationName"));
    if (party.name.empty()) {
      TRY(const auto called, atMostOne(element, "PartyName"));
      TRY(party.name, text(called, "Name"));
    }
    TRY(const auto contact, atMostOne(element, "Contact"));
    TRY(party.contact, text(contact, "Name"));
    TRY(party.telephone, text(contact, "Telephone"));
    TRY(party.email, text(contact, "ElectronicMail"));
    return party;
  }

  Outcome takeStatus(const xml::Element& answer, InvoiceResponse& response) const {
    TRY(const auto element, exactlyOne(answer, "Response"));
    TRY(const auto said, needed(element, "ResponseCode"));
    const auto found = std::ranges::find(status_codes, said);
    if (found == status_codes.end())
      return refused(element.child("ResponseCode"), "is none of AB, IP, UQ, CA, RE, AP, PD");
    response.status = static_cast<InvoiceStatus>(found - status_codes.begin());
    TRY(response.since, date(element, "EffectiveDate"));
    for (const auto status : element.children("Status")) {
      if (response.clarifications.size() == response_items_max) return refused(status, "is one of too many");
      TRY(auto clarification, clarificationFrom(status));
      response.clarifications.push_back(std::move(clarification));
    }
    return {};
  }

  Result<Clarification> clarificationFrom(const xml::Element& status) const {
    Clarification clarification;
    TRY(clarification.code, text(status, "StatusReasonCode"));
    const auto list = status.child("StatusReasonCode").attribute("listID");
    if (list == action_list)
      clarification.kind = ClarificationKind::action;
    else if (list != reason_list && !clarification.code.empty())
      return refused(status.child("StatusReasonCode"), "is of no list that we know");
    TRY(clarification.words, text(status, "StatusReason"));
    for (const auto condition : status.children("Condition")) {
      if (clarification.details.size() == response_items_max) return refused(condition, "is one of too many");
      ClarificationDetail detail;
      TRY(detail.term, needed(condition, "AttributeID"));
      TRY(detail.value, text(condition, "Description"));
      clarification.details.push_back(std::move(detail));
    }
    return clarification;
  }

  Outcome takeReference(const xml::Element& answer, InvoiceResponse& response) const {
    TRY(const auto reference, exactlyOne(answer, "DocumentReference"));
    TRY(response.invoiceNumber, needed(reference, "ID"));
    TRY(response.invoiceDate, date(reference, "IssueDate"));
    TRY(response.invoiceType, needed(reference, "DocumentTypeCode"));
    TRY(const auto issuer, atMostOne(answer, "IssuerParty"));
    if (issuer) {
      TRY(response.seller, party(issuer));
    }
    TRY(const auto recipient, atMostOne(answer, "RecipientParty"));
    if (recipient) {
      TRY(response.buyer, party(recipient));
    }
    return {};
  }
};

}  // namespace

std::string_view code(InvoiceStatus status) {
  return status_codes[static_cast<std::size_t>(status)];
}

Outcome checkInvoiceResponse(const InvoiceResponse& response) {
  if (trimmed(response.id).empty()) return malformed("ID", "is empty");
  for (const auto& [party, name] :
       {std::pair(&response.sender, "SenderParty"), std::pair(&response.receiver, "ReceiverParty")}) {
    if (!isPeppolParticipant(party->endpoint)) return malformed(name, "is no participant");
    if (trimmed(party->name).empty()) return malformed(name, "has no name");
  }
  for (const auto* party : {&response.seller, &response.buyer})
    if (*party && trimmed((*party)->name).empty())
      return malformed("IssuerParty, RecipientParty", "has no name");
  if (trimmed(response.invoiceNumber).empty() || trimmed(response.invoiceType).empty())
    return malformed("DocumentReference", "does not name the invoice");
  return checkClarifications(response);
}

Result<std::string> writeInvoiceResponse(const InvoiceResponse& response) {
  CHECK_OK(checkInvoiceResponse(response));
  xml::Writer writer({.indent = 2});
  writeResponseHead(writer, {std::string(customization),
                             std::string(profile),
                             response.id,
                             response.issueDate,
                             response.issuedAt,
                             {},
                             {}});
  writer.leafIfAny("cbc:Note", response.note);
  writeParty(writer, "cac:SenderParty", response.sender);
  writeParty(writer, "cac:ReceiverParty", response.receiver);
  writeResponse(writer, response);
  return writer.finish();
}

bool isInvoiceResponse(const xml::Tree& tree) {
  return tree.root().is(application_response_uri, "ApplicationResponse") &&
         trimmed(tree.root().child("CustomizationID").text()).starts_with(customization);
}

Result<InvoiceResponse> readInvoiceResponse(const xml::Tree& tree) {
  return Reader().read(tree.root());
}

Result<InvoiceResponse> readInvoiceResponse(std::string_view bytes) {
  TRY(const auto tree, xml::parse(bytes, response_limits));
  return readInvoiceResponse(tree);
}

}  // namespace postgang::formats
