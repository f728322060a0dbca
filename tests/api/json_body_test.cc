#include "api/json_body.h"

#include <gtest/gtest.h>

namespace postgang::api {
namespace {

net::Request request(std::string body, std::string type = "application/json") {
  return *net::Request::of("POST", "/api/v1/session", {{"Content-Type", std::move(type)}}, std::move(body));
}
Result<JsonBody> read(std::string body) {
  return JsonBody::of(request(std::move(body)), {"name", "channels"});
}

TEST(JsonBody, gives_its_fields) {
  const auto body = read(R"({"name":"Åsa","channels":["network","print"]})");
  ASSERT_TRUE(body);
  EXPECT_EQ(body->text("name", 10), "Åsa");
  EXPECT_EQ(body->texts("channels", 5, 20), (std::vector<std::string>{"network", "print"}));
}

TEST(JsonBody, refuses_what_is_not_one_json_object) {
  for (const auto* text : {"", "{", "[]", "1", "{\"name\":\"a\"} x", "{\"name\":\"\xff\"}", "nul"})
    EXPECT_EQ(read(text).error().code, "json-invalid") << text;
}

TEST(JsonBody, refuses_a_field_that_nobody_knows) {
  const auto body = read(R"({"name":"a","nmae":"b"})");
  EXPECT_EQ(body.error().code, "field-unknown");
  EXPECT_EQ(body.error().where, "/nmae");
}

TEST(JsonBody, refuses_another_media_type) {
  EXPECT_EQ(JsonBody::of(request("{}", "text/plain"), {}).error().kind, ProblemKind::unsupported);
  EXPECT_EQ(JsonBody::of(request("{}", ""), {}).error().kind, ProblemKind::unsupported);
  EXPECT_TRUE(JsonBody::of(request("{}", "application/json; charset=utf-8"), {}));
}

TEST(JsonBody, refuses_what_is_too_deep_or_too_large) {
  const auto deep = read("{\"name\":" + std::string(64, '[') + std::string(64, ']') + "}");
  EXPECT_EQ(deep.error().code, "json-too-deep");
  EXPECT_EQ(deep.error().parameters.at("depth"), "64");
  EXPECT_EQ(
      read("{\"name\":" + std::string(63, '[') + std::string(63, ']') + "}")->text("name", 9).error().code,
      "field-invalid");
  EXPECT_EQ(read("{\"name\":\"" + std::string(70'000, 'a') + "\"}").error().kind, ProblemKind::too_large);
}

TEST(JsonBody, says_what_is_wrong_with_a_field_and_where) {
  const auto fault = [](std::string json) { return read(std::move(json))->text("name", 5).error(); };
  EXPECT_EQ(fault("{}").where, "/name");
  EXPECT_EQ(fault("{}").code, "field-invalid");
  EXPECT_EQ(fault(R"({"name":7})").code, "field-invalid");
  EXPECT_EQ(fault(R"({"name":null})").code, "field-invalid");
  EXPECT_EQ(fault(R"({"name":"  "})").code, "field-invalid");
  EXPECT_EQ(fault(R"({"name":"åäöåäö"})").code, "field-invalid");
  EXPECT_EQ(fault(R"({"name":"a\u0000b"})").code, "field-invalid");
  EXPECT_EQ(read(R"({"channels":["a",1]})")->texts("channels", 5, 5).error().where, "/channels/1");
}

}  // namespace
}  // namespace postgang::api
