// Who gets Smartmails in the demo world, and what they do about them: most open within hours or days, some
// only some of what is attached, some when they are reminded, some never. Through the same functions of the
// flow as the page behind the link.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/demo/post_office.h"
#include "app/demo/random.h"
#include "app/house.h"

namespace postgang::app::demo {

struct Visit {
  enum class Kind { open, open_some, ask, wrong_person, want_einvoice, come_back };
  Instant at;
  Kind kind{};
  ArrivedMail mail;
  std::string words;  // a question; what the mail server says
};

class Recipients {
 public:
  // `quick`: minutes instead of days.
  Recipients(House& house, std::shared_ptr<PostOffice> office, Random random, bool quick)
      : house_(house), office_(std::move(office)), random_(random), quick_(quick) {}

  // What will be done about the mails that have come since the last time. Those of documents that `left`
  // names are not opened: they wait for whoever looks at the demo world.
  Result<std::vector<Visit>> afterMails(Instant now, const std::vector<DocumentId>& left = {});
  // True when it came to something: a link may have ended meanwhile.
  Result<bool> visit(const Visit& visit);

 private:
  void plan(const ArrivedMail& mail, Instant now);
  void planLeft(const ArrivedMail& mail, Instant now);
  void add(Instant at, Visit::Kind kind, const ArrivedMail& mail, std::string_view words = {});
  Instant soonOrLater(Instant now);
  Outcome openParts(const Digest& token, bool all);

  House& house_;
  const std::shared_ptr<PostOffice> office_;
  Random random_;
  const bool quick_;
  int left_ = 0;
  std::vector<Visit> planned_;
};

}  // namespace postgang::app::demo
