// A house whose operator answers tickets, and whose mail leaves into a list in the test's hand.
#pragma once

#include <utility>
#include <vector>

#include "flow/inbound_mail.h"
#include "flow/tickets.h"
#include "store/access_rows.h"
#include "tests/flow/house.h"
#include "tests/flow/mails.h"

namespace postgang::flow {

class Ticketed : public House {
 protected:
  Ticketed() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.publicUrl = "https://postgang.example";
    settings_.mailing.authservId = "mx.postgang.example";
    settings_.mailing.supportAddress = "support@driften.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      // What people are told besides, as news, is tell_people_test.cc's.
      if (message.find("<news.") == std::string_view::npos)
        sent_.push_back({envelope.recipients.front(), std::string(message)});
      return answer_;
    };
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
    store::Company house;
    house.name = "Driften AB";
    house.identifier = "0007:5599900999";
    house.identifiers = {house.identifier};
    house.isOperator = true;
    write([&](store::Transaction& tx) -> Outcome {
      TRY(operator_, store::createCompany(tx, house));
      return {};
    });
    karin_ = person("karin@nordhamn.example", "Karin Sund", energi_, "clerk");
    olle_ = person("olle@driften.example", "Olle Operatör", operator_, "operator", true);
  }

  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::background, body);
    EXPECT_TRUE(outcome) << outcome.error().code << " " << outcome.error().detail;
  }
  store::User person(const std::string& email, const std::string& name, CompanyId company,
                     const std::string& role, bool staff = false) {
    store::User user;
    user.id = ids_.next<UserId>();
    user.email = email;
    user.name = name;
    user.staff = staff;
    if (!staff) user.memberships = {{company, role}};
    write([&](store::Transaction& tx) { return store::createUser(tx, user); });
    return user;
  }
  TicketAuthor as(const store::User& user, CompanyId company, bool answers = false) const {
    TicketAuthor author;
    author.actor = {store::ActorKind::person, user.id.text(), user.name};
    author.viewer.viewer = user.staff ? store::Viewer::ofStaff(author.actor, operator_)
                                      : store::Viewer::ofCompanies({company}, author.actor);
    author.viewer.acting = author.viewer.viewer.acting();
    author.viewer.company = company;
    author.viewer.user = user.id;
    author.viewer.answers = answers;
    author.viewer.staff = user.staff;
    author.mail = user.email;
    return author;
  }
  TicketAuthor karin() const { return as(karin_, energi_, true); }
  TicketAuthor olle() const { return as(olle_, operator_, true); }

  Result<store::Ticket> tryMake(const TicketAuthor& author, NewTicket made) {
    if (made.company.value == 0) made.company = energi_;
    if (made.subject.empty()) made.subject = "Fakturan stoppas";
    if (made.text.empty()) made.text = "Hjälp";
    Result<store::Ticket> ticket = fail(ProblemKind::internal, "not-made", "");
    const auto outcome = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      ticket = makeTicket(tx, ids_, author, made);
      return ticket ? Outcome() : fail(ticket.error());
    });
    EXPECT_EQ(outcome.has_value(), ticket.has_value());
    return ticket;
  }
  store::Ticket make(const TicketAuthor& author, NewTicket made = {}) {
    const auto ticket = tryMake(author, std::move(made));
    EXPECT_TRUE(ticket) << ticket.error().code;
    return ticket.value_or(store::Ticket());
  }
  // "" or the code.
  std::string say(const TicketAuthor& author, store::TicketId id, NewTicketMessage message) {
    if (message.text.empty() && message.files.empty()) message.text = "Ja";
    const auto outcome = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(writeInTicket(tx, ids_, author, id, message));
      return {};
    });
    return outcome ? "" : outcome.error().code;
  }
  std::string change(const TicketAuthor& author, store::TicketId id, const TicketPatch& patch) {
    const auto outcome = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(changeTicket(tx, author, id, patch));
      return {};
    });
    return outcome ? "" : outcome.error().code;
  }
  store::Ticket find(store::TicketId id) {
    std::optional<store::Ticket> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::ticket(reader, store::ticketSystem(), id));
      return {};
    }));
    return found.value_or(store::Ticket());
  }
  std::string statusOf(store::TicketId id) { return std::string(store::name(find(id).status)); }
  std::vector<store::TicketMessage> messages(store::TicketId id) {
    std::vector<store::TicketMessage> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto ticket, store::ticket(reader, store::ticketSystem(), id));
      TRY(found, store::messagesOf(reader, store::ticketSystem(), ticket));
      return {};
    }));
    return found;
  }
  std::vector<store::Ticket> tickets() {
    std::vector<store::Ticket> found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(auto page, store::listTickets(reader, store::ticketSystem(), {}));
      found = std::move(page.items);
      return {};
    }));
    return found;
  }
  std::string take(const std::string& bytes) {
    const Tools tools{*store_, clock_, ids_, channels_, &settings_.mailing};
    const auto taken = takeMail(tools, settings_.limits, bytes, true);
    if (!taken) return taken.error().code;
    walk();
    return (taken->again ? "!" : "") + std::string(name(taken->meaning));
  }
  std::string take(const Letter& letter) { return take(letterMail(letter)); }
  static std::string addressOf(const store::Ticket& ticket) {
    return "retur+t-" + ticket.mailKey + "@postgang.example";
  }

  CompanyId operator_;
  store::User karin_, olle_;
  std::vector<std::pair<std::string, std::string>> sent_;
  net::SmtpAnswer answer_{net::SmtpResult::accepted, "250 queued", {}, {}};
};

}  // namespace postgang::flow
