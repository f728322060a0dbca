#include "flow/document_news.h"

#include <algorithm>
#include <utility>

#include "store/documents.h"
#include "store/news.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

constexpr std::string_view posted = "smartmail-posted";
// By then all that fell due in the same hour has gone to paper.
constexpr std::int64_t day_settles_seconds = 900;

// By a receiver's filters: whether it goes back to its sender is an event of its own, `returned`.
bool isForReceiver(const store::NewEvent& event) {
  const auto* stopped = std::get_if<store::StoppedFact>(&event.fact);
  return stopped && stopped->receiver;
}

bool isOnPaper(const store::NewEvent& event) {
  const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
  return fact && fact->channel == "print" && event.type == EventType::delivery_queued;
}

// Whom its sender's own hand sends to paper needs no telling.
bool isOverdue(const store::NewEvent& event) {
  const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
  return event.type == EventType::delivery_expired && fact && fact->evidence == "deadline";
}

}  // namespace

std::string_view newsOf(const std::vector<store::NewEvent>& events) {
  bool overdue = false;
  for (const auto& event : events) {
    switch (event.type) {
      case EventType::failed:
        return "failed";
      case EventType::returned:
        return "stopped";
      case EventType::stopped:
        if (!isForReceiver(event)) return "stopped";
        break;
      case EventType::rejected:
        return "rejected";
      case EventType::delivery_expired:
        overdue = overdue || isOverdue(event);
        break;
      default:
        if (overdue && isOnPaper(event)) return posted;
    }
  }
  return {};
}

Outcome appendAndTell(store::Transaction& tx, DocumentId document, std::int64_t expectedSequence,
                      const std::vector<store::NewEvent>& events, std::vector<store::NewJob> jobs) {
  const auto kind = newsOf(events);
  if (kind.empty()) return store::append(tx, document, expectedSequence, events, jobs);
  TRY(const auto sides, store::sidesOf(tx, document));
  const auto now = tx.clock().now();
  store::News news;
  news.kind = kind;
  news.company = sides.sender;
  // Of Smartmails a hundred thousand may fall due at one instant: their day is told once, by one job, which
  // the others find there.
  const bool ofDay = kind == posted;
  if (ofDay) {
    news.path = "/smartmail";
    news.key = dateInStockholm(now).text();
  } else {
    news.document = document;
    news.path = "/documents/" + document.text();
    news.key = document.text() + ":" + std::to_string(expectedSequence);
    // A return's notice is a mail to each who wants one by itself (notify.h).
    news.mailed =
        std::ranges::any_of(events, [](const auto& event) { return event.type == EventType::returned; });
  }
  jobs.push_back(store::newsJob(news, ofDay ? now.plusSeconds(day_settles_seconds) : now));
  return store::append(tx, document, expectedSequence, events, jobs);
}

}  // namespace postgang::flow
