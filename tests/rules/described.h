// Documents and registers as the data files describe them:
//
//   {"kind": "invoice", "BT-13": "45123456", "BT-112": "12500.00 [SEK]", "BG-25": [{"BT-155": "A-1"}, {}]}
//
// A term finds its group by itself; groups are named where there are several. What stands in brackets is the
// qualifier, what follows it the version (a file's name).
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "document/business_document.h"
#include "tests/rules/lookups.h"

namespace postgang::rules {

inline std::string textOf(const boost::json::value& value) {
  return std::string(value.as_string());
}

inline std::vector<document::Group> chainTo(document::Group group, document::Group within) {
  std::vector<document::Group> chain;
  for (; group != within && group != document::Group::BG_0; group = document::info(group).parent)
    chain.insert(chain.begin(), group);
  return chain;
}

inline void addDescribed(document::Builder& builder, document::Term term, document::Group within,
                         const std::string& described) {
  const auto chain = chainTo(document::info(term).group, within);
  for (const auto group : chain) builder.enter(group);
  const auto open = described.find(" ["), close = described.find(']', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos)
    builder.add(term, described);
  else
    builder.add(term, described.substr(0, open), described.substr(open + 2, close - open - 2),
                close + 2 < described.size() ? described.substr(close + 2) : "");
  for (std::size_t i = 0; i < chain.size(); ++i) builder.end();
}

inline void addDescribed(document::Builder& builder, const boost::json::object& description,
                         document::Group within) {
  for (const auto& [key, value] : description) {
    if (const auto term = document::termFromName(key)) {
      if (value.is_string())
        addDescribed(builder, *term, within, textOf(value));
      else
        for (const auto& one : value.as_array()) addDescribed(builder, *term, within, textOf(one));
    } else if (const auto group = document::groupFromName(key)) {
      const auto chain = chainTo(document::info(*group).parent, within);
      for (const auto outer : chain) builder.enter(outer);
      for (const auto& one : value.as_array()) {
        builder.begin(*group);
        addDescribed(builder, one.as_object(), *group);
        builder.end();
      }
      for (std::size_t i = 0; i < chain.size(); ++i) builder.end();
    }
  }
}

inline document::BusinessDocument described(const boost::json::object& description) {
  const auto* kind = description.if_contains("kind");
  document::Builder builder(kind ? *document::kindFromName(textOf(*kind)) : document::Kind::invoice);
  addDescribed(builder, description, document::Group::BG_0);
  return std::move(builder).build();
}

inline document::Identifier identifier(const std::string& text) {
  return document::parseIdentifier(text).value();
}

inline KnownLookups describedLookups(const boost::json::object& description) {
  KnownLookups lookups;
  const auto text = [](const boost::json::object& object, std::string_view field) {
    return object.contains(field) ? textOf(object.at(field)) : std::string();
  };
  const auto list = [&](std::string_view field) {
    return description.contains(field) ? description.at(field).as_array() : boost::json::array();
  };
  for (const auto& value : list("registers")) {
    const auto& object = value.as_object();
    lookups.entries.push_back({text(object, "name"), *registerKindFromName(text(object, "kind")),
                               text(object, "value"), Date::parse(text(object, "from")),
                               Date::parse(text(object, "to"))});
  }
  for (const auto& value : list("accounts")) {
    const auto& object = value.as_object();
    document::PaymentAccount account;
    account.kind = text(object, "kind") == "iban"       ? document::AccountKind::iban
                   : text(object, "kind") == "plusgiro" ? document::AccountKind::plusgiro
                                                        : document::AccountKind::bankgiro;
    account.number = text(object, "number");
    lookups.accounts.push_back({identifier(text(object, "supplier")), account});
  }
  for (const auto& value : list("earlier")) {
    const auto& object = value.as_object();
    lookups.past.push_back(
        {identifier(text(object, "supplier")),
         text(object, "number"),
         *Decimal::parse(text(object, "amount")),
         text(object, "currency"),
         text(object, "chain"),
         {text(object, "document"), text(object, "number"), *Date::parse(text(object, "date"))}});
  }
  return lookups;
}

}  // namespace postgang::rules
