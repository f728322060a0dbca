#include "flow/copy_design.h"

#include "base/log.h"
#include "channels/company_settings.h"
#include "store/companies.h"

namespace postgang::flow {

Result<std::string> designTextOf(store::Reader& reader, const store::DocumentRow& row) {
  if (row.entry.sender.identifier.empty()) return std::string();
  TRY(const auto sender, store::companyByIdentifier(reader, row.entry.sender.identifier));
  return sender ? channels::companyDesignText(reader, *sender) : std::string();
}

render::Design designFrom(const std::string& text, DocumentId document) {
  if (text.empty()) return {};
  auto design = render::designFromJson(text);
  if (design) return std::move(*design);
  log::warning("design not usable", {{"document", document.text()}, {"code", design.error().code}});
  return {};
}

}  // namespace postgang::flow
