#include "app/remote.h"

#include <boost/json/parse.hpp>

#include "app/command.h"

namespace postgang::app {

namespace json = boost::json;

std::vector<Setting> remoteSettings() {
  return {{"url", "http://127.0.0.1:8080", "the server; best in the environment", "URL"},
          {"key", "", "the API key; best in the environment, where others do not see it", "KEY"}};
}

Result<Remote> Remote::from(const Settings& settings) {
  Remote remote;
  remote.url_ = settings.text("url");
  while (remote.url_.ends_with('/')) remote.url_.pop_back();
  TRY(remote.key_, needed(settings, "key"));
  return remote;
}

Result<json::value> Remote::call(net::ClientRequest request, const std::string& path) const {
  request.url = url_ + path;
  request.headers.set("Authorization", "Bearer " + key_);
  request.headers.set("User-Agent", "postgang/" + std::string(version));
  TRY(const auto reply, net::fetch(request));
  boost::system::error_code unreadable;
  auto value = json::parse(reply.body, unreadable);
  if (unreadable || !value.is_object())
    return fail(ProblemKind::unavailable, "reply-not-understood",
                "The server answered " + std::to_string(reply.status) + " with something else than JSON.",
                url_, "Check POSTGANG_URL.");
  if (reply.status < 400) return value;
  return fail(ProblemKind::invalid, textIn(value, "code"), textIn(value, "detail"), textIn(value, "where"),
              textIn(value, "advice"));
}

std::string textIn(const json::value& object, std::string_view member) {
  const auto* found = object.is_object() ? object.get_object().if_contains(member) : nullptr;
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace postgang::app
