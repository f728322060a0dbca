#include "rules/filter.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "rules/check.h"
#include "rules/compiled.h"
#include "rules/judge.h"
#include "rules/sentence.h"
#include "rules/tests.h"

namespace postgang::rules {

using document::Term;

struct Filter::Compiled {
  std::vector<Demand> demands;
  std::vector<CompiledDemand> compiled;
  bool asks = false;
};

namespace {

std::optional<Term> firstTermOf(const Condition& condition) {
  if (condition.kind == Condition::Kind::test) return condition.leaf.term;
  const bool ifThen = condition.kind == Condition::Kind::if_then;
  for (std::size_t i = ifThen ? 1 : 0; i < condition.parts.size(); ++i)
    if (const auto term = firstTermOf(condition.parts[i])) return term;
  return std::nullopt;
}

template <typename T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// What a demand's scope is asked about, once per document.
struct Facts {
  document::Kind kind;
  std::string country;  // BT-40
  std::optional<Decimal> amount;
  std::string currency;  // of the amount

  explicit Facts(const document::BusinessDocument& document)
      : kind(document.kind()), country(document.text(Term::BT_40)) {
    const auto value = document.find(Term::BT_112);
    if (!value) return;
    amount = value->decimal();
    currency = value->qualifier.empty() ? document.currency() : value->qualifier;
  }
};

bool applies(const Scope& scope, const Facts& facts, const Context& context) {
  if (!scope.kinds.empty() && !contains(scope.kinds, facts.kind)) return false;
  if (!scope.supplierCountries.empty() && !contains(scope.supplierCountries, facts.country)) return false;
  if (scope.amountFrom || scope.amountTo) {
    if (!facts.amount || facts.currency != scope.currency) return false;
    if (scope.amountFrom && *facts.amount < *scope.amountFrom) return false;
    if (scope.amountTo && *facts.amount > *scope.amountTo) return false;
  }
  if (scope.senders == Scope::Senders::all) return true;
  const bool named = std::any_of(context.sender.begin(), context.sender.end(), [&](const auto& identifier) {
    return std::binary_search(scope.identifiers.begin(), scope.identifiers.end(), identifier);
  });
  return named == (scope.senders == Scope::Senders::only);
}

bool holdsToday(const Demand& demand, Date today) {
  return (!demand.from || *demand.from <= today) && (!demand.to || today <= *demand.to);
}

// Makes the findings of one failing demand.
class Explainer {
 public:
  Explainer(Judge& judge, const CompiledDemand& demand, std::vector<Finding>& findings)
      : judge_(judge), demand_(demand), findings_(findings), before_(findings.size()) {}

  // `condition` is false; negated: it is true and ought not to be.
  void explain(const CompiledCondition& condition, bool negated) {
    const bool conjunction = condition.kind == Condition::Kind::all;
    switch (condition.kind) {
      case Condition::Kind::test:
        return addEach(condition.leaf, negated);
      case Condition::Kind::no:
        return explain(condition.parts[0], !negated);
      case Condition::Kind::if_then:
        // «If a then b» that ought not to hold: b holds, or a does not.
        if (!negated) return explain(condition.parts[1], false);
        if (!judge_.holds(condition.parts[0])) return explain(condition.parts[0], false);
        return explain(condition.parts[1], true);
      case Condition::Kind::all:
      case Condition::Kind::any:
        if (conjunction == negated) return addOne(condition, negated);
        for (const auto& part : condition.parts)
          if (judge_.holds(part) == negated) explain(part, negated);
    }
  }

 private:
  bool isFull() const { return findings_.size() - before_ >= limits::findings_per_demand_max; }

  void addEach(const CompiledLeaf& leaf, bool negated) {
    for (const auto& fault : judge_.faults(leaf, negated)) {
      if (isFull()) return;
      findings_.push_back(made(leaf, fault, negated ? leaf.unwanted : leaf.wanted, negated));
    }
  }

  // One of several ways would do: one finding, at the first whose value is there.
  void addOne(const CompiledCondition& condition, bool negated) {
    std::vector<std::pair<const CompiledLeaf*, bool>> ways;
    gather(condition, negated, ways);
    if (ways.empty() || isFull()) return;
    auto chosen =
        std::find_if(ways.begin(), ways.end(), [&](const auto& way) { return judge_.isThere(*way.first); });
    if (chosen == ways.end()) chosen = ways.begin();
    Words wanted;
    for (const auto& [leaf, isNegated] : ways) {
      if (leaf->leaf.term != chosen->first->leaf.term) continue;
      const auto& words = isNegated ? leaf->unwanted : leaf->wanted;
      wanted.sv += (wanted.sv.empty() ? "" : " eller ") + words.sv;
      wanted.en += (wanted.en.empty() ? "" : " or ") + words.en;
    }
    const auto faults = judge_.faults(*chosen->first, chosen->second);
    findings_.push_back(made(*chosen->first, faults.front(), wanted, chosen->second));
  }

  void gather(const CompiledCondition& condition, bool negated,
              std::vector<std::pair<const CompiledLeaf*, bool>>& ways) const {
    if (condition.kind == Condition::Kind::test) ways.emplace_back(&condition.leaf, negated);
    for (std::size_t i = 0; i < condition.parts.size(); ++i) {
      const bool turned =
          condition.kind == Condition::Kind::no || (condition.kind == Condition::Kind::if_then && i == 0);
      gather(condition.parts[i], negated != turned, ways);
    }
  }

  Finding made(const CompiledLeaf& leaf, const Fault& fault, const Words& wanted, bool negated) const {
    Finding finding;
    finding.id = demand_.demand.id;
    finding.severity = demand_.demand.severity;
    finding.term = fault.term ? fault.term : leaf.leaf.term;
    finding.test = name(leaf.leaf.test);
    finding.related = fault.related;
    const auto& index = judge_.index();
    if (fault.found) {
      finding.place = fault.found->value.place;
      finding.groupPlace = index.groupPlace(*fault.found);
      finding.value = truncated(fault.found->value.text, Finding::value_codePoints_max);
    } else if (finding.term) {
      const auto group = document::info(*finding.term).group;
      finding.place = index.nearestPlace(group, fault.line);
      finding.groupPlace = index.expectedPlace(group, fault.line);
    }
    finding.messageSv = demand_.message.sv;
    finding.messageEn = demand_.message.en;
    addWanted(finding, leaf, wanted, negated);
    return finding;
  }

  void addWanted(Finding& finding, const CompiledLeaf& leaf, const Words& wanted, bool negated) const {
    finding.wantedSv = wanted.sv;
    finding.wantedEn = wanted.en;
    const bool authors = !demand_.demand.example.empty() && finding.term == demand_.exampleOf;
    if (authors)
      finding.example = demand_.demand.example;
    else if (!negated)
      finding.example = exampleFor(leaf.leaf, judge_.context().today);
    const bool saysItself = !authors && (leaf.leaf.test == Test::equals || leaf.leaf.test == Test::one_of);
    if (!finding.example.empty() && !saysItself) {
      finding.wantedSv +=
          Texts::of(Language::swedish).sentence("demand.example", {{"example", finding.example}});
      finding.wantedEn +=
          Texts::of(Language::english).sentence("demand.example", {{"example", finding.example}});
    }
    if (finding.example.empty() && !negated && finding.term && leaf.leaf.test == Test::present)
      finding.example = exampleOf(*finding.term);
  }

  Judge& judge_;
  const CompiledDemand& demand_;
  std::vector<Finding>& findings_;
  std::size_t before_;
};

Result<CompiledDemand> compileDemand(const Demand& demand) {
  CompiledDemand compiled;
  compiled.demand = demand;
  std::sort(compiled.demand.appliesTo.identifiers.begin(), compiled.demand.appliesTo.identifiers.end());
  TRY(compiled.condition, compileCondition(demand.condition));
  compiled.message.sv =
      demand.messageSv.empty() ? demandSentence(demand.condition, Language::swedish) : demand.messageSv;
  compiled.message.en =
      demand.messageEn.empty() ? demandSentence(demand.condition, Language::english) : demand.messageEn;
  compiled.exampleOf = firstTermOf(demand.condition);
  return compiled;
}

}  // namespace

Result<Filter> Filter::compile(std::vector<Demand> demands) {
  if (auto problems = problemsOf(demands); !problems.empty()) return fail(std::move(problems.front()));
  auto compiled = std::make_shared<Compiled>();
  for (const auto& demand : demands) {
    TRY(auto made, compileDemand(demand));
    compiled->asks = compiled->asks || rules::asks(made.condition);
    compiled->compiled.push_back(std::move(made));
  }
  compiled->demands = std::move(demands);
  return Filter(std::move(compiled));
}

Result<std::vector<Finding>> Filter::evaluate(const document::BusinessDocument& document,
                                              const Context& context) const {
  std::vector<Finding> findings;
  if (compiled_->compiled.empty()) return findings;
  Judge judge(document, context);
  const Facts facts(document);
  for (const auto& demand : compiled_->compiled) {
    if (!holdsToday(demand.demand, context.today) || !applies(demand.demand.appliesTo, facts, context))
      continue;
    if (!judge.holds(demand.condition) && !judge.fault())
      Explainer(judge, demand, findings).explain(demand.condition, false);
    if (judge.fault()) return fail(std::move(*judge.fault()));
  }
  return findings;
}

const std::vector<Demand>& Filter::demands() const {
  return compiled_->demands;
}

bool Filter::asks() const {
  return compiled_->asks;
}

bool stops(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::stop; });
}

bool holds(const std::vector<Finding>& findings) {
  return !stops(findings) && std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.severity == Severity::hold;
  });
}

}  // namespace postgang::rules
