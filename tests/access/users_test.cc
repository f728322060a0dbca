// Who may manage whom: never more than one's own companies, never oneself, never the last administrator.
#include "tests/access/people_world.h"

namespace postgang::access {
namespace {

using store::Membership;

class Users : public PeopleWorld {
 protected:
  Users() {
    chef_ = user("chef@nordhamn.example", "administrator", {nordhamn_});
    karin_ = user("karin@nordhamn.example", "clerk", {energi_});
    holm_ = user("holm@granberga.example", "administrator", {granberga_});
  }
  std::string change(std::string_view by, UserId id, const UserChange& change) {
    return codeOf(access_->changeUser(*caller(by), id, change, "192.0.2.7"));
  }
  std::string roleOf(UserId id, CompanyId company) {
    std::string role;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto found, store::user(reader, id));
      for (const auto& membership : found->memberships)
        if (membership.company == company) role = membership.role;
      return {};
    }));
    return role;
  }
  UserId chef_, karin_, holm_;
};

TEST_F(Users, are_those_of_the_companies_that_one_administers) {
  const auto shown = access_->users(*caller("chef@nordhamn.example"));
  ASSERT_TRUE(shown);
  ASSERT_EQ(shown->size(), 2u) << "the subsidiary's clerk and itself, not another group's";
  EXPECT_EQ(codeOf(access_->managedUser(*caller("chef@nordhamn.example"), holm_)), "not-found");
  EXPECT_EQ(codeOf(access_->managedUser(*caller("chef@nordhamn.example"), UserId(ids_.next()))), "not-found");
}

TEST_F(Users, get_roles_from_the_administrator_above_them) {
  EXPECT_EQ(change("chef@nordhamn.example", karin_,
                   {.memberships = {{{energi_, "administrator"}, {lager_, "reader"}}}}),
            "good");
  EXPECT_EQ(roleOf(karin_, energi_), "administrator");
  EXPECT_EQ(roleOf(karin_, lager_), "reader");
}

TEST_F(Users, change_at_once_in_sessions_that_are_open) {
  const auto open = token("karin@nordhamn.example");
  ASSERT_TRUE((*access_->bySession(open))->may(Scope::documents_write));
  ASSERT_EQ(change("chef@nordhamn.example", karin_, {.memberships = {{{energi_, "reader"}}}}), "good");
  EXPECT_FALSE((*access_->bySession(open))->may(Scope::documents_write));
  ASSERT_EQ(change("chef@nordhamn.example", karin_, {.memberships = {std::vector<Membership>{}}}), "good");
  EXPECT_EQ(codeOf(access_->bySession(open)), "not-signed-in");
}

TEST_F(Users, get_no_role_where_the_caller_is_no_administrator) {
  EXPECT_EQ(change("chef@nordhamn.example", karin_, {.memberships = {{{granberga_, "reader"}}}}),
            "company-unknown");
  EXPECT_EQ(change("chef@nordhamn.example", karin_, {.memberships = {{{operator_, "administrator"}}}}),
            "company-unknown");
  EXPECT_EQ(change("chef@nordhamn.example", karin_, {.memberships = {{{energi_, "operator"}}}}),
            "role-unknown");
  EXPECT_EQ(
      change("chef@nordhamn.example", karin_, {.memberships = {{{energi_, "reader"}, {energi_, "clerk"}}}}),
      "company-twice");
}

TEST_F(Users, are_not_raised_through_a_session_that_sees_everything) {
  // An administrator of one company and a clerk of another, seeing both at once.
  const auto both = user("eva@nordhamn.example", "clerk", {energi_});
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto row, store::user(tx, both));
    row->memberships = {{granberga_, "administrator"}, {energi_, "clerk"}};
    return store::updateUser(tx, *row);
  }));
  const auto open = token("eva@nordhamn.example");
  const auto wide = access_->switchCompany(open, {granberga_, true, {}});
  ASSERT_TRUE(wide);
  ASSERT_TRUE((*wide)->may(Scope::users_write));
  EXPECT_EQ(codeOf(access_->changeUser(**wide, karin_, {.memberships = {{{energi_, "administrator"}}}}, "")),
            "not-found");
  EXPECT_EQ(codeOf(access_->changeUser(**wide, holm_, {.memberships = {{{energi_, "administrator"}}}}, "")),
            "company-unknown");
}

TEST_F(Users, do_not_change_themselves) {
  EXPECT_EQ(change("chef@nordhamn.example", chef_, {.memberships = {{{nordhamn_, "reader"}}}}), "own-role");
  EXPECT_EQ(change("chef@nordhamn.example", chef_, {.active = false}), "own-role");
  EXPECT_EQ(change("chef@nordhamn.example", chef_, {.name = "Inga Berg"}), "good");
}

TEST_F(Users, are_not_all_taken_away) {
  const auto second = user("vd@granberga.example", "administrator", {granberga_});
  EXPECT_EQ(change("vd@granberga.example", holm_, {.memberships = {{{granberga_, "reader"}}}}), "good");
  ASSERT_TRUE(access_->users(*caller("vd@granberga.example")));
  // Somebody of the group's top may take the subsidiary's last one away: it is administered from above.
  const auto local = user("lokal@nordhamn.example", "administrator", {lager_});
  EXPECT_EQ(change("chef@nordhamn.example", local, {.memberships = {{{lager_, "clerk"}}}}), "good");
  // With nobody above, the last one stays, whoever asks.
  user("drift@postgang.example", "operator", {operator_});
  const auto open = token("drift@postgang.example");
  const auto acting = access_->switchCompany(open, {granberga_, false, "Ärende 1042"});
  ASSERT_TRUE(acting) << acting.error().code;
  EXPECT_EQ(codeOf(access_->changeUser(**acting, second, {.memberships = {{{granberga_, "clerk"}}}}, "")),
            "last-administrator");
  EXPECT_EQ(codeOf(access_->changeUser(**acting, second, {.active = false}, "")), "last-administrator");
}

TEST_F(Users, of_others_too_keep_their_account) {
  const auto shared = user("konsult@byra.example", "clerk", {energi_, granberga_});
  const std::string_view chef = "chef@nordhamn.example";
  EXPECT_EQ(change(chef, shared, {.active = false}), "user-of-others");
  EXPECT_EQ(change(chef, shared, {.name = "Någon Annan"}), "user-of-others");
  EXPECT_EQ(codeOf(access_->endSessionsOf(*caller(chef), shared, "")), "user-of-others");
  EXPECT_EQ(codeOf(access_->resetSecondFactor(*caller(chef), shared, "")), "user-of-others");
  EXPECT_EQ(change(chef, shared, {.memberships = {std::vector<Membership>{}}}), "good");
  EXPECT_EQ(roleOf(shared, granberga_), "clerk") << "what another company gave stands";
}

TEST_F(Users, of_the_operators_are_no_customers_affair) {
  const auto staff = user("drift@postgang.example", "operator", {operator_, nordhamn_});
  EXPECT_EQ(codeOf(access_->managedUser(*caller("chef@nordhamn.example"), staff)), "not-found");
}

TEST_F(Users, that_are_closed_are_out_at_once_and_stay_out) {
  const auto open = token("karin@nordhamn.example");
  ASSERT_EQ(change("chef@nordhamn.example", karin_, {.active = false}), "good");
  EXPECT_EQ(codeOf(access_->bySession(open)), "not-signed-in");
  EXPECT_EQ(codeOf(access_->signIn("karin@nordhamn.example", password, "192.0.2.7")), "credentials-wrong");
  ASSERT_EQ(change("chef@nordhamn.example", karin_, {.active = true}), "good");
  EXPECT_EQ(codeOf(access_->signIn("karin@nordhamn.example", password, "192.0.2.7")), "good");
}

TEST_F(Users, leave_a_line_in_the_companys_trail) {
  ASSERT_EQ(change("chef@nordhamn.example", karin_, {.memberships = {{{energi_, "administrator"}}}}), "good");
  std::vector<store::AuditEntry> lines;
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    store::AuditQuery query;
    query.actions = {"user.role-changed"};
    TRY(auto page, store::listAudit(reader, store::Viewer::ofCompanies({energi_}, {}), query));
    lines = std::move(page.items);
    return {};
  }));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].detail, R"({"role":["clerk","administrator"]})");
  EXPECT_EQ(lines[0].objectId, karin_.text());
  EXPECT_EQ(lines[0].actor.id, chef_.text());
}

TEST_F(Users, staff_say_why_and_the_customer_reads_it) {
  user("drift@postgang.example", "operator", {operator_});
  const auto open = token("drift@postgang.example");
  EXPECT_EQ(codeOf(access_->switchCompany(open, {granberga_, false, "  "})), "reason-missing");
  ASSERT_EQ(codeOf(access_->switchCompany(open, {granberga_, false, "Ärende 1042"})), "good");
  std::vector<store::AuditEntry> lines;
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    store::AuditQuery query;
    query.actions = {"staff.acts-for-company"};
    TRY(auto page, store::listAudit(reader, store::Viewer::ofCompanies({granberga_}, {}), query));
    lines = std::move(page.items);
    return {};
  }));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].reason, "Ärende 1042");
}

}  // namespace
}  // namespace postgang::access
