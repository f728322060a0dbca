#include "formats/correct_ubl.h"
#include "formats/every_format.h"
#include "formats/ubl_paths.h"
#include "formats/ubl_reader.h"
#include "formats/ubl_writer.h"

namespace postgang::formats {

Format ublCreditNote() {
  return {"ubl-credit-note",
          "UBL 2.1 CreditNote",
          document::Kind::credit_note,
          [](const xml::Tree& tree) { return tree.root().is(ubl_credit_note, "CreditNote"); },
          readUbl,
          writeUbl,
          correctUbl};
}

}  // namespace postgang::formats
