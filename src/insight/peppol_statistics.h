// What Peppol's monthly reports count (eDEC reporting BIS, 2.2; Service Provider Operational Guidelines on
// reporting and on MLS): exchanges whose AS4 receipt is there, by the UTC month of their AS4 message, each
// direction for itself, also between two customers of one provider.
//
//   both                  without the two reports themselves
//   transactions          by transport; by the other provider, document type and process; and, of what came
//                         in, with both end users' countries
//   end users             distinct ones: a company is one however many participants it has. Without message
//                         level statuses, which no end user exchanges
//
// What cannot be reported (the other provider, the document type or the process is not known, or the
// exchange was another reporter's) is left out of every sum and counted apart.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "formats/peppol_reports.h"
#include "store/peppol_groups.h"

namespace postgang::insight {

struct ReportMonth {
  int year = 0, month = 0;  // UTC
  formats::ReportHead head(std::string provider) const;
};

struct LeftOut {
  std::int64_t exchanges = 0;
  std::string first;  // Sbdh::instance
};

class TransactionCount {
 public:
  static constexpr auto grouped = store::GroupedBy::providers;
  // `country`: of our end users where an exchange does not say it.
  TransactionCount(formats::ReportHead head, std::string country)
      : head_(std::move(head)), country_(std::move(country)) {}
  void add(const store::PeppolExchange& exchange, std::int64_t times = 1);
  formats::TransactionReport report() const;
  const LeftOut& leftOut() const { return leftOut_; }

 private:
  formats::ReportHead head_;
  std::string country_;
  // By transport, provider, document, process and, of what came in, both countries.
  std::map<formats::ReportKeys, formats::Exchanges> lines_;
  LeftOut leftOut_;
};

class EndUserCount {
 public:
  static constexpr auto grouped = store::GroupedBy::end_users;
  EndUserCount(formats::ReportHead head, std::string country)
      : head_(std::move(head)), country_(std::move(country)) {}
  void add(const store::PeppolExchange& exchange, std::int64_t times = 1);
  formats::EndUserReport report() const;
  const LeftOut& leftOut() const { return leftOut_; }

 private:
  struct Line {
    formats::ReportKeys keys;  // document, process, country
    std::string user;
    bool sends = false;
    friend auto operator<=>(const Line&, const Line&) = default;
  };
  formats::ReportHead head_;
  std::string country_;
  std::set<Line> lines_;
  LeftOut leftOut_;
};

template <typename Count>
Outcome countMonth(store::Reader& reader, const ReportMonth& month, Count& count) {
  return store::exchangeGroupsOfMonth(
      reader, month.year, month.month, Count::grouped,
      [&](const store::ExchangeGroup& group) { count.add(group.alike, group.exchanges); });
}

}  // namespace postgang::insight
