# What the parser is measured against, as far as it is installed.
find_package(EXPAT)
pkg_check_modules(pugixml IMPORTED_TARGET pugixml)
foreach(OTHER EXPAT::EXPAT PkgConfig::pugixml)
  if(TARGET ${OTHER})
    target_link_libraries(bench_xml PRIVATE ${OTHER})
  endif()
endforeach()
