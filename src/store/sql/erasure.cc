#include "store/sql/erasure.h"

#include <set>
#include <tuple>

#include <boost/json.hpp>

#include "base/text.h"
#include "store/sql/facts.h"
#include "store/sql/partner_counts.h"
#include "store/sql/projection.h"
#include "store/sql/replay.h"
#include "store/sql/search.h"
#include "store/tickets.h"

namespace postgang::store::sql {
namespace {

namespace json = boost::json;

// --- What it counts, as JSON: one array per cell; whose counterpart it was is left out
void eachText(auto& cell, auto&& visit) {
  for (auto* text : {&cell.direction, &cell.channel, &cell.kind, &cell.status, &cell.currency, &cell.format,
                     &cell.country})
    visit(*text);
}
constexpr std::size_t texts_before = 5;  // those written before there was a format and a country
constexpr std::int64_t CellDelta::*further[] = {&CellDelta::sheets, &CellDelta::delivered, &CellDelta::opened,
                                                &CellDelta::stopped, &CellDelta::cost};

std::string encodedCells(const Pending& pending) {
  json::array cells;
  for (const auto& [cell, delta] : pending.statistics) {
    if (delta.isZero()) continue;
    json::array one{cell.company.value, cell.day, delta.documents,
                    static_cast<std::int64_t>(delta.hundredths),  // one document's: it fits

                    cell.counterpartCompany.value};
    eachText(cell, [&](const std::string& text) { one.emplace_back(text); });
    for (const auto part : further) one.emplace_back(delta.*part);
    one.emplace_back(cell.toDelivered);
    one.emplace_back(cell.toOpened);
    cells.push_back(std::move(one));
  }
  return json::serialize(cells);
}

Result<Pending> decodedCells(std::string_view text) {
  Pending pending;
  boost::system::error_code fault;
  const auto parsed = json::parse(text, fault);
  constexpr std::size_t parts = 10, first_text = 5;
  const auto* cells = fault ? nullptr : parsed.if_array();
  if (!cells)
    return fail(ProblemKind::internal, "tombstone-damaged", "What an erased document counts is lost.");
  for (const auto& value : *cells) {
    const auto* one = value.if_array();
    if (!one || one->size() < parts)
      return fail(ProblemKind::internal, "tombstone-damaged", "What an erased document counts is lost.");
    std::size_t at = 0;
    const auto number = [&](std::int64_t otherwise) {
      return at < one->size() ? (*one)[at++].to_number<std::int64_t>() : otherwise;
    };
    Cell cell;
    CellDelta delta;
    cell.company = CompanyId{number(0)};
    cell.day = number(0);
    delta.documents = number(0);
    delta.hundredths = number(0);
    cell.counterpartCompany = CompanyId{number(0)};
    const std::size_t texts_end = one->size() > parts ? one->size() : first_text + texts_before;
    eachText(cell, [&](std::string& part) {
      if (at < texts_end) part = std::string((*one)[at++].as_string());
    });
    for (const auto part : further) delta.*part = number(0);
    cell.toDelivered = number(Cell::no_bucket);
    cell.toOpened = number(Cell::no_bucket);
    pending.count(cell, delta);
  }
  return pending;
}

// Where what lies packed has its counterpart's name (counterpart_packing.h).
Outcome markErased(Connection& connection, const Pending& counted) {
  std::set<std::tuple<std::int64_t, std::int64_t, std::string_view>> places;
  for (const auto& [cell, delta] : counted.statistics)
    places.emplace(cell.company.value, cell.day / 100, cell.direction);
  for (const auto& [company, month, direction] : places)
    CHECK_OK(connection.later("INSERT INTO statistics_erased (company, day, direction) VALUES (?1, ?2, ?3)",
                              {company, month, direction}));
  return {};
}

// The counts stand; of whose they were, nothing is kept.
Outcome forgetCounterparts(Connection& connection, Pending& counted) {
  Pending changed, left;
  for (const auto& [cell, delta] : counted.statistics) {
    auto nobody = cell;
    nobody.counterpart.clear();
    left.count(nobody, delta);
    changed.count(nobody, delta);
    changed.count(cell, delta, -1);
  }
  CHECK_OK(flush(connection, changed));
  CHECK_OK(markErased(connection, counted));
  counted = std::move(left);
  return {};
}

// --- Bytes that its events speak of
void collect(const Fact& fact, std::set<Digest>& digests) {
  if (const auto* received = std::get_if<ReceivedFact>(&fact)) digests.insert(received->digest);
  if (const auto* delivery = std::get_if<DeliveryFact>(&fact)) {
    if (delivery->sentDigest) digests.insert(*delivery->sentDigest);
    for (const auto& recipient : delivery->recipients)
      if (recipient.sentDigest) digests.insert(*recipient.sentDigest);
  }
  if (const auto* answer = std::get_if<AnswerFact>(&fact); answer && answer->message)
    digests.insert(*answer->message);
  if (const auto* mail = std::get_if<SmartmailFact>(&fact); mail && mail->message)
    digests.insert(*mail->message);
}

}  // namespace

Result<std::set<Digest>> digestsOf(Connection& connection, DocumentId document) {
  std::set<Digest> digests;
  CHECK_OK(connection.run("SELECT type, payload FROM events WHERE document = ?1 AND payload IS NOT NULL",
                          {document}, [&](const Row& row) {
                            Columns c(row);
                            const auto type = document::eventTypeFromName(c.view());
                            const auto payload = c.view();
                            if (!type) return;
                            if (const auto decodedPayload = decoded(*type, payload))
                              collect(decodedPayload->fact, digests);
                          }));
  CHECK_OK(connection.run("SELECT envelope FROM peppol_exchanges WHERE document = ?1", {document},
                          [&](const Row& row) {
                            if (row.bytes(0).size() == Digest().size()) digests.insert(Columns(row).digest());
                          }));
  return digests;
}

// Nobody else's bytes: neither another document's, nor those of a batch or a file of many.
Outcome dropBytes(Connection& connection, const std::set<Digest>& digests) {
  for (const auto& digest : digests) {
    TRY(const auto shared,
        connection.run(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM documents WHERE digest = ?1) OR EXISTS (SELECT 1 "
            "FROM deliveries WHERE sent_digest = ?1) OR EXISTS (SELECT 1 FROM print_batches WHERE "
            "digest = ?1) OR EXISTS (SELECT 1 FROM bank_files WHERE digest = ?1) OR EXISTS (SELECT 1 FROM "
            "ticket_attachments WHERE digest = ?1)",
            {digest}, [](const Row&) {}));
    if (shared > 0) continue;
    CHECK_OK(connection.run("DELETE FROM blobs WHERE id IN (SELECT blob FROM blob_digests WHERE digest = ?1)",
                            {digest}));
    CHECK_OK(connection.run("DELETE FROM blob_digests WHERE digest = ?1", {digest}));
  }
  return {};
}

namespace {

// --- Rows
Outcome dropEntry(Connection& connection, const EntryView& entry) {
  CHECK_OK(dropTexts(connection, entry.company, entry.id));
  CHECK_OK(connection.run("DELETE FROM entries WHERE company = ?1 AND id = ?2", {entry.company, entry.id}));
  return {};
}

// Partners count the documents that there are. A private person whom nobody wrote down and no document speaks
// of any longer is not kept.
Outcome uncount(Connection& connection, Pending& pending) {
  std::vector<PartnerKey> touched;
  for (auto& [key, delta] : pending.partners) {
    touched.push_back(key);
    delta.sent = -delta.sent;
    delta.received = -delta.received;
    delta.lastActivityAt = delta.firstActivityAt = Instant{};
    delta.countsAlone = true;
  }
  negate(pending);
  pending.statistics.clear();
  pending.texts.clear();
  for (const auto& key : touched) {
    TRY(const auto left,
        connection.run("SELECT 1 FROM entries WHERE company = ?1 AND counterpart = ?2 LIMIT 1",
                       {key.owner, key.identifier}, [](const Row&) {}));
    if (left > 0) continue;
    TRY(const auto gone,
        connection.run(
            "DELETE FROM partners WHERE owner = ?1 AND identifier = ?2 AND person = 1 AND named_by_owner "
            "= 0 AND merged_into = '' AND NOT EXISTS (SELECT 1 FROM partners a WHERE a.owner = ?1 "
            "AND a.merged_into = ?2 AND a.merged_into <> '')",
            {key.owner, key.identifier}));
    if (gone == 0) continue;
    for (const auto* table : {"partner_deltas", "partner_cells", "partner_cell_deltas", "partner_accounts",
                              "partner_account_deltas", "partner_invitations"})
      CHECK_OK(connection.run("DELETE FROM " + std::string(table) + " WHERE owner = ?1 AND identifier = ?2",
                              {key.owner, key.identifier}));
    CHECK_OK(connection.run(
        "DELETE FROM partner_distinctions WHERE owner = ?1 AND (identifier = ?2 OR other = ?2)",
        {key.owner, key.identifier}));
    pending.partners.erase(key);
    std::erase_if(pending.partnerCells, [&](const auto& cell) {
      return cell.first.owner == key.owner && cell.first.identifier == key.identifier;
    });
    std::erase_if(pending.accounts, [&](const auto& account) {
      return account.first.owner == key.owner && account.first.identifier == key.identifier;
    });
  }
  return flushPartners(connection, pending);
}

// A ticket about it stays, and no longer says whose document it was. Nor who else might see the ticket: that
// it is about one more is kept.
Outcome forgetInTickets(Connection& connection, DocumentId document) {
  struct Told {
    TicketId ticket;
    std::string words;
  };
  std::vector<Told> told;
  CHECK_OK(connection.run(
      "SELECT t.id, t.words, t.counterpart_name FROM tickets t JOIN ticket_documents d ON d.ticket = t.id "
      "WHERE d.document = ?1",
      {document}, [&](const Row& row) {
        Columns c(row);
        auto& one = told.emplace_back();
        one.ticket = c.id<TicketId>();
        one.words = c.text();
        const auto name = folded(c.view());
        if (const auto at = name.empty() ? std::string::npos : one.words.find(name); at != std::string::npos)
          one.words.erase(at, name.size());
      }));
  for (const auto& one : told)
    CHECK_OK(connection.run(
        "UPDATE tickets SET counterpart = '', counterpart_name = '', cause = '', words = ?2 WHERE id = ?1",
        {one.ticket, one.words}));
  CHECK_OK(connection.run(
      "UPDATE ticket_changes SET before = '', after = '' WHERE what = 'document' AND EXISTS (SELECT 1 FROM "
      "ticket_documents d WHERE d.ticket = ticket_changes.ticket AND d.document = ?1 AND "
      "(ticket_changes.after = d.number OR ticket_changes.after = ?2))",
      {document, document.text()}));
  return connection.later(
      "UPDATE ticket_documents SET number = '', counterpart_name = '', snapshot = '' WHERE document = ?1",
      {document});
}

// The feed keeps its rows: they say that something happened, to no one by name, and clients count on its
// order.
Outcome dropRows(Connection& connection, DocumentId document) {
  // A notice of several stops stays for the others.
  CHECK_OK(connection.run(
      "DELETE FROM links WHERE notice IN (SELECT n.notice FROM notice_documents n WHERE n.document = ?1 AND "
      "NOT EXISTS (SELECT 1 FROM notice_documents o WHERE o.notice = n.notice AND o.document <> ?1))",
      {document}));
  CHECK_OK(connection.run(
      "DELETE FROM notices WHERE id IN (SELECT n.notice FROM notice_documents n WHERE n.document = ?1 AND "
      "NOT "
      "EXISTS (SELECT 1 FROM notice_documents o WHERE o.notice = n.notice AND o.document <> ?1))",
      {document}));
  CHECK_OK(
      connection.run("DELETE FROM recipient_links WHERE delivery IN (SELECT id FROM deliveries WHERE "
                     "document = ?1)",
                     {document}));
  CHECK_OK(forgetInTickets(connection, document));
  for (const auto* table : {"notice_documents", "jobs", "deliveries", "findings", "stops", "unique_keys",
                            "parsed", "retention_holds", "search_due", "search_words", "notifications"})
    CHECK_OK(connection.run("DELETE FROM " + std::string(table) + " WHERE document = ?1", {document}));
  CHECK_OK(connection.run("DELETE FROM documents WHERE id = ?1", {document}));
  // What the network's reports count stays, without what it was about.
  CHECK_OK(connection.run("UPDATE peppol_exchanges SET document = NULL, delivery = NULL WHERE document = ?1",
                          {document}));
  CHECK_OK(connection.run("UPDATE events SET payload = NULL WHERE document = ?1", {document}));
  return {};
}

// Whoever may have it in a file that was exported: its companies, those above them, and who has insight.
Result<std::set<std::int64_t>> exportersOf(Connection& connection, const std::vector<CompanyId>& companies) {
  std::set<std::int64_t> found;
  std::vector<std::int64_t> next;
  const auto add = [&](std::int64_t company) {
    if (found.insert(company).second) next.push_back(company);
  };
  for (const auto company : companies) add(company.value);
  while (!next.empty()) {
    const auto company = next.back();
    next.pop_back();
    const auto visit = [&](const Row& row) { add(row.number(0)); };
    CHECK_OK(connection.run("SELECT parent FROM companies WHERE id = ?1 AND parent IS NOT NULL", {company},
                            visit));
    CHECK_OK(connection.run("SELECT viewer FROM grants WHERE owner = ?1", {company}, visit));
  }
  return found;
}

// Files that may hold it are no longer given out, and the next sweep takes them away; what is being made is
// made again without it.
Outcome dropExports(Connection& connection, const std::vector<CompanyId>& companies) {
  TRY(const auto any, connection.run("SELECT 1 FROM exports WHERE state IN ('done', 'making') LIMIT 1", {},
                                     [](const Row&) {}));
  if (any == 0) return {};
  constexpr std::string_view gone =
      "UPDATE exports SET state = CASE WHEN state = 'done' THEN 'removed' ELSE 'waiting' END WHERE state IN "
      "('done', 'making') AND ";
  TRY(const auto exporters, exportersOf(connection, companies));
  for (const auto company : exporters)
    CHECK_OK(connection.run(std::string(gone) + "company = ?1", {company}));
  CHECK_OK(connection.run(std::string(gone) +
                          "(everything = 1 OR company IN (SELECT id FROM companies WHERE is_operator = 1))"));
  return {};
}

}  // namespace

Outcome eraseDocument(Connection& connection, DocumentId document, std::string_view rule, Instant at) {
  TRY(const auto rows, loadRows(connection, document, true, false));
  if (!rows) return fail(ProblemKind::not_found, "document-not-found", "There is no such document.");
  TRY(auto replay, sql::replay(connection, document));
  TRY(const auto digests, digestsOf(connection, document));
  Pending counted;
  countChange(counted, nullptr, *rows);
  CHECK_OK(forgetCounterparts(connection, counted));
  CHECK_OK(dropEntry(connection, rows->sent));
  if (rows->inbox) CHECK_OK(dropEntry(connection, *rows->inbox));
  CHECK_OK(dropRows(connection, document));
  countPartners(replay.projection.pending, nullptr, &*rows);
  CHECK_OK(uncount(connection, replay.projection.pending));
  CHECK_OK(dropBytes(connection, digests));
  const auto receiver = rows->inbox ? std::optional(rows->inbox->company) : std::nullopt;
  CHECK_OK(dropExports(connection, {rows->sent.company, receiver.value_or(rows->sent.company)}));
  CHECK_OK(connection.run(
      "INSERT INTO erased_documents (document, sender, receiver, kind, rule, head, events, erased_at, "
      "counted) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      {document, rows->sent.company, receiver, document::name(rows->recognised.kind), rule, rows->head,
       rows->lastSequence, at, encodedCells(counted)}));
  return {};
}

Result<std::optional<Erased>> erased(Connection& connection, DocumentId document) {
  std::optional<Erased> found;
  std::string counted;
  CHECK_OK(connection.run("SELECT head, events, counted FROM erased_documents WHERE document = ?1",
                          {document}, [&](const Row& row) {
                            Columns c(row);
                            auto& one = found.emplace();
                            one.head = c.digest();
                            one.events = c.number();
                            counted = c.text();
                          }));
  if (!found) return found;
  TRY(found->counted, decodedCells(counted));
  return found;
}

}  // namespace postgang::store::sql
