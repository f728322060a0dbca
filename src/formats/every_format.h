// The formats, each declared here, defined in a file of its own and listed in format.cc.
#pragma once

#include "formats/format.h"

namespace postgang::formats {

Format ublInvoice();     // ubl_invoice.cc
Format ublCreditNote();  // ubl_credit_note.cc

// known_formats.cc: recognised by name, not read yet.
Format ublOrder();
Format ublOrderChange();
Format ublOrderCancellation();
Format ublOrderResponse();
Format ublDespatchAdvice();
Format ublReceiptAdvice();
Format ublCatalogue();
Format ublReminder();
Format ublStatement();
Format ublApplicationResponse();
Format ciiInvoice();
Format svefaktura();
Format svefakturaEnvelope();
Format standardBusinessDocument();
Format finvoice();

}  // namespace postgang::formats
