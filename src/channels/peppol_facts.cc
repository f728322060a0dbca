#include "channels/peppol_facts.h"

#include <algorithm>
#include <boost/json.hpp>

namespace postgang::channels {
namespace {

namespace json = boost::json;
using formats::PeppolId;

json::object idJson(const PeppolId& id) {
  return {{"scheme", id.scheme}, {"value", id.value}};
}

json::object serviceJson(const PeppolService& service) {
  json::object object = {{"document", service.document},
                         {"id", idJson(service.id)},
                         {"registered", idJson(service.registered)},
                         {"process", idJson(service.process)},
                         {"endpoint", service.endpoint},
                         {"transport", service.transport},
                         {"certificate", service.certificate},
                         {"accessPoint", service.accessPoint}};
  if (service.expires) object["expires"] = service.expires->text();
  return object;
}

tl::unexpected<Problem> malformed() {
  return fail(ProblemKind::internal, "peppol-facts-malformed",
              "What is kept of a participant cannot be read.");
}

class Fields {
 public:
  explicit Fields(const json::value* value) : object_(value ? value->if_object() : nullptr) {}

  std::string text(std::string_view key) {
    const auto* value = find(key);
    const auto* text = value ? value->if_string() : nullptr;
    good_ = good_ && text;
    return text ? std::string(*text) : std::string();
  }
  PeppolId id(std::string_view key) {
    Fields inner(find(key));
    PeppolId id{inner.text("scheme"), inner.text("value")};
    good_ = good_ && inner.good();
    return id;
  }
  const json::value* find(std::string_view key) const {
    return object_ ? object_->if_contains(key) : nullptr;
  }
  bool good() const { return good_ && object_; }

 private:
  const json::object* object_;
  bool good_ = true;
};

Result<PeppolService> serviceFrom(const json::value& value) {
  Fields fields(&value);
  PeppolService service;
  service.document = fields.text("document");
  service.id = fields.id("id");
  service.registered = fields.id("registered");
  service.process = fields.id("process");
  service.endpoint = fields.text("endpoint");
  service.transport = fields.text("transport");
  service.certificate = fields.text("certificate");
  service.accessPoint = fields.text("accessPoint");
  if (fields.find("expires")) {
    service.expires = Instant::parse(fields.text("expires"));
    if (!service.expires) return malformed();
  }
  if (!fields.good()) return malformed();
  return service;
}

}  // namespace

const PeppolService* PeppolFacts::find(std::string_view document) const {
  const auto found = std::ranges::find(services, document, &PeppolService::document);
  return found == services.end() ? nullptr : &*found;
}

std::string toJson(const PeppolFacts& facts) {
  json::array services, unread;
  for (const auto& service : facts.services) services.push_back(serviceJson(service));
  for (const auto& document : facts.unread) unread.emplace_back(document);
  json::object object = {{"participant", facts.participant}, {"smp", facts.smp}, {"services", services}};
  if (!unread.empty()) object["unread"] = unread;
  return json::serialize(object);
}

Result<PeppolFacts> peppolFactsFrom(std::string_view text) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error) return malformed();
  Fields fields(&value);
  PeppolFacts facts;
  facts.participant = fields.text("participant");
  facts.smp = fields.text("smp");
  const auto* services = fields.find("services");
  if (!fields.good() || !services || !services->is_array()) return malformed();
  for (const auto& each : services->get_array()) {
    TRY(auto service, serviceFrom(each));
    facts.services.push_back(std::move(service));
  }
  if (const auto* unread = fields.find("unread"); unread && unread->is_array())
    for (const auto& each : unread->get_array())
      if (const auto* name = each.if_string()) facts.unread.emplace_back(*name);
  return facts;
}

}  // namespace postgang::channels
