// The mailbox itself, on Debian's own dovecot.
#include "flow/mailbox.h"

#include "store/smartmail.h"
#include "tests/flow/house.h"
#include "tests/flow/mails.h"
#include "tests/net/cutting_proxy.h"
#include "tests/net/dovecot.h"

namespace postgang::flow {
namespace {

class MailboxRead : public House {
 protected:
  void SetUp() override {
    if (!dovecot_.started()) GTEST_SKIP() << "no dovecot, or not root";
    settings_.mailing.from = "retur@postgang.example";
    ASSERT_TRUE(store_->write(store::Priority::intake, [&](store::Transaction& tx) {
      return store::setInboundKey(tx, granberga_, "nyckel");
    }));
  }
  // A node of its own: another process, as far as the store can tell.
  std::unique_ptr<Flow> node(int port = 0) {
    auto settings = settings_;
    settings.mailbox = MailboxSettings{dovecot_.account(port), 1};
    return std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings);
  }
  void invoiceComes(const std::string& number) {
    Sample sample;
    sample.number = number;
    sample.sellerName = "Björkvik Kontorsservice AB";
    sample.sellerNumber = "5599900098";
    Letter letter{"retur+in-nyckel@postgang.example"};
    letter.id = number + "@bjorkvik.example";
    letter.files = {{"faktura.xml", "application/xml", invoice(sample)}};
    dovecot_.deliver(letterMail(letter));
  }
  std::size_t inbox() {
    std::size_t count = 0;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      store::EntryQuery query;
      query.direction = store::Direction::received;
      TRY(const auto page, store::listEntries(reader, store::Viewer::ofCompanies({granberga_}, {}), query));
      count = page.items.size();
      return {};
    }));
    return count;
  }

  net::test::Dovecot dovecot_;
};

TEST_F(MailboxRead, each_message_is_dealt_with_and_put_away) {
  const auto flow = node();
  invoiceComes("1");
  dovecot_.deliver("ingenting");  // unreadable
  dovecot_.deliver("From: a@b.example\r\nSubject: hej\r\n\r\nhej\r\n");
  invoiceComes("2");
  const auto polled = flow->pollMailbox();
  ASSERT_TRUE(polled) << polled.error().detail;
  EXPECT_EQ(*polled, 4);
  EXPECT_EQ(dovecot_.count("Postgang-done"), 2);
  EXPECT_EQ(dovecot_.count("Postgang-set-aside"), 2);
  EXPECT_EQ(dovecot_.count(""), 0);
  ASSERT_TRUE(flow->runDue());
  EXPECT_EQ(inbox(), 2U);
  const auto counts = *flow->mailCounts();
  EXPECT_EQ(counts[static_cast<std::size_t>(MailMeaning::invoices)], 2);
  EXPECT_EQ(counts.back(), 1);
  EXPECT_EQ(*flow->pollMailbox(), 0);
}

TEST_F(MailboxRead, cut_anywhere_it_counts_once) {
  invoiceComes("1");
  for (std::size_t after = 0; dovecot_.count("") > 0; after += 300) {
    ASSERT_LT(after, 60'000U);
    net::test::CuttingProxy proxy(dovecot_.port(), [after](net::test::Passing passing, std::size_t passed) {
      return passing == net::test::Passing::to_client && passed >= after;
    });
    (void)node(proxy.port())->pollMailbox();
  }
  ASSERT_TRUE(node()->pollMailbox());
  ASSERT_TRUE(flow_->runDue());
  EXPECT_EQ(inbox(), 1U);
  EXPECT_EQ(dovecot_.count("Postgang-done"), 1);
}

TEST_F(MailboxRead, a_store_that_fails_leaves_it_where_it_lies) {
  invoiceComes("1");
  flow_.reset();
  store_.reset();
  bool broken = false;
  store::StoreOptions options;
  options.dataFolder = folder_;
  options.fault = [&](std::string_view) -> Outcome {
    if (broken) return fail(ProblemKind::unavailable, "disk", "The disk failed.");
    return {};
  };
  auto opened = store::Store::open(options, clock_);
  ASSERT_TRUE(opened) << opened.error().detail;
  store_ = std::move(*opened);
  auto flow = node();
  broken = true;
  EXPECT_FALSE(flow->pollMailbox());
  EXPECT_EQ(dovecot_.count(""), 1);
  broken = false;
  EXPECT_TRUE(flow->pollMailbox());
  ASSERT_TRUE(flow->runDue());
  EXPECT_EQ(inbox(), 1U);
  flow.reset();
  store_.reset();  // before `broken`
}

}  // namespace
}  // namespace postgang::flow
