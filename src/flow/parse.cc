#include "flow/parse.h"

namespace postgang::flow {

Result<Read> parse(const Recognised& recognised) {
  TRY(auto reading, formats::readDocument(recognised.tree));
  auto facts = document::headerFactsOf(reading.document);
  return Read{std::move(reading.document), std::move(facts)};
}

}  // namespace postgang::flow
