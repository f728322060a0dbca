#include "api/copy_design.h"

#include "base/log.h"
#include "store/companies.h"

namespace postgang::api {

Result<std::string> designTextOf(store::Reader& reader, const store::DocumentRow& row) {
  if (row.entry.sender.identifier.empty()) return std::string();
  TRY(const auto sender, store::companyByIdentifier(reader, row.entry.sender.identifier));
  return sender ? sender->design : std::string();
}

render::Design designFrom(const std::string& text, DocumentId document) {
  if (text.empty()) return {};
  auto design = render::designFromJson(text);
  if (design) return std::move(*design);
  log::warning("design not usable", {{"document", document.text()}, {"code", design.error().code}});
  return {};
}

}  // namespace postgang::api
