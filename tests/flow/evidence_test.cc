// A bevispaket as its reader checks it: what is whole holds, and every single change is found.
#include "flow/evidence.h"

#include <boost/json.hpp>

#include "flow/verify_evidence.h"
#include "formats/archive.h"
#include "formats/zip_file.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

using Files = std::vector<formats::ArchiveEntry>;

class Evidence : public House {
 protected:
  std::string package(DocumentId id, CompanyId as, Language language = Language::swedish) {
    std::string zip;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(zip, evidenceZip(reader, store::Viewer::ofCompanies({as}, {}), id, language, clock_.now()));
      return {};
    });
    EXPECT_TRUE(read) << read.error().code;
    return zip;
  }
  static Files filesOf(const std::string& zip) {
    auto files = formats::unpack(zip);
    EXPECT_TRUE(files);
    return files.value_or(Files{});
  }
  static std::string zipped(const Files& files) {
    formats::ZipFile zip;
    for (const auto& file : files) zip.add(file.name, file.bytes);
    return *std::move(zip).finish();
  }
  // The check that is not good, or "good", or the problem's code.
  static std::string verdict(const std::string& zip) {
    const auto report = verifyEvidence(zip);
    if (!report) return report.error().code;
    for (const auto& check : report->checks)
      if (!check.good) return check.what;
    return "good";
  }
  static std::string changed(Files files, std::string_view name, std::string_view from, std::string_view to,
                             bool tellManifest = false) {
    std::string before, after;
    for (auto& file : files) {
      if (!file.name.starts_with(name)) continue;
      const auto at = file.bytes.find(from);
      EXPECT_NE(at, std::string::npos) << name << " has no " << from;
      before = hex(view(sha256(file.bytes)));
      if (at != std::string::npos) file.bytes.replace(at, from.size(), to);
      after = hex(view(sha256(file.bytes)));
    }
    // Whoever changes a file may change its digest in the manifest, too.
    for (auto& file : files)
      if (tellManifest && file.name == "manifest.json")
        for (auto at = file.bytes.find(before); at != std::string::npos; at = file.bytes.find(before))
          file.bytes.replace(at, before.size(), after);
    return zipped(files);
  }

  DocumentId delivered() {
    const auto id = send(Sample{});
    walk();
    const auto viewer =
        store::Viewer::ofCompanies({granberga_}, {store::ActorKind::person, "lena", "Lena <b>Ek</b>"});
    EXPECT_TRUE(flow_->opened(viewer, granberga_, id, "copy"));
    return id;
  }
};

TEST_F(Evidence, ThatIsWholeIsGood) {
  const auto id = delivered();
  const auto zip = package(id, energi_);
  const auto report = verifyEvidence(zip);
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_TRUE(report->good());
  EXPECT_EQ(report->document, id.text());
  EXPECT_EQ(report->checks.size(), 5u);
  std::string names;
  for (const auto& file : filesOf(zip)) names += file.name + " ";
  EXPECT_EQ(names, "original-faktura.xml events.json index.html manifest.json ");
  EXPECT_EQ(zip, package(id, energi_)) << "the same at one instant";
}

TEST_F(Evidence, OfTheReceiverHidesWhatIsTheSendersAndStillHolds) {
  const auto id = delivered();
  const auto zip = package(id, granberga_);
  EXPECT_EQ(verdict(zip), "good");
  for (const auto& file : filesOf(zip))
    EXPECT_EQ(file.bytes.find("Affärssystem"), std::string::npos) << file.name << " tells who sent it how";
}

TEST_F(Evidence, ThatWasChangedIsFoundOutWhereverItWas) {
  const auto files = filesOf(package(delivered(), energi_));
  EXPECT_EQ(verdict(zipped(files)), "good");
  EXPECT_EQ(verdict(changed(files, "original-", "<cbc:ID>", "<cbc:Id>")), "files");
  EXPECT_EQ(verdict(changed(files, "original-", "<cbc:ID>", "<cbc:Id>", true)), "original");
  EXPECT_EQ(verdict(changed(files, "index.html", "Granberga", "Granbergs")), "files");
  EXPECT_EQ(verdict(changed(files, "events.json", "\"opened\"", "\"openet\"", true)), "chain");
  EXPECT_EQ(verdict(changed(files, "events.json", "lena", "lisa", true)), "payloads");
  EXPECT_EQ(verdict(changed(files, "manifest.json", "\"head\":\"", "\"head\":\"0")), "chain");

  auto fewer = files;
  std::erase_if(fewer, [](const auto& file) { return file.name == "index.html"; });
  EXPECT_EQ(verdict(zipped(fewer)), "files");
  auto more = files;
  more.push_back({"sent-9-email.eml", "Subject: never sent\r\n\r\n"});
  EXPECT_EQ(verdict(zipped(more)), "files");
}

TEST_F(Evidence, WithAnEventTakenOutIsFoundOut) {
  auto files = filesOf(package(delivered(), energi_));
  for (auto& file : files) {
    if (file.name != "events.json") continue;
    const auto before = hex(view(sha256(file.bytes)));
    auto value = boost::json::parse(file.bytes);
    auto& events = value.as_object().at("events").as_array();
    events.erase(events.begin() + 2);
    file.bytes = boost::json::serialize(value);
    for (auto& other : files)
      if (const auto at = other.bytes.find(before); other.name == "manifest.json")
        other.bytes.replace(at, before.size(), hex(view(sha256(file.bytes))));
  }
  EXPECT_EQ(verdict(zipped(files)), "chain");
}

TEST_F(Evidence, ThatIsNoneSaysSo) {
  EXPECT_EQ(verdict("not a zip"), "archive-damaged");
  EXPECT_EQ(verdict(zipped({{"a.xml", "<a/>"}})), "evidence-malformed");
  EXPECT_EQ(verdict(zipped({{"manifest.json", "{"}, {"events.json", "{}"}})), "evidence-malformed");
}

TEST_F(Evidence, IsNobodyElses) {
  const auto id = delivered();
  const auto other = company("Någon annan AB", "0007:5599900049");
  const auto read = store_->read([&](store::Reader& reader) -> Outcome {
    CHECK_OK(
        evidenceZip(reader, store::Viewer::ofCompanies({other}, {}), id, Language::swedish, clock_.now()));
    return {};
  });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "document-not-found");
}

TEST_F(Evidence, PageEscapesWhatPeopleWrote) {
  for (const auto& file : filesOf(package(delivered(), energi_, Language::english))) {
    if (file.name != "index.html") continue;
    EXPECT_EQ(file.bytes.find("<b>Ek"), std::string::npos);
    EXPECT_NE(file.bytes.find("Lena &lt;b&gt;Ek"), std::string::npos);
    EXPECT_EQ(file.bytes.find("{{"), std::string::npos) << "a word without its value";
    EXPECT_EQ(file.bytes.find("<script"), std::string::npos);
  }
}

// A file's name is its sender's own words.
TEST_F(Evidence, NamesNoFileSoThatItLeadsOutOfTheFolder) {
  auto handedIn = upload(Sample{});
  handedIn.fileName = "../../etc/passwd..xml";
  const auto id = send(handedIn);
  walk();
  const auto bytes = package(id, energi_, Language::swedish);
  EXPECT_EQ(verdict(bytes), "good");
  int originals = 0;
  for (const auto& file : filesOf(bytes)) originals += file.name == "original-_._etc_passwd.xml" ? 1 : 0;
  EXPECT_EQ(originals, 1);
}

}  // namespace
}  // namespace postgang::flow
