#include "net/naptr.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

#include "base/time.h"
#include "tests/net/dnsmasq.h"
#include "tests/net/odd_dns.h"
#include "tests/net/problem_of.h"

namespace postgang::net::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* zone = "participant.test";

std::string record(const std::string& name, const std::string& rest) {
  return "naptr-record=" + name + "." + zone + "," + rest;
}

NaptrLookup lookupOf(const std::string& name, const std::string& resolver) {
  return {.name = name + "." + zone, .resolver = resolver};
}

TEST(HttpsAddress, IsAHostAndAPath) {
  EXPECT_EQ(httpsAddress("https://smp.example.com"), "https://smp.example.com");
  EXPECT_EQ(httpsAddress("https://smp.example.com/"), "https://smp.example.com");
  EXPECT_EQ(httpsAddress("HTTPS://SMP.Example.com:443/Base/"), "https://smp.example.com/Base");
  EXPECT_EQ(httpsAddress("https://192.0.2.1/a"), "https://192.0.2.1/a");
  EXPECT_EQ(httpsAddress("https://[2001:db8::1]/a"), "https://[2001:db8::1]/a");
  EXPECT_EQ(httpsAddress("https://localhost:8443/a", true), "https://localhost:8443/a");
}

TEST(HttpsAddress, HasNothingElse) {
  for (const std::string url :
       {"", "smp.example.com", "http://smp.example.com", "ftp://smp.example.com", "https://", "https:///a",
        "https://user@smp.example.com", "https://user:word@smp.example.com", "https://smp.example.com/?a=b",
        "https://smp.example.com/?", "https://smp.example.com/#a", "https://smp.example.com:8443",
        "https://smp.example.com\n/", "https://smp example.com", "https://sm%70.example.com",
        "https://smp_example.com", "https://sm\xC3\xB6p.example", "https://[v1.a]/", "file:///etc/passwd"})
    EXPECT_FALSE(httpsAddress(url)) << url;
  EXPECT_FALSE(httpsAddress("https://" + std::string(300, 'a') + ".example"));
  EXPECT_FALSE(httpsAddress("https://a.example/" + std::string(2'000, 'a')));
}

TEST(Naptr, FindsTheAddressOfTheService) {
  const Dnsmasq dns(zone, {record("one", "100,10,U,Meta:SMP,!.*!https://smp.example.com/base/!"),
                           record("small", "100,10,u,meta:smp,!^.*$!https://smp.example.com!")});
  if (!dns.started()) GTEST_SKIP() << "no dnsmasq";
  const auto address = naptrAddress(lookupOf("one", dns.address()));
  ASSERT_TRUE(address) << address.error().detail;
  EXPECT_EQ(*address, "https://smp.example.com/base");
  EXPECT_EQ(naptrAddress(lookupOf("small", dns.address())), "https://smp.example.com");
}

TEST(Naptr, TakesTheFirstThatIsUsable) {
  const Dnsmasq dns(zone, {record("many", "1,1,U,Meta:Other,!.*!https://other.example!"),
                           record("many", "1,1,S,Meta:SMP,!.*!https://flag.example!"),
                           record("many", "20,1,U,Meta:SMP,!.*!https://second.example!"),
                           record("many", "10,20,U,Meta:SMP,!.*!https://late.example!"),
                           record("many", "10,10,U,Meta:SMP,!.*!https://first.example!")});
  if (!dns.started()) GTEST_SKIP() << "no dnsmasq";
  EXPECT_EQ(naptrAddress(lookupOf("many", dns.address())), "https://first.example");
}

TEST(Naptr, WhatIsNotOfTheFormIsNoAddress) {
  const std::vector<std::string> bad = {
      "1,1,S,Meta:SMP,!.*!https://smp.example.com!",  // another flag
      "1,1,,Meta:SMP,!.*!https://smp.example.com!",
      "1,1,U,Meta:SMP,!(.*)!https://\\1.example.com!",  // a back-reference
      "1,1,U,Meta:SMP,!^b-(.*)$!https://smp.example.com/\\1!",
      "1,1,U,Meta:SMP,!.*!https://smp.example.com!i",
      "1,1,U,Meta:SMP,/.*/https://smp.example.com/",
      "1,1,U,Meta:SMP,!.*!http://smp.example.com!",
      "1,1,U,Meta:SMP,!.*!https://user@smp.example.com!",
      "1,1,U,Meta:SMP,!.*!https://smp.example.com/?a!",
      "1,1,U,Meta:SMP,!.*!https://smp.example.com:8443!",
      "1,1,U,Meta:SMP,!.*!!",
      "1,1,U,Meta:SMP,!.*!",
      "1,1,U,Meta:SMP,!",
      "1,1,U,Meta:SMP,!.*!https://smp.example.com!,other.example",  // and a replacement
      "1,1,U,Meta:Other,!.*!https://smp.example.com!"};
  std::vector<std::string> records;
  for (std::size_t i = 0; i < bad.size(); ++i) records.push_back(record("bad" + std::to_string(i), bad[i]));
  const Dnsmasq dns(zone, records);
  if (!dns.started()) GTEST_SKIP() << "no dnsmasq";
  for (std::size_t i = 0; i < bad.size(); ++i)
    EXPECT_EQ(problemOf(naptrAddress(lookupOf("bad" + std::to_string(i), dns.address()))).code,
              "naptr-unusable")
        << bad[i];
}

TEST(Naptr, SaysWhatIsNotThere) {
  const Dnsmasq dns(zone, {std::string("txt-record=text.") + zone + ",words"});
  if (!dns.started()) GTEST_SKIP() << "no dnsmasq";
  for (const auto* name : {"nobody", "text"}) {
    const auto problem = problemOf(naptrAddress(lookupOf(name, dns.address())));
    EXPECT_EQ(problem.code, "naptr-absent") << name;
    EXPECT_EQ(problem.kind, ProblemKind::not_found);
  }
  NaptrLookup elsewhere{.name = "one.other.example", .resolver = dns.address()};
  EXPECT_EQ(problemOf(naptrAddress(elsewhere)).code, "dns-unreachable");  // refused is not absent
}

TEST(Naptr, ReadsAnAnswerThatTakesTcp) {
  std::vector<std::string> records;
  for (int i = 0; i < 30; ++i)
    records.push_back(record("big", std::to_string(i + 1) + ",1,U,Meta:SMP,!.*!https://smp" +
                                        std::to_string(i) + ".example.com/" + std::string(100, 'a') + "!"));
  const Dnsmasq dns(zone, records);
  if (!dns.started()) GTEST_SKIP() << "no dnsmasq";
  const auto address = naptrAddress(lookupOf("big", dns.address()));
  ASSERT_TRUE(address) << address.error().detail;
  EXPECT_EQ(*address, "https://smp0.example.com/" + std::string(100, 'a'));
}

TEST(Naptr, GivesUpOnTime) {
  const OddDns silent([](const std::string&) { return std::string(); });
  auto lookup = lookupOf("one", silent.address());
  lookup.time = 150ms;
  const auto begun = monotonicMicroseconds();
  EXPECT_EQ(problemOf(naptrAddress(lookup)).code, "dns-unreachable");
  EXPECT_LT(monotonicMicroseconds() - begun, 5'000'000);
}

TEST(Naptr, AResolverHasAnAddress) {
  EXPECT_EQ(problemOf(naptrAddress(lookupOf("one", "not an address"))).code, "resolver-invalid");
}

// --- Answers made by hand

std::string number(unsigned value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 255)};
}
std::string counted(const std::string& text) {
  return static_cast<char>(text.size()) + text;
}
const std::string asked_name = "\xC0\x0C";  // the question's
std::string resourceRecord(const std::string& name, unsigned type, const std::string& data) {
  return name + number(type) + number(1) + std::string("\0\0\0\x3C", 4) +
         number(static_cast<unsigned>(data.size())) + data;
}
std::string naptrRecord(const std::string& expression, const std::string& name = asked_name) {
  return resourceRecord(name, 35,
                        number(1) + number(1) + counted("U") + counted("Meta:SMP") + counted(expression) +
                            std::string(1, '\0'));
}
std::string answerTo(const std::string& query, unsigned count, const std::string& records) {
  auto end = query.find('\0', 12) + 5;  // the name, the type and the class
  return query.substr(0, 2) + "\x81\x80" + number(1) + number(count) + std::string(4, '\0') +
         query.substr(12, end - 12) + records;
}

TEST(Naptr, FollowsAnAlias) {
  const OddDns dns([](const std::string& query) {
    const std::string other = counted("other") + counted("test") + std::string(1, '\0');
    return answerTo(
        query, 2, resourceRecord(asked_name, 5, other) + naptrRecord("!.*!https://smp.example.com!", other));
  });
  EXPECT_EQ(naptrAddress(lookupOf("one", dns.address())), "https://smp.example.com");
}

TEST(Naptr, AliasesInACircleLeadNowhere) {
  const OddDns dns([](const std::string& query) {
    const std::string other = counted("other") + counted("test") + std::string(1, '\0');
    return answerTo(query, 2, resourceRecord(asked_name, 5, other) + resourceRecord(other, 5, asked_name));
  });
  EXPECT_EQ(problemOf(naptrAddress(lookupOf("one", dns.address()))).code, "naptr-unusable");
}

TEST(Naptr, ANameThatPointsAtItselfIsNoName) {
  const OddDns dns([](const std::string& query) {
    const auto end = query.find('\0', 12) + 5;
    const std::string itself = {static_cast<char>(0xC0), static_cast<char>(end)};
    return answerTo(query, 1, naptrRecord("!.*!https://smp.example.com!", itself));
  });
  EXPECT_FALSE(naptrAddress(lookupOf("one", dns.address())));
}

// Whatever the bytes: an answer or a Problem, in time.
TEST(Naptr, OutlivesAnswersMadeToHurt) {
  std::minstd_rand random(7);
  const OddDns dns([&](const std::string& query) {
    auto answer =
        answerTo(query, 3,
                 naptrRecord("!.*!https://smp.example.com!") + naptrRecord("!.*!https://b.example!") +
                     resourceRecord(asked_name, 5, asked_name));
    const auto start = query.find('\0', 12) + 5;
    for (int i = 0; i < 4; ++i)
      answer[start + random() % (answer.size() - start)] = static_cast<char>(random() % 256);
    return answer.substr(0, random() % 5 == 0 ? start + random() % (answer.size() - start) : answer.size());
  });
  for (int i = 0; i < 200; ++i) {
    auto lookup = lookupOf("one", dns.address());
    lookup.time = 200ms;
    const auto address = naptrAddress(lookup);
    if (address) {
      EXPECT_TRUE(httpsAddress(*address));
    }
  }
}

}  // namespace
}  // namespace postgang::net::test
