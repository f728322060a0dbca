// Every file of the corpus' print series is delivered on paper, on the form that its printkod asks for.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "channels/print_batch.h"
#include "channels/print_code.h"
#include "formats/format.h"
#include "tests/flow/printed.h"

namespace postgang::flow {
namespace {

namespace fs = std::filesystem;

struct Expected {
  std::string code;
  Language language;
};

std::string contentOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> printSeries() {
  std::vector<fs::path> files;
  const auto folder = fs::path(POSTGANG_SOURCE_DIR).parent_path() / "shared/corpus/invoices/ubl";
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("Testbolagets_")) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

// 101000330 → 101, and English where it ends with 2.
Expected expectedOf(const fs::path& file) {
  const auto name = file.stem().string();
  const auto number = name.substr(name.rfind('_') + 1);
  const auto code = number.substr(0, 3);
  return {code, code.back() == '2' ? Language::english : Language::swedish};
}

class PrintSeries : public Printed {
 protected:
  CompanyId seller(const document::BusinessDocument& document) {
    // Its organisation number has a wrong check digit: it is known by name.
    const auto party = document::sellerOf(document);
    if (const auto known = sellers_.find(party.name); known != sellers_.end()) return known->second;
    const auto own = "9990000000" + std::to_string(sellers_.size());
    const auto identifier = party.identifier ? party.identifier->text() : "0088:" + own;
    return sellers_[party.name] = company(party.name, identifier);
  }
  std::string whyOf(DocumentId id) {
    std::string why;
    for (const auto& event : eventsOf(id)) {
      if (const auto* failed = std::get_if<store::FailedFact>(&event.fact)) why += failed->code + " ";
      if (const auto* stopped = std::get_if<store::StoppedFact>(&event.fact))
        for (const auto& finding : stopped->findings) why += finding.id + " ";
    }
    return why;
  }
  std::map<std::string, CompanyId> sellers_;
};

TEST_F(PrintSeries, IsDeliveredOnPaper) {
  const auto files = printSeries();
  if (files.empty()) GTEST_SKIP() << "the corpus is not here";
  std::map<std::string, DocumentId> sent;
  for (const auto& file : files) {
    const auto bytes = contentOf(file);
    const auto reading = formats::readDocument(bytes);
    ASSERT_TRUE(reading) << file;
    auto made = upload(bytes);
    made.sender = seller(reading->document);
    made.fileName = file.filename().string();
    made.channel = "print";
    sent[file.string()] = send(made);
  }
  walk();
  for (const auto& [file, id] : sent)
    EXPECT_EQ(stateOf(id), "queued") << file << ": " << story(id) << " " << whyOf(id);
  advanceTo(made_);
  ASSERT_FALSE(batches().empty());
  houseWorks();
  advanceTo(made_.plusSeconds(1200));
  const auto batch = channels::readBatch(blob(batches().front().digest));
  ASSERT_TRUE(batch) << batch.error().detail;
  std::map<DeliveryId, const channels::BatchLetter*> letters;
  for (const auto& letter : batch->letters) letters[letter.delivery] = &letter;
  for (const auto& [file, id] : sent) {
    const auto expected = expectedOf(file);
    ASSERT_EQ(stateOf(id), "posted") << file << ": " << story(id);
    const auto* letter = letters[letterOf(id).id];
    ASSERT_NE(letter, nullptr) << file;
    EXPECT_EQ(letter->language, expected.language) << file;
    EXPECT_FALSE(letter->recipient.empty()) << file;
    const auto reading = formats::readDocument(contentOf(file));
    const auto code = channels::printCodeOf(reading->document);
    ASSERT_TRUE(code) << file;
    EXPECT_EQ(code->code, expected.code) << file;
    if (const char* folder = std::getenv("POSTGANG_LETTERS"))
      std::ofstream(fs::path(folder) / (fs::path(file).stem().string() + ".pdf")) << letter->pdf;
  }
}

TEST_F(PrintSeries, ACustomersOwnFormIsItsOwnData) {
  settings_.printing.rules.forms =
      channels::ownFormsByCompanyFromJson(
          R"({"0007:5599900015": [{"code": "401", "title": "Prenumeration", "design": {"language": "en"}}]})")
          .value();
  restart();
  const auto coded = [&](const std::string& number, const std::string& code) {
    auto file = addressed(toKarin(number), "Strandgatan 4", "851 11");
    file.insert(file.find("<cac:AccountingSupplierParty>"),
                "<cac:AdditionalDocumentReference><cbc:ID>" + code +
                    "</cbc:ID><cbc:DocumentDescription>AQY Filidentifiering nummer</cbc:DocumentDescription>"
                    "</cac:AdditionalDocumentReference>");
    return send(upload(file));
  };
  const auto own = coded("F-1", "401"), another = coded("F-2", "403");
  walk();
  advanceTo(made_);
  const auto batch = channels::readBatch(blob(batches().front().digest));
  ASSERT_TRUE(batch);
  for (const auto& letter : batch->letters)
    EXPECT_EQ(letter.language, letter.delivery == letterOf(own).id ? Language::english : Language::swedish);
  // A form that nobody has set up is said, and the standard one used.
  const auto said = eventsOf(another);
  const auto started = std::ranges::find_if(
      said, [](const auto& event) { return event.type == store::EventType::delivery_started; });
  ASSERT_NE(started, said.end());
  EXPECT_EQ(std::get<store::DeliveryFact>(started->fact).detail,
            "Form 403 is not set up: printed on the standard form.");
}

}  // namespace
}  // namespace postgang::flow
