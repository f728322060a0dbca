// The one place where a Problem becomes HTTP (RFC 9457). Kinds map by net::statusOf; here stand the
// exceptions and what is added: Retry-After, WWW-Authenticate, documentId.
#pragma once

#include <boost/json.hpp>

#include "base/problem.h"
#include "net/http.h"

namespace postgang::api {

// Every not_found of a request answers with the same bytes, so that another company's document and no
// document at all cannot be told apart.
net::Reply problemReply(const Problem& problem);
// The same as a JSON object, for problems inside an answer (a file of a zip).
boost::json::object problemShape(const Problem& problem);
int statusOfProblem(const Problem& problem);

tl::unexpected<Problem> notFound();
tl::unexpected<Problem> parameterInvalid(std::string_view parameter, std::string detail);  // of the query
tl::unexpected<Problem> fieldInvalid(std::string_view pointer, std::string detail);        // of a JSON body

}  // namespace postgang::api
