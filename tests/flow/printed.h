// A house with a print house at a drop on this machine, and people with postal addresses.
#pragma once

#include <algorithm>
#include <filesystem>

#include "base/bytes.h"
#include "base/calendar.h"
#include "channels/print_house.h"
#include "store/blobs.h"
#include "store/smartmail.h"
#include "tests/flow/house.h"

namespace postgang::flow {

class Printed : public House {
 protected:
  Printed() {
    std::filesystem::create_directory(dropFolder());
    connect({.url = "file://" + dropFolder(), .keyFile = {}, .hostKeys = {}});
    openHouse();
  }

  // The print house at the drop that we are connected to now.
  void openHouse() {
    houseDrop_ = settings_.printing.drop;
    house_.emplace(*houseDrop_, habits_);
    EXPECT_TRUE(house_->open());
  }

  std::string dropFolder() const { return folder_ + "/drop"; }

  // From now on letters are handed over there.
  void connect(const net::DropAccess& access) {
    auto drop = net::FileDrop::at(access);
    ASSERT_TRUE(drop) << drop.error().detail;
    settings_.printing.drop = std::make_shared<const net::FileDrop>(std::move(*drop));
    restart();
  }
  // As after the process was ended: what is not on disk is gone.
  void restart() {
    flow_.reset();
    channels_ = channels::allChannels({.printing = settings_.printing});
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }

  static std::string addressed(const Sample& sample, const std::string& street, const std::string& postCode) {
    auto file = invoice(sample);
    const std::string address = "<cac:PostalAddress><cbc:CityName>";
    const auto buyer = file.rfind(address);
    file.replace(buyer, address.size(),
                 "<cac:PostalAddress>" + element("cbc:StreetName", street) + "<cbc:CityName>");
    const std::string city = "</cbc:CityName>";
    file.insert(file.find(city, buyer) + city.size(), element("cbc:PostalZone", postCode));
    return file;
  }
  static std::string withAttachment(std::string file, const std::string& name, std::string_view bytes) {
    const auto reference =
        "<cac:AdditionalDocumentReference><cbc:ID>" + name +
        "</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode=\"application/pdf\" "
        "filename=\"" +
        name + "\">" + base64(bytes) +
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>";
    file.insert(file.find("<cac:AccountingSupplierParty>"), reference);
    return file;
  }
  static Sample toKarin(const std::string& number) {
    Sample sample;
    sample.number = number;
    sample.buyerName = "Karin Ek";
    sample.buyerNumber = {};
    sample.customerNumber = "34052";
    return sample;
  }
  DocumentId sendToKarin(const std::string& number) {
    const auto id = send(upload(addressed(toKarin(number), "Strandgatan 4", "851 11")));
    walk();
    return id;
  }

  void advanceTo(Instant instant) {
    const auto seconds = (instant.microseconds - clock_.now().microseconds) / 1'000'000;
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  // Monday 23 November 2026: at 16:00 in Sweden, and when its batches are made.
  const Instant cut_off_ = inStockholm(Date::of(2026, 11, 23), 16 * 60);
  const Instant made_ = cut_off_.plusSeconds(channels::cut_off_grace_seconds);

  store::Delivery letterOf(DocumentId id) {
    store::Delivery letter;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), id));
      for (const auto& delivery : deliveries)
        if (delivery.channel == "print") letter = delivery;
      return {};
    });
    EXPECT_TRUE(read);
    return letter;
  }
  std::string stateOf(DocumentId id) { return std::string(store::roadState(letterOf(id))); }

  std::vector<store::PrintBatch> batches() {
    std::vector<store::PrintBatch> found;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::listPrintBatches(reader, 200));
      return {};
    });
    EXPECT_TRUE(read);
    return found;
  }
  std::string blob(const Digest& digest) {
    std::string bytes;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(bytes, store::blob(reader, digest));
      return {};
    });
    EXPECT_TRUE(read) << read.error().code;
    return bytes;
  }
  std::vector<std::string> files(const std::string& folder) {
    auto names = houseDrop_->list(folder);
    return names.value_or(std::vector<std::string>());
  }
  channels::HouseRound houseWorks() {
    auto round = house_->round();
    EXPECT_TRUE(round) << round.error().detail;
    return round.value_or(channels::HouseRound());
  }
  int count(DocumentId id, store::EventType type) {
    const auto events = eventsOf(id);
    return static_cast<int>(
        std::count_if(events.begin(), events.end(), [&](const auto& event) { return event.type == type; }));
  }

  channels::HouseHabits habits_{.seed = 1, .returnedPerMillion = 0};
  std::shared_ptr<const net::FileDrop> houseDrop_;
  std::optional<channels::PrintHouse> house_;
};

}  // namespace postgang::flow
