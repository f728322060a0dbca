#include "flow/export_asker.h"

#include <algorithm>

#include "access/keys.h"
#include "access/visibility.h"
#include "base/bytes.h"
#include "document/business_document.h"
#include "flow/words.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::string_view user_prefix = "user:", key_prefix = "key:";

tl::unexpected<Problem> notAllowed() {
  return fail(problem(ProblemKind::forbidden, "export-not-allowed"));
}

Result<store::Viewer> viewerOfUser(store::Reader& reader, const store::Export& made, UserId id) {
  TRY(const auto user, store::user(reader, id));
  if (!user || !user->active) return notAllowed();
  const auto company = access::companyToActFor(reader, *user, made.company);
  if (!company) return company.error().kind == ProblemKind::not_found ? notAllowed() : fail(company.error());
  TRY(const auto role, access::roleIn(reader, *user, *company));
  const auto scopes = access::scopesWithin(*company, access::scopesOfRole(role));
  if (!scopes.has(access::Scope::documents_read)) return notAllowed();
  return access::viewerOf(reader, *user, *company, made.everything);
}

Result<store::Viewer> viewerOfKey(store::Reader& reader, const store::Export& made, KeyId id) {
  const auto own = store::Viewer::ofCompanies({made.company}, {});
  const auto standing = access::keySeen(reader, own, id, reader.clock().now());
  if (!standing)
    return standing.error().kind == ProblemKind::not_found ? notAllowed() : fail(standing.error());
  if (!standing->effective.has(access::Scope::documents_read)) return notAllowed();
  return access::viewerOf(reader, standing->key);
}

}  // namespace

Result<store::Viewer> viewerOfAsker(store::Reader& reader, const store::Export& made) {
  const std::string_view asker = made.asker;
  if (asker.starts_with(key_prefix)) {
    const auto key = KeyId::parse(asker.substr(key_prefix.size()));
    return key ? viewerOfKey(reader, made, *key) : notAllowed();
  }
  const auto user = personOf(made);
  return user ? viewerOfUser(reader, made, *user) : notAllowed();
}

std::optional<UserId> personOf(const store::Export& made) {
  const std::string_view asker = made.asker;
  return asker.starts_with(user_prefix) ? UserId::parse(asker.substr(user_prefix.size())) : std::nullopt;
}

std::string sightOf(const store::Viewer& viewer) {
  if (viewer.seesAll()) return "all";
  std::string text;
  for (const auto company : viewer.companies()) text += std::to_string(company.value) + " ";
  for (const auto& part : viewer.parts()) {
    text += "\n" + std::to_string(part.company.value) + " " + std::string(store::name(part.direction));
    for (const auto kind : part.kinds) text += " " + std::string(document::name(kind));
  }
  return hex(view(sha256(text)));
}

}  // namespace postgang::flow
