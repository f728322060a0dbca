#include "tests/flow/house.h"
#include "tests/flow/zip.h"

namespace postgang::flow {
namespace {

using Intake = House;

TEST_F(Intake, refuses_the_same_bytes_and_says_which_they_repeat) {
  const auto first = send(Sample{});
  walk();
  const auto again = flow_->accept(upload(Sample{}));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "duplicate-document");
  EXPECT_EQ(again.error().kind, ProblemKind::conflict);
  EXPECT_EQ(again.error().parameters.at("documentId"), first.text());
  EXPECT_EQ(again.error().parameters.at("number"), "4711");
  EXPECT_EQ(again.error().parameters.at("date"), "2026-11-23");
  EXPECT_EQ(walk(), 0);
}

TEST_F(Intake, lets_two_companies_send_the_same_bytes) {
  const auto ours = send(Sample{});
  auto theirs = upload(Sample{});
  theirs.sender = granberga_;
  const auto accepted = flow_->accept(theirs);
  ASSERT_TRUE(accepted);
  EXPECT_NE(accepted->documents.front().id, ours);
}

TEST_F(Intake, makes_a_document_of_each_file_in_a_zip_and_lets_one_bad_one_stop_itself) {
  Sample other;
  other.number = "4712";
  const auto accepted = flow_->accept(upload(zipped({{"november/4711.xml", invoice({})},
                                                     {"november/skräp.xml", "<no"},
                                                     {"november/4712.xml", invoice(other)},
                                                     {"november/igen.xml", invoice({})},
                                                     {"november/tom.xml", ""}})));
  ASSERT_TRUE(accepted) << accepted.error().code;
  EXPECT_TRUE(accepted->archive);
  ASSERT_EQ(accepted->documents.size(), 5u);
  EXPECT_EQ(accepted->documents[0].fileName, "4711.xml");
  ASSERT_TRUE(accepted->documents[3].problem);
  EXPECT_EQ(accepted->documents[3].problem->code, "duplicate-document");
  EXPECT_EQ(accepted->documents[3].problem->parameters.at("documentId"), accepted->documents[0].id.text());
  ASSERT_TRUE(accepted->documents[4].problem);
  EXPECT_EQ(accepted->documents[4].problem->code, "document-empty");
  walk();
  EXPECT_EQ(statusOf(accepted->documents[0].id), "delivered");
  EXPECT_EQ(statusOf(accepted->documents[1].id), "stopped");
  EXPECT_EQ(statusOf(accepted->documents[2].id), "delivered");
}

TEST_F(Intake, keeps_nothing_of_what_is_over_a_limit) {
  settings_.limits.documentBytes_max = 2000;
  flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  const auto large = flow_->accept(upload(std::string(2001, ' ')));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, "document-too-large");
  EXPECT_EQ(large.error().kind, ProblemKind::too_large);
  settings_.limits.documentBytes_max = 100'000;
  settings_.limits.archiveDocuments_max = 1;
  flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  const auto many = flow_->accept(upload(zipped({{"a.xml", "<a/>"}, {"b.xml", "<b/>"}})));
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, "archive-too-many-documents");
  EXPECT_EQ(walk(), 0);
}

TEST_F(Intake, refuses_an_empty_file) {
  const auto empty = flow_->accept(upload(""));
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, "document-empty");
}

Upload withKey(Upload upload, std::string key, std::string_view request) {
  const auto digest = sha256(request);
  upload.idempotency =
      Idempotency{"key:1", std::move(key), digest, [digest](const Accepted& accepted) {
                    return store::StoredReply{digest, 202, accepted.documents.front().id.text()};
                  }};
  return upload;
}

TEST_F(Intake, gives_the_first_answer_again_under_the_same_key) {
  const auto first = flow_->accept(withKey(upload(Sample{}), "a", "request"));
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->replay);
  const auto again = flow_->accept(withKey(upload(Sample{}), "a", "request"));
  ASSERT_TRUE(again) << again.error().code;
  ASSERT_TRUE(again->replay);
  EXPECT_EQ(again->replay->body, first->documents.front().id.text());
  const auto other = flow_->accept(withKey(upload(Sample{}), "a", "another request"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, "idempotency-key-reused");
  EXPECT_EQ(walk(), 2) << "one document only";
}

TEST_F(Intake, takes_many_at_once_each_with_its_own_answer) {
  Sample other;
  other.number = "4712";
  const auto answers = flow_->acceptAll({upload(Sample{}), upload(""), upload(other), upload(Sample{})});
  ASSERT_EQ(answers.size(), 4u);
  EXPECT_TRUE(answers[0]);
  EXPECT_EQ(answers[1].error().code, "document-empty");
  EXPECT_TRUE(answers[2]);
  EXPECT_EQ(answers[3].error().code, "duplicate-document");
  EXPECT_EQ(walk(), 4);
}

TEST_F(Intake, shows_a_file_name_but_never_its_controls) {
  auto named = upload(Sample{});
  named.fileName = "  fak\ntura\x01 4711.xml ";
  const auto id = send(named);
  EXPECT_EQ(fact<store::ReceivedFact>(id).fileName, "fak tura 4711.xml");
}

}  // namespace
}  // namespace postgang::flow
