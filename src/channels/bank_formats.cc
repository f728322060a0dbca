#include "channels/bank_formats.h"

// The assembler lays the files in; folder.cmake tells the build that this object depends on them.
#define POSTGANG_BANK_FORMAT(symbol, file)        \
  asm(".section .rodata\n"                        \
      ".global " #symbol "\n" #symbol             \
      ":\n"                                       \
      ".incbin \"" POSTGANG_BANK_FORMATS "/" file \
      "\"\n"                                      \
      ".global " #symbol "_end\n" #symbol         \
      "_end:\n"                                   \
      ".byte 0\n"                                 \
      ".previous\n")
POSTGANG_BANK_FORMAT(postgang_bank_xml, "bank-xml.json");
POSTGANG_BANK_FORMAT(postgang_bank_fixed, "bank-fixed.json");

extern const char postgang_bank_xml[], postgang_bank_xml_end[];
extern const char postgang_bank_fixed[], postgang_bank_fixed_end[];

namespace postgang::channels {

Result<formats::Description> builtInBankFormat(std::string_view id) {
  if (id == "bank-xml") return formats::Description::fromJson({postgang_bank_xml, postgang_bank_xml_end});
  if (id == "bank-fixed")
    return formats::Description::fromJson({postgang_bank_fixed, postgang_bank_fixed_end});
  return fail(ProblemKind::invalid, "bank-format-unknown",
              "There is no format of bank hubs called " + std::string(id) + ".", {},
              "Take bank-xml, bank-fixed, or a file that describes another.");
}

std::vector<std::string_view> builtInBankFormats() {
  return {"bank-xml", "bank-fixed"};
}

}  // namespace postgang::channels
