// What is held about a person, for whoever asks what is (GDPR, article 15): by e-mail address, name, customer
// number or personnummer. Of a personnummer only the masked form is kept (document/identifiers.h), so it is
// that which is looked for: it may be several people's, and the report says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/access_rows.h"
#include "store/companies.h"
#include "store/documents.h"
#include "store/persons.h"

namespace postgang::insight {

inline constexpr std::size_t person_rows_max = 1'000;  // of each kind; what is beyond is said
inline constexpr std::size_t person_query_min = 3;     // characters

struct PersonReport {
  std::string query;    // as it was looked for
  bool masked = false;  // … a personnummer in its masked form
  std::vector<store::Entry> documents;
  std::vector<store::Partner> partners;
  std::vector<store::User> users;
  std::vector<store::MailTo> mails;
  std::vector<store::TicketBy> tickets;
  std::int64_t auditRows = 0;  // in the company's trail, of what these users did or what was done to them
  bool more = false;           // there is more than the report has room for
};
// Of one company. Code query-too-short (invalid).
Result<PersonReport> personReport(store::Reader& reader, const store::Viewer& viewer, CompanyId company,
                                  std::string_view query);

}  // namespace postgang::insight
