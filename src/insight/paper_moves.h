// Still on paper: counterparts that letters went to in the last twelve months and that could have the
// documents as e-invoices, by what is known already: customers here, and answers of the Peppol register that
// are kept. Nobody is asked again. Each is one company's: one that two companies of a group write to is two.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "channels/registry.h"
#include "store/companies.h"
#include "store/figures.h"

namespace postgang::insight {

struct PaperMoves {
  struct Move {
    CompanyId company;  // whose partner it is
    std::string counterpart, name;
    std::string to;  // "network", "peppol"
    std::int64_t documents = 0;
    std::optional<Decimal> cost, saving;  // of a year; absent where a price is not known or in two currencies
    std::string currency;
  };
  Date from, to;                                  // twelve whole months: this one and the eleven before it
  std::int64_t documents = 0;                     // by paper, all of them
  std::int64_t movable = 0;                       // of those, to whom could have them otherwise
  std::map<std::string, Decimal> savings;         // by currency
  std::vector<Move> moves;                        // the largest saving first
  std::map<CompanyId, store::Company> companies;  // those of the moves
  bool partial = false;                           // there were more of them than were looked at
};
inline constexpr std::size_t paper_counterparts_max = 2'000;  // those with the most letters

Result<PaperMoves> paperMoves(store::Reader& reader, const store::Viewer& viewer,
                              std::optional<CompanyId> company, const channels::Registry& channels,
                              Date today);

}  // namespace postgang::insight
