#include "app/demo/sender.h"

#include <algorithm>
#include <cassert>

#include "app/demo/names.h"
#include "app/demo/slips.h"
#include "app/demo/strict.h"

namespace postgang::app::demo {

namespace {

std::string wrongKey(int relation, const std::string& number) {
  return std::to_string(relation) + "/" + number;
}

constexpr std::string_view creditReasons[] = {
    "Krediteras: fel antal levererat.", "Krediteras: felaktigt pris.", "Krediteras enligt överenskommelse.",
    "Krediteras: varan returnerad."};
constexpr std::string_view attachmentNames[] = {"Tidrapport", "Följesedel", "Arbetsorder", "Mätaravläsning"};
constexpr std::string_view householdAttachment = "Förbrukning";
constexpr int terms_perMille = 300;
constexpr std::size_t moved_most = 3;
constexpr int moved_days = 18;
constexpr int same_slip_perMille = 700;  // who gets it wrong mostly gets the same thing wrong

}  // namespace

Sender::Sender(const World& world, Date end) : world_(world), end_(end), random_(Random(world.seed).of(7)) {
  for (const auto& company : world.companies) lastNumber_.push_back(company.firstNumber);
  chooseMoved();
}

// Suppliers of companies where somebody can sign in, of whom nobody demands the account that it has
// registered.
void Sender::chooseMoved() {
  const auto& relations = world_.relations;
  const auto isHeld = [&](int seller) {
    return std::ranges::any_of(relations, [&](const Relation& relation) {
      return relation.seller == seller && !relation.toHousehold &&
             world_.companies[static_cast<std::size_t>(relation.buyer)].demands.accounts;
    });
  };
  std::set<int> buyers;
  for (const auto& relation : relations) {
    const bool isSupplier = !relation.toHousehold && relation.buyer < World::group_size &&
                            !isSignIn(static_cast<std::size_t>(relation.seller));
    const bool isOften = relation.cadence == Cadence::weekly || relation.cadence == Cadence::fortnightly;
    if (moved_.size() == moved_most || !isSupplier || !isOften || isHeld(relation.seller)) continue;
    if (buyers.insert(relation.buyer).second) moved_.insert(relation.seller);
  }
}

std::string Sender::nextNumber(int company) {
  return std::to_string(++lastNumber_[static_cast<std::size_t>(company)]);
}

void Sender::continueAfter(int company, std::int64_t number) {
  auto& last = lastNumber_[static_cast<std::size_t>(company)];
  last = std::max(last, number);
}

Paper Sender::paperOf(int index, Date date) {
  const auto& relation = world_.relations[static_cast<std::size_t>(index)];
  Paper paper;
  paper.relation = &relation;
  paper.seller = &world_.companies[static_cast<std::size_t>(relation.seller)];
  if (relation.toHousehold)
    paper.household = &world_.households[static_cast<std::size_t>(relation.buyer)];
  else
    paper.buyer = &world_.companies[static_cast<std::size_t>(relation.buyer)];
  paper.number = nextNumber(relation.seller);
  paper.issued = date;
  if (moved_.contains(relation.seller) && date >= end_.plusDays(-moved_days))
    paper.bankgiro = bankgiro(700 + relation.seller % 100);
  paper.due = date.plusDays(relation.terms_days);
  paper.until = date.plusDays(-1);
  paper.from = relation.cadence == Cadence::weekly        ? date.plusDays(-7)
               : relation.cadence == Cadence::fortnightly ? date.plusDays(-14)
               : relation.cadence == Cadence::monthly     ? date.plusMonths(-1)
                                                          : date.plusMonths(-3);
  paper.reference = relation.toHousehold ? relation.customerNumber : relation.buyerReference;
  paper.costCentre = relation.costCentre;
  paper.orderNumber = relation.standingOrder;
  if (relation.ordered && paper.orderNumber.empty())
    paper.orderNumber = "45" + std::to_string(random_.between(100000, 999999));
  if (relation.attaches && random_.chance(400)) paper.attachment = std::string(random_.pick(attachmentNames));
  paper.lines = linesFor(random_, relation, paper.buyer, date);
  if (relation.toHousehold && paper.attachment) paper.attachment = std::string(householdAttachment);
  paper.terms = relation.toHousehold && relation.attaches && random_.chance(terms_perMille);
  if (wantsAttachment(paper)) paper.attachment = std::string(random_.pick(attachmentNames));
  return paper;
}

Mistake Sender::mistakeOf(const Paper& paper) {
  const auto& relation = *paper.relation;
  if (random_.chance(relation.careless_perMille)) {
    static constexpr Mistake ways[] = {Mistake::number_missing, Mistake::totals_off, Mistake::totals_off,
                                       Mistake::seller_wrong, Mistake::not_xml};
    return random_.pick(ways);
  }
  const auto ways = slipsOf(paper);
  if (ways.empty()) return Mistake::none;
  if (!random_.chance(slips_perMille(world_, relation, end_.daysSinceEpoch - paper.issued.daysSinceEpoch)))
    return Mistake::none;
  return random_.chance(same_slip_perMille) ? ways[static_cast<std::size_t>(relation.seller) % ways.size()]
                                            : random_.pick(ways);
}

Mailing Sender::write(const Paper& paper, int relation, Mistake mistake) {
  const auto& other = world_.companies[static_cast<std::size_t>(
      random_.between(World::group_size, static_cast<int>(world_.companies.size()) - 1))];
  auto bytes = fileOf(isSlip(mistake) ? slipped(paper, mistake) : paper, mistake, &other);
  assert(bytes && "a paper of the demo world is a document");
  return {relation, paper.number, paper.issued, mistake, fileNameOf(paper, mistake), std::move(*bytes), {}};
}

Mailing Sender::invoice(int relation, Date date, std::optional<Mistake> forced) {
  auto paper = paperOf(relation, date);
  if (forced == Mistake::attachment_missing) {
    for (auto& line : paper.lines) line.quantity *= 8;
    if (wantsAttachment(paper)) paper.attachment = std::string(random_.pick(attachmentNames));
  }
  const auto mistake = forced ? *forced : mistakeOf(paper);
  auto mailing = write(paper, relation, mistake);
  if (isSlip(mistake))
    mailing.right = std::make_shared<const Paper>(paper);
  else if (mistake != Mistake::none)
    wrong_[wrongKey(relation, paper.number)] = paper;
  last_[relation] = std::move(paper);
  return mailing;
}

std::optional<Mailing> Sender::corrected(const std::string& number, int relation) {
  const auto found = wrong_.find(wrongKey(relation, number));
  if (found == wrong_.end()) return std::nullopt;
  auto mailing = write(found->second, relation, Mistake::none);
  wrong_.erase(found);
  return mailing;
}

std::optional<Mailing> Sender::repeatedNumber(int relation, Date date) {
  const auto found = last_.find(relation);
  if (found == last_.end()) return std::nullopt;
  auto paper = paperOf(relation, date);
  --lastNumber_[static_cast<std::size_t>(paper.relation->seller)];
  paper.number = found->second.number;
  return write(paper, relation, Mistake::none);
}

std::optional<Mailing> Sender::creditNote(int relation, Date date) {
  const auto found = last_.find(relation);
  if (found == last_.end()) return std::nullopt;
  Paper paper = found->second;
  paper.creditNote = true;
  paper.precedingNumber = paper.number;
  paper.precedingDate = paper.issued;
  paper.number = nextNumber(paper.relation->seller);
  paper.issued = date;
  paper.attachment.reset();
  paper.terms = false;
  paper.note = random_.pick(creditReasons);
  if (paper.lines.size() > 1 && random_.chance(600)) paper.lines = {random_.pick(paper.lines)};
  return write(paper, relation, Mistake::none);
}

std::optional<Mailing> Sender::interest(int relation, Date date) {
  const auto found = last_.find(relation);
  if (found == last_.end()) return std::nullopt;
  Paper paper = found->second;
  const int days = std::max(1, date.daysSinceEpoch - paper.due.daysSinceEpoch);
  Line line;
  line.name = "Dröjsmålsränta på faktura " + paper.number + ", " + std::to_string(days) + " dagar";
  line.price_ore = std::max<std::int64_t>(100, reckon(paper).payable_ore * days * 10 / 36500);
  line.vat = Vat::interest;
  paper.lines = {line};
  paper.number = nextNumber(paper.relation->seller);
  paper.issued = date;
  paper.due = date.plusDays(10);
  paper.attachment.reset();
  paper.terms = false;
  paper.note = "Ränta på för sent betald faktura. Ränta är inte momspliktig.";
  return write(paper, relation, Mistake::none);
}

}  // namespace postgang::app::demo
