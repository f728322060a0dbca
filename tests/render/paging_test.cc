#include "render/paging.h"

#include <gtest/gtest.h>

#include <numeric>

namespace postgang::render {
namespace {

// A page 1 with room for 100, others for 200; the table's head takes 10 and a carried total 5.
constexpr PageRoom plain{100, 200, 100, 200, 10, 5};
// The same with a slip at the foot of the last page.
constexpr PageRoom with_slip{100, 200, 20, 120, 10, 5};

std::vector<LineHeight> lines(std::size_t count, double height = 10) {
  return std::vector<LineHeight>(count, LineHeight{height, false});
}

double used(const PagePlan& page, const std::vector<LineHeight>& lines, const std::vector<double>& closing,
            const PageRoom& room) {
  double height = page.firstLine < page.endLine ? room.head : 0;
  height += (page.carriedFrom ? room.carried : 0) + (page.carriedTo ? room.carried : 0);
  for (std::size_t i = page.firstLine; i < page.endLine; ++i) height += lines[i].height;
  for (std::size_t i = page.firstClosing; i < page.endClosing; ++i) height += closing[i];
  return height;
}

TEST(Paging, PutsEverythingOnOnePageWhereItFits) {
  const auto plan = planPages(lines(4), {50}, plain, 500);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0], (PagePlan{0, 4, 0, 1, false, false}));
}

TEST(Paging, CarriesTheTotalOverEveryBreak) {
  const auto plan = planPages(lines(40), {50}, plain, 500);
  ASSERT_EQ(plan.size(), 4u);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    EXPECT_EQ(plan[i].carriedFrom, i > 0) << i;
    EXPECT_EQ(plan[i].carriedTo, i + 1 < plan.size()) << i;
  }
}

TEST(Paging, SumsThatFindNoRoomTakeTwoLinesAlong) {
  const auto plan = planPages(lines(8), {50}, plain, 500);  // 8 lines fill page 1 to the last
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].endLine, 6u);
  EXPECT_EQ(plan[1], (PagePlan{6, 8, 0, 1, true, false}));
}

TEST(Paging, OneLineThatIsLeftOverGetsCompany) {
  const auto plan = planPages(lines(9), {50}, plain, 500);  // 8 would fit on page 1
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[1].firstLine, 7u);
}

TEST(Paging, AHeadingTakesARowWithIt) {
  auto rows = lines(12);
  rows[7].keepWithNext = true;  // would be the last on page 1
  const auto plan = planPages(rows, {50}, plain, 500);
  EXPECT_EQ(plan[0].endLine, 7u);
}

TEST(Paging, ASlipThatDoesNotFitGetsAPageWithSums) {
  const auto plan = planPages(lines(5), {70}, with_slip, 500);
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].endLine, 3u);
  EXPECT_EQ(plan[1], (PagePlan{3, 5, 0, 1, true, false}));
}

TEST(Paging, TheOnlyLineStaysOnPageOneWhenTheSlipNeedsTheNext) {
  const auto plan = planPages(lines(1), {70}, with_slip, 500);
  ASSERT_EQ(plan.size(), 2u);
  EXPECT_EQ(plan[0].endLine, 1u);
}

TEST(Paging, WhatFollowsTheSumsGoesOnOnPagesOfItsOwn) {
  const auto plan = planPages(lines(2), {50, 60, 60, 150}, plain, 500);
  ASSERT_EQ(plan.size(), 3u);
  EXPECT_EQ(plan[0].endClosing, 1u);
  EXPECT_EQ(plan[1].endClosing, 3u);
  EXPECT_EQ(plan[2].endClosing, 4u);
}

TEST(Paging, AnInvoiceWithoutLinesHasItsSumsOnPageOne) {
  const auto plan = planPages({}, {50}, plain, 500);
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].endClosing, 1u);
}

TEST(Paging, LeavesOutLinesRatherThanSumsAboveTheMostPages) {
  const auto plan = planPages(lines(10'000), {50}, plain, 20);
  EXPECT_LE(plan.size(), 20u);
  EXPECT_EQ(plan.back().endClosing, 1u);
}

// Every combination of up to 60 lines of three heights, sums of several, with and without slip.
TEST(Paging, PlacesEverythingOnceInOrderAndWithinThePage) {
  for (const PageRoom& room : {plain, with_slip})
    for (const double height : {5.4, 9.0, 31.0})
      for (std::size_t count = 0; count <= 60; ++count)
        for (const std::vector<double>& closing : {std::vector<double>{20}, {55}, {75, 30}, {60, 60, 60}}) {
          const auto rows = lines(count, height);
          const auto plan = planPages(rows, closing, room, 500);
          std::size_t line = 0, block = 0;
          for (std::size_t i = 0; i < plan.size(); ++i) {
            if (plan[i].firstLine < plan[i].endLine) {
              EXPECT_EQ(plan[i].firstLine, line);
              line = plan[i].endLine;
            }
            EXPECT_EQ(plan[i].firstClosing,
                      plan[i].endClosing > plan[i].firstClosing ? block : plan[i].firstClosing);
            block = std::max(block, plan[i].endClosing);
            const bool last = i + 1 == plan.size();
            const double limit =
                i == 0 ? (last ? room.firstAndLast : room.first) : (last ? room.laterAndLast : room.later);
            EXPECT_LE(used(plan[i], rows, closing, room), limit + 0.001)
                << "page " << i << " of " << plan.size() << ", " << count << " lines of " << height;
          }
          EXPECT_EQ(line, count);
          EXPECT_EQ(block, closing.size());
          // Never a page with only sums, unless a slip asks for it.
          for (std::size_t i = 1; i < plan.size(); ++i) {
            const bool sumsHere = plan[i].firstClosing == 0 && plan[i].endClosing > 0;
            if (sumsHere && count > 0 && room.later == room.laterAndLast) {
              EXPECT_LT(plan[i].firstLine, plan[i].endLine) << count << " lines of " << height;
            }
          }
        }
}

}  // namespace
}  // namespace postgang::render
