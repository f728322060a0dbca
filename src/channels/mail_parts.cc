#include "channels/mail_parts.h"

#include <set>

#include "base/text.h"

namespace postgang::channels {
namespace {

constexpr std::size_t name_points_max = 120;

}  // namespace

std::vector<render::LetterPart> mailPartsOf(const document::BusinessDocument& document) {
  auto parts = render::attachmentsOf(document).parts;
  std::set<std::string> taken = {""};  // which is the document's own
  for (auto& part : parts) {
    const auto name = truncated(collapsed(withoutControls(part.name)), name_points_max);
    part.name = name;
    for (int number = 2; !taken.insert(part.name).second; ++number)
      part.name = name + (name.empty() ? "(" : " (") + std::to_string(number) + ")";
  }
  return parts;
}

std::vector<store::PartFact> partFacts(const std::vector<render::LetterPart>& parts,
                                       const SmartmailSettings& settings) {
  std::vector<store::PartFact> facts = {{"", false}};
  for (const auto& part : parts)
    if (facts.size() <= mail_parts_max) facts.push_back({part.name, isExempt(settings, part.name)});
  return facts;
}

}  // namespace postgang::channels
