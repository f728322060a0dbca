// Attachments, tax representative, the foot of every page and the payment slip.
#include "render/figures.h"
#include "render/reading.h"
#include "render/type.h"

namespace postgang::render {
namespace {

constexpr std::size_t attachments_max = 200;
constexpr std::size_t foot_text_points_max = 60;  // longer legal texts stand among the last words of the copy

std::string legalInformation(const Reading& r) {
  return r.text(r.root.group(Group::BG_4), Term::BT_33);
}

void writeAttachments(const Reading& r, Copy& copy) {
  std::size_t ordinal = 0;
  for (const GroupView reference : r.root.groups(Group::BG_24)) {
    ++ordinal;
    if (isInternalReference(reference) || copy.attachments.size() == attachments_max) continue;
    const auto file = reference.find(Term::BT_125);
    const std::string id = r.text(reference, Term::BT_122), description = r.text(reference, Term::BT_123),
                      location = r.text(reference, Term::BT_124);
    const std::string fileName = file ? truncated(printable(file->version), 200) : "";
    std::vector<std::string> details;
    if (!description.empty()) details.push_back(description);
    if (!fileName.empty() && fileName != id) details.push_back(fileName);
    if (!location.empty()) details.push_back(r.say("more.external", {{"address", location}}));
    if (!id.empty() || !details.empty())
      copy.attachments.push_back(
          {id, joined(details, ", "), {Term::BT_122, Term::BT_123, Term::BT_124, Term::BT_125}, ordinal});
  }
}

std::string organisationNumber(const Reading& r) {
  const std::string plain = digitsOf(r.seller.legalNumber);
  return plain.size() == 10 && (r.seller.address.country == "SE" || r.seller.address.country.empty())
             ? document::shownOrganisationNumber(plain)
             : truncated(printable(r.seller.legalNumber), 60);
}

}  // namespace

void writeMore(const Reading& r, Copy& copy) {
  writeAttachments(r, copy);
  const GroupView representative = r.root.group(Group::BG_11);
  if (const std::string name = r.text(representative, Term::BT_62); !name.empty()) {
    std::vector<std::string> parts = {r.say("more.taxRepresentative", {{"name", name}})};
    const GroupView address = representative.group(Group::BG_12);
    for (const Term term : {Term::BT_64, Term::BT_65, Term::BT_164}) parts.push_back(r.text(address, term));
    parts.push_back(place(
        {{}, r.text(address, Term::BT_67), r.text(address, Term::BT_66), {}, r.text(address, Term::BT_69)},
        " "));
    parts.push_back(r.country(address ? address.text(Term::BT_69) : ""));
    const std::string vat = r.text(representative, Term::BT_63);
    if (!vat.empty()) parts.push_back(r.say("foot.vatNumber", {{"number", vat}}));
    std::erase(parts, "");
    copy.more.push_back({"", joined(parts, ", ")});
  }
  if (const std::string legal = legalInformation(r); codePoints(legal) > foot_text_points_max)
    copy.more.push_back({"", legal});
}

void writeFoot(const Reading& r, Copy& copy) {
  const DesignTexts& own = r.design.texts(r.language);
  auto& company = copy.footCompany;
  company.push_back(copy.company);
  std::vector<std::string> address = addressLines(r, r.seller.address);
  if (!address.empty()) company.push_back(joined(address, ", "));
  if (const std::string legal = legalInformation(r); codePoints(legal) <= foot_text_points_max)
    company.push_back(legal);
  std::erase(company, "");

  if (!own.contact.empty()) {
    if (!own.contactHeading.empty()) copy.footContact.push_back(own.contactHeading);
    copy.footContact.insert(copy.footContact.end(), own.contact.begin(), own.contact.end());
  } else {
    for (const std::string& way : {r.seller.telephone, r.seller.email})
      if (!way.empty()) copy.footContact.push_back(truncated(printable(way), 120));
    if (!copy.footContact.empty())
      copy.footContact.insert(copy.footContact.begin(),
                              own.contactHeading.empty() ? r.say("foot.questions") : own.contactHeading);
  }

  if (const auto number = organisationNumber(r); !number.empty())
    copy.footNumbers.push_back(r.say("foot.companyNumber", {{"number", number}}));
  if (!r.seller.vatNumber.empty())
    copy.footNumbers.push_back(
        r.say("foot.vatNumber", {{"number", truncated(printable(r.seller.vatNumber), 60)}}));
  if (const auto status = r.text(r.root.group(Group::BG_4), Term::BT_32); !status.empty()) {
    copy.footNumbers.push_back(truncated(status, 120));
    const std::string plain = folded(status);
    copy.hasTaxStatus =
        plain.find("f-skatt") != std::string::npos || plain.find("f-tax") != std::string::npos;
  }
}

// "#.{OCR, right in 25}.#{kronor}.{öre}...{check digit}.>…{account, right in 8}#41#" as code that cites
// Bankgirot's manual has it; unverified, which is why the slip is a setting and off.
std::optional<Slip> slipOf(const Reading& r) {
  const auto* account = firstAccount(r);
  if (!r.design.paymentSlip || r.channel != Channel::print || r.ask != Ask::pay || r.currency != "SEK" ||
      !account || account->kind != document::AccountKind::bankgiro || !r.due || *r.due <= Decimal(0))
    return std::nullopt;
  const auto hundredths = r.due->roundedHalfAway(2).hundredths();
  if (!hundredths || *hundredths > 9'999'999'999) return std::nullopt;
  Slip slip;
  slip.payer = addressLines(r, r.buyer.address);
  slip.payer.insert(slip.payer.begin(), printable(r.buyer.name));
  if (r.payee.empty()) slip.payee = addressLines(r, r.seller.address);
  slip.payee.insert(slip.payee.begin(), r.payee.empty() ? printable(r.seller.name) : r.payee);
  slip.number = truncated(r.text(Term::BT_1), 40);
  slip.due = r.date(r.root, Term::BT_9);
  slip.account = account->shown;
  const std::string kronor = std::to_string(*hundredths / 100);
  const std::string ore = std::to_string(100 + *hundredths % 100).substr(1);
  slip.kronor = shownQuantity(Decimal(*hundredths / 100), Language::swedish);
  slip.ore = ore;
  if (!r.payment.referenceIsOcr || !account->checkDigitHolds) return slip;
  slip.reference = document::groupedOcr(r.payment.reference);
  const auto right = [](std::string text, std::size_t width) {
    return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
  };
  slip.codeLine = "# " + right(digitsOf(r.payment.reference), 25) + " #" + right(kronor, 8) + " " + ore +
                  "   " + document::luhnCheckDigit(kronor + ore) + " >" + std::string(17, ' ') +
                  right(digitsOf(account->number), 8) + "#41#";
  return slip;
}

}  // namespace postgang::render
