#include "flow/house_mail.h"

namespace postgang::flow {

Result<std::string> houseMail(const channels::Mailing& mailing, net::Mail mail) {
  mail.from = {"Postgång", mailing.from};
  mail.messageId += "@" + net::domainOf(mailing.from);
  TRY(auto bytes, net::composed(mail));
  return mailing.signedMessage(std::move(bytes), mail.date);
}

}  // namespace postgang::flow
