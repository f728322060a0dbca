// The answer to a supplier whose mail could not be taken in: plain words, once, and never to a program. Its
// job (plain_mail.h) is made in the commit that remembers the message. An answer that never comes does less
// harm than two that answer each other.
#pragma once

#include <optional>
#include <string>

#include "flow/step.h"
#include "net/mail_reader.h"
#include "store/companies.h"

namespace postgang::flow {

// Whom an answer may go to; nullopt: nobody. Never to what a program has written (RFC 3834), a list, an
// address of our own, or one that says that nobody reads it.
std::optional<std::string> answeredAddress(const net::ReceivedMail& mail, std::string_view mailingFrom);

inline constexpr int answers_per_address = 5;    // a day
inline constexpr int answers_per_company = 200;  // a day

// Enqueues it, unless the day's answers are used up. `text` is what stands in the mail.
Outcome answer(store::Transaction& tx, const net::ReceivedMail& mail, const std::string& address,
               CompanyId company, const std::string& subject, const std::string& text, Instant now,
               const std::string& replyTo = {});

}  // namespace postgang::flow
