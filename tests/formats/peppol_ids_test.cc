#include "formats/peppol_ids.h"

#include <gtest/gtest.h>

#include <vector>

namespace postgang::formats {
namespace {

TEST(PeppolIds, ParticipantsHaveASchemeAndAValue) {
  for (const auto* good :
       {"0007:5599900122", "0088:123abc", "9915:test", "0242:987654-MLS", "0007:a-b_c~d.e"})
    EXPECT_TRUE(isPeppolParticipant(good)) << good;
  for (const auto* bad : {"", "0007", "0007:", "007:1", "00007:1", "0007:a b", "0007:a/b", "0007:å", "abcd:1",
                          "0007:a%20", "iso6523-actorid-upis::0007:1"})
    EXPECT_FALSE(isPeppolParticipant(bad)) << bad;
  EXPECT_TRUE(isPeppolParticipant("0007:" + std::string(130, 'a')));
  EXPECT_FALSE(isPeppolParticipant("0007:" + std::string(131, 'a')));
  EXPECT_TRUE(samePeppolParticipant("0088:123ABC", "0088:123abc"));
  EXPECT_FALSE(samePeppolParticipant("0088:123ABC", "0089:123abc"));
}

TEST(PeppolIds, RemovedSchemesAreNotActive) {
  for (const auto* scheme : {"0007", "0088", "0184", "0192", "0196", "0216", "0002", "9959", "0242"})
    EXPECT_TRUE(isActivePeppolParticipant(std::string(scheme) + ":123")) << scheme;
  for (const auto* scheme : {"0037", "0212", "0213", "0215", "9902", "9955", "9954", "0001", "9999"})
    EXPECT_FALSE(isActivePeppolParticipant(std::string(scheme) + ":123")) << scheme;
}

TEST(PeppolIds, ServiceProvidersHaveSixDigits) {
  for (const auto* good : {"0242:987654", "0242:987654-TEST", "0242:987654-a_1.bcd", "0242:987654-ABC.a-b~c"})
    EXPECT_TRUE(isPeppolServiceProvider(good)) << good;
  for (const auto* bad : {"0242:98765", "0242:9876543", "0242:987654-", "0242:987654-AB", "0242:987654-A-B-C",
                          "0242:987654-ABC.", "0242:987654-ABC.ab", "0007:987654", "987654"})
    EXPECT_FALSE(isPeppolServiceProvider(bad)) << bad;
}

TEST(PeppolIds, DocumentTypesHaveFourParts) {
  const auto type = peppolDocumentType("urn:a:b-2::Invoice##urn:c#d#urn:e:3.0::2.1");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->rootNamespace, "urn:a:b-2");
  EXPECT_EQ(type->root, "Invoice");
  EXPECT_EQ(type->customization, "urn:c#d#urn:e:3.0");
  EXPECT_EQ(type->version, "2.1");
  for (const auto* bad : {"", "urn:a::Invoice", "urn:a::Invoice##b", "urn:a##b::2.1", "::Invoice##b::2.1",
                          "urn:a::##b::2.1", "urn:a::Invoice##::2.1",
                          "urn:a::Invoice##b::", "urn:a::Invoice##b c::2.1", "urn:a::Invoice##b\n::2.1"})
    EXPECT_FALSE(peppolDocumentType(bad)) << bad;
  EXPECT_FALSE(peppolDocumentType("urn:a::Invoice##" + std::string(500, 'b') + "::2.1"));
  for (const auto& document : peppolDocuments())
    EXPECT_TRUE(peppolDocumentType(document.value)) << document.name;
}

// The examples of the Policy for use of Identifiers, 5.1.2: what is registered, and which of it is chosen.
TEST(PeppolIds, TheBestRegistrationIsChosen) {
  const auto value = [](std::string_view customization) {
    return "urn:x::Invoice##" + std::string(customization) + "::2.1";
  };
  const auto chosen = [&](std::vector<std::string> customizations, std::string_view wanted) -> std::string {
    std::vector<PeppolId> registered;
    for (const auto& each : customizations)
      registered.push_back({std::string(peppol_wildcards), value(each)});
    const auto best = bestRegistration(registered, value(wanted));
    return best ? customizations[*best] : "";
  };
  EXPECT_EQ(chosen({"a"}, "a"), "a");
  for (const auto* wanted : {"a@b", "a@b@c@d", "b", "b@a", "b@a@c"})
    EXPECT_EQ(chosen({"a"}, wanted), "") << wanted;
  for (const auto* wanted : {"a", "a@b", "a@b@c@d"}) EXPECT_EQ(chosen({"a*"}, wanted), "a*") << wanted;
  for (const auto* wanted : {"b", "b@a", "ab", "ab@c"}) EXPECT_EQ(chosen({"a*"}, wanted), "") << wanted;
  for (const auto* wanted : {"a@b", "a@b@c", "a@b@c@d"})
    EXPECT_EQ(chosen({"a@b*"}, wanted), "a@b*") << wanted;
  for (const auto* wanted : {"a", "a@c", "b@a", "c@a@b", "a@bc"})
    EXPECT_EQ(chosen({"a@b*"}, wanted), "") << wanted;
  EXPECT_EQ(chosen({"a*", "a@b*"}, "a@b@c"), "a@b*");
  EXPECT_EQ(chosen({"a@b*", "a*"}, "a@b"), "a@b*");
  EXPECT_EQ(chosen({"a*", "a@b*"}, "a@c"), "a*");
  EXPECT_EQ(chosen({"a*", "a@b*"}, "b@c"), "");
  EXPECT_EQ(chosen({"a*", "a@b"}, "a@b"), "a@b");
  EXPECT_EQ(chosen({"a*", "a@b"}, "a@b@c"), "a*");
  for (const auto* odd : {"a**", "a@*", "a*@b", "*"}) EXPECT_EQ(chosen({odd}, "a@b"), "") << odd;
  EXPECT_EQ(chosen({"a*"}, "a*"), "");  // nothing is sent as a wildcard
}

TEST(PeppolIds, AnExactRegistrationGoesFirst) {
  const std::string wanted = "urn:x::Invoice##a::2.1";
  const std::vector<PeppolId> registered = {{"peppol-doctype-wildcard", "urn:x::Invoice##a*::2.1"},
                                            {"peppol-doctype-wildcard", wanted},
                                            {"busdox-docid-qns", wanted}};
  EXPECT_EQ(bestRegistration(registered, wanted), 2U);
  EXPECT_EQ(bestRegistration(std::span(registered).first(2), wanted), 1U);
  EXPECT_EQ(bestRegistration(std::span(registered).first(1), wanted), 0U);
  const std::vector<PeppolId> others = {{"busdox-docid-qns", "urn:x::Invoice##a*::2.1"},
                                        {"busdox-docid-qns", "urn:x::invoice##a::2.1"},
                                        {"another-scheme", wanted},
                                        {"peppol-doctype-wildcard", "urn:y::Invoice##a*::2.1"},
                                        {"peppol-doctype-wildcard", "urn:x::CreditNote##a*::2.1"},
                                        {"peppol-doctype-wildcard", "urn:x::Invoice##a*::2.0"}};
  EXPECT_FALSE(bestRegistration(others, wanted));
}

}  // namespace
}  // namespace postgang::formats
