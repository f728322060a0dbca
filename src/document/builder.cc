// Values and groups are linked into lists that are kept in the standard's order while the document grows, so
// that build() only walks them once. A file that has its elements in that order, as most have, appends.
#include <cassert>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "document/business_document.h"
#include "document/content.h"

namespace postgang::document {
namespace {

constexpr std::uint32_t none = Content::none;

struct Link {
  Node node;
  std::uint16_t rank = 0;  // terms before groups, each in the order of the standard
  std::uint32_t parent = none;
  std::uint32_t first = none;
  std::uint32_t last = none;
  std::uint32_t next = none;
};

std::uint16_t rankOf(const Node& node) {
  return node.isGroup ? static_cast<std::uint16_t>(0x100U + info(node.group()).rank)
                      : static_cast<std::uint16_t>(info(node.term()).rank);
}

}  // namespace

struct Builder::State {
  Kind kind;
  std::string arena;
  std::vector<Link> links;
  std::vector<ExtraNode> extras;
  std::uint32_t open = 0;
  Slice lastQualifier;

  // The last child of each rank, for parents with many children that arrive out of order: without it each
  // would walk past all before it, and a hostile file could make that minutes. Made at the first long walk,
  // kept from then on.
  using LastOfRank = std::map<std::uint16_t, std::uint32_t>;
  std::unordered_map<std::uint32_t, LastOfRank> crowded;

  Slice keep(std::string_view text);
  Slice keepQualifier(std::string_view text);
  std::uint32_t insert(const Node& node);
  const LastOfRank& index(std::uint32_t parent);
  std::uint32_t lastUpTo(std::uint32_t parent, std::uint16_t rank);
  Link* valueIn(std::uint32_t group, Term term);
  void setUnit(Link& quantity, std::string_view unit);
  void flatten(std::uint32_t link, std::vector<Node>& nodes) const;
};

Slice Builder::State::keep(std::string_view text) {
  if (text.empty()) return {};
  assert(arena.size() + text.size() < none);
  const Slice slice{static_cast<std::uint32_t>(arena.size()), static_cast<std::uint32_t>(text.size())};
  arena.append(text);
  return slice;
}

// The same currency stands at every amount: it is kept once.
Slice Builder::State::keepQualifier(std::string_view text) {
  if (text.empty()) return {};
  if (std::string_view(arena).substr(lastQualifier.offset, lastQualifier.size) != text)
    lastQualifier = keep(text);
  return lastQualifier;
}

const Builder::State::LastOfRank& Builder::State::index(std::uint32_t parent) {
  auto [place, isNew] = crowded.try_emplace(parent);
  if (isNew)
    for (auto child = links[parent].first; child != none; child = links[child].next)
      place->second[links[child].rank] = child;
  return place->second;
}

// The last child whose rank is at most `rank`; the caller knows that there is one.
std::uint32_t Builder::State::lastUpTo(std::uint32_t parent, std::uint16_t rank) {
  constexpr int long_walk = 64;
  auto before = links[parent].first;
  if (!crowded.contains(parent)) {
    int steps = 0;
    while (links[links[before].next].rank <= rank && ++steps < long_walk) before = links[before].next;
    if (steps < long_walk) return before;
  }
  return std::prev(index(parent).upper_bound(rank))->second;
}

std::uint32_t Builder::State::insert(const Node& node) {
  const auto added = static_cast<std::uint32_t>(links.size());
  Link link;
  link.node = node;
  link.rank = rankOf(node);
  link.parent = open;
  auto& parent = links[open];
  if (parent.last == none) {
    parent.first = parent.last = added;
  } else if (links[parent.last].rank <= link.rank) {
    links[parent.last].next = added;
    parent.last = added;
  } else if (links[parent.first].rank > link.rank) {
    link.next = parent.first;
    parent.first = added;
  } else {
    const auto before = lastUpTo(open, link.rank);
    link.next = links[before].next;
    links[before].next = added;
  }
  if (const auto known = crowded.find(open); known != crowded.end()) known->second[link.rank] = added;
  links.push_back(link);
  return added;
}

Link* Builder::State::valueIn(std::uint32_t group, Term term) {
  for (auto i = links[group].first; i != none && !links[i].node.isGroup; i = links[i].next)
    if (links[i].node.term() == term) return &links[i];
  return nullptr;
}

void Builder::State::setUnit(Link& quantity, std::string_view unit) {
  if (quantity.node.qualifier.size == 0) quantity.node.qualifier = keepQualifier(unit);
}

// Recursion is as deep as the standard's groups: four.
void Builder::State::flatten(std::uint32_t link, std::vector<Node>& nodes) const {
  const auto at = nodes.size();
  nodes.push_back(links[link].node);
  for (auto child = links[link].first; child != none; child = links[child].next) flatten(child, nodes);
  const auto& node = links[link].node;
  if (node.isGroup && link != 0 && nodes.size() == at + 1 && !repeats(info(node.group()).cardinality))
    nodes.pop_back();
  else
    nodes[at].end = static_cast<std::uint32_t>(nodes.size());
}

Builder::Builder(Kind kind) : state_(std::make_unique<State>()) {
  state_->kind = kind;
  state_->links.reserve(256);
  Link root;
  root.node = Node::of(Group::BG_0);
  state_->links.push_back(root);
}
Builder::~Builder() = default;
Builder::Builder(Builder&&) noexcept = default;
Builder& Builder::operator=(Builder&&) noexcept = default;

void Builder::setKind(Kind kind) {
  state_->kind = kind;
}

void Builder::begin(Group group, Place place) {
  assert(group != Group::BG_0 && info(group).parent == state_->links[state_->open].node.group());
  Node node = Node::of(group);
  node.place = place;
  state_->open = state_->insert(node);
}

void Builder::enter(Group group, Place place) {
  const auto& links = state_->links;
  auto found = none;
  for (auto i = links[state_->open].first; i != none; i = links[i].next)
    if (links[i].node.isGroup && links[i].node.group() == group) found = i;
  if (found == none)
    begin(group, place);
  else
    state_->open = found;
}

void Builder::end() {
  assert(state_->open != 0);
  state_->open = state_->links[state_->open].parent;
}

Builder::Mark Builder::mark() const {
  return state_->open;
}

void Builder::moveTo(Mark group) {
  assert(group < state_->links.size() && state_->links[group].node.isGroup);
  state_->open = group;
}

void Builder::add(Term term, std::string_view text, std::string_view qualifier, std::string_view version,
                  Place place) {
  auto& state = *state_;
  assert(info(term).group == state.links[state.open].node.group());
  if (isUnit(term)) {
    if (auto* quantity = state.valueIn(state.open, holderOf(term)))
      return state.setUnit(*quantity, trimmed(text));
    add(holderOf(term), {}, text, {}, place);  // the quantity itself may follow
    return;
  }
  if (term == Term::BT_129 || term == Term::BT_149) {
    auto* waiting = state.valueIn(state.open, term);
    if (waiting && waiting->node.text.size == 0 && qualifier.empty()) {
      waiting->node.text = state.keep(trimmed(text));
      waiting->node.place = place;
      return;
    }
  }
  Node node = Node::of(term);
  node.text = state.keep(trimmed(text));
  node.qualifier = state.keepQualifier(trimmed(qualifier));
  node.version = state.keep(trimmed(version));
  node.place = place;
  state.insert(node);
}

void Builder::addExtra(std::string_view path, std::string_view text, Place place) {
  state_->extras.push_back({state_->keep(path), state_->keep(trimmed(text)), place});
}

BusinessDocument Builder::build() && {
  auto content = std::make_shared<Content>();
  content->kind = state_->kind;
  content->nodes.reserve(state_->links.size());
  state_->flatten(0, content->nodes);
  content->arena = std::move(state_->arena);
  content->extras = std::move(state_->extras);
  content->indexTerms();
  return BusinessDocument(std::move(content));
}

}  // namespace postgang::document
