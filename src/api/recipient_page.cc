// /m/{token}: the page behind the link in a Smartmail, for whoever has the mail; flow/recipient_page.h has
// what is done there. No account and no cookie: the token in the path is the credential, and after the
// opening a key beside it for an hour. A GET never opens: scanners and previews make GETs. A token that never
// existed and one that was tampered with answer alike, and whoever tries many is told to wait.
#include <charconv>

#include "api/link_limit.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/recipient_facts.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "base/log.h"
#include "flow/recipient_page.h"
#include "flow/words.h"
#include "formats/format.h"
#include "net/target.h"
#include "render/render.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

using State = flow::RecipientVisit::State;

constexpr int gone = 410;
constexpr std::size_t form_bytes_max = 32 * 1024;

struct Visitor {
  std::string token;
  Digest digest{};
  flow::RecipientVisit visit;
  std::string path() const { return "/m/" + token; }
};

net::Reply htmlReply(std::string html, int status = 200) {
  auto policy = render::recipientPagePolicy(html);
  auto reply = net::Reply::bytes("text/html; charset=utf-8", std::move(html), status);
  reply.headers.set("Content-Security-Policy", std::move(policy));
  return reply;
}

// What everything under /m carries, whatever it is.
net::Reply unlisted(net::Reply reply) {
  reply.headers.set("X-Robots-Tag", "noindex, nofollow, noarchive");
  reply.headers.set("Referrer-Policy", "no-referrer");
  reply.headers.set("Cache-Control", "no-store");
  return reply;
}

Language languageOf(const net::Request& request) {
  return languageFromTag(request.header("Accept-Language"));
}

net::Reply plain(const net::Request& request, std::string_view word, int status) {
  return htmlReply(render::plainPage(languageOf(request), word), status);
}

net::Reply problemPage(const net::Request& request, const Problem& problem) {
  const int status = statusOfProblem(problem);
  if (problem.kind == ProblemKind::not_found) return plain(request, "unknown", status);
  if (problem.code == "link-ended") return plain(request, "ended", gone);
  if (problem.code == "origin-foreign") return plain(request, "foreign", status);
  if (problem.kind == ProblemKind::conflict)  // it has expired meanwhile, or has not: the page says so
    return net::Reply::redirect("/m/" + std::string(request.parameter("token")));
  auto reply = plain(request, problem.kind == ProblemKind::rate_limited ? "often" : "trouble", status);
  if (const auto seconds = problem.parameters.find("seconds"); seconds != problem.parameters.end())
    reply.headers.set("Retry-After", seconds->second);
  if (problem.kind == ProblemKind::internal)
    log::error("recipient's page", {{"code", problem.code}, {"detail", problem.detail}});
  return reply;
}

// Under no-referrer old browsers name no origin of a form's POST; newer ones say where they come from.
Outcome checkSite(const net::Request& request) {
  if (request.header("Sec-Fetch-Site").empty() && request.header("Origin") == "null") return {};
  return checkOrigin(request);
}

Result<Visitor> visitor(Parts& parts, LinkLimit& limit, const net::Request& request) {
  const auto tried = monotonicMicroseconds();
  CHECK_OK(limit.admit(request.remoteAddress, tried));
  Visitor visitor;
  visitor.token = request.parameter("token");
  visitor.digest = flow::recipientDigest(visitor.token);
  const auto now = parts.context.clock.now();
  TRY(auto visit, readFrom(parts.context.store, [&](store::Reader& reader) {
        return flow::recipientVisit(reader, visitor.digest, now);
      }));
  if (!visit) {
    limit.missed(request.remoteAddress, tried);
    return fail(flow::problem(ProblemKind::not_found, "link-unknown"));
  }
  visitor.visit = std::move(*visit);
  return visitor;
}

// One whose link holds; code link-ended, link-expired.
Result<Visitor> admitted(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(auto come, visitor(parts, limit, request));
  if (come.visit.state == State::ended) return fail(flow::problem(ProblemKind::conflict, "link-ended"));
  if (come.visit.state == State::expired) return fail(flow::problem(ProblemKind::conflict, "link-expired"));
  return come;
}

Result<RecipientFacts> factsFor(Parts& parts, const Visitor& come) {
  const auto& link = come.visit.link;
  const auto now = parts.context.clock.now();
  TRY(auto facts, readFrom(parts.context.store, [&](store::Reader& reader) {
        return recipientFacts(reader, link.document, link.delivery, link.recipient, now);
      }));
  facts.page.base = come.path();
  facts.page.key = link.pageKey;
  facts.page.linkUntil = link.expiresAt;
  return facts;
}

// --- Before the opening

Result<net::Reply> before(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto come, visitor(parts, limit, request));
  if (come.visit.state == State::ended) return plain(request, "ended", gone);
  TRY(auto facts, factsFor(parts, come));
  // The receipt is for whoever has pressed, not for whatever fetches.
  facts.page.openedAt.reset();
  if (come.visit.state == State::expired) return htmlReply(render::pageExpired(facts.page, false), gone);
  if (const auto kept = parts.context.flow.recipientPages().fetched(come.digest); !kept)
    log::warning("a fetch was not kept", {{"code", kept.error().code}});
  return htmlReply(render::pageBefore(facts.page));
}

Result<net::Reply> open(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto come, visitor(parts, limit, request));
  TRY(const auto key, parts.context.flow.recipientPages().open(come.digest));
  return net::Reply::redirect(come.path() + "/" + key);
}

Result<net::Reply> askWhetherWrong(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto come, admitted(parts, limit, request));
  TRY(auto facts, factsFor(parts, come));
  facts.page.openedAt.reset();
  return htmlReply(render::pageWrongRecipient(facts.page));
}

Result<net::Reply> wrongRecipient(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto come, visitor(parts, limit, request));
  CHECK_OK(parts.context.flow.recipientPages().wrongRecipient(come.digest));
  return plain(request, "wrongDone", 200);
}

Result<net::Reply> newLink(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto come, visitor(parts, limit, request));
  CHECK_OK(parts.context.flow.recipientPages().sendNewLink(come.digest));
  TRY(auto facts, factsFor(parts, come));
  facts.page.openedAt.reset();
  return htmlReply(render::pageExpired(facts.page, true));
}

Result<net::Reply> newer(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(const auto come, visitor(parts, limit, request));
  TRY(const auto token, parts.context.flow.recipientPages().newer(come.token));
  return net::Reply::redirect(token ? "/m/" + *token : come.path());
}

Result<net::Reply> backToPage(Parts&, LinkLimit&, const net::Request& request) {
  return net::Reply::redirect("/m/" + std::string(request.parameter("token")));
}

// --- After it: whoever has the key, for an hour; otherwise the page before.

Result<std::optional<Visitor>> opener(Parts& parts, LinkLimit& limit, const net::Request& request) {
  TRY(auto come, admitted(parts, limit, request));
  if (!come.visit.shows(request.parameter("key"), parts.context.clock.now())) return std::optional<Visitor>();
  return std::optional(std::move(come));
}

using Handle = Result<net::Reply> (*)(Parts&, const Visitor&, const net::Request&);

enum class Form { html, pdf, preview };

Result<CopyCache::Copy> drawn(Parts& parts, const RecipientFacts& facts, Form form) {
  auto design = facts.page.design;
  if (form == Form::preview && design.logo.bytes.size() > 6 * 1024) design.logo = {};
  const auto key = "m|" + hex(view(facts.row.digest)) + "|" + std::to_string(static_cast<int>(form)) + "|" +
                   std::string(code(facts.page.language)) + "|" +
                   hex(view(sha256(render::designToJson(design))));
  if (auto known = parts.copies.find(key)) return known;
  const auto road = render::Channel::email;
  TRY(auto bytes, form == Form::pdf ? render::renderPdf(facts.document, design, road, facts.page.language)
                                    : render::renderHtml(facts.document, design, road, facts.page.language));
  if (form == Form::preview) bytes = render::copyPreview(std::move(bytes));
  return parts.copies.put(key, std::move(bytes));
}

// The page with a picture of the copy, where both together are light enough for a phone.
Result<net::Reply> pageAfter(Parts& parts, RecipientFacts facts, int status = 200) {
  facts.page.hasPreview = true;
  auto html = render::pageAfter(facts.page);
  const auto preview = drawn(parts, facts, Form::preview);
  if (!preview || (*preview)->size() + html.size() > render::recipient_page_bytes_max) {
    facts.page.hasPreview = false;
    html = render::pageAfter(facts.page);
  }
  return htmlReply(std::move(html), status);
}

Result<net::Reply> after(Parts& parts, const Visitor& come, const net::Request&) {
  TRY(auto facts, factsFor(parts, come));
  return pageAfter(parts, std::move(facts));
}

template <Form form>
Result<net::Reply> copy(Parts& parts, const Visitor& come, const net::Request&) {
  TRY(const auto facts, factsFor(parts, come));
  net::Reply reply;
  TRY(reply.shared, drawn(parts, facts, form));
  const auto& entry = facts.row.entry;
  const auto name =
      safeFileName((entry.number.empty() ? entry.document.text() : entry.number) + ".pdf", "copy");
  if (form == Form::pdf) {
    reply.headers.set("Content-Type", "application/pdf");
    reply.headers.set("Content-Disposition", disposition("attachment", name));
    reply.headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    reply.compressible = false;
  } else {
    reply.headers.set("Content-Type", "text/html; charset=utf-8");
    reply.headers.set("Content-Security-Policy", render::htmlContentSecurityPolicy(reply.bytes()));
  }
  return reply;
}

Result<net::Reply> picture(Parts& parts, const Visitor& come, const net::Request&) {
  TRY(const auto facts, factsFor(parts, come));
  const bool holds =
      facts.page.state == render::PageState::current && facts.page.copy.ask == render::Ask::pay;
  auto png = holds && facts.page.copy.code ? render::codeAsPng(facts.page.copy.code->qr) : std::string();
  if (png.empty()) return notFound();
  return download("image/png", std::move(png),
                  safeFileName("qr-" + facts.row.entry.number + ".png", "qr.png"));
}

Result<net::Reply> part(Parts& parts, const Visitor& come, const net::Request& request) {
  const auto text = request.parameter("index");
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  TRY(const auto facts, factsFor(parts, come));
  if (error != std::errc() || end != text.data() + text.size() || index >= facts.parts.size())
    return notFound();
  const auto& wanted = facts.parts[index];
  TRY(const auto original, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::blob(reader, facts.row.digest);
      }));
  TRY(const auto reading, formats::readDocument(original));
  const auto attachments = reading.document.attachments();
  if (wanted.attachment >= attachments.size()) return notFound();
  const auto& attachment = attachments[wanted.attachment];
  auto bytes = fromBase64(attachment.base64);
  if (!bytes) return fail(flow::problem(ProblemKind::internal, "attachment-damaged"));
  CHECK_OK(parts.context.flow.recipientPages().openPart(come.digest, wanted.name));
  return download(safeMediaType(attachment.mimeCode), std::move(*bytes),
                  attachmentName(attachment, wanted.attachment));
}

// One field of application/x-www-form-urlencoded; nullopt where it is absent or no text.
std::optional<std::string> fieldOf(const net::Request& request, std::string_view name) {
  if (request.mediaType() != "application/x-www-form-urlencoded") return std::nullopt;
  for (const auto pair : split(request.body, '&')) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    auto value = net::percentDecoded(pair.substr(equals + 1), true);
    if (!value || !isUtf8(*value)) return std::nullopt;
    return value;
  }
  return std::nullopt;
}

Result<net::Reply> ask(Parts& parts, const Visitor& come, const net::Request& request) {
  const auto question = fieldOf(request, "question").value_or("");
  const auto asked = parts.context.flow.recipientPages().ask(come.digest, question);
  if (asked) return net::Reply::redirect(come.path() + "/" + come.visit.link.pageKey + "#ask");
  const auto& problem = asked.error();
  if (problem.kind != ProblemKind::invalid && problem.kind != ProblemKind::rate_limited) return fail(problem);
  TRY(auto facts, factsFor(parts, come));
  facts.page.askProblem = problem.code;
  facts.page.question = truncated(withoutControls(question), 4 * flow::question_points_max);
  return pageAfter(parts, std::move(facts), statusOfProblem(problem));
}

Result<net::Reply> wantEinvoice(Parts& parts, const Visitor& come, const net::Request&) {
  CHECK_OK(parts.context.flow.recipientPages().wantEinvoice(come.digest));
  return net::Reply::redirect(come.path() + "/" + come.visit.link.pageKey);
}

Result<net::Reply> backToOpened(Parts&, const Visitor& come, const net::Request&) {
  return net::Reply::redirect(come.path() + "/" + come.visit.link.pageKey);
}

// --- The sender's own look

Result<net::Reply> preview(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  CHECK_OK(onlyParameters(call.request, {"state"}));
  const auto state = call.request.queryValue("state").value_or("before");
  if (state != "before" && state != "after")
    return parameterInvalid("state", "The state is before or after.");
  const auto now = parts.context.clock.now();
  std::optional<DeliveryId> delivery;
  std::optional<RecipientFacts> facts;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto row, store::findDocument(reader, call.viewer(), id, call.company()));
    if (row.entry.direction != store::Direction::sent) return notFound();
    TRY(const auto deliveries, store::deliveriesOf(reader, call.viewer(), id));
    std::string recipient;
    for (const auto& each : deliveries) {
      if (each.channel != "email") continue;
      delivery = each.id;
      recipient = each.road.recipients.empty() ? each.address : each.road.recipients.front().address;
    }
    if (!delivery) return fail(flow::problem(ProblemKind::conflict, "no-smartmail"));
    TRY(facts, recipientFacts(reader, id, *delivery, recipient, now));
    return {};
  }));
  facts->page.linkUntil = now;
  if (state == "before") facts->page.openedAt.reset();
  if (call.caller->isPerson() && call.request.method == "GET")
    CHECK_OK(parts.context.flow.recipientPages().previewed(call.viewer(), id, *delivery));
  auto html = state == "before" ? render::pageBefore(facts->page) : render::pageAfter(facts->page);
  auto policy = render::recipientPagePolicy(html, true);
  auto reply = net::Reply::bytes("text/html; charset=utf-8", std::move(html));
  reply.headers.set("Content-Security-Policy", std::move(policy));
  return reply;
}

}  // namespace

void addRecipientPageRoutes(net::Router& router, Parts& parts) {
  const auto limit = std::make_shared<LinkLimit>();
  const auto add = [&](std::string method, std::string_view pattern, auto handler) {
    const bool changes = method == "POST";
    router.add(std::move(method), pattern,
               parts.guard.anybody(
                   [&parts, limit, handler, changes](const net::Request& request) -> Result<net::Reply> {
                     const auto allowed = changes ? checkSite(request) : Outcome();
                     auto reply = allowed ? handler(parts, *limit, request) : fail(allowed.error());
                     return unlisted(reply ? std::move(*reply) : problemPage(request, reply.error()));
                   }),
               changes ? form_bytes_max : 0);
  };
  const auto addOpened = [&](std::string method, std::string_view below, Handle handle) {
    add(std::move(method), "/m/{token}/{key}" + std::string(below),
        [handle](Parts& own, LinkLimit& misses, const net::Request& request) -> Result<net::Reply> {
          TRY(const auto come, opener(own, misses, request));
          if (!come) return backToPage(own, misses, request);
          return handle(own, *come, request);
        });
  };
  add("GET", "/m/{token}", before);
  add("POST", "/m/{token}/open", open);
  add("GET", "/m/{token}/open", backToPage);
  add("GET", "/m/{token}/wrong-recipient", askWhetherWrong);
  add("POST", "/m/{token}/wrong-recipient", wrongRecipient);
  add("POST", "/m/{token}/new-link", newLink);
  add("GET", "/m/{token}/new-link", backToPage);
  add("POST", "/m/{token}/newer", newer);
  add("GET", "/m/{token}/newer", backToPage);
  addOpened("GET", "", after);
  addOpened("GET", "/copy", copy<Form::html>);
  addOpened("GET", "/preview", copy<Form::preview>);
  addOpened("GET", "/pdf", copy<Form::pdf>);
  addOpened("GET", "/qr.png", picture);
  addOpened("POST", "/parts/{index}", part);
  addOpened("GET", "/parts/{index}", backToOpened);
  addOpened("POST", "/ask", ask);
  addOpened("GET", "/ask", backToOpened);
  addOpened("POST", "/einvoice", wantEinvoice);
  addOpened("GET", "/einvoice", backToOpened);
  router.add("GET", "/api/v1/documents/{id}/smartmail/page",
             parts.guard.scoped(access::Scope::documents_read,
                                [&parts](const Call& call) { return preview(parts, call); }));
}

}  // namespace postgang::api
