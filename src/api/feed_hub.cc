#include "api/feed_hub.h"

#include <algorithm>

#include "api/shapes.h"
#include "base/log.h"
#include "base/time.h"

namespace postgang::api {

namespace {

constexpr int page_size = 500;
constexpr int looks_every_milliseconds = 500;
constexpr std::int64_t ask_again_microseconds = 15'000'000;
constexpr std::int64_t news_microseconds = 400'000;

std::string jsonOf(const store::FeedItem& item) {
  return boost::json::serialize(happeningShape(item));
}

std::string jsonOf(const store::Ticket& ticket) {
  return boost::json::serialize(boost::json::object{{"ticketId", ticket.id.text()},
                                                    {"number", store::ticketNumberText(ticket.number)},
                                                    {"status", store::name(ticket.status)}});
}

}  // namespace

FeedHub::FeedHub(store::Store& store, access::Access& access) : store_(store), access_(access) {}

FeedHub::~FeedHub() {
  stop();
}

Result<std::shared_ptr<net::EventStream>> FeedHub::join(access::CallerPointer caller, Credentials credentials,
                                                        std::string cursor) {
  Client client;
  client.stream = std::make_shared<net::EventStream>();
  client.caller = std::move(caller);
  client.credentials = std::move(credentials);
  client.askedAgainAt = monotonicMicroseconds();
  if (cursor.empty()) {
    CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
      TRY(cursor, store::feedEnd(reader));
      return {};
    }));
    // The first event carries where it begins: a client that loses the line before anything happened resumes
    // there.
    client.stream->send(cursor, "ready", "{}");
  }
  client.cursor = std::move(cursor);
  const std::lock_guard lock(mutex_);
  if (stopping_)
    return fail(ProblemKind::unavailable, "stopping", "The server is stopping.", {}, "Try again soon.");
  auto stream = client.stream;
  joining_.push_back(std::move(client));
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_one();
  return stream;
}

std::size_t FeedHub::clients() const {
  const std::lock_guard lock(mutex_);
  return following_ + joining_.size();
}

void FeedHub::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  for (auto& client : clients_) client.stream->close();
  for (auto& client : joining_) client.stream->close();
  clients_.clear();
  joining_.clear();
}

void FeedHub::run() {
  while (true) {
    const auto seen = store_.commits();
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !joining_.empty() || !clients_.empty(); });
      if (stopping_) return;
      std::ranges::move(joining_, std::back_inserter(clients_));
      joining_.clear();
      following_ = clients_.size();
    }
    turn();
    bool nobodyNew = true;
    {
      const std::lock_guard lock(mutex_);
      following_ = clients_.size();
      nobodyNew = joining_.empty();
    }
    if (nobodyNew && !clients_.empty()) store_.waitForCommit(seen, looks_every_milliseconds);
  }
}

void FeedHub::turn() {
  for (auto& client : clients_) askAgain(client);
  std::erase_if(clients_, [](const Client& client) { return client.stream->ended(); });
  const auto served = store_.read([this](store::Reader& reader) { return serve(reader, clients_); });
  if (!served)
    log::warning("feed not read", {{"code", served.error().code}, {"detail", served.error().detail}});
  std::erase_if(clients_, [](const Client& client) { return client.stream->ended(); });
  if (std::ranges::all_of(clients_, &Client::behind)) position_.clear();
  if (!clients_.empty()) return;
  news_.forget();
  tickets_.forget();
}

Outcome FeedHub::serve(store::Reader& reader, std::vector<Client>& clients) {
  CHECK_OK(handOutNew(reader, clients));
  for (auto& client : clients)
    if (client.behind) CHECK_OK(bringUp(reader, client));
  if (position_.empty()) {
    TRY(position_, store::feedEnd(reader));
  }
  // Not at every commit: under load there are thousands a second, and nobody's bell is in such a hurry. The
  // first client's first look is at once: what happens from then on is told.
  const auto now = monotonicMicroseconds();
  if (tickets_.begun() && now - newsAskedAt_ < news_microseconds) return {};
  newsAskedAt_ = now;
  CHECK_OK(tellOfNews(reader, clients));
  return tellOfTickets(reader, clients);
}

Outcome FeedHub::tellOfNews(store::Reader& reader, std::vector<Client>& clients) {
  TRY(const auto users, news_.changed(reader));
  if (users.empty()) return {};
  for (auto& client : clients)
    if (client.caller->user && users.contains(client.caller->user->id))
      client.stream->send({}, "notification", "{}");
  return {};
}

Outcome FeedHub::tellOfTickets(store::Reader& reader, std::vector<Client>& clients) {
  TRY(const auto news, tickets_.changed(reader));
  for (const auto& one : news) {
    const auto data = jsonOf(one.ticket);
    for (auto& client : clients)
      if (one.concerns(*client.caller)) client.stream->send({}, "ticket", data);
  }
  return {};
}

// To the end of this snapshot, which is where the others stand as well.
Outcome FeedHub::bringUp(store::Reader& reader, Client& client) const {
  while (true) {
    auto items = store::feedAfter(reader, client.caller->viewer, client.cursor, page_size);
    if (!items && items.error().kind == ProblemKind::invalid) {
      TRY(client.cursor, store::feedEnd(reader));
      client.stream->send(client.cursor, "resync", "{}");
      client.behind = false;
      return {};
    }
    if (!items) return fail(items.error());
    for (const auto& item : *items) {
      const auto data = jsonOf(item);
      if (!client.stream->fits(data.size())) {
        client.stream->close();  // what is written goes out; it comes back for the rest with its last id
        return {};
      }
      client.stream->send(item.cursor, "document", data);
      client.cursor = item.cursor;
    }
    if (items->size() < page_size) break;
  }
  client.behind = false;
  return {};
}

Outcome FeedHub::handOutNew(store::Reader& reader, std::vector<Client>& clients) {
  if (position_.empty()) return {};
  while (true) {
    TRY(const auto items, store::feedAfter(reader, store::Viewer::system(), position_, page_size));
    for (const auto& item : items) {
      std::string data;
      for (auto& client : clients) {
        if (client.behind || !client.caller->viewer.sees(item.company, item.direction, item.kind)) continue;
        if (data.empty()) data = jsonOf(item);
        client.stream->send(item.cursor, "document", data);
      }
      position_ = item.cursor;
    }
    if (items.size() < page_size) return {};
  }
}

// A session that ended, a key that was revoked, a company that was switched: the stream follows within
// seconds.
void FeedHub::askAgain(Client& client) const {
  const auto now = monotonicMicroseconds();
  if (now - client.askedAgainAt < ask_again_microseconds) return;
  client.askedAgainAt = now;
  auto caller = client.credentials.key.empty() ? access_.bySession(client.credentials.sessionToken)
                                               : access_.byKey(client.credentials.key);
  if (!caller) {
    if (caller.error().kind == ProblemKind::unauthenticated) client.stream->close();
    return;
  }
  const bool switched = (*caller)->company.id != client.caller->company.id;
  client.caller = std::move(*caller);
  if (switched) client.stream->send({}, "resync", "{}");
}

}  // namespace postgang::api
