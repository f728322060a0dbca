#include "app/demo/paper.h"

#include "base/bytes.h"
#include "base/text.h"
#include "document/identifiers.h"
#include "formats/format.h"

namespace postgang::app::demo {

using document::Builder;
using document::Group;
using document::Term;

namespace {

std::string amount(std::int64_t ore) {
  return Decimal::fromScaled(ore, 2).text();
}

std::string_view categoryOf(Vat vat) {
  if (vat == Vat::exempt || vat == Vat::interest) return "E";
  if (vat == Vat::reverseCharge) return "AE";
  return "S";
}

std::string shownQuarter(const Paper& paper) {
  return paper.from.text() + "/" + paper.until.text();
}

class Writer {
 public:
  Writer(const Paper& paper, Mistake mistake, const Company* other)
      : paper_(paper),
        mistake_(mistake),
        seller_(mistake == Mistake::seller_wrong && other ? *other : *paper.seller),
        sums_(reckon(paper)),
        out_(paper.creditNote ? document::Kind::credit_note : document::Kind::invoice) {}

  document::BusinessDocument write() && {
    header();
    seller();
    buyer();
    period();
    payment();
    totals();
    attachment();
    int index = 0;
    for (const auto& line : paper_.lines) writeLine(line, ++index);
    return std::move(out_).build();
  }

 private:
  void add(Term term, std::string_view text, std::string_view qualifier = {}, std::string_view version = {}) {
    if (!text.empty()) out_.add(term, text, qualifier, version);
  }
  void addAmount(Term term, std::int64_t ore) { out_.add(term, amount(ore), "SEK"); }

  void header() {
    if (mistake_ != Mistake::number_missing) add(Term::BT_1, paper_.number);
    add(Term::BT_2, paper_.issued.text());
    add(Term::BT_3, paper_.creditNote ? "381" : "380");
    add(Term::BT_5, "SEK");
    if (!paper_.creditNote) add(Term::BT_9, paper_.due.text());
    add(Term::BT_10, paper_.reference);
    add(Term::BT_12, paper_.relation->contract);
    add(Term::BT_13, paper_.orderNumber);
    add(Term::BT_19, paper_.costCentre);
    if (!paper_.creditNote) add(Term::BT_20, std::to_string(paper_.relation->terms_days) + " dagar netto");
    note();
    out_.begin(Group::BG_2);
    add(Term::BT_23, "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0");
    add(Term::BT_24, "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0");
    out_.end();
    if (paper_.precedingNumber.empty()) return;
    out_.begin(Group::BG_3);
    add(Term::BT_25, paper_.precedingNumber);
    if (paper_.precedingDate) add(Term::BT_26, paper_.precedingDate->text());
    out_.end();
  }

  void note() {
    if (paper_.note.empty()) return;
    out_.begin(Group::BG_1);
    add(Term::BT_22, paper_.note);
    out_.end();
  }

  void seller() {
    out_.begin(Group::BG_4);
    add(Term::BT_27, seller_.name);
    add(Term::BT_30, seller_.organisationNumber, "0007");
    add(Term::BT_31, vatNumberOf(seller_.organisationNumber));
    add(Term::BT_32, "Godkänd för F-skatt", "TAX");
    add(Term::BT_33, "Säte: " + seller_.address.city);
    add(Term::BT_34, seller_.organisationNumber, "0007");
    out_.begin(Group::BG_5);
    add(Term::BT_35, seller_.address.street);
    add(Term::BT_37, seller_.address.city);
    add(Term::BT_38, seller_.address.postCode);
    add(Term::BT_40, "SE");
    out_.end();
    out_.begin(Group::BG_6);
    add(Term::BT_41, seller_.seller.name);
    add(Term::BT_42, seller_.seller.telephone);
    add(Term::BT_43, seller_.seller.email);
    out_.end();
    out_.end();
  }

  void buyer() {
    out_.begin(Group::BG_7);
    const auto* company = paper_.buyer;
    add(Term::BT_44, company ? company->name : paper_.household->name);
    add(Term::BT_46, paper_.relation->customerNumber);
    if (company) {
      add(Term::BT_47, company->organisationNumber, "0007");
      add(Term::BT_48, vatNumberOf(company->organisationNumber));
      add(Term::BT_49, company->organisationNumber, "0007");
    }
    const auto& address = company ? company->address : paper_.household->address;
    out_.begin(Group::BG_8);
    add(Term::BT_50, address.street);
    add(Term::BT_52, address.city);
    add(Term::BT_53, address.postCode);
    add(Term::BT_55, "SE");
    out_.end();
    if (company) {
      out_.begin(Group::BG_9);
      add(Term::BT_56, company->reader.name);
      add(Term::BT_58, company->reader.email);
      out_.end();
    } else if (!paper_.household->email.empty()) {
      out_.begin(Group::BG_9);
      add(Term::BT_58, paper_.household->email);
      out_.end();
    }
    out_.end();
  }

  void period() {
    out_.begin(Group::BG_13);
    out_.begin(Group::BG_14);
    add(Term::BT_73, paper_.from.text());
    add(Term::BT_74, paper_.until.text());
    out_.end();
    out_.end();
  }

  void payment() {
    if (paper_.creditNote) return;
    out_.begin(Group::BG_16);
    add(Term::BT_81, "30");
    add(Term::BT_83, ocr(paper_.relation->customerNumber + paper_.number));
    out_.begin(Group::BG_17);
    add(Term::BT_84, paper_.bankgiro.empty() ? seller_.bankgiro : paper_.bankgiro);
    add(Term::BT_86, "SE:BANKGIRO");
    out_.end();
    out_.end();
  }

  void totals() {
    const std::int64_t off_ore = mistake_ == Mistake::totals_off ? 10000 : 0;
    out_.begin(Group::BG_22);
    addAmount(Term::BT_106, sums_.lines_ore);
    addAmount(Term::BT_109, sums_.lines_ore);
    addAmount(Term::BT_110, sums_.vat_ore);
    addAmount(Term::BT_112, sums_.total_ore + off_ore);
    if (sums_.rounding_ore != 0) addAmount(Term::BT_114, sums_.rounding_ore);
    addAmount(Term::BT_115, sums_.payable_ore + off_ore);
    out_.end();
    for (const auto& rate : sums_.rates) {
      out_.begin(Group::BG_23);
      addAmount(Term::BT_116, rate.taxable_ore);
      addAmount(Term::BT_117, rate.vat_ore);
      add(Term::BT_118, categoryOf(rate.vat));
      add(Term::BT_119, std::to_string(rate.percent));
      add(Term::BT_120, exemptionReason(rate.vat));
      out_.end();
    }
  }

  void attachment() {
    if (paper_.attachment)
      attach("Bilaga 1", *paper_.attachment, "bilaga-" + paper_.number + ".pdf",
             smallPdf({*paper_.attachment, paper_.seller->name, "Faktura " + paper_.number,
                       shownQuarter(paper_)}));
    if (paper_.terms)
      attach("Villkor", "Allmänna villkor", "villkor-" + std::to_string(paper_.issued.year()) + ".pdf",
             smallPdf({"Allmänna villkor", paper_.seller->name, "Gäller från 1 januari"}));
  }

  void attach(std::string_view reference, std::string_view title, const std::string& file,
              const std::string& pdf) {
    out_.begin(Group::BG_24);
    add(Term::BT_122, reference);
    add(Term::BT_123, title);
    add(Term::BT_125, base64(pdf), "application/pdf", file);
    out_.end();
  }

  void writeLine(const Line& line, int index) {
    out_.begin(Group::BG_25);
    add(Term::BT_126, std::to_string(index));
    add(Term::BT_129, std::to_string(line.quantity));
    add(Term::BT_130, line.article ? line.article->unit : "H87");
    addAmount(Term::BT_131, line.net_ore());
    out_.begin(Group::BG_29);
    addAmount(Term::BT_146, line.price_ore);
    out_.end();
    out_.begin(Group::BG_30);
    add(Term::BT_151, categoryOf(line.vat));
    add(Term::BT_152, std::to_string(vatPercent(line.vat, paper_.issued)));
    out_.end();
    out_.begin(Group::BG_31);
    add(Term::BT_153, line.name.empty() && line.article ? line.article->name : std::string_view(line.name));
    if (line.article) add(Term::BT_155, line.article->number);
    out_.end();
    out_.end();
  }

  const Paper& paper_;
  const Mistake mistake_;
  const Company& seller_;
  const Reckoned sums_;
  Builder out_;
};

// What somebody exports by mistake instead of the invoice.
std::string exportedList(const Paper& paper) {
  std::string text = "Fakturanummer;Datum;Kund;Belopp\r\n";
  text += paper.number + ";" + paper.issued.text() + ";" +
          (paper.buyer ? paper.buyer->name : paper.household->name) + ";" +
          amount(reckon(paper).payable_ore) + "\r\n";
  return text;
}

}  // namespace

document::BusinessDocument documentOf(const Paper& paper, Mistake mistake, const Company* other) {
  return Writer(paper, mistake, other).write();
}

Result<std::string> fileOf(const Paper& paper, Mistake mistake, const Company* other) {
  if (mistake == Mistake::not_xml) return exportedList(paper);
  return formats::writeDocument(documentOf(paper, mistake, other),
                                paper.creditNote ? "ubl-credit-note" : "ubl-invoice");
}

std::string fileNameOf(const Paper& paper, Mistake mistake) {
  if (mistake == Mistake::not_xml) return "kundfakturor_" + paper.issued.text() + ".csv";
  return (paper.creditNote ? "kreditfaktura_" : "faktura_") + paper.number + ".xml";
}

}  // namespace postgang::app::demo
