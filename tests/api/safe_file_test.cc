#include "api/safe_file.h"

#include <gtest/gtest.h>

namespace postgang::api {
namespace {

TEST(SafeFile, keeps_only_media_types_that_a_browser_does_nothing_with) {
  EXPECT_EQ(safeMediaType("application/pdf"), "application/pdf");
  EXPECT_EQ(safeMediaType("Image/PNG; name=x"), "image/png");
  for (const auto* dangerous : {"text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "",
                                "pdf", "application/pdf\r\nSet-Cookie: a=b"})
    EXPECT_EQ(safeMediaType(dangerous), "application/octet-stream") << dangerous;
}

TEST(SafeFile, makes_a_name_only_a_name) {
  EXPECT_EQ(safeFileName("Mätarprotokoll.pdf", "x"), "Mätarprotokoll.pdf");
  EXPECT_EQ(safeFileName("../../etc/passwd", "x"), "passwd");
  EXPECT_EQ(safeFileName("C:\\temp\\faktura.xml", "x"), "faktura.xml");
  EXPECT_EQ(safeFileName(".htaccess", "x"), "htaccess");
  EXPECT_EQ(safeFileName("a\"b<c>|d?.pdf", "x"), "abcd.pdf");
  EXPECT_EQ(safeFileName("faktura\u202Efdp.exe", "x"), "fakturafdp.exe") << "shown as it ends";
  EXPECT_EQ(safeFileName("\u2066\u200F\u061C", "x"), "x");
  EXPECT_EQ(safeFileName("faktura \U0001F4C4 –.pdf", "x"), "faktura \U0001F4C4 –.pdf");
  EXPECT_EQ(safeFileName("", "copy.pdf"), "copy.pdf");
  EXPECT_EQ(safeFileName("///", "copy.pdf"), "copy.pdf");
  EXPECT_EQ(safeFileName("...", "copy.pdf"), "copy.pdf");
}

TEST(SafeFile, tells_the_name_to_old_and_new_clients_and_nothing_more) {
  EXPECT_EQ(disposition("attachment", "Bilaga å.pdf"),
            "attachment; filename=\"Bilaga _.pdf\"; filename*=UTF-8''Bilaga%20%C3%A5.pdf");
  const auto hostile = disposition("attachment", safeFileName("x\r\nSet-Cookie: a=b\".pdf", "x"));
  EXPECT_EQ(hostile.find('\r'), std::string::npos);
  EXPECT_EQ(hostile.find('\n'), std::string::npos);
}

TEST(SafeFile, is_always_a_download_in_a_sandbox) {
  const auto reply = download("application/pdf", "%PDF", "a.pdf");
  EXPECT_TRUE(reply.headers.get("Content-Disposition").starts_with("attachment"));
  EXPECT_NE(reply.headers.get("Content-Security-Policy").find("sandbox"), std::string_view::npos);
  EXPECT_EQ(reply.headers.get("X-Content-Type-Options"), "nosniff");
}

TEST(SafeFile, calls_an_original_by_what_it_was_recognised_as) {
  EXPECT_EQ(originalMediaType("text/html", "UBL 2.1 Invoice"), "application/xml");
  EXPECT_EQ(originalMediaType("text/html", ""), "application/octet-stream");
  EXPECT_EQ(originalMediaType("application/zip", ""), "application/zip");
}

}  // namespace
}  // namespace postgang::api
