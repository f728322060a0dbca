// Mails about accounts: each try has a token of its own, only the newest works, and nobody is told what is
// nobody's.
#include <deque>

#include "base/bytes.h"
#include "store/access_rows.h"
#include "store/account_mails.h"
#include "store/sign_ins.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class AccountMails : public House {
 protected:
  AccountMails() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      sent_.push_back({envelope, std::string(message)});
      if (answers_.empty()) return net::SmtpAnswer{net::SmtpResult::accepted, "250 queued", {}, {}};
      const auto answer = answers_.front();
      answers_.pop_front();
      return net::SmtpAnswer{answer, "words", {}, {}};
    };
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }
  void person(const std::string& email, bool active = true) {
    store::User user;
    user.id = ids_.next<UserId>();
    user.email = email;
    user.name = "Karin Sand";
    user.active = active;
    user.memberships = {{energi_, "clerk"}};
    ASSERT_TRUE(store_->write(store::Priority::background,
                              [&](store::Transaction& tx) { return store::createUser(tx, user); }));
  }
  store::Invitation invite() {
    store::Invitation row;
    row.id = ids_.next<InvitationId>();
    row.email = "per@nordhamn.example";
    row.name = "Per Lind";
    row.memberships = {{energi_, "clerk"}};
    row.invitedByName = "Inga Berg";
    row.createdAt = clock_.now();
    row.expiresAt = clock_.now().plusSeconds(7 * 24 * 3600);
    EXPECT_TRUE(store_->write(store::Priority::background,
                              [&](store::Transaction& tx) { return store::putInvitation(tx, row); }));
    return row;
  }
  void lay(const store::AccountMail& mail) {
    ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
      return store::enqueue(tx, store::accountMailJob(mail, energi_, clock_.now()));
    }));
  }
  void layInvitation(const store::Invitation& row) {
    lay({.what = "invitation", .invitation = row.id, .at = clock_.now(), .expiresAt = row.expiresAt});
  }
  std::optional<store::Invitation> byToken(const std::string& token) {
    std::optional<store::Invitation> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::invitationByToken(reader, sha256(token)));
      return {};
    }));
    return found;
  }
  // The link's token, as it stands in the mail's text; lines that end with = go on.
  static std::string tokenIn(std::string message) {
    for (auto at = message.find("=\r\n"); at != std::string::npos; at = message.find("=\r\n", at))
      message.erase(at, 3);
    const auto hash = message.find("#");
    return hash == std::string::npos ? std::string() : message.substr(hash + 1, 43);
  }

  struct Mail {
    net::Envelope envelope;
    std::string message;
  };
  std::vector<Mail> sent_;
  std::deque<net::SmtpResult> answers_;
};

TEST_F(AccountMails, BringAnInvitationWhoseLinkWorks) {
  const auto row = invite();
  layInvitation(row);
  walk();
  ASSERT_EQ(sent_.size(), 1u);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"per@nordhamn.example"});
  const auto found = byToken(tokenIn(sent_[0].message));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, row.id);
  EXPECT_TRUE(found->sentAt);
}

TEST_F(AccountMails, AreTriedAgainWithATokenOfTheirOwn) {
  answers_ = {net::SmtpResult::later};
  layInvitation(invite());
  walk();
  ASSERT_EQ(sent_.size(), 1u);
  ASSERT_TRUE(flow_->advance(clock_, 120));
  ASSERT_EQ(sent_.size(), 2u);
  EXPECT_FALSE(byToken(tokenIn(sent_[0].message))) << "the first may have been read on the way";
  EXPECT_TRUE(byToken(tokenIn(sent_[1].message)));
}

TEST_F(AccountMails, DoNotLeaveForAnInvitationThatWasWithdrawn) {
  auto row = invite();
  layInvitation(row);
  row.withdrawnAt = clock_.now();
  ASSERT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return store::putInvitation(tx, row); }));
  walk();
  EXPECT_TRUE(sent_.empty());
}

TEST_F(AccountMails, GoToUsersAloneAndNotToClosedOnes) {
  person("karin@nordhamn.example");
  person("stangd@nordhamn.example", false);
  for (const auto* email : {"karin@nordhamn.example", "stangd@nordhamn.example", "ingen@nordhamn.example"})
    lay({.what = "new-password",
         .email = email,
         .at = clock_.now(),
         .expiresAt = clock_.now().plusSeconds(3600)});
  walk();
  ASSERT_EQ(sent_.size(), 1u);
  EXPECT_EQ(sent_[0].envelope.recipients, std::vector<std::string>{"karin@nordhamn.example"});
  const auto token = tokenIn(sent_[0].message);
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto reset, store::passwordReset(reader, sha256(token)));
    EXPECT_TRUE(reset);
    return {};
  }));
}

}  // namespace
}  // namespace postgang::flow
