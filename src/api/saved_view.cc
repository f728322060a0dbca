#include "api/saved_view.h"

#include <algorithm>

#include "api/problem_reply.h"

namespace postgang::api {

namespace {

constexpr std::size_t name_points_max = 60, query_points_max = 2000;
constexpr std::string_view lists[] = {"documents", "sent", "received", "stopped", "smartmail"};

}  // namespace

Result<store::SavedView> savedViewIn(const JsonBody& body) {
  store::SavedView view;
  TRY(view.list, body.text("list", 20));
  if (std::ranges::find(lists, std::string_view(view.list)) == std::end(lists))
    return fieldInvalid(body.pointerOf("list"), "There is no such list.");
  TRY(view.name, body.text("name", name_points_max));
  TRY(const auto query, body.maybeText("query", query_points_max));
  view.query = query.value_or("");
  return view;
}

}  // namespace postgang::api
