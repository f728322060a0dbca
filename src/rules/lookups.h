// What a demand asks of the receiver's registers and of documents that came before. The flow answers it from
// the store; tests from memory (tests/rules/lookups.h).
//
// A Problem (the store does not answer) is passed on by Filter::evaluate: what could not be asked never
// passes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/problem.h"
#include "base/time.h"
#include "document/identifiers.h"
#include "document/payment.h"
#include "rules/demand.h"

namespace postgang::rules {

using Supplier = std::span<const document::Identifier>;  // any of them may be what the register knows

// What a document is looked for by among earlier ones.
struct Repetition {
  Supplier supplier;
  std::string_view number;  // BT-1
  Decimal amount;           // BT-112
  std::string_view currency;
  Date since;  // received on this day or later
  std::string_view
      chain;  // the chain of versions (its root) that this document belongs to: never its own duplicate
};

struct Earlier {
  std::string document;  // its id
  std::string number;
  Date date;  // when it came
};

class Lookups {
 public:
  virtual ~Lookups() = default;
  // Is the value valid on that day in the receiver's register of that kind? `registerName` "" is any of that
  // kind. How case and blanks fold is the register's own matter.
  virtual Result<bool> inRegister(std::string_view registerName, RegisterKind kind, std::string_view value,
                                  Supplier supplier, Date onDate) const = 0;
  // The payment accounts registered for the supplier, valid on that day; only kind and number matter.
  virtual Result<std::vector<document::PaymentAccount>> registeredAccounts(Supplier supplier,
                                                                           Date onDate) const = 0;
  virtual Result<std::optional<Earlier>> earlier(const Repetition& repetition) const = 0;
  // Values that begin with the prefix, for whoever corrects, where the receiver allows it; else none.
  virtual Result<std::vector<std::string>> suggestions(std::string_view registerName, RegisterKind kind,
                                                       std::string_view prefix, std::size_t max) const = 0;
};

}  // namespace postgang::rules
