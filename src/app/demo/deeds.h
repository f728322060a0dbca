// What people in the demo world do with documents, through the flow as the portal does: read that one was
// stopped, put it right, decide, take back, send once more.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/demo/people.h"
#include "app/demo/sender.h"
#include "document/status.h"

namespace postgang::app::demo {

struct Deed {
  enum class Kind { read, put_right, decide, recall, resend };
  Kind kind{};
  int company = 0;  // whose reader does it: index in the world
  DocumentId document;
  int relation = 0;
  // put_right
  std::shared_ptr<const Paper> right{};
  Mistake mistake{};
  bool remember = false;
  // decide
  flow::Verb verb{};
  std::string reason{};  // of recall, too
};

struct Done {
  bool happened = false;                // false: somebody was before them, or it cannot be done any more
  std::optional<DocumentId> version{};  // that put_right made
};

// With its receiver, or waiting for that one's own system.
inline bool hasArrived(document::Status status) {
  return status == document::Status::delivered || status == document::Status::sent;
}

class Clerks {
 public:
  Clerks(House& house, const People& people) : house_(house), people_(people) {}

  // Where it stands now.
  Result<document::Status> statusOf(DocumentId document) const;
  // Codes: the store's own.
  Result<Done> act(const Deed& deed);

 private:
  Result<Done> putRight(const Deed& deed, const store::Viewer& viewer);

  House& house_;
  const People& people_;
};

}  // namespace postgang::app::demo
