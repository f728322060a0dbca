// Documents that the tests of this folder share.
#pragma once

#include "document/business_document.h"

namespace postgang::document {

// An invoice of two lines with an attachment and something outside the model.
inline BusinessDocument smallInvoice() {
  Builder builder(Kind::invoice);
  builder.add(Term::BT_1, "NH-7", {}, {}, {4, 5});
  builder.add(Term::BT_2, "2026-11-02", {}, {}, {5, 5});
  builder.add(Term::BT_5, "SEK");
  builder.add(Term::BT_9, "2026-12-02");
  builder.add(Term::BT_13, "INK-5521");
  builder.begin(Group::BG_22);
  builder.add(Term::BT_109, "1000.00", "SEK");
  builder.add(Term::BT_112, "1250.00", "SEK");
  builder.add(Term::BT_115, "1250.00", "SEK");
  builder.end();
  builder.begin(Group::BG_24);
  builder.add(Term::BT_122, "TID-37");
  builder.add(Term::BT_125, std::string(400, 'A'), "text/csv", "tid37.csv");
  builder.end();
  for (const auto* number : {"1", "2"}) {
    builder.begin(Group::BG_25);
    builder.add(Term::BT_126, number);
    builder.add(Term::BT_129, "5", "H87");
    builder.add(Term::BT_131, "500.00", "SEK");
    builder.begin(Group::BG_31);
    builder.add(Term::BT_153, "Lina");
    builder.end();
    builder.end();
  }
  builder.addExtra("/Invoice/UBLVersionID", "2.1", {3, 5});
  return std::move(builder).build();
}

}  // namespace postgang::document
