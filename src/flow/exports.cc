#include "flow/exports.h"

#include <map>

#include "flow/words.h"
#include "formats/workbook_writer.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr int page_size = 200;

Result<std::vector<TableRow>> partnerRows(store::Reader& reader, const store::Viewer& viewer,
                                          CompanyId owner) {
  std::vector<TableRow> rows;
  store::PartnerQuery query;
  query.sort = store::PartnerSort::name;
  query.limit = page_size;
  for (;;) {
    TRY(const auto page, store::listPartners(reader, viewer, owner, query));
    for (const auto& one : page.items) {
      const auto address = one.postalAddress.value_or(store::PostalAddress{"", "", "", ""});
      rows.push_back({one.identifier, one.customerNumber, one.name, one.person ? "person" : "company",
                      one.email, address.street, address.postalCode, address.city, address.country,
                      joined(one.channels, ", ")});
    }
    if (!page.nextCursor) return rows;
    if (rows.size() >= export_rows_max) return exportTooLarge();
    query.cursor = *page.nextCursor;
  }
}

// The company's own and those beneath it, each after the one above it, so that they can be made again in
// order.
Result<std::vector<TableRow>> companyRows(store::Reader& reader, const store::Viewer& viewer,
                                          CompanyId company) {
  TRY(const auto companies, store::listCompanies(reader, viewer));
  std::map<CompanyId, const store::Company*> seen;
  std::multimap<CompanyId, const store::Company*> beneath;
  for (const auto& one : companies) seen[one.id] = &one;
  for (const auto& one : companies)
    if (one.parent && seen.contains(*one.parent)) beneath.emplace(*one.parent, &one);
  std::vector<TableRow> rows;
  std::vector<const store::Company*> next;
  if (viewer.seesAll()) {
    for (const auto& one : companies)
      if (!one.parent || !seen.contains(*one.parent)) next.push_back(&one);
  } else if (seen.contains(company)) {
    next.push_back(seen[company]);
  }
  for (std::size_t i = 0; i < next.size(); ++i) {
    const auto& one = *next[i];
    const auto above = one.parent ? seen.find(*one.parent) : seen.end();
    rows.push_back({one.identifier, one.name, above == seen.end() ? "" : above->second->identifier});
    const auto [first, last] = beneath.equal_range(one.id);
    for (auto child = first; child != last; ++child) next.push_back(child->second);
    if (rows.size() > export_rows_max) return exportTooLarge();
  }
  return rows;
}

Result<std::vector<TableRow>> userRows(store::Reader& reader, const store::Viewer& viewer) {
  TRY(const auto users, store::listUsers(reader, viewer));
  TRY(const auto companies, store::listCompanies(reader, viewer));
  std::map<CompanyId, std::string> identifiers;
  for (const auto& one : companies) identifiers[one.id] = one.identifier;
  std::vector<TableRow> rows;
  for (const auto& user : users)
    for (const auto& membership : user.memberships)
      if (const auto found = identifiers.find(membership.company); found != identifiers.end())
        rows.push_back({user.email, user.name, membership.role, found->second});
  if (rows.size() > export_rows_max) return exportTooLarge();
  return rows;
}

}  // namespace

tl::unexpected<Problem> exportTooLarge() {
  return fail(problem(ProblemKind::invalid, "export-too-large", {{"most", std::to_string(export_rows_max)}}));
}

TableRow exportHeading(ImportKind kind, Language language) {
  const auto& texts = Texts::of(language);
  TableRow heading;
  for (const auto field : importFields(kind))
    heading.emplace_back(texts.word("portal.imports.field." + std::string(field)));
  return heading;
}

Result<std::vector<TableRow>> exportedRows(store::Reader& reader, const store::Viewer& viewer,
                                           CompanyId company, ImportKind kind) {
  switch (kind) {
    case ImportKind::companies:
      return companyRows(reader, viewer, company);
    case ImportKind::partners:
      return partnerRows(reader, viewer, company);
    case ImportKind::users:
      return userRows(reader, viewer);
  }
  return std::vector<TableRow>();
}

std::string csvFile(const TableRow& heading, const std::vector<TableRow>& rows) {
  std::string csv(formats::csv_byte_order_mark);
  formats::addCsvLine(csv, heading);
  for (const auto& row : rows) formats::addCsvLine(csv, row);
  return csv;
}

Result<std::string> workbookFile(std::string_view title, Instant made, const TableRow& heading,
                                 const std::vector<TableRow>& rows) {
  formats::WorkbookWriter workbook(title, made);
  workbook.add(heading);
  for (const auto& row : rows) workbook.add(row);
  return std::move(workbook).finish();
}

}  // namespace postgang::flow
