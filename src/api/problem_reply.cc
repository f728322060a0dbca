#include "api/problem_reply.h"

#include "base/log.h"

namespace postgang::api {

namespace {

constexpr int unprocessable = 422;
constexpr int gone = 410;
// Whoever has no account has no company to act for: the words of not-found would not help.
bool isOfLink(std::string_view code) {
  return code == "link-unknown" || code == "link-invalid";
}

// The same words whatever was not found, and whoever asked.
const Problem& nothingHere() {
  static const Problem problem{ProblemKind::not_found,
                               "not-found",
                               "There is nothing here, or nothing that you may see.",
                               {},
                               "Check the address, and for which company you act.",
                               {}};
  return problem;
}

const Problem& ourOwnFault() {
  static const Problem problem{ProblemKind::internal,
                               "internal-error",
                               "Something went wrong here.",
                               {},
                               "Tell us the X-Request-Id of this answer.",
                               {}};
  return problem;
}

void add(boost::json::object& object, std::string_view name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

// The request is as it should be, and what it asks for cannot be.
bool isUnprocessable(std::string_view code) {
  return code == "idempotency-key-reused" || code == "nothing-changed" || code == "place-unknown" ||
         code == "format-not-corrected" || code == "correction-not-enough" ||
         code == "document-not-credited" || code == "number-malformed" || code.starts_with("term-") ||
         code == "peppol-receiver-unknown" || code == "peppol-document-unknown";
}

// A file that is no table, or none that can be understood.
bool isUnreadableTable(const Problem& problem) {
  const std::string_view code = problem.code;
  return problem.kind == ProblemKind::invalid &&
         (code.starts_with("spreadsheet-") || code.starts_with("register-column-") ||
          code == "text-damaged" || code == "archive-damaged" || code == "archive-empty" ||
          code == "import-column-missing");
}

}  // namespace

int statusOfProblem(const Problem& problem) {
  if (isUnprocessable(problem.code) || isUnreadableTable(problem)) return unprocessable;
  if (problem.code == "link-expired" || problem.code == "link-used") return gone;
  return net::statusOf(problem.kind);
}

boost::json::object problemShape(const Problem& problem) {
  const int status = statusOfProblem(problem);
  boost::json::object object;
  object["type"] = "/problems/" + problem.code;
  object["title"] = net::reason(status);
  object["status"] = status;
  object["code"] = problem.code;
  object["detail"] = problem.detail;
  add(object, "where", problem.where);
  add(object, "advice", problem.advice);
  if (!problem.parameters.empty()) {
    boost::json::object parameters;
    for (const auto& [name, value] : problem.parameters) parameters[name] = value;
    object["parameters"] = std::move(parameters);
  }
  const auto document = problem.parameters.find("documentId");
  if (document != problem.parameters.end()) object["documentId"] = document->second;
  return object;
}

net::Reply problemReply(const Problem& problem) {
  if (problem.kind == ProblemKind::not_found && problem.code != nothingHere().code && !isOfLink(problem.code))
    return problemReply(nothingHere());
  if (problem.kind == ProblemKind::internal && problem.code != ourOwnFault().code) {
    log::error("internal problem",
               {{"code", problem.code}, {"detail", problem.detail}, {"where", problem.where}});
    return problemReply(ourOwnFault());
  }
  const int status = statusOfProblem(problem);
  auto reply =
      net::Reply::bytes("application/problem+json", boost::json::serialize(problemShape(problem)), status);
  if (problem.kind == ProblemKind::unauthenticated) reply.headers.set("WWW-Authenticate", "Bearer");
  if (problem.kind == ProblemKind::rate_limited) {
    const auto seconds = problem.parameters.find("seconds");
    reply.headers.set("Retry-After",
                      seconds == problem.parameters.end() ? std::string("1") : seconds->second);
  }
  if (problem.kind == ProblemKind::unavailable) reply.headers.set("Retry-After", "2");
  return reply;
}

tl::unexpected<Problem> notFound() {
  return fail(nothingHere());
}

tl::unexpected<Problem> parameterInvalid(std::string_view parameter, std::string detail) {
  return fail(ProblemKind::invalid, "parameter-invalid", std::move(detail), std::string(parameter),
              "Correct the parameter, then ask again.");
}

tl::unexpected<Problem> fieldInvalid(std::string_view pointer, std::string detail) {
  return fail(ProblemKind::invalid, "field-invalid", std::move(detail), std::string(pointer),
              "Correct the field, then send again.");
}

}  // namespace postgang::api
