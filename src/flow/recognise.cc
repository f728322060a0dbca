#include "flow/recognise.h"

#include "flow/words.h"
#include "formats/archive.h"

namespace postgang::flow {

namespace {

// An archive comes this far only when it could not be taken apart at the door, or lay within another.
Problem whyNotUnpacked(std::string_view bytes) {
  const auto files = formats::unpack(bytes);
  return files ? problem(ProblemKind::unsupported, "archive-within-archive") : files.error();
}

}  // namespace

// How large a file may be was decided at the door, so the limit of the parser is the file itself.
Result<Recognised> recognise(std::string_view bytes) {
  if (formats::isZip(bytes)) return fail(whyNotUnpacked(bytes));
  xml::Limits limits;
  limits.bytes = bytes.size();
  TRY(auto tree, formats::treeOf(bytes, limits));
  TRY(auto format, formats::recognise(tree));
  return Recognised{std::move(tree), std::move(format)};
}

std::string formatName(const Recognised& recognised) {
  return std::string(recognised.format.format->name);
}

}  // namespace postgang::flow
