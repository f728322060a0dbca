// Each preset, and a few more demands, against a predicate written by hand from what its sentence says, on
// every UBL invoice and credit note of the corpus. The figures of the predicate are read back from the
// Swedish sentence, so that sentence and evaluation cannot drift apart.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "formats/format.h"
#include "rules/demand_json.h"
#include "rules/filter.h"
#include "rules/presets.h"
#include "rules/sentence.h"
#include "tests/rules/lookups.h"

namespace postgang::rules {
namespace {

namespace fs = std::filesystem;
using document::BusinessDocument;
using document::Group;
using document::Term;

// What is outside the document and yet decides.
struct World {
  std::vector<document::Identifier> sender;
  Date today;
  KnownLookups lookups;
};
using Predicate = std::function<bool(const BusinessDocument&, const World&)>;

struct Expectation {
  std::string demand;    // JSON
  std::string sentence;  // the first sentence, «#» for each figure
  std::function<Predicate(const std::vector<std::string>& figures)> predicate;
};

int whole(const std::string& figure) {
  static const std::map<std::string, int> words = {{"två", 2},  {"tre", 3},   {"åtta", 8},
                                                   {"tio", 10}, {"elva", 11}, {"tolv", 12}};
  if (const auto found = words.find(figure); found != words.end()) return found->second;
  return static_cast<int>(Decimal::parse(figure)->coefficient());
}

bool allDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is(const BusinessDocument& document, Term term) {
  return !document.text(term).empty();
}

// «A # b # c» against «A åtta b 45 c»: {"åtta", "45"}; nullopt where the words differ.
std::optional<std::vector<std::string>> figuresOf(std::string_view sentence, std::string_view form) {
  std::vector<std::string> figures;
  while (true) {
    const auto mark = form.find('#');
    if (!sentence.starts_with(form.substr(0, mark))) return std::nullopt;
    if (mark == std::string_view::npos) return sentence == form ? std::optional(figures) : std::nullopt;
    sentence.remove_prefix(mark);
    form.remove_prefix(mark + 1);
    const auto rest = form.substr(0, form.find('#'));
    const auto end = sentence.find(rest.substr(0, std::min<std::size_t>(rest.size(), 3)));
    if (end == std::string_view::npos) return std::nullopt;
    std::string figure(sentence.substr(0, end));
    for (std::size_t at = 0; (at = figure.find("\u00A0")) != std::string::npos;) figure.erase(at, 2);
    figures.push_back(std::move(figure));
    sentence.remove_prefix(end);
  }
}

bool known(const World& world, RegisterKind kind, std::string_view value) {
  for (const auto& entry : world.lookups.entries)
    if (entry.kind == kind && entry.value == value) return true;
  return false;
}

std::string presetJson(std::string_view id) {
  for (const auto& preset : presets())
    if (preset.id == id) return boost::json::serialize(toJson(preset.demand));
  return "{}";
}

Predicate plain(bool (*holds)(const BusinessDocument&)) {
  return [holds](const BusinessDocument& document, const World&) { return holds(document); };
}

std::vector<Expectation> presetExpectations() {
  const auto fixed = [](Predicate predicate) { return [predicate](const auto&) { return predicate; }; };
  return {
      {presetJson("buyer-reference"), "Er referens (BT-10) ska finnas.",
       fixed(plain([](const BusinessDocument& d) { return is(d, Term::BT_10); }))},
      {presetJson("buyer-reference-register"),
       "Er referens (BT-10) ska finnas i mottagarens register över referenser.",
       fixed([](const BusinessDocument& d, const World& w) {
         return known(w, RegisterKind::reference, d.text(Term::BT_10));
       })},
      {presetJson("order-number"), "Ordernumret (BT-13) ska finnas.",
       fixed(plain([](const BusinessDocument& d) { return is(d, Term::BT_13); }))},
      {presetJson("order-number-form"), "Ordernumret (BT-13) ska ha # siffror och börja med #.",
       [](const std::vector<std::string>& figures) {
         return [count = whole(figures[0]), prefix = figures[1]](const BusinessDocument& d, const World&) {
           const auto text = d.text(Term::BT_13);
           return allDigits(text) && static_cast<int>(text.size()) == count && text.substr(0, 2) == prefix;
         };
       }},
      {presetJson("order-number-register"),
       "Ordernumret (BT-13) ska finnas i mottagarens register över ordernummer.",
       fixed([](const BusinessDocument& d, const World& w) {
         return known(w, RegisterKind::order_number, d.text(Term::BT_13));
       })},
      {presetJson("order-or-reference"), "Ordernumret (BT-13) eller er referens (BT-10) ska finnas.",
       fixed(plain([](const BusinessDocument& d) { return is(d, Term::BT_13) || is(d, Term::BT_10); }))},
      {presetJson("cost-centre-register"),
       "Köparens kontering (BT-19) ska finnas i mottagarens register över kostnadsställen.",
       fixed([](const BusinessDocument& d, const World& w) {
         return known(w, RegisterKind::cost_centre, d.text(Term::BT_19));
       })},
      {presetJson("attachment-over-amount"),
       "Om summan med moms (BT-112) är över #\u00A0kr ska en bilaga finnas.",
       [](const std::vector<std::string>& figures) {
         return [limit = *Decimal::parse(figures[0])](const BusinessDocument& d, const World&) {
           const auto total = d.root().group(Group::BG_22).find(Term::BT_112);
           const bool over =
               total && total->qualifier == "SEK" && total->decimal() && *total->decimal() > limit;
           for (const auto& attachment : d.attachments())
             if (attachment.size > 0) return true;
           return !over;
         };
       }},
      {presetJson("invoice-date-age"), "Fakturadatumet (BT-2) får vara högst # dagar gammalt.",
       [](const std::vector<std::string>& figures) {
         return [days = whole(figures[0])](const BusinessDocument& d, const World& w) {
           const auto date = d.date(Term::BT_2);
           return date && date->plusDays(days) >= w.today;
         };
       }},
      {presetJson("invoice-date-future"), "Fakturadatumet (BT-2) får inte ligga i framtiden.",
       fixed([](const BusinessDocument& d, const World& w) {
         const auto date = d.date(Term::BT_2);
         return date && *date <= w.today;
       })},
      {presetJson("payment-terms-30"),
       "Förfallodatumet (BT-9) ska ligga minst # dagar efter fakturadatumet (BT-2), om uppgiften finns.",
       [](const std::vector<std::string>& figures) {
         return [days = whole(figures[0])](const BusinessDocument& d, const World&) {
           if (d.kind() != document::Kind::invoice || !is(d, Term::BT_9)) return true;
           for (const auto& due : d.all(Term::BT_9))
             if (!due.date() || !d.date(Term::BT_2) || *due.date() < d.date(Term::BT_2)->plusDays(days))
               return false;
           return true;
         };
       }},
      {presetJson("days-until-due"),
       "Förfallodatumet (BT-9) ska ligga minst # dagar framåt i tiden, om uppgiften finns.",
       [](const std::vector<std::string>& figures) {
         return [days = whole(figures[0])](const BusinessDocument& d, const World& w) {
           if (d.kind() != document::Kind::invoice || !is(d, Term::BT_9)) return true;
           for (const auto& due : d.all(Term::BT_9))
             if (!due.date() || *due.date() < w.today.plusDays(days)) return false;
           return true;
         };
       }},
      {presetJson("registered-account"),
       "Betalkontot (BT-84) ska vara det som är registrerat för leverantören, om uppgiften finns.",
       fixed([](const BusinessDocument& d, const World& w) {
         const auto plainNumber = [](const document::PaymentAccount& account) {
           std::string number = lowered(account.number);
           std::erase_if(number, [](char c) { return c == ' ' || c == '-'; });
           return number;
         };
         using document::AccountKind;
         for (const auto& account : document::paymentOf(d).accounts) {
           bool registered = false;
           for (const auto& [supplier, one] : w.lookups.accounts) {
             const bool untold = account.kind == AccountKind::other &&
                                 (one.kind == AccountKind::bankgiro || one.kind == AccountKind::plusgiro);
             registered = registered ||
                          ((one.kind == account.kind || untold) && plainNumber(one) == plainNumber(account));
           }
           if (!registered) return false;
         }
         return true;
       })},
      {presetJson("duplicate"),
       "Fakturan får inte vara en dubblett (samma leverantör, nummer och belopp de senaste # månaderna).",
       [](const std::vector<std::string>& figures) {
         return [months = whole(figures[0])](const BusinessDocument& d, const World& w) {
           for (const auto& past : w.lookups.past)
             if (is(d, Term::BT_1) && past.number == d.text(Term::BT_1) &&
                 d.decimal(Term::BT_112) == past.amount && past.currency == d.currency() &&
                 past.earlier.date >= w.today.plusMonths(-months))
               return false;
           return true;
         };
       }},
      {presetJson("lines-item-number"),
       "Säljarens artikelnummer (BT-155), köparens artikelnummer (BT-156) eller det standardiserade "
       "artikelnumret (BT-157) ska finnas på varje rad.",
       fixed(plain([](const BusinessDocument& d) {
         for (const auto& line : d.root().groups(Group::BG_25)) {
           const auto item = line.group(Group::BG_31);
           if (item.text(Term::BT_155).empty() && item.text(Term::BT_156).empty() &&
               item.text(Term::BT_157).empty())
             return false;
         }
         return true;
       }))},
      {presetJson("ocr-check-digit"),
       "Betalningsreferensen (BT-83) ska vara ett OCR-nummer med rätt kontrollsiffra, om uppgiften finns.",
       fixed(plain([](const BusinessDocument& d) {
         for (const auto& means : d.root().groups(Group::BG_16)) {
           std::string reference(means.text(Term::BT_83));
           if (reference.empty()) continue;
           std::erase_if(reference, [](char c) { return c == ' ' || c == '-'; });
           if (!document::isOcr(reference)) return false;
         }
         return true;
       }))},
      {presetJson("credit-note-preceding"), "Tidigare fakturas nummer (BT-25) ska finnas.",
       fixed(plain([](const BusinessDocument& d) {
         return d.kind() != document::Kind::credit_note || is(d, Term::BT_25);
       }))},
  };
}

std::vector<Expectation> wideExpectations() {
  const auto fixed = [](Predicate predicate) { return [predicate](const auto&) { return predicate; }; };
  return {
      {R"({"not":{"all":[{"term":"BT-10","test":"present"},{"term":"BT-5","test":"equals","value":"EUR"}]}})",
       "Er referens (BT-10) får inte finnas eller fakturans valuta (BT-5) får inte vara ”EUR”.",
       fixed(plain(
           [](const BusinessDocument& d) { return !(is(d, Term::BT_10) && d.text(Term::BT_5) == "EUR"); }))},
      {R"({"term":"BT-152","test":"equalsNumber","value":"25","which":"some"})",
       "Radens momssats (BT-152) ska vara #\u00A0% på minst en rad.",
       [](const std::vector<std::string>& figures) {
         return [rate = *Decimal::parse(figures[0])](const BusinessDocument& d, const World&) {
           for (const auto& line : d.root().groups(Group::BG_25))
             if (line.group(Group::BG_30).decimal(Term::BT_152) == rate) return true;
           return false;
         };
       }},
      {R"({"term":"BT-127","test":"present","which":"no"})",
       "Radens notering (BT-127) får inte finnas på någon rad.", fixed(plain([](const BusinessDocument& d) {
         for (const auto& line : d.root().groups(Group::BG_25))
           if (!line.text(Term::BT_127).empty()) return false;
         return true;
       }))},
      {R"({"if":{"any":[{"term":"BT-112","test":"lessThan","value":"0"},{"term":"BT-3","test":"oneOf","values":["381","384"]}]},"then":{"term":"BT-25","test":"length","most":12}})",
       "Om summan med moms (BT-112) är under 0 eller fakturatypen (BT-3) är ”381” eller ”384” ska tidigare "
       "fakturas nummer (BT-25) ha högst # tecken.",
       [](const std::vector<std::string>& figures) {
         return [most = whole(figures[0])](const BusinessDocument& d, const World&) {
           const auto total = d.decimal(Term::BT_112);
           const auto type = d.text(Term::BT_3);
           if (!(total && total->isNegative()) && type != "381" && type != "384") return true;
           const auto numbers = d.all(Term::BT_25);
           bool met = is(d, Term::BT_25);
           for (const auto& number : numbers)
             met = met && (number.text.empty() || static_cast<int>(codePoints(number.text)) <= most);
           return met;
         };
       }},
  };
}

std::vector<BusinessDocument> corpus() {
  std::vector<BusinessDocument> documents;
  for (const auto* folder : {"invoices/ubl", "mutations/ubl"}) {
    const auto path = fs::path(POSTGANG_SOURCE_DIR) / "../shared/corpus" / folder;
    if (!fs::exists(path)) continue;
    for (const auto& entry : fs::directory_iterator(path)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      if (auto reading = formats::readDocument(bytes)) documents.push_back(std::move(reading->document));
    }
  }
  return documents;
}

// Registers that know what half of the documents say, and a day in the midst of them.
World worldOf(const std::vector<BusinessDocument>& documents) {
  World world;
  world.sender = {*document::parseIdentifier("0007:5599900015")};
  world.today = Date::of(2018, 4, 10);
  for (std::size_t i = 0; i < documents.size(); i += 2) {
    const auto& d = documents[i];
    const auto know = [&](RegisterKind kind, Term term) {
      if (is(d, term)) world.lookups.entries.push_back({"", kind, std::string(d.text(term)), {}, {}});
    };
    if (world.lookups.entries.size() < 60) {
      know(RegisterKind::reference, Term::BT_10);
      know(RegisterKind::order_number, Term::BT_13);
      know(RegisterKind::cost_centre, Term::BT_19);
      for (const auto& account : document::paymentOf(d).accounts)
        world.lookups.accounts.push_back({world.sender[0], account});
      const auto amount = d.decimal(Term::BT_112);
      if (amount && i % 3 == 0)
        world.lookups.past.push_back({world.sender[0],
                                      std::string(d.text(Term::BT_1)),
                                      *amount,
                                      std::string(d.currency()),
                                      "",
                                      {"d", std::string(d.text(Term::BT_1)), world.today.plusMonths(-11)}});
    }
  }
  return world;
}

TEST(Corpus, every_preset_has_a_predicate_of_its_own) {
  const auto expectations = presetExpectations();
  ASSERT_EQ(expectations.size(), presets().size());
  for (std::size_t i = 0; i < expectations.size(); ++i) EXPECT_NE(expectations[i].demand, "{}");
}

// An expectation made ready: the demand, and the predicate with the figures of its sentence.
struct Ready {
  std::string id, sentence;
  Predicate predicate;
  int passed = 0, failed = 0;
};

TEST(Corpus, the_sentence_and_what_the_demand_does_agree) {
  const auto documents = corpus();
  if (documents.empty()) GTEST_SKIP() << "no corpus here";
  const auto world = worldOf(documents);
  auto expectations = presetExpectations();
  for (auto& wide : wideExpectations()) expectations.push_back(std::move(wide));
  std::vector<Demand> demands;
  std::vector<Ready> ready;
  for (const auto& [demandJson, form, makePredicate] : expectations) {
    auto reading = parseDemands("[" + demandJson + "]");
    ASSERT_TRUE(reading.problems.empty()) << demandJson << reading.problems.front().detail;
    demands.push_back(std::move(reading.demands[0]));
    demands.back().id = "d" + std::to_string(demands.size());
    const auto first = demandSentence(demands.back().condition, Language::swedish);
    const auto figures = figuresOf(first, form);
    ASSERT_TRUE(figures) << first << "\n" << form;
    ready.push_back({demands.back().id, first, makePredicate(*figures)});
  }
  const auto filter = Filter::compile(demands).value();
  for (const auto& document : documents) {
    const auto findings = filter.evaluate(document, {world.sender, world.today, &world.lookups, {}});
    ASSERT_TRUE(findings) << findings.error().detail;
    std::set<std::string> failed;
    for (const auto& finding : *findings) {
      EXPECT_TRUE(finding.term && !finding.wantedSv.empty()) << finding.messageSv;
      failed.insert(finding.id);
    }
    for (auto& one : ready) {
      const bool expected = one.predicate(document, world);
      ++(expected ? one.passed : one.failed);
      ASSERT_EQ(!failed.contains(one.id), expected) << one.sentence << "\n" << document.text(Term::BT_1);
    }
  }
  for (const auto& one : ready) {
    EXPECT_GT(one.failed, 0) << one.sentence;
    // Nobody in the corpus has an order number of that form.
    EXPECT_TRUE(one.passed > 0 || one.sentence.find("åtta siffror") != std::string::npos) << one.sentence;
  }
}

}  // namespace
}  // namespace postgang::rules
