// Tickets as rows, on both stores: numbers, lists, what is alike, what erasing a document leaves.
#include "store/tickets.h"

#include <algorithm>

#include "store/blobs.h"
#include "store/partner_facts.h"
#include "store/partners.h"
#include "store/search_words.h"
#include "store/sql/erasure.h"
#include "store/sql/session.h"
#include "store/upkeep.h"
#include "tests/store/ticket_world.h"

namespace postgang::store {
namespace {

class Tickets : public TicketWorld {};
INSTANTIATE_BOTH_STORES(Tickets);

TEST_P(Tickets, AreNumberedAndKeepWhatTheyAreGiven) {
  auto first = fresh(company(1));
  first.desk = company(1);
  first.assignee = ids_.next<UserId>();
  first.assigneeName = "Olle";
  first.priority = TicketPriority::urgent;
  first.status = TicketStatus::waiting;
  first.waitingSince = clock_.now();
  const auto kept = make(first, {about(received(company(1)))});
  EXPECT_EQ(ticketNumberText(kept.number), "Ä-10001");
  EXPECT_EQ(kept.desk, company(1));
  EXPECT_EQ(kept.assignee, first.assignee);
  EXPECT_EQ(kept.priority, TicketPriority::urgent);
  EXPECT_EQ(kept.status, TicketStatus::waiting);
  EXPECT_EQ(kept.waitingSince, first.waitingSince);
  EXPECT_EQ(kept.requesterMail, "karin@nordhamn.example");
  ASSERT_EQ(kept.documents.size(), 1U);
  EXPECT_EQ(kept.documents.front().number, "4711");
  EXPECT_EQ(make(fresh(company(2))).number, kept.number + 1);
  for (const auto status : {"new", "in-progress", "waiting", "solved", "closed"})
    EXPECT_EQ(name(*ticketStatusFromName(status)), status);
  EXPECT_FALSE(ticketStatusFromName("open"));
}

TEST_P(Tickets, AreFullOfWhatPeopleSayNotOfTheSystemsNotes) {
  const auto ticket = make(fresh(company(1)));
  const auto add = [&](TicketSource source) {
    TicketMessage message;
    message.id = ids_.next<TicketMessageId>();
    message.ticket = ticket.id;
    message.at = clock_.now();
    message.source = source;
    message.text = "Hej";
    message.unverified = source == TicketSource::mail;
    return store().write(Priority::background,
                         [&](Transaction& tx) { return addTicketMessage(tx, message); });
  };
  for (std::size_t i = 0; i < TicketLimits::messages_max; ++i) {
    if (i % 100 == 0) {
      EXPECT_TRUE(add(TicketSource::system));
    }
    EXPECT_TRUE(add(TicketSource::mail));
  }
  EXPECT_TRUE(add(TicketSource::system));
  const auto refused = add(TicketSource::mail);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "ticket-messages-too-many");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto messages, messagesOf(reader, ticketSystem(), ticket));
    EXPECT_EQ(std::ranges::count(messages, true, &TicketMessage::unverified),
              static_cast<std::ptrdiff_t>(TicketLimits::messages_max));
    return {};
  });
}

TEST_P(Tickets, AttachADocumentOnce) {
  const auto document = received(company(1));
  const auto kept = make(fresh(company(1)));
  write([&](Transaction& tx) -> Outcome {
    TRY(const bool first, attachDocument(tx, kept.id, about(document)));
    TRY(const bool again, attachDocument(tx, kept.id, about(document)));
    EXPECT_TRUE(first);
    EXPECT_FALSE(again);
    return {};
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto snapshot, snapshotOf(reader, kept.id, document));
    EXPECT_EQ(snapshot, R"({"at":"then"})");
    return {};
  });
}

TEST_P(Tickets, AreFoundByWordsNumberStateAndTarget) {
  auto one = fresh(company(1), "Göteborgsfakturan");
  one.counterpart = "0007:5599900130";
  one.counterpartName = "Granberga Bygg AB";
  one = make(one, {about(received(company(1)))});
  clock_.advanceSeconds(60);
  auto two = fresh(company(1), "Smartmail studsar");
  two.status = TicketStatus::solved;
  make(two);
  clock_.advanceSeconds(60);
  make(fresh(company(2), "Någon annans"));
  const auto viewer = as(company(1));
  EXPECT_EQ(subjects(viewer, {}), (std::vector<std::string>{"Smartmail studsar", "Göteborgsfakturan"}));
  const auto byText = [&](const std::string& text) {
    TicketQuery query;
    query.text = text;
    return subjects(viewer, query);
  };
  EXPECT_EQ(byText("goteborg granberga"), std::vector<std::string>{"Göteborgsfakturan"});
  EXPECT_EQ(byText(ticketNumberText(one.number)), std::vector<std::string>{"Göteborgsfakturan"});
  EXPECT_TRUE(byText("%").empty()) << "no pattern is taken for one";
  TicketQuery query;
  query.statuses = {TicketStatus::solved, TicketStatus::closed};
  EXPECT_EQ(subjects(viewer, query), std::vector<std::string>{"Smartmail studsar"});
  TicketQuery late;
  late.overdue = true;
  EXPECT_TRUE(subjects(viewer, late).empty());
  clock_.advanceSeconds(9 * 3600);
  EXPECT_EQ(subjects(viewer, late), std::vector<std::string>{"Göteborgsfakturan"});
  EXPECT_TRUE(isOverdue(find(one.id), clock_.now()));
  TicketQuery document;
  document.document = one.documents.front().document;
  EXPECT_EQ(subjects(viewer, document), std::vector<std::string>{"Göteborgsfakturan"});
  TicketQuery broken;
  broken.cursor = "!";
  std::string code;
  read([&](Reader& reader) -> Outcome {
    const auto page = listTickets(reader, viewer, broken);
    code = page ? "" : page.error().code;
    return {};
  });
  EXPECT_EQ(code, "cursor-malformed");
}

TEST_P(Tickets, AreCountedAsIfNotFilteredBy) {
  for (int i = 0; i < 5; ++i) {
    auto each = fresh(company(1), "Nummer " + std::to_string(i));
    each.status = i < 2 ? TicketStatus::fresh : TicketStatus::closed;
    each.priority = i == 0 ? TicketPriority::urgent : TicketPriority::normal;
    make(each);
  }
  read([&](Reader& reader) -> Outcome {
    TicketQuery query;
    query.statuses = {TicketStatus::fresh};
    TRY(const auto facets, ticketFacets(reader, as(company(1)), query));
    EXPECT_EQ(facets.tickets, 2);
    std::map<std::string, std::int64_t> status, priority;
    for (const auto& count : facets.status) status[count.value] = count.tickets;
    for (const auto& count : facets.priority) priority[count.value] = count.tickets;
    EXPECT_EQ(status, (std::map<std::string, std::int64_t>{{"new", 2}, {"closed", 3}}));
    EXPECT_EQ(priority, (std::map<std::string, std::int64_t>{{"urgent", 1}, {"normal", 1}}));
    EXPECT_EQ(facets.company.size(), 1U);
    EXPECT_EQ(facets.company.front().name.empty(), false);
    return {};
  });
}

TEST_P(Tickets, KeepMessagesFilesAndChanges) {
  const auto kept = make(fresh(company(1)));
  TicketMessage message;
  message.id = ids_.next<TicketMessageId>();
  message.ticket = kept.id;
  message.at = clock_.now();
  message.source = TicketSource::mail;
  message.authorName = "Karin";
  message.authorMail = "karin@nordhamn.example";
  message.text = "Hej";
  message.quoted = "> förr";
  message.leftOut = {"winmail.dat", "skript.exe"};
  message.mailId = "abc@nordhamn.example";
  TicketAttachment file;
  file.id = ids_.next<TicketAttachmentId>();
  file.name = "bild.png";
  file.mediaType = "image/png";
  file.size = 5;
  file.digest = sha256("bytes");
  message.attachments = {file};
  auto note = message;
  note.id = ids_.next<TicketMessageId>();
  note.internal = true;
  note.mailId.clear();
  note.attachments.front().id = ids_.next<TicketAttachmentId>();
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(putBlob(tx, file.digest, compress("bytes"), 5));
    CHECK_OK(addTicketMessage(tx, message));
    CHECK_OK(addTicketMessage(tx, note));
    CHECK_OK(noteTicketChange(tx, kept.id, {clock_.now(), "status", "new", "solved", "Olle"}));
    return noteTicketChange(tx, kept.id, {clock_.now(), "subject", "a", "b", "Olle"});
  });
  const auto damages = [&] {
    const auto report = verify(store());
    EXPECT_TRUE(report);
    std::vector<std::string> lines;
    if (report)
      for (const auto& damage : report->damages) lines.push_back(damage.what + " " + damage.where);
    return lines;
  };
  EXPECT_EQ(damages(), std::vector<std::string>());
  read([&](Reader& reader) -> Outcome {
    TRY(const auto all, messagesOf(reader, ticketSystem(), kept));
    EXPECT_EQ(all.size(), 2U);
    TRY(const auto seen, messagesOf(reader, as(company(1)), kept));
    if (seen.size() != 1) return fail(ProblemKind::internal, "wrong", "notes are seen");
    EXPECT_EQ(seen.front().leftOut, message.leftOut);
    EXPECT_EQ(seen.front().quoted, "> förr");
    EXPECT_EQ(seen.front().attachments.size(), 1U);
    TRY(const auto found, ticketAttachment(reader, as(company(1)), kept, file.id));
    EXPECT_EQ(found.name, "bild.png");
    EXPECT_FALSE(ticketAttachment(reader, as(company(1)), kept, note.attachments.front().id));
    TRY(const auto byMail, ticketOfMailId(reader, "abc@nordhamn.example"));
    EXPECT_EQ(byMail, kept.id);
    TRY(const auto nobody, ticketOfMailId(reader, ""));
    EXPECT_FALSE(nobody);
    TRY(const auto byKey, ticketOfMailKey(reader, kept.mailKey));
    EXPECT_EQ(byKey, kept.id);
    TRY(const auto changes, ticketChanges(reader, kept.id));
    EXPECT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes.back().what, "subject");
    return {};
  });
  write([](Transaction& tx) -> Outcome {
    CHECK_OK(tx.connection().run("DELETE FROM blob_digests"));
    return {};
  });
  const auto lost = "blob " + kept.id.text();
  EXPECT_EQ(damages(), (std::vector<std::string>{lost, lost})) << "the bytes of both attachments";
}

}  // namespace
}  // namespace postgang::store
