#include "net/event_stream.h"

#include <gtest/gtest.h>

namespace postgang::net {
namespace {

TEST(EventStream, WritesEventsAsTheStandardSays) {
  EventStream stream;
  EXPECT_TRUE(stream.send("7", "document", "{}"));
  EXPECT_TRUE(stream.send("", "", "a\nb\r\nc\rd\n"));
  EXPECT_TRUE(stream.comment("hello"));
  EXPECT_EQ(stream.take(),
            "id: 7\nevent: document\ndata: {}\n\n"
            "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n"
            ": hello\n\n");
  EXPECT_EQ(stream.take(), "");
}

TEST(EventStream, AFieldCannotBecomeTwo) {
  EventStream stream;
  stream.send("1\nevent: forged", "x\r\ndata: forged", "y");
  EXPECT_EQ(stream.take(), "id: 1 event: forged\nevent: x  data: forged\ndata: y\n\n");
}

TEST(EventStream, OverflowEndsItAndDropsWhatWaits) {
  EventStream stream(1000);
  int ended = 0, woken = 0;
  stream.onEnd([&] { ++ended; });
  stream.attach([&] { ++woken; });
  EXPECT_EQ(woken, 1);
  EXPECT_TRUE(stream.send("", "", std::string(700, 'x')));
  EXPECT_EQ(woken, 2);
  EXPECT_FALSE(stream.fits(400));
  EXPECT_FALSE(stream.send("", "", std::string(400, 'x')));
  EXPECT_TRUE(stream.overflowed());
  EXPECT_TRUE(stream.finished());
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(woken, 3);
  EXPECT_FALSE(stream.send("", "", "x"));
  stream.close();
  EXPECT_EQ(ended, 1);
}

TEST(EventStream, OverflowBeforeAnybodyIsAttachedEndsItToo) {
  EventStream stream(100);
  EXPECT_FALSE(stream.send("", "", std::string(400, 'x')));
  EXPECT_TRUE(stream.finished());
}

TEST(EventStream, ClosedItStillGivesWhatWasSent) {
  EventStream stream;
  stream.send("", "", "last");
  stream.close();
  EXPECT_TRUE(stream.ended());
  EXPECT_FALSE(stream.finished());
  EXPECT_EQ(stream.take(), "data: last\n\n");
  EXPECT_TRUE(stream.finished());
  bool told = false;
  stream.onEnd([&] { told = true; });  // too late to wait for it
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace postgang::net
