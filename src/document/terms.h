// The business terms and groups of EN 16931-1:2017, from terms.def.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/text.h"

namespace postgang::document {

enum class Term : std::uint8_t;   // BT_1 … BT_165; enumerators come from terms.def
enum class Group : std::uint8_t;  // BG_0 (the document itself), BG_1 … BG_32

enum class TermType : std::uint8_t { text, identifier, code, amount, unit_price, quantity, percentage, date, reference, binary };
// Who may change it when a document is corrected and sent again (a later issue builds on it).
enum class Correctable : std::uint8_t { freely, never };

}  // namespace postgang::document

#include "document/terms_generated.h"
