#include "api/parameters.h"

#include <gtest/gtest.h>

namespace postgang::api {
namespace {

net::Request asking(const std::string& query) {
  return *net::Request::of("GET", "/api/v1/documents?" + query);
}

TEST(Parameters, refuses_a_name_that_is_not_in_the_contract) {
  EXPECT_TRUE(onlyParameters(asking("status=sent&limit=5"), {"status", "limit"}));
  const auto refused = onlyParameters(asking("stauts=sent"), {"status", "limit"});
  EXPECT_EQ(refused.error().code, "parameter-invalid");
  EXPECT_EQ(refused.error().where, "stauts");
}

TEST(Parameters, reads_lists_repeated_or_with_commas) {
  EXPECT_EQ(listParameter(asking("status=sent,opened&status=failed&status="), "status"),
            (std::vector<std::string>{"sent", "opened", "failed"}));
}

TEST(Parameters, keeps_the_limit_within_1_and_200) {
  EXPECT_EQ(limitParameter(asking("")), 50);
  EXPECT_EQ(limitParameter(asking("limit=200")), 200);
  for (const auto* wrong :
       {"limit=0", "limit=201", "limit=-1", "limit=ten", "limit=", "limit=99999999999999999999"})
    EXPECT_EQ(limitParameter(asking(wrong)).error().code, "parameter-invalid") << wrong;
}

TEST(Parameters, takes_dates_and_amounts_in_one_form_only) {
  EXPECT_EQ(*dateParameter(asking("from=2026-11-23"), "from"), Date::of(2026, 11, 23));
  EXPECT_FALSE(dateParameter(asking(""), "from")->has_value());
  for (const auto* wrong : {"from=2026-02-30", "from=23/11/2026", "from=2026-11-23Z"})
    EXPECT_EQ(dateParameter(asking(wrong), "from").error().code, "parameter-invalid") << wrong;
  EXPECT_EQ(*decimalParameter(asking("amountFrom=1234.50"), "amountFrom"), *Decimal::parse("1234.5"));
  for (const auto* wrong : {"amountFrom=1e9", "amountFrom=12,5", "amountFrom=99999999999999999999999"})
    EXPECT_EQ(decimalParameter(asking(wrong), "amountFrom").error().code, "parameter-invalid") << wrong;
}

TEST(Parameters, knows_no_document_by_something_that_is_no_id) {
  auto request = asking("");
  request.pathParameters = {{"id", "../../etc/passwd"}};
  EXPECT_EQ(documentIdIn(request).error().kind, ProblemKind::not_found);
}

}  // namespace
}  // namespace postgang::api
