// News: what people of a company are told of, in the portal and by e-mail, each in the way that it has chosen
// for itself. Whoever brings something about that somebody should hear of makes a job of it in the same
// commit; who hears, and how, is decided when the job runs (flow/tell_people.h). Which kinds there are, and
// what each is filled with, is news_kinds.h.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/json_words.h"
#include "base/time.h"
#include "store/jobs.h"

namespace postgang::store {

using NewsWords = Words;

struct News {
  // What happened, as people choose by it: "failed", "stopped", "rejected", "ticket", "reachable", "export",
  // "report", "account-changed", "lead" …; each has its words at portal.news.said.<kind>.
  std::string kind;
  CompanyId company;  // whose people; of "lead" the operator's staff
  std::optional<DocumentId> document = {};
  std::string path;                 // of the portal's page that it leads to: "/tickets/0199…"
  NewsWords words = {};             // what the sentence is filled with
  std::optional<UserId> only = {};  // one person alone; else everybody who may read the company
  std::optional<UserId> by = {};    // who did it, and is not told
  // Whose desk it comes to: many of a kind within minutes are one row of this company's, whosever they are
  // and though each is told by name.
  std::optional<CompanyId> desk = {};
  std::string key;  // news of the same key, kind and company are told once
  // Whoever wants each by itself has a mail of its own about it already (a stop's notice, a webhook's end):
  // the portal and the digest are left.
  bool mailed = false;
};

NewJob newsJob(const News& news, Instant runAt);  // kind "tell-people"
News newsIn(const Job& job);                      // what cannot be read is left empty

}  // namespace postgang::store
