#include "channels/printed_letter.h"

#include <algorithm>
#include <boost/json.hpp>

#include "channels/company_settings.h"
#include "channels/smartmail_settings.h"
#include "formats/format.h"
#include "render/render.h"
#include "render/window.h"
#include "store/blobs.h"
#include "store/smartmail.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;
using document::BusinessDocument;
using document::Term;

constexpr std::size_t forms_bytes_max = 16 * 1024 * 1024, companies_max = 10'000;

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (const auto line : split(text, '\n'))
    if (!trimmed(line).empty()) lines.push_back(trimmed(line));
  return lines;
}

// Everything that is decided before a page is drawn.
struct Plan {
  render::Design design;
  PrintedLetter letter;
  SmartmailSettings settings;  // says which attachments the sender can do without
};

// A seller that says no identifier is the customer itself, known by its name.
Result<std::optional<store::Company>> companyOf(store::Reader& reader, const document::Party& party,
                                                const store::Company& customer) {
  if (!party.identifier) return customer;
  return store::companyByIdentifier(reader, party.identifier->text());
}

// As its copies on a screen: in the seller's design.
Result<render::Design> designFor(store::Reader& reader, CompanyId sender, const document::Party& seller,
                                 const OwnForms& forms, const BusinessDocument& document, PrintForm& form) {
  TRY(const auto customer, store::company(reader, sender));
  TRY(const auto company, companyOf(reader, seller, customer));
  const auto own = forms.find(customer.identifier);
  form = printFormFor(document, own == forms.end() ? std::vector<OwnForm>() : own->second);
  if (form.design.empty()) return company ? companyDesign(reader, *company) : render::Design{};
  auto design = render::designFromJson(form.design);
  return design ? std::move(*design) : render::Design{};  // as the portal shows it
}

std::vector<std::string> returnLines(const document::Party& seller, Language language) {
  auto lines = render::windowLines({seller.name, {}, seller.address, "SE", language});
  std::erase(lines, "");
  return lines;
}

tl::unexpected<Problem> notPostable(const PostalCheck& check) {
  Problem problem{ProblemKind::invalid,
                  "postal-address-incomplete",
                  "The postal address cannot be used: " + faultWords(check, Language::english),
                  {},
                  "Put the counterpart's postal address right and send again.",
                  {}};
  problem.parameters = {{"fault", check.faults.front()}, {"faults", faultWords(check, Language::english)}};
  return fail(std::move(problem));
}

Result<Plan> planFor(store::Reader& reader, CompanyId sender, const BusinessDocument& document,
                     const LetterRules& rules) {
  TRY(const auto recipient, recipientOf(reader, sender, document::recipientOf(document)));
  Plan plan;
  auto& letter = plan.letter;
  TRY(plan.design, designFor(reader, sender, sellerOf(document), rules.forms, document, letter.form));
  letter.language = letter.form.language.value_or(render::languageFor(document, plan.design));
  letter.to = checkPostal(addresseeOf(recipient, letter.language));
  if (!letter.to.good()) return notPostable(letter.to);
  letter.returnAddress = returnLines(document::issuerOf(document), letter.language);
  const auto counterpart = recipient.partner ? recipient.partner->identifier : std::string();
  TRY(plan.settings, smartmailSettingsFor(reader, sender, counterpart));
  return plan;
}

Outcome priced(PrintedLetter& letter, const LetterRules& rules) {
  TRY(letter.price,
      letterPrice(rules.prices, {letter.sheets, letter.printedPages, rules.colour, letter.to.zone}));
  return {};
}

tl::unexpected<Problem> notPrintable(const render::NotPrinted& attachment) {
  const bool empty = attachment.reason == "empty";
  Problem problem;
  problem.kind = ProblemKind::unsupported;
  problem.code = empty ? "letter-attachment-empty" : "letter-attachment-not-printable";
  problem.detail =
      "The attachment " + attachment.name + (empty ? " is empty." : " is of a kind that cannot be printed.");
  problem.advice = empty ? "Send it with its content, or without it."
                         : "Send it as PDF, PNG or JPEG, or exempt it in the settings of Smartmail.";
  problem.parameters["name"] = attachment.name;
  return fail(std::move(problem));
}

constexpr std::string_view external = "external";

// What cannot be printed and must be is refused, by the first one's name.
Outcome leaveOut(std::vector<render::NotPrinted> notPrinted, Plan& plan) {
  for (auto& attachment : notPrinted) {
    if (attachment.reason != external && !isExempt(plan.settings, attachment.name))
      return notPrintable(attachment);
    plan.letter.leftOut.push_back(std::move(attachment));
  }
  return {};
}

// As makeLetter; what stands in its way is left out where the sender can do without it.
Result<render::Letter> boundWithout(std::string_view copy, std::vector<render::LetterPart>& parts, Plan& plan,
                                    const render::LetterOptions& options) {
  for (;;) {
    auto bound = render::makeLetter(copy, parts, options);
    if (bound) return bound;
    const auto& problem = bound.error();
    const auto name = problem.parameters.find("name");
    if (name == problem.parameters.end() || !isExempt(plan.settings, name->second)) return bound;
    const auto before = parts.size();
    std::erase_if(parts, [&](const auto& part) { return part.name == name->second; });
    if (parts.size() == before) return bound;
    plan.letter.leftOut.push_back({name->second, problem.code});
  }
}

Outcome bind(const BusinessDocument& document, render::LetterParts attachments, Plan& plan,
             const LetterRules& rules) {
  auto& letter = plan.letter;
  TRY(const auto copy, render::renderLetterCopy(document, plan.design, letter.language, letter.to.lines));
  render::LetterOptions options;
  options.duplex = rules.duplex;
  CHECK_OK(leaveOut(std::move(attachments.notPrinted), plan));
  TRY(auto bound, boundWithout(copy, attachments.parts, plan, options));
  CHECK_OK(leaveOut(std::move(bound.notPrinted), plan));
  letter.pdf = std::move(bound.pdf);
  letter.pages = bound.pages;
  letter.printedPages = bound.printedPages;
  letter.sheets = bound.sheets;
  letter.enclosures = std::move(bound.enclosures);
  return {};
}

Result<BusinessDocument> originalOf(store::Reader& reader, const Digest& digest) {
  TRY(const auto bytes, store::blob(reader, digest));
  TRY(auto reading, formats::readDocument(bytes));
  return std::move(reading.document);
}

}  // namespace

std::string PrintedLetter::addressLine() const {
  return joined(to.lines, ", ");
}

Result<OwnForms> ownFormsByCompanyFromJson(std::string_view text) {
  const auto malformed = [](std::string detail, std::string where) {
    return fail(ProblemKind::invalid, "own-forms-malformed", std::move(detail), std::move(where),
                "Write an object: a company's identifier, and the list of its forms.");
  };
  if (text.size() > forms_bytes_max) return malformed("It is over 16 MB.", "");
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  const auto* object = error ? nullptr : value.if_object();
  if (!object || object->size() > companies_max) return malformed("It is not a JSON object.", "");
  OwnForms forms;
  for (const auto& member : *object) {
    const auto at = "/" + truncated(withoutControls(std::string_view(member.key())), 40);
    const auto company = document::parseIdentifier(std::string_view(member.key()));
    if (!company) return malformed("A company is named by its identifier, like 0007:5599900015.", at);
    auto own = ownFormsFromJson(json::serialize(member.value()));
    if (!own) {
      auto problem = own.error();
      problem.where = at + problem.where;
      return fail(std::move(problem));
    }
    forms[company->text()] = std::move(*own);
  }
  return forms;
}

Addressee addresseeOf(const Recipient& recipient, Language language) {
  Addressee addressee;
  addressee.language = language;
  addressee.name = recipient.name;
  addressee.attention = recipient.attention;
  addressee.address = recipient.address;
  if (!recipient.partner) return addressee;
  if (addressee.name.empty()) addressee.name = recipient.partner->name;
  if (const auto& kept = recipient.partner->postalAddress) {
    addressee.address = {};
    for (const auto line : linesOf(kept->street)) addressee.address.lines.emplace_back(line);
    addressee.address.postCode = kept->postalCode;
    addressee.address.city = kept->city;
    addressee.address.country = kept->country;
  }
  return addressee;
}

Result<PrintedLetter> printLetter(store::Reader& reader, CompanyId sender, const BusinessDocument& document,
                                  const LetterRules& rules) {
  TRY(auto plan, planFor(reader, sender, document, rules));
  CHECK_OK(bind(document, render::attachmentsOf(document), plan, rules));
  CHECK_OK(priced(plan.letter, rules));
  return std::move(plan.letter);
}

Result<PrintedLetter> letterSizeOf(store::Reader& reader, CompanyId sender, const BusinessDocument& document,
                                   const LetterRules& rules) {
  TRY(auto plan, planFor(reader, sender, document, rules));
  auto& letter = plan.letter;
  auto attachments = render::attachmentsOf(document);
  if (attachments.parts.empty()) {
    CHECK_OK(leaveOut(std::move(attachments.notPrinted), plan));
    TRY(letter.pages, render::letterCopyPages(document, plan.design, letter.language, letter.to.lines));
    letter.printedPages = letter.pages;
    letter.sheets = rules.duplex ? (letter.pages + 1) / 2 : letter.pages;
  } else {
    CHECK_OK(bind(document, std::move(attachments), plan, rules));
    letter.pdf.clear();
  }
  CHECK_OK(priced(letter, rules));
  return std::move(letter);
}

Result<PrintedLetter> printLetter(store::Reader& reader, CompanyId sender, const Digest& original,
                                  const LetterRules& rules) {
  TRY(const auto document, originalOf(reader, original));
  return printLetter(reader, sender, document, rules);
}

Result<PrintedLetter> letterSizeOf(store::Reader& reader, CompanyId sender, const Digest& original,
                                   const LetterRules& rules) {
  TRY(const auto document, originalOf(reader, original));
  return letterSizeOf(reader, sender, document, rules);
}

}  // namespace postgang::channels
