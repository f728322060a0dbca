// What a viewer may not see is in no cube's figures: the traffic's, the origins', the counterparts', the
// times'.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "store/figures.h"
#include "store/sql/session.h"

namespace postgang::access {

// `once`: documents that the model says are seen, each once; `of`: the sides of one company that are.
template <typename OfCompany>
void expectFigures(store::Reader& reader, const store::Viewer& viewer,
                   const std::vector<CompanyId>& companies, std::int64_t once, const OfCompany& of) {
  const auto counted = [&](const store::FiguresQuery& query) {
    store::Figures all;
    const auto rows = store::figures(reader, viewer, query);
    EXPECT_TRUE(rows);
    if (rows)
      for (const auto& row : *rows) all.add(row.figures);
    return all;
  };
  using enum store::Dimension;
  for (const auto by : {channel, country, format, counterpart, quarter, internal})
    EXPECT_EQ(counted({.groupBy = {by}}).documents, once) << store::name(by);
  for (const auto one : companies) {
    const auto figures = counted({.company = one, .withTimes = true});
    EXPECT_EQ(figures.documents, of(one));
    EXPECT_EQ(figures.toDelivered.count(), figures.delivered);
    EXPECT_LE(figures.delivered, figures.documents);
  }
}

}  // namespace postgang::access
