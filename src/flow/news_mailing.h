// News by e-mail: the job `news-mail` for one row, and `news-digest` for all that a person has not read when
// its hour comes. Whether the person may still see each row, and still wants it so, is asked when the mail is
// made; what was read in the portal meanwhile is not mailed, and of nothing there is no mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/vault.h"
#include "flow/step.h"
#include "store/notifications.h"

namespace postgang::flow {

store::NewJob newsMailJob(UserId user, store::NotificationId notification, CompanyId company, Instant runAt);
// One waits for each person and hour.
store::NewJob newsDigestJob(UserId user, int hour, Instant now);
Instant nextDigest(int hour, Instant now);  // the next time that clocks in Sweden show it

Result<Decision> sendNewsMail(const Tools& tools, store::Reader& reader, const store::Job& job);
Result<Decision> sendNewsDigest(const Tools& tools, store::Reader& reader, const store::Job& job);

// What the link in a mail is good for: no more mails of this kind, or none of what comes in the digest. The
// token is sealed (base/vault.h): it is kept nowhere, cannot be made by others, and holds for ninety days:
// mails are forwarded and lie in archives.
inline constexpr std::string_view of_digest = "digest";
inline constexpr int unsubscribe_days = 90;
std::string unsubscribeToken(const Vault& vault, UserId user, std::string_view kind, Date day);
struct Unsubscribing {
  UserId user;
  std::string kind;  // of_digest, or one of news_kinds.h
};
std::optional<Unsubscribing> unsubscribingIn(const Vault& vault, std::string_view token, Date today);

}  // namespace postgang::flow
