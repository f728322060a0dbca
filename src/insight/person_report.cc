#include "insight/person_report.h"

#include <algorithm>

#include "base/text.h"
#include "document/identifiers.h"
#include "store/audit.h"

namespace postgang::insight {

namespace {

constexpr int page_size = 200;

class Reporting {
 public:
  Reporting(store::Reader& reader, const store::Viewer& viewer, CompanyId company)
      : reader_(reader), viewer_(viewer), company_(company) {}

  Result<PersonReport> run(std::string_view query) {
    report_.masked = document::isPersonnummer(query);
    report_.query = report_.masked ? document::maskedPersonnummer(query) : std::string(query);
    CHECK_OK(addDocuments());
    CHECK_OK(addPartners());
    CHECK_OK(addUsers());
    if (report_.query.find('@') != std::string::npos) {
      TRY(report_.mails,
          store::mailsTo(reader_, viewer_, company_, report_.query, static_cast<int>(person_rows_max)));
      TRY(report_.tickets,
          store::ticketsBy(reader_, viewer_, company_, report_.query, static_cast<int>(person_rows_max)));
      report_.more = report_.more || report_.mails.size() == person_rows_max ||
                     report_.tickets.size() == person_rows_max;
    }
    CHECK_OK(countAudit());
    return std::move(report_);
  }

 private:
  bool isFull(std::size_t rows) {
    report_.more = report_.more || rows >= person_rows_max;
    return rows >= person_rows_max;
  }

  Outcome addDocuments() {
    store::EntryQuery query;
    query.text = report_.query;
    query.company = company_;
    query.limit = page_size;
    for (;;) {
      TRY(auto page, store::listEntries(reader_, viewer_, query));
      std::ranges::move(page.items, std::back_inserter(report_.documents));
      if (!page.nextCursor || isFull(report_.documents.size())) return {};
      query.cursor = *page.nextCursor;
    }
  }

  Outcome addPartners() {
    store::PartnerQuery query;
    query.text = report_.query;
    query.limit = page_size;
    for (;;) {
      TRY(auto page, store::listPartners(reader_, viewer_, company_, query));
      std::ranges::move(page.items, std::back_inserter(report_.partners));
      if (!page.nextCursor || isFull(report_.partners.size())) break;
      query.cursor = *page.nextCursor;
    }
    TRY(const auto byEmail, store::partnersWithEmail(reader_, viewer_, company_, report_.query));
    for (const auto& identifier : byEmail) {
      if (std::ranges::find(report_.partners, identifier, &store::Partner::identifier) !=
          report_.partners.end())
        continue;
      TRY(auto partner, store::partner(reader_, viewer_, company_, identifier));
      if (partner) report_.partners.push_back(std::move(*partner));
    }
    return {};
  }

  Outcome addUsers() {
    TRY(auto users, store::listUsers(reader_, viewer_));
    const auto wanted = folded(report_.query);
    for (auto& user : users) {
      const bool here = std::ranges::find(user.memberships, company_, &store::Membership::company) !=
                        user.memberships.end();
      if (here && (folded(user.name).find(wanted) != std::string::npos ||
                   folded(user.email).find(wanted) != std::string::npos))
        report_.users.push_back(std::move(user));
    }
    return {};
  }

  Outcome countAudit() {
    for (const auto& user : report_.users)
      for (const bool did : {true, false}) {
        store::AuditQuery query;
        query.company = company_;
        query.limit = static_cast<int>(person_rows_max);
        if (did) {
          query.actorId = user.id.text();
        } else {
          query.object = "user";
          query.objectId = user.id.text();
        }
        TRY(const auto page, store::listAudit(reader_, viewer_, query));
        report_.auditRows += static_cast<std::int64_t>(page.items.size());
        report_.more = report_.more || page.nextCursor.has_value();
      }
    return {};
  }

  store::Reader& reader_;
  const store::Viewer& viewer_;
  const CompanyId company_;
  PersonReport report_;
};

}  // namespace

Result<PersonReport> personReport(store::Reader& reader, const store::Viewer& viewer, CompanyId company,
                                  std::string_view query) {
  const auto wanted = trimmed(query);
  if (codePoints(wanted) < person_query_min)
    return fail(ProblemKind::invalid, "query-too-short", "Say at least three characters.", "query",
                "Use the whole name, e-mail address or number.");
  return Reporting(reader, viewer, company).run(wanted);
}

}  // namespace postgang::insight
