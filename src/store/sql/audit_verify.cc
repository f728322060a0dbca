// The whole trail of every company, worked out again from its first row. Rows are read a page at a time; of
// what went before only the last hash is kept.
#include <limits>
#include <map>

#include "store/audit.h"
#include "store/sql/audit_rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr int rows_at_once = 1000;

class VerifyingAudit {
 public:
  explicit VerifyingAudit(Reader& reader) : connection_(reader.connection()) {}

  Result<AuditReport> run() {
    CHECK_OK(connection_.run("SELECT company, sequence, hash FROM audit_heads", {}, [&](const sql::Row& row) {
      sql::Columns c(row);
      const auto company = c.company();
      auto& head = heads_[company];
      head = {company, c.number(), {}};
      head.hash = c.digest();
    }));
    while (true) {
      int seen = 0;
      CHECK_OK(connection_.run(page, {company_, sequence_, rows_at_once}, [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto entry = sql::readAuditEntry(c);
        check(entry, c.view());
        ++seen;
      }));
      if (seen < rows_at_once) break;
    }
    finishChain();
    for (const auto& [company, head] : heads_)
      if (head.sequence > 0) damage(company, 1, missing(1, head.sequence));
    return std::move(report_);
  }

 private:
  static constexpr std::string_view page =
      "SELECT company, sequence, at, actor_kind, actor_id, actor_name, reason, action, object, object_id, "
      "object_name, detail, address, hash, words FROM audit_entries WHERE (company, sequence) > (?1, ?2) "
      "ORDER BY company, sequence LIMIT ?3";

  static std::string missing(std::int64_t from, std::int64_t to) {
    return from == to ? "row " + std::to_string(from) + " is missing"
                      : "rows " + std::to_string(from) + " to " + std::to_string(to) + " are missing";
  }

  void damage(CompanyId company, std::int64_t sequence, std::string what) {
    report_.damages.push_back({company, sequence, std::move(what)});
  }

  void check(const AuditEntry& entry, std::string_view words) {
    if (report_.entries == 0 || entry.company != company_) {
      finishChain();
      hash_ = Digest{};
      sequence_ = 0;
      company_ = entry.company;
    }
    ++report_.entries;
    if (entry.sequence <= sequence_) {
      damage(company_, entry.sequence, "the row has no place in the trail: put in afterwards");
      return;
    }
    if (entry.sequence != sequence_ + 1)
      // What it should follow is gone, so its own hash cannot be worked out.
      damage(company_, sequence_ + 1, missing(sequence_ + 1, entry.sequence - 1));
    else if (sql::auditHash(hash_, entry) != entry.hash)
      damage(company_, entry.sequence, "the row is not what was written after the one before it");
    if (sql::auditWords(entry) != words)
      damage(company_, entry.sequence, "what search finds it by is not what it says");
    sequence_ = entry.sequence;
    hash_ = entry.hash;
  }

  // The last row against the head, which is then done with.
  void finishChain() {
    if (report_.entries == 0) return;
    const auto head = heads_.find(company_);
    if (head == heads_.end()) {
      damage(company_, sequence_, "the trail has no head: where it ends cannot be told");
      return;
    }
    const auto said = head->second.sequence;
    if (sequence_ < said) damage(company_, sequence_ + 1, missing(sequence_ + 1, said));
    if (sequence_ > said) damage(company_, said + 1, "rows stand after the trail's head: put in afterwards");
    if (sequence_ == said && hash_ != head->second.hash)
      damage(company_, sequence_, "the trail's head is not its last row");
    heads_.erase(head);
  }

  sql::Connection& connection_;
  AuditReport report_;
  std::map<CompanyId, AuditHead> heads_;
  CompanyId company_{std::numeric_limits<std::int64_t>::min()};
  std::int64_t sequence_ = 0;
  Digest hash_{};
};

}  // namespace

Result<AuditReport> verifyAudit(Reader& reader) {
  return VerifyingAudit(reader).run();
}

}  // namespace postgang::store
