#include "tests/render/samples.h"

#include <array>
#include <vector>

#include "document/identifiers.h"

namespace postgang::render::samples {
namespace {

struct Ware {
  const char* article;
  const char* name;
  const char* unit;
  int price;  // öre
  int rate;
};
constexpr std::array<Ware, 8> wares = {{{"L100", "Lokalvård plan 1–4", "DAY", 148000, 25},
                                        {"L120", "Storstädning av entré och trapphus", "HUR", 46500, 25},
                                        {"L210", "Fönsterputs invändigt", "EA", 6450, 25},
                                        {"F100", "Fruktkorg, stor", "EA", 28600, 6},
                                        {"F210", "Kaffe, hela bönor 1 kg", "PK", 14850, 6},
                                        {"K100", "Frukost till konferens", "IE", 8900, 12},
                                        {"R100", "Reception vardagar 07–17", "HUR", 31800, 25},
                                        {"V100", "Växtskötsel plan 1–4", "MON", 189000, 25}}};

std::string kronor(long long ore) {
  const std::string digits = std::to_string(ore < 0 ? -ore : ore);
  const std::string padded = digits.size() < 3 ? std::string(3 - digits.size(), '0') + digits : digits;
  return (ore < 0 ? "-" : "") + padded.substr(0, padded.size() - 2) + "." + padded.substr(padded.size() - 2);
}

void addSeller(Builder& b) {
  b.begin(Group::BG_4);
  b.add(Term::BT_27, "Nordhamn Service AB");
  b.add(Term::BT_30, "559990-0122", "0007");
  b.add(Term::BT_31, "SE559990012201");
  b.add(Term::BT_32, "Godkänd för F-skatt");
  b.add(Term::BT_33, "Säte: Nordhamn");
  b.begin(Group::BG_5);
  b.add(Term::BT_35, "Box 1120");
  b.add(Term::BT_37, "Nordhamn");
  b.add(Term::BT_38, "85111");
  b.add(Term::BT_40, "SE");
  b.end();
  b.begin(Group::BG_6);
  b.add(Term::BT_41, "Filip Ek");
  b.add(Term::BT_42, "060-555 01 20");
  b.add(Term::BT_43, "faktura@nordhamn.example");
  b.end();
  b.end();
}

void addBuyer(Builder& b, const InvoiceSketch& s) {
  b.begin(Group::BG_7);
  b.add(Term::BT_44, s.buyerName);
  b.add(Term::BT_46, "34052");
  if (!s.buyerNumber.empty()) b.add(Term::BT_47, s.buyerNumber, "0007");
  b.begin(Group::BG_8);
  b.add(Term::BT_50, "Storgatan 14");
  b.add(Term::BT_52, "Fjällvik");
  b.add(Term::BT_53, "852 30");
  b.add(Term::BT_55, "SE");
  b.end();
  b.begin(Group::BG_9);
  b.add(Term::BT_56, "Leverantörsreskontra");
  b.end();
  b.end();
}

void addAccount(Builder& b, const InvoiceSketch& s, const std::string& number, const std::string& branch) {
  b.begin(Group::BG_16);
  b.add(Term::BT_81, s.meansCode);
  if (!s.ocr.empty()) b.add(Term::BT_83, s.ocr);
  b.begin(Group::BG_17);
  b.add(Term::BT_84, number);
  b.add(Term::BT_86, branch);
  b.end();
  if (s.meansCode == "49") {
    b.begin(Group::BG_19);
    b.add(Term::BT_89, "20117");
    b.add(Term::BT_91, "81129834471");
    b.end();
  }
  b.end();
}

void addLine(Builder& b, const InvoiceSketch& s, std::size_t i, const Ware& ware, int quantity) {
  b.begin(Group::BG_25);
  b.add(Term::BT_126, std::to_string(i + 1));
  if (i % 6 == 5) b.add(Term::BT_127, "Utfört enligt beställning, vecka " + std::to_string(40 + i % 12));
  b.add(Term::BT_129, std::to_string(quantity), ware.unit);
  b.add(Term::BT_130, ware.unit);
  b.add(Term::BT_131, kronor(static_cast<long long>(ware.price) * quantity), s.currency);
  if (s.moreOnLine) s.moreOnLine(b, i);
  b.begin(Group::BG_29);
  b.add(Term::BT_146, kronor(ware.price), s.currency);
  b.end();
  b.begin(Group::BG_30);
  b.add(Term::BT_151, "S");
  b.add(Term::BT_152, std::to_string(ware.rate));
  b.end();
  b.begin(Group::BG_31);
  b.add(Term::BT_153, std::string(ware.name) + ", rad " + std::to_string(i + 1));
  b.add(Term::BT_155, ware.article);
  b.end();
  b.end();
}

void addTotals(Builder& b, const InvoiceSketch& s, const std::array<long long, 26>& bases) {
  long long base = 0, vat = 0;
  for (std::size_t rate = 0; rate < bases.size(); ++rate) {
    base += bases[rate];
    vat += bases[rate] * static_cast<long long>(rate) / 100;
  }
  const long long paid = s.paid.empty() ? 0 : std::stoll(s.paid) * 100;
  b.begin(Group::BG_22);
  b.add(Term::BT_106, kronor(base), s.currency);
  b.add(Term::BT_109, kronor(base), s.currency);
  b.add(Term::BT_110, kronor(vat), s.currency);
  b.add(Term::BT_112, kronor(base + vat), s.currency);
  if (paid != 0) b.add(Term::BT_113, kronor(paid), s.currency);
  b.add(Term::BT_115, kronor(base + vat - paid), s.currency);
  b.end();
  for (std::size_t rate = 0; rate < bases.size(); ++rate) {
    if (bases[rate] == 0) continue;
    b.begin(Group::BG_23);
    b.add(Term::BT_116, kronor(bases[rate]), s.currency);
    b.add(Term::BT_117, kronor(bases[rate] * static_cast<long long>(rate) / 100), s.currency);
    b.add(Term::BT_118, "S");
    b.add(Term::BT_119, std::to_string(rate));
    b.end();
  }
}

}  // namespace

BusinessDocument invoice(const InvoiceSketch& s) {
  Builder b(s.kind);
  b.add(Term::BT_1, s.number);
  b.add(Term::BT_2, "2026-10-31");
  b.add(Term::BT_3, s.typeCode);
  b.add(Term::BT_5, s.currency);
  if (!s.due.empty()) b.add(Term::BT_9, s.due);
  b.add(Term::BT_10, "Sara Lind");
  b.add(Term::BT_12, "321/123");
  b.add(Term::BT_13, "45123456");
  b.add(Term::BT_20, "30 dagar netto");
  if (!s.precedingInvoice.empty()) {
    b.begin(Group::BG_3);
    b.add(Term::BT_25, s.precedingInvoice);
    b.add(Term::BT_26, "2026-09-30");
    b.end();
  }
  addSeller(b);
  addBuyer(b, s);
  if (!s.payee.empty()) {
    b.begin(Group::BG_10);
    b.add(Term::BT_59, s.payee);
    b.end();
  }
  b.begin(Group::BG_13);
  b.begin(Group::BG_14);
  b.add(Term::BT_73, "2026-10-01");
  b.add(Term::BT_74, "2026-10-31");
  b.end();
  b.begin(Group::BG_15);
  b.add(Term::BT_75, "Kajgatan 3");
  b.add(Term::BT_77, "Fjällvik");
  b.add(Term::BT_80, "SE");
  b.end();
  b.end();
  if (!s.bankgiro.empty()) addAccount(b, s, s.bankgiro, "SE:BANKGIRO");
  if (!s.iban.empty()) addAccount(b, s, s.iban, s.bic);
  std::array<long long, 26> bases{};
  std::vector<std::pair<const Ware*, int>> chosen;
  for (std::size_t i = 0; i < s.lines; ++i) {
    const Ware& ware = wares[(i * 5 + static_cast<std::size_t>(s.seed)) % wares.size()];
    const int quantity = 1 + static_cast<int>((i * 7 + static_cast<std::size_t>(s.seed) * 3) % 40);
    bases[static_cast<std::size_t>(ware.rate)] += static_cast<long long>(ware.price) * quantity;
    chosen.emplace_back(&ware, quantity);
  }
  addTotals(b, s, bases);
  if (s.more) s.more(b);
  for (std::size_t i = 0; i < s.lines; ++i) addLine(b, s, i, *chosen[i].first, chosen[i].second);
  return std::move(b).build();
}

Design design() {
  auto design = designFromJson(R"({
    "accent": "#1d5c42",
    "brand": {"name": "Nordhamn", "line": "Service"},
    "texts": {"sv": {"payment": "Invändningar mot fakturan lämnas inom 10 dagar."}}
  })");
  return design.value();
}

}  // namespace postgang::render::samples
