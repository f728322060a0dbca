// Batches of small letters for tests.
#pragma once

#include <string>

#include "channels/print_batch.h"
#include "document/business_document.h"
#include "render/picture_page.h"
#include "render/render.h"

namespace postgang::channels::test {

inline DeliveryId letterNumber(int number) {
  const auto digits = std::to_string(1'000'000 + number);
  return DeliveryId::parse("019ab000-0000-7000-8000-00000" + digits).value();
}

// A page of a real PDF.
inline std::string onePage() {
  document::Builder builder(document::Kind::invoice);
  builder.add(document::Term::BT_1, "1001");
  return render::renderPdf(std::move(builder).build(), {}, render::Channel::print, Language::swedish).value();
}

inline LetterBatch batchOf(int letters, const std::string& id = "20261124-1600-001") {
  static const std::string pdf = onePage();
  LetterBatch batch{id, "Tryckhuset", Instant::parse("2026-11-24T15:00:00Z").value(), {}};
  for (int i = 0; i < letters; ++i) {
    BatchLetter letter;
    letter.delivery = letterNumber(i);
    letter.pdf = pdf;
    letter.pages = letter.sheets = 1;
    letter.weightClass = "50 g";
    letter.enclosures = {"avtal.pdf"};
    letter.recipient = {"Karin Ek", "Strandgatan " + std::to_string(i), "851 11  TALLMO"};
    letter.returnAddress = {"Älvnära Energi AB", "Box 4", "851 02 Tallmo"};
    batch.letters.push_back(std::move(letter));
  }
  return batch;
}

}  // namespace postgang::channels::test
