#include "store/account_mails.h"

#include <boost/json.hpp>

namespace postgang::store {

namespace {

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->as_string())) : std::string();
}

}  // namespace

NewJob accountMailJob(const AccountMail& mail, CompanyId company, Instant runAt) {
  NewJob job;
  job.kind = "account-mail";
  const bool invites = mail.what == "invitation";
  job.key = "account-mail:" + mail.what + ":" + (invites ? mail.invitation.text() : mail.email) + ":" +
            mail.at.text();
  job.company = company;
  job.runAt = runAt;
  job.payload = boost::json::serialize(
      boost::json::object{{"what", mail.what},
                          {"invitation", invites ? mail.invitation.text() : std::string()},
                          {"email", mail.email},
                          {"at", mail.at.text()},
                          {"expiresAt", mail.expiresAt.text()},
                          {"address", mail.address},
                          {"device", mail.device}});
  return job;
}

AccountMail accountMailIn(const Job& job) {
  AccountMail mail;
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  if (error || !payload.is_object()) return mail;
  const auto& object = payload.get_object();
  mail.what = member(object, "what");
  mail.invitation = InvitationId::parse(member(object, "invitation")).value_or(InvitationId());
  mail.email = member(object, "email");
  mail.at = Instant::parse(member(object, "at")).value_or(Instant());
  mail.expiresAt = Instant::parse(member(object, "expiresAt")).value_or(Instant());
  mail.address = member(object, "address");
  mail.device = member(object, "device");
  return mail;
}

}  // namespace postgang::store
