#include "formats/correct_ubl.h"
#include "formats/every_format.h"
#include "formats/ubl_paths.h"
#include "formats/ubl_reader.h"
#include "formats/ubl_writer.h"

namespace postgang::formats {

Format ublInvoice() {
  return {"ubl-invoice",
          "UBL 2.1 Invoice",
          document::Kind::invoice,
          [](const xml::Tree& tree) { return tree.root().is(ubl_invoice, "Invoice"); },
          readUbl,
          writeUbl,
          correctUbl};
}

}  // namespace postgang::formats
