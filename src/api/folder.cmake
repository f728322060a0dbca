# openapi_text.cc lays openapi.json into the program with .incbin, which the compiler's dependency scan does not see.
set(OPENAPI_FILE ${CMAKE_SOURCE_DIR}/src/api/openapi.json)
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/api/openapi_text.cc PROPERTIES
  OBJECT_DEPENDS "${OPENAPI_FILE}"
  COMPILE_DEFINITIONS "POSTGANG_OPENAPI_FILE=\"${OPENAPI_FILE}\"")
