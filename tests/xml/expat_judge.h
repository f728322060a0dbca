// Expat's opinion of a document: the yardstick that our parser is held to. It knows namespaces and takes no
// DTD.
#pragma once

#include <expat.h>

#include <limits>
#include <memory>
#include <string>
#include <string_view>

namespace postgang::xml {

struct Judgement {
  bool wellFormed = false;
  std::string text;  // all character data, end to end
  std::size_t elements = 0;
  std::size_t attributes = 0;
};

inline Judgement judgedByExpat(std::string_view bytes) {
  Judgement judgement;
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, '|'),
                                                                            XML_ParserFree);
  XML_SetUserData(parser.get(), &judgement);
  XML_SetElementHandler(
      parser.get(),
      [](void* user, const XML_Char*, const XML_Char** attributes) {
        auto& seen = *static_cast<Judgement*>(user);
        ++seen.elements;
        for (; *attributes != nullptr; attributes += 2) ++seen.attributes;
      },
      [](void*, const XML_Char*) {});
  XML_SetCharacterDataHandler(parser.get(), [](void* user, const XML_Char* text, int length) {
    static_cast<Judgement*>(user)->text.append(text, static_cast<std::size_t>(length));
  });
  judgement.wellFormed =
      XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE) == XML_STATUS_OK;
  return judgement;
}

}  // namespace postgang::xml
