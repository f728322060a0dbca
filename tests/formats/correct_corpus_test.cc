// Corrections of every UBL file of the corpus: exactly what was asked for differs, the rest stays, and taken
// back it is the same document again.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.h"
#include "document/difference.h"
#include "formats/correct.h"
#include "formats/format.h"
#include "formats/ubl_order.h"
#include "tests/formats/files.h"
#include "tests/xml/expat_judge.h"

namespace postgang::formats {
namespace {

using namespace document;

struct Read {
  std::string name;
  std::string bytes;
  BusinessDocument document;
};

const std::vector<Read>& everything() {
  static const auto all = [] {
    std::vector<Read> list;
    for (const auto& path : ublCorpus()) {
      auto bytes = bytesOf(path);
      if (auto reading = readDocument(bytes))
        list.push_back({path.filename().string(), std::move(bytes), reading->document});
    }
    return list;
  }();
  return all;
}

// Paths apart: a new sibling before an unknown element is counted in its path.
std::vector<std::string> extraTexts(const BusinessDocument& document) {
  std::vector<std::string> texts;
  for (const auto& extra : document.extras()) texts.emplace_back(extra.text);
  return texts;
}

// Elements that stand behind one that the schema wants later.
std::size_t misplaced(const xml::Element& element) {
  std::size_t count = 0;
  std::size_t last = 0;
  const auto unknown = ublOrder(element.name(), "NoSuchElement");
  for (const auto child : element.children()) {
    count += misplaced(child);
    const auto rank = ublOrder(element.name(), child.name());
    if (rank == unknown) continue;
    if (rank < last) ++count;
    last = std::max(last, rank);
  }
  return count;
}

std::size_t emptyElements(const xml::Element& element) {
  std::size_t count = element.children().empty() && trimmed(element.text()).empty() ? 1 : 0;
  for (const auto child : element.children()) count += emptyElements(child);
  return count;
}

const std::vector<TermChange>& values() {
  static const std::vector<TermChange> list = {
      {Term::BT_10, "", "Avd. 7 <\"Å & Ö\">", ""},
      {Term::BT_11, "", "P-100", ""},
      {Term::BT_12, "", "Avtal 12/34", ""},
      {Term::BT_13, "", "45123456", ""},
      {Term::BT_15, "", "R 1", ""},
      {Term::BT_16, "", "D 1", ""},
      {Term::BT_17, "", "Del 1", ""},
      {Term::BT_18, "", "Mätare 735999", ""},
      {Term::BT_19, "", "6110", ""},
      {Term::BT_46, "", "7300000000004", "0088"},
      {Term::BT_49, "", "5599900122", "0007"},
      {Term::BT_51, "", "c/o Björk", ""},
      {Term::BT_53, "", "123 45", ""},
      {Term::BT_56, "", "Märta Sjögren", ""},
      {Term::BT_58, "", "marta@example.se", ""},
      {Term::BT_70, "", "Förskolan Eken", ""},
      {Term::BT_72, "", "2031-02-28", ""},
      {Term::BT_73, "", "2031-01-01", ""},
      {Term::BT_128, "BG-25", "Objekt 9", ""},
      {Term::BT_132, "BG-25", "10", ""},
      {Term::BT_133, "BG-25", "6111", ""},
      {Term::BT_156, "BG-25", "K-77", ""},
  };
  return list;
}

// Where the file has no such place, or what must stand with the term is missing, the refusal is right.
bool mayBeRefused(const Read& read, const TermChange& change, const Problem& problem) {
  if (problem.code == "place-unknown") {
    if (change.place == "BG-25")
      return !read.document.root().group(Group::BG_25) || change.term == Term::BT_156;
    return !read.document.root().group(Group::BG_7);
  }
  return problem.code == "term-needs-another" && info(change.term).group == Group::BG_8;
}

void expectOnly(const Read& read, const TermChange& change, const std::string& corrected) {
  const auto context = read.name + " " + std::string(name(change.term));
  const auto after = readDocument(corrected);
  ASSERT_TRUE(after) << context;
  const auto changes = difference(read.document, after->document);
  ASSERT_EQ(changes.size(), 1U) << context << " " << name(changes.back().term);
  EXPECT_EQ(changes[0].term, change.term) << context;
  EXPECT_EQ(extraTexts(after->document), extraTexts(read.document)) << context;
  EXPECT_TRUE(xml::judgedByExpat(corrected).wellFormed) << context;
  const auto treeBefore = treeOf(read.bytes);
  const auto treeAfter = treeOf(corrected);
  EXPECT_TRUE(misplaced(treeBefore->root()) > 0 || misplaced(treeAfter->root()) == 0) << context;
  const auto empty = emptyElements(treeBefore->root());
  EXPECT_LE(emptyElements(treeAfter->root()), empty) << context;
  auto back = change;
  back.value = changes[0].before ? std::optional<std::string>(read.document.text(change.term)) : std::nullopt;
  if (back.value && back.value->empty()) return;  // an empty value is not one that a person writes
  const auto old = read.document.find(change.term);
  back.qualifier = old ? std::string(old->qualifier) : "";
  const auto again = correct(corrected, {back});
  if (!again && again.error().code == "term-value-malformed") return;  // the file's own value was wrong
  ASSERT_TRUE(again) << context << " " << again.error().code << " " << again.error().detail;
  if (empty > 0) return;  // one that was filled is not left empty again
  if (!changes[0].before) {
    EXPECT_EQ(*again, read.bytes) << context;
  } else if (!back.qualifier.empty() || change.qualifier.empty()) {
    const auto left = difference(read.document, readDocument(*again)->document);
    EXPECT_TRUE(left.empty()) << context << " " << left.front().before.value_or("-") << " → "
                              << left.front().after.value_or("-");
  }
}

// Each file takes one of the values, so that every value meets hundreds of files.
TEST(CorrectCorpus, ExactlyTheTermDiffers) {
  if (ublCorpus().empty()) GTEST_SKIP() << "no corpus";
  std::size_t made = 0;
  for (std::size_t i = 0; i < everything().size(); ++i) {
    const auto& read = everything()[i];
    const auto& change = values()[i % values().size()];
    const auto corrected = correct(read.bytes, {change});
    if (!corrected) {
      EXPECT_TRUE(mayBeRefused(read, change, corrected.error()))
          << read.name << " " << name(change.term) << " " << corrected.error().code << " "
          << corrected.error().detail;
      continue;
    }
    expectOnly(read, change, *corrected);
    ++made;
  }
  EXPECT_GT(made, everything().size() * 3 / 4);
}

TEST(CorrectCorpus, EverythingAtOnce) {
  if (ublCorpus().empty()) GTEST_SKIP() << "no corpus";
  std::size_t made = 0;
  for (std::size_t i = 0; i < everything().size(); i += 3) {
    const auto& read = everything()[i];
    if (!read.document.root().group(Group::BG_7).group(Group::BG_8) ||
        !read.document.root().group(Group::BG_25))
      continue;
    const auto corrected = correct(read.bytes, {values().begin(), values().end() - 1});
    if (!corrected) {
      EXPECT_TRUE(corrected.error().code == "place-unknown" || corrected.error().code == "term-needs-another")
          << read.name << " " << corrected.error().detail;
      continue;
    }
    ++made;
    const auto after = readDocument(*corrected);
    for (const auto& change : values()) {
      if (change.term == Term::BT_156) continue;
      EXPECT_EQ(after->document.text(change.term), *change.value) << read.name << " " << name(change.term);
    }
    EXPECT_TRUE(xml::judgedByExpat(*corrected).wellFormed) << read.name;
  }
  EXPECT_GT(made, everything().size() / 9);
}

TEST(CorrectCorpus, AttachmentsAreByteForByte) {
  if (ublCorpus().empty()) GTEST_SKIP() << "no corpus";
  std::string pdf = "%PDF-1.7\n";
  for (int i = 0; i < 300; ++i) pdf += static_cast<char>(i * 37);
  for (std::size_t i = 0; i < everything().size(); i += 7) {
    const auto& read = everything()[i];
    const auto with = correct(read.bytes, {}, {{"Postgång-bilaga", "", "tid.pdf", "application/pdf", pdf}});
    ASSERT_TRUE(with) << read.name << " " << with.error().detail;
    const auto after = readDocument(*with);
    const auto before = read.document.attachments();
    const auto attachments = after->document.attachments();
    ASSERT_EQ(attachments.size(), before.size() + 1) << read.name;
    for (std::size_t n = 0; n < before.size(); ++n) EXPECT_EQ(attachments[n].base64, before[n].base64);
    EXPECT_EQ(fromBase64(attachments.back().base64), pdf) << read.name;
    EXPECT_EQ(correct(*with, {}, {}, {"Postgång-bilaga"}).value_or(""), read.bytes) << read.name;
  }
}

}  // namespace
}  // namespace postgang::formats
