// A house with Peppol: an access point in the test's hand, what the register has said of a recipient, and
// what its provider and its buyer answer.
#pragma once

#include "channels/peppol.h"
#include "channels/peppol_facts.h"
#include "flow/peppol_inbound.h"
#include "formats/invoice_response.h"
#include "formats/mls.h"
#include "formats/sbdh.h"
#include "store/blobs.h"
#include "store/lookups.h"
#include "store/peppol_exchanges.h"
#include "tests/channels/access_point_double.h"
#include "tests/flow/courier.h"
#include "tests/flow/house.h"

namespace postgang::flow {

inline const std::string outside = "0007:5599900130", outside_number = "5599900130";
inline const std::string our_provider = "0242:000001", their_provider = "0242:000002";

// An invoice that follows BIS Billing 3, for a company that is no customer here.
inline std::string bisInvoice(Sample sample) {
  auto text = invoice(sample);
  text.insert(text.find("<cbc:ID>"),
              "<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:"
              "3.0</cbc:CustomizationID>\n<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</"
              "cbc:ProfileID>\n");
  return text;
}
inline Sample toOutside(const std::string& number = "4711") {
  Sample sample;
  sample.number = number;
  sample.buyerName = "Österby Bygg AB";
  sample.buyerNumber = outside_number;
  return sample;
}

class PeppolHouse : public House {
 protected:
  PeppolHouse() { setUp(true); }
  ~PeppolHouse() override { flow_.reset(); }

  void setUp(bool on) {
    flow_.reset();
    channels::PeppolRoad road;
    auto options = accessPoint_.options();
    options.totalTime = std::chrono::milliseconds(1'000);
    if (on) road.accessPoint = std::make_shared<channels::AccessPoint>(options);
    road.asks = on;
    road.serviceProvider = our_provider;
    std::vector<std::unique_ptr<channels::Channel>> all;
    auto defaults = channels::allChannels();
    all.push_back(std::make_unique<channels::Peppol>(road, channels::Price{Decimal(0), "SEK"}));
    all.push_back(std::make_unique<Courier>("print", 900));
    print_ = static_cast<Courier*>(all.back().get());
    all.push_back(std::make_unique<NetworkOf>(std::move(defaults)));
    roads_ = std::make_unique<channels::Registry>(std::move(all));
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *roads_, settings_);
  }

  // What the register has said: it takes these.
  void registered(const std::vector<std::string>& names, const std::string& participant = outside) {
    channels::PeppolFacts facts;
    facts.participant = participant;
    facts.smp = "https://smp.example";
    for (const auto& document : formats::peppolDocuments())
      for (const auto& name : names)
        if (document.name == name) {
          channels::PeppolService service;
          service.document = name;
          service.id = {std::string(formats::peppol_documents), std::string(document.value)};
          service.registered = service.id;
          service.process = {std::string(formats::peppol_processes), std::string(document.processes[0])};
          service.endpoint = "https://ap.example/as4";
          service.transport = "peppol-transport-as4-v2_0";
          service.accessPoint = "POP000002";
          facts.services.push_back(std::move(service));
        }
    said({store::Lookup::Result::found, channels::toJson(facts), "Österby Bygg AB", {}, {}, 1}, participant);
  }
  void said(store::Lookup lookup, const std::string& participant = outside) {
    lookup.askedAt = clock_.now();
    lookup.until = clock_.now().plusSeconds(365 * 86'400);
    const auto kept = store_->write(store::Priority::background, [&](store::Transaction& tx) {
      return store::keepLookup(tx, "peppol", participant, lookup);
    });
    ASSERT_TRUE(kept);
  }

  DocumentId sent(const Sample& sample = toOutside()) {
    const auto id = send(upload(bisInvoice(sample)));
    walk();
    return id;
  }
  std::string reasonOf(DocumentId id) {
    for (const auto& step : fact<store::RoutedFact>(id).plan)
      if (step.channel == "peppol") return step.reason;
    return "none";
  }
  store::DeliveryFact lastDelivery(DocumentId id) {
    store::DeliveryFact last;
    for (const auto& event : eventsOf(id))
      if (const auto* found = std::get_if<store::DeliveryFact>(&event.fact)) last = *found;
    return last;
  }
  formats::Envelope envelope(std::size_t index = 0) {
    const auto all = accessPoint_.envelopes();
    if (index >= all.size()) {
      ADD_FAILURE() << "no such envelope";
      return {};
    }
    return formats::readSbdh(all[index]).value();
  }
  std::optional<store::PeppolExchange> exchangeOf(const std::string& instance,
                                                  store::ExchangeDirection direction) {
    std::optional<store::PeppolExchange> found;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::exchange(reader, direction, instance));
      return {};
    });
    EXPECT_TRUE(read);
    return found;
  }

  // --- What comes in
  static std::string enveloped(const std::string& payload, std::string_view document, const std::string& from,
                               const std::string& to, const std::string& instance, bool always = false) {
    formats::Sbdh header;
    for (const auto& type : formats::peppolDocuments())
      if (type.name == document) {
        header.documentType.value = type.value;
        header.process.value = type.processes[0];
      }
    header.sender = from;
    header.receiver = to;
    header.instance = instance;
    header.createdAt = *Instant::parse("2026-11-23T09:45:00Z");
    header.senderCountry = "SE";
    if (always) {
      header.mlsTo = their_provider;
      header.mlsType = formats::MlsType::always_send;
    }
    const auto written = formats::writeSbdh(header, payload);
    EXPECT_TRUE(written) << written.error().detail;
    return written.value_or("");
  }
  std::string status(formats::MlsCode code, const std::string& about, const std::string& instance,
                     const std::string& from = their_provider) {
    formats::Mls mls;
    mls.id = "mls-" + instance;
    mls.issuedAt = clock_.now();
    mls.sender = from;
    mls.receiver = our_provider;
    mls.instance = about;
    mls.result = code;
    if (code == formats::MlsCode::rejected) {
      mls.words = "Rejected";
      mls.issues = {{"/Invoice/cbc:ID", "The number is taken", formats::MlsReason::rule}};
    }
    return enveloped(formats::writeMls(mls).value(), "mls", from, our_provider, instance);
  }
  std::string response(formats::InvoiceStatus status, const std::string& instance,
                       const std::string& number = "4711", const std::string& from = outside) {
    formats::InvoiceResponse response;
    response.id = "t111-" + instance;
    response.issueDate = clock_.now().dateUtc();
    response.sender.endpoint = from;
    response.sender.name = "Österby Bygg AB";
    response.receiver.endpoint = "0007:5599900015";
    response.receiver.name = "Nordhamn Energi AB";
    response.status = status;
    response.invoiceNumber = number;
    using formats::InvoiceStatus;
    if (status == InvoiceStatus::rejected || status == InvoiceStatus::under_query ||
        status == InvoiceStatus::conditionally_accepted)
      response.clarifications = {
          {formats::ClarificationKind::reason, "REF", "The reference is not ours", {}}};
    const auto written = formats::writeInvoiceResponse(response);
    EXPECT_TRUE(written) << written.error().detail;
    return enveloped(written.value_or(""), "invoice-response", from, "0007:5599900015", instance);
  }
  Result<PeppolTaken> take(const std::string& bytes) {
    return flow_->takePeppol(bytes, {"m-9@ap", clock_.now(), "POP000002"});
  }
  PeppolTaken taken(const std::string& bytes) {
    const auto answer = take(bytes);
    EXPECT_TRUE(answer) << answer.error().code << ": " << answer.error().detail;
    walk();
    return answer.value_or(PeppolTaken());
  }

  channels::test::AccessPointDouble accessPoint_;
  std::unique_ptr<channels::Registry> roads_;
  Courier* print_ = nullptr;

 private:
  // The real network, from a registry that it comes with.
  class NetworkOf final : public channels::Channel {
   public:
    explicit NetworkOf(channels::Registry all) : all_(std::move(all)), network_(*all_.find("network")) {}
    std::string_view name() const override { return "network"; }
    Result<channels::Reach> reach(store::Reader& reader, const channels::Recipient& to) const override {
      return network_.reach(reader, to);
    }
    channels::Price price() const override { return network_.price(); }
    bool inHouse() const override { return true; }
    Result<channels::Sent> send(const channels::Consignment& consignment,
                                const channels::Prepared& prepared) const override {
      return network_.send(consignment, prepared);
    }

   private:
    channels::Registry all_;
    const channels::Channel& network_;
  };
};

}  // namespace postgang::flow
