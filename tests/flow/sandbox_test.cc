// A sandbox full of traffic beside real channels, a mail server and a register that fail the test when
// anybody calls them; each test receiver to its end; and the real company beside it, which hears of nothing.
#include "channels/sandbox.h"

#include <algorithm>

#include "channels/handover_sample.h"
#include "channels/test_receivers.h"
#include "store/sandboxes.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

using store::EventType;

// Has a name and a price, and is not to be asked for anything else.
class Untouched final : public channels::Channel {
 public:
  explicit Untouched(std::string name) : name_(std::move(name)) {}
  std::string_view name() const override { return name_; }
  channels::Price price() const override { return {Decimal::fromScaled(100, 2), "SEK"}; }
  bool inHouse() const override { return called(), false; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    return called(), channels::Reach{};
  }
  Result<std::string> laneOf(store::Reader&, const channels::Consignment&) const override {
    return called(), std::string();
  }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment&, Instant) const override {
    return called(), channels::Prepared{};
  }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    return called(), channels::Sent{};
  }

 private:
  void called() const { ADD_FAILURE() << "the real channel " << name_ << " was called"; }
  std::string name_;
};

class Unasked final : public channels::OutsideRegister {
 public:
  std::string_view name() const override { return "peppol"; }
  std::string keyOf(const channels::Recipient& recipient) const override {
    return recipient.identifiers.empty() ? std::string() : recipient.identifiers.front();
  }
  store::Lookup ask(const std::string& key, int) const override {
    ADD_FAILURE() << "a register was asked for " << key;
    return {};
  }
};

channels::Registry untouched() {
  std::vector<std::unique_ptr<channels::Channel>> channels;
  for (const auto* name : {"system", "network", "peppol", "email", "bank", "print"})
    channels.push_back(std::make_unique<Untouched>(name));
  return channels::Registry(std::move(channels));
}

class Sandbox : public House {
 protected:
  Sandbox() {
    channels_ = untouched();
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.send = [](const net::Envelope&, std::string_view) {
      ADD_FAILURE() << "a mail has left";
      return net::SmtpAnswer{};
    };
    settings_.registers = {std::make_shared<Unasked>()};
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
    const auto made = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto real, store::company(tx, energi_));
      TRY(const auto twin, store::makeSandbox(tx, real));
      twin_ = twin.id;
      return {};
    });
    EXPECT_TRUE(made) << made.error().detail;
  }

  channels::Sample sampleFor(std::string_view key, const std::string& orderNumber = {}) const {
    const auto& receiver = *channels::testReceiverByKey(key);
    channels::Sample sample;
    sample.number = "P-" + std::string(key) + orderNumber;
    sample.issued = dateInStockholm(clock_.now());
    sample.due = sample.issued.plusDays(30);
    sample.orderNumber = orderNumber;
    sample.seller = {"0007:5599900015", "Nordhamn Energi AB"};
    sample.buyer = {std::string(receiver.identifier), std::string(receiver.name),
                    std::string(receiver.customerNumber), std::string(receiver.email)};
    return sample;
  }
  Upload inSandbox(std::string bytes) const {
    auto made = upload(std::move(bytes));
    made.sender = twin_;
    return made;
  }
  DocumentId sent(std::string_view key, const std::string& orderNumber = {}) {
    const auto id = send(inSandbox(channels::sampleFile(sampleFor(key, orderNumber))));
    walk();
    return id;
  }
  std::string status(DocumentId id) {
    const auto row = find(id, twin_);
    return row ? std::string(document::name(row->entry.status)) : row.error().code;
  }
  std::string channel(DocumentId id) {
    const auto row = find(id, twin_);
    return row ? row->entry.channel : row.error().code;
  }
  store::Viewer person() const {
    return store::Viewer::ofCompanies({twin_}, {store::ActorKind::person, "1", "Karin Sund"});
  }
  void passes(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().code;
  }

  CompanyId twin_;
};

TEST_F(Sandbox, delivers_and_opens) {
  const auto id = sent("delivers");
  EXPECT_EQ(status(id), "delivered");
  EXPECT_EQ(channel(id), "network");
  passes(59);
  EXPECT_EQ(status(id), "delivered");
  passes(1);
  EXPECT_EQ(status(id), "opened");
  EXPECT_EQ(find(id, twin_)->entry.lastEventDetail, "Testmottagare Levereras");
}

TEST_F(Sandbox, bounces_and_goes_to_paper) {
  const auto id = sent("bounces");
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started bounced delivery-started sent");
  EXPECT_EQ(channel(id), "print");
  passes(120);
  EXPECT_EQ(story(id),
            "received recognised checked routed delivery-started bounced delivery-started sent "
            "printed posted");
}

TEST_F(Sandbox, a_mail_that_nobody_opens_goes_to_paper_at_its_deadline) {
  const auto id = sent("never-opens");
  EXPECT_EQ(status(id), "sent");
  EXPECT_EQ(channel(id), "email");
  passes(8 * 86'400);
  EXPECT_EQ(channel(id), "print");
  EXPECT_EQ(status(id), "sent");
}

TEST_F(Sandbox, the_deadline_need_not_be_waited_for) {
  const auto id = sent("never-opens");
  const auto hurried = flow_->hurrySandbox(person(), id);
  ASSERT_TRUE(hurried) << hurried.error().code;
  EXPECT_EQ(*hurried, 1);
  walk();
  EXPECT_EQ(story(id),
            "received recognised checked routed delivery-started sent deadline-moved "
            "delivery-expired delivery-started sent");
  EXPECT_EQ(channel(id), "print");
}

TEST_F(Sandbox, is_rejected_with_a_reason) {
  const auto id = sent("refuses");
  EXPECT_EQ(status(id), "delivered");
  EXPECT_EQ(*flow_->hurrySandbox(person(), id), 1);
  walk();
  EXPECT_EQ(status(id), "rejected");
  EXPECT_NE(find(id, twin_)->entry.lastEventDetail, "");
}

TEST_F(Sandbox, is_returned_by_the_receivers_filter_and_taken_once_it_is_right) {
  const auto id = sent("stops");
  EXPECT_EQ(status(id), "returned");
  EXPECT_EQ(findingOf(id), "demand-missing");
  CorrectionRequest request;
  request.document = id;
  request.changes = {{document::Term::BT_13, {}, "45123456", {}}};
  const auto corrected = flow_->correct(person(), request);
  ASSERT_TRUE(corrected) << corrected.error().code << corrected.error().detail;
  walk();
  EXPECT_EQ(status(corrected->id), "delivered");
  EXPECT_EQ(status(sent("stops", "45000001")), "delivered");
  EXPECT_EQ(findingOf(sent("stops", "12")), "demand-form");
}

TEST_F(Sandbox, is_late) {
  const auto id = sent("slow");
  EXPECT_EQ(status(id), "sent");
  passes(599);
  EXPECT_EQ(status(id), "sent");
  passes(1);
  EXPECT_EQ(status(id), "delivered");
}

TEST_F(Sandbox, is_uncertain) {
  const auto id = sent("uncertain");
  EXPECT_EQ(story(id), "received recognised checked routed delivery-started delivery-uncertain");
}

TEST_F(Sandbox, lies_in_the_internet_bank) {
  const auto id = sent("bank");
  EXPECT_EQ(status(id), "delivered");
  EXPECT_EQ(channel(id), "bank");
}

TEST_F(Sandbox, is_delivered_to_everybody_else_by_what_the_document_says) {
  auto sample = sampleFor("delivers");
  sample.buyer = {"0007:5599900023", "Granberga Bygg AB"};
  const auto id = send(inSandbox(channels::sampleFile(sample)));
  walk();
  EXPECT_EQ(status(id), "delivered");
  EXPECT_EQ(channel(id), "peppol");
  EXPECT_EQ(find(id, granberga_).error().code, "document-not-found") << "a customer here hears nothing of it";
}

TEST_F(Sandbox, receives_from_a_supplier_of_its_own) {
  channels::Sample sample;
  sample.number = "L-1";
  sample.issued = dateInStockholm(clock_.now());
  sample.due = sample.issued.plusDays(30);
  sample.seller = {std::string(channels::test_supplier_identifier),
                   std::string(channels::test_supplier_name)};
  sample.buyer = {"0007:5599900015", "Nordhamn Energi AB"};
  auto handedIn = inSandbox(channels::sampleFile(sample));
  handedIn.inbound = true;
  const auto id = send(handedIn);
  walk();
  const auto row = find(id, twin_);
  ASSERT_TRUE(row) << row.error().code;
  EXPECT_EQ(row->entry.direction, store::Direction::received);
  EXPECT_EQ(row->entry.sender.name, channels::test_supplier_name);
  EXPECT_EQ(find(id, energi_).error().code, "document-not-found");
}

TEST_F(Sandbox, judges_looks_up_and_sends_again_without_asking_anybody) {
  const auto lookup = flow_->lookUp(twin_, "0007:5599999009");
  ASSERT_TRUE(lookup) << lookup.error().code;
  const auto first = std::ranges::find_if(lookup->plan, &store::PlanStep::reachable);
  ASSERT_NE(first, lookup->plan.end());
  EXPECT_EQ(first->channel, "network");
  const auto judged = flow_->judge(twin_, "", channels::sampleFile(sampleFor("delivers")));
  ASSERT_TRUE(judged);
  EXPECT_TRUE(judged->valid());
  const auto id = sent("slow");
  const auto state = flow_->resendState(person(), id);
  ASSERT_TRUE(state) << state.error().code;
  const auto again = flow_->resend(person(), id, "print", true);
  ASSERT_TRUE(again) << again.error().code;
  walk();
  EXPECT_EQ(channel(id), "print");
  const auto waits = sent("never-opens");
  const auto done = flow_->actOnSmartmail(person(), {waits}, {SmartmailVerb::post_now, 0});
  ASSERT_TRUE(done) << done.error().code;
  walk();
  EXPECT_EQ(channel(waits), "print");
}

TEST_F(Sandbox, takes_no_mail_from_outside) {
  settings_.mailbox = MailboxSettings{};
  flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  ASSERT_TRUE(flow_->setInbound(energi_, true, false));
  EXPECT_NE(*flow_->inboundAddress(energi_), "");
  const auto on = flow_->setInbound(twin_, true, false);
  ASSERT_FALSE(on);
  EXPECT_EQ(on.error().code, "inbound-mail-off");
  EXPECT_EQ(*flow_->inboundAddress(twin_), "");
}

TEST_F(Sandbox, full_of_traffic_leaves_the_real_company_untouched) {
  for (const auto& receiver : channels::testReceivers()) {
    sent(receiver.key);
    sent(receiver.key, "45000009");
  }
  passes(30 * 86'400);
  const auto read = store_->read([&](store::Reader& reader) -> Outcome {
    for (const auto company : {energi_, granberga_}) {
      const auto viewer = store::Viewer::ofCompanies({company}, {});
      TRY(const auto page, store::listEntries(reader, viewer, {}));
      EXPECT_TRUE(page.items.empty());
      TRY(const auto partners, store::listPartners(reader, viewer, company, {}));
      EXPECT_TRUE(partners.items.empty());
    }
    TRY(const auto page, store::listEntries(reader, person(), {}));
    EXPECT_EQ(page.items.size(), 2 * channels::testReceivers().size());
    TRY(const auto dead, store::deadJobs(reader, 10));
    EXPECT_TRUE(dead.empty());
    return {};
  });
  EXPECT_TRUE(read) << read.error().code;
}

TEST_F(Sandbox, its_company_goes_by_the_real_channels) {
  channels_ = channels::allChannels();
  settings_.registers.clear();
  flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  const auto real = send(Sample{});
  walk();
  EXPECT_EQ(statusOf(real), "delivered");
  EXPECT_TRUE(find(real, granberga_));
  auto toTestReceiver = channels::sampleFile(sampleFor("delivers"));
  const auto unknown = send(upload(std::move(toTestReceiver)));
  walk();
  EXPECT_EQ(statusOf(unknown), "failed") << "outside a sandbox nobody knows a test receiver";
  const auto refused = flow_->hurrySandbox(
      store::Viewer::ofCompanies({energi_}, {store::ActorKind::person, "1", "Karin Sund"}), real);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "sandbox-only");
}

}  // namespace
}  // namespace postgang::flow
