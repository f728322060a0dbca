#include "insight/paper_moves.h"

#include <algorithm>
#include <charconv>

#include "channels/peppol_register.h"
#include "store/lookups.h"

namespace postgang::insight {
namespace {

Result<std::string> eInvoiceChannel(store::Reader& reader, const std::string& counterpart) {
  TRY(const auto company, store::companyByIdentifier(reader, counterpart));
  if (company && company->isCustomer) return std::string("network");
  TRY(const auto kept, store::lookup(reader, channels::peppol_register, counterpart));
  return std::string(kept && kept->result == store::Lookup::Result::found ? "peppol" : "");
}

// What the letters cost, less what as many e-invoices would have.
void price(const store::Figures& figures, const channels::Registry& channels, PaperMoves::Move& move) {
  if (figures.costs.size() != 1) return;
  const auto& [currency, cost] = *figures.costs.begin();
  move.cost = cost;
  move.currency = currency;
  const auto* channel = channels.find(move.to);
  if (!channel || channel->price().currency != currency) return;
  const auto instead = channel->price().amount.times(Decimal(move.documents));
  if (instead) move.saving = cost.minus(*instead);
}

const std::string& counterpartOf(const store::FiguresRow& row) {
  return row.values.back();
}

Outcome add(store::Reader& reader, const channels::Registry& channels, const store::FiguresRow& row,
            PaperMoves& found) {
  const auto& counterpart = counterpartOf(row);
  TRY(auto channel, eInvoiceChannel(reader, counterpart));
  if (channel.empty()) return {};
  PaperMoves::Move move;
  const auto& number = row.values.front();
  std::from_chars(number.data(), number.data() + number.size(), move.company.value);
  move.counterpart = counterpart;
  move.to = std::move(channel);
  move.documents = row.figures.documents;
  price(row.figures, channels, move);
  found.movable += move.documents;
  if (move.saving) {
    auto& sum = found.savings[move.currency];
    sum = sum.plus(*move.saving).value_or(sum);
  }
  found.moves.push_back(std::move(move));
  return {};
}

}  // namespace

Result<PaperMoves> paperMoves(store::Reader& reader, const store::Viewer& viewer,
                              std::optional<CompanyId> company, const channels::Registry& channels,
                              Date today) {
  const auto month = Date::of(today.year(), today.month(), 1);
  store::FiguresQuery query;
  query.groupBy = {store::Dimension::company, store::Dimension::counterpart};
  query.direction = store::Direction::sent;
  query.company = company;
  query.channels = {"print"};
  PaperMoves found;
  found.from = month.plusMonths(-11);
  found.to = month.plusMonths(1).plusDays(-1);
  query.from = found.from;
  query.to = found.to;
  TRY(auto rows, store::figures(reader, viewer, query));
  for (const auto& row : rows) found.documents += row.figures.documents;
  std::erase_if(rows, [](const store::FiguresRow& row) {
    const auto& counterpart = counterpartOf(row);
    return counterpart.empty() || counterpart.starts_with("customer:") || row.figures.documents <= 0;
  });
  std::ranges::stable_sort(rows, std::greater(), [](const auto& row) { return row.figures.documents; });
  found.partial = rows.size() > paper_counterparts_max;
  if (found.partial) rows.resize(paper_counterparts_max);
  for (const auto& row : rows) CHECK_OK(add(reader, channels, row, found));
  std::ranges::stable_sort(found.moves, [](const auto& a, const auto& b) {
    return a.saving.value_or(Decimal()) > b.saving.value_or(Decimal());
  });
  std::vector<std::string> counterparts;
  for (const auto& move : found.moves) {
    counterparts.push_back(move.counterpart);
    if (found.companies.contains(move.company)) continue;
    TRY(found.companies[move.company], store::company(reader, move.company));
  }
  TRY(const auto names, store::counterpartNames(reader, viewer, counterparts));
  for (auto& move : found.moves)
    if (const auto name = names.find(move.counterpart); name != names.end()) move.name = name->second;
  return found;
}

}  // namespace postgang::insight
