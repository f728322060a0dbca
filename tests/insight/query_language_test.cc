#include "insight/query_language.h"

#include <gtest/gtest.h>

#include "insight/query_words.h"

namespace postgang::insight {
namespace {

using store::EntryQuery;
using store::EntryTerm;
using Field = EntryTerm::Field;

const Date today = Date::of(2026, 11, 18);  // a Wednesday

EntryQuery read(std::string_view text) {
  auto query = readQuery(text, today);
  EXPECT_TRUE(query) << text << ": " << (query ? "" : query.error().detail);
  return query ? *query : EntryQuery();
}
EntryTerm only(std::string_view text) {
  const auto query = read(text);
  EXPECT_EQ(query.terms.size(), 1U) << text;
  return query.terms.empty() ? EntryTerm() : query.terms.front();
}
std::string codeOf(std::string_view text) {
  const auto query = readQuery(text, today);
  return query ? "" : query.error().code;
}

TEST(QueryLanguage, words_stay_text) {
  for (const auto* text : {"göteborg 4711", "4711 2026 81", "1 234,50", "559990-0122", "0007:5599900122",
                           "12:30", "text:rabatt", "http://exempel.se/x", "-4711", "a - b", "--x", "100%_",
                           "a*b OR c", "' OR 1=1 --", "F-2026-03", "2026", "0500-123456", "order:", "-"}) {
    const auto query = read(text);
    EXPECT_EQ(query.text, text);
    EXPECT_TRUE(query.terms.empty()) << text;
  }
  EXPECT_EQ(read("  två\t ord  ").text, "två ord");
  EXPECT_EQ(read("").text, "");
}

TEST(QueryLanguage, fields_have_names_in_both_languages) {
  const std::pair<const char*, Field> names[] = {{"number", Field::number},
                                                 {"nummer", Field::number},
                                                 {"counterpart", Field::counterpart},
                                                 {"motpart", Field::counterpart},
                                                 {"customer", Field::customer_number},
                                                 {"kundnr", Field::customer_number},
                                                 {"orgnr", Field::org_number},
                                                 {"reference", Field::reference},
                                                 {"referens", Field::reference},
                                                 {"order", Field::order},
                                                 {"ocr", Field::payment_reference},
                                                 {"line", Field::line},
                                                 {"rad", Field::line},
                                                 {"attachment", Field::attachment},
                                                 {"bilaga", Field::attachment},
                                                 {"finding", Field::finding},
                                                 {"brist", Field::finding},
                                                 {"ticket", Field::ticket},
                                                 {"ärende", Field::ticket},
                                                 {"ARENDE", Field::ticket},
                                                 {"company", Field::company},
                                                 {"företag", Field::company}};
  for (const auto& [name, field] : names) {
    const auto term = only(std::string(name) + ":X-1");
    EXPECT_EQ(term.field, field) << name;
    EXPECT_EQ(term.text, "X-1");
    EXPECT_FALSE(term.no || term.phrase);
  }
}

TEST(QueryLanguage, a_value_may_be_a_phrase_or_the_next_word_or_groups_of_digits) {
  EXPECT_EQ(only("order:\"PO 77\"").text, "PO 77");
  EXPECT_TRUE(only("order:\"PO 77\"").phrase);
  EXPECT_EQ(only("OCR: 4711").text, "4711");
  EXPECT_EQ(only("ocr:4711 2026 81").text, "4711 2026 81");
  const auto query = read("ocr:4711 2026 granberga");
  EXPECT_EQ(query.terms.front().text, "4711 2026");
  EXPECT_EQ(query.text, "granberga");
  EXPECT_EQ(read("order:PO 77").text, "77") << "an order number is no group of digits";
}

TEST(QueryLanguage, phrases_and_exclusions) {
  const auto phrase = only("\"storgatan 14\"");
  EXPECT_EQ(phrase.field, Field::anything);
  EXPECT_TRUE(phrase.phrase);
  EXPECT_EQ(only("”storgatan 14”").text, "storgatan 14");
  EXPECT_EQ(only("\"till slutet").text, "till slutet");
  EXPECT_TRUE(only("-kredit").no);
  EXPECT_TRUE(only("-\"i efterskott\"").no);
  EXPECT_TRUE(only("-order:PO").no);
  EXPECT_TRUE(read("\"\"").terms.empty());
}

TEST(QueryLanguage, names_are_those_of_screen_and_contract) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(only("status:stopped").names, Names{"stopped"});
  EXPECT_EQ(only("status:stoppat,avvisat").names, (Names{"stopped", "rejected"}));
  EXPECT_EQ(only("status:misslyckat").names, Names{"failed"});
  EXPECT_EQ(only("kanal:papper").names, Names{"print"});
  EXPECT_EQ(only("kanal:e-post").names, Names{"email"});
  EXPECT_EQ(only("kanal:brev").names, Names{"print"}) << "as people say";
  EXPECT_EQ(only("kanal:smartmail").names, Names{"email"});
  EXPECT_EQ(only("kanal:e-faktura").names, (Names{"network", "peppol"}));
  EXPECT_EQ(only("typ:kreditfaktura").names, Names{"credit-note"});
  EXPECT_EQ(only("riktning:mottaget").names, Names{"received"});
  EXPECT_EQ(only("direction:s").names, Names{"sent"}) << "from its beginning, while it is typed";
  EXPECT_TRUE(only("-status:öppnat").no);
  for (const auto* text :
       {"status:stoppat, avvisat", "status: stoppat,  avvisat", "status:\"stoppat, avvisat\""})
    EXPECT_EQ(only(text).names, (Names{"stopped", "rejected"})) << text;
  EXPECT_EQ(read("status:stoppat, avvisat granberga").text, "granberga");
  EXPECT_EQ(only("status:stoppat,").names, Names{"stopped"}) << "while it is typed";
}

TEST(QueryLanguage, what_a_field_cannot_have_is_told_with_its_place) {
  for (const auto* text : {"status:blå", "kanal:duva", "typ:brev", "status:levererat, blå", "belopp:mycket",
                           "datum:snart", "date:2026-13", "date:2026-02-30", "due:31/12", "amount:2000-1000",
                           "datum:2026-05..2026-03", "due:2026-03-02..2026-03-01"}) {
    const auto query = readQuery(std::string("äå ") + text, today);
    ASSERT_FALSE(query) << text;
    const auto field = std::string_view(text).substr(0, std::string_view(text).find(':'));
    const bool isName = field == "status" || field == "kanal" || field == "typ";
    EXPECT_EQ(query.error().code, isName ? "query-value-unknown" : "query-range-unreadable") << text;
    EXPECT_EQ(query.error().where, "query, character 4");
    EXPECT_FALSE(query.error().parameters.at("field").empty());
  }
}

TEST(QueryLanguage, amounts) {
  const auto between = [](std::string_view text, const char* least, const char* most) {
    const auto query = read(text);
    EXPECT_EQ(query.amountFrom, *least ? Decimal::parse(least) : std::nullopt) << text;
    EXPECT_EQ(query.amountTo, *most ? Decimal::parse(most) : std::nullopt) << text;
  };
  for (const auto* text : {"belopp:1 234,50", "amount:1234.50", "amount:1.234,50", "amount:1,234.50",
                           "belopp:1234,5kr", "belopp:\"1 234,50 kr\"", "belopp:1\u00a0234,50"})
    between(text, "1234.50", "1234.50");
  between("belopp:1234", "1234", "1234.99");
  between("belopp:1 234:-", "1234", "1234.99");
  between("belopp:1000-2000", "1000", "2000");
  between("belopp:1 000 - 2 000,50", "1000", "2000.50");
  between("belopp:1000..2000", "1000", "2000");
  between("belopp:>500", "500.01", "");
  between("belopp:>=500", "500", "");
  between("belopp:<99,90", "", "99.89");
  between("belopp:<=99,90", "", "99.90");
  between("belopp:>=100 belopp:<=200", "100", "200");
  EXPECT_EQ(read("belopp:500 granberga").text, "granberga");
  EXPECT_TRUE(only("-belopp:1000-2000").no);
}

TEST(QueryLanguage, days_are_of_the_given_day_and_weeks_begin_on_monday) {
  const auto between = [](std::string_view text, const char* from, const char* to) {
    const auto query = read("datum:" + std::string(text));
    EXPECT_EQ(query.from, Date::parse(from)) << text;
    EXPECT_EQ(query.to, Date::parse(to)) << text;
  };
  for (const auto* text : {"idag", "I dag", "today"}) between(text, "2026-11-18", "2026-11-18");
  for (const auto* text : {"i går", "igår", "yesterday"}) between(text, "2026-11-17", "2026-11-17");
  for (const auto* text : {"denna vecka", "den här veckan", "this week"})
    between(text, "2026-11-16", "2026-11-22");
  for (const auto* text : {"förra veckan", "Forra Veckan", "last week"})
    between(text, "2026-11-09", "2026-11-15");
  for (const auto* text : {"denna månad", "this month", "2026-11"}) between(text, "2026-11-01", "2026-11-30");
  for (const auto* text : {"förra månaden", "last month"}) between(text, "2026-10-01", "2026-10-31");
  for (const auto* text : {"förra året", "i fjol", "last year", "2025"})
    between(text, "2025-01-01", "2025-12-31");
  between("2024-02", "2024-02-01", "2024-02-29");
  between("2026-03-01..2026-03-15", "2026-03-01", "2026-03-15");
  between("2026-01..2026-03", "2026-01-01", "2026-03-31");
  EXPECT_EQ(read("date:>2026-03").from, Date::of(2026, 4, 1));
  EXPECT_EQ(read("date:..2026-03").to, Date::of(2026, 3, 31));
  EXPECT_EQ(read("due:next week").dueFrom, Date::of(2026, 11, 23));
  EXPECT_EQ(read("förfaller:<=2026-12").dueTo, Date::of(2026, 12, 31));
  EXPECT_EQ(only("-datum:2026").range->to, Date::of(2026, 12, 31));
  EXPECT_EQ(read("datum:2026 datum:förra veckan").from, Date::of(2026, 11, 9)) << "both hold";
}

TEST(QueryLanguage, ranges_without_a_field_are_text_as_well) {
  for (const auto* text : {"1000-2000", "1 000 - 2 000", ">500"}) {
    const auto term = only(text);
    EXPECT_EQ(term.text, text);
    ASSERT_TRUE(term.range) << text;
    EXPECT_EQ(term.range->of, store::Sort::amount);
  }
  for (const auto* text : {"2026-03", "2026-03-01..2026-03-15", "idag"}) {
    const auto term = only(text);
    EXPECT_EQ(term.text, text);
    ASSERT_TRUE(term.range) << text;
    EXPECT_EQ(term.range->of, store::Sort::received_at);
  }
  for (const auto* text : {"8 014,00 kr", "8014 SEK", "8\u00a0014:-"}) {
    const auto term = only(text);
    ASSERT_TRUE(term.range) << text;
    EXPECT_EQ(term.range->of, store::Sort::amount) << text;
    EXPECT_EQ(term.range->least, Decimal(8014)) << text;
  }
  EXPECT_EQ(read("8 014,00").text, "8 014,00") << "what has no unit may be a number";
  EXPECT_EQ(read("granberga kr").text, "granberga kr");
  EXPECT_EQ(read("2026-05..2026-03").text, "2026-05..2026-03") << "no days at all";
}

TEST(QueryLanguage, names_of_days_in_several_words_are_days_alone) {
  const auto query = read("granberga förra veckan ab");
  EXPECT_EQ(query.text, "granberga ab");
  EXPECT_TRUE(query.terms.empty());
  EXPECT_EQ(query.from, Date::of(2026, 11, 9));
  EXPECT_EQ(query.to, Date::of(2026, 11, 15));
  for (const auto* text : {"i dag", "I går", "den här veckan", "last month"}) {
    const auto days = read(text);
    const auto same = read("datum:\"" + std::string(text) + "\"");
    EXPECT_TRUE(days.text.empty() && days.terms.empty()) << text;
    EXPECT_TRUE(days.from && days.from == same.from && days.to == same.to) << text;
  }
}

TEST(QueryLanguage, nothing_breaks_it) {
  EXPECT_EQ(codeOf(std::string(401, 'x')), "query-too-long");
  std::string many;
  for (int i = 0; i < 21; ++i) many += "rad:a ";
  EXPECT_EQ(codeOf(many), "query-too-long");
  for (const std::string& text :
       {std::string("a\0b", 3), std::string("\xff\xfe:\xc3"), std::string("::::"), std::string("\"\"\"\""),
        std::string("order:\""), std::string("-"), std::string("-\""), std::string("belopp:-"),
        std::string("datum:.."), std::string("status:,,"), std::string("rad:rad:rad:x"),
        std::string("belopp:99999999999999999999999"), std::string("9999-99999999999999999999"),
        std::string(400, '"'), std::string(400, '-'), std::string(400, ':')})
    (void)readQuery(text, today);
  EXPECT_EQ(only("rad:rad:x").text, "rad:x");
  EXPECT_EQ(only("number:'; DROP TABLE entries; --").text, "';");
}

}  // namespace
}  // namespace postgang::insight
