#include "store/news.h"

#include <boost/json.hpp>

#include "base/json_words.h"

namespace postgang::store {

namespace {

namespace json = boost::json;

std::string member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->as_string())) : std::string();
}

template <typename T>
std::string textOf(const std::optional<T>& id) {
  return id ? id->text() : std::string();
}

}  // namespace

// About no document: a buried job's document fails, and that nobody could be told is no failure of it.
NewJob newsJob(const News& news, Instant runAt) {
  NewJob job;
  job.kind = "tell-people";
  job.key = "tell-people:" + news.kind + ":" + std::to_string(news.company.value) + ":" + textOf(news.only) +
            ":" + news.key;
  job.company = news.company;
  job.runAt = runAt;
  job.payload = json::serialize(json::object{{"kind", news.kind},
                                             {"document", textOf(news.document)},
                                             {"path", news.path},
                                             {"words", jsonOf(news.words)},
                                             {"only", textOf(news.only)},
                                             {"by", textOf(news.by)},
                                             {"key", news.key},
                                             {"desk", news.desk ? news.desk->value : 0},
                                             {"mailed", news.mailed}});
  return job;
}

News newsIn(const Job& job) {
  News news;
  news.company = job.company;
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  if (error || !payload.is_object()) return news;
  const auto& object = payload.get_object();
  news.kind = member(object, "kind");
  news.document = DocumentId::parse(member(object, "document"));
  news.path = member(object, "path");
  news.only = UserId::parse(member(object, "only"));
  news.by = UserId::parse(member(object, "by"));
  news.key = member(object, "key");
  const auto* desk = object.if_contains("desk");
  if (desk && desk->is_int64() && desk->get_int64() > 0) news.desk = CompanyId{desk->get_int64()};
  const auto* mailed = object.if_contains("mailed");
  news.mailed = mailed && mailed->is_bool() && mailed->get_bool();
  news.words = wordsOf(object.if_contains("words"));
  return news;
}

}  // namespace postgang::store
