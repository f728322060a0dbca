// How many documents an export says that there will be, where they are more than are counted beforehand.
#include "flow/document_exports.h"
#include "tests/flow/exporting.h"

namespace postgang::flow {
namespace {

class ExportTotals : public Exporting {
 protected:
  void fill(std::int64_t documents) {
    write([&](store::Transaction& tx) -> Outcome {
      for (std::int64_t i = 0; i < documents; ++i) {
        store::ReceivedFact received;
        received.sender = energi_;
        store::RecognisedFact facts;
        facts.number = std::to_string(i);
        facts.seller.name = "Nordhamn Energi AB";
        CHECK_OK(store::append(
            tx, ids_.next<DocumentId>(), 0,
            {{document::EventType::received, {}, received}, {document::EventType::recognised, {}, facts}},
            {}));
      }
      return {};
    });
  }
  Result<store::Export> started(std::int64_t rowsMax) {
    ExportLimits limits;
    limits.rows = rowsMax;
    DocumentExports exports(
        *store_, clock_, ids_, folder(),
        [](store::Reader&, const store::Viewer&, const store::Export&) {
          store::EntryQuery query;
          query.text = "nordhamn";
          return Result<std::optional<store::EntryQuery>>(query);
        },
        limits);
    return exports.start(order("csv"));
  }
};

TEST_F(ExportTotals, are_told_where_they_are_known) {
  fill(3);
  const auto export_of_few = started(10);
  ASSERT_TRUE(export_of_few) << export_of_few.error().code;
  EXPECT_EQ(export_of_few->total, 3);
}

TEST_F(ExportTotals, are_not_what_was_counted_at_most) {
  fill(store::facet_documents_max + 1);
  const auto export_of_many = started(2 * store::facet_documents_max);
  ASSERT_TRUE(export_of_many) << export_of_many.error().code;
  EXPECT_EQ(export_of_many->total, 0);
  const auto too_many = started(10);
  ASSERT_FALSE(too_many) << "more than are allowed have been counted";
  EXPECT_EQ(too_many.error().code, "export-too-many");
}

}  // namespace
}  // namespace postgang::flow
