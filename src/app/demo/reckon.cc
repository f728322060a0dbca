#include <algorithm>

#include "app/demo/paper.h"

namespace postgang::app::demo {

namespace {

// Half away from zero, to whole units of `divisor`.
std::int64_t divided(std::int64_t amount, std::int64_t divisor) {
  const auto half = divisor / 2;
  return amount >= 0 ? (amount + half) / divisor : -((-amount + half) / divisor);
}

bool isConstruction(const Trade& trade) {
  return trade.word == "Bygg" || trade.word == "El" || trade.word == "Rör" || trade.word == "Måleri" ||
         trade.word == "Plåt";
}

// Construction services between those who sell such services: the buyer reckons the VAT.
bool isReversed(const Relation& relation, const Company* buyer) {
  return buyer && buyer->trade && isConstruction(*relation.trade) && isConstruction(*buyer->trade);
}

}  // namespace

Reckoned reckon(const Paper& paper) {
  Reckoned sums;
  for (const auto& line : paper.lines) {
    const int percent = vatPercent(line.vat, paper.issued);
    auto rate = std::find_if(sums.rates.begin(), sums.rates.end(), [&](const auto& r) {
      return r.percent == percent && (percent > 0 || r.vat == line.vat);
    });
    if (rate == sums.rates.end()) rate = sums.rates.insert(rate, {line.vat, percent, 0, 0});
    rate->taxable_ore += line.net_ore();
    sums.lines_ore += line.net_ore();
  }
  for (auto& rate : sums.rates) {
    rate.vat_ore = divided(rate.taxable_ore * rate.percent, 100);
    sums.vat_ore += rate.vat_ore;
  }
  sums.total_ore = sums.lines_ore + sums.vat_ore;
  if (paper.seller->roundsToKronor) sums.rounding_ore = divided(sums.total_ore, 100) * 100 - sums.total_ore;
  sums.payable_ore = sums.total_ore + sums.rounding_ore;
  return sums;
}

std::vector<Line> linesFor(Random& random, const Relation& relation, const Company* buyer, Date date) {
  const auto articles = relation.trade->articles;
  const int count =
      std::min(static_cast<int>(articles.size()), random.between(relation.lines_least, relation.lines_most));
  const int season = seasonPerMille(relation.trade->season, date.month());
  std::vector<Line> lines;
  // Articles in the order of the list, some left out: as people write their invoices.
  int left = count;
  for (std::size_t i = 0; i < articles.size() && left > 0; ++i) {
    const int remaining = static_cast<int>(articles.size() - i);
    if (remaining > left && !random.chance(1000 * left / remaining)) continue;
    const auto& article = articles[i];
    Line line;
    line.article = &article;
    line.quantity = random.between(article.quantity_least, article.quantity_most);
    if (article.quantity_most > 1) line.quantity = std::max<std::int64_t>(1, line.quantity * season / 1000);
    line.price_ore = random.between(article.price_least, article.price_most);
    line.vat = isReversed(relation, buyer) ? Vat::reverseCharge : article.vat;
    lines.push_back(line);
    --left;
  }
  return lines;
}

}  // namespace postgang::app::demo
