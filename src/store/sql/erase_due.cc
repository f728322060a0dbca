// What is due, company by company as senders: the sender's entries that are old enough for its shortest term
// are walked, and of each the whole family of versions is asked, for both its parties. What is left is what
// somebody holds, or keeps longer.
#include <algorithm>
#include <map>

#include "store/retention.h"
#include "store/sql/erasure.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

using document::Kind;

constexpr int candidates_at_once = 500;

struct Member {
  DocumentId document;
  CompanyId sender;
  std::optional<CompanyId> receiver;
  Kind kind{};
  Date dated;
};

class Erasing {
 public:
  Erasing(Transaction& tx, int families_max)
      : tx_(tx),
        connection_(tx.connection()),
        today_(dateInStockholm(tx.clock().now())),
        left_(families_max) {}

  Result<ErasureRun> run(CompanyId after) {
    ErasureRun run;
    for (auto company = after;;) {
      TRY(const auto next, companyAfter(company));
      if (next.value == 0) break;
      CHECK_OK(erase(next, run.erased));
      if (left_ <= 0) {
        run.next = company;  // this company again: there may be more of it
        return run;
      }
      company = next;
    }
    return run;
  }

 private:
  Result<CompanyId> companyAfter(CompanyId after) {
    CompanyId next{0};
    CHECK_OK(connection_.run("SELECT id FROM companies WHERE id > ?1 ORDER BY id LIMIT 1", {after},
                             [&](const sql::Row& row) { next = CompanyId{row.number(0)}; }));
    return next;
  }

  Result<const RetentionPolicy*> policyOf(CompanyId company) {
    const auto known = policies_.find(company);
    if (known != policies_.end()) return &known->second;
    TRY(auto policy, retentionPolicy(tx_, company));
    return &policies_.emplace(company, std::move(policy)).first->second;
  }

  Outcome erase(CompanyId company, std::vector<ErasedDocument>& erased) {
    TRY(const auto* policy, policyOf(company));
    for (const auto& rule : policy->rules) {
      // The day before which one must have come for its term to be out.
      Date cut = today_;
      if (rule.days) cut = today_.plusDays(-*rule.days);
      if (!rule.days) cut = Date::of(today_.year() - rule.years, 1, 1);
      CHECK_OK(eraseOf(company, rule.kind, Instant::atMidnight(cut), erased));
      if (left_ <= 0) return {};
    }
    return {};
  }

  Outcome eraseOf(CompanyId company, Kind kind, Instant before, std::vector<ErasedDocument>& erased) {
    // The kind stands in the statement itself, so that the index of what may go early is used.
    const auto statement =
        "SELECT received_at, id, document FROM entries WHERE company = ?1 AND direction = "
        "'sent' AND kind = '" +
        std::string(document::name(kind)) +
        "' AND received_at < ?2 AND (received_at, id) > (?3, ?4) ORDER BY received_at, id "
        "LIMIT ?5";
    std::int64_t at = -1, entry = 0;
    for (;;) {
      std::vector<DocumentId> documents;
      CHECK_OK(connection_.run(statement, {company, before, at, entry, candidates_at_once},
                               [&](const sql::Row& row) {
                                 sql::Columns c(row);
                                 at = c.number();
                                 entry = c.number();
                                 documents.push_back(c.id<DocumentId>());
                               }));
      for (const auto id : documents) {
        CHECK_OK(eraseFamily(id, erased));
        if (left_ <= 0) return {};
      }
      if (documents.size() < candidates_at_once) return {};
    }
  }

  Outcome eraseFamily(DocumentId document, std::vector<ErasedDocument>& erased) {
    TRY(const auto family, familyOf(document));
    std::string rule;
    for (const auto& member : family) {
      for (const auto company : {std::optional(member.sender), member.receiver}) {
        if (!company) continue;
        TRY(const auto* policy, policyOf(*company));
        const auto& of = policy->of(member.kind);
        if (erasableFrom(of, policy->yearEnd, member.dated) > today_) return {};
        TRY(const bool held, isHeld(*company, member.document));
        if (held) return {};
        if (company == member.sender)
          rule = of.days ? std::to_string(*of.days) + " days" : std::to_string(of.years) + " years";
      }
    }
    if (family.empty()) return {};  // erased a moment ago, with another version
    --left_;
    for (const auto& member : family) {
      CHECK_OK(sql::eraseDocument(connection_, member.document, rule, tx_.clock().now()));
      erased.push_back({member.document, member.sender, member.receiver, member.kind});
    }
    return {};
  }

  Result<bool> isHeld(CompanyId company, DocumentId document) {
    TRY(const auto held, connection_.run("SELECT 1 FROM retention_holds WHERE company = ?1 AND document IN "
                                         "(?2, ?3)",
                                         {company, document, DocumentId()}, [](const sql::Row&) {}));
    return held > 0;
  }

  Result<std::vector<Member>> familyOf(DocumentId document) {
    std::vector<Member> family;
    DocumentId root = document;
    CHECK_OK(connection_.run("SELECT COALESCE(root, id) FROM documents WHERE id = ?1", {document},
                             [&](const sql::Row& row) { root = sql::Columns(row).id<DocumentId>(); }));
    CHECK_OK(
        connection_.run("SELECT d.id, d.sender, d.receiver, d.kind, d.issue_date, e.received_at FROM "
                        "documents d JOIN entries "
                        "e ON e.company = d.sender AND e.id = d.sent_entry WHERE d.id = ?1 OR d.root = ?1",
                        {root}, [&](const sql::Row& row) {
                          sql::Columns c(row);
                          auto& member = family.emplace_back();
                          member.document = c.id<DocumentId>();
                          member.sender = c.company();
                          member.receiver = c.maybe([](sql::Columns& column) { return column.company(); });
                          member.kind = document::kindFromName(c.view()).value_or(Kind::other);
                          const auto issued = c.maybe([](sql::Columns& column) { return column.date(); });
                          const auto came = dateInStockholm(c.instant());
                          member.dated = std::max(issued.value_or(came), came);
                        }));
    return family;
  }

  Transaction& tx_;
  sql::Connection& connection_;
  const Date today_;
  int left_;
  std::map<CompanyId, RetentionPolicy> policies_;
};

}  // namespace

Result<ErasureRun> eraseDue(Transaction& tx, CompanyId after, int families_max) {
  return Erasing(tx, families_max).run(after);
}

}  // namespace postgang::store
