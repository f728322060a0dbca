#include "flow/document_exports.h"

#include "base/log.h"
#include "flow/export_asker.h"
#include "flow/words.h"
#include "store/news.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::flow {

namespace {

// Of the work, never shown: it is no longer this run's, or the program ends.
constexpr std::string_view given_up = "export-given-up";

tl::unexpected<Problem> givenUp() {
  return fail(ProblemKind::conflict, std::string(given_up), "This run is over.");
}

void warn(std::string_view what, const Problem& problem) {
  log::warning(what, {{"code", problem.code}, {"detail", problem.detail}});
}

}  // namespace

std::string exportFileName(const store::Export& made) {
  const std::string_view what = made.form == "pdfs" ? "-pdf" : made.form == "originals" ? "-original" : "";
  const std::string ending = isZip(made.form) ? "zip" : made.form;
  return "postgang-" + dateInStockholm(made.askedAt).text() + std::string(what) + "." + ending;
}

DocumentExports::DocumentExports(store::Store& store, const Clock& clock, IdMaker& ids, std::string folder,
                                 ReadExportFilter readFilter, ExportLimits limits)
    : store_(store),
      clock_(clock),
      ids_(ids),
      readFilter_(std::move(readFilter)),
      limits_(limits),
      files_(std::move(folder), limits.reserve) {
  if (files_.isOn()) files_.start([this] { return makeNext(); });
}

DocumentExports::~DocumentExports() {
  stop();
}

void DocumentExports::stop() {
  files_.stop();
}

Result<store::Export> DocumentExports::start(store::Export asked) {
  if (!files_.isOn()) return fail(problem(ProblemKind::conflict, "exports-off"));
  asked.askedAt = asked.movedAt = clock_.now();
  bool isWhole = true;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto viewer, viewerOfAsker(reader, asked));
    TRY(const auto query, readFilter_(reader, viewer, asked));
    asked.total = 0;
    if (!query) return {};
    TRY(const auto counted, store::facets(reader, viewer, *query));
    asked.total = counted.documents;
    isWhole = !counted.partial;
    return {};
  }));
  const auto most = mostDocuments(limits_, asked.form);
  if (asked.total > most) return tooManyToExport(most);
  if (!isWhole) asked.total = 0;  // not known: what is written decides
  asked.id = ids_.next<store::ExportId>();
  asked.state = "waiting";
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::lockCompany(tx, asked.company));  // two at once are counted one after the other
    TRY(const auto underWay, store::exportsUnderWay(tx, asked.asker, asked.company));
    if (underWay.ofAsker >= of_asker_max || underWay.ofCompany >= of_company_max ||
        underWay.all >= waiting_max)
      return fail(problem(ProblemKind::rate_limited, "exports-busy"));
    TRY(const auto kept, store::exportsKept(tx, asked.asker, asked.company));
    if (kept.ofAsker + underWay.ofAsker >= kept_of_asker_max || kept.bytesOfCompany >= kept_bytes_max)
      return fail(problem(ProblemKind::rate_limited, "exports-too-many",
                          {{"most", std::to_string(kept_of_asker_max)},
                           {"gigabytes", std::to_string(kept_bytes_max / 1'000'000'000)}}));
    return store::createExport(tx, asked);
  }));
  files_.wake();
  return asked;
}

Result<std::string> DocumentExports::fileOf(const store::Export& made) {
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto viewer, viewerOfAsker(reader, made));
    if (sightOf(viewer) != made.sight) return fail(problem(ProblemKind::conflict, "export-sight-changed"));
    return {};
  }));
  if (made.state != "done" || !files_.has(made.id))
    return fail(problem(ProblemKind::unavailable, "export-not-here"));
  return files_.named(made.id);
}

Result<bool> DocumentExports::remove(const store::Export& made) {
  bool removed = false;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(removed, store::removeExport(tx, made.asker, made.company, made.id));
    return {};
  }));
  if (removed && files_.isOn()) CHECK_OK(files_.remove(made.id));
  return removed;
}

Outcome DocumentExports::sweep() {
  const auto now = clock_.now();
  const auto forgotten = now.plusSeconds(-listed_seconds);
  std::vector<store::Export> old;
  bool toForget = false;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(old, store::exportsBefore(reader, "done", now.plusSeconds(-kept_seconds)));
    TRY(const auto removed, store::exportsBefore(reader, "removed", forgotten));
    TRY(const auto failed, store::exportsBefore(reader, "failed", forgotten));
    toForget = !removed.empty() || !failed.empty();
    return {};
  }));
  for (auto& made : old) {
    CHECK_OK(files_.remove(made.id));
    made.state = "removed";
    CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY([[maybe_unused]] const bool kept, store::saveExport(tx, made));
      return {};
    }));
  }
  if (toForget)
    CHECK_OK(store_.write(store::Priority::background,
                          [&](store::Transaction& tx) { return store::forgetExports(tx, forgotten); }));
  return files_.removeOthers([&](const Uuid& id) -> Result<bool> {
    bool has = false;
    CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
      TRY(has, store::exportHasFile(reader, store::ExportId(id)));
      return {};
    }));
    return has;
  });
}

bool DocumentExports::makeNext() {
  std::optional<store::Export> next;
  bool any = false;
  auto taken = store_.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto underWay, store::exportsUnderWay(reader, {}));
    any = underWay.all > 0;
    return {};
  });
  if (taken && any)
    taken = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(next, store::takeExport(tx, clock_.now().plusSeconds(-silent_seconds)));
      return {};
    });
  if (!taken) {
    warn("no export could be begun", taken.error());
    return false;
  }
  if (next) {
    make(*next);
    return true;
  }
  if (const auto swept = sweep(); !swept) warn("exports were not swept", swept.error());
  return false;
}

Outcome DocumentExports::save(store::Export& made) {
  made.movedAt = clock_.now();
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const bool kept, store::saveExport(tx, made));
    return kept ? Outcome() : Outcome(givenUp());
  });
}

void DocumentExports::make(store::Export& made) {
  if (made.run > runs_max) return end(made, fail(problem(ProblemKind::unavailable, "export-interrupted")));
  end(made, files_.make(made.id, [&](const std::string& part) -> Outcome {
    const ExportOrder order{.made = made, .readFilter = readFilter_, .limits = limits_, .file = part};
    TRY(const auto written, writeExport(store_, clock_, order, [&](std::int64_t documents) -> Outcome {
          if (files_.isStopping()) return givenUp();
          CHECK_OK(files_.hasRoom());
          made.documents = documents;
          if (made.total != 0) made.total = std::max(made.total, documents);
          return save(made);
        }));
    made.documents = made.total = written.documents;
    made.sight = written.sight;
    return {};
  }));
}

void DocumentExports::end(store::Export& made, const Result<std::int64_t>& size) {
  if (!size && size.error().code == given_up) {
    if (!files_.isStopping()) return;  // removed, or another's
    made.state = "waiting";
  } else {
    made.state = size ? "done" : "failed";
    made.endedAt = clock_.now();
    if (size) made.size = *size;
    if (!size) made.trouble = size.error().code;
    if (!size) warn("an export was not made", size.error());
  }
  made.movedAt = clock_.now();
  const auto kept = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const bool ours, store::saveExport(tx, made));
    const auto person = personOf(made);
    if (!ours || made.state != "done" || !person) return {};
    return store::enqueue(tx, store::newsJob({.kind = "export",
                                              .company = made.company,
                                              .path = "/exports",
                                              .words = {{"name", exportFileName(made)},
                                                        {"documents", std::to_string(made.documents)}},
                                              .only = person,
                                              .key = "export:" + made.id.text()},
                                             clock_.now()));
  });
  if (!kept) warn("what became of an export was not written down", kept.error());
}

}  // namespace postgang::flow
