#include "app/demo/deeds.h"

#include "app/demo/slips.h"
#include "store/documents.h"

namespace postgang::app::demo {

namespace {

// Whoever comes too late, or tries what cannot be done, shrugs; a store that fails is another matter.
Result<Done> done(const Outcome& outcome) {
  if (outcome) return Done{true, {}};
  const auto kind = outcome.error().kind;
  if (kind == ProblemKind::conflict || kind == ProblemKind::invalid || kind == ProblemKind::not_found ||
      kind == ProblemKind::forbidden)
    return Done{};
  return fail(outcome.error());
}

}  // namespace

Result<document::Status> Clerks::statusOf(DocumentId document) const {
  auto status = document::Status::received;
  CHECK_OK(house_.store().read([&](store::Reader& reader) -> Outcome {
    TRY(const auto row, store::findDocument(reader, store::Viewer::system(), document));
    status = row.entry.status;
    return {};
  }));
  return status;
}

Result<Done> Clerks::putRight(const Deed& deed, const store::Viewer& viewer) {
  auto request = correctionOf(*deed.right, deed.mistake, deed.document);
  if (!request) return Done{};
  request->remember = deed.remember;
  request->reason = deed.reason;
  const auto made = house_.flow().correct(viewer, *request);
  if (made) return Done{true, made->id};
  return done(fail(made.error()));
}

Result<Done> Clerks::act(const Deed& deed) {
  const auto index = static_cast<std::size_t>(deed.company);
  const auto company = people_.companies[index];
  const auto viewer = store::Viewer::ofCompanies({company}, people_.readers[index]);
  auto& flow = house_.flow();
  switch (deed.kind) {
    case Deed::Kind::read:
      return done(flow.noticeRead(viewer, company, deed.document));
    case Deed::Kind::put_right:
      return putRight(deed, viewer);
    case Deed::Kind::decide:
      return done(flow.decide(viewer, deed.document, deed.verb, deed.reason));
    case Deed::Kind::recall:
      return done(flow.recall(viewer, deed.document, deed.reason));
    case Deed::Kind::resend: {
      const auto sent = flow.resend(viewer, deed.document, "", true);
      return sent ? Result<Done>(Done{true, {}}) : done(fail(sent.error()));
    }
  }
  return Done{};
}

}  // namespace postgang::app::demo
