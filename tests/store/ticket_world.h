// Tickets in the world of the store's tests.
#pragma once

#include "store/tickets.h"
#include "tests/store/world.h"

namespace postgang::store {

class TicketWorld : public World {
 protected:
  Ticket fresh(CompanyId of, const std::string& subject = "Fakturan stoppas") {
    Ticket ticket;
    ticket.id = ids_.next<TicketId>();
    ticket.company = of;
    ticket.subject = subject;
    ticket.requesterName = "Karin Sund";
    ticket.requesterMail = "karin@nordhamn.example";
    ticket.mailKey = "key-" + ticket.id.text();
    ticket.createdBy = "Karin Sund";
    ticket.createdAt = ticket.changedAt = clock_.now();
    ticket.answerDue = clock_.now().plusSeconds(8 * 3600);
    ticket.solutionDue = clock_.now().plusSeconds(72 * 3600);
    return ticket;
  }
  Ticket make(Ticket ticket, const std::vector<TicketDocument>& documents = {}) {
    write([&](Transaction& tx) -> Outcome {
      TRY(ticket.number, createTicket(tx, ticket));
      for (const auto& document : documents) CHECK_OK(attachDocument(tx, ticket.id, document));
      return {};
    });
    return find(ticket.id);
  }
  Ticket find(TicketId id) {
    std::optional<Ticket> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, ticket(reader, ticketSystem(), id));
      return {};
    });
    return found.value_or(Ticket());
  }
  TicketDocument about(DocumentId id) const {
    TicketDocument document;
    document.document = id;
    document.number = "4711";
    document.counterpartName = "Granberga Bygg AB";
    document.snapshot = R"({"at":"then"})";
    document.attachedAt = clock_.now();
    document.attachedBy = "Karin Sund";
    return document;
  }
  TicketViewer as(CompanyId company) const {
    TicketViewer viewer;
    viewer.viewer = of(company);
    viewer.acting = viewer.viewer.acting();
    viewer.company = company;
    return viewer;
  }
  std::vector<std::string> subjects(const TicketViewer& viewer, TicketQuery query) {
    std::vector<std::string> found;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto page, listTickets(reader, viewer, query));
      for (const auto& each : page.items) found.push_back(each.subject);
      return {};
    });
    return found;
  }
};

}  // namespace postgang::store
