// One document before the compiled demands: which leaves hold, and where a failing one fails. For the files
// of this folder only.
//
// A lookup that gives a Problem ends the judging: fault() is then set and no answer counts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "document/payment.h"
#include "rules/compiled.h"
#include "rules/filter.h"
#include "rules/term_index.h"

namespace postgang::rules {

// A place where a leaf fails (or, negated, holds).
struct Fault {
  const Occurrence* found = nullptr;  // null: absent
  std::uint32_t line = 0;
  std::optional<document::Term> term;  // where it is not the leaf's own
  std::string related;
};

class Judge {
 public:
  Judge(const document::BusinessDocument& document, const Context& context)
      : document_(document), context_(context), index_(document) {}

  bool holds(const CompiledCondition& condition);
  bool holds(const CompiledLeaf& leaf);
  // Where it fails, in the order of the document; negated: where it holds. At least one.
  std::vector<Fault> faults(const CompiledLeaf& leaf, bool negated);
  // The leaf has a value to look at.
  bool isThere(const CompiledLeaf& leaf) const;

  const TermIndex& index() const { return index_; }
  const document::BusinessDocument& document() const { return document_; }
  const Context& context() const { return context_; }
  std::optional<Problem>& fault() { return fault_; }

 private:
  using Values = std::span<const Occurrence>;
  bool meets(const CompiledLeaf& leaf, const Occurrence& occurrence);
  bool meetsText(const CompiledLeaf& leaf, std::string_view text);
  bool meetsNumber(const CompiledLeaf& leaf, const document::Value& value) const;
  bool meetsDate(const CompiledLeaf& leaf, const Occurrence& occurrence) const;
  bool meetsOther(const CompiledLeaf& leaf, const Occurrence& occurrence) const;
  bool meetsRegister(const CompiledLeaf& leaf, std::string_view text);
  const Occurrence* otherOf(const Leaf& leaf, const Occurrence& occurrence) const;
  bool unitMeets(const CompiledLeaf& leaf, Values values);  // one line, or the document
  template <typename Visit>
  void forEachLine(const CompiledLeaf& leaf, const Visit& visit);  // visit(line, values): false ends it
  bool lineHas(const Leaf& leaf, std::uint32_t line) const;
  bool linesHold(const CompiledLeaf& leaf);
  bool valuesHold(const CompiledLeaf& leaf);

  bool hasAttachment(const Leaf& leaf);
  bool paidToRegistered(const Leaf& leaf);
  bool isNotRepeated(const Leaf& leaf);
  bool canAsk();
  template <typename T>
  std::optional<T> answer(Result<T> result);

  void addLineFaults(const CompiledLeaf& leaf, bool negated, std::vector<Fault>& faults);
  void addValueFaults(const CompiledLeaf& leaf, bool negated, std::vector<Fault>& faults);

  const document::BusinessDocument& document_;
  const Context& context_;
  TermIndex index_;
  std::optional<Problem> fault_;
  std::optional<document::Payment> payment_;
  std::map<std::string, bool> asked_;  // of registers: lines often name the same cost centre
  std::string unregistered_;           // the account that was not the supplier's
  std::optional<Earlier> earlier_;
};

bool hasCheckDigit(CheckDigit kind, std::string_view text);

}  // namespace postgang::rules
