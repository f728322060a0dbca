// Mails about somebody's own account: an invitation, a link to a new password, what has happened to it.
// Subject, HTML and the same words as text; complete without pictures, nothing fetched; every value is
// bounded and escaped.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "base/time.h"

namespace postgang::render {

struct AccountMail {
  Language language = Language::swedish;
  std::string what;  // texts accountMail.<what>: "invitation", "new-password", "locked" …
  std::string name;  // of whom it goes to
  std::string invitedBy;
  std::vector<std::string> companies = {};
  std::string link;  // absolute; empty: no button
  Instant at, expiresAt = {};
  std::string address = {}, device = {};
};

struct WrittenMail {
  std::string subject, html, text;
};
WrittenMail accountMail(const AccountMail& mail);

}  // namespace postgang::render
