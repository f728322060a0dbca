// Sandboxes: beside a company a twin of it, whose documents are no real ones. A twin has its company's
// identifiers, and is never found by them: companyByIdentifier(), groups and lists of companies know real
// ones alone. What is received in a sandbox has a sender of its own there (isCustomer false), so that no
// document is half real: both sides of it are of one sandbox, or neither is of any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/companies.h"

namespace postgang::store {

// The company's sandbox that is open; nullopt: it has none.
Result<std::optional<Company>> sandboxOf(Reader& reader, CompanyId company);
// Of several companies, by name.
Result<std::vector<Company>> sandboxesOf(Reader& reader, const std::vector<CompanyId>& companies);
// Looks like its company. Codes (conflict): sandbox-exists, sandbox-of-sandbox.
Result<Company> makeSandbox(Transaction& tx, const Company& of);
// An empty one in its place; whoever has a key or a session for the old one has it for this one. What is in
// the old one is nobody's any more. Code not-found (there is none).
Result<Company> renewSandbox(Transaction& tx, const Company& of);

// Whether a company is a sandbox's: its twin, or a sender in it. False for what is no company at all.
Result<bool> isSandbox(Reader& reader, CompanyId company);
// In the sandbox of `of`: the twin by any of its identifiers, or a sender by its own.
Result<std::optional<Company>> companyInSandbox(Reader& reader, CompanyId of, std::string_view identifier);

// Everything that waits for this document's sake is due now; how many jobs.
Result<std::int64_t> makeDue(Transaction& tx, DocumentId document, std::string_view kind);

}  // namespace postgang::store
