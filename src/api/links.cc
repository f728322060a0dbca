// /links/{token}: what somebody may do who has a notice and no account. A link that never existed, one that
// was tampered with and one for another document answer alike; whoever tries many is told to wait. No GET
// here is a reading: robots and previews make GETs.
#include "api/correction_copy.h"
#include "api/correction_shape.h"
#include "api/finding_shape.h"
#include "api/link_limit.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "flow/fault_marks.h"
#include "flow/link_token.h"
#include "flow/words.h"
#include "render/render.h"
#include "store/blobs.h"
#include "store/notices.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr int created_status = 201;
constexpr std::size_t actor_digits = 12;

enum class State { open, used, expired };
std::string_view name(State state) {
  return state == State::open ? "open" : state == State::used ? "used" : "expired";
}

struct Opened {
  store::Link link;
  store::Notice notice;
  std::vector<DocumentId> documents;  // all that it is about
  std::vector<DocumentId> left;       // still to be put right
  State state = State::open;

  bool isAbout(DocumentId id) const { return std::ranges::find(documents, id) != documents.end(); }
  bool isLeft(DocumentId id) const { return std::ranges::find(left, id) != left.end(); }
};

tl::unexpected<Problem> unknown() {
  return fail(flow::problem(ProblemKind::not_found, "link-unknown"));
}

Result<std::optional<Opened>> find(store::Reader& reader, const Digest& digest, Instant now) {
  TRY(auto link, store::link(reader, digest));
  if (!link) return std::optional<Opened>();
  Opened opened;
  opened.link = *link;
  TRY(opened.notice, store::notice(reader, link->notice));
  TRY(opened.documents, store::documentsOf(reader, link->notice));
  TRY(opened.left, store::documentsOf(reader, link->notice, true));
  opened.state = opened.left.empty() ? State::used : link->expiresAt <= now ? State::expired : State::open;
  return std::optional(std::move(opened));
}

// Any link that is known. Code link-unknown.
Result<Opened> known(Parts& parts, LinkLimit& limit, const net::Request& request) {
  const auto tried = monotonicMicroseconds();
  CHECK_OK(limit.admit(request.remoteAddress, tried));
  const auto digest = flow::linkDigest(request.parameter("token"));
  const auto now = parts.context.clock.now();
  TRY(auto opened,
      readFrom(parts.context.store, [&](store::Reader& reader) { return find(reader, digest, now); }));
  if (opened) return std::move(*opened);
  limit.missed(request.remoteAddress, tried);
  return unknown();
}

struct ForDocument {
  Opened opened;
  DocumentId document;
};

// One that is open, for this document of its own. Codes link-unknown, link-expired, link-used.
Result<ForDocument> forDocument(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(auto opened, known(parts, limit, request));
  const auto id = DocumentId::parse(request.parameter("documentId"));
  if (!id || !opened.isAbout(*id)) {
    limit.missed(request.remoteAddress, monotonicMicroseconds());
    return unknown();
  }
  if (opened.state == State::expired) return fail(flow::problem(ProblemKind::conflict, "link-expired"));
  if (opened.state == State::used) return fail(flow::problem(ProblemKind::conflict, "link-used"));
  return ForDocument{std::move(opened), *id};
}

Outcome mayEdit(const Opened& opened) {
  if (opened.link.mayEdit) return {};
  return fail(flow::problem(ProblemKind::forbidden, "link-read-only"));
}

// Nobody with an account: the address that the link went to, and which link.
store::Actor actorOf(const Opened& opened) {
  return {store::ActorKind::person, "link:" + hex(view(opened.link.tokenDigest)).substr(0, actor_digits),
          opened.link.address};
}

Result<store::DocumentRow> senderRow(store::Reader& reader, const Opened& opened, DocumentId id) {
  return store::findDocument(reader, store::Viewer::system(), id, opened.notice.sender);
}

json::object documentShape(const store::DocumentRow& row, bool done) {
  const auto& entry = row.entry;
  return {{"id", entry.document.text()},
          {"number", textOrNull(entry.number)},
          {"type", document::name(entry.kind)},
          {"sender", partyShape(entry.sender)},
          {"issueDate", dateOrNull(entry.issueDate)},
          {"dueDate", dateOrNull(entry.dueDate)},
          {"amount", amountOrNull(entry.amount, entry.currency)},
          {"done", done}};
}

Result<net::Reply> show(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto opened, known(parts, limit, request));
  json::array documents;
  json::object receiver;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    documents.clear();
    TRY(const auto company, store::company(reader, opened.notice.receiver));
    receiver = {{"identifier", company.identifier}, {"name", company.name}};
    if (opened.state == State::expired) return {};  // what it was about is nobody's any longer
    for (const auto& id : opened.documents) {
      TRY(const auto row, senderRow(reader, opened, id));
      documents.push_back(documentShape(row, !opened.isLeft(id)));
    }
    return {};
  }));
  return net::Reply::json(json::serialize(json::object{{"state", name(opened.state)},
                                                       {"mayEdit", opened.link.mayEdit},
                                                       {"receiver", std::move(receiver)},
                                                       {"expiresAt", opened.link.expiresAt.text()},
                                                       {"documents", std::move(documents)}}));
}

// Others of the same cause are shown where the link is about them, too.
void keepOwn(json::object& shape, const Opened& opened) {
  json::array own;
  for (auto& each : shape.at("same").as_array()) {
    const auto id = DocumentId::parse(std::string_view(each.as_object().at("id").as_string()));
    if (id && opened.isAbout(*id)) own.push_back(std::move(each));
  }
  shape["same"] = std::move(own);
}

Result<net::Reply> form(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto asked, forDocument(parts, limit, request));
  TRY(auto shape, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
        TRY(const auto row, senderRow(reader, asked.opened, asked.document));
        return correctionOf(reader, row);
      }));
  keepOwn(shape, asked.opened);
  if (!asked.opened.link.mayEdit) {
    shape["possible"] = false;
    shape["why"] = "link-read-only";
    shape["fields"] = json::array();
    shape["attachments"] = json::array();
    shape["same"] = json::array();
  }
  return net::Reply::json(json::serialize(shape));
}

Outcome useUp(Parts& parts, const Opened& opened) {
  return parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto left, store::documentsOf(tx, opened.notice.id, true));
    return left.empty() ? store::useLink(tx, opened.link.tokenDigest, tx.clock().now()) : Outcome();
  });
}

Result<net::Reply> correct(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto asked, forDocument(parts, limit, request));
  CHECK_OK(mayEdit(asked.opened));
  TRY(auto wanted, correctionAsked(request, asked.document));
  wanted.request.remember = false;  // a rule for the future takes an account
  CHECK_OK(parts.context.flow.noticeReadByLink(asked.opened.notice.id, actorOf(asked.opened)));
  if (!wanted.send) {
    TRY(const auto proposed, parts.context.flow.proposeByLink(wanted.request));
    TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
          return previewShape(reader, proposed, wanted.request);
        }));
    return net::Reply::json(json::serialize(shape));
  }
  TRY(const auto made, parts.context.flow.correctByLink(actorOf(asked.opened), wanted.request));
  CHECK_OK(useUp(parts, asked.opened));
  Act act;
  act.entry.actor = actorOf(asked.opened);
  act.entry.action = "document.corrected";
  act.entry.object = "document";
  act.entry.objectId = asked.document.text();
  act.entry.address = request.remoteAddress;
  CHECK_OK(parts.recorder.record({act}));
  return net::Reply::json(json::serialize(madeShape(made)), created_status);
}

Result<net::Reply> shownBefore(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto link, forDocument(parts, limit, request));
  CHECK_OK(mayEdit(link.opened));
  TRY(const auto asked, correctionCopyAsked(request, link.document));
  TRY(const auto proposed, parts.context.flow.proposeByLink(asked.request));
  return correctionCopy(parts.context.store, proposed, asked);
}

Result<net::Reply> copy(Parts& parts, LinkLimit& limit, const net::Request& request) {
  CHECK_OK(onlyParameters(request, {"language"}));
  TRY(const auto asked, forDocument(parts, limit, request));
  CHECK_OK(mayEdit(asked.opened));
  const auto language = request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  std::optional<std::string> parsed;
  std::vector<store::FindingFact> findings;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    TRY(parsed, store::parsed(reader, asked.document));
    TRY(findings, store::findingsOf(reader, store::Viewer::system(), asked.document));
    return {};
  }));
  if (!parsed) return unknown();
  TRY(const auto document, document::BusinessDocument::restored(*parsed));
  const auto in = languageFromTag(language);
  TRY(auto page,
      render::renderHtml(document, {}, render::Channel::readable, in, flow::faultMarks(findings, in)));
  auto policy = render::htmlContentSecurityPolicy(page);
  auto reply = net::Reply::bytes("text/html; charset=utf-8", std::move(page));
  reply.headers.set("Content-Security-Policy", std::move(policy));
  return reply;
}

Result<net::Reply> read(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto opened, known(parts, limit, request));
  if (opened.state != State::expired)
    CHECK_OK(parts.context.flow.noticeReadByLink(opened.notice.id, actorOf(opened)));
  return net::Reply::empty();
}

}  // namespace

void addLinkRoutes(net::Router& router, Parts& parts) {
  const auto limit = std::make_shared<LinkLimit>();
  const auto add = [&](std::string method, std::string_view pattern, auto handler, std::size_t bytes = 0) {
    router.add(std::move(method), pattern,
               parts.guard.anybody([&parts, limit, handler](const net::Request& request) {
                 return handler(parts, *limit, request);
               }),
               bytes);
  };
  add("GET", "/api/v1/links/{token}", show);
  add("POST", "/api/v1/links/{token}/read", read);
  add("GET", "/api/v1/links/{token}/documents/{documentId}/correction", form);
  add("POST", "/api/v1/links/{token}/documents/{documentId}/corrections", correct, correction_bytes_max);
  add("POST", "/api/v1/links/{token}/documents/{documentId}/corrections/preview", shownBefore,
      correction_bytes_max);
  add("GET", "/api/v1/links/{token}/documents/{documentId}/copy", copy);
}

}  // namespace postgang::api
