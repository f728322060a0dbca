// A receiver's registers and earlier documents in memory.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "rules/lookups.h"

namespace postgang::rules {

class KnownLookups : public Lookups {
 public:
  struct Entry {
    std::string registerName;
    RegisterKind kind = RegisterKind::reference;
    std::string value;
    std::optional<Date> from, to;
  };
  struct Account {
    document::Identifier supplier;
    document::PaymentAccount account;
  };
  struct Past {
    document::Identifier supplier;
    std::string number;
    Decimal amount;
    std::string currency;
    std::string chain;
    Earlier earlier;
  };
  std::vector<Entry> entries;
  std::vector<Account> accounts;
  std::vector<Past> past;
  std::optional<Problem> fault;
  mutable int asked = 0;

  Result<bool> inRegister(std::string_view registerName, RegisterKind kind, std::string_view value, Supplier,
                          Date onDate) const override {
    ++asked;
    if (fault) return fail(*fault);
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
      return entry.kind == kind && (registerName.empty() || entry.registerName == registerName) &&
             entry.value == value && (!entry.from || *entry.from <= onDate) &&
             (!entry.to || onDate <= *entry.to);
    });
  }
  Result<std::vector<document::PaymentAccount>> registeredAccounts(Supplier supplier, Date) const override {
    if (fault) return fail(*fault);
    std::vector<document::PaymentAccount> found;
    for (const auto& account : accounts)
      if (isOne(supplier, account.supplier)) found.push_back(account.account);
    return found;
  }
  Result<std::optional<Earlier>> earlier(const Repetition& repetition) const override {
    if (fault) return fail(*fault);
    for (const auto& one : past)
      if (isOne(repetition.supplier, one.supplier) && one.number == repetition.number &&
          one.amount == repetition.amount && one.currency == repetition.currency &&
          one.earlier.date >= repetition.since && (one.chain.empty() || one.chain != repetition.chain))
        return std::optional(one.earlier);
    return std::optional<Earlier>();
  }
  Result<std::vector<std::string>> suggestions(std::string_view registerName, RegisterKind kind,
                                               std::string_view prefix, std::size_t max) const override {
    std::vector<std::string> found;
    for (const auto& entry : entries)
      if (found.size() < max && entry.kind == kind && entry.value.starts_with(prefix) &&
          (registerName.empty() || entry.registerName == registerName))
        found.push_back(entry.value);
    return found;
  }

 private:
  static bool isOne(Supplier supplier, const document::Identifier& identifier) {
    return std::find(supplier.begin(), supplier.end(), identifier) != supplier.end();
  }
};

}  // namespace postgang::rules
