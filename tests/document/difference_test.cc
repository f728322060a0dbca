#include "document/difference.h"

#include <gtest/gtest.h>

#include "tests/document/examples.h"

namespace postgang::document {
namespace {

BusinessDocument invoiceWith(std::string_view order,
                             const std::vector<std::pair<std::string, std::string>>& lines) {
  Builder builder(Kind::invoice);
  if (!order.empty()) builder.add(Term::BT_13, order);
  for (const auto& [number, item] : lines) {
    builder.begin(Group::BG_25);
    builder.add(Term::BT_126, number);
    builder.begin(Group::BG_31);
    builder.add(Term::BT_153, item);
    builder.end();
    builder.end();
  }
  return std::move(builder).build();
}

TEST(Difference, OfTheSameIsNone) {
  EXPECT_TRUE(difference(smallInvoice(), smallInvoice()).empty());
}

TEST(Difference, TellsWhatIsNewGoneAndChanged) {
  EXPECT_EQ(difference(invoiceWith("", {}), invoiceWith("A1", {})),
            (std::vector<Change>{{Term::BT_13, "", {}, "A1"}}));
  EXPECT_EQ(difference(invoiceWith("A1", {}), invoiceWith("", {})),
            (std::vector<Change>{{Term::BT_13, "", "A1", {}}}));
  EXPECT_EQ(difference(invoiceWith("A1", {}), invoiceWith("A2", {})),
            (std::vector<Change>{{Term::BT_13, "", "A1", "A2"}}));
}

TEST(Difference, SaysInWhichLine) {
  const auto changes = difference(invoiceWith("", {{"1", "Lina"}, {"2", "Boj"}}),
                                  invoiceWith("", {{"1", "Lina"}, {"2", "Ankare"}}));
  EXPECT_EQ(changes, (std::vector<Change>{{Term::BT_153, "BG-25[2]/BG-31", "Boj", "Ankare"}}));
}

TEST(Difference, MatchesLinesByTheirIdentifiers) {
  const auto changes =
      difference(invoiceWith("", {{"1", "Lina"}, {"2", "Boj"}}), invoiceWith("", {{"2", "Boj"}}));
  EXPECT_EQ(changes, (std::vector<Change>{{Term::BT_126, "BG-25", "1", {}},
                                          {Term::BT_153, "BG-25/BG-31", "Lina", {}}}));
}

TEST(Difference, SeesASchemeThatChanges) {
  const auto with = [](std::string_view scheme) {
    Builder builder(Kind::invoice);
    builder.add(Term::BT_18, "7", scheme);
    return std::move(builder).build();
  };
  EXPECT_EQ(difference(with("ABT"), with("ABZ")), (std::vector<Change>{{Term::BT_18, "", "7 ABT", "7 ABZ"}}));
}

}  // namespace
}  // namespace postgang::document
