# bank_formats.cc lays the descriptions in packs/bank into the program with .incbin, which the compiler's dependency
# scan does not see.
set(BANK_FORMATS ${CMAKE_SOURCE_DIR}/packs/bank)
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/channels/bank_formats.cc PROPERTIES
  OBJECT_DEPENDS "${BANK_FORMATS}/bank-xml.json;${BANK_FORMATS}/bank-fixed.json"
  COMPILE_DEFINITIONS "POSTGANG_BANK_FORMATS=\"${BANK_FORMATS}\"")
