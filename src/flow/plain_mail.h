// A mail of a few plain words, as a job of its own, `plain-mail`: made in the commit of what it tells of. It
// is tried for some hours and then given up; what it tells of is kept elsewhere.
#pragma once

#include <string>

#include "flow/step.h"

namespace postgang::flow {

struct PlainMail {
  std::string to;       // one address
  std::string replyTo;  // empty: nobody in particular
  std::string subject, text;
  std::string messageId;  // without its domain; the same one is one job
  std::string inReplyTo;  // of the message that it answers; empty: none
  Language language = Language::swedish;
  int tries = 0;  // behind it
};

store::NewJob plainMailJob(const PlainMail& mail, CompanyId company, Instant runAt);

Result<Decision> sendPlainMail(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
