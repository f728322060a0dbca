#include "channels/access_point.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/channels/access_point_double.h"
#include "tests/net/cutting_proxy.h"
#include "tests/net/server_fixture.h"

namespace postgang::channels {
namespace {

using Result_ = Submission::Result;
using net::Reply;
using net::Request;

class AccessPointClient : public testing::Test {
 protected:
  Submission submit(bool maybeThere = false) { return submit(there_.options(), maybeThere); }
  static Submission submit(AccessPointOptions options, bool maybeThere = false) {
    return AccessPoint(std::move(options)).submit("abc", "<x/>", maybeThere);
  }
  void always(int status, const std::string& body) { there_.answersWith(status, body); }

  test::AccessPointDouble there_;
};

TEST_F(AccessPointClient, what_is_sent_is_taken_with_its_message) {
  always(200, test::AccessPointDouble::report("abc"));
  const auto said = submit();
  EXPECT_EQ(said.result, Result_::taken);
  EXPECT_EQ(said.at, Instant::parse("2026-11-23T09:41:07Z"));
  EXPECT_EQ(said.messageId, "m-1@ap");
  EXPECT_EQ(said.receiverAccessPoint, "POP000002");
  EXPECT_EQ(there_.asked(), std::vector<std::string>{"POST /api/outbound/submit-sbd"});
}

TEST_F(AccessPointClient, shows_its_token_and_says_what_it_sends) {
  std::string type, body;
  there_.answers([&](const Request& request) -> std::optional<Reply> {
    type = request.header("Content-Type");
    body = request.body;
    return Reply::json(test::AccessPointDouble::report("abc"));
  });
  EXPECT_EQ(submit().result, Result_::taken);
  EXPECT_EQ(type, "application/xml");
  EXPECT_EQ(body, "<x/>");
  auto wrong = there_.options();
  wrong.token = "another";
  const auto said = submit(wrong);
  EXPECT_EQ(said.result, Result_::later) << "our token is not the document's fault";
  EXPECT_TRUE(said.silent);
  EXPECT_EQ(said.words.find("another"), std::string::npos);
}

TEST_F(AccessPointClient, what_is_wrong_with_the_document_is_final_and_in_words) {
  for (const int status : {400, 413, 422}) {
    always(status, R"("The receiver is not serviced")");
    const auto said = submit();
    EXPECT_EQ(said.result, Result_::refused) << status;
    EXPECT_EQ(said.words, "The receiver is not serviced");
  }
  always(400, "<html>no</html>");
  EXPECT_EQ(submit().words, "It answered 400.");
}

TEST_F(AccessPointClient, what_passes_is_tried_again_later) {
  for (const int status : {408, 425, 429, 500, 502, 503, 504}) {
    always(status, "");
    EXPECT_EQ(submit().result, Result_::later) << status;
  }
  there_.answers([](const Request&) {
    auto reply = Reply::json("{}", 503);
    reply.headers.add("Retry-After", "1200");
    return reply;
  });
  EXPECT_EQ(submit().after_seconds, 1200);
  always(404, "");
  EXPECT_TRUE(submit().silent) << "it lets us do nothing at all";
}

TEST_F(AccessPointClient, a_redirect_is_not_followed) {
  there_.answers([&](const Request& request) -> std::optional<Reply> {
    if (request.path != "/api/outbound/submit-sbd") return std::nullopt;
    auto reply = Reply::empty(307);
    reply.headers.add("Location", there_.url() + "/elsewhere");
    return reply;
  });
  EXPECT_EQ(submit().result, Result_::later);
  EXPECT_EQ(there_.asked().size(), 1u);
}

TEST_F(AccessPointClient, what_it_has_in_hand_is_asked_for_before_it_is_sent_again) {
  always(202, R"({"status":"pending"})");
  auto said = submit();
  EXPECT_EQ(said.result, Result_::later);
  EXPECT_TRUE(said.inHand);
  EXPECT_EQ(said.after_seconds, 60);
  always(200, R"({"status":"failed","errorDetails":"C3 did not answer"})");
  said = submit(true);
  EXPECT_EQ(said.result, Result_::later);
  EXPECT_NE(said.words.find("C3 did not answer"), std::string::npos);
  always(200, R"({"status":"sent","completedDT":"2026-11-23T09:41:08Z"})");
  said = submit(true);
  EXPECT_EQ(said.result, Result_::taken);
  EXPECT_EQ(said.at, Instant::parse("2026-11-23T09:41:08Z"));
  always(200, R"({"status":"permanently_failed","errorDetails":"Not serviced"})");
  said = submit(true);
  EXPECT_EQ(said.result, Result_::refused);
  EXPECT_EQ(said.words, "Not serviced");
  const auto asked = there_.asked();
  EXPECT_EQ(asked.back(), "GET /api/outbound/status/abc");
  EXPECT_EQ(std::ranges::count(asked, "POST /api/outbound/submit-sbd"), 1) << "once";
}

TEST_F(AccessPointClient, what_it_does_not_know_is_sent) {
  there_.answers([](const Request& request) {
    return request.method == "GET" ? Reply::json("{}", 404)
                                   : Reply::json(test::AccessPointDouble::report("abc"));
  });
  EXPECT_EQ(submit(true).result, Result_::taken);
  EXPECT_EQ(there_.asked().size(), 2u);
}

TEST_F(AccessPointClient, an_instance_that_is_there_already_is_asked_about) {
  there_.answers([](const Request& request) {
    return request.method == "GET" ? Reply::json(R"({"status":"sent"})") : Reply::json("\"twice\"", 409);
  });
  EXPECT_EQ(submit().result, Result_::taken);
  // A report of what went wrong: it tries by itself.
  there_.answers([](const Request& request) {
    return request.method == "GET"
               ? Reply::json(R"({"status":"failed"})")
               : Reply::json(R"({"sbdhInstanceIdentifier":"abc","sendingResult":"TRANSPORT_ERROR"})", 422);
  });
  EXPECT_EQ(submit().result, Result_::later);
}

TEST_F(AccessPointClient, an_answer_that_says_nothing_is_no_receipt) {
  for (const auto* body :
       {"", "[]", "{}", "{\"overallSuccess\":\"true\"}", "{\"overallSuccess\":false}", "{"}) {
    always(200, body);
    const auto said = submit();
    EXPECT_EQ(said.result, Result_::later) << body;
    EXPECT_TRUE(said.inHand) << body;
  }
  always(200, std::string(50, '[') + std::string(50, ']'));
  EXPECT_EQ(submit().result, Result_::later);
}

TEST_F(AccessPointClient, an_answer_that_is_too_large_is_left_unread) {
  there_.answers([](const Request&) { return Reply::json(std::string(50 * 1024 * 1024, ' ')); });
  const auto said = submit();
  EXPECT_EQ(said.result, Result_::later);
  EXPECT_TRUE(said.inHand);
}

TEST_F(AccessPointClient, one_that_does_not_answer_in_time_may_have_it) {
  net::test::Gate gate;
  there_.answers([&](const Request&) {
    gate.wait();
    return Reply::json("{}");
  });
  auto options = there_.options();
  options.totalTime = std::chrono::milliseconds(200);
  const auto said = submit(options);
  gate.open();
  EXPECT_EQ(said.result, Result_::later);
  EXPECT_TRUE(said.silent);
  EXPECT_TRUE(said.inHand);
}

TEST_F(AccessPointClient, a_connection_that_is_cut_after_the_last_byte_may_have_brought_it) {
  always(200, test::AccessPointDouble::report("abc"));
  net::test::CuttingProxy proxy(there_.port(),
                                [](auto passing, auto) { return passing == net::test::Passing::to_client; });
  auto options = there_.options();
  options.url = "http://127.0.0.1:" + std::to_string(proxy.port());
  const auto said = submit(options);
  EXPECT_EQ(said.result, Result_::later);
  EXPECT_TRUE(said.inHand);
  EXPECT_EQ(there_.asked().size(), 1u);
}

TEST_F(AccessPointClient, one_that_is_not_there_has_nothing) {
  auto options = there_.options();
  options.url = "http://127.0.0.1:1";
  const auto said = submit(options);
  EXPECT_EQ(said.result, Result_::later);
  EXPECT_TRUE(said.silent);
  EXPECT_FALSE(said.inHand);
}

TEST(AccessPointUrl, is_https_unless_in_the_sandbox) {
  const auto of = [](std::string_view url, bool sandbox) {
    const auto checked = accessPointUrl(url, sandbox);
    return checked ? *checked : checked.error().code;
  };
  EXPECT_EQ(of("https://ap.example.com/", false), "https://ap.example.com");
  EXPECT_EQ(of("https://ap.example.com:8443/peppol", false), "https://ap.example.com:8443/peppol");
  EXPECT_EQ(of("http://ap.example.com", false), "access-point-url-invalid");
  EXPECT_EQ(of("http://127.0.0.1:8090", true), "http://127.0.0.1:8090");
  for (const auto* wrong : {"", "ap.example.com", "https://user:secret@ap.example.com", "file:///etc/passwd",
                            "https://ap.example.com?token=1", "https://ap.example.com/#x"})
    EXPECT_EQ(of(wrong, true), "access-point-url-invalid") << wrong;
}

}  // namespace
}  // namespace postgang::channels
