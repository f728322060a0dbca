#include "app/demo/trades.h"

#include <cassert>

namespace postgang::app::demo {

namespace {

constexpr Article group_services[] = {
    {"K100", "Koncernservice, ekonomi", "MON", 1800000, 4200000, 1, 1},
    {"K110", "Lönehantering", "H87", 14500, 16500, 8, 64},
    {"K200", "IT-drift och arbetsplatser", "H87", 78000, 92000, 6, 40},
    {"K210", "Supportärenden", "HUR", 86000, 92000, 2, 24},
    {"K300", "Försäkringar, fördelad premie", "MON", 420000, 1450000, 1, 1},
};
constexpr Article building[] = {
    {"B100", "Snickeriarbete", "HUR", 58000, 69000, 4, 80},
    {"B110", "Arbetsledning", "HUR", 74000, 86000, 1, 12},
    {"B200", "Rivning och bortforsling", "HUR", 52000, 61000, 4, 32},
    {"B310", "Gipsskiva 13 mm", "H87", 11900, 14800, 10, 120},
    {"B320", "Regel 45 × 95 mm", "MTR", 2450, 3290, 20, 260},
    {"B330", "Isolering 95 mm", "MTK", 8900, 10900, 10, 90},
    {"B400", "Ställning, hyra", "DAY", 42000, 68000, 3, 21},
    {"B500", "Servicebil", "KMT", 4200, 4900, 12, 140},
};
constexpr Article energy[] = {
    {"E100", "Elhandel, rörligt pris", "KWH", 58, 149, 1200, 28000},
    {"E110", "Påslag", "KWH", 4, 8, 1200, 28000},
    {"E120", "Fast månadsavgift el", "MON", 4900, 12900, 1, 1},
    {"E200", "Fjärrvärme, energi", "MWH", 64000, 91000, 3, 60},
    {"E210", "Fjärrvärme, effektavgift", "MON", 120000, 480000, 1, 1},
};
constexpr Article freight[] = {
    {"F100", "Pallfrakt Nordhamn–Tallmo", "H87", 62000, 84000, 1, 14},
    {"F110", "Pallfrakt Nordhamn–Sundsholm", "H87", 78000, 99000, 1, 10},
    {"F200", "Styckegods, hel bil", "H87", 480000, 690000, 1, 3},
    {"F300", "Väntetid lossning", "HUR", 72000, 84000, 1, 4},
    {"F310", "Kylt gods, tillägg", "H87", 9500, 14500, 1, 12},
    {"F900", "Drivmedelstillägg", "H87", 4200, 18500, 1, 1},
};
constexpr Article property[] = {
    {"H100", "Hyra lokal", "MON", 1250000, 9800000, 1, 1},
    {"H110", "Värme och vatten", "MON", 140000, 860000, 1, 1},
    {"H200", "Parkeringsplats", "H87", 65000, 95000, 1, 12},
    {"H300", "Fastighetsskatt, andel", "MON", 32000, 210000, 1, 1},
    {"H400", "Snöröjning, andel", "MON", 12000, 64000, 1, 1},
};
constexpr Article food[] = {
    {"L100", "Mellanmjölk 1,5 l", "H87", 1390, 1690, 12, 120, Vat::food},
    {"L110", "Smör 500 g", "H87", 4490, 5690, 6, 60, Vat::food},
    {"L120", "Havredryck 1 l", "H87", 1490, 1890, 12, 96, Vat::food},
    {"L200", "Kaffe, hela bönor 1 kg", "H87", 12900, 16900, 2, 40, Vat::food},
    {"L310", "Äpplen, svenska", "KGM", 1890, 2690, 8, 60, Vat::food},
    {"L320", "Potatis, tvättad", "KGM", 890, 1390, 20, 160, Vat::food},
    {"L330", "Morötter", "KGM", 990, 1490, 10, 80, Vat::food},
    {"L400", "Lax, filé", "KGM", 21900, 28900, 4, 36, Vat::food},
    {"L500", "Pappersmuggar 1 000 st", "H87", 38500, 46900, 1, 6},
    {"L510", "Diskmedel storkök 5 l", "H87", 21500, 27900, 1, 8},
};
constexpr Article printing[] = {
    {"T100", "Broschyr A5, 16 sidor", "H87", 890, 1690, 200, 4000},
    {"T110", "Affisch 50 × 70 cm", "H87", 4900, 8900, 10, 120},
    {"T200", "Medlemstidning, tryck", "H87", 1290, 2190, 400, 3500, Vat::reduced6},
    {"T210", "Bok, häftad", "H87", 6900, 9900, 50, 600, Vat::reduced6},
    {"T300", "Originalarbete", "HUR", 86000, 99000, 1, 10},
    {"T400", "Skyltar, fasad", "H87", 185000, 640000, 1, 4},
};

constexpr Article cleaning[] = {
    {"S100", "Daglig lokalvård", "DAY", 98000, 148000, 4, 22},
    {"S120", "Storstädning", "HUR", 42000, 49000, 4, 18},
    {"S210", "Fönsterputs invändigt", "H87", 5900, 7400, 8, 64},
    {"S300", "Byte entrémattor", "H87", 10900, 12900, 2, 10},
    {"S310", "Förbrukningsmaterial hygien", "H87", 38900, 44900, 1, 6},
};
constexpr Article electrician[] = {
    {"EL10", "Elmontör", "HUR", 62000, 72000, 2, 40},
    {"EL20", "Belysningsarmatur LED", "H87", 64000, 118000, 2, 36},
    {"EL21", "Installationskabel 3G1,5", "MTR", 1290, 1890, 20, 300},
    {"EL30", "Elcentral, byte", "H87", 680000, 940000, 1, 2},
    {"EL90", "Servicebil", "H87", 49500, 59500, 1, 4},
};
constexpr Article plumbing[] = {
    {"R100", "Rörmontör", "HUR", 64000, 74000, 2, 30},
    {"R200", "Blandare kök", "H87", 189000, 289000, 1, 6},
    {"R210", "Radiator 600 × 1 000", "H87", 214000, 268000, 1, 10},
    {"R300", "Stamspolning", "HUR", 118000, 139000, 2, 8},
};
constexpr Article bakery[] = {
    {"BG10", "Surdegslimpa", "H87", 3900, 5200, 6, 60, Vat::food},
    {"BG11", "Frallor", "H87", 650, 890, 20, 240, Vat::food},
    {"BG20", "Smörgåstårta 20 personer", "H87", 128000, 164000, 1, 3, Vat::food},
    {"BG30", "Kanelbullar", "H87", 1450, 1950, 20, 160, Vat::food},
};
constexpr Article hotel[] = {
    {"HO10", "Enkelrum med frukost", "DAY", 98000, 142000, 1, 9, Vat::reduced12},
    {"HO20", "Konferenslunch", "H87", 14500, 18900, 4, 40, Vat::reduced12},
    {"HO30", "Konferenslokal heldag", "DAY", 420000, 680000, 1, 3},
    {"HO40", "Parkering", "DAY", 14500, 19500, 1, 8},
};
constexpr Article taxi[] = {
    {"TX10", "Taxiresa", "H87", 18500, 64000, 1, 18, Vat::reduced6},
    {"TX20", "Budkörning", "H87", 24500, 49500, 1, 10},
};
constexpr Article workshop[] = {
    {"V100", "Mekaniker", "HUR", 89000, 112000, 1, 14},
    {"V200", "Service lastbil", "H87", 480000, 780000, 1, 2},
    {"V210", "Däck 315/80 R22,5", "H87", 429000, 549000, 2, 8},
    {"V220", "Motorolja", "LTR", 8900, 11900, 8, 40},
};
constexpr Article software[] = {
    {"IT10", "Konsulttimmar utveckling", "HUR", 98000, 132000, 8, 120},
    {"IT20", "Licens affärssystem", "H87", 38500, 49500, 5, 45},
    {"IT30", "Säkerhetskopiering", "MON", 129000, 319000, 1, 1},
    {"IT40", "Bärbar dator 14 tum", "H87", 1149000, 1690000, 1, 6},
};
constexpr Article office[] = {
    {"KO10", "Kopieringspapper A4, kartong", "H87", 28900, 36900, 2, 20},
    {"KO20", "Pärmar A4", "H87", 2490, 3490, 10, 50},
    {"KO30", "Skrivbordsstol", "H87", 349000, 529000, 1, 8},
    {"KO40", "Kaffe, bryggmalet 500 g", "H87", 5900, 7900, 6, 40, Vat::food},
};
constexpr Article security[] = {
    {"LA10", "Larmövervakning", "MON", 89000, 249000, 1, 1},
    {"LA20", "Rondering", "H87", 19500, 24500, 8, 31},
    {"LA30", "Utryckning", "H87", 129000, 169000, 1, 4},
};
constexpr Article architects[] = {
    {"AR10", "Arkitekt, projektering", "HUR", 112000, 138000, 6, 90},
    {"AR20", "Bygglovshandlingar", "H87", 1450000, 2400000, 1, 1},
    {"AR30", "Visualisering", "H87", 480000, 780000, 1, 3},
};
constexpr Article telephony[] = {
    {"TE10", "Mobilabonnemang", "H87", 19900, 34900, 4, 60},
    {"TE20", "Fiber 1 000 Mbit/s", "MON", 149000, 249000, 1, 3},
    {"TE30", "Samtal utanför paket", "H87", 2900, 48900, 1, 1},
};
constexpr Article waste[] = {
    {"AV10", "Tömning container brännbart", "H87", 148000, 198000, 1, 8},
    {"AV20", "Brännbart avfall", "TNE", 98000, 134000, 1, 12},
    {"AV30", "Hyra container", "MON", 64000, 94000, 1, 3},
    {"AV40", "Well och papper", "TNE", 12000, 24000, 1, 6},
};
constexpr Article staffing[] = {
    {"BE10", "Lagerpersonal", "HUR", 39500, 44900, 16, 168},
    {"BE20", "Ekonomiassistent", "HUR", 46500, 54900, 8, 160},
    {"BE30", "Chaufför C", "HUR", 44900, 51900, 8, 120},
};
constexpr Article garden[] = {
    {"TR10", "Gräsklippning", "HUR", 44900, 52900, 2, 24},
    {"TR20", "Beskärning", "HUR", 49900, 58900, 2, 16},
    {"TR30", "Perenner", "H87", 4900, 8900, 10, 80},
};
constexpr Article accounting[] = {
    {"RE10", "Löpande bokföring", "HUR", 89000, 109000, 4, 26},
    {"RE20", "Årsbokslut", "HUR", 112000, 134000, 6, 30},
    {"RE30", "Deklaration", "H87", 480000, 860000, 1, 1},
};
constexpr Article painting[] = {
    {"MA10", "Målare", "HUR", 52000, 61000, 8, 64},
    {"MA20", "Väggfärg", "LTR", 12900, 18900, 10, 80},
    {"MA30", "Tapetsering", "MTK", 18900, 24900, 10, 90},
};
constexpr Article metal[] = {
    {"PL10", "Takplåt", "MTK", 24900, 34900, 20, 220},
    {"PL20", "Plåtslagare", "HUR", 62000, 71000, 6, 60},
    {"PL30", "Stuprör", "MTR", 14900, 21900, 4, 40},
};

constexpr Article home_rent[] = {
    {"BO10", "Hyra bostad", "MON", 680000, 1180000, 1, 1, Vat::exempt},
    {"BO20", "Förråd", "MON", 24000, 42000, 1, 1, Vat::exempt},
};
constexpr Article home_power[] = {
    {"E100", "Elhandel, rörligt pris", "KWH", 58, 149, 180, 1900},
    {"E120", "Fast månadsavgift el", "MON", 3900, 5900, 1, 1},
};

constexpr Trade all_trades[] = {
    {"", "Koncernservice", group_services},
    {"Bygg", "Ombyggnad och underhåll", building, Season::summer},
    {"Energi", "El och fjärrvärme", energy, Season::winter},
    {"Frakt", "Gods till och från hamnen", freight, Season::christmas},
    {"Fastigheter", "Lokaler i hamnen", property},
    {"Livs", "Grossist för kök och butik", food, Season::christmas},
    {"Tryck", "Trycksaker och skyltar", printing},
    {"Städ", "Lokalvård", cleaning},
    {"El", "Elinstallation", electrician},
    {"Rör", "Värme och sanitet", plumbing},
    {"Bageri", "Bröd varje morgon", bakery, Season::christmas},
    {"Hotell", "Rum och konferens", hotel, Season::summer},
    {"Taxi", "Resor och bud", taxi},
    {"Verkstad", "Tunga fordon", workshop},
    {"Data", "System och drift", software},
    {"Kontor", "Allt till kontoret", office},
    {"Larm", "Bevakning", security},
    {"Arkitekter", "Hus och rum", architects},
    {"Tele", "Telefoni och fiber", telephony},
    {"Återvinning", "Avfall och container", waste},
    {"Bemanning", "Personal", staffing, Season::summer},
    {"Trädgård", "Grönyteskötsel", garden, Season::summer},
    {"Redovisning", "Bokföring och lön", accounting},
    {"Måleri", "Måleri inne och ute", painting, Season::summer},
    {"Plåt", "Tak och fasad", metal, Season::summer},
};

constexpr Trade homes{"", "", home_rent};
constexpr Trade households{"", "", home_power, Season::winter};

}  // namespace

int vatPercent(Vat vat, Date date) {
  switch (vat) {
    case Vat::standard:
      return 25;
    case Vat::food:
      return date >= Date::of(2026, 4, 1) && date <= Date::of(2027, 12, 31) ? 6 : 12;
    case Vat::reduced12:
      return 12;
    case Vat::reduced6:
      return 6;
    case Vat::exempt:
    case Vat::interest:
    case Vat::reverseCharge:
      return 0;
  }
  assert(false);
  return 25;
}

std::span<const Trade> trades() {
  return all_trades;
}

const Trade& householdTrade(int which) {
  return which == 0 ? homes : households;
}

int seasonPerMille(Season season, int month) {
  static constexpr int winter[] = {1700, 1600, 1350, 1000, 700, 500, 450, 500, 700, 1000, 1300, 1600};
  static constexpr int summer[] = {600, 650, 800, 1000, 1250, 1400, 1100, 1400, 1250, 1050, 850, 650};
  static constexpr int christmas[] = {800, 850, 900, 1000, 950, 950, 800, 900, 950, 1050, 1300, 1550};
  const auto at = static_cast<std::size_t>(month - 1);
  switch (season) {
    case Season::even:
      return 1000;
    case Season::winter:
      return winter[at];
    case Season::summer:
      return summer[at];
    case Season::christmas:
      return christmas[at];
  }
  return 1000;
}

std::string_view exemptionReason(Vat vat) {
  if (vat == Vat::reverseCharge) return "Omvänd betalningsskyldighet, byggtjänster";
  if (vat == Vat::interest) return "Undantaget från moms: ränta";
  if (vat == Vat::exempt) return "Undantaget från moms: upplåtelse av bostad";
  return {};
}

}  // namespace postgang::app::demo
