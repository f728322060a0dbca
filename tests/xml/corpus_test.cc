// The whole corpus: every file is read, agrees with expat, and comes back the same when it is written; every
// place that the official rules point at is found.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <random>

#include "tests/xml/corpus.h"
#include "tests/xml/expat_judge.h"
#include "xml/parse.h"
#include "xml/writer.h"

namespace postgang::xml {
namespace {

std::size_t elementsOf(const Tree& tree) {
  const auto& nodes = tree.arena().nodes;
  return static_cast<std::size_t>(
      std::count_if(nodes.begin(), nodes.end(), [](const Node& n) { return !n.isText(); }));
}

// What a tree says, without how it lies in memory.
std::string said(const Tree& tree) {
  const Arena& arena = tree.arena();
  std::string out;
  for (const Node& node : arena.nodes) {
    out += std::to_string(node.parent) + ' ' + std::to_string(node.end) + ' ';
    if (node.isText()) {
      out += arena.text(node.extent);
      continue;
    }
    out += std::string(arena.names.uri(node.name)) + '|' + std::string(arena.names.local(node.name));
    for (std::uint32_t i = 0; i < node.extent.length; ++i) {
      const AttributeNode& attribute = arena.attributes[node.extent.start + i];
      out += '\x01' + std::string(arena.names.uri(attribute.name)) + '|' +
             std::string(arena.names.local(attribute.name)) + '=' + std::string(arena.text(attribute.value));
    }
    out += '\n';
  }
  return out;
}

TEST(Corpus, IsReadAsExpatReadsItAndWrittenBackTheSame) {
  const auto files = corpusFiles();
  if (files.empty()) GTEST_SKIP() << "the corpus is not here";
  EXPECT_EQ(files.size(), 6'783U);
  for (const auto& file : files) {
    const std::string bytes = bytesOf(file);
    const auto tree = parse(bytes);
    ASSERT_TRUE(tree) << file << ": " << tree.error().where << ": " << tree.error().detail;
    const Judgement expat = judgedByExpat(bytes);
    ASSERT_TRUE(expat.wellFormed) << file;
    EXPECT_EQ(tree->root().stringValue(), expat.text) << file;
    EXPECT_EQ(elementsOf(*tree), expat.elements) << file;
    EXPECT_EQ(tree->arena().attributes.size(), expat.attributes) << file;
    const auto again = parse(write(*tree));
    ASSERT_TRUE(again) << file << ": " << again.error().detail;
    EXPECT_EQ(said(*again), said(*tree)) << file;
  }
}

TEST(Corpus, EveryPlaceOfAFindingIsThere) {
  const auto path = corpusFolder() / "locations.jsonl";
  std::ifstream lines(path);
  if (!lines) GTEST_SKIP() << "the corpus is not here";
  std::size_t places = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto entry = boost::json::parse(line).as_object();
    const auto tree = parse(bytesOf(corpusFolder() / std::string(entry.at("file").as_string())));
    ASSERT_TRUE(tree) << line;
    const auto& sets = entry.contains("locations") ? entry.at("locations").as_object() : entry;
    for (const auto& [set, findings] : sets) {
      if (!findings.is_array()) continue;
      for (const auto& finding : findings.as_array()) {
        const std::string location(finding.as_array().at(1).as_string());
        if (location.empty() || location == "/") continue;
        ++places;
        const bool attribute = location.find("/@") != std::string::npos;
        EXPECT_EQ(attribute ? tree->attributeAt(location).location() : tree->at(location).location(),
                  location)
            << line;
      }
    }
  }
  EXPECT_GT(places, 5'000U);
}

// A byte taken out, put in or changed, or a stretch doubled: where expat and we disagree, one of us is wrong.
std::string mutated(std::string bytes, std::mt19937& random) {
  static constexpr std::string_view spice = "<>/&;'\"=!?-[]: \r\nax\x01\xC3\xA5";
  for (auto times = random() % 3 + 1; times > 0; --times) {
    const std::size_t at = random() % bytes.size();
    const char c = spice[random() % spice.size()];
    switch (random() % 4) {
      case 0:
        bytes.erase(at, random() % 4 + 1);
        break;
      case 1:
        bytes.insert(at, 1, c);
        break;
      case 2:
        bytes[at] = c;
        break;
      default:
        bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 40));
        break;
    }
    if (bytes.empty()) return bytes;
  }
  return bytes;
}

TEST(Mutations, AreJudgedAsExpatJudgesThem) {
  constexpr std::uint32_t seed = 20261124;
  std::mt19937 random(seed);
  // Without its declaration: expat takes any version and other encodings than we do.
  const std::string document =
      "<Invoice xmlns=\"urn:a\" xmlns:cbc='urn:b'><!-- note "
      "-->\r\n"
      "<cbc:ID schemeID=\"0088\" cbc:x='&lt;'>F&#49;</cbc:ID><cbc:Note><![CDATA[<x>]]></cbc:Note><?pi data?>"
      "<a xmlns:c='urn:c'><c:b/></a></Invoice>";
  std::size_t good = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::string changed = mutated(document, random);
    const Judgement expat = judgedByExpat(changed);
    const auto tree = parse(changed);
    ASSERT_EQ(tree.has_value(), expat.wellFormed)
        << "seed " << seed << ", round " << i << ": " << (tree ? "taken" : tree.error().detail) << "\n"
        << changed;
    if (!tree) continue;
    ++good;
    ASSERT_EQ(tree->root().stringValue(), expat.text) << changed;
    ASSERT_EQ(said(*parse(write(*tree))), said(*tree)) << changed;
  }
  EXPECT_GT(good, 1'000U);
}

}  // namespace
}  // namespace postgang::xml
