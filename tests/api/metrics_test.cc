#include "api/metrics.h"

#include <gtest/gtest.h>

namespace postgang::api {
namespace {

bool has(const std::string& text, const std::string& line) {
  return text.find(line + "\n") != std::string::npos;
}

TEST(Metrics, counts_requests_by_route_method_and_status) {
  Metrics metrics;
  metrics.observe("GET", "/api/v1/documents/{id}", 200, 700);
  metrics.observe("GET", "/api/v1/documents/{id}", 200, 30'000);
  metrics.observe("GET", "/api/v1/documents/{id}", 404, 300);
  const auto text = metrics.text({});
  EXPECT_TRUE(has(
      text, R"(postgang_http_requests_total{route="/api/v1/documents/{id}",method="GET",status="200"} 2)"));
  EXPECT_TRUE(has(
      text, R"(postgang_http_requests_total{route="/api/v1/documents/{id}",method="GET",status="404"} 1)"));
}

TEST(Metrics, sums_durations_into_a_histogram_in_seconds) {
  Metrics metrics;
  metrics.observe("GET", "/x", 200, 700);
  metrics.observe("GET", "/x", 200, 30'000);
  metrics.observe("GET", "/x", 200, 60'000'000);
  const auto text = metrics.text({});
  EXPECT_TRUE(has(text, R"(postgang_http_request_seconds_bucket{route="/x",le="0.001000"} 1)")) << text;
  EXPECT_TRUE(has(text, R"(postgang_http_request_seconds_bucket{route="/x",le="0.050000"} 2)"));
  EXPECT_TRUE(has(text, R"(postgang_http_request_seconds_bucket{route="/x",le="+Inf"} 3)"));
  EXPECT_TRUE(has(text, R"(postgang_http_request_seconds_sum{route="/x"} 60.030700)"));
  EXPECT_TRUE(has(text, R"(postgang_http_request_seconds_count{route="/x"} 3)"));
}

TEST(Metrics, keeps_the_number_of_labels_bounded) {
  Metrics metrics;
  metrics.observe("BREW\"}", "", 405, 1);
  EXPECT_TRUE(
      has(metrics.text({}), R"(postgang_http_requests_total{route="portal",method="OTHER",status="405"} 1)"));
}

TEST(Metrics, tells_of_queues_and_how_old_they_are) {
  Metrics::Now now;
  now.at = *Instant::parse("2026-11-23T08:00:10Z");
  now.queues = {{"advance", 3, 1, 0, *Instant::parse("2026-11-23T08:00:00Z")}};
  const auto text = Metrics().text(now);
  EXPECT_TRUE(has(text, R"(postgang_jobs{kind="advance",state="waiting"} 3)"));
  EXPECT_TRUE(has(text, R"(postgang_oldest_job_seconds{kind="advance"} 10)"));
}

}  // namespace
}  // namespace postgang::api
