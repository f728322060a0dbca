#include "net/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "tests/net/server_fixture.h"

namespace postgang::net::test {
namespace {

TEST(WorkerPool, RefusesWhatWouldWaitBehindAFullQueue) {
  Gate released;
  std::atomic<int> done = 0;
  WorkerPool pool(2, 3);
  // From the first moment there is room for five, whether the threads have begun or not.
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(pool.submit([&] {
      released.wait();
      ++done;
    }));
  EXPECT_FALSE(pool.submit([] {}));
  released.open();
  pool.stop();
  EXPECT_EQ(done, 5);
  EXPECT_FALSE(pool.submit([] {}));
}

TEST(WorkerPool, LetsGoOfWorkThatIsDone) {
  auto held = std::make_shared<int>(1);
  WorkerPool pool(1, 1);
  pool.submit([held] {});
  pool.stop();
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace postgang::net::test
