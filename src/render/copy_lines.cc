// References, notes and the table of lines.
#include "render/figures.h"
#include "render/reading.h"
#include "render/type.h"

namespace postgang::render {
namespace {

using document::Kind;

constexpr std::size_t terms_in_grid_points_max = 45;  // longer payment terms stand with the payment facts
constexpr std::size_t attributes_max = 40;
constexpr std::string_view fact_separator = " · ";

class References {
 public:
  explicit References(const Reading& reading, Copy& copy) : r_(reading), copy_(copy) {}
  void add(std::string_view key, std::string value, std::vector<Term> terms, std::size_t ordinal = 1) {
    if (!value.empty())
      copy_.references.push_back({r_.say(key), std::move(value), std::move(terms), ordinal});
  }
  void add(std::string_view key, Term term) { add(key, r_.text(r_.root, term), {term}); }

 private:
  const Reading& r_;
  Copy& copy_;
};

std::string deliveryAddress(const Reading& r, GroupView delivery) {
  const GroupView group = delivery.group(Group::BG_15);
  document::PostalAddress address;
  for (const Term term : {Term::BT_75, Term::BT_76, Term::BT_165})
    if (auto line = r.text(group, term); !line.empty()) address.lines.push_back(std::move(line));
  address.postCode = r.text(group, Term::BT_78);
  address.city = r.text(group, Term::BT_77);
  address.country = r.text(group, Term::BT_80);
  if (address.empty() && address.country == r.seller.address.country) address.country.clear();
  std::vector<std::string> parts = addressLines(r, address);
  if (auto name = r.text(delivery, Term::BT_70); !name.empty()) parts.insert(parts.begin(), std::move(name));
  return joined(parts, ", ");
}

// The buyer's organisation number as Swedes write it, whatever its check digit; another country's as it
// stands.
std::string buyersNumber(const Reading& r) {
  if (r.design.hides(Term::BT_47)) return "";
  if (r.buyer.isPerson) return printable(r.buyer.maskedNumber);
  const std::string plain = digitsOf(r.buyer.legalNumber);
  return plain.size() == 10 && r.buyer.address.country == "SE"
             ? document::shownOrganisationNumber(plain)
             : truncated(printable(r.buyer.legalNumber), 60);
}

std::string buyersGln(const Reading& r) {
  const GroupView buyer = r.root.group(Group::BG_7);
  return buyer && buyer.qualifier(Term::BT_46) == "0088" ? truncated(r.text(buyer, Term::BT_46), 40) : "";
}

void writeOtherReferences(const Reading& r, References& references) {
  references.add("reference.project", Term::BT_11);
  references.add("reference.ourOrder", Term::BT_14);
  references.add("reference.despatchAdvice", Term::BT_16);
  references.add("reference.receivingAdvice", Term::BT_15);
  references.add("reference.tender", Term::BT_17);
  references.add("reference.object", Term::BT_18);
  references.add("reference.accounting", Term::BT_19);
  references.add("reference.vatDate", r.date(r.root, Term::BT_7), {Term::BT_7});
  references.add("reference.yourNumber", buyersNumber(r), {Term::BT_47});
  references.add("reference.yourVat", truncated(printable(r.buyer.vatNumber), 60), {Term::BT_48});
  references.add("reference.yourGln", buyersGln(r), {Term::BT_46});
}

// Invoices that this one is about; on a credit note the first stands in the amount block.
void writePreceding(const Reading& r, References& references) {
  if (r.kind == Kind::reminder || (r.kind == Kind::invoice && r.document.text(Term::BT_3) == "384")) return;
  const auto preceding = r.root.groups(Group::BG_3);
  for (std::size_t i = r.ask == Ask::refund ? 1 : 0; i < preceding.size() && i < 12; ++i) {
    const std::string number = r.text(preceding[i], Term::BT_25), on = r.date(preceding[i], Term::BT_26);
    references.add(r.ask == Ask::refund ? "pay.credits" : "reference.concerns",
                   on.empty() || number.empty() ? number : number + ", " + on, {Term::BT_25, Term::BT_26},
                   i + 1);
  }
}

std::string heads(const Reading& r, const char* key) {
  std::string head = r.say(key, {{"currency", r.currency}});
  return std::string(trimmed(head));
}

std::string quantityWithUnit(const Reading& r, GroupView price) {
  const std::string unit =
      r.unit(price.text(Term::BT_150).empty() ? price.qualifier(Term::BT_149) : price.text(Term::BT_150));
  const std::string quantity = r.price(price, Term::BT_149);
  const auto number = price.decimal(Term::BT_149);
  const std::string shown = number ? shownQuantity(*number, r.language) : quantity;
  return unit.empty() ? shown : shown + "\u00A0" + unit;
}

// "Mängdrabatt −837,60 (10 % på 8 376,00)"
std::string adjustment(const Reading& r, GroupView group, bool charge) {
  const Term amount = charge ? Term::BT_141 : Term::BT_136, base = charge ? Term::BT_142 : Term::BT_137,
             percent = charge ? Term::BT_143 : Term::BT_138, reason = charge ? Term::BT_144 : Term::BT_139;
  std::string line = r.text(group, reason);
  if (line.empty()) line = r.say(charge ? "line.charge" : "line.allowance");
  if (const auto value = r.decimal(group, amount))
    line += " " + shownAmount(charge ? *value : value->negated(), r.language);
  else if (auto raw = r.amount(group, amount); !raw.empty())
    line += " " + raw;
  const std::string share = r.percent(group, percent), of = r.amount(group, base);
  if (!share.empty() && !of.empty())
    line += " (" + r.say("line.percentOf", {{"percent", share}, {"base", of}}) + ")";
  else if (!share.empty())
    line += " (" + share + ")";
  return line;
}

void addPriceNotes(const Reading& r, GroupView price, std::vector<std::string>& under) {
  const auto base = price ? price.decimal(Term::BT_149) : std::nullopt;
  if (base && *base != Decimal(1))
    under.push_back(r.say("line.pricePer", {{"quantity", quantityWithUnit(r, price)}}));
  const auto discount = price ? price.decimal(Term::BT_147) : std::nullopt;
  if (!discount || discount->isZero()) return;
  std::string line;
  if (const auto before = r.price(price, Term::BT_148); !before.empty())
    line = r.say("line.priceBefore", {{"price", before}}) + ", ";
  under.push_back(line + r.say("line.priceDiscount", {{"discount", r.price(price, Term::BT_147)}}));
}

// What identifies a line and its item, in one run of text: each alone would make every line many rows tall.
std::string identifications(const Reading& r, GroupView line, GroupView item) {
  std::vector<std::string> facts;
  const auto add = [&](const char* key, const char* name, const std::string& value) {
    if (!value.empty()) facts.push_back(r.say(key, {{name, value}}));
  };
  add("line.period", "period", r.period(line.group(Group::BG_26), Term::BT_134, Term::BT_135));
  add("line.orderLine", "line", r.text(line, Term::BT_132));
  add("line.object", "object", r.text(line, Term::BT_128));
  add("line.accounting", "accounting", r.text(line, Term::BT_133));
  if (!item) return joined(facts, fact_separator);
  add("line.buyersArticle", "article", r.text(item, Term::BT_156));
  add(item.qualifier(Term::BT_157) == "0160" ? "line.gtin" : "line.standardArticle", "article",
      r.text(item, Term::BT_157));
  if (!r.design.hides(Term::BT_158)) {
    std::vector<std::string> codes;
    for (const auto& value : item.all(Term::BT_158))
      if (codes.size() < attributes_max) codes.push_back(truncated(printable(value.text), 60));
    add("line.classification", "code", joined(codes, ", "));
  }
  add("line.origin", "country", r.country(r.text(item, Term::BT_159)));
  return joined(facts, fact_separator);
}

std::string attributes(const Reading& r, GroupView item) {
  std::vector<std::string> facts;
  if (!item || r.design.hides(Term::BT_160)) return "";
  for (const GroupView attribute : item.groups(Group::BG_32)) {
    if (facts.size() == attributes_max) break;
    const std::string name = r.text(attribute, Term::BT_160), value = r.text(attribute, Term::BT_161);
    if (!name.empty() || !value.empty())
      facts.push_back(name.empty() || value.empty()
                          ? name + value
                          : r.say("line.attribute", {{"name", name}, {"value", value}}));
  }
  return joined(facts, fact_separator);
}

TableRow rowOf(const Reading& r, GroupView line) {
  const GroupView item = line.group(Group::BG_31), price = line.group(Group::BG_29),
                  vat = line.group(Group::BG_30);
  TableRow row;
  row.article = r.text(item, Term::BT_155);
  row.name = r.text(item, Term::BT_153);
  row.quantity = r.quantity(line, Term::BT_129);
  row.unit = r.unit(line.text(Term::BT_130).empty() ? line.qualifier(Term::BT_129) : line.text(Term::BT_130));
  row.price = r.price(price, Term::BT_146);
  row.vat = vat ? r.vatRate(vat.text(Term::BT_151), vat, Term::BT_152) : "";
  row.amount = r.amount(line, Term::BT_131);
  row.net = r.decimal(line, Term::BT_131);
  if (auto text = r.text(item, Term::BT_154); !text.empty() && text != row.name)
    row.under.push_back(std::move(text));
  if (auto text = r.text(line, Term::BT_127); !text.empty()) row.under.push_back(std::move(text));
  row.under.push_back(identifications(r, line, item));
  row.under.push_back(attributes(r, item));
  addPriceNotes(r, price, row.under);
  for (const GroupView group : line.groups(Group::BG_27)) row.under.push_back(adjustment(r, group, false));
  for (const GroupView group : line.groups(Group::BG_28)) row.under.push_back(adjustment(r, group, true));
  std::erase(row.under, "");
  return row;
}

// An allowance or charge on the whole document is a row after the lines, so that the carried total ends in
// the sum.
TableRow documentRow(const Reading& r, GroupView group, bool charge) {
  const Term amount = charge ? Term::BT_99 : Term::BT_92, base = charge ? Term::BT_100 : Term::BT_93,
             percent = charge ? Term::BT_101 : Term::BT_94, category = charge ? Term::BT_102 : Term::BT_95,
             rate = charge ? Term::BT_103 : Term::BT_96, reason = charge ? Term::BT_104 : Term::BT_97;
  TableRow row;
  row.name = r.text(group, reason);
  if (row.name.empty()) row.name = r.say(charge ? "line.charge" : "line.allowance");
  row.vat = r.vatRate(group.text(category), group, rate);
  if (const auto value = r.decimal(group, amount)) row.net = charge ? *value : value->negated();
  row.amount = row.net ? shownAmount(*row.net, r.language) : r.amount(group, amount);
  const std::string share = r.percent(group, percent), of = r.amount(group, base);
  if (!share.empty() && !of.empty())
    row.under.push_back(r.say("line.percentOf", {{"percent", share}, {"base", of}}));
  return row;
}

}  // namespace

void writeReferences(const Reading& r, Copy& copy) {
  References references(r, copy);
  const GroupView delivery = r.root.group(Group::BG_13);
  references.add("reference.yourReference", Term::BT_10);
  references.add("reference.yourOrder", Term::BT_13);
  references.add("reference.ourReference", r.text(r.root.group(Group::BG_4).group(Group::BG_6), Term::BT_41),
                 {Term::BT_41});
  references.add("reference.contract", Term::BT_12);
  const std::string contact = truncated(printable(r.buyer.contact), 200);
  if (std::find(copy.address.begin(), copy.address.end(), contact) == copy.address.end())
    references.add("reference.yourContact", contact, {Term::BT_56});
  writePreceding(r, references);
  references.add(
      "reference.deliveryAddress", deliveryAddress(r, delivery),
      {Term::BT_70, Term::BT_75, Term::BT_76, Term::BT_165, Term::BT_77, Term::BT_78, Term::BT_80});
  references.add("reference.deliveryPlace", r.text(delivery, Term::BT_71), {Term::BT_71});
  references.add("reference.deliveryDate", r.date(delivery, Term::BT_72), {Term::BT_72});
  references.add("reference.period", r.period(delivery.group(Group::BG_14), Term::BT_73, Term::BT_74),
                 {Term::BT_73, Term::BT_74});
  const std::string terms = r.text(r.root, Term::BT_20);
  if (r.ask != Ask::refund && codePoints(terms) <= terms_in_grid_points_max)
    references.add("reference.terms", terms, {Term::BT_20});
  writeOtherReferences(r, references);
  for (const GroupView note : r.root.groups(Group::BG_1))
    if (auto text = r.text(note, Term::BT_22); !text.empty()) copy.notes.push_back(std::move(text));
}

void writeTable(const Reading& r, Copy& copy) {
  Table& table = copy.table;
  const auto lines = r.root.groups(Group::BG_25);
  table.rows.reserve(lines.size() + 4);
  for (const GroupView line : lines) table.rows.push_back(rowOf(r, line));
  const auto allowances = r.root.groups(Group::BG_20), charges = r.root.groups(Group::BG_21);
  if (!allowances.empty() || !charges.empty()) {
    TableRow heading;
    heading.heading = true;
    heading.name = r.say("line.allowancesAndCharges");
    table.rows.push_back(std::move(heading));
  }
  for (const GroupView allowance : allowances) table.rows.push_back(documentRow(r, allowance, false));
  for (const GroupView charge : charges) table.rows.push_back(documentRow(r, charge, true));
  for (const TableRow& row : table.rows) {
    table.hasArticles = table.hasArticles || !row.article.empty();
    table.hasUnits = table.hasUnits || !row.unit.empty();
    table.hasVat = table.hasVat || !row.vat.empty();
  }
  table.article = r.say("line.article");
  table.name = r.say("line.name");
  table.quantity = r.say("line.quantity");
  table.unit = r.say("line.unit");
  table.price = r.say("line.price");
  table.vat = r.say("line.vat");
  table.amount = heads(r, r.credit ? "line.credit" : "line.amount");
}

}  // namespace postgang::render
