#include "channels/policy.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

namespace postgang::channels {

namespace {

namespace json = boost::json;
using Who = PolicyDemand::Who;
using Verb = PolicyDemand::Verb;
using By = Policy::By;

constexpr std::array whos = {Who::everyone, Who::companies, Who::persons, Who::public_sector, Who::named};
constexpr std::array verbs = {Verb::never, Verb::only};
constexpr std::array bys = {By::price, By::speed, By::order};

tl::unexpected<Problem> malformed(std::string_view field, std::string_view wanted, std::string where) {
  Problem problem{ProblemKind::invalid,
                  "policy-malformed",
                  "It is not " + std::string(wanted) + ".",
                  std::move(where),
                  "Look how docs/api.md writes it.",
                  {}};
  problem.parameters = {{"field", std::string(field)}};
  return fail(std::move(problem));
}

// One of the names that a type has.
template <typename Each, std::size_t size>
Result<Each> named(const json::value& value, const std::array<Each, size>& all, std::string_view field,
                   const std::string& where) {
  if (const auto* text = value.if_string())
    for (const auto each : all)
      if (name(each) == std::string_view(*text)) return each;
  std::string wanted = "one of";
  for (const auto each : all) wanted += " " + std::string(name(each));
  return malformed(field, wanted, where);
}

Result<std::vector<std::string>> texts(const json::value& value, std::string_view field, std::size_t most,
                                       const std::string& where) {
  const auto* array = value.if_array();
  if (!array || array->size() > most)
    return malformed(field, "a list of at most " + std::to_string(most), where);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto* text = (*array)[i].if_string();
    if (!text || text->empty() || text->size() > 200)
      return malformed(field, "a text", where + "/" + std::to_string(i));
    if (std::ranges::find(found, std::string_view(*text)) == found.end()) found.emplace_back(*text);
  }
  return found;
}

Result<std::vector<std::string>> channelNames(const json::value& value, std::string_view field,
                                              const std::vector<std::string>& channels,
                                              const std::string& where) {
  TRY(auto found, texts(value, field, PolicyLimits::channels_max, where));
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!channels.empty() && std::ranges::find(channels, found[i]) == channels.end())
      return malformed(field, "the name of a channel", where + "/" + std::to_string(i));
  return found;
}

Result<PolicyDemand> demandFrom(const json::value& value, const std::vector<std::string>& channels,
                                const std::string& where) {
  const auto* object = value.if_object();
  if (!object) return malformed("demands", "an object", where);
  PolicyDemand demand;
  for (const auto& [key, member] : *object) {
    const std::string field(key);
    const auto at = where + "/" + truncated(field, 40);
    if (field == "who") {
      TRY(demand.who, named(member, whos, field, at));
    } else if (field == "verb") {
      TRY(demand.verb, named(member, verbs, field, at));
    } else if (field == "channels") {
      TRY(demand.channels, channelNames(member, field, channels, at));
    } else if (field == "counterparts") {
      TRY(demand.counterparts, texts(member, field, PolicyLimits::counterparts_max, at));
    } else {
      return malformed(field, "known here", at);
    }
  }
  if (demand.channels.empty())
    return malformed("channels", "a list of one channel at least", where + "/channels");
  if ((demand.who == Who::named) == demand.counterparts.empty())
    return malformed("counterparts", "there for those who are named, and for nobody else",
                     where + "/counterparts");
  return demand;
}

bool isCompany(const Recipient& recipient) {
  return !recipient.person && !(recipient.partner && recipient.partner->person);
}

std::string channelWord(const Texts& texts, std::string_view channel) {
  const auto key = "channel." + std::string(channel);
  return texts.has(key) ? std::string(texts.word(key)) : std::string(channel);
}

std::string listed(const std::vector<std::string>& words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    text += words[i];
  }
  return text;
}

std::string channelList(const Texts& texts, const std::vector<std::string>& channels, std::string_view last) {
  std::vector<std::string> words;
  for (const auto& channel : channels) words.push_back(channelWord(texts, channel));
  return listed(words, texts.word("policy." + std::string(last)));
}

// How a customer here takes what it gets is its own matter: a policy that says `network` means its system,
// too.
std::string_view asSaid(const std::vector<std::string>& channels, std::string_view channel) {
  const bool isNamed = std::ranges::find(channels, channel) != channels.end();
  return channel == "system" && !isNamed ? "network" : channel;
}

}  // namespace

std::string_view name(Who who) {
  switch (who) {
    case Who::everyone:
      return "everyone";
    case Who::companies:
      return "companies";
    case Who::persons:
      return "persons";
    case Who::public_sector:
      return "public-sector";
    case Who::named:
      return "named";
  }
  return "everyone";
}

std::string_view name(Verb verb) {
  return verb == Verb::never ? "never" : "only";
}

std::string_view name(By by) {
  return by == By::price ? "price" : by == By::speed ? "speed" : "order";
}

Result<Policy> policyFromJson(std::string_view text, const std::vector<std::string>& channels) {
  Policy policy;
  if (text.empty()) return policy;
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 6;
  const auto value =
      text.size() > PolicyLimits::json_bytes_max ? json::value() : json::parse(text, error, {}, options);
  const auto* object = error ? nullptr : value.if_object();
  if (!object) return malformed("policy", "an object", "");
  for (const auto& [key, member] : *object) {
    const std::string field(key);
    const auto where = "/" + truncated(withoutControls(field), 40);
    if (field == "by") {
      TRY(policy.by, named(member, bys, field, where));
    } else if (field == "order") {
      TRY(policy.order, channelNames(member, field, channels, where));
    } else if (field == "asks") {
      if (!member.is_bool()) return malformed(field, "true or false", where);
      policy.asks = member.get_bool();
    } else if (field == "demands") {
      const auto* array = member.if_array();
      if (!array || array->size() > PolicyLimits::demands_max)
        return malformed(field, "a list of at most " + std::to_string(PolicyLimits::demands_max), where);
      for (std::size_t i = 0; i < array->size(); ++i) {
        TRY(auto demand, demandFrom((*array)[i], channels, where + "/" + std::to_string(i)));
        policy.demands.push_back(std::move(demand));
      }
    } else {
      return malformed(field, "known here", where);
    }
  }
  if (policy.by == By::order && policy.order.empty())
    return malformed("order", "a list of one channel at least", "/order");
  return policy;
}

Policy policyOf(std::string_view kept) {
  return policyFromJson(kept, {}).value_or(Policy());
}

std::string policyToJson(const Policy& policy) {
  if (policy == Policy()) return {};
  const auto list = [](const std::vector<std::string>& all) { return json::array(all.begin(), all.end()); };
  json::array demands;
  for (const auto& demand : policy.demands) {
    json::object object = {
        {"who", name(demand.who)}, {"verb", name(demand.verb)}, {"channels", list(demand.channels)}};
    if (!demand.counterparts.empty()) object["counterparts"] = list(demand.counterparts);
    demands.push_back(std::move(object));
  }
  return json::serialize(json::object{{"by", name(policy.by)},
                                      {"order", list(policy.order)},
                                      {"demands", std::move(demands)},
                                      {"asks", policy.asks}});
}

bool isPublicSector(const Recipient& recipient) {
  return isCompany(recipient) &&
         std::ranges::any_of(recipient.identifiers,
                             [](const std::string& identifier) { return identifier.starts_with("0007:2"); });
}

bool applies(const PolicyDemand& demand, const Recipient& recipient) {
  switch (demand.who) {
    case Who::everyone:
      return true;
    case Who::companies:
      return isCompany(recipient);
    case Who::persons:
      return !isCompany(recipient);
    case Who::public_sector:
      return isPublicSector(recipient);
    case Who::named:
      break;
  }
  const auto isNamed = [&](const std::string& identifier) {
    return std::ranges::find(demand.counterparts, identifier) != demand.counterparts.end();
  };
  return std::ranges::any_of(recipient.identifiers, isNamed) ||
         (recipient.partner && isNamed(recipient.partner->identifier)) ||
         (!recipient.customerNumber.empty() && isNamed("customer:" + recipient.customerNumber));
}

const PolicyDemand* keptFrom(const Policy& policy, const Recipient& recipient, std::string_view channel) {
  for (const auto& demand : policy.demands) {
    const auto said = asSaid(demand.channels, channel);
    const bool says = std::ranges::find(demand.channels, said) != demand.channels.end();
    if (says == (demand.verb == Verb::never) && applies(demand, recipient)) return &demand;
  }
  return nullptr;
}

std::vector<Candidate> arranged(const Policy& policy, const Recipient& recipient,
                                std::vector<Candidate> candidates) {
  const auto placeIn = [](const std::vector<std::string>& order, const std::string& channel) {
    return std::ranges::find(order, asSaid(order, channel)) - order.begin();
  };
  // What costs nobody knows how much goes behind what has a price.
  const auto cheaper = [](const Candidate& a, const Candidate& b) {
    if (a.price.has_value() != b.price.has_value()) return a.price.has_value();
    return a.price && *a.price < *b.price;
  };
  std::ranges::stable_sort(candidates, cheaper);
  if (policy.by == By::speed) std::ranges::stable_sort(candidates, {}, &Candidate::typicalHours);
  if (policy.by == By::order)
    std::ranges::stable_sort(candidates, {},
                             [&](const auto& each) { return placeIn(policy.order, each.channel); });
  if (recipient.partner)
    std::ranges::stable_sort(
        candidates, {}, [&](const auto& each) { return placeIn(recipient.partner->channels, each.channel); });
  return candidates;
}

std::vector<std::string> policySentences(const Policy& policy, Language language,
                                         const std::map<std::string, std::string>& nameOf) {
  const auto& texts = Texts::of(language);
  std::vector<std::string> sentences;
  sentences.push_back(texts.sentence("policy.by." + std::string(name(policy.by)),
                                     {{"channels", channelList(texts, policy.order, "then")}}));
  for (const auto& demand : policy.demands) {
    std::vector<std::string> names;
    for (const auto& identifier : demand.counterparts) {
      const auto found = nameOf.find(identifier);
      names.push_back(found == nameOf.end() || found->second.empty() ? identifier : found->second);
    }
    sentences.push_back(
        texts.sentence("policy." + std::string(name(demand.verb)) + "." + std::string(name(demand.who)),
                       {{"channels", channelList(texts, demand.channels, "or")},
                        {"names", listed(names, texts.word("policy.and"))}}));
  }
  sentences.push_back(texts.sentence(policy.asks ? "policy.asks" : "policy.next", {}));
  return sentences;
}

}  // namespace postgang::channels
