// Standard Webhooks: how calls are signed, what of an answer counts, and where no call goes.
#include "channels/webhook_sender.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/net/server_fixture.h"

namespace postgang::channels {
namespace {

const auto noon = Instant::atMidnight(Date::of(2026, 11, 30)).plusSeconds(12 * 3600);

class WebhookSender : public ::testing::Test {
 protected:
  WebhookSender() { rules_.sandbox = true; }

  WebhookAnswer send(const std::string& url, std::vector<std::string> secrets = {}) {
    return sendWebhook(client_, {url, std::move(secrets), "msg_1", R"({"type":"webhook.test"})"}, rules_,
                       noon);
  }
  // Of a receiver that answers so.
  WebhookAnswer answerTo(net::Reply reply) {
    net::test::TestServer server({.handler = [&](net::Request& request) {
      seen_ = request;
      return reply;
    }});
    return send("http://127.0.0.1:" + std::to_string(server.port) + "/in");
  }

  net::HttpClient client_;
  HandoverRules rules_;
  net::Request seen_;
};

TEST_F(WebhookSender, both_secrets_sign_while_one_is_changed_for_another) {
  const std::vector<std::string> secrets = {newWebhookSecret(), newWebhookSecret()};
  net::Request seen;
  net::test::TestServer server({.handler = [&](net::Request& request) {
    seen = request;
    return net::Reply::empty(204);
  }});
  const auto answer = send("http://127.0.0.1:" + std::to_string(server.port) + "/in", secrets);
  ASSERT_TRUE(answer.isTaken()) << answer.code << answer.detail;
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.header("webhook-id"), "msg_1");
  EXPECT_EQ(seen.header("webhook-timestamp"), std::to_string(noon.microseconds / 1'000'000));
  const std::string header(seen.header("webhook-signature"));
  const auto signatures = split(header, ' ');
  ASSERT_EQ(signatures.size(), 2U);
  for (std::size_t index = 0; index < 2; ++index)
    EXPECT_EQ(signatures[index],
              webhookSignature(secrets[index], "msg_1", seen.header("webhook-timestamp"), seen.body));
}

TEST_F(WebhookSender, a_redirect_is_an_answer_and_is_not_followed) {
  const auto answer = answerTo(net::Reply::redirect("http://127.0.0.1/internal", 302));
  EXPECT_EQ(answer.status, 302);
  EXPECT_FALSE(answer.isTaken());
}

TEST_F(WebhookSender, a_huge_answer_is_read_so_far_and_no_further) {
  const auto answer = answerTo(net::Reply::text(std::string(8 * 1024 * 1024, 'x')));
  EXPECT_TRUE(answer.isTaken()) << answer.code << ": " << answer.detail;
  EXPECT_EQ(answer.body.size(), webhook_answer_bytes);
}

TEST_F(WebhookSender, what_is_no_text_in_an_answer_is_left_out) {
  EXPECT_EQ(answerTo(net::Reply::text(std::string("a\xff"
                                                  "b\0c\x1b",
                                                  6)))
                .body,
            "ab c ");
}

TEST_F(WebhookSender, only_410_says_that_nobody_takes_anything_there) {
  EXPECT_TRUE(answerTo(net::Reply::empty(410)).isGone());
  EXPECT_FALSE(answerTo(net::Reply::empty(404)).isGone());
  EXPECT_FALSE(answerTo(net::Reply::empty(404)).isTaken());
}

TEST_F(WebhookSender, retry_after_counts_for_429_and_503_alone) {
  const auto with = [](int status) {
    auto reply = net::Reply::empty(status);
    reply.headers.add("Retry-After", "120");
    return reply;
  };
  EXPECT_EQ(answerTo(with(503)).retryAfter, noon.plusSeconds(120));
  EXPECT_EQ(answerTo(with(429)).retryAfter, noon.plusSeconds(120));
  EXPECT_EQ(answerTo(with(500)).retryAfter, std::nullopt);
}

TEST(RetryAfter, is_seconds_or_a_date_and_nothing_else) {
  EXPECT_EQ(retryAfterOf(" 5 ", noon), noon.plusSeconds(5));
  EXPECT_EQ(retryAfterOf("Mon, 30 Nov 2026 12:01:00 GMT", noon), noon.plusSeconds(60));
  EXPECT_EQ(retryAfterOf("Mon, 30 Nov 2026 11:00:00 GMT", noon), noon) << "a time that has been is now";
  for (const std::string_view wrong :
       {"", "-5", "5 minutes", "1e3", "Mon, 30 Foo 2026 12:01:00 GMT", "Mon, 31 Feb 2026 12:01:00 GMT",
        "99999999999", "Monday, 30-Nov-26 12:01:00 GMT", "604801"})
    EXPECT_EQ(retryAfterOf(wrong, noon), std::nullopt) << wrong;
}

struct Address {
  std::string_view url, code;
};
class Inwards : public ::testing::TestWithParam<Address> {};

TEST_P(Inwards, is_refused_when_it_is_set) {
  const auto checked = checkWebhookUrl(GetParam().url, {});
  ASSERT_FALSE(checked) << GetParam().url;
  EXPECT_EQ(checked.error().code, GetParam().code) << GetParam().url;
}

INSTANTIATE_TEST_SUITE_P(
    Addresses, Inwards,
    ::testing::Values(
        Address{"https://127.0.0.1/", "address-refused"}, Address{"https://127.1/", "address-refused"},
        Address{"https://0x7f.1/", "address-refused"}, Address{"https://2130706433/", "address-refused"},
        Address{"https://017700000001/", "address-refused"}, Address{"https://0/", "address-refused"},
        Address{"https://[::1]/", "address-refused"}, Address{"https://[::]/", "address-refused"},
        Address{"https://[::ffff:127.0.0.1]/", "address-refused"},
        Address{"https://[::ffff:7f00:1]/", "address-refused"},
        Address{"https://[64:ff9b::7f00:1]/", "address-refused"},
        Address{"https://169.254.169.254/latest/meta-data", "address-refused"},
        Address{"https://[fe80::1]/", "address-refused"}, Address{"https://[fd00::1]/", "address-refused"},
        Address{"https://10.1.2.3:8443/", "address-refused"},
        Address{"https://172.16.0.1/", "address-refused"}, Address{"https://192.168.1.1/", "address-refused"},
        Address{"https://100.64.0.1/", "address-refused"}, Address{"https://localhost/", "address-refused"},
        Address{"http://example.com/", "url-invalid"},
        Address{"https://user:word@example.com/", "url-invalid"},
        Address{"https://example.com/#here", "url-invalid"}, Address{"file:///etc/passwd", "url-invalid"},
        Address{"gopher://example.com/", "url-invalid"}, Address{"https:///path", "url-invalid"},
        Address{"https://example.com/a b", "url-invalid"}, Address{"example.com", "url-invalid"}));

// The name is one of the machine's own that leads to loopback: what counts is where the connection would go,
// whatever stood in the settings.
TEST_F(WebhookSender, a_name_that_leads_inwards_is_refused_where_the_connection_is_made) {
  std::atomic<int> calls = 0;
  net::test::TestServer server({.handler = [&](net::Request&) {
    ++calls;
    return net::Reply::empty(204);
  }});
  rules_.sandbox = false;
  for (const std::string host : {"localhost", "127.0.0.1", "2130706433", "[::ffff:127.0.0.1]"}) {
    const auto answer = send("http://" + host + ":" + std::to_string(server.port) + "/in");
    EXPECT_EQ(answer.code, "address-refused") << host;
    EXPECT_EQ(answer.status, 0) << host;
  }
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace postgang::channels
