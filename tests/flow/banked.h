// A house with a bank hub at a drop on this machine, and Karin, who has customer number 34052 and applies at
// her bank.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "channels/bank.h"
#include "channels/bank_formats.h"
#include "channels/bank_hub.h"
#include "flow/bank_agreements.h"
#include "flow/bank_files.h"
#include "flow/bank_inbox.h"
#include "store/bank_agreements.h"
#include "store/bank_files.h"
#include "store/blobs.h"
#include "tests/flow/house.h"

namespace postgang::flow {

class Banked : public House {
 protected:
  explicit Banked(const char* format = "bank-xml") {
    std::filesystem::create_directory(dropFolder());
    banking_.format =
        std::make_shared<const formats::Description>(channels::builtInBankFormat(format).value());
    connect({.url = "file://" + dropFolder(), .keyFile = {}, .hostKeys = {}});
    openHub();
    const auto now = clock_.now();
    EXPECT_TRUE(store_->write(store::Priority::background,
                              [&](store::Transaction& tx) { return store::enqueue(tx, bankInboxJob(now)); }));
  }

  std::string dropFolder() const { return folder_ + "/drop"; }
  // From now on files are handed over there.
  void connect(const net::DropAccess& access) {
    auto drop = net::FileDrop::at(access);
    ASSERT_TRUE(drop) << drop.error().detail;
    banking_.drop = std::make_shared<const net::FileDrop>(std::move(*drop));
    restart();
  }
  // As after the process was ended: what is not on disk is gone.
  void restart() {
    flow_.reset();
    channels_ = channels::allChannels({.printing = settings_.printing, .mailing = {}, .banking = banking_});
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }
  // The hub at the drop that we are connected to now.
  void openHub() {
    hubDrop_ = banking_.drop;
    hub_.emplace(*hubDrop_, *banking_.format, habits_);
    EXPECT_TRUE(hub_->open());
  }
  channels::HubRound hubWorks() {
    auto round = hub_->round(clock_.now());
    EXPECT_TRUE(round) << round.error().detail;
    return round.value_or(channels::HubRound());
  }
  void hubSays(const std::string& name, const std::string& bytes) {
    EXPECT_TRUE(hubDrop_->put("out", name + banking_.format->ending(), bytes));
  }

  // --- Karin

  void knowKarin() {
    store::Partner karin;
    karin.identifier = "customer:34052";
    karin.name = "Karin Ek";
    karin.person = true;
    karin.customerNumber = "34052";
    EXPECT_TRUE(store_->write(store::Priority::background,
                              [&](store::Transaction& tx) { return store::putPartner(tx, energi_, karin); }));
  }
  static channels::BankApplication karins(const std::string& reference = "R1") {
    channels::BankApplication one;
    one.reference = reference;
    one.issuer = "5599900015";
    one.receiver = receiver_;
    one.customerNumber = "34052";
    one.name = "EK, KARIN";
    one.bank = "Nordbanken";
    one.at = Instant::parse("2026-11-23T08:00:00Z").value();
    return one;
  }
  // She applies at her bank, and we have read it.
  void applies(channels::BankApplication one = karins()) {
    EXPECT_TRUE(hub_->apply("f" + std::to_string(++applications_), {std::move(one)}, clock_.now()));
    pass(300);
  }
  std::vector<store::BankAgreement> agreements() {
    std::vector<store::BankAgreement> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(auto page, store::listBankAgreements(reader, energi_, {}));
      found = std::move(page.items);
      return {};
    }));
    return found;
  }

  static std::string payable(const Sample& sample) {
    auto file = invoice(sample);
    file.insert(
        file.find("<cac:TaxTotal>"),
        "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        "<cbc:PaymentID>4711202681</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>54029681</cbc:ID>"
        "<cac:FinancialInstitutionBranch><cbc:ID>SE:BANKGIRO</cbc:ID></cac:FinancialInstitutionBranch>"
        "</cac:PayeeFinancialAccount></cac:PaymentMeans>");
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
    const auto id = send(upload(payable(toKarin(number))));
    walk();
    return id;
  }

  // --- Time and what there is

  void pass(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  store::Delivery deliveryOf(DocumentId id) {
    store::Delivery found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), id));
      for (const auto& delivery : deliveries)
        if (delivery.channel == "bank") found = delivery;
      return {};
    }));
    return found;
  }
  std::string stateOf(DocumentId id) { return std::string(store::roadState(deliveryOf(id))); }
  std::vector<store::BankFile> bankFiles() {
    std::vector<store::BankFile> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::listBankFiles(reader, std::nullopt, 200));
      return {};
    }));
    return found;
  }
  std::optional<store::BankFile> fileOf(DocumentId id) {
    const auto all = bankFiles();
    const auto found = std::ranges::find(all, deliveryOf(id).road.batch, &store::BankFile::id);
    return found == all.end() ? std::nullopt : std::optional(*found);
  }
  std::string blob(const Digest& digest) {
    std::string bytes;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(bytes, store::blob(reader, digest));
      return {};
    }));
    return bytes;
  }
  std::vector<std::string> files(const std::string& folder) {
    return hubDrop_->list(folder).value_or(std::vector<std::string>());
  }
  int count(DocumentId id, store::EventType type) {
    const auto events = eventsOf(id);
    return static_cast<int>(
        std::ranges::count_if(events, [&](const auto& event) { return event.type == type; }));
  }

  static constexpr const char* receiver_ = "196505030004.NB.SE";
  channels::Banking banking_;
  channels::HubHabits habits_;
  std::shared_ptr<const net::FileDrop> hubDrop_;
  std::optional<channels::BankHub> hub_;
  int applications_ = 0;
};

}  // namespace postgang::flow
