// An access point and Peppol's register in the test's hand, and documents that came over Peppol.
#pragma once

#include <deque>
#include <mutex>

#include "channels/peppol.h"
#include "channels/peppol_facts.h"
#include "channels/peppol_register.h"
#include "formats/invoice_response.h"
#include "formats/sbdh.h"
#include "net/http_server.h"
#include "store/access_rows.h"
#include "store/blobs.h"
#include "store/notices.h"
#include "store/peppol_exchanges.h"
#include "tests/flow/receiver.h"

namespace postgang::flow {

inline const std::string participant = "0007:5599900015";  // of the seller

// Answers as it is told to, in order, and remembers what it was asked.
class ScriptedAccessPoint {
 public:
  struct Asked {
    std::string method, path, token, body;
  };
  ScriptedAccessPoint()
      : server_({.handler = [this](net::Request& request) { return reply(request); }}),
        url_("http://127.0.0.1:" + std::to_string(server_.listen("127.0.0.1:0").value())) {}

  const std::string& url() const { return url_; }
  void answers(int status, std::string body = "{}") {
    const std::lock_guard lock(mutex_);
    replies_.push_back({status, std::move(body)});
  }
  static std::string sent() {
    return R"({"overallSuccess":true,"as4SendingDateTime":"2026-11-23T09:45:00Z","as4MessageId":"m-1@ap",)"
           R"("c3CertSubjectCN":"POP000009"})";
  }
  std::vector<Asked> asked(std::string_view method) {
    const std::lock_guard lock(mutex_);
    std::vector<Asked> some;
    for (const auto& each : asked_)
      if (each.method == method) some.push_back(each);
    return some;
  }

 private:
  net::Reply reply(const net::Request& request) {
    const std::lock_guard lock(mutex_);
    asked_.push_back({request.method, request.path, std::string(request.header("X-Token")), request.body});
    if (replies_.empty())
      return request.method == "GET" ? net::Reply::json("{}", 404) : net::Reply::json(sent());
    auto [status, body] = replies_.front();
    replies_.pop_front();
    return net::Reply::json(body, status);
  }
  std::mutex mutex_;
  std::deque<std::pair<int, std::string>> replies_;
  std::vector<Asked> asked_;
  net::HttpServer server_;
  std::string url_;
};

// The register, with what it says next; the last answer stands.
class ScriptedRegister final : public channels::OutsideRegister {
 public:
  using Result = store::Lookup::Result;
  std::string_view name() const override { return channels::peppol_register; }
  std::string keyOf(const channels::Recipient& recipient) const override {
    return channels::peppolParticipantOf(recipient);
  }
  store::Lookup ask(const std::string& key, int) const override {
    const std::lock_guard lock(mutex_);
    store::Lookup lookup;
    lookup.result = says_.front();
    if (says_.size() > 1) says_.pop_front();
    if (lookup.result == Result::found) lookup.facts = facts(key);
    return lookup;
  }
  void says(std::deque<Result> results) {
    const std::lock_guard lock(mutex_);
    says_ = std::move(results);
  }
  void takesNoResponses() { document_ = "invoice"; }

 private:
  std::string facts(const std::string& key) const {
    for (const auto& each : formats::peppolDocuments()) {
      if (each.name != document_) continue;
      const formats::PeppolId id{std::string(formats::peppol_documents), std::string(each.value)};
      channels::PeppolService service;
      service.document = each.name;
      service.id = service.registered = id;
      service.process = {std::string(formats::peppol_processes), std::string(each.processes[0])};
      service.transport = "peppol-transport-as4-v2_0";
      service.accessPoint = "POP000002";
      return channels::toJson({key, "https://smp.example", {service}, {}});
    }
    return {};
  }
  mutable std::mutex mutex_;
  mutable std::deque<Result> says_{Result::found};
  std::string document_ = "invoice-response";
};

class AnsweredByPeppol : public ReceiverWithFilter {
 protected:
  using Said = ScriptedRegister::Result;

  AnsweredByPeppol() {
    settings_.registers = {register_};
    setUp(true);
  }
  ~AnsweredByPeppol() override { flow_.reset(); }

  void setUp(bool peppolIsOn) {
    flow_.reset();
    channels::AccessPointOptions options;
    if (peppolIsOn) options.url = accessPoint_.url();
    options.token = "secret";
    options.sandbox = true;
    channels::Roads roads;
    roads.peppol = {std::make_shared<channels::AccessPoint>(options), true, "0242:000001"};
    channels_ = channels::allChannels(roads);
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }
  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    EXPECT_TRUE(outcome) << outcome.error().detail;
  }
  void addUser() {
    write([&](store::Transaction& tx) {
      return store::createUser(tx, {ids_.next<UserId>(),
                                    "karin@nordhamn.example",
                                    "Karin Sund",
                                    "x",
                                    "sv",
                                    false,
                                    {{energi_, "clerk"}},
                                    true});
    });
  }
  void later(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }

  // Came over Peppol, and was walked.
  DocumentId arrived(const std::string& number = "4711") {
    Sample sample;
    sample.number = number;
    const auto id = send(sample);
    write([&](store::Transaction& tx) -> Outcome {
      store::PeppolExchange came;
      came.instance = "of " + id.text();
      came.direction = store::ExchangeDirection::in;
      came.kind = "invoice";
      came.document = id;
      came.company = granberga_;
      came.sender = participant;
      came.receiver = "0007:5599900023";
      came.senderCountry = came.receiverCountry = "SE";
      came.senderAccessPoint = "POP000002";
      came.confirmedAt = clock_.now();
      TRY(const bool first, store::keepExchange(tx, came));
      EXPECT_TRUE(first);
      return {};
    });
    walk();
    return id;
  }
  // Its receiver's filter sends it back, and its notice is made.
  DocumentId returned(const std::string& number = "4711") {
    const auto id = arrived(number);
    EXPECT_EQ(statusOf(id), "returned");
    later(20);
    return id;
  }

  formats::Envelope envelope(std::size_t which = 0) {
    const auto posts = accessPoint_.asked("POST");
    if (which >= posts.size()) {
      ADD_FAILURE() << "only " << posts.size() << " were handed over";
      return {};
    }
    auto read = formats::readSbdh(posts[which].body);
    EXPECT_TRUE(read) << (read ? "" : read.error().detail);
    return read ? std::move(*read) : formats::Envelope{};
  }
  formats::InvoiceResponse response(std::size_t which = 0) {
    const auto read = formats::readInvoiceResponse(envelope(which).payload);
    EXPECT_TRUE(read) << (read ? "" : read.error().detail);
    EXPECT_TRUE(read && formats::checkInvoiceResponse(*read));
    return read.value_or(formats::InvoiceResponse{});
  }
  static std::string codes(const formats::InvoiceResponse& response) {
    std::string text(formats::code(response.status));
    for (const auto& each : response.clarifications) text += " " + each.code;
    return text;
  }
  std::optional<store::PeppolExchange> kept(const std::string& instance) {
    std::optional<store::PeppolExchange> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::exchange(reader, store::ExchangeDirection::out, instance));
      return {};
    }));
    return found;
  }
  std::optional<store::Notice> notice(DocumentId id) {
    std::optional<store::NoticeRow> row;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(row, store::latestNoticeOf(reader, store::Viewer::system(), id));
      return {};
    }));
    return row ? std::optional(row->notice) : std::nullopt;
  }
  // "sent:portal bounced:peppol"
  std::string noticed(DocumentId id) {
    std::string text;
    for (const auto& event : eventsOf(id))
      if (const auto* fact = std::get_if<store::NoticeFact>(&event.fact))
        text += (text.empty() ? "" : " ") + std::string(document::name(event.type)).substr(7) + ":" +
                (fact->way.empty() ? "nobody" : fact->way);
    return text;
  }
  std::size_t handedOver() { return accessPoint_.asked("POST").size(); }

  ScriptedAccessPoint accessPoint_;
  std::shared_ptr<ScriptedRegister> register_ = std::make_shared<ScriptedRegister>();
};

}  // namespace postgang::flow
