// An access point in the test's hand, over real HTTP on the loopback: takes what comes, by instance, unless
// the test says otherwise.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "channels/access_point.h"
#include "formats/sbdh.h"
#include "net/http_server.h"

namespace postgang::channels::test {

class AccessPointDouble {
 public:
  using Answer = std::function<std::optional<net::Reply>(const net::Request&)>;

  AccessPointDouble()
      : server_({.handler = [this](net::Request& request) { return handle(request); }, .workers = 4}),
        port_(server_.listen("127.0.0.1:0").value()) {}

  // Before what it does by itself; nullopt: that.
  void answers(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  void answersWith(int status, std::string body) {
    answers([status, body](const net::Request&) { return net::Reply::json(body, status); });
  }
  void answersItself() { answers({}); }

  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  // The envelopes that it has, in the order in which they came first.
  std::vector<std::string> envelopes() const {
    const std::lock_guard lock(mutex_);
    return envelopes_;
  }
  AccessPointOptions options() const {
    AccessPointOptions options;
    options.url = url();
    options.token = "test-token-0123456789";
    options.sandbox = true;
    return options;
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }

  static std::string report(const std::string& instance) {
    return R"({"sbdhInstanceIdentifier":")" + instance +
           R"(","as4MessageId":"m-1@ap","as4SendingDateTime":"2026-11-23T09:41:07Z",)"
           R"("c3CertSubjectCN":"POP000002","sendingResult":"SUCCESS","overallSuccess":true})";
  }
  // As it would have taken it, for answers that go wrong afterwards.
  std::string take(const net::Request& request) {
    const auto envelope = formats::readSbdh(request.body);
    if (!envelope) return {};
    const std::lock_guard lock(mutex_);
    if (known_.insert(envelope->header.instance).second) envelopes_.push_back(request.body);
    return envelope->header.instance;
  }

 private:
  net::Reply handle(const net::Request& request) {
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(request.method + " " + request.path);
      answer = answer_;
    }
    if (request.header("X-Token") != "test-token-0123456789") return net::Reply::json("\"no\"", 401);
    if (answer)
      if (auto said = answer(request)) return std::move(*said);
    if (request.method == "POST") {
      const auto instance = take(request);
      return instance.empty() ? net::Reply::json("\"no envelope\"", 400) : net::Reply::json(report(instance));
    }
    const std::lock_guard lock(mutex_);
    if (!known_.contains(request.segments.back())) return net::Reply::json("\"unknown\"", 404);
    return net::Reply::json(R"({"status":"sent","completedDT":"2026-11-23T09:41:08Z"})");
  }

  mutable std::mutex mutex_;
  Answer answer_;
  std::vector<std::string> asked_, envelopes_;
  std::set<std::string> known_;
  net::HttpServer server_;
  int port_ = 0;
};

}  // namespace postgang::channels::test
