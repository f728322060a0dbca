// How e-mail leaves the house: one function that sends, and who we are. Absent: there is no mail server.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "net/mail.h"
#include "net/smtp_client.h"

namespace postgang::channels {

struct Mailing {
  std::function<net::SmtpAnswer(const net::Envelope&, std::string_view message)> send;
  // Which server takes mail for this address: what sending lanes and their breakers go by.
  std::function<std::string(std::string_view address)> hostOf;
  // Puts the DKIM signature on a composed message; absent: unsigned.
  std::function<Result<std::string>(std::string message, Instant now)> sign;
  std::string from;  // "retur@postgang.example": the sender, and where bounces go
  // "support@operator.example": mail that the house's mailbox gets at it is a ticket; empty: there is none
  // beside local+support@domain.
  std::string supportAddress;
  // Under which name our own receiving server says whether a mail is from whom it says
  // (net/mail_authentication.h); empty: nobody says it, and no mail is.
  std::string authservId;
  std::string publicUrl;  // what links begin with: "https://postgang.example", no slash at its end
  // A server that does not answer is left alone for a while by all of this process: instant in microseconds.
  std::shared_ptr<std::atomic<std::int64_t>> silentUntil = std::make_shared<std::atomic<std::int64_t>>(0);

  bool isOn() const { return static_cast<bool>(send); }
  std::string laneOf(std::string_view address) const {
    return hostOf ? hostOf(address) : net::domainOf(address);
  }
  Result<std::string> signedMessage(std::string message, Instant now) const {
    if (sign) return sign(std::move(message), now);
    return message;
  }
};

}  // namespace postgang::channels
