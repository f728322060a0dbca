// POST /documents and POST /validate: a file comes in as the request's body.
#include <algorithm>
#include <array>

#include "api/finding_shape.h"
#include "api/idempotency.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/text.h"
#include "flow/words.h"
#include "net/encoding.h"
#include "net/target.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t file_name_max = 255;  // code points

// What may hold a business document. The bytes decide what it is; this only turns away what cannot be meant,
// such as a form or JSON.
bool isTaken(std::string_view mediaType) {
  const auto type = lowered(mediaType);
  static constexpr std::array taken = {
      std::string_view("application/xml"),     std::string_view("text/xml"),
      std::string_view("application/zip"),     std::string_view("application/x-zip-compressed"),
      std::string_view("application/edifact"), std::string_view("application/octet-stream")};
  return type.empty() || type.ends_with("+xml") || std::ranges::find(taken, type) != taken.end();
}

// The name as its sender calls it: shown, never a path. X-File-Name goes before ?fileName=.
Result<std::string> fileNameIn(const net::Request& request) {
  std::string name = request.queryValue("fileName").value_or("");
  if (const auto header = request.header("X-File-Name"); !header.empty()) {
    const auto decoded = net::percentDecoded(header);
    if (!decoded || !isUtf8(*decoded))
      return parameterInvalid("X-File-Name", "The file's name is percent-encoded UTF-8.");
    name = *decoded;
  }
  return truncated(trimmed(withoutControls(name)), file_name_max);
}

Outcome checkMediaType(const net::Request& request) {
  if (isTaken(request.mediaType())) return {};
  return fail(ProblemKind::unsupported, "media-type-unsupported", "No document comes in this media type.",
              "Content-Type",
              "Send the file itself as application/xml, application/zip or application/octet-stream.");
}

struct File {
  std::string name;
  std::string bytes;  // out of its Content-Encoding
};

Result<File> fileIn(const Parts& parts, const net::Request& request) {
  CHECK_OK(checkMediaType(request));
  TRY(auto name, fileNameIn(request));
  auto bytes = net::decodeBody(request.header("Content-Encoding"), request.body,
                               parts.context.limits.documentBytes_max);
  if (!bytes) {
    auto problem = std::move(bytes).error();
    if (problem.kind == ProblemKind::too_large) problem.code = "document-too-large";
    return fail(std::move(problem));
  }
  return File{std::move(name), std::move(*bytes)};
}

json::object acceptedShape(const flow::AcceptedDocument& document) {
  return {{"id", document.id.text()},
          {"status", document::name(document.status)},
          {"fileName", textOrNull(document.fileName)},
          {"number", textOrNull(document.number)}};
}

json::object acceptedInZipShape(const flow::AcceptedDocument& document) {
  if (!document.problem) {
    auto shape = acceptedShape(document);
    shape["problem"] = nullptr;
    return shape;
  }
  return {{"id", nullptr},
          {"status", nullptr},
          {"fileName", textOrNull(document.fileName)},
          {"number", nullptr},
          {"problem", problemShape(*document.problem)}};
}

std::string acceptedJson(const flow::Accepted& accepted) {
  if (!accepted.archive) return json::serialize(acceptedShape(accepted.documents.at(0)));
  json::array documents;
  for (const auto& document : accepted.documents) documents.push_back(acceptedInZipShape(document));
  return json::serialize(json::object{{"documents", std::move(documents)}});
}

// `postgang send` says who it is; it is a key's call like any other.
std::string doorOf(const Call& call) {
  if (call.caller->isPerson()) return "portal";
  return call.request.header("User-Agent").starts_with("postgang/") ? "command-line" : "api";
}

// How it is to go; a misspelt name would otherwise be found out when the document has failed.
Result<std::string> channelIn(const Parts& parts, const net::Request& request) {
  TRY(auto channel, textParameter(request, "channel", 40));
  const auto names = parts.context.flow.channelNames();
  if (channel.empty() || std::ranges::find(names, channel) != names.end()) return channel;
  auto unknown = flow::problem(ProblemKind::invalid, "channel-unknown",
                               {{"channel", channel}, {"channels", joined(names, ", ")}});
  unknown.where = "channel";
  return fail(std::move(unknown));
}

constexpr int accepted_status = 202;

Result<net::Reply> sendDocument(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"fileName", "direction", "channel"}));
  TRY(const auto direction, textParameter(call.request, "direction", 20));
  if (!direction.empty() && direction != "sent" && direction != "received")
    return parameterInvalid("direction", "This is sent or received.");
  TRY(auto channel, channelIn(parts, call.request));
  if (!channel.empty() && direction == "received")
    return parameterInvalid("channel", "What was received is not sent on.");
  TRY(const auto key, idempotencyKeyIn(call.request));
  TRY(auto file, fileIn(parts, call.request));
  flow::Upload upload;
  upload.sender = call.company();
  upload.inbound = direction == "received";
  upload.actor = call.viewer().actor();
  upload.door = doorOf(call);
  upload.fileName = std::move(file.name);
  upload.mediaType = call.request.mediaType();
  upload.bytes = std::move(file.bytes);
  upload.channel = std::move(channel);
  if (key) {
    const auto digest = requestDigest(call.request);
    upload.idempotency =
        flow::Idempotency{call.caller->id(), *key, digest,
                          [digest](const flow::Accepted& accepted) {
                            return store::StoredReply{digest, accepted_status, acceptedJson(accepted)};
                          },
                          idempotency_kept_seconds};
  }
  TRY(const auto accepted, parts.context.flow.accept(upload));
  if (accepted.replay) return replayed(*accepted.replay);
  if (!call.caller->isSandbox())
    parts.metrics.countAccepted(static_cast<std::int64_t>(std::ranges::count_if(
        accepted.documents, [](const flow::AcceptedDocument& document) { return !document.problem; })));
  for (const auto& document : accepted.documents)
    if (!document.problem) call.note->objectIds.push_back(document.id.text());
  call.note->nothingDone = call.note->objectIds.empty();
  auto reply = net::Reply::json(acceptedJson(accepted), accepted_status);
  if (!accepted.archive) reply.headers.set("Location", documentPath(accepted.documents.at(0).id));
  return reply;
}

Result<net::Reply> validateDocument(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"fileName"}));
  TRY(const auto file, fileIn(parts, call.request));
  TRY(const auto judgement, parts.context.flow.judge(call.company(), file.name, file.bytes));
  json::array findings;
  for (const auto& finding : judgement.findings) findings.push_back(findingShape(finding));
  const auto& read = judgement.recognised;
  return net::Reply::json(json::serialize(
      json::object{{"valid", judgement.valid()},
                   {"format", textOrNull(judgement.format)},
                   {"type", document::name(read ? read->kind : document::Kind::other)},
                   {"number", textOrNull(read ? std::string_view(read->number) : std::string_view())},
                   {"findings", std::move(findings)}}));
}

}  // namespace

void addUploadRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const std::size_t limit = parts.context.limits.documentBytes_max;
  router.add(
      "POST", "/api/v1/documents",
      parts.guard.scoped(Scope::documents_write, [&](const Call& call) { return sendDocument(parts, call); }),
      limit);
  router.add("POST", "/api/v1/validate",
             parts.guard.scoped(Scope::documents_write,
                                [&](const Call& call) { return validateDocument(parts, call); }),
             limit);
}

}  // namespace postgang::api
