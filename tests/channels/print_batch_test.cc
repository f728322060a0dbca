#include "channels/print_batch.h"

#include <gtest/gtest.h>

#include "formats/archive.h"
#include "formats/zip_file.h"
#include "tests/channels/batches.h"
#include "xml/parse.h"

namespace postgang::channels {
namespace {

using test::batchOf;
using test::letterNumber;

// The batch's files, changed, as a zip again.
std::string changed(const LetterBatch& batch, const std::string& file, const std::string& from,
                    const std::string& to) {
  formats::ZipFile zip;
  const auto files = formats::unpack(writeBatch(batch).value()).value();
  for (const auto& entry : files) {
    auto bytes = entry.bytes;
    if (const auto at = bytes.find(from); entry.name == file && at != std::string::npos)
      bytes.replace(at, from.size(), to);
    zip.add(entry.name, bytes);
  }
  return std::move(zip).finish().value();
}

std::string placeOf(const std::string& zip) {
  const auto batch = readBatch(zip);
  return batch ? "good" : batch.error().code + " " + batch.error().where;
}

TEST(PrintBatch, WhatIsWrittenIsReadTheSame) {
  const auto batch = batchOf(3);
  const auto zip = writeBatch(batch);
  ASSERT_TRUE(zip) << zip.error().detail;
  EXPECT_EQ(writeBatch(batch), *zip) << "the same bytes again";
  const auto read = readBatch(*zip);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->id, batch.id);
  EXPECT_EQ(read->at, batch.at);
  ASSERT_EQ(read->letters.size(), 3U);
  const auto &one = read->letters[1], &other = batch.letters[1];
  EXPECT_EQ(one.delivery, other.delivery);
  EXPECT_EQ(one.pdf, other.pdf);
  EXPECT_EQ(one.recipient, other.recipient);
  EXPECT_EQ(one.returnAddress, other.returnAddress);
  EXPECT_EQ(one.enclosures, other.enclosures);
  EXPECT_EQ(one.sheets, other.sheets);
  EXPECT_EQ(one.zone, other.zone);
  EXPECT_EQ(one.language, other.language);
}

TEST(PrintBatch, TheXmlManifestSaysTheSame) {
  auto batch = batchOf(1);
  batch.letters[0].recipient = {"Ek & Söner <AB>", "Box 12", "851 11  TALLMO"};
  batch.letters[0].digest = sha256(batch.letters[0].pdf);
  const auto text = manifestXml(batch);
  ASSERT_TRUE(text) << text.error().detail;
  EXPECT_TRUE(xml::parse(*text));
  for (const std::string words :
       {"xmlns=\"urn:postgang:print-manifest:1\"", "batch=\"20261124-1600-001\"", "house=\"Tryckhuset\"",
        "at=\"2026-11-24T15:00:00.000000Z\"", "<line>Ek &amp; Söner &lt;AB&gt;</line>",
        "postage=\"domestic\"", "duplex=\"true\"", "<name>avtal.pdf</name>", "letters=\"1\" sheets=\"1\""})
    EXPECT_NE(text->find(words), std::string::npos) << words << "\n" << *text;
  EXPECT_NE(text->find("sha256=\"" + hex(view(batch.letters[0].digest))), std::string::npos);
}

TEST(PrintBatch, AManifestThatDoesNotHoldIsRefusedWithItsPlace) {
  const auto batch = batchOf(2);
  const auto first = batch.letters[0].delivery.text();
  EXPECT_EQ(placeOf(changed(batch, first + ".pdf", "PDF", "PDX")), "print-batch-malformed /letters/0/sha256");
  EXPECT_EQ(placeOf(changed(batch, "manifest.json", "\"sheets\":2}", "\"sheets\":3}")),
            "print-batch-malformed /sums/sheets");
  EXPECT_EQ(placeOf(changed(batch, "manifest.json", "manifest:1", "manifest:2")),
            "print-batch-malformed /manifest");
  EXPECT_EQ(placeOf(changed(batch, "manifest.json", first, "../../etc/passwd")),
            "print-batch-malformed /letters/0/delivery");
  EXPECT_EQ(placeOf(changed(batch, "manifest.json", first, batch.letters[1].delivery.text())),
            "print-batch-malformed /letters/1/file");
  EXPECT_EQ(placeOf(changed(batch, "manifest.json", "\"at\":\"2026", "\"at\":\"20x6")),
            "print-batch-malformed /at");
  EXPECT_EQ(placeOf(changed(batch, "manifest.json", "{", "")), "print-batch-malformed ");
}

TEST(PrintBatch, NothingMayLieBesides) {
  formats::ZipFile zip;
  const auto files = formats::unpack(writeBatch(batchOf(1)).value()).value();
  for (const auto& entry : files) zip.add(entry.name, entry.bytes);
  zip.add("letters/unknown.pdf", "%PDF");
  EXPECT_EQ(placeOf(std::move(zip).finish().value()), "print-batch-malformed /letters");
  EXPECT_EQ(placeOf("no zip"), "archive-damaged ");
  formats::ZipFile without;
  without.add("manifest.json", "{}");
  EXPECT_EQ(placeOf(std::move(without).finish().value()), "print-batch-malformed ");
}

TEST(PrintBatch, HasAtMostFiveHundredLetters) {
  EXPECT_TRUE(writeBatch(batchOf(500)));
  EXPECT_FALSE(writeBatch(batchOf(501)));
}

TEST(PrintReceipts, AreReadAsTheyWereWritten) {
  const auto at = Instant::parse("2026-11-24T18:00:00Z").value();
  const PrintReceipts all{"20261124-1600-001",
                          3,
                          {{letterNumber(1), PrintState::posted, at, {}, {}},
                           {letterNumber(2), PrintState::returned, at, "moved", "Flyttat till Sundsvall"}}};
  const auto read = readReceipts(writeReceipts(all));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->batch, all.batch);
  EXPECT_EQ(read->number, 3);
  ASSERT_EQ(read->receipts.size(), 2U);
  EXPECT_EQ(read->receipts[1].delivery, letterNumber(2));
  EXPECT_EQ(read->receipts[1].state, PrintState::returned);
  EXPECT_EQ(read->receipts[1].reason, "moved");
  EXPECT_EQ(read->receipts[1].words, "Flyttat till Sundsvall");
  EXPECT_EQ(read->receipts[0].at, at);
}

TEST(PrintReceipts, MalformedOnesAreProblems) {
  const std::string id = letterNumber(1).text();
  const auto place = [&](const std::string& receipt) {
    const auto read = readReceipts(R"({"batch": "b1", "number": 1, "receipts": [)" + receipt + "]}");
    return read ? "good" : read.error().where;
  };
  const std::string start = R"({"delivery": ")" + id + R"(", "at": "2026-11-24T18:00:00Z", )";
  EXPECT_EQ(place(start + R"("state": "printed"})"), "good");
  EXPECT_EQ(place(start + R"("state": "lost"})"), "/receipts/0/state");
  EXPECT_EQ(place(start + R"("state": "returned"})"), "/receipts/0/reason");
  EXPECT_EQ(place(start + R"("state": "returned", "reason": "eaten"})"), "/receipts/0/reason");
  EXPECT_EQ(place(R"({"delivery": "7", "at": "2026-11-24T18:00:00Z", "state": "posted"})"),
            "/receipts/0/delivery");
  EXPECT_EQ(place(R"({"delivery": ")" + id + R"(", "at": "in the evening", "state": "posted"})"),
            "/receipts/0/at");
  EXPECT_EQ(place("null"), "/receipts/0");
  for (const std::string text :
       {"", "[]", "{", "\xFF", R"({"batch": "../x", "number": 1, "receipts": []})",
        R"({"batch": "b", "number": -1, "receipts": []})", R"({"batch": "b", "number": 1, "receipts": {}})"})
    EXPECT_EQ(readReceipts(text).error().code, "print-receipts-malformed") << text;
  EXPECT_FALSE(readReceipts(std::string(10'000, '[')));
  EXPECT_FALSE(readReceipts(std::string(receipts_bytes_max + 1, ' ')));
}

TEST(PrintReceipts, TheHousesWordsAreCleaned) {
  const auto read =
      readReceipts(R"({"batch": "b", "number": 1, "receipts": [{"delivery": ")" + letterNumber(1).text() +
                   R"(", "state": "posted", "at": "2026-11-24T18:00:00Z", "words": "a\r\nBcc: b\u0000c"}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->receipts[0].words, "a Bcc: b c");
  const auto cut =
      readReceipts(R"({"batch": "b", "number": 1, "receipts": [{"delivery": ")" + letterNumber(1).text() +
                   R"(", "state": "posted", "at": "2026-11-24T18:00:00Z", "words": ")" +
                   std::string(299, 'x') + R"( y"}]})");
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->receipts[0].words, std::string(299, 'x')) << "cut, and no blank left at the end";
}

TEST(PrintReceipts, AreFoundByName) {
  EXPECT_EQ(receiptsFile("20261124-1600-001", 2), "20261124-1600-001.2.json");
  const auto found = receiptsNameOf("20261124-1600-001.2.json");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->batch, "20261124-1600-001");
  EXPECT_EQ(found->number, 2);
  for (const char* file :
       {"a.json", "a.0.json", "a.-1.json", "a.1.json.part", ".1.json", "a.1x.json", "a.99999999999.json"})
    EXPECT_FALSE(receiptsNameOf(file)) << file;
}

TEST(PrintReceipts, EveryReasonIsSaidInBothLanguages) {
  for (const auto language : {Language::swedish, Language::english})
    for (const char* reason :
         {"unknown-address", "moved", "deceased", "refused", "unclaimed", "incomplete"}) {
      EXPECT_TRUE(isReturnReason(reason));
      EXPECT_TRUE(Texts::of(language).has("postal.returned." + std::string(reason)));
    }
}

}  // namespace
}  // namespace postgang::channels
