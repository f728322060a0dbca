#include "channels/sandbox.h"

#include "channels/email.h"
#include "channels/email_message.h"
#include "channels/mail_parts.h"
#include "channels/network.h"
#include "channels/printed_letter.h"
#include "channels/recipient.h"
#include "channels/test_receivers.h"
#include "store/blobs.h"
#include "store/sandboxes.h"

namespace postgang::channels {

namespace {

using store::EventType;

constexpr std::int64_t soon_seconds = 60, late_seconds = 600;
constexpr int cut_off_minute = 16 * 60;  // of paper: there is no print house, but a day has its time
constexpr std::string_view to_test_receiver = "sandbox-receiver", to_anybody = "sandbox-anybody",
                           in_sandbox = "sandbox-company", not_its_road = "sandbox-other-road";

// What comes of sending by this channel, and who is told what later.
Sent fateOf(Fate fate) {
  Sent sent;
  sent.evidence = sandbox_evidence;
  sent.detail = "Sandbox: nothing has left the building.";
  sent.result = EventType::delivered;
  switch (fate) {
    case Fate::opened:
      sent.afterwards = {{EventType::opened, soon_seconds, {}, {}}};
      break;
    case Fate::rejected:
      sent.afterwards = {
          {EventType::rejected, soon_seconds, {}, "Sandbox: we have ordered nothing of the kind."}};
      break;
    case Fate::late:
      sent.result = EventType::sent;
      sent.afterwards = {{EventType::delivered, late_seconds, {}, {}}};
      break;
    case Fate::bounced:
      sent.result = EventType::bounced;
      sent.detail = "550 5.1.1 Sandbox: no such mailbox.";
      break;
    case Fate::never_opened:
      sent.result = EventType::sent;
      break;
    case Fate::uncertain:
      sent.result = EventType::delivery_uncertain;
      sent.detail = "Sandbox: the line died after the last byte.";
      break;
    case Fate::stopped:
    case Fate::banked:
      break;
  }
  return sent;
}

// It is printed and posted, and that is all that anybody knows of a letter.
Sent posted() {
  auto sent = fateOf(Fate::never_opened);
  sent.afterwards = {{EventType::printed, soon_seconds, {}, {}},
                     {EventType::posted, 2 * soon_seconds, {}, {}}};
  return sent;
}

class SandboxChannel : public Channel {
 public:
  explicit SandboxChannel(const Channel& real)
      : name_(real.name()), price_(real.price()), hours_(real.typicalHours()) {}

  std::string_view name() const override { return name_; }
  Price price() const override { return price_; }
  int typicalHours() const override { return hours_; }
  bool inHouse() const override { return true; }

  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override {
    (void)reader;
    Reach reach;
    if (const auto* test = testReceiverOf(recipient)) {
      reach.reachable = test->channel == name_ || name_ == "print";
      reach.reason = reach.reachable ? to_test_receiver : not_its_road;
      reach.address = addressOf(*test);
      return reach;
    }
    reach.address = addressOf(recipient);
    reach.reachable = !reach.address.empty();
    reach.reason = reach.reachable ? to_anybody : whyNot();
    return reach;
  }

  // Prepared::lane is the test receiver's key, until it is sent.
  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment,
                           Instant now) const override {
    (void)now;
    Prepared prepared;
    TRY(const auto bytes, store::parsed(reader, consignment.document));
    if (!bytes) return prepared;
    TRY(const auto document, document::BusinessDocument::restored(*bytes));
    TRY(const auto recipient, recipientOf(reader, consignment.sender, document::recipientOf(document)));
    take(testReceiverOf(recipient), prepared);
    if (prepared.fact.address.empty()) prepared.fact.address = addressOf(recipient);
    return prepared;
  }

  Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const override {
    (void)consignment;
    return sentTo(testReceiverByKey(prepared.lane));
  }

 protected:
  void take(const TestReceiver* test, Prepared& prepared) const {
    if (!test) return;
    prepared.lane = test->key;
    prepared.fact.address = addressOf(*test);
  }

 private:
  Sent sentTo(const TestReceiver* test) const {
    if (name_ == "print") return posted();
    const bool isMailed = name_ == "email";
    if (!test || name_ == "bank") return fateOf(Fate::banked);
    // Only mail bounces, and only mail is waited for to be opened.
    if (!isMailed && (test->fate == Fate::bounced || test->fate == Fate::never_opened))
      return fateOf(Fate::banked);
    auto sent = fateOf(test->fate);
    for (auto& act : sent.afterwards) act.by = test->name;
    return sent;
  }

  std::string addressOf(const TestReceiver& test) const {
    if (name_ == "email") return std::string(test.email);
    if (name_ == "print") return std::string(test.name) + ", Provgatan 1, 111 11 Stockholm";
    return std::string(test.identifier);
  }
  std::string addressOf(const Recipient& recipient) const {
    if (name_ == "email") return emailOf(recipient);
    if (name_ == "peppol")
      return recipient.identifiers.empty() ? std::string() : recipient.identifiers.front();
    if (name_ != "print") return {};
    const auto check = checkPostal(addresseeOf(recipient, Language::swedish));
    return check.good() ? joined(check.lines, ", ") : std::string();
  }
  std::string_view whyNot() const {
    if (name_ == "email") return "email-missing";
    if (name_ == "peppol") return "peppol-no-identifier";
    if (name_ == "print") return "postal-address-missing";
    return not_its_road;
  }

  const std::string name_;
  const Price price_;
  const int hours_;
};

// Within a sandbox its company receives as it does outside, by the same rows.
class SandboxNetwork final : public SandboxChannel {
 public:
  explicit SandboxNetwork(const Channel& real) : SandboxChannel(real), network_(real.price()) {}

  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override {
    TRY(const auto sender, senderOf(reader, recipient));
    for (const auto& identifier : recipient.identifiers) {
      if (!sender) break;
      TRY(const auto found, store::companyInSandbox(reader, *sender->sandboxOf, identifier));
      if (!found || !found->isCustomer) continue;
      Reach reach;
      reach.reachable = true;
      reach.reason = in_sandbox;
      reach.address = identifier;
      reach.receiver = found->id;
      return reach;
    }
    return SandboxChannel::reach(reader, recipient);
  }

  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment,
                           Instant now) const override {
    if (consignment.receiver) return network_.prepare(reader, consignment, now);
    return SandboxChannel::prepare(reader, consignment, now);
  }

  Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const override {
    if (consignment.receiver) return network_.send(consignment, prepared);
    return SandboxChannel::send(consignment, prepared);
  }

 private:
  // Absent: who asks is no sandbox.
  static Result<std::optional<store::Company>> senderOf(store::Reader& reader, const Recipient& recipient) {
    if (recipient.sender == CompanyId{}) return std::nullopt;
    TRY(auto sender, store::company(reader, recipient.sender));
    if (!sender.sandboxOf) return std::nullopt;
    return std::optional(std::move(sender));
  }

  const Network network_;
};

// A Smartmail has the recipients, the parts and the deadline that the real one would have.
class SandboxEmail final : public SandboxChannel {
 public:
  explicit SandboxEmail(const Channel& real) : SandboxChannel(real) {}

  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment,
                           Instant now) const override {
    Prepared prepared;
    TRY(const auto source, mailSource(reader, {}, consignment));
    const auto* test = testReceiverOf(source.recipient);
    take(test, prepared);
    auto& fact = prepared.fact;
    for (const auto& addressee : addresseesOf(source)) fact.recipients.push_back({addressee.address, {}});
    if (fact.recipients.empty() && test) fact.recipients.push_back({std::string(test->email), {}});
    if (fact.recipients.empty()) {
      prepared.refused = noAddress();
      return prepared;
    }
    fact.address = fact.recipients.front().address;
    fact.parts = partFacts(mailPartsOf(source.document), source.settings);
    const bool isWaitedFor = test && (test->fate == Fate::never_opened || test->fate == Fate::uncertain);
    if (isWaitedFor)
      fact.deadline =
          deadlineOf(source.settings, now, source.document.date(document::Term::BT_9), cut_off_minute);
    return prepared;
  }

 private:
  static Problem noAddress() {
    return {ProblemKind::invalid,
            "email-no-address",
            "The recipient has no e-mail address that works.",
            {},
            "Put one on the counterpart and send again.",
            {}};
  }
};

std::unique_ptr<Channel> sandboxed(const Channel& real) {
  if (real.name() == "network") return std::make_unique<SandboxNetwork>(real);
  if (real.name() == "email") return std::make_unique<SandboxEmail>(real);
  return std::make_unique<SandboxChannel>(real);
}

}  // namespace

Registry sandboxChannels(const Registry& real) {
  std::vector<std::unique_ptr<Channel>> channels;
  for (const auto& channel : real.all()) channels.push_back(sandboxed(*channel));
  return Registry(std::move(channels), /*sandbox=*/true);
}

}  // namespace postgang::channels
