// What a tree of companies and a grant may not be.
#include "store/grants.h"

#include "tests/store/smartmail_world.h"

namespace postgang::access {
namespace {

using store::Reader;

class Grants : public store::SmartmailWorld {};
INSTANTIATE_BOTH_STORES(Grants);

TEST_P(Grants, RefuseARingAndANothing) {
  const auto top = company(1), middle = company(2), low = company(3);
  write([&](store::Transaction& tx) { return store::setParent(tx, middle, top); });
  write([&](store::Transaction& tx) { return store::setParent(tx, low, middle); });
  const auto refused = [&](auto body) {
    std::string code;
    EXPECT_FALSE(store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      const Outcome outcome = body(tx);
      code = outcome ? "" : outcome.error().code;
      return outcome;
    }));
    return code;
  };
  EXPECT_EQ(refused([&](auto& tx) { return store::setParent(tx, top, low); }), "parent-beneath-itself");
  EXPECT_EQ(refused([&](auto& tx) { return store::setParent(tx, top, top); }), "parent-beneath-itself");
  EXPECT_EQ(refused([&](auto& tx) {
              return store::putGrant(tx, {top, top, true, true, {}, false, {}, ""});
            }),
            "grant-to-itself");
  EXPECT_EQ(refused([&](auto& tx) {
              return store::putGrant(tx, {top, low, false, false, {}, false, {}, ""});
            }),
            "grant-of-nothing");
  EXPECT_EQ(refused([&](auto& tx) { return store::removeGrant(tx, top, low); }), "not-found");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto company, store::company(reader, low));
    EXPECT_EQ(company.group, top) << "the top of the tree, however deep";
    return {};
  });
}

}  // namespace
}  // namespace postgang::access
