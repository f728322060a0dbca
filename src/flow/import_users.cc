// People from a list: who is to come in, and as what in which company. Who is there already keeps what is not
// said; somebody new is invited. Nobody changes themselves by a list, nor gives more than they have.
#include "access/caller.h"
#include "base/text.h"
#include "flow/imported_list.h"
#include "net/mail.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::flow {

namespace {

using store::Membership;
using store::User;

constexpr std::size_t name_codePoints_max = 200, email_codePoints_max = 254;

struct RoleWord {
  std::string_view word, role;
};
constexpr RoleWord role_words[] = {{"reader", "reader"},      {"lasare", "reader"},
                                   {"clerk", "clerk"},        {"ekonomi", "clerk"},
                                   {"support", "support"},    {"administrator", "administrator"},
                                   {"admin", "administrator"}};

std::string roleBy(std::string_view text) {
  const auto word = folded(text);
  for (const auto& [known, role] : role_words)
    if (known == word) return std::string(role);
  return {};
}

const Membership* in(const User& user, CompanyId company) {
  for (const auto& membership : user.memberships)
    if (membership.company == company) return &membership;
  return nullptr;
}

class Users final : public ImportedList {
 public:
  explicit Users(const ImportOrder& order) : order_(order), administered_(order) {}

  Result<Thought> think(store::Reader& reader, const ImportedRow& row) override {
    Thinking thinking(row);
    if (auto fault = faultOfText(row.text("name"), name_codePoints_max); !fault.empty())
      return thinking.refuse("name", std::move(fault));
    const auto email = lowered(row.text("email"));
    if (email.empty()) return thinking.refuse("email", "import-value-missing");
    if (email.size() > email_codePoints_max || !net::isMailAddress(email) ||
        net::domainOf(email).find('.') == std::string::npos)
      return thinking.refuse("email", "import-email-malformed");
    const auto role = row.has("role") ? roleBy(row.text("role")) : std::string();
    if (row.has("role") && role.empty()) return thinking.refuse("role", "import-role-unknown");
    TRY(const auto company, companyOf(reader, row));
    if (!company) return thinking.refuse("company", "import-company-unknown");
    TRY(const auto user, store::userByEmail(reader, email));
    const auto* membership = user ? in(*user, company->id) : nullptr;
    // One address may stand for several companies, a row each.
    thinking.about(email + " " + company->identifier, std::string(row.has("name") ? row.text("name")
                                                                  : membership    ? user->name
                                                                                  : ""));
    if (!membership) return invite(reader, thinking, row, email, role, *company);
    if (user->id.text() == order_.viewer.actor().id) {
      if ((!role.empty() && role != membership->role) || (row.has("name") && row.text("name") != user->name))
        return thinking.refuse("email", "import-user-yourself");
      return thinking.done(false, {});
    }
    return change(reader, thinking, row, *user, *membership, role);
  }

 private:
  Result<std::optional<store::Company>> companyOf(store::Reader& reader, const ImportedRow& row) {
    if (!row.has("company")) return std::optional(order_.company);
    const auto text = identifierSaid(row.text("company"));
    if (!text) return std::optional<store::Company>();
    TRY(auto found, store::companyByIdentifier(reader, *text));
    if (!found || !found->isCustomer) return std::optional<store::Company>();
    TRY(const bool mine, administered_.has(reader, found->id));
    if (!mine) found.reset();
    return found;
  }

  // Whoever has been invited to that already, and can still come in, is not asked twice.
  Result<bool> isInvited(store::Reader& reader, const std::string& email, const Membership& wanted) const {
    TRY(const auto open, store::invitationsTo(reader, email));
    for (const auto& invitation : open)
      for (const auto& membership : invitation.memberships)
        if (invitation.isUsable(order_.now) && membership.company == wanted.company &&
            membership.role == wanted.role)
          return true;
    return false;
  }

  Result<Thought> invite(store::Reader& reader, Thinking& thinking, const ImportedRow& row,
                         const std::string& email, const std::string& role,
                         const store::Company& company) const {
    if (!row.has("name")) return thinking.refuse("name", "import-value-missing");
    if (role.empty()) return thinking.refuse("role", "import-value-missing");
    if (isAbove(role)) return thinking.refuse("role", "import-role-unknown");
    TRY(const bool invited, isInvited(reader, email, {company.id, role}));
    if (invited) return thinking.done(false, {});
    if (!order_.invite) return thinking.refuse("email", "import-invite-by-person");
    const ImportedPerson person{email, std::string(row.text("name")), role, company.id};
    thinking.become("name", "", person.name);
    thinking.become("role", "", person.role);
    thinking.become("company", "", company.identifier);
    return thinking.done(
        true, [invite = order_.invite, person](store::Transaction& tx) { return invite(tx, person); });
  }

  bool isAbove(std::string_view role) const {
    return access::rankOfRole(role) > access::rankOfRole(order_.actorRole);
  }

  // The name is the person's own: it is changed where every company of theirs is administered from here.
  Result<bool> wholly(store::Reader& reader, const User& user) {
    for (const auto& one : user.memberships) {
      TRY(const bool mine, administered_.has(reader, one.company));
      if (!mine) return false;
    }
    return true;
  }

  Result<Thought> change(store::Reader& reader, Thinking& thinking, const ImportedRow& row, const User& user,
                         const Membership& membership, const std::string& role) {
    if (user.staff && !order_.staff) return thinking.refuse("role", "import-role-unknown");
    TRY(const bool whole, wholly(reader, user));
    ImportedUserChange change{user.id};
    auto name = user.name;
    if (whole) thinking.take("name", name, std::string(row.text("name")));
    if (name != user.name) change.name = name;
    if (!role.empty() && role != membership.role) {
      if (isAbove(role) || isAbove(membership.role)) return thinking.refuse("role", "import-role-unknown");
      thinking.become("role", membership.role, role);
      change.membership = Membership{membership.company, role};
    }
    return thinking.done(false,
                         [to = order_.changeUser, change](store::Transaction& tx) { return to(tx, change); });
  }

  const ImportOrder& order_;
  Administered administered_;
};

}  // namespace

std::unique_ptr<ImportedList> importedUsers(const ImportOrder& order) {
  return std::make_unique<Users>(order);
}

}  // namespace postgang::flow
