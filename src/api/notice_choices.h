// How a user hears of what: {"notices": kind → each, digest, none; "portal": kind → yes or no; "alsoSeen";
// "digestHour"}, both ways. Of kinds that the user could never be told of nothing is said.
#pragma once

#include <boost/json.hpp>

#include "api/json_body.h"
#include "store/access_rows.h"
#include "store/own_settings.h"

namespace postgang::api {

void addNoticeChoices(boost::json::object& shape, const store::User& user, const store::OwnSettings& own);
// What is left out stands. Code field-invalid, field-unknown.
Outcome readNoticeChoices(const JsonBody& body, const store::User& user, store::OwnSettings& own);

}  // namespace postgang::api
