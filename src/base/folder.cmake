# texts.cc lays texts/*.json into the program with .incbin, which the compiler's dependency scan does not see.
set(TEXT_FILES ${CMAKE_SOURCE_DIR}/texts/sv.json ${CMAKE_SOURCE_DIR}/texts/en.json)
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/base/texts.cc PROPERTIES
  OBJECT_DEPENDS "${TEXT_FILES}"
  COMPILE_DEFINITIONS "POSTGANG_TEXTS_FOLDER=\"${CMAKE_SOURCE_DIR}/texts\"")
