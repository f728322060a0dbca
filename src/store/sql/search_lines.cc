#include "store/sql/search_lines.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/text.h"
#include "document/header_facts.h"
#include "store/blobs.h"
#include "store/search_words.h"
#include "store/sql/dialect.h"
#include "store/sql/replay.h"
#include "store/sql/search.h"

namespace postgang::store {
namespace {

using sql::LineTexts;

constexpr int documents_at_once = 100;

void addLine(std::string& text, std::string_view line) {
  if (text.size() + line.size() >= sql::line_text_bytes_max) return;
  text += line;
  text += '\n';
}

// What is in the file itself: the same for both parties.
Result<std::string> fileText(Reader& reader, const sql::Rows& rows) {
  std::string lines, attachments;
  addLine(attachments, rows.received.fileName);
  const auto kept = parsed(reader, rows.id);
  if (!kept && kept.error().kind == ProblemKind::unavailable) return fail(kept.error());
  // What is damaged has no lines to find, nor a form that this version does not know: whoever needs it says
  // so, and the others are indexed.
  if (kept && *kept) {
    if (const auto document = document::BusinessDocument::restored(**kept)) {
      for (const auto& one : document->attachments()) addLine(attachments, one.fileName);
      for (const auto& one : document::lineTextsOf(*document))
        addLine(document::info(one.term).group == document::Group::BG_24 ? attachments : lines, one.text);
    }
  }
  return sql::fieldForm(sql::field::line, lines) + sql::fieldForm(sql::field::attachment, attachments);
}

std::string findingText(const sql::Rows& rows, bool ofReceiver) {
  std::string text;
  for (const auto& finding : rows.findings) {
    if (ofReceiver && !isDemand(finding)) continue;
    addLine(text, finding.id + " " + finding.term);
    for (const auto* name : {"demand", "filter"})
      if (const auto said = finding.parameters.find(name); said != finding.parameters.end())
        addLine(text, said->second);
  }
  return sql::fieldForm(sql::field::finding, text);
}

struct Prepared {
  std::vector<std::int64_t> due;
  sql::EntryView sent;
  std::optional<sql::EntryView> inbox;
  LineTexts texts;
};

// The oldest that wait, each document once.
Result<std::vector<Prepared>> prepare(Reader& reader, int documents_max) {
  std::vector<std::pair<DocumentId, std::vector<std::int64_t>>> waiting;
  CHECK_OK(reader.connection().run(
      "SELECT id, document FROM search_due ORDER BY id LIMIT ?1", {documents_max}, [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto id = c.number();
        const auto document = c.id<DocumentId>();
        auto place = std::ranges::find(waiting, document, [](const auto& one) { return one.first; });
        if (place == waiting.end()) place = waiting.insert(place, {document, {}});
        place->second.push_back(id);
      }));
  std::vector<Prepared> all;
  for (auto& [document, due] : waiting) {
    auto& one = all.emplace_back();
    one.due = std::move(due);
    TRY(auto rows, sql::loadRows(reader.connection(), document, false, false));
    if (!rows) continue;  // erased meanwhile
    CHECK_OK(sql::loadFindings(reader.connection(), *rows));
    TRY(one.texts, sql::lineTexts(reader, *rows));
    one.sent = rows->sent;
    one.inbox = rows->inbox;
  }
  return all;
}

// It is not erased until this is committed.
Outcome keep(Transaction& tx, const sql::EntryView& entry, const std::string& text) {
  auto& connection = tx.connection();
  TRY(const auto known, connection.run("SELECT 1 FROM entries WHERE company = ?1 AND id = ?2" +
                                           std::string(sql::locked(connection.dialect(), " FOR UPDATE")),
                                       {entry.company, entry.id}));
  return known == 0 ? Outcome() : sql::indexLines(tx.connection(), entry.company, entry.id, text);
}

}  // namespace

Result<sql::LineTexts> sql::lineTexts(Reader& reader, const Rows& rows) {
  TRY(const auto file, fileText(reader, rows));
  std::map<CompanyId, std::string> words;
  CHECK_OK(
      reader.connection().run("SELECT company, words FROM search_words WHERE document = ?1 ORDER BY company, "
                              "kind",
                              {rows.id}, [&](const Row& row) {
                                Columns c(row);
                                auto& said = words[c.company()];
                                addLine(said, c.view());
                              }));
  const auto of = [&](const EntryView& entry, bool isReceivers) {
    return file + findingText(rows, isReceivers) + fieldForm(field::ticket, words[entry.company]);
  };
  LineTexts texts;
  texts.sent = of(rows.sent, false);
  if (rows.inbox) texts.inbox = of(*rows.inbox, true);
  return texts;
}

Outcome setSearchWords(Transaction& tx, DocumentId document, CompanyId company, std::string_view kind,
                       std::string_view words) {
  auto& connection = tx.connection();
  const auto kept = std::string(words.substr(0, search_words_bytes_max));
  if (kept.empty())
    CHECK_OK(connection.run("DELETE FROM search_words WHERE document = ?1 AND company = ?2 AND kind = ?3",
                            {document, company, kind}));
  else
    CHECK_OK(
        connection.run("INSERT INTO search_words (document, company, kind, words) VALUES (?1, ?2, ?3, "
                       "?4) ON CONFLICT (document, company, kind) DO UPDATE SET words = excluded.words",
                       {document, company, kind, kept}));
  tx.pending().lines.insert(document);
  return {};
}

Result<int> indexLines(Store& store, int documents_max) {
  int indexed = 0;
  while (indexed < documents_max) {
    std::vector<Prepared> prepared;
    CHECK_OK(store.read([&](Reader& reader) -> Outcome {
      TRY(prepared, prepare(reader, documents_at_once));
      return {};
    }));
    if (prepared.empty()) break;
    CHECK_OK(store.write(Priority::background, [&](Transaction& tx) -> Outcome {
      for (const auto& one : prepared) {
        if (one.sent.id != 0) CHECK_OK(keep(tx, one.sent, one.texts.sent));
        if (one.inbox) CHECK_OK(keep(tx, *one.inbox, one.texts.inbox));
        for (const auto id : one.due)
          CHECK_OK(tx.connection().later("DELETE FROM search_due WHERE id = ?1", {id}));
      }
      return {};
    }));
    indexed += static_cast<int>(prepared.size());
  }
  return indexed;
}

Outcome joinSearchParts(Transaction& tx, int pages) {
  auto& connection = tx.connection();
  if (connection.dialect() == sql::Dialect::sqlite)
    CHECK_OK(connection.run("INSERT INTO search_index (search_index, rank) VALUES ('merge', ?1)", {pages}));
  return {};
}

// FTS5: of a negative number of pages, all parts are of one size at first.
Outcome joinAllSearchParts(Transaction& tx, int pages) {
  return joinSearchParts(tx, -pages);
}

Outcome sql::indexAgain(Connection& connection) {
  CHECK_OK(clearIndex(connection));
  CHECK_OK(eachDocument(connection, [&](DocumentId id) -> Outcome {
    TRY(const auto kept, loadRows(connection, id, false, false));
    if (!kept) return {};
    TRY(const auto replayed, replay(connection, id));
    const auto& text = replayed.projection.rows.searchText;
    if (!text || text->empty()) return {};
    CHECK_OK(indexText(connection, {kept->sent.id, kept->sent.company, *text, {}}));
    if (kept->inbox) CHECK_OK(indexText(connection, {kept->inbox->id, kept->inbox->company, *text, {}}));
    return {};
  }));
  CHECK_OK(connection.run("INSERT INTO search_due (document) SELECT id FROM documents"));
  return {};
}

}  // namespace postgang::store
