#include "api/problem_reply.h"

#include <gtest/gtest.h>

namespace postgang::api {
namespace {

boost::json::object bodyOf(const net::Reply& reply) {
  return boost::json::parse(reply.body).get_object();
}

Problem problem(ProblemKind kind, std::string code) {
  return {kind, std::move(code), "Something.", {}, {}, {}};
}

TEST(ProblemReply, is_rfc_9457) {
  const auto reply =
      problemReply({ProblemKind::invalid, "field-invalid", "This is missing.", "/name", "Add it.", {}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(bodyOf(reply),
            boost::json::parse(R"({"type":"/problems/field-invalid","title":"Bad Request","status":400,
      "code":"field-invalid","detail":"This is missing.","where":"/name","advice":"Add it."})"));
}

TEST(ProblemReply, answers_everything_that_is_not_found_with_the_same_bytes) {
  const auto one = problemReply(problem(ProblemKind::not_found, "document-not-found"));
  auto other = problem(ProblemKind::not_found, "company-not-found");
  other.parameters["id"] = "12";
  EXPECT_EQ(one.body, problemReply(other).body);
  EXPECT_EQ(one.body, problemReply(notFound().value()).body);
  EXPECT_EQ(one.status, 404);
}

TEST(ProblemReply, says_nothing_of_our_own_faults) {
  const auto reply =
      problemReply({ProblemKind::internal, "row-damaged", "SELECT * FROM secrets", "line 7", {}, {}});
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(bodyOf(reply).at("code"), "internal-error");
  EXPECT_EQ(reply.body.find("secrets"), std::string::npos);
}

TEST(ProblemReply, tells_how_long_to_wait) {
  auto limited = problem(ProblemKind::rate_limited, "too-many-attempts");
  limited.parameters["seconds"] = "64";
  EXPECT_EQ(problemReply(limited).headers.get("Retry-After"), "64");
  EXPECT_TRUE(
      problemReply(problem(ProblemKind::unavailable, "store-unreachable")).headers.has("Retry-After"));
}

TEST(ProblemReply, asks_for_a_key_where_nobody_is_known) {
  EXPECT_EQ(
      problemReply(problem(ProblemKind::unauthenticated, "key-invalid")).headers.get("WWW-Authenticate"),
      "Bearer");
}

TEST(ProblemReply, keeps_422_for_an_idempotency_key_that_was_used_before) {
  EXPECT_EQ(problemReply(problem(ProblemKind::conflict, "idempotency-key-reused")).status, 422);
  EXPECT_EQ(problemReply(problem(ProblemKind::conflict, "duplicate-document")).status, 409);
}

TEST(ProblemReply, points_at_the_document_that_a_duplicate_repeats) {
  auto duplicate = problem(ProblemKind::conflict, "duplicate-document");
  duplicate.parameters["documentId"] = "019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711";
  EXPECT_EQ(bodyOf(problemReply(duplicate)).at("documentId"), "019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711");
}

}  // namespace
}  // namespace postgang::api
