// Which tickets have changed since the last look: for the stream, whose clients then read them anew. A look
// costs one reading of the last changed rows, whoever listens; each change is named once, also one whose
// commit came late. A note by the desk is a change for who sees notes alone.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "access/caller.h"
#include "store/ticket_stands.h"

namespace postgang::api {

class TicketWatch {
 public:
  struct News {
    store::Ticket ticket;
    bool noted = false;    // all that happened are notes
    bool sandbox = false;  // of a company that only tries

    bool concerns(const access::Caller& caller) const;
  };
  // Nothing at the first call.
  Result<std::vector<News>> changed(store::Reader& reader);
  bool begun() const { return begun_; }
  void forget() { begun_ = false; }  // there is nobody who listens

 private:
  bool begun_ = false;
  Instant since_;
  std::map<store::TicketId, store::TicketStand> seen_;
};

}  // namespace postgang::api
