// A sandbox is beside its company and is never taken for it.
#include "store/sandboxes.h"

#include <algorithm>

#include "store/access_rows.h"
#include "store/feed.h"
#include "store/statistics.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Sandboxes : public BothStores {
 protected:
  Company made(CompanyId of) {
    Company made;
    write([&](Transaction& tx) -> Outcome {
      TRY(const auto real, store::company(tx, of));
      TRY(made, makeSandbox(tx, real));
      return {};
    });
    return made;
  }
  Company renewed(CompanyId of) {
    Company made;
    write([&](Transaction& tx) -> Outcome {
      TRY(const auto real, store::company(tx, of));
      TRY(made, renewSandbox(tx, real));
      return {};
    });
    return made;
  }
  Company companyOf(CompanyId id) {
    Company found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, store::company(reader, id));
      return {};
    });
    return found;
  }
  std::optional<CompanyId> inside(CompanyId of, const std::string& identifier) {
    std::optional<Company> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, companyInSandbox(reader, of, identifier));
      return {};
    });
    return found ? std::optional(found->id) : std::nullopt;
  }
  static Viewer staff() { return Viewer::ofStaff({ActorKind::person, "1", "Pia Post"}); }
};

TEST_P(Sandboxes, a_twin_goes_by_its_companys_identifiers_and_is_not_found_by_them) {
  const auto real = companyOf(company(1));
  const auto twin = made(real.id);
  EXPECT_EQ(twin.identifier, real.identifier);
  EXPECT_EQ(twin.identifiers, real.identifiers);
  EXPECT_EQ(twin.name, real.name);
  EXPECT_EQ(twin.sandboxOf, real.id);
  EXPECT_EQ(twin.parent, std::nullopt);
  EXPECT_EQ(twin.group, twin.id) << "of no group but its own";
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, companyByIdentifier(reader, real.identifier));
    EXPECT_EQ(found->id, real.id);
    TRY(const auto all, listCompanies(reader, Viewer::system()));
    EXPECT_EQ(std::ranges::count(all, twin.id, &Company::id), 0);
    TRY(const bool isOne, isSandbox(reader, twin.id));
    TRY(const bool isNone, isSandbox(reader, real.id));
    EXPECT_TRUE(isOne);
    EXPECT_FALSE(isNone);
    return {};
  });
}

TEST_P(Sandboxes, there_is_one_of_a_company_and_none_of_a_sandbox) {
  const auto twin = made(company(1));
  const auto code = [&](CompanyId of) {
    std::string code;
    const auto outcome = store().write(Priority::walk, [&](Transaction& tx) -> Outcome {
      TRY(const auto row, store::company(tx, of));
      TRY(const auto again, makeSandbox(tx, row));
      return {};
    });
    return outcome ? std::string("made") : outcome.error().code;
  };
  EXPECT_EQ(code(company(1)), "sandbox-exists");
  EXPECT_EQ(code(twin.id), "sandbox-of-sandbox");
  EXPECT_EQ(code(company(2)), "made");
}

TEST_P(Sandboxes, a_sender_within_is_found_within_alone) {
  const auto real = company(1), other = company(2);
  made(real);
  made(other);
  Company supplier;
  supplier.identifier = "0007:5599999090";
  supplier.name = "Testleverantören AB";
  supplier.isCustomer = false;
  supplier.sandboxOf = real;
  CompanyId id;
  write([&](Transaction& tx) -> Outcome {
    TRY(id, createCompany(tx, supplier));
    return {};
  });
  EXPECT_EQ(inside(real, supplier.identifier), id);
  EXPECT_EQ(inside(other, supplier.identifier), std::nullopt);
  EXPECT_EQ(companyOf(id).identifiers, std::vector{supplier.identifier});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, companyByIdentifier(reader, supplier.identifier));
    EXPECT_FALSE(found);
    return {};
  });
}

TEST_P(Sandboxes, a_new_one_takes_over_keys_and_leaves_everything_else_behind) {
  const auto real = company(1);
  const auto old = made(real);
  Key key;
  key.id = ids_.next<KeyId>();
  key.secretDigest = sha256("pg_test_nyckel");
  key.company = old.id;
  key.name = "Prov";
  key.scopes = {"documents:read"};
  key.createdAt = clock_.now();
  write([&](Transaction& tx) { return createKey(tx, key); });
  received(old.id);
  const auto fresh = renewed(real);
  EXPECT_NE(fresh.id, old.id);
  EXPECT_EQ(inside(real, fresh.identifier), fresh.id);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto kept, keyByDigest(reader, key.secretDigest));
    EXPECT_EQ(kept->company, fresh.id);
    TRY(const auto open, sandboxesOf(reader, {real}));
    EXPECT_EQ(open.size(), 1U);
    EXPECT_EQ(open.front().id, fresh.id);
    TRY(const auto page, listEntries(reader, of(fresh.id), {}));
    EXPECT_TRUE(page.items.empty());
    return {};
  });
}

TEST_P(Sandboxes, staff_see_nothing_of_them_among_everybodys) {
  const auto twin = made(company(1));
  const auto mine = received(twin.id);
  const auto real = received(company(2));
  write([&](Transaction& tx) { return foldStatistics(tx, 1000); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listEntries(reader, staff(), {}));
    EXPECT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items.front().document, real);
    TRY(const auto counts, facets(reader, staff(), {}));
    EXPECT_EQ(counts.documents, 1);
    TRY(const auto news, latest(reader, staff(), 10));
    for (const auto& item : news) EXPECT_NE(item.document, mine);
    TRY(const auto everything, latest(reader, Viewer::system(), 10));
    EXPECT_TRUE(std::ranges::any_of(everything, [&](const auto& item) { return item.document == mine; }))
        << "the system hears of both";
    TRY(const auto own, listEntries(reader, of(twin.id), {}));
    EXPECT_EQ(own.items.size(), 1U);
    return {};
  });
}

TEST_P(Sandboxes, what_waits_for_a_document_can_be_due_now) {
  const auto twin = made(company(1));
  const auto job = [&](const std::string& key, DocumentId document, const std::string& kind) {
    return NewJob{kind, key, document, twin.id, clock_.now().plusSeconds(600), "{}"};
  };
  const auto mine = received(twin.id), other = received(twin.id);
  std::int64_t moved = 0;
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(enqueue(tx, job("a", mine, "sandbox")));
    CHECK_OK(enqueue(tx, job("b", mine, "deliver")));
    return enqueue(tx, job("c", other, "sandbox"));
  });
  write([&](Transaction& tx) -> Outcome {
    TRY(moved, makeDue(tx, mine, "sandbox"));
    return {};
  });
  EXPECT_EQ(moved, 1);
  const auto claimed = claim(store(), {"sandbox"}, 10, 60);
  ASSERT_TRUE(claimed);
  ASSERT_EQ(claimed->size(), 1U);
  EXPECT_EQ(claimed->front().key, "a");
}

INSTANTIATE_BOTH_STORES(Sandboxes);

}  // namespace
}  // namespace postgang::store
