#pragma once
// A receiver with a demand, a sender that breaks it, and a mail server that answers as the test wants.
// The real one is e2e/api/notices.test.mjs'.
#include <algorithm>
#include <deque>

#include "channels/mailing.h"
#include "flow/link_token.h"
#include "flow/notify.h"
#include "store/access_rows.h"
#include "store/notices.h"
#include "tests/flow/receiver.h"

namespace postgang::flow {

using net::SmtpResult;
using store::NoticeState;

class Notify : public ReceiverWithFilter {
 protected:
  struct Sent {
    net::Envelope envelope;
    std::string message;
  };

  Notify() {
    demand(order_number_demanded);
    withMail();
  }
  void withMail() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      if (beforeAnswer_) beforeAnswer_();
      sent_.push_back({envelope, std::string(message)});
      if (answers_.empty()) return net::SmtpAnswer{SmtpResult::accepted, "250 queued", {}, "> .\n< 250\n"};
      auto answer = answers_.front();
      answers_.pop_front();
      return answer;
    };
    restart();
  }
  void withoutMail() {
    settings_.mailing.send = nullptr;
    restart();
  }
  void restart() { flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_); }
  void answer(SmtpResult result, std::string words = "words") {
    answers_.push_back({result, std::move(words), {}, "> .\n< words\n"});
  }

  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    EXPECT_TRUE(outcome) << outcome.error().detail;
  }
  void addUser(const std::string& email) {
    write([&](store::Transaction& tx) {
      return store::createUser(
          tx, {ids_.next<UserId>(), email, "Karin Sund", "x", "sv", false, {{energi_, "clerk"}}, true});
    });
  }
  // Only known as a counterpart.
  void sellerIsNoCustomer() {
    write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run("UPDATE companies SET customer = 0 WHERE id = ?1", {energi_}));
      return {};
    });
  }
  void verify(const std::string& email) {
    write([&](store::Transaction& tx) {
      store::Partner partner;
      partner.identifier = "0007:5599900015";
      partner.name = "Nordhamn Energi AB";
      partner.email = email;
      partner.emailVerifiedAt = clock_.now();
      partner.emailVerifiedBy = "Ivar Lind";
      return store::putPartner(tx, granberga_, partner);
    });
  }
  static std::string withEmail(const Sample& sample, const std::string& email) {
    auto bytes = invoice(sample);
    const std::string end = "</cac:PartyLegalEntity>";
    bytes.insert(bytes.find(end) + end.size(),
                 "<cac:Contact><cbc:ElectronicMail>" + email + "</cbc:ElectronicMail></cac:Contact>");
    return bytes;
  }
  DocumentId stopped(const std::string& number = "4711", const std::string& email = {}) {
    Sample sample;
    sample.number = number;
    const auto id = send(upload(email.empty() ? invoice(sample) : withEmail(sample, email)));
    walk();
    EXPECT_EQ(statusOf(id), "returned");
    return id;
  }
  void later(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  store::Notice notice(DocumentId id) {
    std::optional<store::NoticeRow> row;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(row, store::latestNoticeOf(reader, store::Viewer::system(), id));
      return {};
    });
    EXPECT_TRUE(read);
    EXPECT_TRUE(row) << "no notice";
    return row ? row->notice : store::Notice();
  }
  std::string noticed(DocumentId id) {
    std::string text;
    for (const auto& event : eventsOf(id))
      if (const auto* fact = std::get_if<store::NoticeFact>(&event.fact))
        text += (text.empty() ? "" : " ") + std::string(document::name(event.type)).substr(7) + ":" +
                (fact->way.empty() ? "nobody" : fact->way) + (fact->reminder ? ":reminder" : "");
    return text;
  }
  // As the mail's reader sees the text part: quoted-printable undone for what these tests look for.
  static std::string readable(const std::string& message) {
    std::string text;
    for (std::size_t i = 0; i < message.size(); ++i) {
      if (message.compare(i, 3, "=\r\n") == 0) {
        i += 2;
        continue;
      }
      unsigned value = 0;
      if (message[i] == '=' && i + 2 < message.size() &&
          std::sscanf(message.substr(i + 1, 2).c_str(), "%2X", &value) == 1) {
        text += static_cast<char>(value);
        i += 2;
        continue;
      }
      text += message[i];
    }
    return text;
  }
  static std::string linkIn(const std::string& message) {
    const auto text = readable(message);
    const auto at = text.find("https://postgang.example/r/");
    return at == text.npos ? "" : text.substr(at + 27, 19);
  }

  std::vector<Sent> sent_;
  std::deque<net::SmtpAnswer> answers_;
  std::function<void()> beforeAnswer_;
};

}  // namespace postgang::flow
