#include "rules/sentence.h"

#include <algorithm>

#include "rules/phrases.h"

namespace postgang::rules {

namespace {

constexpr std::size_t senders_named_max = 5;

using Negatable = std::pair<const Condition*, bool>;

// What has been said of a condition: one clause, or several joined.
struct Said {
  bool single = true;
  Clause clause;
  std::string text;     // of several
  bool joined = false;  // has «och» or «eller» of its own
};

// Negation is carried down to the tests, so that nothing reads «det gäller inte att».
class Speaker {
 public:
  explicit Speaker(Language language) : phrases_(language) {}

  Said say(const Condition& condition, bool negated, Form form) const {
    switch (condition.kind) {
      case Condition::Kind::test:
        return {true, phrases_.clause(condition.leaf, negated, form), {}, false};
      case Condition::Kind::no:
        return say(condition.parts[0], !negated, form);
      case Condition::Kind::if_then:
        if (form == Form::must && !negated) return ifThen(condition.parts[0], condition.parts[1]);
        // «If a then b» is «not a, or b».
        return joined({{&condition.parts[0], !negated}, {&condition.parts[1], negated}}, negated, form);
      case Condition::Kind::all:
      case Condition::Kind::any: {
        const bool isAll = (condition.kind == Condition::Kind::all) != negated;
        std::vector<Negatable> parts;
        gather(condition, negated, isAll, parts);
        if (parts.size() == 1) return say(*parts[0].first, parts[0].second, form);
        return joined(parts, isAll, form);
      }
    }
    return {};
  }

  std::string text(const Said& said) const {
    return said.single ? said.clause.subject + " " + said.clause.predicate + said.clause.tail : said.text;
  }

  const Phrases& phrases() const { return phrases_; }

 private:
  // The parts of an «and» within an «and» are its own.
  void gather(const Condition& condition, bool negated, bool isAll, std::vector<Negatable>& parts) const {
    const bool group = condition.kind == Condition::Kind::all || condition.kind == Condition::Kind::any;
    if (condition.kind == Condition::Kind::no) return gather(condition.parts[0], !negated, isAll, parts);
    if (!group || ((condition.kind == Condition::Kind::all) != negated) != isAll) {
      parts.emplace_back(&condition, negated);
      return;
    }
    for (const auto& part : condition.parts) gather(part, negated, isAll, parts);
  }

  Said joined(const std::vector<Negatable>& parts, bool isAll, Form form) const {
    std::vector<Said> said;
    for (const auto& [condition, negated] : parts) said.push_back(say(*condition, negated, form));
    const auto connective = phrases_.say(isAll ? "and" : "or");
    if (auto merged = sameSubject(said, connective, isAll, form)) return *merged;
    if (auto merged = samePredicate(said, connective, isAll, form)) return *merged;
    const bool simple =
        std::none_of(said.begin(), said.end(), [](const Said& s) { return s.joined || !s.single; });
    std::vector<std::string> texts;
    for (const auto& one : said) texts.push_back(one.single ? text(one) : "(" + text(one) + ")");
    std::string whole;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const bool last = i + 1 == texts.size();
      whole += (i == 0 ? "" : last ? (simple ? "" : ",") + connective : ", ") + texts[i];
    }
    return {false, {}, whole, true};
  }

  static bool allSingle(const std::vector<Said>& said) {
    return std::all_of(said.begin(), said.end(), [](const Said& one) { return one.single && !one.joined; });
  }

  // «Ordernumret ska ha åtta siffror och finnas i registret»
  std::optional<Said> sameSubject(const std::vector<Said>& said, const std::string& connective, bool isAll,
                                  Form form) const {
    const std::string modal = phrases_.language() == Language::swedish ? "ska " : "must ";
    if (!allSingle(said)) return std::nullopt;
    std::vector<std::string> predicates;
    for (const auto& one : said) {
      auto predicate = one.clause.predicate;
      if (one.clause.subject != said[0].clause.subject || one.clause.tail != said[0].clause.tail)
        return std::nullopt;
      if (phrases_.isNegative(predicate) ||
          (!isAll && predicate.find(phrases_.say("and")) != std::string::npos))
        return std::nullopt;
      if (form == Form::must && !predicate.starts_with(modal)) return std::nullopt;
      predicates.push_back(form == Form::must && &one != &said[0] ? predicate.substr(modal.size())
                                                                  : predicate);
    }
    Clause clause{said[0].clause.subject, phrases_.listed(predicates, connective), said[0].clause.tail};
    return Said{true, std::move(clause), {}, true};
  }

  // «Er referens eller ordernumret ska finnas»
  std::optional<Said> samePredicate(const std::vector<Said>& said, const std::string& connective, bool isAll,
                                    Form form) const {
    if (!allSingle(said)) return std::nullopt;
    const bool plural = phrases_.language() == Language::english && isAll && form == Form::is;
    if (plural || phrases_.isNegative(said[0].clause.predicate)) return std::nullopt;
    std::vector<std::string> subjects;
    for (const auto& one : said) {
      if (one.clause.predicate != said[0].clause.predicate || one.clause.tail != said[0].clause.tail)
        return std::nullopt;
      subjects.push_back(one.clause.subject);
    }
    return Said{true,
                {phrases_.listed(subjects, connective), said[0].clause.predicate, said[0].clause.tail},
                {},
                true};
  }

  Said ifThen(const Condition& when, const Condition& then) const {
    const auto condition = text(say(when, false, Form::is));
    const auto demand = say(then, false, Form::must);
    const char* key = demand.single ? "ifThen" : "ifThenMany";
    const auto rest = demand.single ? inverted(demand.clause) : demand.text;
    return {false, {}, phrases_.say(key, {{"if", condition}, {"then", rest}}), true};
  }

  // «… ska ordernumret finnas»: after a subordinate clause Swedish puts the verb first.
  std::string inverted(const Clause& clause) const {
    if (phrases_.language() == Language::english)
      return clause.subject + " " + clause.predicate + clause.tail;
    const auto blank = std::min(clause.predicate.find(' '), clause.predicate.size());
    return clause.predicate.substr(0, blank) + " " + clause.subject + clause.predicate.substr(blank) +
           clause.tail;
  }

  Phrases phrases_;
};

std::string senderName(const Phrases& phrases, const document::Identifier& identifier,
                       const SenderNames& names) {
  if (const auto known = names.find(identifier.text()); known != names.end()) return known->second;
  if (identifier.scheme != "0007") return identifier.text();
  return phrases.say("scope.organisation", {{"number", document::shownOrganisationNumber(identifier.value)}});
}

std::string senders(const Phrases& phrases, const Scope& scope, const SenderNames& names) {
  std::vector<std::string> named;
  const auto count = std::min(scope.identifiers.size(), senders_named_max);
  for (std::size_t i = 0; i < count; ++i) named.push_back(senderName(phrases, scope.identifiers[i], names));
  if (scope.identifiers.size() > count)
    named.push_back(
        phrases.say("scope.manySenders", {{"count", std::to_string(scope.identifiers.size() - count)}}));
  return phrases.listed(named, phrases.say("and"));
}

std::string kinds(const Phrases& phrases, const Scope& scope) {
  std::vector<std::string> named;
  for (const auto kind : scope.kinds)
    named.push_back(phrases.say("kind." + std::string(document::name(kind))));
  return phrases.listed(named, phrases.say("and"));
}

std::string amounts(const Phrases& phrases, const Scope& scope) {
  const auto shown = [&](const std::optional<Decimal>& value) {
    return phrases.amount(value->text(), scope.currency);
  };
  if (scope.amountFrom && scope.amountTo)
    return phrases.say("scope.amountBetween",
                       {{"from", shown(scope.amountFrom)}, {"to", shown(scope.amountTo)}});
  if (scope.amountFrom) return phrases.say("scope.amountFrom", {{"amount", shown(scope.amountFrom)}});
  if (scope.amountTo) return phrases.say("scope.amountTo", {{"amount", shown(scope.amountTo)}});
  return {};
}

std::string scopeSentence(const Phrases& phrases, const Demand& demand, const SenderNames& names) {
  const auto& scope = demand.appliesTo;
  std::string more;
  std::vector<std::string> countries;
  for (const auto& country : scope.supplierCountries)
    countries.push_back(phrases.knows("country." + country) ? phrases.say("country." + country) : country);
  if (!countries.empty())
    more += phrases.say("scope.countries", {{"countries", phrases.listed(countries, phrases.say("or"))}});
  if (demand.from) more += phrases.say("scope.from", {{"date", demand.from->text()}});
  if (demand.to) more += phrases.say("scope.to", {{"date", demand.to->text()}});
  auto key = std::string(name(scope.senders));
  const auto amount = amounts(phrases, scope);
  std::string what;
  if (!scope.kinds.empty() || !amount.empty()) {
    what = (scope.kinds.empty() ? phrases.say("scope.anyKind") : kinds(phrases, scope)) + amount;
    key = "kinds" + withCapital(key);
  }
  return phrases.say("scope." + key,
                     {{"senders", senders(phrases, scope, names)}, {"kinds", what}, {"more", more}});
}

}  // namespace

std::string demandSentence(const Condition& condition, Language language) {
  const Speaker speaker(language);
  return withCapital(speaker.text(speaker.say(condition, false, Form::must))) + ".";
}

std::string sentence(const Demand& demand, Language language, const SenderNames& names) {
  const Phrases phrases(language);
  const auto what =
      demand.appliesTo.kinds.empty() ? phrases.say("kind.invoice") : kinds(phrases, demand.appliesTo);
  return demandSentence(demand.condition, language) + " " + scopeSentence(phrases, demand, names) + " " +
         phrases.say("severity." + std::string(name(demand.severity)), {{"what", withCapital(what)}});
}

std::string wanted(const Leaf& leaf, bool negated, Language language) {
  return Phrases(language).wanted(leaf, negated);
}

}  // namespace postgang::rules
