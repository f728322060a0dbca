#include "store/registers.h"

#include <gtest/gtest.h>

#include "tests/store/world.h"

namespace postgang::store {
namespace {

using Texts = std::vector<std::string>;

class Registers : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    companies_ = {World::company(1), World::company(2)};
  }
  // Made before: within a transaction none can be.
  CompanyId company(int number) const { return companies_[static_cast<std::size_t>(number - 1)]; }
  std::vector<CompanyId> companies_;

  Viewer owner(int number = 1) {
    return Viewer::ofCompanies({company(number)}, {ActorKind::person, "u1", "Karin Sund"});
  }
  Register made(const std::string& name, RegisterKind kind = RegisterKind::references, bool shared = false) {
    Register one;
    one.id = ids_.next<RegisterId>();
    one.company = company(1);
    one.name = name;
    one.kind = kind;
    one.sharedWithSenders = shared;
    write([&](Transaction& tx) { return createRegister(tx, one, owner().actor()); });
    return one;
  }
  void put(const Register& one, const RegisterRow& row) {
    write([&](Transaction& tx) { return putRegisterRow(tx, owner(), company(1), one.id, row); });
  }
  std::int64_t rowsOf(const Register& one) {
    std::int64_t rows = -1;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto found, findRegister(reader, owner(), company(1), one.id));
      rows = found.rows;
      return {};
    });
    return rows;
  }
  bool has(RegisterKind kind, const std::string& value, const std::string& name = "",
           const std::string& supplier = "", Date day = Date::of(2026, 11, 2)) {
    bool found = false;
    read([&](Reader& reader) -> Outcome {
      std::vector<document::Identifier> suppliers;
      if (!supplier.empty()) suppliers.push_back({supplier.substr(0, 4), supplier.substr(5)});
      TRY(found, inRegister(reader, company(1), name, kind, value, suppliers, day));
      return {};
    });
    return found;
  }
  Texts listed(const Register& one, RegisterRowQuery query) {
    Texts values;
    read([&](Reader& reader) -> Outcome {
      for (int pages = 0; pages < 100; ++pages) {
        TRY(const auto page, registerRows(reader, owner(), company(1), one.id, query));
        EXPECT_LE(static_cast<int>(page.items.size()), query.limit);
        for (const auto& row : page.items) values.push_back(row.value);
        if (!page.nextCursor) break;
        query.cursor = *page.nextCursor;
      }
      return {};
    });
    return values;
  }
};
INSTANTIATE_BOTH_STORES(Registers);

TEST_P(Registers, AValueIsFoundWhateverItsCaseAndBlanks) {
  const auto one = made("Referenser");
  put(one, {"Anna Ek 12", "", "", {}, {}});
  put(one, {"ÖST-1", "", "", {}, {}});
  for (const auto* value : {"Anna Ek 12", "anna ek 12", "ANNAEK12", " Anna  Ek\t12 "})
    EXPECT_TRUE(has(RegisterKind::references, value)) << value;
  EXPECT_TRUE(has(RegisterKind::references, "öst-1"));
  for (const auto* value : {"Anna Ek 1", "Anna Ek 123", "ost-1", "", " "})
    EXPECT_FALSE(has(RegisterKind::references, value)) << value;
  EXPECT_FALSE(has(RegisterKind::orders, "Anna Ek 12"));
}

TEST_P(Registers, ARowHoldsOnItsDaysAndForItsSupplier) {
  const auto one = made("Order", RegisterKind::orders);
  put(one, {"4501", "", "0007:5599900015", Date::of(2026, 11, 1), Date::of(2026, 11, 30)});
  const std::string supplier = "0007:5599900015";
  EXPECT_TRUE(has(RegisterKind::orders, "4501", "", supplier, Date::of(2026, 11, 1)));
  EXPECT_TRUE(has(RegisterKind::orders, "4501", "", supplier, Date::of(2026, 11, 30)));
  EXPECT_FALSE(has(RegisterKind::orders, "4501", "", supplier, Date::of(2026, 10, 31)));
  EXPECT_FALSE(has(RegisterKind::orders, "4501", "", supplier, Date::of(2026, 12, 1)));
  EXPECT_FALSE(has(RegisterKind::orders, "4501", "", "0007:5599900023"));
  EXPECT_FALSE(has(RegisterKind::orders, "4501"));
}

TEST_P(Registers, OneIsAskedByItsNameOrAllOfItsKind) {
  const auto north = made("Nord"), south = made("Syd");
  put(north, {"A1", "", "", {}, {}});
  EXPECT_TRUE(has(RegisterKind::references, "A1"));
  EXPECT_TRUE(has(RegisterKind::references, "A1", "Nord"));
  EXPECT_TRUE(has(RegisterKind::references, "A1", north.id.text()));
  EXPECT_FALSE(has(RegisterKind::references, "A1", "Syd"));
  EXPECT_FALSE(has(RegisterKind::references, "A1", "Finns inte"));
}

TEST_P(Registers, AccountsAreComparedByKindAndDigits) {
  const auto one = made("Konton", RegisterKind::accounts);
  put(one, {"5402-9681", "", "0007:5599900015", {}, {}});
  put(one, {"SE35 5000 0000 0549 1000 0003", "", "0007:5599900015", {}, {}});
  read([&](Reader& reader) -> Outcome {
    const std::vector<document::Identifier> supplier{{"0088", "1"}, {"0007", "5599900015"}};
    TRY(const auto accounts, registeredAccounts(reader, company(1), supplier, Date::of(2026, 11, 2)));
    EXPECT_EQ(accounts.size(), 2u);
    for (const auto& account : accounts)
      EXPECT_TRUE(
          (account.kind == document::AccountKind::bankgiro && account.number == "54029681") ||
          (account.kind == document::AccountKind::iban && account.number == "SE3550000000054910000003"))
          << account.number;
    const std::vector<document::Identifier> other{{"0007", "5599900023"}};
    TRY(const auto none, registeredAccounts(reader, company(1), other, Date::of(2026, 11, 2)));
    EXPECT_TRUE(none.empty());
    return {};
  });
}

TEST(AccountsInText, AreGiroByTheirHyphenOrTheirName) {
  using document::AccountKind;
  const auto kinds = [](std::string_view text) {
    std::string found;
    for (const auto& account : accountsIn(text))
      found += account.kind == AccountKind::bankgiro   ? "b"
               : account.kind == AccountKind::plusgiro ? "p"
                                                       : "i";
    return found;
  };
  EXPECT_EQ(kinds("5402-9681"), "b");
  EXPECT_EQ(kinds("BG 54029681"), "b");
  EXPECT_EQ(kinds("28 65 43-4"), "p");
  EXPECT_EQ(kinds("Plusgiro: 2865434"), "p");
  EXPECT_EQ(kinds("54029681"), "bp");  // nobody has said which
  EXPECT_EQ(kinds("SE35 5000 0000 0549 1000 0003"), "i");
  EXPECT_EQ(kinds("5402-9682"), "");  // wrong check digit
  EXPECT_EQ(kinds("=5402-9681"), "");
  EXPECT_EQ(kinds("hej"), "");
}

TEST_P(Registers, PagesGoInOrderOfValueAndByItsBeginning) {
  const auto one = made("Referenser");
  for (int i = 0; i < 25; ++i)
    put(one, {"R" + std::to_string(100 + i), i == 7 ? "Lager norr" : "", "", {}, {}});
  for (const int limit : {1, 7, 50}) EXPECT_EQ(listed(one, {.limit = limit}).size(), 25u) << limit;
  EXPECT_EQ(listed(one, {.text = "r10", .limit = 3}).size(), 10u);
  EXPECT_EQ(listed(one, {.text = "NORR", .limit = 3}), (Texts{"R107"}));
  EXPECT_EQ(listed(one, {.text = "saknas"}), Texts{});
  read([&](Reader& reader) -> Outcome {
    const auto wrong = registerRows(reader, owner(), company(1), one.id, {.cursor = "zzz"});
    EXPECT_EQ(wrong ? "" : wrong.error().code, "cursor-malformed");
    return {};
  });
}

TEST_P(Registers, ARowIsChangedInItsPlaceAndCounted) {
  const auto one = made("Referenser");
  put(one, {"A1", "gammal", "", {}, {}});
  put(one, {"a 1", "ny", "", Date::of(2026, 1, 1), {}});
  put(one, {"A1", "", "0007:5599900015", {}, {}});
  EXPECT_EQ(rowsOf(one), 2);
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto gone, deleteRegisterRows(tx, owner(), company(1), one.id, "A1"));
    EXPECT_EQ(gone, 2);
    return {};
  });
  EXPECT_EQ(rowsOf(one), 0);
}

TEST_P(Registers, TheOldRowsAnswerUntilTheNewOnesAreAllThere) {
  const auto one = made("Referenser");
  put(one, {"gammal", "", "", {}, {}});
  RegisterFilling filling;
  write([&](Transaction& tx) -> Outcome {
    TRY(filling, beginFilling(tx, owner(), company(1), one.id, true));
    return {};
  });
  const std::vector<RegisterRow> rows = {
      {"ny", "", "", {}, {}}, {"NY", "senare", "", {}, {}}, {"x", "", "", {}, {}}};
  write([&](Transaction& tx) { return addRows(tx, filling, rows); });
  EXPECT_TRUE(has(RegisterKind::references, "gammal"));
  EXPECT_FALSE(has(RegisterKind::references, "ny"));
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto count, store::rowsOf(tx, filling));
    EXPECT_EQ(count, 2);  // of the same value the later stands
    return endFilling(tx, filling, count, owner().actor());
  });
  EXPECT_FALSE(has(RegisterKind::references, "gammal"));
  EXPECT_TRUE(has(RegisterKind::references, "ny"));
  EXPECT_EQ(rowsOf(one), 2);
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto first, sweepRegister(tx, one.id, 10));
    TRY(const auto second, sweepRegister(tx, one.id, 10));
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 0);
    return {};
  });
  EXPECT_TRUE(has(RegisterKind::references, "x"));
}

TEST_P(Registers, AFillingThatNeverEndedIsSweptAway) {
  const auto one = made("Referenser");
  put(one, {"gammal", "", "", {}, {}});
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto filling, beginFilling(tx, owner(), company(1), one.id, true));
    const std::vector<RegisterRow> rows = {{"halv", "", "", {}, {}}};
    return addRows(tx, filling, rows);
  });
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto gone, sweepRegister(tx, one.id, 10));
    EXPECT_EQ(gone, 1);
    return {};
  });
  EXPECT_TRUE(has(RegisterKind::references, "gammal"));
}

TEST_P(Registers, SuggestionsAreGivenOnlyWhereTheRegisterIsShared) {
  const auto secret = made("Hemliga"), shared = made("Delade", RegisterKind::references, true);
  put(secret, {"R1", "", "", {}, {}});
  for (const auto* value : {"R2", "R3", "S1"}) put(shared, {value, "", "", {}, {}});
  put(shared, {"R4", "", "", {}, Date::of(2020, 1, 1)});
  put(shared, {"R5", "", "0007:5599900015", {}, {}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto values, registerSuggestions(reader, company(1), "", RegisterKind::references, "r",
                                               Date::of(2026, 11, 2), 10));
    EXPECT_EQ(values, (Texts{"R2", "R3"}));
    TRY(const auto one,
        registerSuggestions(reader, company(1), "", RegisterKind::references, "", Date::of(2026, 11, 2), 1));
    EXPECT_EQ(one, (Texts{"R2"}));
    return {};
  });
}

TEST_P(Registers, AForeignOneDoesNotExistAndNamesAreTakenOnce) {
  const auto one = made("Referenser");
  const auto code = [&](const std::function<Outcome(Transaction&)>& body) {
    const auto outcome = store().write(Priority::walk, body);
    return outcome ? "ok" : outcome.error().code;
  };
  EXPECT_EQ(code([&](Transaction& tx) {
              return putRegisterRow(tx, owner(2), company(1), one.id, {"x", "", "", {}, {}});
            }),
            "not-found");
  EXPECT_EQ(code([&](Transaction& tx) {
              return putRegisterRow(tx, owner(2), company(2), one.id, {"x", "", "", {}, {}});
            }),
            "not-found");
  EXPECT_EQ(code([&](Transaction& tx) { return deleteRegister(tx, owner(2), company(2), one.id); }),
            "not-found");
  auto twin = one;
  twin.id = ids_.next<RegisterId>();
  EXPECT_EQ(code([&](Transaction& tx) { return createRegister(tx, twin, {}); }), "register-name-taken");
  put(one, {"x", "", "", {}, {}});
  auto other = one;
  other.kind = RegisterKind::accounts;
  EXPECT_EQ(code([&](Transaction& tx) { return changeRegister(tx, owner(), other); }), "register-kind-fixed");
  EXPECT_EQ(code([&](Transaction& tx) { return deleteRegister(tx, owner(), company(1), one.id); }), "ok");
  EXPECT_FALSE(has(RegisterKind::references, "x"));
  EXPECT_EQ(code([&](Transaction& tx) { return createRegister(tx, twin, {}); }), "ok");
}

}  // namespace
}  // namespace postgang::store
