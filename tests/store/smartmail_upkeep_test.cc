// The columns that lists of mails and letters go by follow from the events like everything else.
#include "store/blobs.h"
#include "store/upkeep.h"
#include "tests/store/smartmail_world.h"

namespace postgang::store {
namespace {

class SmartmailUpkeep : public SmartmailWorld {
 protected:
  void fillMails() {
    const auto sender = company(1);
    for (int i = 0; i < 8; ++i) {
      const auto mail = mailed(sender, std::to_string(i));
      if (i % 4 == 1) open(mail);
      if (i % 4 == 2) expire(mail, clock_.now().plusSeconds(900));
      if (i % 4 == 3) appendTo(mail.document, {{EventType::deadline_moved, {}, about(mail)}});
      clock_.advanceSeconds(600);
    }
    delivered(sender, company(2), invoiceFacts(sender, company(2), "network"));
    // The documents of the fixture say that their bytes are the text of their id.
    for (const auto& entry : listed(Viewer::system(), {})) {
      const auto bytes = entry.document.text();
      write([&](Transaction& tx) {
        return putBlob(tx, sha256(bytes), compress(bytes), static_cast<std::int64_t>(bytes.size()));
      });
    }
  }
  std::string damages() {
    const auto report = verify(store());
    EXPECT_TRUE(report) << report.error().detail;
    std::string text;
    for (const auto& damage : report->damages) text += damage.what + " " + damage.detail + "\n";
    return text;
  }
  std::string shown() {
    std::string text;
    for (const auto sort : {SmartmailSort::sent_at, SmartmailSort::deadline}) {
      SmartmailQuery query;
      query.sort = sort;
      for (const auto& row : listedMails(of(company(1)), query))
        text += row.number + row.state + row.delivery.id.text() + " ";
    }
    read([&](Reader& reader) -> Outcome {
      TRY(const auto counts, countSmartmail(reader, of(company(1)), {}));
      for (const auto& count : counts)
        text += count.state + std::to_string(count.documents) + "/" +
                std::to_string(count.letters.empty() ? 0 : count.letters[0].hundredths) + " ";
      TRY(const auto letters, queuedLetters(reader, clock_.now().plusSeconds(86'400), 100));
      for (const auto& letter : letters) text += letter.delivery.text() + " ";
      return {};
    });
    return text;
  }
};
INSTANTIATE_BOTH_STORES(SmartmailUpkeep);

TEST_P(SmartmailUpkeep, RebuiltRowsAreTheKeptRows) {
  fillMails();
  EXPECT_EQ(damages(), "");
  const auto before = shown();
  EXPECT_NE(before.find("posted2"), std::string::npos) << before;
  ASSERT_TRUE(rebuild(store()));
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(damages(), "");
}

TEST_P(SmartmailUpkeep, ADamagedColumnIsFoundAndPutRight) {
  fillMails();
  for (const auto* harm :
       {"road = ''", "state = 'opened'", "deadline = deadline + 1", "sent_at = sent_at + 1", "sender = 77",
        "letter_price = letter_price - 1", "sender = NULL", "letter_price = NULL"}) {
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run("UPDATE deliveries SET " + std::string(harm) +
                                   " WHERE id IN (SELECT id FROM deliveries WHERE state = 'waiting' ORDER BY "
                                   "id LIMIT 1)"));
      return {};
    });
    EXPECT_NE(damages().find("row"), std::string::npos) << harm;
    ASSERT_TRUE(rebuild(store()));
    EXPECT_EQ(damages(), "") << harm;
  }
}

TEST_P(SmartmailUpkeep, WhatIsNoProjectionOutlivesARebuild) {
  fillMails();
  const auto mine = company(1);
  RecipientLink link;
  link.tokenDigest = sha256("token");
  link.bounceKey = "key";
  PrintBatch batch;
  batch.id = "20261102-1600-001";
  Partner partner;
  partner.identifier = "0007:5599900130";
  partner.name = "Granberga Bygg AB";
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(createRecipientLink(tx, link));
    CHECK_OK(createPrintBatch(tx, batch));
    CHECK_OK(setSmartmailSettings(tx, mine, R"({"days":5})"));
    CHECK_OK(putPartner(tx, mine, partner));
    return setPartnerSmartmailSettings(tx, mine, partner.identifier, R"({"days":9})");
  });
  ASSERT_TRUE(rebuild(store()));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto kept, recipientLink(reader, link.tokenDigest));
    EXPECT_TRUE(kept);
    TRY(const auto batches, listPrintBatches(reader, 10));
    EXPECT_EQ(batches.size(), 1U);
    TRY(const auto texts, smartmailSettings(reader, mine, partner.identifier));
    EXPECT_EQ(texts.company + texts.partner, R"({"days":5}{"days":9})");
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
