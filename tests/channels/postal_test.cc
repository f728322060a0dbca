#include "channels/postal.h"

#include <gtest/gtest.h>

namespace postgang::channels {
namespace {

Addressee karin() {
  return {"Karin Ek", "", {{"Strandgatan 4"}, "85111", "Tallmo", "", "SE"}, Language::swedish};
}

using Words = std::vector<std::string>;

TEST(Postal, AWholeAddressIsPrintedInTheWindow) {
  const auto check = checkPostal(karin());
  EXPECT_TRUE(check.good());
  EXPECT_EQ(check.zone, PostageZone::domestic);
  EXPECT_EQ(check.lines, (Words{"Karin Ek", "Strandgatan 4", "851 11  TALLMO"}));
  EXPECT_EQ(check.address.postCode, "851 11");
}

TEST(Postal, AtMostFiveLinesAndTheAttentionLineIsCutFirst) {
  auto to = karin();
  to.attention = "Ekonomi";
  to.address.lines = {"c/o Berg", "Hus 3", "Strandgatan 4"};
  EXPECT_EQ(checkPostal(to).lines,
            (Words{"Karin Ek", "c/o Berg", "Hus 3", "Strandgatan 4", "851 11  TALLMO"}));
  to.address.lines = {"Box 12"};
  EXPECT_EQ(checkPostal(to).lines, (Words{"Karin Ek", "Ekonomi", "Box 12", "851 11  TALLMO"}));
}

TEST(Postal, SwedishPostCodesAreReadAsPeopleWriteThem) {
  for (const char* code : {"85111", "851 11", "SE-851 11", "S-85111", "se 851 11", " 851  11 "}) {
    auto to = karin();
    to.address.postCode = code;
    const auto check = checkPostal(to);
    EXPECT_TRUE(check.good()) << code;
    EXPECT_EQ(check.address.postCode, "851 11") << code;
  }
}

TEST(Postal, WhatIsMissingOrWrongIsNamed) {
  const auto faultsOf = [](auto change) {
    auto to = karin();
    change(to);
    return checkPostal(to).faults;
  };
  EXPECT_EQ(faultsOf([](Addressee& to) { to.name = "  "; }), Words{"name-missing"});
  EXPECT_EQ(faultsOf([](Addressee& to) { to.address.lines = {"", " "}; }), Words{"street-missing"});
  EXPECT_EQ(faultsOf([](Addressee& to) { to.address.postCode = ""; }), Words{"post-code-missing"});
  for (const char* code : {"8511", "851111", "8511A", "DK-85111"})
    EXPECT_EQ(faultsOf([&](Addressee& to) { to.address.postCode = code; }), Words{"post-code-malformed"})
        << code;
  for (const char* code : {"09999", "98500", "00000", "99999"})
    EXPECT_EQ(faultsOf([&](Addressee& to) { to.address.postCode = code; }), Words{"post-code-outside"})
        << code;
  EXPECT_EQ(faultsOf([](Addressee& to) { to.address.city = ""; }), Words{"town-missing"});
  EXPECT_EQ(faultsOf([](Addressee& to) { to.address.country = "Atlantis"; }), Words{"country-unknown"});
  EXPECT_EQ(faultsOf([](Addressee& to) { to = {}; }),
            (Words{"name-missing", "street-missing", "post-code-missing", "town-missing"}));
}

TEST(Postal, EveryFaultIsSaidInBothLanguages) {
  auto to = karin();
  to.address.postCode = "1234";
  to.address.city = "";
  const auto check = checkPostal(to);
  EXPECT_EQ(faultWords(check, Language::swedish),
            "Postnumret ska ha fem siffror, till exempel 123 45. Orten saknas.");
  for (const auto language : {Language::swedish, Language::english})
    for (const char* fault :
         {"name-missing", "street-missing", "post-code-missing", "post-code-malformed",
          "post-code-malformed-abroad", "post-code-outside", "town-missing", "country-unknown"})
      EXPECT_TRUE(Texts::of(language).has("postal.fault." + std::string(fault))) << fault;
}

TEST(Postal, AbroadTheCountryStandsLastInCapitals) {
  auto to = karin();
  to.address = {{"Bahnhofstraße 1"}, "D-10117", "Berlin", "", "DE"};
  auto check = checkPostal(to);
  EXPECT_TRUE(check.good()) << faultWords(check, Language::english);
  EXPECT_EQ(check.zone, PostageZone::europe);
  EXPECT_EQ(check.lines, (Words{"Karin Ek", "Bahnhofstraße 1", "10117  BERLIN", "TYSKLAND"}));

  to.address = {{"10 High Street"}, "SW1A 1AA", "London", "", "gb"};
  to.language = Language::english;
  check = checkPostal(to);
  EXPECT_EQ(check.lines, (Words{"Karin Ek", "10 High Street", "LONDON  SW1A 1AA", "UNITED KINGDOM"}));

  to.address = {{"Rua Augusta 1"}, "01304-001", "São Paulo", "", "BR"};
  check = checkPostal(to);
  EXPECT_EQ(check.zone, PostageZone::world);
  EXPECT_EQ(check.lines.back(), "BRAZIL");
}

TEST(Postal, ACountryMayBeWrittenOut) {
  auto to = karin();
  to.address.country = "Sverige";
  EXPECT_EQ(checkPostal(to).zone, PostageZone::domestic);
  EXPECT_EQ(checkPostal(to).lines.size(), 3U);
  to.address = {{"Storgata 1"}, "0155", "Oslo", "", "Norge"};
  EXPECT_EQ(checkPostal(to).address.country, "NO");
  EXPECT_TRUE(checkPostal(to).good());
  to.address.postCode = "15555";
  EXPECT_EQ(checkPostal(to).faults, Words{"post-code-malformed-abroad"});
  to.address.country = "";
  to.address.postCode = "111 22";
  EXPECT_EQ(checkPostal(to).zone, PostageZone::domestic) << "no country: Sweden";
}

TEST(Postal, AnAddressCannotBringItsOwnLines) {
  auto to = karin();
  to.name = "Karin\nEk\r\nStreet of somebody else";
  EXPECT_EQ(checkPostal(to).lines.front(), "Karin Ek Street of somebody else");
}

}  // namespace
}  // namespace postgang::channels
