// A sender whose customer is reached by e-mail, and a mail server in the test's hand.
#pragma once

#include <algorithm>
#include <deque>
#include <mutex>

#include "channels/mail_keys.h"
#include "channels/registry.h"
#include "store/blobs.h"
#include "store/smartmail.h"
#include "tests/flow/house.h"

namespace postgang::flow {

using net::SmtpResult;

class SmartmailSender : public House {
 protected:
  struct Left {
    net::Envelope envelope;
    std::string message;
  };

  SmartmailSender() {
    mailing_.from = "retur@postgang.example";
    mailing_.publicUrl = "https://postgang.example";
    mailing_.send = [this](const net::Envelope& envelope, std::string_view message) {
      if (onSend) onSend(envelope);
      const std::lock_guard lock(mutex_);
      left_.push_back({envelope, std::string(message)});
      auto& own = answers_[envelope.recipients.front()];
      if (own.empty())
        return net::SmtpAnswer{SmtpResult::accepted, "250 2.0.0 queued as 4711", {}, "> .\n< 250\n"};
      auto answer = own.front();
      own.pop_front();
      return answer;
    };
    restart();
    anna("anna.berg@mejl.example");
  }

  void restart() {
    flow_.reset();
    channels_ = channels::allChannels({.printing = printing_, .mailing = mailing_});
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }

  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    ASSERT_TRUE(outcome) << outcome.error().detail;
  }
  void anna(const std::string& email, std::string_view settings = {}) {
    write([&](store::Transaction& tx) -> Outcome {
      store::Partner partner;
      partner.identifier = "customer:20117";
      partner.name = "Anna Berg";
      partner.person = true;
      partner.customerNumber = "20117";
      partner.email = email;
      CHECK_OK(store::putPartner(tx, energi_, partner));
      return store::setPartnerSmartmailSettings(tx, energi_, partner.identifier, settings);
    });
  }
  void companySets(std::string_view settings) {
    write([&](store::Transaction& tx) { return store::setSmartmailSettings(tx, energi_, settings); });
  }
  static Sample toAnna(std::string number = "4711") {
    Sample sample;
    sample.number = std::move(number);
    sample.buyerName = "Anna Berg";
    sample.buyerNumber.clear();
    sample.customerNumber = "20117";
    return sample;
  }
  void answer(const std::string& address, SmtpResult result, std::string words = "words",
              bool silent = false) {
    answers_[address].push_back({result, std::move(words), {}, silent ? "" : "> .\n< words\n", silent});
  }

  store::Delivery delivery(DocumentId id) {
    std::vector<store::Delivery> all;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(all, store::deliveriesOf(reader, store::Viewer::system(), id));
      return {};
    });
    EXPECT_TRUE(read);
    EXPECT_FALSE(all.empty());
    return all.empty() ? store::Delivery() : all.front();
  }
  std::optional<store::RecipientLink> linkIn(const std::string& message) {
    // Quoted-printable: soft line breaks out.
    std::string text;
    for (std::size_t i = 0; i < message.size(); ++i)
      if (message.compare(i, 3, "=\r\n") == 0)
        i += 2;
      else
        text += message[i];
    const std::string_view mark = "https://postgang.example/m/";
    const auto at = text.find(mark);
    if (at == std::string::npos) return std::nullopt;
    const auto token = text.substr(at + mark.size(), 35);
    std::optional<store::RecipientLink> link;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(link, store::recipientLink(reader, channels::pageTokenDigest(token)));
      return {};
    });
    EXPECT_TRUE(read);
    return link;
  }
  std::string blob(const Digest& digest) {
    std::string bytes;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(bytes, store::blob(reader, digest));
      return {};
    });
    return read ? bytes : read.error().code;
  }
  void open(DocumentId id) {
    const auto events = eventsOf(id);
    const auto mail = delivery(id);
    write([&](store::Transaction& tx) {
      return store::append(tx, id, events.back().sequence,
                           {{store::EventType::opened,
                             {},
                             store::AccessFact{{}, "page", mail.id, mail.road.recipients.front().address}}},
                           {});
    });
  }
  void pass(std::int64_t days) { ASSERT_TRUE(flow_->advance(clock_, days * 86'400)); }

  channels::Mailing mailing_;
  channels::Printing printing_;
  std::function<void(const net::Envelope&)> onSend;
  std::mutex mutex_;
  std::vector<Left> left_;
  std::map<std::string, std::deque<net::SmtpAnswer>> answers_;
};

}  // namespace postgang::flow
