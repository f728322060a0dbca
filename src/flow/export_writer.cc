#include "flow/export_writer.h"

#include "flow/export_asker.h"
#include "flow/export_sink.h"
#include "flow/words.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

class Pages {
 public:
  Pages(store::Store& store, const ExportOrder& order, ExportSink& sink)
      : store_(store), order_(order), sink_(sink) {}

  Result<bool> next() {
    bool more = false;
    CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto viewer, viewerOfAsker(reader, order_.made));
      CHECK_OK(sees(viewer));
      TRY(auto query, order_.readFilter(reader, viewer, order_.made));
      if (!query) return {};
      query->limit = sink_.pageSize();
      query->cursor = cursor_;
      TRY(const auto page, store::listEntries(reader, viewer, *query));
      for (const auto& entry : page.items) CHECK_OK(take(reader, viewer, entry));
      cursor_ = page.nextCursor.value_or("");
      more = page.nextCursor.has_value();
      return {};
    }));
    CHECK_OK(sink_.endPage());
    return more;
  }

  WrittenExport written() const { return {documents_, sight_}; }

 private:
  Outcome sees(const store::Viewer& viewer) {
    const auto sight = sightOf(viewer);
    if (!sight_.empty() && sight != sight_)
      return fail(problem(ProblemKind::conflict, "export-sight-changed"));
    sight_ = sight;
    return {};
  }
  Outcome take(store::Reader& reader, const store::Viewer& viewer, const store::Entry& entry) {
    const auto most = mostDocuments(order_.limits, order_.made.form);
    if (documents_ >= most) return tooManyToExport(most);
    ++documents_;
    return sink_.take(reader, viewer, entry);
  }

  store::Store& store_;
  const ExportOrder& order_;
  ExportSink& sink_;
  std::string cursor_, sight_;
  std::int64_t documents_ = 0;
};

}  // namespace

bool isZip(std::string_view form) {
  return form == "pdfs" || form == "originals";
}

std::int64_t mostDocuments(const ExportLimits& limits, std::string_view form) {
  return isZip(form) ? limits.files : limits.rows;
}

tl::unexpected<Problem> tooManyToExport(std::int64_t most) {
  return fail(problem(ProblemKind::invalid, "export-too-many", {{"most", std::to_string(most)}}));
}

Result<WrittenExport> writeExport(store::Store& store, const Clock& clock, const ExportOrder& order,
                                  const ExportProgress& progress) {
  TRY(const auto sink, sinkFor(order, clock.now()));
  Pages pages(store, order, *sink);
  for (bool more = true; more;) {
    TRY(more, pages.next());
    CHECK_OK(progress(pages.written().documents));
  }
  CHECK_OK(sink->finish());
  return pages.written();
}

}  // namespace postgang::flow
