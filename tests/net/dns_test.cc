// TXT records, asked of a real DNS server.
#include "net/dns.h"

#include <gtest/gtest.h>

#include "tests/net/dnsmasq.h"
#include "tests/net/problem_of.h"

namespace postgang::net {
namespace {

constexpr auto zone = "dns.test";

TEST(Dns, TextRecordsComeWithTheirStringsJoined) {
  const std::string half(200, 'a'), rest(100, 'b');
  const test::Dnsmasq dns(
      zone, {"txt-record=one.dns.test,postgang=abc", "txt-record=two.dns.test,first",
             "txt-record=two.dns.test,second", "txt-record=long.dns.test," + half + "," + rest});
  if (!dns.started()) GTEST_SKIP() << "no dnsmasq here";
  const auto asked = [&](const std::string& name) { return txtRecords({name, dns.address()}); };
  EXPECT_EQ(asked("one.dns.test").value(), std::vector<std::string>{"postgang=abc"});
  EXPECT_EQ(asked("two.dns.test").value().size(), 2U);
  EXPECT_EQ(asked("long.dns.test").value(), std::vector<std::string>{half + rest});
  EXPECT_TRUE(asked("none.dns.test").value().empty()) << "a name that is not there has no records";
}

TEST(Dns, NobodyWhoAnswersIsNoWordThatThereIsNothing) {
  const test::Dnsmasq dns(zone, {});
  if (!dns.started()) GTEST_SKIP() << "no dnsmasq here";
  EXPECT_EQ(problemOf(txtRecords({"one.other.example", dns.address()})).code, "dns-unreachable");
  EXPECT_EQ(problemOf(txtRecords({"one.dns.test", "127.0.0.1:1", std::chrono::milliseconds(300)})).code,
            "dns-unreachable");
  EXPECT_EQ(problemOf(txtRecords({"one.dns.test", "not an address"})).code, "resolver-invalid");
}

}  // namespace
}  // namespace postgang::net
