#include <boost/json.hpp>

#include "rules/demand_json.h"

namespace postgang::rules {

namespace json = boost::json;

namespace {

void put(json::object& object, std::string_view field, const std::string& text) {
  if (!text.empty()) object[field] = text;
}
void put(json::object& object, std::string_view field, bool flag) {
  if (flag) object[field] = true;
}
void put(json::object& object, std::string_view field, const std::optional<int>& number) {
  if (number) object[field] = *number;
}
void put(json::object& object, std::string_view field, const std::vector<std::string>& texts) {
  if (!texts.empty()) object[field] = json::array(texts.begin(), texts.end());
}
void put(json::object& object, std::string_view field, const std::optional<document::Term>& term) {
  if (term) object[field] = document::name(*term);
}

void putLeaf(json::object& object, const Leaf& leaf) {
  put(object, "term", leaf.term);
  object["test"] = name(leaf.test);
  put(object, "value", leaf.value);
  put(object, "values", leaf.values);
  if (leaf.least && leaf.least == leaf.most) {
    put(object, "count", leaf.least);
  } else {
    put(object, "least", leaf.least);
    put(object, "most", leaf.most);
  }
  put(object, "prefix", leaf.prefix);
  put(object, "days", leaf.days);
  put(object, "months", leaf.months);
  put(object, "currency", leaf.currency);
  put(object, "other", leaf.other);
  if (leaf.test == Test::in_register) object["kind"] = name(leaf.kind);
  if (leaf.test == Test::check_digit) object["kind"] = name(leaf.checkDigit);
  put(object, "register", leaf.registerName);
  put(object, "fileTypes", leaf.fileTypes);
  if (!leaf.terms.empty()) {
    json::array terms;
    for (const auto term : leaf.terms) terms.emplace_back(document::name(term));
    object["terms"] = std::move(terms);
  }
  if (leaf.which != Which::every) object["which"] = name(leaf.which);
  put(object, "ifPresent", leaf.ifPresent);
  put(object, "ifRegistered", leaf.ifRegistered);
  put(object, "ignoreCase", leaf.ignoreCase);
  put(object, "ignoreBlanks", leaf.ignoreBlanks);
}

void putCondition(json::object& object, const Condition& condition) {
  const auto made = [](const Condition& part) {
    json::object inner;
    putCondition(inner, part);
    return inner;
  };
  switch (condition.kind) {
    case Condition::Kind::test:
      return putLeaf(object, condition.leaf);
    case Condition::Kind::no:
      object["not"] = made(condition.parts[0]);
      return;
    case Condition::Kind::if_then:
      object["if"] = made(condition.parts[0]);
      object["then"] = made(condition.parts[1]);
      return;
    case Condition::Kind::all:
    case Condition::Kind::any: {
      json::array parts;
      for (const auto& part : condition.parts) parts.push_back(made(part));
      object[condition.kind == Condition::Kind::all ? "all" : "any"] = std::move(parts);
    }
  }
}

json::object scopeShape(const Scope& scope) {
  json::object object;
  if (scope.senders != Scope::Senders::all) {
    json::array senders;
    for (const auto& identifier : scope.identifiers) senders.emplace_back(identifier.text());
    object[scope.senders == Scope::Senders::only ? "senders" : "notSenders"] = std::move(senders);
  }
  if (!scope.kinds.empty()) {
    json::array kinds;
    for (const auto kind : scope.kinds) kinds.emplace_back(document::name(kind));
    object["kinds"] = std::move(kinds);
  }
  if (scope.amountFrom) object["amountFrom"] = scope.amountFrom->text();
  if (scope.amountTo) object["amountTo"] = scope.amountTo->text();
  put(object, "currency", scope.currency);
  put(object, "supplierCountries", scope.supplierCountries);
  return object;
}

}  // namespace

json::object toJson(const Demand& demand) {
  json::object object;
  object["id"] = demand.id;
  put(object, "name", demand.name);
  putCondition(object, demand.condition);
  object["severity"] = name(demand.severity);
  if (auto scope = scopeShape(demand.appliesTo); !scope.empty()) object["appliesTo"] = std::move(scope);
  if (demand.from) object["from"] = demand.from->text();
  if (demand.to) object["to"] = demand.to->text();
  if (!demand.messageSv.empty() || !demand.messageEn.empty()) {
    json::object message;
    put(message, "sv", demand.messageSv);
    put(message, "en", demand.messageEn);
    object["message"] = std::move(message);
  }
  put(object, "example", demand.example);
  return object;
}

json::array toJson(const std::vector<Demand>& demands) {
  json::array list;
  for (const auto& demand : demands) list.push_back(toJson(demand));
  return list;
}

}  // namespace postgang::rules
