#include "api/metrics.h"

#include <algorithm>

namespace postgang::api {

namespace {

// Labels are routes, never paths, and methods from a closed list: their number is bounded whatever is asked
// for.
std::string methodLabel(std::string_view method) {
  static constexpr std::array known = {std::string_view("GET"),    std::string_view("HEAD"),
                                       std::string_view("POST"),   std::string_view("PUT"),
                                       std::string_view("DELETE"), std::string_view("OPTIONS")};
  return std::ranges::find(known, method) == known.end() ? "OTHER" : std::string(method);
}

std::string seconds(std::int64_t microseconds) {
  std::string fraction = std::to_string(microseconds % 1'000'000);
  return std::to_string(microseconds / 1'000'000) + "." + std::string(6 - fraction.size(), '0') + fraction;
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

template <typename Number>
void line(std::string& out, std::string_view name, const std::string& labels, Number value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(std::to_string(value)).append("\n");
}

template <typename Number>
void gauge(std::string& out, std::string_view name, std::string_view help, Number value) {
  head(out, name, "gauge", help);
  line(out, name, "", value);
}

std::string label(std::string_view name, std::string_view value) {
  return std::string(name) + "=\"" + std::string(value) + "\"";
}

void writeQueues(std::string& out, const Metrics::Now& now) {
  constexpr std::string_view jobs = "postgang_jobs";
  head(out, jobs, "gauge", "Jobs in the queue by kind and state.");
  for (const auto& queue : now.queues) {
    const auto kind = label("kind", queue.kind);
    line(out, jobs, kind + "," + label("state", "waiting"), queue.waiting);
    line(out, jobs, kind + "," + label("state", "leased"), queue.leased);
    line(out, jobs, kind + "," + label("state", "dead"), queue.dead);
  }
  constexpr std::string_view oldest = "postgang_oldest_job_seconds";
  head(out, oldest, "gauge", "How long the oldest job that is due has waited.");
  for (const auto& queue : now.queues) {
    if (queue.waiting < 1) continue;
    const auto age = std::max<std::int64_t>(0, now.at.microseconds - queue.oldest.microseconds);
    line(out, oldest, label("kind", queue.kind), age / 1'000'000);
  }
}

void writeMails(std::string& out, const Metrics::Now& now) {
  if (now.mails.empty()) return;
  constexpr std::string_view mails = "postgang_inbound_mails_total";
  head(out, mails, "counter", "Messages that came in, by what they meant.");
  for (const auto& [meaning, count] : now.mails) line(out, mails, label("meaning", meaning), count);
}

}  // namespace

void Metrics::observe(std::string_view method, std::string_view route, int status,
                      std::int64_t microseconds) {
  const std::string name(route.empty() ? std::string_view("portal") : route);
  const auto bucket = std::ranges::lower_bound(bounds, microseconds) - bounds.begin();
  const std::lock_guard lock(mutex_);
  ++requests_[{name, methodLabel(method), status}];
  auto& durations = durations_[name];
  ++durations.counts.at(static_cast<std::size_t>(bucket));
  durations.microseconds += microseconds;
}

void Metrics::countAccepted(std::int64_t documents) {
  const std::lock_guard lock(mutex_);
  accepted_ += documents;
}

void Metrics::writeRequests(std::string& out) const {
  constexpr std::string_view name = "postgang_http_requests_total";
  head(out, name, "counter", "Requests answered.");
  for (const auto& [key, count] : requests_) {
    const auto& [route, method, status] = key;
    line(
        out, name,
        label("route", route) + "," + label("method", method) + "," + label("status", std::to_string(status)),
        count);
  }
}

void Metrics::writeDurations(std::string& out) const {
  const std::string name = "postgang_http_request_seconds";
  head(out, name, "histogram", "From the request's arrival to its answer.");
  for (const auto& [route, durations] : durations_) {
    const auto labels = label("route", route);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      sum += durations.counts.at(i);
      line(out, name + "_bucket", labels + "," + label("le", seconds(bounds.at(i))), sum);
    }
    sum += durations.counts.back();
    line(out, name + "_bucket", labels + "," + label("le", "+Inf"), sum);
    out.append(name + "_sum{" + labels + "} " + seconds(durations.microseconds) + "\n");
    line(out, name + "_count", labels, sum);
  }
}

std::string Metrics::text(const Now& now) const {
  std::string out;
  {
    const std::lock_guard lock(mutex_);
    writeRequests(out);
    writeDurations(out);
    head(out, "postgang_documents_accepted_total", "counter",
         "Documents taken in over HTTP since the start.");
    line(out, "postgang_documents_accepted_total", "", accepted_);
  }
  writeMails(out, now);
  gauge(out, "postgang_stream_clients", "Clients that follow the event stream.", now.streamClients);
  gauge(out, "postgang_http_connections", "Open connections.", now.server.connections);
  gauge(out, "postgang_http_requests_waiting", "Requests that wait for a worker.", now.server.queued);
  gauge(out, "postgang_http_requests_handling", "Requests in a handler.", now.server.handling);
  writeQueues(out, now);
  return out;
}

}  // namespace postgang::api
