#include "flow/leaving.h"

#include <algorithm>
#include <fstream>

#include <boost/json.hpp>

#include "base/bytes.h"
#include "flow/aside.h"
#include "flow/evidence.h"
#include "flow/exports.h"
#include "flow/leaving_parts.h"
#include "formats/spreadsheet.h"
#include "formats/zip_file.h"
#include "formats/zip_stream.h"
#include "store/blobs.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;

constexpr int page_size = 100;

std::string csvLine(const TableRow& row) {
  std::string line;
  formats::addCsvLine(line, row);
  return line;
}

class Leaving {
 public:
  Leaving(store::Store& store, const Clock& clock, const LeavingOrder& order, const LeavingProgress& progress,
          formats::ZipStream zip)
      : store_(store),
        clock_(clock),
        order_(order),
        progress_(progress),
        zip_(std::move(zip)),
        list_(order.file + ".documents"),
        sums_(order.file + ".sums") {}

  Result<std::int64_t> run() {
    const auto& texts = Texts::of(order_.language);
    TableRow heading;
    for (const auto* column : {"direction", "number", "kind", "status", "issued", "received", "counterpart",
                               "amount", "currency", "folder"})
      heading.emplace_back(texts.word(std::string("portal.archives.column.") + column));
    list_.add(std::string(formats::csv_byte_order_mark) + csvLine(heading));
    for (const auto direction : {store::Direction::sent, store::Direction::received})
      CHECK_OK(count(direction));
    for (const auto direction : {store::Direction::sent, store::Direction::received})
      CHECK_OK(addDocuments(direction));
    CHECK_OK(addFile("documents.csv", list_));
    CHECK_OK(eachLeavingPart(
        store_, order_, [&](const std::string& path, std::string_view bytes) { return add(path, bytes); }));
    TRY(const auto page, indexPage());
    CHECK_OK(add("index.html", page));
    TRY(const auto sums, sums_.finished());
    CHECK_OK(zip_.addFile("SHA256SUMS", sums));
    CHECK_OK(zip_.finish());
    return documents_;
  }

 private:
  Outcome add(const std::string& path, std::string_view bytes) {
    sums_.add(hex(view(sha256(bytes))) + "  " + path + "\n");
    return zip_.add(path, bytes);
  }

  // The list is hashed in one piece, and is the only thing here that grows with what there is: some 200 bytes
  // a document, for a moment.
  Outcome addFile(const std::string& path, Aside& aside) {
    TRY(const auto file, aside.finished());
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    return add(path, bytes);
  }

  store::EntryQuery queryOf(store::Direction direction) const {
    store::EntryQuery query;
    query.company = order_.company;
    query.direction = direction;
    query.ascending = true;
    query.limit = page_size;
    return query;
  }

  Outcome count(store::Direction direction) {
    return store_.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto facets, store::facets(reader, order_.viewer, queryOf(direction)));
      total_ += facets.documents;
      return {};
    });
  }

  // Each page is a snapshot of its own: what comes meanwhile stands at the end.
  Outcome addDocuments(store::Direction direction) {
    auto query = queryOf(direction);
    for (bool more = true; more;) {
      CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
        TRY(const auto page, store::listEntries(reader, order_.viewer, query));
        for (const auto& entry : page.items) CHECK_OK(addDocument(reader, entry));
        more = page.nextCursor.has_value();
        query.cursor = page.nextCursor.value_or("");
        return {};
      }));
      CHECK_OK(progress_(documents_, std::max(total_, documents_)));
    }
    return {};
  }

  Outcome addDocument(store::Reader& reader, const store::Entry& entry) {
    TRY(const auto row, store::findDocument(reader, order_.viewer, entry.document, order_.company));
    const auto folder = "documents/" + std::string(store::name(entry.direction)) + "/" +
                        std::to_string(dateInStockholm(entry.receivedAt).year()) + "/" +
                        entry.document.text();
    TRY(const auto original, store::blob(reader, row.digest));
    CHECK_OK(add(folder + "/original-" + formats::plainFileName(row.fileName, "document"), original));
    TRY(const auto evidence,
        evidenceZip(reader, order_.viewer, entry.document, order_.language, clock_.now()));
    CHECK_OK(add(folder + "/evidence.zip", evidence));
    TRY(const auto findings, store::findingsOf(reader, order_.viewer, entry.document));
    if (!findings.empty()) CHECK_OK(add(folder + "/findings.json", findingsJson(findings)));
    list_.add(
        csvLine({std::string(store::name(entry.direction)), entry.number,
                 std::string(document::name(entry.kind)), std::string(document::name(entry.status)),
                 entry.issueDate ? entry.issueDate->text() : "", dateInStockholm(entry.receivedAt).text(),
                 entry.counterpartName, entry.amount ? entry.amount->text() : "", entry.currency, folder}));
    ++documents_;
    return {};
  }

  static std::string findingsJson(const std::vector<store::FindingFact>& findings) {
    json::array list;
    for (const auto& one : findings)
      list.push_back({{"id", one.id},
                      {"severity", one.severity},
                      {"term", one.term},
                      {"place", one.place},
                      {"value", one.value},
                      {"detail", one.detail}});
    return json::serialize(list);
  }

  Result<std::string> indexPage() {
    std::string name;
    CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto company, store::company(reader, order_.company));
      name = company.name + " (" + company.identifier + ")";
      return {};
    }));
    return leavingPage(order_.language, name, clock_.now(), documents_);
  }

  store::Store& store_;
  const Clock& clock_;
  const LeavingOrder& order_;
  const LeavingProgress& progress_;
  formats::ZipStream zip_;
  Aside list_, sums_;
  std::int64_t documents_ = 0, total_ = 0;
};

}  // namespace

Result<std::int64_t> writeLeaving(store::Store& store, const Clock& clock, const LeavingOrder& order,
                                  const LeavingProgress& progress) {
  TRY(auto zip, formats::ZipStream::create(order.file, clock.now()));
  return Leaving(store, clock, order, progress, std::move(zip)).run();
}

}  // namespace postgang::flow
