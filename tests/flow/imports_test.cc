#include "flow/imports.h"

#include "flow/exports.h"
#include "store/invitations.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class Imports : public House {
 protected:
  Imports() {
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      store::User karin;
      karin.id = UserId(ids_.next());
      karin.email = "karin@nordhamn.example";
      karin.name = "Karin Sund";
      karin.memberships = {{energi_, "administrator"}};
      actor_ = {store::ActorKind::person, karin.id.text(), karin.name};
      return store::createUser(tx, karin);
    }));
  }

  struct Given {
    formats::Spreadsheet sheet;
    ImportOrder order;
  };
  Given given(ImportKind kind, std::string_view bytes) {
    auto sheet = formats::Spreadsheet::open(bytes, import_limits);
    EXPECT_TRUE(sheet) << sheet.error().detail;
    Given given{std::move(sheet).value(), {}};
    formats::SheetRow heading;
    EXPECT_TRUE(given.sheet.rows([&](const auto& row) {
      heading = row;
      return false;
    }));
    auto& order = given.order;
    order.kind = kind;
    order.viewer = store::Viewer::ofCompanies({energi_}, actor_);
    order.company.id = energi_;
    order.company.identifier = "0007:5599900015";
    order.actorRole = "administrator";
    order.columns = guessedColumns(kind, heading);
    order.channels = {"network", "email", "print"};
    // What access/ does with them is its own tests'; here the users are there at once.
    order.invite = [this](store::Transaction& tx, const ImportedPerson& person) { return made(tx, person); };
    order.changeUser = [](store::Transaction& tx, const ImportedUserChange& change) -> Outcome {
      TRY(auto user, store::user(tx, change.user));
      if (change.name) user->name = *change.name;
      for (auto& each : user->memberships)
        if (change.membership && each.company == change.membership->company) each = *change.membership;
      return store::updateUser(tx, *user);
    };
    return given;
  }
  Outcome made(store::Transaction& tx, const ImportedPerson& person) {
    store::User user;
    user.id = UserId(ids_.next());
    user.email = person.email;
    user.name = person.name;
    user.memberships = {{person.company, person.role}};
    return store::createUser(tx, user);
  }
  Result<ImportPlan> plan(Given& given) {
    given.order.sheet = &given.sheet;
    Result<ImportPlan> plan = fail(ProblemKind::internal, "not-read", "");
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      plan = planImport(reader, given.order);
      return {};
    }));
    return plan;
  }
  ImportPlan planned(ImportKind kind, std::string_view bytes) {
    auto file = given(kind, bytes);
    auto made = plan(file);
    EXPECT_TRUE(made) << made.error().code;
    return made.value_or(ImportPlan());
  }
  Result<ImportPlan> take(Given& given, const std::string& fingerprint) {
    given.order.sheet = &given.sheet;
    Result<ImportPlan> done = fail(ProblemKind::internal, "not-written", "");
    const auto written = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      done = carryOut(tx, given.order, fingerprint);
      if (!done) return fail(done.error());
      return {};
    });
    EXPECT_EQ(written.has_value(), done.has_value());
    return done;
  }
  ImportPlan taken(ImportKind kind, std::string_view bytes) {
    auto file = given(kind, bytes);
    const auto before = plan(file);
    EXPECT_TRUE(before) << before.error().code;
    auto done = take(file, before ? before->fingerprint : "");
    EXPECT_TRUE(done) << done.error().code;
    return done.value_or(ImportPlan());
  }
  std::optional<store::Partner> partner(const std::string& identifier) {
    std::optional<store::Partner> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::partner(reader, store::Viewer::system(), energi_, identifier));
      return {};
    }));
    return found;
  }
  std::string exported(ImportKind kind, bool asWorkbook) {
    std::string bytes;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto rows,
          exportedRows(reader, store::Viewer::ofCompanies({energi_}, actor_), energi_, kind));
      const auto heading = exportHeading(kind, Language::swedish);
      bytes = csvFile(heading, rows);
      if (asWorkbook) {
        TRY(bytes, workbookFile("Lista", clock_.now(), heading, rows));
      }
      return {};
    }));
    return bytes;
  }
  static std::string actions(const ImportPlan& plan) {
    std::string text;
    for (const auto& row : plan.rows)
      text += (text.empty() ? "" : " ") + (row.fault ? row.fault->code : std::string(name(row.action)));
    return text;
  }

  store::Actor actor_;
};

constexpr std::string_view partners =
    "Org.nr;Kundnummer;Namn;E-post;Gatuadress;Postnummer;Ort;Kanaler\n"
    "559990-0130;10284;Granberga Bygg AB;faktura@granberga.example;Sågvägen 3;123 45;Granberga;email, print\n"
    ";20117;Anna Berg;anna@berg.example;;;;\n";

TEST_F(Imports, ThePlanSaysWhatEachRowDoesAndNothingIsDone) {
  const auto plan = planned(ImportKind::partners, partners);
  EXPECT_EQ(actions(plan), "create create");
  EXPECT_EQ(plan.rows[0].key, "0007:5599900130");
  EXPECT_EQ(plan.rows[1].key, "customer:20117");
  EXPECT_FALSE(partner("0007:5599900130"));
}

TEST_F(Imports, WhatWasPlannedIsDone) {
  const auto done = taken(ImportKind::partners, partners);
  EXPECT_EQ(done.created, 2);
  const auto bygg = partner("0007:5599900130");
  ASSERT_TRUE(bygg);
  EXPECT_EQ(bygg->email, "faktura@granberga.example");
  EXPECT_EQ(bygg->postalAddress->country, "SE");
  EXPECT_EQ(bygg->channels, (std::vector<std::string>{"email", "print"}));
}

TEST_F(Imports, AChangeNamesTheFieldsAndEmptyCellsLeaveWhatIsThere) {
  taken(ImportKind::partners, partners);
  const auto plan =
      planned(ImportKind::partners, "Identifierare;Namn;E-post\n0007:5599900130;;ny@granberga.example\n");
  EXPECT_EQ(actions(plan), "change");
  ASSERT_EQ(plan.rows[0].changes.size(), 1U);
  EXPECT_EQ(plan.rows[0].changes[0].field, "email");
  EXPECT_EQ(plan.rows[0].changes[0].from, "faktura@granberga.example");
  EXPECT_EQ(plan.rows[0].changes[0].to, "ny@granberga.example");
}

TEST_F(Imports, RefusalsNameTheCell) {
  const auto plan = planned(ImportKind::partners,
                            "Org.nr;Namn;E-post;Land;Kanaler;Gatuadress\n"
                            "559990-0131;Fel siffra;;;;\n"
                            "559990-0130;Bygg;inte en adress;;;\n"
                            "559990-0130;Bygg;;Atlantis;;Gatan 1\n"
                            "559990-0130;Bygg;;;brevduva;\n"
                            "559990-0130;Bygg;;;;Gatan 1\n"
                            "559990-0130;Bygg;;;;\n"
                            "559990-0130;Igen;;;;\n"
                            ";Ingen;;;;\n");
  EXPECT_EQ(actions(plan),
            "identifier-check-digit import-email-malformed import-country-unknown import-channel-unknown "
            "import-address-incomplete create import-row-repeated import-value-missing");
  EXPECT_EQ(plan.rows[1].fault->field, "email");
  EXPECT_EQ(plan.rows[1].row, 3);
}

TEST_F(Imports, NothingIsHalfDone) {
  auto file =
      given(ImportKind::partners, "Org.nr;Namn;E-post\n559990-0130;Bygg;\n559990-0023;Granberga;fel\n");
  const auto before = plan(file);
  ASSERT_TRUE(before);
  EXPECT_EQ(take(file, before->fingerprint).error().code, "import-rows-refused");
  EXPECT_FALSE(partner("0007:5599900130"));
  file.order.withoutRefused = true;
  EXPECT_TRUE(take(file, before->fingerprint));
  EXPECT_TRUE(partner("0007:5599900130"));
  EXPECT_FALSE(partner("0007:5599900023"));
}

TEST_F(Imports, AWorldThatHasChangedIsNoticed) {
  auto file = given(ImportKind::partners, partners);
  const auto before = plan(file);
  ASSERT_TRUE(before);
  taken(ImportKind::partners, "Kundnummer;Namn\n20117;Anna Berg\n");  // somebody else was first
  EXPECT_EQ(take(file, before->fingerprint).error().code, "preview-outdated");
  EXPECT_FALSE(partner("0007:5599900130"));
  const auto again = plan(file);
  ASSERT_TRUE(again);
  EXPECT_EQ(actions(*again), "create change");
  EXPECT_TRUE(take(file, again->fingerprint));
}

TEST_F(Imports, WhatIsExportedCanBeImportedAgainAndChangesNothing) {
  taken(ImportKind::partners, partners);
  taken(ImportKind::partners, "Kundnummer;Namn\n'=1+1;=cmd|'/c calc'!A1\n");
  for (const bool form : {false, true})
    for (const auto kind : {ImportKind::partners, ImportKind::companies, ImportKind::users}) {
      const auto plan = planned(kind, exported(kind, form));
      EXPECT_GT(plan.unchanged, 0) << name(kind);
      EXPECT_EQ(plan.unchanged, static_cast<std::int64_t>(plan.rows.size())) << name(kind) << actions(plan);
    }
}

TEST_F(Imports, AnExportRunsNothingInASpreadsheet) {
  taken(ImportKind::partners, "Kundnummer;Namn\n7;=1+1\n");
  EXPECT_NE(exported(ImportKind::partners, false).find("'=1+1"), std::string::npos);
}

TEST_F(Imports, CompaniesComeBeneathTheActingOneAndEachOther) {
  const auto done = taken(ImportKind::companies,
                          "Organisationsnummer;Namn;Moderbolag\n5599900031;Elnät AB;\n"
                          "5599900049;Elmätare AB;5599900031\n");
  EXPECT_EQ(done.created, 2);
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto elnat, store::companyByIdentifier(reader, "0007:5599900031"));
    TRY(const auto matare, store::companyByIdentifier(reader, "0007:5599900049"));
    EXPECT_EQ(elnat->parent, energi_);
    EXPECT_EQ(matare->parent, elnat->id);
    return {};
  }));
}

TEST_F(Imports, AnothersCompanyIsRefusedAndTheActingOneStaysWhereItIs) {
  const auto plan = planned(ImportKind::companies,
                            "Org.nr;Namn;Moderbolag\n5599900023;Min nu;\n5599900031;Ny;5599900023\n"
                            "5599900015;Nordhamn;5599900015\n");
  EXPECT_EQ(actions(plan), "identifier-taken import-parent-unknown parent-beneath-itself");
}

TEST_F(Imports, PeopleAreInvitedAndRolesChanged) {
  std::vector<std::string> invited;
  auto file = given(ImportKind::users, "E-post;Namn;Roll\nny@nordhamn.example;Ny Person;ekonomi\n");
  file.order.invite = [&](store::Transaction& tx, const ImportedPerson& person) {
    invited.push_back(person.email + " " + person.role);
    return made(tx, person);
  };
  const auto before = plan(file);
  ASSERT_TRUE(before);
  ASSERT_TRUE(take(file, before->fingerprint));
  EXPECT_EQ(invited, std::vector<std::string>{"ny@nordhamn.example clerk"});
  const auto plan = planned(ImportKind::users, "E-post;Roll\nNY@nordhamn.example;läsare\n");
  EXPECT_EQ(actions(plan), "change");
  EXPECT_EQ(plan.rows[0].changes[0].from, "clerk");
  EXPECT_EQ(plan.rows[0].changes[0].to, "reader");
}

TEST_F(Imports, WhoIsInvitedAlreadyIsNotAskedTwiceUnlessAsSomethingElseOrTooLate) {
  store::Invitation open;
  open.id = InvitationId(ids_.next());
  open.email = "ny@nordhamn.example";
  open.memberships = {{energi_, "clerk"}};
  open.expiresAt = Instant().plusSeconds(100);
  ASSERT_TRUE(store_->write(store::Priority::background,
                            [&](store::Transaction& tx) { return store::putInvitation(tx, open); }));
  auto same = given(ImportKind::users, "E-post;Namn;Roll\nny@nordhamn.example;Ny;ekonomi\n");
  EXPECT_EQ(actions(plan(same).value()), "nothing");
  same.order.now = open.expiresAt;
  EXPECT_EQ(actions(plan(same).value()), "create");
  auto other = given(ImportKind::users, "E-post;Namn;Roll\nny@nordhamn.example;Ny;läsare\n");
  EXPECT_EQ(actions(plan(other).value()), "create");
}

TEST_F(Imports, AKeyInvitesNobodyAndStaffAreNotACustomersToChange) {
  auto file = given(ImportKind::users, "E-post;Namn;Roll\nny@nordhamn.example;Ny;ekonomi\n");
  file.order.invite = {};
  EXPECT_EQ(actions(plan(file).value()), "import-invite-by-person");
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    store::User staff;
    staff.id = UserId(ids_.next());
    staff.email = "drift@postgang.example";
    staff.name = "Drift";
    staff.staff = true;
    staff.memberships = {{energi_, "reader"}};
    return store::createUser(tx, staff);
  }));
  EXPECT_EQ(actions(planned(ImportKind::users, "E-post;Roll\ndrift@postgang.example;ekonomi\n")),
            "import-role-unknown");
}

TEST_F(Imports, NobodyChangesThemselvesNorGivesMoreThanTheyHave) {
  auto file = given(ImportKind::users,
                    "E-post;Namn;Roll;Företag\nkarin@nordhamn.example;;läsare;\n"
                    "ny@nordhamn.example;Ny;operator;\nny@nordhamn.example;Ny;läsare;5599900023\n");
  const auto plan = this->plan(file);
  ASSERT_TRUE(plan);
  EXPECT_EQ(actions(*plan), "import-user-yourself import-role-unknown import-company-unknown");
  auto asClerk = given(ImportKind::users, "E-post;Namn;Roll\nny@nordhamn.example;Ny;administratör\n");
  asClerk.order.actorRole = "clerk";
  EXPECT_EQ(actions(this->plan(asClerk).value()), "import-role-unknown");
}

TEST_F(Imports, ASandboxHasNoCompaniesAndUsersOfItsOwn) {
  auto companies = given(ImportKind::companies, "Org.nr;Namn\n5599900031;Elnät AB\n");
  companies.order.company.sandboxOf = granberga_;
  EXPECT_EQ(actions(plan(companies).value()), "import-not-in-sandbox");
  auto list = given(ImportKind::partners, "Kundnummer;Namn\n1;Anna\n");
  list.order.company.sandboxOf = granberga_;
  EXPECT_EQ(actions(plan(list).value()), "create");
}

TEST_F(Imports, HeadingsInBothLanguagesAndOldEncodings) {
  const auto plan = planned(ImportKind::partners, "Customer no\tName\tCity\n1\tG\xF6te\tX\n");
  EXPECT_EQ(plan.rows[0].name, "Göte");
  EXPECT_EQ(guessedField(ImportKind::users, "Organisationsnummer"), "company");
  EXPECT_EQ(guessedField(ImportKind::partners, "Fax"), std::nullopt);
}

TEST_F(Imports, AFileWithoutWhatTellsRowsApart) {
  auto file = given(ImportKind::partners, "Namn;E-post\nBygg;a@b.example\n");
  EXPECT_EQ(plan(file).error().code, "import-column-missing");
  auto empty = given(ImportKind::partners, "Org.nr;Namn\n");
  EXPECT_EQ(plan(empty).error().code, "spreadsheet-empty");
}

TEST_F(Imports, TwentyThousandRows) {
  std::string csv = "Kundnummer;Namn;E-post\n";
  for (int i = 0; i < 20'000; ++i)
    csv += std::to_string(i) + ";Kund " + std::to_string(i) + ";k" + std::to_string(i) + "@x.example\n";
  EXPECT_EQ(taken(ImportKind::partners, csv).created, 20'000);
}

}  // namespace
}  // namespace postgang::flow
