// A store, a clock that stands still, a seller and a buyer who are customers, and the flow between them.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "channels/registry.h"
#include "flow/flow.h"
#include "store/companies.h"
#include "store/documents.h"
#include "store/sql/session.h"
#include "tests/flow/sample.h"
#include "tests/store/migrated.h"

namespace postgang::flow {

class House : public ::testing::Test {
 protected:
  House() : folder_(store::newTemporaryFolder()) { open(); }
  ~House() override {
    flow_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open() {
    store::StoreOptions options;
    options.dataFolder = folder_;
    store::layMigrated(folder_);
    auto opened = store::Store::open(options, clock_);
    ASSERT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
    energi_ = company("Nordhamn Energi AB", "0007:5599900015");
    granberga_ = company("Granberga Bygg AB", "0007:5599900023");
  }

  CompanyId company(const std::string& name, const std::string& identifier,
                    std::optional<CompanyId> parent = {}) {
    store::Company made;
    made.name = name;
    made.identifier = identifier;
    made.identifiers = {identifier};
    made.parent = parent;
    made.createdAt = clock_.now();
    const auto outcome = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(made.id, store::createCompany(tx, made));
      return {};
    });
    EXPECT_TRUE(outcome) << outcome.error().detail;
    return made.id;
  }

  Upload upload(std::string bytes) const {
    Upload made;
    made.sender = energi_;
    made.actor = {store::ActorKind::key, "0193-key", "Affärssystem"};
    made.door = "api";
    made.fileName = "faktura.xml";
    made.mediaType = "application/xml";
    made.bytes = std::move(bytes);
    return made;
  }
  Upload upload(const Sample& sample) const { return upload(invoice(sample)); }

  // Accepted, alone.
  DocumentId send(const Upload& upload) {
    const auto accepted = flow_->accept(upload);
    EXPECT_TRUE(accepted) << accepted.error().code;
    return accepted ? accepted->documents.front().id : DocumentId();
  }
  DocumentId send(const Sample& sample) { return send(upload(sample)); }

  std::int64_t walk() {
    const auto done = flow_->runDue();
    EXPECT_TRUE(done) << done.error().code << ": " << done.error().detail;
    return done.value_or(0);
  }

  Result<store::DocumentRow> find(DocumentId id, CompanyId as) {
    Result<store::DocumentRow> row = fail(ProblemKind::internal, "not-read", "");
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      row = store::findDocument(reader, store::Viewer::ofCompanies({as}, {}), id);
      return {};
    });
    EXPECT_TRUE(read);
    return row;
  }
  std::string statusOf(DocumentId id) {
    const auto row = find(id, energi_);
    return row ? std::string(document::name(row->entry.status)) : row.error().code;
  }

  std::vector<store::Event> eventsOf(DocumentId id) {
    std::vector<store::Event> events;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(events, store::eventsOf(reader, store::Viewer::system(), id));
      return {};
    });
    EXPECT_TRUE(read) << read.error().code;
    return events;
  }
  // "received recognised checked …"
  std::string story(DocumentId id) {
    std::string text;
    for (const auto& event : eventsOf(id))
      text += (text.empty() ? "" : " ") + std::string(document::name(event.type));
    return text;
  }
  template <typename Fact>
  Fact fact(DocumentId id) {
    for (const auto& event : eventsOf(id))
      if (const auto* found = std::get_if<Fact>(&event.fact)) return *found;
    ADD_FAILURE() << "no such fact";
    return {};
  }
  std::string findingOf(DocumentId id) {
    const auto stopped = fact<store::StoppedFact>(id);
    return stopped.findings.empty() ? "none" : stopped.findings.front().id;
  }

  std::string folder_;
  SimulatedClock clock_{*Instant::parse("2026-11-23T09:41:00Z")};
  IdMaker ids_{clock_, 1};
  channels::Registry channels_ = channels::allChannels();
  FlowSettings settings_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Flow> flow_;
  CompanyId energi_, granberga_;
};

}  // namespace postgang::flow
