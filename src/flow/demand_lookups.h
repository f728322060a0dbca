// What a receiver's demands ask, answered from the store: its registers, and the documents that it has had
// before. Lives as long as the snapshot that it reads.
#pragma once

#include <vector>

#include "base/id.h"
#include "document/business_document.h"
#include "rules/filter.h"
#include "rules/lookups.h"
#include "store/store.h"

namespace postgang::flow {

class ReceiverLookups final : public rules::Lookups {
 public:
  // Documents received before `at` are earlier ones.
  ReceiverLookups(store::Reader& reader, CompanyId receiver, Instant at)
      : reader_(reader), receiver_(receiver), at_(at) {}

  Result<bool> inRegister(std::string_view registerName, rules::RegisterKind kind, std::string_view value,
                          rules::Supplier supplier, Date onDate) const override;
  Result<std::vector<document::PaymentAccount>> registeredAccounts(rules::Supplier supplier,
                                                                   Date onDate) const override;
  Result<std::optional<rules::Earlier>> earlier(const rules::Repetition& repetition) const override;
  Result<std::vector<std::string>> suggestions(std::string_view registerName, rules::RegisterKind kind,
                                               std::string_view prefix, std::size_t max) const override;

 private:
  store::Reader& reader_;
  CompanyId receiver_;
  Instant at_;
};

// Whom the document comes from, by every identifier that it, or this house where it is a customer, knows.
Result<std::vector<document::Identifier>> senderIdentifiers(store::Reader& reader,
                                                            const document::BusinessDocument& document);

// In whose eyes and on which day a document is judged; `lookups` must outlive it. `root` as judgeByReceiver.
Result<rules::Context> demandContext(store::Reader& reader, const document::BusinessDocument& document,
                                     const rules::Lookups& lookups, DocumentId root, Instant at);

}  // namespace postgang::flow
