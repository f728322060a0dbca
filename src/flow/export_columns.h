// The columns of an exported list of documents: values in a workbook, texts in a CSV file.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "formats/workbook_writer.h"
#include "store/documents.h"

namespace postgang::flow {

using ExportCells = std::vector<formats::WorkbookCell>;

class ExportColumns {
 public:
  explicit ExportColumns(Language language) : language_(language) {}

  std::vector<std::string> heading() const;
  // `row` is the entry's document, as its company sees it.
  Result<ExportCells> cells(store::Reader& reader, const store::Entry& entry, const store::DocumentRow& row);
  std::vector<std::string> texts(const ExportCells& cells) const;

 private:
  Result<std::string> companyName(store::Reader& reader, CompanyId id);
  Language language_;
  std::map<CompanyId, std::string> companies_;  // by name, each asked for once
};

}  // namespace postgang::flow
