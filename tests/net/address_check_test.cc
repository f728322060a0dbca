#include "net/address_check.h"

#include <gtest/gtest.h>

namespace postgang::net {
namespace {

TEST(IpAddress, IsReadAndWritten) {
  EXPECT_EQ(IpAddress::parse("192.0.2.1")->text(), "192.0.2.1");
  EXPECT_EQ(IpAddress::parse("2001:DB8:0:0::1")->text(), "2001:db8::1");
  for (auto wrong : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4.", "[::1]", "fe80::1%eth0", "localhost",
                     "0x7f.0.0.1"})
    EXPECT_FALSE(IpAddress::parse(wrong)) << wrong;
}

TEST(IsPublic, LetsTheInternetThrough) {
  for (auto address :
       {"1.1.1.1",         "8.8.8.8",         "9.255.255.255",     "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",     "126.255.255.255", "128.0.0.1",         "169.253.255.255", "172.15.255.255",
        "172.32.0.0",      "192.0.1.1",       "192.167.255.255",   "193.10.0.1",      "198.17.255.255",
        "198.20.0.0",      "223.255.255.255", "2a00:1450:4001::1", "2001:200::1",     "2001:67c::1",
        "2606:4700::1111", "2003::1",         "2400:cb00::1"})
    EXPECT_TRUE(isPublic(IpAddress::parse(address).value())) << address;
}

TEST(IsPublic, RefusesEverythingElse) {
  for (auto address :
       {"0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
        "127.255.255.255", "169.254.0.1", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.8",
        "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        // IPv6: unspecified, loopback, IPv4 inside (compatible, mapped, NAT64, 6to4, Teredo), ORCHID,
        // documentation, discard-only, unique local, link-local, site-local, multicast, not given out
        "::", "::1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808",
        "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:10::1", "2001:20::1", "2001:2::1",
        "2001:1ff:ffff::1", "2001:db8::1", "3fff::1", "100::1", "fc00::1", "fdff:ffff::1", "fe80::1",
        "febf::1", "fec0::1", "ff02::1", "4000::1", "1fff::1", "8000::1"})
    EXPECT_FALSE(isPublic(IpAddress::parse(address).value())) << address;
}

}  // namespace
}  // namespace postgang::net
