// Where the rows of an export go: one for each form (export_writer.h).
#pragma once

#include <memory>

#include "flow/export_writer.h"

namespace postgang::flow {

class ExportSink {
 public:
  virtual ~ExportSink() = default;
  virtual int pageSize() const = 0;
  // Within the page's snapshot.
  virtual Outcome take(store::Reader& reader, const store::Viewer& viewer, const store::Entry& entry) = 0;
  virtual Outcome endPage() { return {}; }  // after it, when nothing is held
  virtual Outcome finish() = 0;
};

Result<std::unique_ptr<ExportSink>> sinkFor(const ExportOrder& order, Instant now);

}  // namespace postgang::flow
