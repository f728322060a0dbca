#include "api/correction_shape.h"

#include <algorithm>

#include "api/finding_shape.h"
#include "api/problem_reply.h"
#include "api/shapes.h"
#include "base/bytes.h"
#include "flow/fault_marks.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using document::Term;
using document::TermType;

constexpr std::size_t changes_max = 200;
constexpr std::size_t attachments_max = 20;
constexpr std::size_t cells_max = 12;
constexpr std::size_t suggested_changes_max = 20;  // a form has fewer open at once
constexpr std::size_t content_max = 14'000'000;    // base64 of formats::attachment_bytes_max

json::object textShape(std::string_view swedish, std::string_view english) {
  return {{"sv", swedish}, {"en", english}};
}

json::value textShapeOrNull(std::string_view swedish, std::string_view english) {
  if (swedish.empty() && english.empty()) return nullptr;
  return textShape(swedish, english);
}

json::object titleShape(Term term) {
  return textShape(document::title(term, Language::swedish), document::title(term, Language::english));
}

Result<formats::TermChange> changeIn(const json::value& value, std::string pointer) {
  TRY(const auto body, JsonBody::of(value, pointer, {"term", "place", "value", "qualifier"}));
  formats::TermChange change;
  TRY(const auto name, body.text("term", 10));
  const auto term = document::termFromName(name);
  if (!term) return fieldInvalid(pointer + "/term", "There is no such business term.");
  change.term = *term;
  TRY(const auto place, body.maybeText("place", 100));
  change.place = place.value_or("");
  TRY(change.value, body.maybeText("value", 2000));
  TRY(const auto qualifier, body.maybeText("qualifier", 100));
  change.qualifier = qualifier.value_or("");
  return change;
}

Result<formats::NewAttachment> attachmentIn(const json::value& value, std::string pointer) {
  TRY(const auto body,
      JsonBody::of(value, pointer, {"reference", "description", "fileName", "mediaType", "content"}));
  formats::NewAttachment attachment;
  TRY(attachment.reference, body.text("reference", 200));
  TRY(const auto description, body.maybeText("description", 500));
  attachment.description = description.value_or("");
  TRY(attachment.fileName, body.text("fileName", 255));
  TRY(attachment.mediaType, body.text("mediaType", 100));
  TRY(const auto content, body.text("content", content_max));
  const auto bytes = fromBase64(content);
  if (!bytes) return fieldInvalid(pointer + "/content", "This is not base64.");
  attachment.bytes = *bytes;
  return attachment;
}

json::object differenceItem(Term term, std::string_view place, const std::optional<std::string>& before,
                            const std::optional<std::string>& after) {
  return {{"term", document::name(term)},
          {"title", titleShape(term)},
          {"place", place},
          {"before", before ? json::value(*before) : json::value(nullptr)},
          {"after", after ? json::value(*after) : json::value(nullptr)}};
}

json::array suggestionShapes(const std::vector<insight::Suggestion>& suggestions) {
  json::array items;
  for (const auto& suggestion : suggestions)
    items.push_back({{"value", suggestion.value},
                     {"label", textOrNull(suggestion.label)},
                     {"source", suggestion.source}});
  return items;
}

// What the receiver says of each value that was changed, and what its registers have that begins so.
Result<json::array> judgementShapes(store::Reader& reader, const flow::Proposed& proposed,
                                    const flow::CorrectionRequest& request) {
  const auto findings = proposed.findings();
  json::array judgements;
  for (const auto& change : request.changes) {
    std::vector<insight::Suggestion> suggestions;
    if (change.value && judgements.size() < suggested_changes_max) {
      TRY(suggestions, insight::registerSuggestionsFor(reader, proposed.row, change.term, *change.value));
    }
    const auto about = std::ranges::find(findings, document::name(change.term), &store::FindingFact::term);
    const bool ok = about == findings.end();
    judgements.push_back({{"term", document::name(change.term)},
                          {"place", change.place},
                          {"ok", ok},
                          {"message", ok ? json::value(nullptr) : findingShape(*about).at("explanation")},
                          {"suggestions", suggestionShapes(suggestions)}});
  }
  return judgements;
}

json::value priceShape(const flow::Walked& walked) {
  if (!walked.routed) return nullptr;
  for (const auto& step : walked.routed->plan)
    if (step.reachable) return amountOrNull(step.price, step.currency);
  return nullptr;
}

// What kind of field to type into.
std::string_view fieldType(Term term) {
  if (term == Term::BT_49) return "address";
  switch (document::info(term).type) {
    case TermType::date:
      return "date";
    case TermType::identifier:
      return "identifier";
    case TermType::code:
      return "code";
    default:
      return "text";
  }
}

json::object fieldShape(const insight::CorrectionField& field) {
  const auto& group = document::info(field.group);
  return {{"term", document::name(field.term)},
          {"place", field.place},
          {"title", titleShape(field.term)},
          {"group", textShape(group.swedish, group.english)},
          {"type", fieldType(field.term)},
          {"value", textOrNull(field.value)},
          {"qualifier", textOrNull(field.qualifier)},
          {"open", field.open},
          {"correctable", field.correctable},
          {"why", field.correctable ? json::value(nullptr) : json::value("term-not-correctable")},
          {"suggestions", suggestionShapes(field.suggestions)},
          {"demand", textShapeOrNull(field.wantedSv, field.wantedEn)},
          {"maxLength", static_cast<std::int64_t>(formats::value_length_max)}};
}

json::array attachmentShapes(const document::BusinessDocument& parsed) {
  json::array items;
  std::int64_t number = 0;
  for (const auto& attachment : parsed.attachments())
    items.push_back({{"place", "BG-24[" + std::to_string(++number) + "]"},
                     {"reference", attachment.reference},
                     {"name", textOrNull(attachment.fileName)},
                     {"mediaType", textOrNull(attachment.mimeCode)},
                     {"size", static_cast<std::int64_t>(attachment.size)},
                     {"description", textOrNull(attachment.description)}});
  return items;
}

// The place on the copy.
std::optional<render::CutOut> cutOutIn(const document::BusinessDocument& parsed,
                                       const store::FindingFact& finding, Language language) {
  const auto marks = flow::faultMarks({finding}, language);
  if (marks.empty()) return std::nullopt;
  auto pieces = render::cutOuts(parsed, {}, language, marks);
  if (pieces.empty()) return std::nullopt;
  return std::move(pieces.front());
}

json::value cutOutShape(const document::BusinessDocument& parsed, const store::FindingFact& finding) {
  const auto swedish = cutOutIn(parsed, finding, Language::swedish);
  const auto english = cutOutIn(parsed, finding, Language::english);
  if (!swedish || !english || swedish->cells.size() != english->cells.size()) return nullptr;
  json::array cells;
  for (std::size_t i = 0; i < swedish->cells.size() && i < cells_max; ++i) {
    const auto& cell = swedish->cells[i];
    const auto& inEnglish = english->cells[i];
    cells.push_back({{"label", textShape(cell.label, inEnglish.label)},
                     {"value", textOrNull(cell.value)},
                     {"marked", cell.marked},
                     {"note", textShapeOrNull(cell.note, inEnglish.note)}});
  }
  return json::object{{"heading", textShape(swedish->heading, english->heading)},
                      {"cells", std::move(cells)}};
}

json::array sameShapes(const insight::CorrectionForm& form) {
  json::array items;
  for (const auto& other : form.same)
    items.push_back({{"id", other.id.text()},
                     {"number", textOrNull(other.number)},
                     {"receiver", partyShape(other.receiver)},
                     {"amount", amountOrNull(other.amount, other.currency)}});
  return items;
}

}  // namespace

Result<std::vector<formats::TermChange>> changesIn(const JsonBody& body) {
  std::vector<formats::TermChange> changes;
  TRY(const auto items, body.array("changes", changes_max));
  if (items == nullptr) return fieldInvalid("/changes", "This is missing.");
  for (std::size_t i = 0; i < items->size(); ++i) {
    TRY(auto change, changeIn((*items)[i], body.pointerTo("changes", i)));
    changes.push_back(std::move(change));
  }
  return changes;
}

Result<std::vector<formats::NewAttachment>> attachmentsIn(const JsonBody& body) {
  std::vector<formats::NewAttachment> attachments;
  TRY(const auto items, body.array("attachments", attachments_max));
  if (items == nullptr) return attachments;
  for (std::size_t i = 0; i < items->size(); ++i) {
    TRY(auto attachment, attachmentIn((*items)[i], body.pointerTo("attachments", i)));
    attachments.push_back(std::move(attachment));
  }
  return attachments;
}

Result<CorrectionAsked> correctionAsked(const net::Request& request, DocumentId document) {
  TRY(const auto body,
      JsonBody::of(request,
                   {"changes", "attachments", "removeAttachments", "channel", "send", "remember", "reason"},
                   correction_bytes_max));
  CorrectionAsked asked;
  asked.request.document = document;
  TRY(asked.request.changes, changesIn(body));
  TRY(asked.request.attachments, attachmentsIn(body));
  TRY(asked.request.removedAttachments, body.texts("removeAttachments", 100, 100));
  TRY(const auto channel, body.maybeText("channel", 40));
  asked.request.channel = channel.value_or("");
  TRY(asked.request.remember, body.yes("remember", false));
  TRY(const auto reason, body.maybeText("reason", 500));
  asked.request.reason = reason.value_or("");
  TRY(asked.send, body.yes("send", false));
  return asked;
}

json::object causeShape(std::string_view finding, std::string_view term) {
  store::FindingFact cause;
  cause.id = finding;
  cause.term = term;
  return {{"finding", finding}, {"term", textOrNull(term)}, {"title", causeWords(cause)}};
}

json::array differenceShape(const std::vector<document::Change>& changes) {
  json::array items;
  for (const auto& change : changes)
    items.push_back(differenceItem(change.term, change.place, change.before, change.after));
  return items;
}

json::array differenceShape(const std::vector<store::ChangeFact>& changes) {
  json::array items;
  for (const auto& change : changes)
    if (const auto term = document::termFromName(change.term))
      items.push_back(differenceItem(*term, change.place, change.before, change.after));
  return items;
}

Result<json::object> previewShape(store::Reader& reader, const flow::Proposed& proposed,
                                  const flow::CorrectionRequest& request) {
  json::array findings, plan;
  TRY(auto judgements, judgementShapes(reader, proposed, request));
  for (const auto& finding : proposed.findings()) findings.push_back(findingShape(finding));
  if (proposed.walked.routed)
    for (const auto& step : proposed.walked.routed->plan) plan.push_back(planStepShape(step));
  return json::object{
      {"valid", proposed.valid()},           {"findings", std::move(findings)},
      {"judgements", std::move(judgements)}, {"difference", differenceShape(proposed.difference)},
      {"unchanged", proposed.unchanged},     {"plan", std::move(plan)},
      {"price", priceShape(proposed.walked)}};
}

json::object madeShape(const flow::CorrectionMade& made) {
  return {{"id", made.id.text()},
          {"version", made.version},
          {"status", document::name(made.status)},
          {"difference", differenceShape(made.difference)}};
}

json::object correctionShape(const store::DocumentRow& row, const insight::CorrectionForm& form,
                             const document::BusinessDocument& parsed, std::optional<std::string_view> why) {
  json::array findings, fields;
  for (const auto& finding : form.findings) {
    auto shape = findingShape(finding);
    shape["cutOut"] = cutOutShape(parsed, finding);
    findings.push_back(std::move(shape));
  }
  for (const auto& field : form.fields) fields.push_back(fieldShape(field));
  return {{"document", summaryShape(row.entry)},
          {"possible", !why.has_value()},
          {"why", why ? json::value(*why) : json::value(nullptr)},
          {"findings", std::move(findings)},
          {"fields", std::move(fields)},
          {"attachments", attachmentShapes(parsed)},
          {"same", sameShapes(form)}};
}

Result<json::object> correctionOf(store::Reader& reader, const store::DocumentRow& row) {
  auto why = flow::whyNotCorrected(row);
  TRY(const auto kept, store::parsed(reader, row.entry.document));
  document::BusinessDocument parsed;
  if (kept) {
    TRY(parsed, document::BusinessDocument::restored(*kept));
  } else if (!why) {
    why = "document-unreadable";
  }
  TRY(const auto form, insight::correctionForm(reader, row, parsed));
  return correctionShape(row, form, parsed, why);
}

}  // namespace postgang::api
