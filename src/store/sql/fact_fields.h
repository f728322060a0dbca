// Every field of every fact once, in the order in which it is written. Encoding, decoding and cleaning all go
// through this list, so a field cannot be written and forgotten when read.
#pragma once

#include <concepts>
#include <type_traits>

#include "store/documents.h"

namespace postgang::store::sql {

template <typename T, typename Of>
concept Is = std::same_as<std::remove_const_t<T>, Of>;

template <typename V>
void fields(V& visit, Is<Actor> auto& actor) {
  visit("kind", actor.kind);
  visit("id", actor.id);
  visit("name", actor.name);
}

template <typename V>
void fields(V& visit, Is<ChangeFact> auto& change) {
  visit("term", change.term);
  visit("place", change.place);
  visit("before", change.before);
  visit("after", change.after);
}

template <typename V>
void fields(V& visit, Is<ReceivedFact> auto& fact) {
  visit("sender", fact.sender);
  visit("door", fact.door);
  visit("fileName", fact.fileName);
  visit("mediaType", fact.mediaType);
  visit("digest", fact.digest);
  visit("size", fact.size);
  visit("supersedes", fact.supersedes);
  visit("predecessorHead", fact.predecessorHead);
  visit("changes", fact.changes);
  visit("reason", fact.reason);
  visit("channel", fact.channel);
}

template <typename V>
void fields(V& visit, Is<PartyFact> auto& party) {
  visit("identifier", party.identifier);
  visit("name", party.name);
  visit("customerNumber", party.customerNumber);
  visit("person", party.person);
  visit("email", party.email);
}

template <typename V>
void fields(V& visit, Is<RecognisedFact> auto& fact) {
  visit("format", fact.format);
  visit("kind", fact.kind);
  visit("number", fact.number);
  visit("issueDate", fact.issueDate);
  visit("dueDate", fact.dueDate);
  visit("amount", fact.amount);
  visit("currency", fact.currency);
  visit("seller", fact.seller);
  visit("buyer", fact.buyer);
  visit("orderReference", fact.orderReference);
  visit("buyerReference", fact.buyerReference);
  visit("paymentReference", fact.paymentReference);
  visit("customerNumber", fact.customerNumber);
  visit("precedingNumbers", fact.precedingNumbers);
  visit("accounts", fact.accounts);
  visit("searchText", fact.searchText);
  visit("keyOwner", fact.keyOwner);
  visit("key", fact.key);
}

template <typename V>
void fields(V& visit, Is<FindingFact> auto& finding) {
  visit("id", finding.id);
  visit("severity", finding.severity);
  visit("term", finding.term);
  visit("place", finding.place);
  visit("value", finding.value);
  visit("detail", finding.detail);
  visit("advice", finding.advice);
  visit("parameters", finding.parameters);
}

template <typename V>
void fields(V& visit, Is<StoppedFact> auto& fact) {
  visit("findings", fact.findings);
  visit("repeats", fact.repeats);
  visit("receiver", fact.receiver);
}

template <typename V>
void fields(V& visit, Is<PlanStep> auto& step) {
  visit("channel", step.channel);
  visit("reachable", step.reachable);
  visit("price", step.price);
  visit("currency", step.currency);
  visit("reason", step.reason);
}

template <typename V>
void fields(V& visit, Is<RegisterFact> auto& fact) {
  visit("name", fact.name);
  visit("answer", fact.answer);
  visit("askedAt", fact.askedAt);
}

template <typename V>
void fields(V& visit, Is<RoutedFact> auto& fact) {
  visit("plan", fact.plan);
  visit("receiver", fact.receiver);
  visit("registers", fact.registers);
  visit("by", fact.by);
  visit("asks", fact.asks);
}

template <typename V>
void fields(V& visit, Is<RecipientFact> auto& recipient) {
  visit("address", recipient.address);
  visit("sentDigest", recipient.sentDigest);
}

template <typename V>
void fields(V& visit, Is<PartFact> auto& part) {
  visit("name", part.name);
  visit("exempt", part.exempt);
}

template <typename V>
void fields(V& visit, Is<DeliveryFact> auto& fact) {
  visit("delivery", fact.delivery);
  visit("channel", fact.channel);
  visit("attempt", fact.attempt);
  visit("address", fact.address);
  visit("evidence", fact.evidence);
  visit("detail", fact.detail);
  visit("sentDigest", fact.sentDigest);
  visit("price", fact.price);
  visit("currency", fact.currency);
  visit("receiver", fact.receiver);
  visit("deadline", fact.deadline);
  visit("recipients", fact.recipients);
  visit("parts", fact.parts);
  visit("batch", fact.batch);
  visit("sheets", fact.sheets);
  visit("letterPrice", fact.letterPrice);
  visit("wire", fact.wire);
  visit("reference", fact.reference);
}

template <typename V>
void fields(V& visit, Is<AnswerFact> auto& fact) {
  visit("code", fact.code);
  visit("words", fact.words);
  visit("reasons", fact.reasons);
  visit("since", fact.since);
  visit("reference", fact.reference);
  visit("message", fact.message);
}

template <typename V>
void fields(V& visit, Is<SmartmailFact> auto& fact) {
  visit("delivery", fact.delivery);
  visit("recipient", fact.recipient);
  visit("part", fact.part);
  visit("deadline", fact.deadline);
  visit("detail", fact.detail);
  visit("message", fact.message);
}

template <typename V>
void fields(V& visit, Is<AccessFact> auto& fact) {
  visit("company", fact.company);
  visit("what", fact.what);
  visit("delivery", fact.delivery);
  visit("recipient", fact.recipient);
}

template <typename V>
void fields(V& visit, Is<FailedFact> auto& fact) {
  visit("code", fact.code);
  visit("detail", fact.detail);
  visit("advice", fact.advice);
  visit("parameters", fact.parameters);
}

template <typename V>
void fields(V& visit, Is<NoticeFact> auto& fact) {
  visit("notice", fact.notice);
  visit("way", fact.way);
  visit("address", fact.address);
  visit("detail", fact.detail);
  visit("documents", fact.documents);
  visit("reminder", fact.reminder);
}

template <typename V>
void fields(V& visit, Is<NoteFact> auto& fact) {
  visit("reason", fact.reason);
}

template <typename V>
void fields(V& visit, Is<Attempt> auto& attempt) {
  visit("number", attempt.number);
  visit("startedAt", attempt.startedAt);
  visit("endedAt", attempt.endedAt);
  visit("result", attempt.result);
  visit("detail", attempt.detail);
}

template <typename V>
void fields(V& visit, Is<RecipientState> auto& recipient) {
  visit("address", recipient.address);
  visit("bounced", recipient.bounced);
  visit("openedAt", recipient.openedAt);
}

template <typename V>
void fields(V& visit, Is<PartState> auto& part) {
  visit("name", part.name);
  visit("exempt", part.exempt);
  visit("openedAt", part.openedAt);
}

template <typename V>
void fields(V& visit, Is<Road> auto& road) {
  visit("sentAt", road.sentAt);
  visit("deadline", road.deadline);
  visit("expiredAt", road.expiredAt);
  visit("openedAt", road.openedAt);
  visit("printedAt", road.printedAt);
  visit("postedAt", road.postedAt);
  visit("notFetchedAt", road.notFetchedAt);
  visit("recipients", road.recipients);
  visit("parts", road.parts);
  visit("reminders", road.reminders);
  visit("batch", road.batch);
  visit("sheets", road.sheets);
  visit("letterPrice", road.letterPrice);
}

template <typename T, typename V>
concept HasFields = requires(T& value, V& visit) {
  fields(visit, value);
};

}  // namespace postgang::store::sql
