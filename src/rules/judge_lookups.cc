// The tests that look beyond the terms: attachments, and what registers and earlier documents say.
#include <algorithm>

#include "base/text.h"
#include "rules/judge.h"

namespace postgang::rules {

using document::AccountKind;
using document::PaymentAccount;
using document::Term;

namespace {

// "pdf" of a type or a file name: "application/pdf", "Tidrapport.PDF".
bool isOfType(const document::BusinessDocument::Attachment& attachment, std::string_view type) {
  const auto wanted = lowered(trimmed(type));
  const auto mime = lowered(attachment.mimeCode);
  if (wanted.find('/') != std::string::npos) return mime == wanted;
  const auto name = lowered(attachment.fileName);
  const auto bare = wanted.starts_with(".") ? wanted.substr(1) : wanted;
  return name.ends_with("." + bare) || mime.ends_with("/" + bare);
}

bool isGiro(AccountKind kind) {
  return kind == AccountKind::bankgiro || kind == AccountKind::plusgiro;
}

// An account whose kind the invoice does not tell is the registered one where its digits are.
bool sameAccount(const PaymentAccount& onInvoice, const PaymentAccount& registered) {
  const auto plain = [](const PaymentAccount& account) {
    auto number = lowered(account.number);
    std::erase_if(number, [](char c) { return c == ' ' || c == '-'; });
    return number;
  };
  const bool kinds =
      onInvoice.kind == registered.kind || (onInvoice.kind == AccountKind::other && isGiro(registered.kind));
  return kinds && !onInvoice.number.empty() && plain(onInvoice) == plain(registered);
}

}  // namespace

bool Judge::hasAttachment(const Leaf& leaf) {
  const auto attachments = document_.attachments();
  return std::any_of(attachments.begin(), attachments.end(), [&](const auto& attachment) {
    return attachment.size > 0 && (leaf.fileTypes.empty() ||
                                   std::any_of(leaf.fileTypes.begin(), leaf.fileTypes.end(),
                                               [&](const auto& type) { return isOfType(attachment, type); }));
  });
}

bool Judge::canAsk() {
  if (!context_.lookups && !fault_)
    fault_ = Problem{ProblemKind::internal,
                     "lookups-missing",
                     "The filter asks registers, and none were given.",
                     {},
                     "Report it.",
                     {}};
  return !fault_;
}

template <typename T>
std::optional<T> Judge::answer(Result<T> result) {
  if (result) return std::move(*result);
  fault_ = std::move(result.error());
  return std::nullopt;
}

bool Judge::meetsRegister(const CompiledLeaf& leaf, std::string_view text) {
  if (!canAsk()) return false;
  std::string key(name(leaf.leaf.kind));
  key.append("\n").append(leaf.leaf.registerName).append("\n").append(text);
  if (const auto known = asked_.find(key); known != asked_.end()) return known->second;
  const auto found = answer(context_.lookups->inRegister(leaf.leaf.registerName, leaf.leaf.kind, text,
                                                         context_.sender, context_.today));
  if (!found) return false;
  asked_.emplace(std::move(key), *found);
  return *found;
}

bool Judge::paidToRegistered(const Leaf& leaf) {
  if (!payment_) payment_ = document::paymentOf(document_);
  if (payment_->accounts.empty()) return leaf.ifPresent;
  if (!canAsk()) return false;
  const auto registered = answer(context_.lookups->registeredAccounts(context_.sender, context_.today));
  if (!registered) return false;
  if (registered->empty() && leaf.ifRegistered) return true;
  for (const auto& account : payment_->accounts) {
    const auto same = [&](const PaymentAccount& known) { return sameAccount(account, known); };
    if (std::any_of(registered->begin(), registered->end(), same)) continue;
    unregistered_ = account.shown;
    return false;
  }
  return true;
}

bool Judge::isNotRepeated(const Leaf& leaf) {
  const auto number = document_.text(Term::BT_1);
  const auto amount = document_.decimal(Term::BT_112);
  if (number.empty() || !amount) return true;  // that they are missing is another demand's matter
  if (!canAsk()) return false;
  const auto earlier = answer(
      context_.lookups->earlier({context_.sender, number, *amount, document_.currency(),
                                 context_.today.plusMonths(-leaf.months.value_or(12)), context_.chain}));
  if (!earlier) return false;
  if (*earlier) earlier_ = **earlier;
  return !*earlier;
}

}  // namespace postgang::rules
