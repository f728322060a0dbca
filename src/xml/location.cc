// Places within a document as paths, written and found again.
#include <charconv>

#include "base/text.h"
#include "xml/tree.h"

namespace postgang::xml {
namespace {

struct Step {
  std::string_view name;
  std::size_t position = 1;
};

// "InvoiceLine[3]"; nullopt where it is not a step.
std::optional<Step> stepOf(std::string_view text) {
  Step step{text.substr(0, text.find('['))};
  std::string_view rest = text.substr(step.name.size());
  if (step.name.empty()) return std::nullopt;
  if (rest.empty()) return step;
  if (rest.size() < 3 || rest.back() != ']') return std::nullopt;
  rest = rest.substr(1, rest.size() - 2);
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), step.position);
  if (error != std::errc() || end != rest.data() + rest.size() || step.position == 0) return std::nullopt;
  return step;
}

// The n-th child of a local name. Siblings count together when their namespaces are the same, too; where two
// namespaces share a local name the first one to reach the position is meant.
Element childAt(Element parent, const Step& step) {
  std::vector<std::pair<std::string_view, std::size_t>> seen;
  for (const Element child : parent.children(step.name)) {
    auto entry = seen.begin();
    while (entry != seen.end() && entry->first != child.namespaceUri()) ++entry;
    if (entry == seen.end()) entry = seen.insert(seen.end(), {child.namespaceUri(), 0});
    if (++entry->second == step.position) return child;
  }
  return {};
}

}  // namespace

std::string Element::location() const {
  if (arena_ == nullptr) return {};
  std::vector<NodeIndex> path;
  for (NodeIndex at = index_; at != no_node; at = arena_->nodes[at].parent) path.push_back(at);
  std::string out;
  for (auto at = path.rbegin(); at != path.rend(); ++at) {
    const Node& here = arena_->nodes[*at];
    out += '/';
    out += arena_->names.local(here.name);
    if (here.parent == no_node) continue;
    std::size_t position = 1;
    for (NodeIndex sibling = arena_->firstChild(here.parent); sibling != *at;
         sibling = arena_->nodes[sibling].end)
      position += arena_->nodes[sibling].name == here.name;
    if (position > 1) out += '[' + std::to_string(position) + ']';
  }
  return out;
}

std::string Attribute::location() const {
  return arena_ ? owner().location() + "/@" + std::string(name()) : std::string();
}

Element Element::at(std::string_view path) const {
  Element here = *this;
  for (const auto part : split(path, '/')) {
    const auto step = stepOf(part);
    if (!step) return {};
    here = childAt(here, *step);
  }
  return here;
}

Element Tree::at(std::string_view location) const {
  if (!location.starts_with('/')) return {};
  const std::string_view path = location.substr(1);
  const auto first = stepOf(path.substr(0, path.find('/')));
  if (!first || first->position != 1 || !root().is(first->name)) return {};
  return path.size() == path.substr(0, path.find('/')).size() ? root()
                                                              : root().at(path.substr(path.find('/') + 1));
}

Attribute Tree::attributeAt(std::string_view location) const {
  const std::size_t at = location.rfind("/@");
  if (at == std::string_view::npos) return {};
  const Element owner = this->at(location.substr(0, at));
  const std::string_view name = location.substr(at + 2);
  for (std::size_t i = 0; i < owner.attributeCount(); ++i)
    if (owner.attributeAt(i).name() == name) return owner.attributeAt(i);
  return {};
}

}  // namespace postgang::xml
