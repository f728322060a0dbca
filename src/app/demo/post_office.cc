#include "app/demo/post_office.h"

#include <cstdio>
#include <filesystem>

#include "base/bytes.h"
#include "base/log.h"
#include "flow/print_receipts.h"
#include "net/mail_reader.h"
#include "store/job_turns.h"

namespace postgang::app::demo {

namespace {

constexpr std::string_view mail_from = "retur@postgang.example";
constexpr std::string_view smartmail_id = "smartmail.";
constexpr int unknown_perMille = 6, full_perMille = 4, busy_perMille = 12;
constexpr int returned_perMillion = 10'000;
constexpr int resting_seconds = 60;  // of the lease
constexpr std::size_t arrived_max = 5'000, known_max = 20'000;

std::string dialogueOf(const net::Envelope& envelope, const std::string& toRecipient,
                       const std::string& toMessage) {
  std::string said = "> MAIL FROM:<" + envelope.sender + ">\n< 250 2.1.0 Ok\n> RCPT TO:<" +
                     envelope.recipients.front() + ">\n< " + toRecipient + "\n";
  if (!toMessage.empty()) said += "> DATA\n< 354 End data with <CR><LF>.<CR><LF>\n> .\n< " + toMessage + "\n";
  return said + "> QUIT\n< 221 2.0.0 Bye\n";
}

std::string queueName(std::int64_t number) {
  char name[24];
  std::snprintf(name, sizeof name, "4D%06llX", static_cast<unsigned long long>(number));
  return name;
}

// "smartmail.<delivery>.<n>@domain" → "<delivery>"
std::string deliveryOf(std::string_view messageId) {
  if (!messageId.starts_with(smartmail_id)) return {};
  messageId.remove_prefix(smartmail_id.size());
  return std::string(messageId.substr(0, messageId.find('.')));
}

std::string tokenIn(std::string_view text, const std::string& publicUrl) {
  const auto before = publicUrl + "/m/";
  const auto at = text.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + before.size());
  return std::string(rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-")));
}

}  // namespace

Result<std::shared_ptr<PostOffice>> PostOffice::open(std::uint64_t seed, const std::string& dataFolder,
                                                     std::string publicUrl, bool paper) {
  std::shared_ptr<PostOffice> office(new PostOffice(Random(seed).of(20).next(), std::move(publicUrl)));
  if (!paper) return office;
  const auto data = std::filesystem::absolute(dataFolder).lexically_normal();
  const auto folder = (data / "print-house").string();
  auto house = net::FileDrop::at({.url = "file://" + folder, .keyFile = {}, .hostKeys = {}});
  if (!house) {
    log::warning("the demo world has no print house here",
                 {{"folder", folder}, {"detail", house.error().detail}});
    return office;
  }
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  office->houseDrop_ = std::make_shared<const net::FileDrop>(std::move(*house));
  office->house_.emplace(*office->houseDrop_, channels::HouseHabits{seed, returned_perMillion});
  CHECK_OK(office->house_->open());
  return office->openRoad(folder, (data / "print-house-keys").string()).map([&] { return office; });
}

// Letters go to the house as anybody's do, over SFTP. Where no server can be run for it they are laid in its
// folder.
Outcome PostOffice::openRoad(const std::string& folder, const std::string& keys) {
  auto server = LoopbackSftp::start(folder, keys);
  if (!server) {
    log::warning("the demo world's letters are laid in the print house's folder, not sent over SFTP",
                 {{"code", server.error().code}, {"detail", server.error().detail}});
    road_ = "file://" + folder;
    drop_ = houseDrop_;
    return {};
  }
  TRY(auto drop, net::FileDrop::at((*server)->access()));
  server_ = std::move(*server);
  road_ = server_->access().url;
  drop_ = std::make_shared<const net::FileDrop>(std::move(drop));
  log::info("the demo world's print house is reached over SFTP", {{"address", road_}});
  return {};
}

void PostOffice::standIn(const std::shared_ptr<PostOffice>& office, flow::FlowSettings& settings) {
  if (!settings.mailing.isOn()) {
    settings.mailing.from = mail_from;
    settings.mailing.publicUrl = office->publicUrl_;
    settings.mailing.send = [office](const net::Envelope& envelope, std::string_view message) {
      return office->take(envelope, message);
    };
  }
  if (!settings.printing.isOn()) settings.printing.drop = office->drop_;
}

// A few are refused, for what people's mailboxes are refused for.
std::optional<net::SmtpAnswer> PostOffice::turnedAway(const std::string& address) {
  const int drawn = random_.below(1000);
  net::SmtpAnswer answer;
  if (drawn < unknown_perMille) {
    answer.result = net::SmtpResult::refused;
    answer.words = "550 5.1.1 <" + address + ">: Recipient address rejected: User unknown";
  } else if (drawn < unknown_perMille + full_perMille) {
    answer.result = net::SmtpResult::refused;
    answer.words = "552 5.2.2 <" + address + ">: Mailbox full";
  } else if (drawn < unknown_perMille + full_perMille + busy_perMille) {
    answer.result = net::SmtpResult::later;
    answer.words = "451 4.7.1 <" + address + ">: Greylisted, please try again later";
    busy_ = true;
  } else {
    return std::nullopt;
  }
  return answer;
}

net::SmtpAnswer PostOffice::take(const net::Envelope& envelope, std::string_view message) {
  if (envelope.recipients.empty()) return {net::SmtpResult::refused, "503 5.5.1 No recipient", {}, {}};
  const std::lock_guard lock(mutex_);
  if (auto answer = turnedAway(envelope.recipients.front())) {
    answer->dialogue = dialogueOf(envelope, answer->words, {});
    return std::move(*answer);
  }
  keep(envelope, message);
  net::SmtpAnswer answer;
  answer.result = net::SmtpResult::accepted;
  answer.words = "250 2.0.0 Ok: queued as " + queueName(++taken_);
  answer.dialogue = dialogueOf(envelope, "250 2.1.5 Ok", answer.words);
  return answer;
}

void PostOffice::keep(const net::Envelope& envelope, std::string_view message) {
  const auto mail = net::readMail(message);
  if (!mail) return;
  const auto delivery = deliveryOf(mail->messageId);
  ArrivedMail arrived{envelope.recipients.front(), tokenIn(mail->text, publicUrl_), envelope.sender};
  if (delivery.empty() || arrived.token.empty()) return;
  if (known_.size() >= known_max) known_.clear();
  arrived.again = !known_.insert(delivery + " " + arrived.address).second;
  arrived_.push_back(std::move(arrived));
  if (arrived_.size() > arrived_max) arrived_.pop_front();
}

std::vector<ArrivedMail> PostOffice::arrived() {
  const std::lock_guard lock(mutex_);
  std::vector<ArrivedMail> mails(std::make_move_iterator(arrived_.begin()),
                                 std::make_move_iterator(arrived_.end()));
  arrived_.clear();
  return mails;
}

bool PostOffice::wasBusy() {
  const std::lock_guard lock(mutex_);
  return std::exchange(busy_, false);
}

Outcome PostOffice::printRound(Instant now) {
  if (!house_) return {};
  TRY(const auto round, house_->round(now));
  for (const auto& refused : round.refused) log::warning("the print house refused", {{"batch", refused}});
  return {};
}

Outcome PostOffice::letReceiptsRest(store::Store& store, Instant until) {
  TRY(const auto due, store::claim(store, {flow::printReceiptsJob({}).kind}, 1, resting_seconds));
  for (const auto& job : due)
    CHECK_OK(store.write(store::Priority::walk, [&](store::Transaction& tx) {
      return store::putOff(tx, job, until, "the print house has written nothing");
    }));
  return {};
}

std::string deliveryReport(const ArrivedMail& mail, std::string_view words, Instant now) {
  const auto host = "mx." + mail.address.substr(mail.address.find('@') + 1);
  const auto id = hex(view(sha256({mail.comesBackTo, mail.address}))).substr(0, 20);
  std::string text = "Return-Path: <>\r\nDelivered-To: " + mail.comesBackTo +
                     "\r\nFrom: Mail Delivery System <MAILER-DAEMON@" + host + ">\r\nTo: <" +
                     mail.comesBackTo + ">\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <" +
                     id + "@" + host + ">\r\nAuto-Submitted: auto-replied\r\nX-Arrived: " + now.text() +
                     "\r\nMIME-Version: 1.0\r\n";
  text += "Content-Type: multipart/report; report-type=delivery-status; boundary=\"" + id + "\"\r\n\r\n--" +
          id + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nI'm sorry to have to inform you that " +
          "your message could not be delivered.\r\n\r\n--" + id +
          "\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; " + host +
          "\r\n\r\nFinal-Recipient: rfc822; " + mail.address +
          "\r\nAction: failed\r\nStatus: " + net::enhancedStatusIn(words) + "\r\nDiagnostic-Code: smtp; ";
  return text.append(words) + "\r\n\r\n--" + id + "--\r\n";
}

}  // namespace postgang::app::demo
