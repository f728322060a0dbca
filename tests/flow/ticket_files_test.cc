// What files a ticket takes: by name, by what they are, by size, and by what lies in a zip.
#include "flow/ticket_files.h"

#include <gtest/gtest.h>

#include "formats/workbook_writer.h"
#include "tests/flow/zip.h"

namespace postgang::flow {
namespace {

std::string said(const TicketFile& file) {
  const auto kept = keptFile(file);
  return kept ? kept->row.name + " " + kept->row.mediaType : kept.error().code;
}

TEST(TicketFiles, are_what_their_names_say) {
  EXPECT_EQ(said({"bild.PNG", "application/octet-stream", "\x89PNG\r\n"}), "bild.PNG image/png");
  EXPECT_EQ(said({"faktura.pdf", "application/pdf", "%PDF-1.7"}), "faktura.pdf application/pdf");
  EXPECT_EQ(said({"faktura.xml", "text/xml", "<Invoice/>"}), "faktura.xml application/xml");
  EXPECT_EQ(said({"faktura.pdf", "application/pdf", "<html>"}), "ticket-file-refused");
  EXPECT_EQ(said({"", "image/jpeg", "\xFF\xD8\xFF\xE0"}), "bilaga.jpg image/jpeg") << "pasted into a mail";
  EXPECT_EQ(said({"../../etc/passwd.txt", "text/plain", "x"}), ".._.._etc_passwd.txt text/plain");
}

TEST(TicketFiles, that_run_are_not_taken) {
  for (const std::string name : {"a.exe", "a.js", "a.vbs", "a.html", "a.svg", "a.docm", "a.lnk", "a.iso", "a",
                                 "faktura.pdf.exe", "winmail.dat"})
    EXPECT_EQ(said({name, "application/pdf", "%PDF-1.7"}),
              name == "a" ? "a.pdf application/pdf" : "ticket-file-refused")
        << name;
  EXPECT_EQ(said({"anteckning.txt", "text/plain", "MZ\x90"}), "ticket-file-refused");
  EXPECT_EQ(said({"anteckning.txt", "text/plain", "#!/bin/sh"}), "ticket-file-refused");
}

TEST(TicketFiles, in_a_zip_are_judged_too) {
  EXPECT_EQ(said({"allt.zip", "application/zip", zipped({{"a.pdf", "%PDF-1.7"}, {"b.txt", "hej"}})}),
            "allt.zip application/zip");
  EXPECT_EQ(said({"allt.zip", "application/zip", zipped({{"a.pdf", "%PDF-1.7"}, {"b.exe", "MZ"}})}),
            "ticket-file-refused");
  EXPECT_EQ(said({"allt.zip", "application/zip", zipped({{"a.pdf", "MZ"}})}), "ticket-file-refused");
  EXPECT_EQ(said({"allt.zip", "application/zip", "PK nothing"}), "ticket-file-refused");
  const auto inner = zipped({{"b.txt", "hej"}});
  EXPECT_EQ(said({"allt.zip", "application/zip", zipped({{"inre.zip", inner}})}), "ticket-file-refused");
}

TEST(TicketFiles, of_office_programs_are_opened_too) {
  const auto as = [](const std::string& name, const std::string& bytes) {
    return said({name, "application/octet-stream", bytes}).substr(0, 19);
  };
  formats::WorkbookWriter workbook("Blad", Instant{});
  workbook.add(std::vector<std::string>{"a", "b"});
  const auto sheet = std::move(workbook).finish();
  ASSERT_TRUE(sheet);
  EXPECT_EQ(as("tabell.xlsx", *sheet), "tabell.xlsx applica");
  const std::pair<std::string, std::string> types{"[Content_Types].xml", "<Types/>"},
      text{"word/document.xml", "<document/>"}, odf{"mimetype", "application/vnd.oasis.opendocument.text"};
  EXPECT_EQ(as("brev.docx", zipped({types, text})), "brev.docx applicati");
  EXPECT_EQ(as("brev.odt", zipped({odf, {"content.xml", "<x/>"}})), "brev.odt applicatio");
  for (const auto& bytes :
       {std::string("PK\x03\x04MZ evil.exe"), zipped({text}), zipped({types, {"word/a.bin", "MZ"}}),
        zipped({types, {"word/vbaProject.bin", "x"}}), zipped({types, {"word/a.js", "x"}})})
    EXPECT_EQ(as("brev.docx", bytes), "ticket-file-refused");
  EXPECT_EQ(as("brev.odt", zipped({types})), "ticket-file-refused");
}

// U+202E turns what follows around: «faktura», «fdp.exe» would be read as «fakturaexe.pdf».
TEST(TicketFiles, have_no_names_that_are_read_backwards) {
  EXPECT_EQ(said({"faktura\u202Efdp.txt", "text/plain", "hej"}), "faktura fdp.txt text/plain");
}

TEST(TicketFiles, are_few_and_small) {
  EXPECT_EQ(said({"a.txt", "text/plain", ""}), "ticket-file-empty");
  const std::string large(TicketFileLimits::file_bytes_max + 1, 'x');
  EXPECT_EQ(said({"a.txt", "text/plain", large}), "ticket-file-too-large");
  const TicketFile small{"a.txt", "text/plain", "x"};
  EXPECT_EQ(keptFiles(std::vector<TicketFile>(11, small)).error().code, "ticket-files-too-many");
  const TicketFile half{"a.txt", "text/plain", std::string(TicketFileLimits::file_bytes_max, 'x')};
  EXPECT_EQ(keptFiles({half, half, half}).error().code, "ticket-files-too-large");
  EXPECT_EQ(keptFiles({small, small})->size(), 2U);
}

}  // namespace
}  // namespace postgang::flow
