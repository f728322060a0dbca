#include "flow/archives.h"

#include <filesystem>
#include <fstream>

#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class ArchivesMade : public House {
 protected:
  LeavingOrder order(CompanyId company) {
    return {.viewer = store::Viewer::ofCompanies({company}, {}), .company = company, .file = {}};
  }
  std::string folder() const { return folder_ + "/archives"; }
  std::optional<store::Archive> seen(ArchiveId id, CompanyId company) {
    std::optional<store::Archive> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::archive(reader, store::Viewer::system(), company, id));
      return {};
    }));
    return found;
  }
  store::Archive known(std::string_view state) {
    store::Archive archive;
    archive.id = ids_.next<ArchiveId>();
    archive.company = energi_;
    archive.state = state;
    archive.startedAt = archive.movedAt = clock_.now();
    if (state == "done") archive.endedAt = clock_.now();
    EXPECT_TRUE(store_->write(store::Priority::background,
                              [&](store::Transaction& tx) { return store::putArchive(tx, archive); }));
    return archive;
  }
};

TEST_F(ArchivesMade, WithoutAFolderNoneAreMade) {
  Archives none(*store_, clock_, ids_, "");
  EXPECT_EQ(none.start(order(energi_)).error().code, "archives-off");
}

TEST_F(ArchivesMade, OneOfACompanyAtATime) {
  known("making");
  Archives archives(*store_, clock_, ids_, folder());
  EXPECT_EQ(archives.start(order(energi_)).error().code, "archive-under-way");
}

TEST_F(ArchivesMade, OneThatDiedIsSaidToHaveFailed) {
  const auto dead = known("making");
  Archives archives(*store_, clock_, ids_, folder());
  EXPECT_TRUE(archives.sweep());
  EXPECT_EQ(seen(dead.id, energi_)->state, "making");
  clock_.advanceSeconds(Archives::silent_seconds + 1);
  EXPECT_TRUE(archives.sweep());
  EXPECT_EQ(seen(dead.id, energi_)->state, "failed");
  EXPECT_EQ(seen(dead.id, energi_)->trouble, "archive-interrupted");
}

TEST_F(ArchivesMade, AFileThatAnotherNodeHasIsNotHere) {
  Archives archives(*store_, clock_, ids_, folder());
  EXPECT_EQ(archives.fileOf(known("done")).error().code, "archive-not-here");
}

TEST_F(ArchivesMade, WhatIsTooOldIsRemoved) {
  Archives archives(*store_, clock_, ids_, folder());
  const auto old = known("done");
  std::filesystem::create_directories(folder());
  const auto file = folder() + "/" + old.id.text() + ".zip";
  std::ofstream(file) << "zip";
  EXPECT_TRUE(archives.fileOf(old));
  clock_.advanceSeconds(Archives::kept_seconds + 1);
  EXPECT_TRUE(archives.sweep());
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(seen(old.id, energi_)->state, "removed");
}

}  // namespace
}  // namespace postgang::flow
