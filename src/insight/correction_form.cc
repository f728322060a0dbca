#include "insight/correction_form.h"

#include <algorithm>
#include <array>

#include "store/companies.h"
#include "store/registers.h"
#include "store/sql/session.h"
#include "store/stops.h"

namespace postgang::insight {

namespace {

using document::Correctable;
using document::Group;
using document::Term;

constexpr std::size_t used_looked_at = 200;
constexpr std::size_t suggestions_max = 8;
constexpr std::size_t same_max = 200;

// What nobody may change in a document that has been issued, shown so that one sees that it is so.
constexpr std::array fixed_terms = {Term::BT_1,   Term::BT_2,   Term::BT_9,   Term::BT_27,
                                    Term::BT_44,  Term::BT_47,  Term::BT_109, Term::BT_110,
                                    Term::BT_112, Term::BT_115, Term::BT_83,  Term::BT_84};

std::string parameter(const store::FindingFact& finding, const char* name) {
  const auto found = finding.parameters.find(name);
  return found == finding.parameters.end() ? std::string() : found->second;
}

// In the document itself, or in a group that it has once.
bool standsOnce(const document::TermInfo& info) {
  for (auto group = info.group; group != Group::BG_0; group = document::info(group).parent)
    if (document::repeats(document::info(group).cardinality)) return false;
  return true;
}

// "BG-25[2]/BG-31" followed from the document; falsy where there is no such group.
document::GroupView groupAt(const document::BusinessDocument& parsed, std::string_view place) {
  auto group = parsed.root();
  while (!place.empty() && group) {
    const auto slash = place.find('/');
    auto step = place.substr(0, slash);
    place = slash == std::string_view::npos ? std::string_view() : place.substr(slash + 1);
    std::size_t number = 1;
    if (const auto bracket = step.find('['); bracket != std::string_view::npos) {
      number = 0;
      for (const char c : step.substr(bracket + 1))
        if (c >= '0' && c <= '9' && number < 1'000'000)
          number = number * 10 + static_cast<std::size_t>(c - '0');
      step = step.substr(0, bracket);
    }
    const auto id = document::groupFromName(step);
    if (!id) return parsed.root();
    const auto all = group.groups(*id);
    if (number == 0 || number > all.size()) return parsed.root();
    group = all[number - 1];
  }
  return group;
}

CorrectionField fieldOf(const document::BusinessDocument& parsed, Term term, std::string place) {
  const auto& info = document::info(term);
  CorrectionField field;
  field.term = term;
  field.group = info.group;
  field.correctable = info.correctable == Correctable::freely && info.type != document::TermType::binary;
  const auto value = place.empty() ? parsed.find(term) : groupAt(parsed, place).find(term);
  if (value) {
    field.value = value->text;
    field.qualifier = value->qualifier;
  }
  field.place = std::move(place);
  return field;
}

void openFaulty(const document::BusinessDocument& parsed, CorrectionForm& form) {
  for (const auto& finding : form.findings) {
    const auto term = document::termFromName(finding.term);
    // A file is laid in or taken away, never typed.
    if (!term || document::info(*term).type == document::TermType::binary) continue;
    const auto place = standsOnce(document::info(*term)) ? std::string() : parameter(finding, "groupPlace");
    const bool known = std::ranges::any_of(
        form.fields, [&](const auto& field) { return field.term == *term && field.place == place; });
    if (known) continue;
    auto field = fieldOf(parsed, *term, place);
    field.open = true;
    field.wantedSv = parameter(finding, "wantedSv");
    field.wantedEn = parameter(finding, "wantedEn");
    form.fields.push_back(std::move(field));
  }
}

void addOthers(const document::BusinessDocument& parsed, CorrectionForm& form) {
  const auto isThere = [&](Term term) {
    return std::ranges::any_of(form.fields, [&](const auto& f) { return f.term == term; });
  };
  for (const auto& info : document::terms())
    if (info.correctable == Correctable::freely && standsOnce(info) && !isThere(info.term))
      form.fields.push_back(fieldOf(parsed, info.term, {}));
  for (const auto term : fixed_terms)
    if (!isThere(term) && parsed.find(term)) form.fields.push_back(fieldOf(parsed, term, {}));
}

const std::string* keptAs(const store::DocumentRow& row, Term term) {
  if (term == Term::BT_13) return &row.orderReference;
  if (term == Term::BT_10) return &row.buyerReference;
  return nullptr;
}

void suggest(CorrectionField& field, std::string value, std::string label, std::string source) {
  if (value.empty() || value == field.value || field.suggestions.size() >= suggestions_max) return;
  if (std::ranges::find(field.suggestions, value, &Suggestion::value) != field.suggestions.end()) return;
  field.suggestions.push_back({std::move(value), std::move(label), std::move(source)});
}

// What this sender has used to this receiver and got through with.
Outcome suggestUsed(store::Reader& reader, const store::DocumentRow& row, CorrectionForm& form) {
  if (row.entry.receiver.identifier.empty()) return {};
  store::EntryQuery query;
  query.direction = store::Direction::sent;
  query.counterpartIdentifier = row.entry.receiver.identifier;
  query.statuses = {store::Status::delivered, store::Status::opened, store::Status::accepted};
  query.limit = used_looked_at;
  const auto viewer = store::Viewer::ofCompanies({row.entry.company}, {});
  TRY(const auto page, store::listEntries(reader, viewer, query));
  int looked = 0;
  for (const auto& entry : page.items) {
    if (++looked > 30) break;
    TRY(const auto used, store::findDocument(reader, viewer, entry.document, row.entry.company));
    for (auto& field : form.fields)
      if (const auto* value = keptAs(used, field.term); field.open && value)
        suggest(field, *value, entry.number, "used");
  }
  return {};
}

std::optional<store::RegisterKind> kindFor(Term term) {
  if (term == Term::BT_10) return store::RegisterKind::references;
  if (term == Term::BT_13) return store::RegisterKind::orders;
  if (term == Term::BT_19 || term == Term::BT_133) return store::RegisterKind::cost_centres;
  return std::nullopt;
}

Outcome suggestRegistered(store::Reader& reader, const std::optional<CompanyId>& receiver,
                          CorrectionForm& form) {
  if (!receiver) return {};
  const auto today = dateInStockholm(reader.clock().now());
  for (auto& field : form.fields) {
    const auto kind = kindFor(field.term);
    if (!field.correctable || !kind) continue;
    TRY(const auto values,
        store::registerSuggestions(reader, *receiver, {}, *kind, {}, today, suggestions_max));
    for (const auto& value : values) suggest(field, value, {}, "register");
  }
  return {};
}

// Who would have to share a register: whoever stopped it, or whom it is for.
Result<std::optional<CompanyId>> receiverOf(store::Reader& reader, const store::DocumentRow& row) {
  TRY(const auto stop,
      store::stopOf(reader, store::Viewer::ofCompanies({row.entry.company}, {}), row.entry.document));
  if (stop && stop->receiver) return stop->receiver;
  if (row.entry.receiver.identifier.empty()) return std::optional<CompanyId>();
  TRY(const auto company, store::companyByIdentifier(reader, row.entry.receiver.identifier));
  return company ? std::optional(company->id) : std::nullopt;
}

Outcome addSame(store::Reader& reader, const store::DocumentRow& row, const store::Stop& stop,
                CorrectionForm& form) {
  store::StopQuery query;
  query.openOnly = true;
  TRY(const auto stops, store::listStops(reader, store::Viewer::ofCompanies({row.entry.company}, {}), query));
  for (const auto& other : stops) {
    if (form.same.size() >= same_max) break;
    if (other.document == row.entry.document || other.cause != stop.cause || other.term != stop.term ||
        other.receiver != stop.receiver)
      continue;
    form.same.push_back({other.document, other.number, other.buyer, other.amount, other.currency});
  }
  return {};
}

}  // namespace

Result<CorrectionForm> correctionForm(store::Reader& reader, const store::DocumentRow& row,
                                      const document::BusinessDocument& parsed) {
  CorrectionForm form;
  const auto sender = store::Viewer::ofCompanies({row.entry.company}, {});
  TRY(form.findings, store::findingsOf(reader, sender, row.entry.document));
  TRY(const auto stop, store::stopOf(reader, sender, row.entry.document));
  openFaulty(parsed, form);
  addOthers(parsed, form);
  TRY(const auto receiver, receiverOf(reader, row));
  CHECK_OK(suggestRegistered(reader, receiver, form));
  CHECK_OK(suggestUsed(reader, row, form));
  if (stop && stop->receiver && !stop->settledAt) CHECK_OK(addSame(reader, row, *stop, form));
  return form;
}

Result<std::vector<Suggestion>> registerSuggestionsFor(store::Reader& reader, const store::DocumentRow& row,
                                                       Term term, std::string_view begun) {
  CorrectionField field;
  const auto kind = kindFor(term);
  if (!kind) return field.suggestions;
  TRY(const auto receiver, receiverOf(reader, row));
  if (!receiver) return field.suggestions;
  field.value = begun;
  TRY(const auto values, store::registerSuggestions(reader, *receiver, {}, *kind, begun,
                                                    dateInStockholm(reader.clock().now()), suggestions_max));
  for (const auto& value : values) suggest(field, value, {}, "register");
  return field.suggestions;
}

}  // namespace postgang::insight
