// A house with people, a mail server that takes everything, and documents that nobody can be reached with.
#pragma once

#include "access/hearing.h"
#include "base/vault.h"
#include "channels/mailing.h"
#include "flow/news_mailing.h"
#include "store/access_rows.h"
#include "store/news.h"
#include "store/notifications.h"
#include "store/own_settings.h"
#include "tests/flow/receiver.h"

namespace postgang::flow {

class NewsHouse : public ReceiverWithFilter {
 protected:
  struct Sent {
    std::string to, message;
  };

  NewsHouse() {
    settings_.vault = &vault_;
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      for (const auto& to : envelope.recipients) sent_.push_back({to, unfolded(std::string(message))});
      return net::SmtpAnswer{answer_, "words", {}, {}};
    };
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }

  static void replace(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
      text.replace(at, from.size(), to);
  }
  // Soft line ends and folded fields undone, so that what is looked for stands in one piece.
  static std::string unfolded(std::string message) {
    replace(message, "=\r\n", "");
    replace(message, "\r\n\t", " ");
    replace(message, "\r\n ", " ");
    replace(message, "  ", " ");
    return message;
  }
  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    EXPECT_TRUE(outcome) << outcome.error().detail;
  }
  store::User person(const std::string& email, CompanyId company, const std::string& role = "clerk") {
    store::User user{ids_.next<UserId>(), email, "Karin Sund", "x", "sv", false, {{company, role}}, true};
    write([&](store::Transaction& tx) { return store::createUser(tx, user); });
    return user;
  }
  void choose(const store::User& user, const store::OwnSettings& settings) {
    write([&](store::Transaction& tx) { return store::putOwnSettings(tx, user.id, settings); });
  }
  void belongsTo(store::User user, std::vector<store::Membership> memberships) {
    user.memberships = std::move(memberships);
    write([&](store::Transaction& tx) { return store::updateUser(tx, user); });
  }
  void tell(const store::News& news) {
    write([&](store::Transaction& tx) { return store::enqueue(tx, store::newsJob(news, clock_.now())); });
    walk();
  }
  // Nobody reaches this one.
  DocumentId failing(const std::string& number) {
    Sample sample;
    sample.number = number;
    sample.buyerName = "Fyrnäs El AB";
    sample.buyerNumber = "5599900031";
    const auto id = send(sample);
    walk();
    EXPECT_EQ(statusOf(id), "failed");
    return id;
  }
  void later(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  void until(std::string_view instant) {
    later((Instant::parse(instant)->microseconds - clock_.now().microseconds) / 1'000'000);
  }
  std::vector<store::Notification> shownTo(const store::User& user) {
    std::vector<store::Notification> rows;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto now, store::user(reader, user.id));
      TRY(const auto hearer, access::hearerOf(reader, *now));
      TRY(auto page, store::listNotifications(reader, hearer, {}));
      rows = std::move(page.items);
      return {};
    });
    EXPECT_TRUE(read);
    return rows;
  }
  void reads(const store::User& user) {
    write([&](store::Transaction& tx) -> Outcome {
      TRY(const auto read, store::markReadUntil(tx, user.id, clock_.now(), clock_.now()));
      (void)read;
      return {};
    });
  }

  Vault vault_ = Vault::withKey("0123456789abcdef0123456789abcdef");
  std::vector<Sent> sent_;
  net::SmtpResult answer_ = net::SmtpResult::accepted;
};

}  // namespace postgang::flow
