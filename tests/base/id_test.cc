#include "base/id.h"

#include <gtest/gtest.h>

#include <set>

namespace postgang {
namespace {

const Instant start = *Instant::parse("2026-11-23T09:41:07.123Z");

TEST(Uuid, IsReadInAnyCaseAndWrittenInLower) {
  const auto id = Uuid::parse("019AB0C1-D2E3-7f45-8123-456789ABCDEF");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->text(), "019ab0c1-d2e3-7f45-8123-456789abcdef");
  EXPECT_EQ(Uuid::fromBytes(id->view()), *id);
}

TEST(Uuid, RefusesOtherForms) {
  for (const char* text : {"", "019ab0c1d2e37f458123456789abcdef", "019ab0c1-d2e3-7f45-8123-456789abcdeg",
                           "019ab0c1-d2e3-7f45-8123_456789abcdef", "{019ab0c1-d2e3-7f45-8123-456789abcd}"})
    EXPECT_FALSE(Uuid::parse(text)) << text;
}

TEST(IdMaker, MakesVersion7WithTheClocksMillisecond) {
  SimulatedClock clock(start);
  const Uuid id = IdMaker(clock).next();
  EXPECT_EQ(id.createdAt(), start);
  EXPECT_EQ(id.text()[14], '7');
  EXPECT_NE(std::string("89ab").find(id.text()[19]), std::string::npos);
}

TEST(IdMaker, RisesEvenWhenTheClockStandsStillOrGoesBack) {
  SimulatedClock clock(start);
  IdMaker maker(clock);
  Uuid last = maker.next();
  for (int i = 0; i < 10'000; ++i) {  // more than one millisecond's counter holds
    const Uuid next = maker.next();
    ASSERT_LT(last, next);
    last = next;
  }
}

TEST(IdMaker, GivesTheSameIdsFromTheSameSeed) {
  SimulatedClock clock(start);
  IdMaker a(clock, 7), b(clock, 7), other(clock, 8);
  const auto first = a.next();
  EXPECT_EQ(first, b.next());
  EXPECT_NE(first, other.next());
}

TEST(IdMaker, UnseededMakersDoNotMeet) {
  SimulatedClock clock(start);
  std::set<Uuid> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(IdMaker(clock).next());
  EXPECT_EQ(seen.size(), 1'000U);
}

TEST(Id, IsReadAsItsNoun) {
  const auto id = DocumentId::parse("019ab0c1-d2e3-7f45-8123-456789abcdef");
  ASSERT_TRUE(id);
  EXPECT_EQ(std::hash<DocumentId>()(*id), std::hash<Uuid>()(*id));
  EXPECT_TRUE(DocumentId().isNil());
}

}  // namespace
}  // namespace postgang
