#include "api/document_query.h"

#include <algorithm>

#include "api/company_parameter.h"
#include "api/parameters.h"
#include "api/problem_reply.h"
#include "insight/query_language.h"
#include "store/partner_doubles.h"

namespace postgang::api {

namespace {

// Reads a list of names, each by `fromName`; one that is unknown is refused.
template <typename FromName>
auto namesIn(const net::Request& request, std::string_view parameter, FromName fromName)
    -> Result<std::vector<typename std::invoke_result_t<FromName, std::string_view>::value_type>> {
  std::vector<typename std::invoke_result_t<FromName, std::string_view>::value_type> values;
  for (const auto& text : listParameter(request, parameter)) {
    const auto value = fromName(text);
    if (!value) return parameterInvalid(parameter, "One of the values is not known.");
    values.push_back(*value);
  }
  return values;
}

Result<std::optional<store::Direction>> directionIn(const net::Request& request) {
  const auto text = request.queryValue("direction").value_or("");
  for (const auto direction : {store::Direction::sent, store::Direction::received})
    if (text == store::name(direction)) return std::optional(direction);
  if (!text.empty()) return parameterInvalid("direction", "The direction is sent or received.");
  return std::optional<store::Direction>{};
}

// The query's own limits and those beside it hold both.
template <typename T>
void narrow(std::optional<T>& bound, const std::optional<T>& given, bool isLeast) {
  if (!given) return;
  if (!bound)
    bound = given;
  else
    bound = isLeast ? std::max(*bound, *given) : std::min(*bound, *given);
}

template <typename T>
Outcome inOrder(const std::optional<T>& least, const std::optional<T>& most, std::string_view parameter,
                const char* why) {
  if (least && most && *most < *least) return parameterInvalid(parameter, why);
  return {};
}

Outcome readRanges(const net::Request& request, store::EntryQuery& query) {
  TRY(const auto from, dateParameter(request, "from"));
  TRY(const auto to, dateParameter(request, "to"));
  TRY(const auto dueFrom, dateParameter(request, "dueFrom"));
  TRY(const auto dueTo, dateParameter(request, "dueTo"));
  TRY(const auto amountFrom, decimalParameter(request, "amountFrom"));
  TRY(const auto amountTo, decimalParameter(request, "amountTo"));
  CHECK_OK(inOrder(from, to, "to", "The last day is before the first one, from."));
  CHECK_OK(inOrder(dueFrom, dueTo, "dueTo", "The last day is before the first one, dueFrom."));
  CHECK_OK(
      inOrder(amountFrom, amountTo, "amountTo", "The largest amount is less than the least, amountFrom."));
  narrow(query.from, from, true);
  narrow(query.to, to, false);
  narrow(query.dueFrom, dueFrom, true);
  narrow(query.dueTo, dueTo, false);
  narrow(query.amountFrom, amountFrom, true);
  narrow(query.amountTo, amountTo, false);
  return {};
}

// Parameters that look into one field, as the query language does.
struct FieldParameter {
  std::string_view name;
  store::EntryTerm::Field field;
};
constexpr FieldParameter field_parameters[] = {
    {"counterpartName", store::EntryTerm::Field::counterpart},
    {"customerNumber", store::EntryTerm::Field::customer_number},
    {"orgNumber", store::EntryTerm::Field::org_number},
    {"buyerReference", store::EntryTerm::Field::reference},
    {"orderReference", store::EntryTerm::Field::order},
    {"paymentReference", store::EntryTerm::Field::payment_reference},
    {"line", store::EntryTerm::Field::line},
    {"attachment", store::EntryTerm::Field::attachment},
    {"finding", store::EntryTerm::Field::finding},
    {"ticket", store::EntryTerm::Field::ticket},
};

Outcome readFields(const net::Request& request, store::EntryQuery& query) {
  for (const auto& [name, field] : field_parameters) {
    TRY(auto text, textParameter(request, name, 200));
    if (!text.empty()) query.terms.push_back({.field = field, .text = std::move(text)});
  }
  return {};
}

// All filters but the company, as they are written.
Result<store::EntryQuery> documentFilterIn(const net::Request& request, Date today) {
  TRY(const auto text, textParameter(request, "query", insight::query_code_points_max));
  TRY(auto query, insight::readQuery(text, today));
  TRY(query.number, textParameter(request, "number", 200));
  TRY(query.direction, directionIn(request));
  TRY(query.statuses, namesIn(request, "status", document::statusFromName));
  TRY(query.kinds, namesIn(request, "type", document::kindFromName));
  query.channels = listParameter(request, "channel");
  if (query.channels.size() > 20) return parameterInvalid("channel", "There are more than 20 channels.");
  TRY(query.counterpartIdentifier, textParameter(request, "counterpart", 200));
  CHECK_OK(readRanges(request, query));
  CHECK_OK(readFields(request, query));
  TRY(query.internal, internalParameter(request));
  return query;
}

}  // namespace

Outcome readDocumentSort(const net::Request& request, store::EntryQuery& query) {
  std::string_view text;
  const auto given = request.queryValue("sort").value_or("-receivedAt");
  text = given;
  query.ascending = !text.starts_with('-');
  if (!query.ascending) text.remove_prefix(1);
  if (text == "receivedAt")
    query.sort = store::Sort::received_at;
  else if (text == "dueDate")
    query.sort = store::Sort::due_date;
  else if (text == "amount")
    query.sort = store::Sort::amount;
  else
    return parameterInvalid("sort",
                            "Lists sort on receivedAt, dueDate and amount, a minus before it downwards.");
  return {};
}

Result<std::optional<store::EntryQuery>> documentsAskedOf(store::Reader& reader, const store::Viewer& viewer,
                                                          CompanyId actedFor, const net::Request& request,
                                                          Date today) {
  TRY(auto query, documentFilterIn(request, today));
  TRY(const auto company, companyParameter(reader, viewer, request));
  if (company.nobody) return std::optional<store::EntryQuery>();
  query.company = company.company;
  if (!query.counterpartIdentifier.empty()) {
    TRY(auto identifiers,
        store::identifiersOf(reader, viewer, query.company.value_or(actedFor), query.counterpartIdentifier));
    query.counterpartIdentifier = identifiers.front();
    query.counterpartAliases.assign(identifiers.begin() + 1, identifiers.end());
  }
  return std::optional(std::move(query));
}

Result<std::optional<store::EntryQuery>> documentsAskedIn(Parts& parts, const Call& call) {
  return readFrom(parts.context.store, [&](store::Reader& reader) {
    return documentsAskedOf(reader, call.viewer(), call.company(), call.request,
                            dateInStockholm(parts.context.clock.now()));
  });
}

Outcome onlyDocumentParameters(const net::Request& request, std::initializer_list<std::string_view> more) {
  constexpr std::string_view names[] = {"query", "number",      "direction", "status",     "channel",
                                        "type",  "counterpart", "company",   "internal",   "from",
                                        "to",    "dueFrom",     "dueTo",     "amountFrom", "amountTo"};
  std::vector<std::string_view> allowed(std::begin(names), std::end(names));
  for (const auto& parameter : field_parameters) allowed.push_back(parameter.name);
  allowed.insert(allowed.end(), more.begin(), more.end());
  return onlyParameters(request, allowed);
}

}  // namespace postgang::api
