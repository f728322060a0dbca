#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "base/json_text.h"
#include "base/text.h"
#include "rules/check.h"
#include "rules/demand_json.h"
#include "rules/json_fields.h"
#include "rules/tests.h"

namespace postgang::rules {

namespace {

constexpr std::size_t text_bytes_max = 1024 * 1024;

constexpr std::string_view demand_fields[] = {"id",   "name", "severity", "appliesTo",
                                              "from", "to",   "message",  "example"};
constexpr std::string_view group_fields[] = {"all", "any", "not", "if", "then"};
constexpr std::string_view leaf_fields[] = {
    "term",      "test",  "value",  "values",    "count",        "least",      "most",
    "prefix",    "days",  "months", "currency",  "other",        "register",   "kind",
    "fileTypes", "terms", "which",  "ifPresent", "ifRegistered", "ignoreCase", "ignoreBlanks"};
constexpr std::string_view scope_fields[] = {
    "senders", "notSenders", "kinds", "amountFrom", "amountTo", "currency", "supplierCountries"};

template <std::size_t count>
bool isAmong(const std::string_view (&fields)[count], std::string_view field) {
  return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
}

std::string list(std::span<const std::string_view> names) {
  std::string text;
  for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

// Reads the shape; what the values mean is check.h's matter. After a problem it goes on with the next field.
class Reader : public JsonFields {
 public:
  using JsonFields::JsonFields;

  Demand demand(const json::value& value, const std::string& place) {
    Demand demand;
    const auto* object = this->object(value, place);
    if (!object) return demand;
    for (const auto& [key, inner] : *object)
      if (!isAmong(demand_fields, key) && !isAmong(group_fields, key) && !isAmong(leaf_fields, key))
        unknown(place, key);
    take(*object, "id", place, demand.id);
    take(*object, "name", place, demand.name);
    take(*object, "example", place, demand.example);
    choice(*object, "severity", place, demand.severity, severityFromName, "stop, warn or hold");
    date(*object, "from", place, demand.from);
    date(*object, "to", place, demand.to);
    message(*object, place, demand);
    if (const auto* scope = object->if_contains("appliesTo"))
      demand.appliesTo = this->scope(*scope, place + ".appliesTo");
    demand.condition = condition(*object, place, 1);
    return demand;
  }

 private:
  void message(const json::object& object, const std::string& place, Demand& demand) {
    const auto* value = object.if_contains("message");
    if (!value) return;
    if (value->is_string()) return take(object, "message", place, demand.messageSv);
    const auto* both = value->if_object();
    if (!both) return wrongType(place + ".message", "a text, or an object with \"sv\" and \"en\"");
    for (const auto& [key, inner] : *both)
      if (key != "sv" && key != "en") unknown(place + ".message", key);
    take(*both, "sv", place + ".message", demand.messageSv);
    take(*both, "en", place + ".message", demand.messageEn);
  }

  void term(const json::object& object, std::string_view field, const std::string& place,
            std::optional<document::Term>& into) {
    if (!object.contains(field)) return;
    std::string name;
    take(object, field, place, name);
    into = document::termFromName(name);
    if (!into && object.at(field).is_string()) unknownTerm(place + "." + std::string(field));
  }

  void unknownTerm(const std::string& where) {
    refuse("demand-term-unknown", "There is no such business term.", where,
           "Name one of EN 16931-1, for example BT-13 for the purchase order reference.");
  }

  Scope scope(const json::value& value, const std::string& place) {
    Scope scope;
    const auto* object = this->object(value, place);
    if (!object) return scope;
    for (const auto& [key, inner] : *object)
      if (!isAmong(scope_fields, key)) unknown(place, key);
    if (object->contains("senders") && object->contains("notSenders"))
      refuse("demand-value-unused", "Senders are named, and others excepted.", place + ".notSenders",
             "Give one of the two.");
    senders(*object, "senders", place, Scope::Senders::only, scope);
    senders(*object, "notSenders", place, Scope::Senders::except, scope);
    kinds(*object, place, scope);
    amount(*object, "amountFrom", place, scope.amountFrom);
    amount(*object, "amountTo", place, scope.amountTo);
    take(*object, "currency", place, scope.currency);
    take(*object, "supplierCountries", place, scope.supplierCountries);
    return scope;
  }

  void senders(const json::object& object, std::string_view field, const std::string& place,
               Scope::Senders which, Scope& scope) {
    if (!object.contains(field)) return;
    if (object.at(field).is_string() && object.at(field).as_string() == "all" && field == "senders") return;
    std::vector<std::string> texts;
    take(object, field, place, texts, limits::senders_max);
    scope.senders = which;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      auto identifier = document::parseIdentifier(texts[i]);
      if (identifier)
        scope.identifiers.push_back(std::move(*identifier));
      else
        refuse("demand-value-invalid", identifier.error().detail,
               place + "." + std::string(field) + "[" + std::to_string(i) + "]", identifier.error().advice);
    }
  }

  void kinds(const json::object& object, const std::string& place, Scope& scope) {
    std::vector<std::string> names;
    take(object, "kinds", place, names, 10);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (const auto kind = document::kindFromName(names[i]))
        scope.kinds.push_back(*kind);
      else
        refuse("demand-value-invalid", "There is no such kind of document.",
               place + ".kinds[" + std::to_string(i) + "]",
               "Choose invoice, credit-note, reminder or another kind.");
  }

  void amount(const json::object& object, std::string_view field, const std::string& place,
              std::optional<Decimal>& into) {
    std::string text;
    takeNumber(object, field, place, text);
    if (text.empty()) return;
    into = Decimal::parse(text);
    if (!into)
      refuse("demand-value-invalid", "The amount is not a number.", place + "." + std::string(field),
             "Write it like \"10000.00\".");
  }

  Condition condition(const json::object& object, const std::string& place, std::size_t depth) {
    if (depth > limits::depth_max) {
      refuse("demand-too-deep", "Conditions nest at most " + std::to_string(limits::depth_max) + " deep.",
             place, "Divide it into several demands.");
      return {};
    }
    const bool isLeaf = object.contains("test") || object.contains("term");
    const int kinds = isLeaf + object.contains("all") + object.contains("any") + object.contains("not") +
                      (object.contains("if") || object.contains("then"));
    if (kinds != 1) {
      refuse("demand-field-missing",
             kinds == 0 ? "There is no condition." : "There are several conditions side by side.", place,
             "Give \"test\", or one of \"all\", \"any\", \"not\", \"if\" with \"then\".");
      return {};
    }
    if (object.contains("all")) return Condition::all(parts(object.at("all"), place + ".all", depth));
    if (object.contains("any")) return Condition::any(parts(object.at("any"), place + ".any", depth));
    if (object.contains("not")) return Condition::no(part(object.at("not"), place + ".not", depth));
    if (isLeaf) return Condition::of(leaf(object, place));
    for (const auto* field : {"if", "then"})
      if (!object.contains(field)) {
        refuse("demand-field-missing", "\"if\" and \"then\" go together.", place + "." + field, "Give both.");
        return {};
      }
    return Condition::ifThen(part(object.at("if"), place + ".if", depth),
                             part(object.at("then"), place + ".then", depth));
  }

  Condition part(const json::value& value, const std::string& place, std::size_t depth) {
    const auto* object = this->object(value, place);
    if (!object) return {};
    for (const auto& [key, inner] : *object)
      if (!isAmong(group_fields, key) && !isAmong(leaf_fields, key)) unknown(place, key);
    return condition(*object, place, depth + 1);
  }

  std::vector<Condition> parts(const json::value& value, const std::string& place, std::size_t depth) {
    std::vector<Condition> parts;
    const auto* array = value.if_array();
    if (!array) {
      wrongType(place, "a list of conditions");
      return parts;
    }
    if (array->size() > limits::nodes_max) {
      refuse("demand-too-large", "A demand has at most " + std::to_string(limits::nodes_max) + " conditions.",
             place, "Divide it into several demands.");
      return parts;
    }
    for (std::size_t i = 0; i < array->size(); ++i)
      parts.push_back(part((*array)[i], place + "[" + std::to_string(i) + "]", depth));
    return parts;
  }

  Leaf leaf(const json::object& object, const std::string& place) {
    Leaf leaf;
    term(object, "term", place, leaf.term);
    std::string test;
    take(object, "test", place, test);
    if (const auto found = testFromName(test))
      leaf.test = *found;
    else
      unknownTest(object, place);
    takeNumber(object, "value", place, leaf.value);
    take(object, "values", place, leaf.values);
    take(object, "least", place, leaf.least);
    take(object, "most", place, leaf.most);
    if (object.contains("count")) {
      if (leaf.least || leaf.most)
        refuse("demand-value-unused", "An exact count leaves no room for a least or a most.",
               place + ".count", "Give \"count\" alone, or \"least\" and \"most\".");
      take(object, "count", place, leaf.least);
      leaf.most = leaf.least;
    }
    take(object, "prefix", place, leaf.prefix);
    take(object, "days", place, leaf.days);
    take(object, "months", place, leaf.months);
    take(object, "currency", place, leaf.currency);
    term(object, "other", place, leaf.other);
    take(object, "register", place, leaf.registerName);
    kind(object, place, leaf);
    take(object, "fileTypes", place, leaf.fileTypes);
    terms(object, place, leaf);
    choice(object, "which", place, leaf.which, whichFromName, "every, some and no");
    take(object, "ifPresent", place, leaf.ifPresent);
    take(object, "ifRegistered", place, leaf.ifRegistered);
    take(object, "ignoreCase", place, leaf.ignoreCase);
    take(object, "ignoreBlanks", place, leaf.ignoreBlanks);
    return leaf;
  }

  void unknownTest(const json::object& object, const std::string& place) {
    std::vector<std::string_view> names;
    for (const auto& test : tests()) names.push_back(test.name);
    if (!object.contains("test"))
      refuse("demand-field-missing", "There is a term, but no test of it.", place + ".test",
             "Choose among " + list(names) + ".");
    else if (object.at("test").is_string())
      refuse("demand-test-unknown", "There is no such test.", place + ".test",
             "Choose among " + list(names) + ".");
  }

  void kind(const json::object& object, const std::string& place, Leaf& leaf) {
    const bool needed = leaf.test == Test::in_register || leaf.test == Test::check_digit;
    if (object.contains("kind") != needed && testIsKnown(object))
      refuse(
          needed ? "demand-value-missing" : "demand-value-unused",
          "The test " + std::string(name(leaf.test)) + (needed ? " needs" : " has no use for") + " \"kind\".",
          place + ".kind", needed ? "Give it." : "Leave it out.");
    else if (leaf.test == Test::check_digit)
      choice(
          object, "kind", place, leaf.checkDigit, checkDigitFromName,
          "luhn, ocr, bankgiro, plusgiro, iban, gln, organisationNumber, personnummer and swedishVatNumber");
    else if (needed)
      choice(object, "kind", place, leaf.kind, registerKindFromName,
             "reference, orderNumber, costCentre and supplierAccount");
  }

  static bool testIsKnown(const json::object& object) {
    const auto* test = object.if_contains("test");
    return test && test->is_string() && testFromName(std::string_view(test->as_string())).has_value();
  }

  void terms(const json::object& object, const std::string& place, Leaf& leaf) {
    std::vector<std::string> names;
    take(object, "terms", place, names, 10);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (const auto term = document::termFromName(names[i]))
        leaf.terms.push_back(*term);
      else
        unknownTerm(place + ".terms[" + std::to_string(i) + "]");
  }
};

// k1, k2 … past those that are taken: an id that was made once is read back with its demand.
void nameTheNameless(std::vector<Demand>& demands) {
  std::set<std::string> taken;
  for (const auto& demand : demands) taken.insert(demand.id);
  int next = 1;
  for (auto& demand : demands) {
    if (!demand.id.empty()) continue;
    while (!taken.insert("k" + std::to_string(next)).second) ++next;
    demand.id = "k" + std::to_string(next);
  }
}

}  // namespace

DemandReading readDemands(const json::value& value, std::string_view root) {
  DemandReading reading;
  Reader reader(reading.problems);
  const auto* array = value.if_array();
  if (!array) {
    reader.refuse("demand-type-wrong", "It is not a list.", std::string(root), "Write a list of demands.");
    return reading;
  }
  if (array->size() > limits::demands_max) {
    reader.refuse("demand-too-many",
                  "A filter has at most " + std::to_string(limits::demands_max) + " demands.",
                  std::string(root), "Take some away, or join them.");
    return reading;
  }
  for (std::size_t i = 0; i < array->size(); ++i)
    reading.demands.push_back(reader.demand((*array)[i], std::string(root) + "[" + std::to_string(i) + "]"));
  nameTheNameless(reading.demands);
  if (reading.problems.empty()) reading.problems = problemsOf(reading.demands, root);
  return reading;
}

DemandReading parseDemands(std::string_view text, std::string_view root) {
  DemandReading reading;
  const auto refuse = [&](std::string_view code, std::string detail, std::string advice) {
    reading.problems.push_back({ProblemKind::invalid,
                                std::string(code),
                                std::move(detail),
                                std::string(root),
                                std::move(advice),
                                {}});
    return reading;
  };
  if (text.size() > text_bytes_max)
    return refuse("demand-json-invalid", "It is over 1 MiB.", "Divide it into several filters.");
  json::parse_options options;
  options.max_depth = json_depth_max;
  boost::system::error_code error;
  const auto value = json::parse(text, error, {}, options);
  if (error == json::error::too_deep)
    return refuse("demand-too-deep",
                  "Conditions nest at most " + std::to_string(limits::depth_max) + " deep.",
                  "Divide it into several demands.");
  if (error)
    return refuse("demand-json-invalid", "It is not JSON: " + error.message() + ".",
                  "Look for a missing comma or quote.");
  return readDemands(value, root);
}

Result<std::vector<Demand>> demandsFromJson(const json::value& list, std::string_view root) {
  auto reading = readDemands(list, root);
  if (reading.problems.empty()) return std::move(reading.demands);
  auto first = std::move(reading.problems.front());
  first.parameters["problems"] = std::to_string(reading.problems.size());
  return fail(std::move(first));
}

}  // namespace postgang::rules
