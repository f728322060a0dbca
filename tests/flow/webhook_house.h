// A house with subscriptions, and a receiver that keeps what it is told and answers as it is asked to.
#pragma once

#include <charconv>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include <boost/json.hpp>

#include "base/vault.h"
#include "channels/webhook_sender.h"
#include "flow/webhook_messages.h"
#include "flow/webhook_sending.h"
#include "store/sandboxes.h"
#include "store/webhooks.h"
#include "tests/flow/house.h"
#include "tests/net/server_fixture.h"

namespace postgang::flow {

namespace json = boost::json;
using store::MessageState;

inline std::int64_t number(const std::string& digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// A receiver that keeps what it is told and answers as it is asked to.
class Receiver {
 public:
  struct Call {
    std::string id, signature, timestamp, body;
    std::string type() const { return std::string(json::parse(body).at("type").as_string()); }
  };
  Receiver()
      : server_({.handler = [this](net::Request& request) {
          const std::lock_guard lock(mutex_);
          calls_.push_back({std::string(request.header("webhook-id")),
                            std::string(request.header("webhook-signature")),
                            std::string(request.header("webhook-timestamp")), request.body});
          auto reply = net::Reply::empty(status_);
          if (!retryAfter_.empty()) reply.headers.add("Retry-After", retryAfter_);
          return reply;
        }}) {}
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port) + "/in"; }
  void answer(int status, std::string retryAfter = {}) {
    const std::lock_guard lock(mutex_);
    status_ = status;
    retryAfter_ = std::move(retryAfter);
  }
  std::vector<Call> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(calls_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Call> calls_;
  int status_ = 204;
  std::string retryAfter_;
  net::test::TestServer server_;
};

class Webhooks : public House {
 protected:
  Webhooks() {
    channels::HandoverRules rules;
    rules.sandbox = true;
    settings_.vault = &vault_;
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view) {
      mailed_.insert(mailed_.end(), envelope.recipients.begin(), envelope.recipients.end());
      return net::SmtpAnswer{net::SmtpResult::accepted, "250 taken", {}, {}};
    };
    flow_.reset();
    channels_ = channels::allChannels({.handover = rules});
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }
  ~Webhooks() override { flow_.reset(); }

  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto written = store_->write(store::Priority::background, body);
    ASSERT_TRUE(written) << written.error().code << ": " << written.error().detail;
  }
  store::Webhook subscribe(CompanyId company, std::vector<std::string> events) {
    store::Webhook made;
    made.id = ids_.next<WebhookId>();
    made.company = company;
    made.url = receiver_.url();
    made.events = std::move(events);
    made.secret = vault_.seal(secret_, webhookSecretContext(made.id));
    made.createdAt = made.changedAt = made.activeSince = clock_.now();
    write([&](store::Transaction& tx) { return store::createWebhook(tx, made); });
    return made;
  }
  store::Webhook now(const store::Webhook& of) {
    std::optional<store::Webhook> found;
    write([&](store::Transaction& tx) -> Outcome {
      TRY(found, store::webhook(tx, of.company, of.id));
      return {};
    });
    EXPECT_TRUE(found);
    return found.value_or(store::Webhook());
  }
  std::vector<store::WebhookMessage> messages(const store::Webhook& of) {
    store::MessagePage page;
    write([&](store::Transaction& tx) -> Outcome {
      TRY(page, store::listMessages(tx, {.webhook = of.id, .limit = 200}));
      return {};
    });
    return page.items;
  }
  DocumentId sent(const std::string& number) {
    Sample sample;
    sample.number = number;
    const auto id = send(sample);
    walk();
    return id;
  }
  void pass(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    ASSERT_TRUE(moved) << moved.error().detail;
  }

  void addUser(const std::string& email, const std::string& role) {
    store::User user;
    user.id = ids_.next<UserId>();
    user.email = email;
    user.name = "Karin Sund";
    user.passwordHash = "x";
    user.memberships = {{energi_, role}};
    write([&](store::Transaction& tx) { return store::createUser(tx, user); });
  }

  std::vector<std::string> mailed_;
  Vault vault_ = Vault::withKey("0123456789abcdef0123456789abcdef");
  const std::string secret_ = channels::newWebhookSecret();
  Receiver receiver_;
};

}  // namespace postgang::flow
