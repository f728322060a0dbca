// Making users and keys: for the command line, the demo world, and later the portal's settings.
#include "access/access.h"
#include "access/keys.h"
#include "access/manage.h"
#include "base/text.h"
#include "store/sql/session.h"

namespace postgang::access {

namespace {

tl::unexpected<Problem> wrong(std::string code, std::string detail, std::string where) {
  return fail(ProblemKind::invalid, std::move(code), std::move(detail), std::move(where));
}

Outcome wellFormed(const NewUser& user) {
  if (!looksLikeEmail(trimmed(user.email)))
    return wrong("email-malformed", "This is not an e-mail address.", "/email");
  if (trimmed(user.name).empty()) return wrong("name-missing", "A user needs a name.", "/name");
  if (!isRole(user.role))
    return wrong("role-unknown", "A role is reader, clerk, support, administrator or operator.", "/role");
  if (user.language != "sv" && user.language != "en")
    return wrong("language-unknown", "A language is sv or en.", "/language");
  if (user.companies.empty() && user.role != "operator")
    return wrong("user-without-company", "A user belongs to at least one company.", "/companies");
  return {};
}

}  // namespace

// Not what RFC 5321 allows, but what an address somebody signs in with looks like: one @, something on both
// sides, a dot in the domain's inside, nothing unseen.
bool looksLikeEmail(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.size() > 254 ||
      text.find('@', at + 1) != std::string_view::npos)
    return false;
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7f) return false;
  const auto domain = text.substr(at + 1);
  const auto dot = domain.find('.');
  return dot != std::string_view::npos && dot > 0 && domain.back() != '.' && isUtf8(text);
}

Result<UserId> Access::createUser(IdMaker& ids, const NewUser& user) {
  CHECK_OK(wellFormed(user));
  store::User row;
  row.id = ids.next<UserId>();
  row.email = lowered(trimmed(user.email));
  row.name = collapsed(user.name);
  row.language = user.language;
  row.staff = user.role == "operator";
  for (const auto company : user.companies)
    row.memberships.push_back({company, row.staff ? "administrator" : user.role});
  TRY(row.passwordHash, passwords_.hashed(user.password));
  CHECK_OK(store_.write(store::Priority::background,
                        [&](store::Transaction& tx) { return store::createUser(tx, row); }));
  return row.id;
}

Result<MadeKey> Access::createKey(IdMaker& ids, const NewKey& key) {
  CHECK_OK(checkKeyScopes(key.scopes));
  MadeKey made{ids.next<KeyId>(), {}};
  store::Key row;
  row.id = made.id;
  row.company = key.company;
  row.name = key.name.empty() ? std::string("API") : key.name;
  row.scopes = key.scopes;
  row.createdAt = clock_.now();
  row.expiresAt = key.expiresAt;
  row.madeBy = key.madeBy;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto company, store::company(tx, key.company));
    if (key.madeBy) {
      TRY(const auto held, scopesLeft(tx, *key.madeBy, company));
      CHECK_OK(checkScopesHeld(key.scopes, held));
    }
    made.secret = std::string(company.sandboxOf ? test_key_prefix : live_key_prefix) + randomToken();
    row.secretDigest = sha256(made.secret);
    return store::createKey(tx, row);
  }));
  return made;
}

}  // namespace postgang::access
