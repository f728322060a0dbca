// What is in an export, over random trees, memberships, grants and traffic: the rows that the model says its
// asker sees as it is written, and no others. As tests/access/insight_test.cc, of another way out.
#include <fstream>
#include <map>

#include "base/text.h"
#include "flow/export_asker.h"
#include "flow/export_writer.h"
#include "formats/spreadsheet.h"
#include "tests/access/random_traffic.h"

namespace postgang::flow {
namespace {

using access::Asker;
using store::Direction;

class ExportSights : public access::RandomTraffic {
 protected:
  // Somebody who is kept, each company once with the highest role that it was given there.
  Asker keptSomebody() {
    auto as = anybody();
    std::map<CompanyId, std::string> roles;
    for (const auto& own : as.user.memberships) {
      auto& role = roles[own.company];
      if (access::rankOfRole(own.role) > access::rankOfRole(role)) role = own.role;
    }
    as.user.memberships.clear();
    for (const auto& [company, role] : roles) as.user.memberships.push_back({company, role});
    as.user.email = as.user.id.text() + "@bolag.example";
    write([&](store::Transaction& tx) { return store::createUser(tx, as.user); });
    return as;
  }
  store::Export asked(const Asker& as) {
    store::Export made;
    made.id = ids_.next<store::ExportId>();
    made.company = as.company;
    made.asker = "user:" + as.user.id.text();
    made.everything = as.everything;
    made.form = "csv";
    made.language = "en";
    made.filter = "{}";
    made.state = "waiting";
    made.askedAt = made.movedAt = clock_.now();
    return made;
  }
  Result<WrittenExport> written(const store::Export& made, const store::EntryQuery& query) {
    const ExportOrder order{.made = made,
                            .readFilter = [&](store::Reader&, const store::Viewer&, const store::Export&)
                                -> Result<std::optional<store::EntryQuery>> { return std::optional(query); },
                            .limits = {},
                            .file = file()};
    return writeExport(store(), clock_, order, [](std::int64_t) { return Outcome(); });
  }
  std::string file() const { return folder_.path() + "/export.csv"; }

  // Each row as side() says it.
  std::multiset<std::string> rows() {
    std::map<std::string, CompanyId> byName;
    for (const auto one : companies_)
      read([&](store::Reader& reader) -> Outcome {
        TRY(const auto company, store::company(reader, one));
        byName[company.name] = one;
        return {};
      });
    std::ifstream in(file(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto sheet = formats::Spreadsheet::open(bytes);
    EXPECT_TRUE(sheet) << sheet.error().detail;
    std::multiset<std::string> all;
    if (!sheet) return all;
    const auto& texts = Texts::of(Language::english);
    bool isHeading = true;
    EXPECT_TRUE(sheet->rows([&](const formats::SheetRow& row) {
      if (std::exchange(isHeading, false)) return true;
      const auto id = DocumentId::parse(row.cells.back().text);
      const bool isSent = row.cells.front().text == texts.word("export.direction.sent");
      EXPECT_TRUE(id) << row.cells.back().text;
      if (id)
        all.insert(access::side(*id, byName[row.cells[row.cells.size() - 2].text],
                                isSent ? Direction::sent : Direction::received));
      return true;
    }));
    return all;
  }

  void expectRows(const Asker& as) {
    const auto made = asked(as);
    const auto sees = [&](const store::EntryQuery& query, const std::multiset<std::string>& wanted) {
      const auto done = written(made, query);
      ASSERT_TRUE(done) << done.error().code;
      EXPECT_EQ(done->documents, static_cast<std::int64_t>(wanted.size()));
      EXPECT_EQ(done->sight, sightOf(viewerFor(as)));
      EXPECT_EQ(rows(), wanted);
    };
    sees({}, sides(as, true));
    store::EntryQuery query;
    for (const auto direction : {Direction::sent, Direction::received}) {
      query.direction = direction;
      sees(query, sides(as, false, direction));
    }
    query.direction.reset();
    query.company = any();
    sees(query, sides(as, false, {}, query.company));
  }

 private:
  store::TemporaryFolder folder_;
};
INSTANTIATE_BOTH_STORES(ExportSights);

TEST_P(ExportSights, AnExportHasWhatItsAskerSeesAsItIsWritten) {
  plant(12, 8, 14);
  send(40);
  std::vector<Asker> people;
  for (int i = 0; i < 10; ++i) people.push_back(keptSomebody());
  for (const unsigned seed : {12U, 13U}) {
    // The companies move, and more is given: the same people, other rights.
    if (seed != 12U) plant(seed, 8, 6);
    for (const auto& as : people) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", " + as.user.email);
      if (!model_.mayActFor(as.user).contains(as.company)) {
        const auto refused = written(asked(as), {});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, "export-not-allowed");
        continue;
      }
      expectRows(as);
      if (HasFailure()) return;
    }
  }
}

TEST_P(ExportSights, AnExportIsItsAskersOwn) {
  plant(14, 6, 20);
  std::vector<Asker> people;
  std::vector<store::Export> made;
  for (int i = 0; i < 8; ++i) {
    people.push_back(keptSomebody());
    for (int j = some(3); j >= 0; --j) {
      auto one = asked(people.back());
      one.company = any();
      made.push_back(one);
      write([&](store::Transaction& tx) { return store::createExport(tx, one); });
    }
  }
  for (const auto& as : people)
    for (const auto company : companies_) {
      const auto asker = "user:" + as.user.id.text();
      const auto isOwn = [&](const store::Export& one) {
        return one.asker == asker && one.company == company;
      };
      read([&](store::Reader& reader) -> Outcome {
        TRY(const auto listed, store::exportsOf(reader, asker, company));
        EXPECT_EQ(std::ranges::count_if(made, isOwn), static_cast<std::ptrdiff_t>(listed.size()));
        for (const auto& one : made) {
          TRY(const auto found, store::exportOf(reader, asker, company, one.id));
          EXPECT_EQ(found.has_value(), isOwn(one));
        }
        return {};
      });
      for (const auto& one : made) {
        if (isOwn(one)) continue;
        write([&](store::Transaction& tx) -> Outcome {
          TRY(const bool removed, store::removeExport(tx, asker, company, one.id));
          EXPECT_FALSE(removed);
          return {};
        });
      }
    }
}

}  // namespace
}  // namespace postgang::flow
