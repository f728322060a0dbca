// What people do with tickets, and what follows from it by itself.
#include <boost/json.hpp>

#include "channels/company_settings.h"
#include "flow/ticket_erasure.h"
#include "flow/ticket_targets.h"
#include "store/audit.h"
#include "store/blobs.h"
#include "store/persons.h"
#include "store/webhooks.h"
#include "tests/flow/ticketed.h"

namespace postgang::flow {
namespace {

using store::TicketPriority;
using store::TicketStatus;

constexpr std::int64_t hour = 3600, day = 24 * hour;

class Tickets : public Ticketed {
 protected:
  void set(CompanyId company, std::string_view key, const std::string& value) {
    write([&](store::Transaction& tx) {
      return store::setCompanySetting(tx, company, key, "\"" + value + "\"", "test");
    });
  }
  void later(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  static NewTicketMessage words(const std::string& text, std::optional<TicketStatus> status = {}) {
    NewTicketMessage message;
    message.text = text;
    message.status = status;
    return message;
  }
  static NewTicketMessage note(const std::string& text) {
    auto message = words(text);
    message.internal = true;
    return message;
  }
  static TicketPatch to(TicketStatus status) {
    TicketPatch patch;
    patch.status = status;
    return patch;
  }
};

TEST_F(Tickets, come_from_a_document_with_what_support_needs) {
  Sample sample;
  const auto document = send(sample);
  walk();
  NewTicket made;
  made.documents = {document};
  const auto ticket = make(karin(), made);
  ASSERT_EQ(ticket.documents.size(), 1U);
  EXPECT_EQ(ticket.documents.front().direction, store::Direction::sent);
  EXPECT_EQ(ticket.counterpart, "0007:5599900023");
  EXPECT_EQ(ticket.requester, karin_.id);
  std::string snapshot;
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(snapshot, store::snapshotOf(reader, ticket.id, document));
    return {};
  }));
  const auto known = boost::json::parse(snapshot);
  EXPECT_EQ(known.at("document").at("direction").as_string(), "sent");
  EXPECT_GT(known.at("timeline").as_array().size(), 2U);
  EXPECT_EQ(known.at("deliveries").as_array().size(), 1U);
}

TEST_F(Tickets, are_about_ones_own_side_alone) {
  const auto document = send(Sample{});
  walk();
  NewTicket foreign;
  foreign.company = granberga_;
  EXPECT_EQ(tryMake(karin(), foreign).error().kind, ProblemKind::not_found) << "another company";
  NewTicket ours;
  ours.documents = {ids_.next<DocumentId>()};
  EXPECT_EQ(tryMake(karin(), ours).error().kind, ProblemKind::not_found);
  const auto anna = person("anna@granberga.example", "Anna", granberga_, "reader");
  NewTicket theirs;
  theirs.company = granberga_;
  theirs.documents = {document};
  EXPECT_EQ(make(as(anna, granberga_), theirs).documents.front().direction, store::Direction::received);
}

TEST_F(Tickets, move_as_each_side_writes) {
  const auto ticket = make(karin());
  EXPECT_EQ(statusOf(ticket.id), "new");
  EXPECT_EQ(say(karin(), ticket.id, words("Mer")), "");
  EXPECT_EQ(statusOf(ticket.id), "new") << "nobody has taken it up";
  EXPECT_EQ(say(olle(), ticket.id, words("Vi tittar")), "");
  EXPECT_EQ(statusOf(ticket.id), "in-progress");
  EXPECT_TRUE(find(ticket.id).answeredAt);
  EXPECT_EQ(say(olle(), ticket.id, words("Vilken?", TicketStatus::waiting)), "");
  EXPECT_EQ(statusOf(ticket.id), "waiting");
  EXPECT_EQ(say(karin(), ticket.id, words("4711")), "");
  EXPECT_EQ(statusOf(ticket.id), "in-progress");
  EXPECT_EQ(say(olle(), ticket.id, words("Klart", TicketStatus::solved)), "");
  EXPECT_EQ(statusOf(ticket.id), "solved");
  later(13 * day);
  EXPECT_EQ(say(karin(), ticket.id, words("Nej")), "");
  EXPECT_EQ(statusOf(ticket.id), "in-progress") << "opened again";
  EXPECT_FALSE(find(ticket.id).solvedAt);
  EXPECT_EQ(change(karin(), ticket.id, to(TicketStatus::solved)), "");
  later(13 * day);
  EXPECT_EQ(statusOf(ticket.id), "solved") << "the first solving's job says nothing of the second";
  later(2 * day);
  EXPECT_EQ(statusOf(ticket.id), "closed");
  EXPECT_EQ(say(karin(), ticket.id, words("Ändå inte")), "ticket-closed");
  EXPECT_EQ(change(olle(), ticket.id, to(TicketStatus::in_progress)), "ticket-closed");
  EXPECT_EQ(say(olle(), ticket.id, note("För minnet")), "") << "notes go on";
}

TEST_F(Tickets, are_the_desks_to_assign_and_weigh) {
  const auto ticket = make(karin());
  TicketPatch patch;
  patch.priority = TicketPriority::urgent;
  EXPECT_EQ(change(karin(), ticket.id, patch), "ticket-desk-only");
  EXPECT_EQ(change(karin(), ticket.id, to(TicketStatus::waiting)), "ticket-desk-only");
  EXPECT_EQ(say(karin(), ticket.id, note("x")), "ticket-desk-only");
  EXPECT_EQ(change(olle(), ticket.id, patch), "");
  const auto urgent = find(ticket.id);
  EXPECT_EQ(urgent.answerDue, ticket.createdAt.plusSeconds(2 * hour));
  EXPECT_EQ(urgent.solutionDue, ticket.createdAt.plusSeconds(18 * hour));
  TicketPatch give;
  give.assignee.emplace(karin_.id);
  EXPECT_EQ(change(olle(), ticket.id, give), "ticket-assignee-unknown") << "none of the desk's";
  give.assignee.emplace(olle_.id);
  EXPECT_EQ(change(olle(), ticket.id, give), "");
  EXPECT_EQ(find(ticket.id).assigneeName, "Olle Operatör");
  EXPECT_EQ(statusOf(ticket.id), "in-progress") << "taken up";
  give.assignee.emplace(std::nullopt);
  EXPECT_EQ(change(olle(), ticket.id, give), "");
  EXPECT_FALSE(find(ticket.id).assignee);
}

TEST_F(Tickets, have_targets_that_wait_while_they_do) {
  const auto ticket = make(karin());
  EXPECT_EQ(ticket.answerDue, ticket.createdAt.plusSeconds(8 * hour));
  EXPECT_EQ(ticket.solutionDue, ticket.createdAt.plusSeconds(72 * hour));
  EXPECT_EQ(change(olle(), ticket.id, to(TicketStatus::waiting)), "");
  later(10 * hour);
  EXPECT_EQ(say(karin(), ticket.id, words("Här")), "");
  EXPECT_EQ(find(ticket.id).solutionDue, ticket.createdAt.plusSeconds(82 * hour));
  EXPECT_TRUE(store::isOverdue(find(ticket.id), clock_.now())) << "nobody has answered in eight hours";

  set(operator_, channels::ticket_answer_setting, "4");
  set(energi_, channels::ticket_solution_setting, "24");
  const auto later = make(karin());
  EXPECT_EQ(later.answerDue, later.createdAt.plusSeconds(4 * hour)) << "the house's";
  EXPECT_EQ(later.solutionDue, later.createdAt.plusSeconds(24 * hour)) << "the company's";
}

TEST_F(Tickets, are_answered_by_a_desk_of_ones_own_until_it_hands_them_on) {
  set(energi_, channels::ticket_desk_setting, "own");
  const auto per = person("per@nordhamn.example", "Per Lind", energi_, "reader");
  const auto ticket = make(as(per, energi_));
  EXPECT_EQ(ticket.desk, energi_);
  EXPECT_EQ(say(olle(), ticket.id, words("Hej")), "ticket-read-only") << "staff read, and answer nothing";
  EXPECT_EQ(say(karin(), ticket.id, note("Per har fel")), "");
  EXPECT_EQ(say(as(per, energi_), ticket.id, note("x")), "ticket-desk-only");
  EXPECT_EQ(say(karin(), ticket.id, words("Så här")), "");
  EXPECT_TRUE(messages(ticket.id).back().fromDesk);
  TicketPatch hand;
  hand.toOperator = true;
  EXPECT_EQ(change(karin(), ticket.id, hand), "");
  EXPECT_FALSE(find(ticket.id).desk);
  EXPECT_EQ(statusOf(ticket.id), "new");
  EXPECT_EQ(say(karin(), ticket.id, note("x")), "ticket-desk-only");
  EXPECT_EQ(say(olle(), ticket.id, note("Vi tar den")), "");
}

TEST_F(Tickets, take_more_documents_once_each) {
  const auto ticket = make(karin());
  const auto document = send(Sample{});
  walk();
  for (int i = 0; i < 2; ++i)
    write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(attachToTicket(tx, karin(), ticket.id, {document}));
      return {};
    });
  EXPECT_EQ(find(ticket.id).documents.size(), 1U);
}

TEST_F(Tickets, are_told_to_webhooks_each_thing_once) {
  store::Webhook webhook;
  webhook.id = ids_.next<WebhookId>();
  webhook.company = energi_;
  webhook.url = "https://erp.example.com/in";
  webhook.events = {"ticket.created", "ticket.replied", "ticket.status-changed"};
  webhook.createdAt = webhook.changedAt = webhook.activeSince = clock_.now();
  write([&](store::Transaction& tx) { return store::createWebhook(tx, webhook); });
  const auto ticket = make(karin());
  EXPECT_EQ(say(olle(), ticket.id, words("Vi tittar", TicketStatus::waiting)), "");
  EXPECT_EQ(say(olle(), ticket.id, note("Bara vi")), "");
  walk();
  std::vector<std::string> types, payloads;
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    store::MessageQuery query;
    query.webhook = webhook.id;
    TRY(const auto page, store::listMessages(reader, query));
    for (const auto& message : page.items) {
      types.push_back(message.type);
      TRY(const auto whole, store::webhookMessage(reader, message.id));
      payloads.push_back(whole->payload);
    }
    return {};
  }));
  std::ranges::sort(types);
  EXPECT_EQ(types, (std::vector<std::string>{"ticket.created", "ticket.replied", "ticket.status-changed"}));
  for (const auto& payload : payloads) {
    EXPECT_NE(payload.find(ticket.id.text()), std::string::npos);
    EXPECT_EQ(payload.find("Vi tittar"), std::string::npos) << "no contents";
  }
}

TEST_F(Tickets, are_mailed_to_who_asked_when_the_desk_answers) {
  const auto ticket = make(karin());
  EXPECT_EQ(say(olle(), ticket.id, note("Bara vi")), "");
  walk();
  EXPECT_TRUE(sent_.empty());
  EXPECT_EQ(say(olle(), ticket.id, words("Prova nu")), "");
  walk();
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_.front().first, "karin@nordhamn.example");
  const auto& mail = sent_.front().second;
  EXPECT_NE(mail.find("<" + addressOf(ticket) + ">"), std::string::npos) << "where answers go";
  EXPECT_NE(mail.find("Auto-Submitted:"), std::string::npos);
  EXPECT_NE(mail.find("Prova nu"), std::string::npos);
  EXPECT_NE(mail.find("Message-Id: <ticket." + messages(ticket.id).back().id.text()), std::string::npos)
      << mail.substr(0, 800);
}

TEST_F(Tickets, are_made_by_one_caller_a_hundred_times_a_day) {
  for (int i = 0; i < tickets_a_day_max; ++i) make(karin());
  const auto refused = tryMake(karin(), {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "tickets-too-many");
  EXPECT_EQ(refused.error().kind, ProblemKind::rate_limited);
  const auto lena = person("lena@nordhamn.example", "Lena", energi_, "reader");
  EXPECT_TRUE(tryMake(as(lena, energi_), {})) << "others are let in";
  later(day + 1);
  EXPECT_TRUE(tryMake(karin(), {}));
}

TEST_F(Tickets, are_erased_when_they_have_been_closed_for_long) {
  const auto document = send(Sample{});
  walk();
  NewTicket made;
  made.documents = {document};
  made.files = {*keptFile({"bild.txt", "text/plain", "vår bild"})};
  const auto digest = made.files.front().row.digest;
  const auto old = make(karin(), made);
  const auto open = make(karin());
  EXPECT_EQ(change(olle(), old.id, to(TicketStatus::closed)), "");
  set(energi_, "ticketMonths", "6");
  const auto isThere = [&](store::TicketId id) {
    bool found = false;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      found = store::ticket(reader, store::ticketSystem(), id).has_value();
      return {};
    }));
    return found;
  };
  const auto hasBytes = [&] {
    bool found = false;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      found = store::blob(reader, digest).has_value();
      return {};
    }));
    return found;
  };
  const auto night = [&] {
    write([&](store::Transaction& tx) { return store::enqueue(tx, ticketErasureJob({}, clock_.now())); });
    walk();
  };
  night();
  EXPECT_TRUE(isThere(old.id));
  EXPECT_TRUE(hasBytes());
  later(190 * day);
  night();
  EXPECT_FALSE(isThere(old.id));
  EXPECT_FALSE(hasBytes());
  EXPECT_TRUE(isThere(open.id)) << "it is not closed";
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto theirs, store::ticketsBy(reader, store::Viewer::system(), energi_, karin_.email, 10));
    EXPECT_EQ(theirs.size(), 1U);
    store::AuditQuery query;
    query.company = energi_;
    query.actions = {"ticket.erased"};
    TRY(const auto trail, store::listAudit(reader, store::Viewer::system(), query));
    EXPECT_EQ(trail.items.size(), 1U);
    return {};
  }));
}

TEST_F(Tickets, are_kept_two_years_where_nobody_has_said_else) {
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const int months, ticketMonthsOf(reader, energi_));
    EXPECT_EQ(months, 24);
    return {};
  }));
  set(operator_, "ticketMonths", "12");
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const int months, ticketMonthsOf(reader, energi_));
    EXPECT_EQ(months, 12) << "the operator's own holds for all that have set nothing";
    return {};
  }));
}

TEST_F(Tickets, are_mailed_only_to_who_may_still_see_them) {
  const auto ticket = make(karin());
  const auto answered = [&] {
    sent_.clear();
    EXPECT_EQ(say(olle(), ticket.id, words("Prova nu")), "");
    walk();
    return sent_.empty() ? std::string() : sent_.front().first;
  };
  auto now = karin_;
  now.email = "karin.ny@nordhamn.example";
  write([&](store::Transaction& tx) { return store::updateUser(tx, now); });
  EXPECT_EQ(answered(), now.email) << "the address that the account has now";
  now.memberships = {{granberga_, "administrator"}};
  write([&](store::Transaction& tx) { return store::updateUser(tx, now); });
  EXPECT_EQ(answered(), "") << "it belongs elsewhere";
  now.memberships = {{energi_, "clerk"}};
  now.active = false;
  write([&](store::Transaction& tx) { return store::updateUser(tx, now); });
  EXPECT_EQ(answered(), "") << "its account is shut";
}

TEST_F(Tickets, are_not_mailed_where_the_right_is_lost_before_the_mail_leaves) {
  answer_ = {net::SmtpResult::later, "451 4.3.0 Try later", {}, {}};
  const auto ticket = make(karin());
  EXPECT_EQ(say(olle(), ticket.id, words("Prova nu")), "");
  walk();
  sent_.clear();
  auto now = karin_;
  now.active = false;
  write([&](store::Transaction& tx) { return store::updateUser(tx, now); });
  later(hour);
  EXPECT_TRUE(sent_.empty());
}

TEST_F(Tickets, say_inside_when_a_mail_is_refused) {
  answer_ = {net::SmtpResult::refused, "550 5.1.1 No such user", {}, {}};
  const auto ticket = make(karin());
  EXPECT_EQ(say(olle(), ticket.id, words("Prova nu")), "");
  walk();
  const auto last = messages(ticket.id).back();
  EXPECT_TRUE(last.internal);
  EXPECT_NE(last.text.find("550 5.1.1"), std::string::npos);
}

}  // namespace
}  // namespace postgang::flow
