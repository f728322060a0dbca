#include "net/router.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace postgang::net {
namespace {

Router documents() {
  Router router;
  const auto says = [](std::string what) {
    return [what](const Request& request) {
      return Reply::text(what + " " + std::string(request.parameter("id")) +
                         std::string(request.parameter("kind")));
    };
  };
  router.add("GET", "/", says("root"));
  router.add("GET", "/documents", says("list"));
  router.add("POST", "/documents", says("receive"), 1000);
  router.add("GET", "/documents/{id}", says("show"));
  router.add("GET", "/documents/export", says("export"));
  router.add("GET", "/documents/{id}/copies/{kind}", says("copy"));
  router.add("POST", "/documents/export/copies", says("odd"));
  return router;
}

Reply ask(const Router& router, std::string method, std::string target) {
  Request request = Request::of(std::move(method), std::move(target)).value();
  return router(request);
}

TEST(Router, FindsTheHandlerAndItsParameters) {
  const Router router = documents();
  EXPECT_EQ(ask(router, "GET", "/").body, "root ");
  EXPECT_EQ(ask(router, "GET", "/documents?a=b").body, "list ");
  EXPECT_EQ(ask(router, "POST", "/documents").body, "receive ");
  EXPECT_EQ(ask(router, "GET", "/documents/17").body, "show 17");
  EXPECT_EQ(ask(router, "GET", "/documents/a%2Fb").body, "show a/b");
  EXPECT_EQ(ask(router, "GET", "/documents/17/copies/pdf").body, "copy 17pdf");
}

TEST(Router, ALiteralGoesBeforeANameButDoesNotHideIt) {
  const Router router = documents();
  EXPECT_EQ(ask(router, "GET", "/documents/export").body, "export ");
  EXPECT_EQ(ask(router, "GET", "/documents/export/copies/pdf").body, "copy exportpdf");
}

TEST(Router, SaysWhichRouteItWas) {
  const Router router = documents();
  Request request = Request::of("GET", "/documents/17/copies/pdf").value();
  router(request);
  EXPECT_EQ(request.route, "/documents/{id}/copies/{kind}");
}

TEST(Router, UnknownPathsAreNotFound) {
  Router router = documents();
  for (auto path : {"/document", "/documents/", "/documents/17/", "/documents//copies/pdf",
                    "/documents/17/copies", "//"}) {
    const auto reply = ask(router, "GET", path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_NE(reply.body.find("not-found"), std::string::npos);
  }
  router.otherwise([](const Request&) { return Reply::text("portal"); });
  EXPECT_EQ(ask(router, "GET", "/document").body, "portal");
}

TEST(Router, OtherMethodsAreToldWhichThereAre) {
  const Router router = documents();
  const auto reply = ask(router, "DELETE", "/documents");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.headers.get("Allow"), "GET, HEAD, POST");
  EXPECT_EQ(ask(router, "HEAD", "/documents").body, "list ");
  EXPECT_EQ(ask(router, "GET", "/documents/export/copies").status, 405);
}

TEST(Router, KnowsEachRoutesBodyLimit) {
  const Router router = documents();
  EXPECT_EQ(router.bodyLimit("POST", "/documents"), 1000u);
  EXPECT_EQ(router.bodyLimit("GET", "/documents"), std::nullopt);
  EXPECT_EQ(router.bodyLimit("POST", "/nothing"), std::nullopt);
  EXPECT_EQ(router.bodyLimit("POST", "/%zz"), std::nullopt);
}

TEST(Router, says_which_routes_it_has) {
  auto routes = documents().routes();
  std::ranges::sort(routes);
  ASSERT_GE(routes.size(), 5U);
  EXPECT_TRUE(std::ranges::count(routes, std::pair<std::string, std::string>("POST", "/documents")) == 1);
  EXPECT_TRUE(std::ranges::count(routes, std::pair<std::string, std::string>("GET", "/documents/{id}")) == 1);
  EXPECT_TRUE(std::ranges::adjacent_find(routes) == routes.end());
}

}  // namespace
}  // namespace postgang::net
