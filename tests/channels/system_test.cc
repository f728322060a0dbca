// How a receiver's settings are read, what is refused of them, and what leaves by each way.
#include "channels/system.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <boost/json.hpp>

#include "base/bytes.h"
#include "channels/handover_carry.h"
#include "channels/handover_sample.h"
#include "formats/format.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;

class System : public ::testing::Test {
 protected:
  System() {
    std::string name = (std::filesystem::temp_directory_path() / "postgang-handover-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
    rules_.root = name;
    rules_.keyFile = "/etc/postgang/key";
    rules_.mail = true;
  }
  ~System() override { std::filesystem::remove_all(rules_.root); }

  // The code of why it is refused, and where; empty: it is taken.
  std::string refusal(std::string_view text) const {
    const auto read = handoverFromJson(text, rules_);
    return read ? std::string() : read.error().code + " " + read.error().where;
  }
  std::string refusal(const HandoverRules& rules, std::string_view text) const {
    const auto read = handoverFromJson(text, rules);
    return read ? std::string() : read.error().code + " " + read.error().where;
  }

  HandoverRules rules_;
};

constexpr std::string_view host_key = "SHA256:ohD8VZEXGWo6Ez8GSEJQ9WpafgLFsOfLOtGGQCQo6Og";

TEST_F(System, what_is_set_is_read_back) {
  for (const std::string_view text : {R"({"way":"inbox"})", R"({"way":"api","hours":4})",
                                      R"({"way":"folder","address":"in/invoices","copy":true})",
                                      R"({"way":"webhook","address":"https://erp.example.com/in?token=a"})",
                                      R"({"way":"email","address":"ekonomi@example.com","hours":720})"}) {
    const auto read = handoverFromJson(text, rules_);
    ASSERT_TRUE(read) << text << ": " << read.error().detail;
    EXPECT_EQ(handoverOf(handoverToJson(*read)), *read) << text;
  }
  EXPECT_EQ(handoverOf("").way, HandoverWay::inbox);
  EXPECT_EQ(handoverOf("nothing of ours").way, HandoverWay::inbox);
  EXPECT_EQ(handoverOf(R"({"way":"api"})").hours, 24);
}

TEST_F(System, what_nobody_knows_is_refused_with_its_place) {
  EXPECT_EQ(refusal("[]"), "handover-malformed /");
  EXPECT_EQ(refusal("{}"), "handover-malformed /way");
  EXPECT_EQ(refusal(R"({"way":"pigeon"})"), "handover-malformed /way");
  EXPECT_EQ(refusal(R"({"way":"api","hours":0})"), "handover-malformed /hours");
  EXPECT_EQ(refusal(R"({"way":"api","hours":721})"), "handover-malformed /hours");
  EXPECT_EQ(refusal(R"({"way":"api","copy":"yes"})"), "handover-malformed /copy");
  EXPECT_EQ(refusal(R"({"way":"api","address":"https://example.com"})"), "handover-malformed /address");
  EXPECT_EQ(refusal(R"({"way":"api","colour":"red"})"), "handover-malformed /colour");
  EXPECT_EQ(refusal(R"({"way":"email","address":"not an address"})"), "mail-address-invalid /address");
}

TEST_F(System, no_address_leads_inwards) {
  for (const std::string_view address : {"https://127.0.0.1/", "https://10.0.0.8/in", "https://localhost/",
                                         "https://[::1]/", "https://169.254.169.254/"})
    EXPECT_EQ(refusal(json::serialize(json::object{{"way", "webhook"}, {"address", address}})),
              "address-refused /address")
        << address;
  EXPECT_EQ(refusal(R"({"way":"webhook","address":"http://erp.example.com/"})"), "url-invalid /address");
  EXPECT_EQ(refusal(R"({"way":"webhook","address":"https://me:secret@erp.example.com/"})"),
            "url-invalid /address");
  const auto sftp = [&](std::string_view address) {
    return refusal(
        json::serialize(json::object{{"way", "folder"}, {"address", address}, {"hostKey", host_key}}));
  };
  EXPECT_EQ(sftp("sftp://postgang@files.example.com/in"), "");
  EXPECT_EQ(sftp("sftp://postgang@10.1.2.3:22/in"), "address-refused /address");
  EXPECT_EQ(sftp("sftp://postgang@[::1]/in"), "address-refused /address");
  EXPECT_EQ(sftp("sftp://files.example.com/in"), "drop-url-invalid /address");
  EXPECT_EQ(refusal(R"({"way":"folder","address":"sftp://a@files.example.com/in","hostKey":"SHA256:x"})"),
            "drop-host-key-invalid /hostKey");
  auto sandbox = rules_;
  sandbox.sandbox = true;
  EXPECT_EQ(refusal(sandbox, R"({"way":"webhook","address":"http://127.0.0.1:8080/in"})"), "");
}

TEST_F(System, a_folder_here_lies_in_the_companys_own) {
  for (const std::string_view path :
       {"../other", "/etc", "in/../../etc", "in//x", ".hidden", "file:///etc", "a b", ""})
    EXPECT_EQ(refusal(json::serialize(json::object{{"way", "folder"}, {"address", path}})),
              "handover-path-invalid /address")
        << path;
  const auto drop = openHandoverDrop(rules_, "0007:5599900023", "in/invoices", "");
  ASSERT_TRUE(drop) << drop.error().detail;
  EXPECT_TRUE(std::filesystem::is_directory(rules_.root + "/0007_5599900023/in/invoices"));
  std::filesystem::create_directory(rules_.root + "/0007_5599900015");
  std::filesystem::create_directory_symlink("../0007_5599900023", rules_.root + "/0007_5599900015/out");
  EXPECT_EQ(openHandoverDrop(rules_, "0007:5599900015", "out", "").error().code, "handover-path-invalid")
      << "a link leads into another company's folder";
}

TEST_F(System, what_the_operator_has_not_set_up_is_off) {
  const HandoverRules none;
  EXPECT_EQ(refusal(none, R"({"way":"folder","address":"in"})"), "handover-way-off /way");
  EXPECT_EQ(refusal(none, R"({"way":"folder","address":"sftp://a@files.example.com/in"})"),
            "handover-way-off /way");
  EXPECT_EQ(refusal(none, R"({"way":"email","address":"a@example.com"})"), "handover-way-off /way");
  EXPECT_EQ(refusal(none, R"({"way":"webhook","address":"https://erp.example.com/"})"), "");
}

// The example of the specification's reference libraries.
TEST_F(System, a_webhook_is_signed_as_standard_webhooks_are) {
  EXPECT_EQ(webhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                             "1614265330", R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  EXPECT_EQ(webhookSignature("", "id", "1", "{}"), "");
  const auto secret = newWebhookSecret();
  EXPECT_EQ(fromBase64(secret.substr(6))->size(), 32U);
}

TEST_F(System, a_test_document_says_that_it_is_one_and_can_be_read) {
  store::Company receiver;
  receiver.identifier = "0007:5599900023";
  receiver.name = "Granberga <Bygg> & Co";
  const auto now = *Instant::parse("2026-11-23T09:41:07Z");
  for (const std::string kind : {"invoice", "credit-note"}) {
    const auto load = testLoad("019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711", kind, receiver, now, true);
    ASSERT_TRUE(load) << load.error().detail;
    EXPECT_EQ(load->number, "TEST-20261123-104107");
    EXPECT_TRUE(load->copy.starts_with("%PDF-"));
    const auto reading = formats::readDocument(load->original);
    ASSERT_TRUE(reading) << reading.error().detail;
    EXPECT_EQ(document::name(reading->document.kind()), kind);
    EXPECT_NE(reading->document.text(document::Term::BT_22).find("TEST"), std::string::npos);
    EXPECT_EQ(reading->document.text(document::Term::BT_44), receiver.name);
    EXPECT_EQ(originalName(*load), load->number + "_" + load->id + ".xml");
  }
}

TEST_F(System, the_webhooks_body_has_the_files_and_where_to_confirm) {
  HandoverLoad load;
  load.id = "019ab2c4-5d10-7c3e-9a51-2f6f0c8e0001";
  load.document = "019ab2c4-5d10-7c3e-9a51-2f6f0c8e0002";
  load.kind = "invoice";
  load.number = "4711";
  load.original = "<Invoice/>";
  const auto body =
      json::parse(webhookBody(load, "https://post.example", *Instant::parse("2026-11-23T09:41:07Z")));
  const auto& data = body.at("data").as_object();
  EXPECT_EQ(body.at("type").as_string(), "document.handed-over");
  EXPECT_EQ(data.at("id").as_string(), load.document);
  EXPECT_EQ(data.at("test").as_bool(), false);
  EXPECT_EQ(*fromBase64(std::string_view(data.at("original").at("base64").as_string())), load.original);
  EXPECT_TRUE(data.at("copy").is_null());
  EXPECT_EQ(data.at("links").at("confirmation").as_string(),
            "https://post.example/api/v1/handovers/" + load.document + "/confirmation");
}

TEST_F(System, an_attempt_is_made_again_for_three_days) {
  auto at = *Instant::parse("2026-11-23T09:00:00Z");
  const auto first = at;
  int attempts = 1;
  for (; nextHandoverTry(attempts, at); ++attempts) at = *nextHandoverTry(attempts, at);
  EXPECT_EQ(attempts, 10);
  const auto hours = (at.microseconds - first.microseconds) / 3'600'000'000;
  EXPECT_GE(hours, 70);
  EXPECT_LE(hours, 73);
}

TEST_F(System, a_file_that_lies_there_is_not_laid_twice) {
  const auto drop = openHandoverDrop(rules_, "0007:5599900023", "in", "");
  ASSERT_TRUE(drop);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto sent = carryToFolder(*drop, "4711_x.xml", "<Invoice/>", "4711_x_copy.pdf", "%PDF-1.4");
    EXPECT_EQ(sent.result, store::EventType::sent);
    EXPECT_EQ(sent.evidence, "file");
  }
  EXPECT_EQ(*drop->list(""), (std::vector<std::string>{"4711_x.xml", "4711_x_copy.pdf"}));
}

}  // namespace
}  // namespace postgang::channels
