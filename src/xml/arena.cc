#include "xml/arena.h"

#include <algorithm>

namespace postgang::xml {

Position Arena::position(std::uint32_t offset) const {
  std::call_once(linesCounted_, [this] { lineStarts_ = lineStarts(source); });
  return positionOf(source, lineStarts_, offset);
}

// Nearly always there is one text or none. Mixed content is joined once and kept, so that a view can be
// given.
std::string_view Arena::directText(NodeIndex element) const {
  NodeIndex only = no_node;
  bool several = false;
  for (NodeIndex child = firstChild(element); child != no_node; child = nextSibling(child)) {
    if (!nodes[child].isText()) continue;
    several = only != no_node;
    if (several) break;
    only = child;
  }
  if (only == no_node) return {};
  if (!several) return text(nodes[only].extent);
  const std::lock_guard lock(joinedMutex_);
  const auto [entry, fresh] = joined_.try_emplace(element);
  if (fresh)
    for (NodeIndex child = firstChild(element); child != no_node; child = nextSibling(child))
      if (nodes[child].isText()) entry->second += text(nodes[child].extent);
  return entry->second;
}

const Declaration* Arena::declarationsBegin(NodeIndex element) const {
  const auto first =
      std::lower_bound(declarations.begin(), declarations.end(), element,
                       [](const Declaration& d, NodeIndex wanted) { return d.element < wanted; });
  return declarations.data() + (first - declarations.begin());
}

const Declaration* Arena::declarationsEnd(NodeIndex element) const {
  const Declaration* at = declarationsBegin(element);
  const Declaration* const end = declarations.data() + declarations.size();
  while (at != end && at->element == element) ++at;
  return at;
}

}  // namespace postgang::xml
