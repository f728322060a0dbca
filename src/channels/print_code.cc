#include "channels/print_code.h"

#include <algorithm>
#include <boost/json.hpp>

#include "render/design.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;
using document::Group;
using document::Kind;
using document::Term;

constexpr std::string_view steering = "AQY", internet_bank = "P01", first_own = "401";
constexpr std::size_t json_bytes_max = 4 * 1024 * 1024, forms_max = 100, code_max = 20;

bool isNumbered(std::string_view code) {
  return code.size() == 3 && digitsOf(code) == code;
}

// The standard codes: what the first digit is about, and in which language.
std::optional<PrintCode> standard(std::string_view code) {
  if (!isNumbered(code) || code[1] != '0' || (code[2] != '1' && code[2] != '2')) return std::nullopt;
  const auto language = code[2] == '1' ? Language::swedish : Language::english;
  const auto about = [&](Kind kind) { return PrintCode{std::string(code), kind, language}; };
  if (code[0] == '1') return about(Kind::invoice);
  if (code[0] == '2') return about(Kind::interest_invoice);
  if (code[0] == '3') return about(Kind::reminder);
  return std::nullopt;
}

tl::unexpected<Problem> malformed(std::string detail, std::string where) {
  return fail(ProblemKind::invalid, "own-forms-malformed", std::move(detail), std::move(where),
              "Write a list of forms with code, title and design.");
}

Result<OwnForm> formFrom(const json::value& value, const std::string& at) {
  const auto* object = value.if_object();
  if (!object) return malformed("A form is an object.", at);
  OwnForm form;
  for (const auto& member : *object) {
    const auto* text = member.value().if_string();
    if (member.key() == "code" && text)
      form.code = std::string(*text);
    else if (member.key() == "title" && text)
      form.title = truncated(collapsed(withoutControls(std::string_view(*text))), 80);
    else if (member.key() == "design" && member.value().is_object())
      form.design = json::serialize(member.value());
    else
      return malformed("It is not a member of a form, or not of its kind.",
                       at + "/" + truncated(withoutControls(std::string_view(member.key())), 40));
  }
  if (!isNumbered(form.code) || form.code < first_own)
    return malformed("A form of one's own has a code from 401 to 999.", at + "/code");
  if (!form.design.empty())
    if (auto design = render::designFromJson(form.design); !design) return fail(design.error());
  return form;
}

}  // namespace

std::optional<PrintCode> printCodeOf(const document::BusinessDocument& document) {
  for (const auto reference : document.root().groups(Group::BG_24)) {
    if (!reference.text(Term::BT_123).starts_with(steering)) continue;
    const auto text = trimmed(reference.text(Term::BT_122));
    if (auto code = standard(text)) {
      // A credit note is on the invoice's form and stays what it is.
      if (code->kind == Kind::invoice) code->kind = document.kind();
      return code;
    }
    PrintCode code{truncated(withoutControls(text), code_max), document.kind(), std::nullopt};
    code.own = isNumbered(text) && text >= first_own;
    code.bank = text == internet_bank;
    code.known = code.own || code.bank;
    return code;
  }
  return std::nullopt;
}

Result<std::vector<OwnForm>> ownFormsFromJson(std::string_view text) {
  if (text.size() > json_bytes_max) return malformed("It is over 4 MB.", "");
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  const auto* list = error ? nullptr : value.if_array();
  if (!list || list->size() > forms_max) return malformed("It is not a JSON list of at most 100 forms.", "");
  std::vector<OwnForm> forms;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto at = "/" + std::to_string(i);
    TRY(auto form, formFrom((*list)[i], at));
    for (const auto& other : forms)
      if (other.code == form.code) return malformed("Two forms have the same code.", at + "/code");
    forms.push_back(std::move(form));
  }
  return forms;
}

PrintForm printFormFor(const document::BusinessDocument& document, const std::vector<OwnForm>& forms) {
  PrintForm form;
  form.kind = document.kind();
  const auto code = printCodeOf(document);
  if (!code) return form;
  form.code = code->code;
  form.kind = code->kind;
  form.language = code->language;
  if (!code->own) {
    form.standIn = !code->known;
    return form;
  }
  const auto own =
      std::find_if(forms.begin(), forms.end(), [&](const OwnForm& each) { return each.code == code->code; });
  form.standIn = own == forms.end();
  if (form.standIn) return form;
  form.design = own->design;
  form.title = own->title;
  return form;
}

}  // namespace postgang::channels
