// From where keys are used: kept beside each, seen by whoever sees the key.
#include "store/key_addresses.h"
#include "base/bytes.h"
#include "store/access_rows.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class KeyAddresses : public BothStores {
 protected:
  KeyId key(CompanyId owner) {
    Key row;
    row.id = ids_.next<KeyId>();
    row.secretDigest = sha256(row.id.text());
    row.company = owner;
    row.name = "Affärssystem";
    row.scopes = {"documents:read"};
    row.createdAt = Instant::parse("2026-11-23T08:00:00Z").value();
    write([&](Transaction& tx) { return createKey(tx, row); });
    return row.id;
  }
  std::map<KeyId, std::string> seenBy(CompanyId owner) {
    std::map<KeyId, std::string> seen;
    read([&](Reader& reader) -> Outcome {
      TRY(seen, keyAddresses(reader, Viewer::ofCompanies({owner}, {})));
      return {};
    });
    return seen;
  }
};

TEST_P(KeyAddresses, are_the_last_ones_and_the_owners_alone) {
  const auto used = key(company(1));
  key(company(1));
  EXPECT_TRUE(seenBy(company(1)).empty());
  write([&](Transaction& tx) { return noteKeyAddress(tx, used, "192.0.2.7"); });
  write([&](Transaction& tx) { return noteKeyAddress(tx, used, "2001:db8::7"); });
  EXPECT_EQ(seenBy(company(1)), (std::map<KeyId, std::string>{{used, "2001:db8::7"}}));
  EXPECT_TRUE(seenBy(company(2)).empty());
}

INSTANTIATE_BOTH_STORES(KeyAddresses);

}  // namespace
}  // namespace postgang::store
