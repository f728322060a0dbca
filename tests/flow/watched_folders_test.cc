// Files that are laid in a folder to be sent.
#include "tests/flow/handed.h"

namespace postgang::flow {
namespace {

class WatchedFolders : public Handed {
 protected:
  WatchedFolders() {
    const auto set = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      store::WatchedFolder folder;
      folder.settings = R"({"address":"out","hostKey":""})";
      folder.changedAt = clock_.now();
      CHECK_OK(store::setWatchedFolder(tx, energi_, folder));
      return store::enqueue(tx, watchedFolderJob(energi_, clock_.now()));
    });
    EXPECT_TRUE(set) << set.error().detail;
    walk();
  }
  std::string out() const { return rules_.root + "/0007_5599900015/out"; }
  void lay(const std::string& name, const std::string& bytes) const {
    std::ofstream(out() + "/" + name) << bytes;
  }
  static std::string numbered(const std::string& number) {
    Sample sample;
    sample.number = number;
    return invoice(sample);
  }
  std::int64_t documents() {
    std::int64_t found = 0;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      store::EntryQuery query;
      query.direction = store::Direction::sent;
      TRY(const auto page, store::listEntries(reader, store::Viewer::ofCompanies({energi_}, {}), query));
      found = static_cast<std::int64_t>(page.items.size());
      if (found > 0) first_ = page.items.back().document;
      return {};
    });
    EXPECT_TRUE(read);
    return found;
  }
  DocumentId first_;
};

TEST_F(WatchedFolders, a_file_is_taken_in_when_two_looks_have_seen_the_same) {
  lay("a.xml", numbered("1").substr(0, 400));
  pass(60);
  EXPECT_EQ(documents(), 0);
  lay("a.xml", numbered("1"));  // it was still being written
  pass(16);
  EXPECT_EQ(documents(), 0);
  pass(60);
  EXPECT_EQ(documents(), 1);
  EXPECT_EQ(files(out()), std::vector<std::string>{});
  EXPECT_EQ(files(out() + "/done"), std::vector<std::string>{"a.xml"});
  EXPECT_EQ(statusOf(first_), "delivered");
  EXPECT_EQ(fact<store::ReceivedFact>(first_).door, "folder");
}

TEST_F(WatchedFolders, what_cannot_be_taken_in_is_set_aside_with_why) {
  lay("a.xml", numbered("1"));
  pass(120);
  lay("b.xml", numbered("1"));  // the same bytes under another name
  lay("empty.xml", "");
  pass(180);
  EXPECT_EQ(documents(), 1);
  EXPECT_EQ(files(out() + "/failed"),
            (std::vector<std::string>{"b.xml", "b.xml.txt", "empty.xml", "empty.xml.txt"}));
  std::ifstream told(out() + "/failed/b.xml.txt");
  const std::string words((std::istreambuf_iterator<char>(told)), {});
  EXPECT_NE(words.find("duplicate-document"), std::string::npos) << words;
}

TEST_F(WatchedFolders, the_same_file_laid_again_is_not_sent_again) {
  lay("a.xml", numbered("1"));
  pass(120);
  lay("a.xml", numbered("1"));
  pass(180);
  EXPECT_EQ(documents(), 1);
  EXPECT_EQ(files(out()), std::vector<std::string>{}) << "it is moved aside";
  lay("a.xml", numbered("2"));
  pass(180);
  EXPECT_EQ(documents(), 2);
  EXPECT_EQ(files(out() + "/done").size(), 3U) << "nothing is written over";
}

TEST_F(WatchedFolders, other_files_are_left_alone) {
  lay(".a.xml.part", numbered("1"));
  lay("min faktura.xml", numbered("2"));
  std::filesystem::create_directory(out() + "/archive");
  pass(180);
  EXPECT_EQ(documents(), 0);
  EXPECT_EQ(files(out()), (std::vector<std::string>{".a.xml.part", "min faktura.xml"}));
}

TEST_F(WatchedFolders, one_who_has_stopped_watching_is_left_in_peace) {
  const auto set = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    store::WatchedFolder folder;
    folder.version = 1;
    folder.changedAt = clock_.now();
    return store::setWatchedFolder(tx, energi_, folder);
  });
  ASSERT_TRUE(set) << set.error().detail;
  lay("a.xml", numbered("1"));
  pass(600);
  EXPECT_EQ(documents(), 0);
}

}  // namespace
}  // namespace postgang::flow
