// Tags, attributes and namespaces (Namespaces in XML 1.0, third edition).
#include <algorithm>
#include <cstring>

#include "xml/parser.h"

namespace postgang::xml {
namespace {

constexpr std::string_view xml_uri = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view xmlns_uri = "http://www.w3.org/2000/xmlns/";

}  // namespace

std::string_view Parser::scanName() {
  const char* const start = at_;
  while (has(*at_, in_name)) ++at_;
  return {start, static_cast<std::size_t>(at_ - start)};
}

bool Parser::startTag() {
  const char* const tag = at_++;
  const std::string_view raw = scanName();
  if (raw.empty()) return unexpected("at the start of an element's name");
  const auto qualified = qualifiedName(raw, tag + 1);
  if (!qualified) return false;
  if (++depth_ > limits_.depth)
    return failAt(tag, ProblemKind::too_large, "xml-too-deep",
                  "Elements lie within elements more than " + std::to_string(limits_.depth) + " deep.",
                  "Send a document as business programs write them.");
  if (++elements_ > limits_.elements) return tooComplex(tag, "elements", limits_.elements);
  const auto index = static_cast<NodeIndex>(arena_.nodes.size());
  Node& node = arena_.nodes.emplace_back();
  node.parent = current_;
  node.offset = offsetOf(tag);
  node.extent.start = static_cast<std::uint32_t>(arena_.attributes.size());
  current_ = index;
  if (*at_ != '>' && !attributes(tag)) return false;
  if (!resolveNames(tag, *qualified)) return false;
  if (*at_ == '/') {
    closeElement();
    ++at_;
  }
  ++at_;
  return true;
}

// Reads up to the '>' or '/' that ends the tag.
bool Parser::attributes(const char* tag) {
  pending_.clear();
  declaredHere_ = 0;
  for (;;) {
    const char* const before = at_;
    skipSpace();
    if (*at_ == '>') return true;
    if (*at_ == '/') {
      if (at_[1] == '>') return true;
      ++at_;
      return unexpected("behind the slash of an empty element");
    }
    if (at_ == before || !has(*at_, in_name)) return unexpected("within a tag");
    if (!attribute()) return false;
    if (pending_.size() + declaredHere_ > limits_.attributes)
      return tooComplex(tag, "attributes on one element", limits_.attributes);
  }
}

bool Parser::attribute() {
  const char* const start = at_;
  const std::string_view raw = scanName();
  skipSpace();
  if (*at_ != '=') return unexpected("where an attribute's equals sign is due");
  ++at_;
  skipSpace();
  Extent value;
  if (!attributeValue(value)) return false;
  if (raw == "xmlns") return declareNamespace(start, "", value);
  if (raw.starts_with("xmlns:")) return declareNamespace(start, raw.substr(6), value);
  const auto qualified = qualifiedName(raw, start);
  if (!qualified) return false;
  pending_.push_back({*qualified, offsetOf(start), value});
  return true;
}

// [10] AttValue with its normalisation (3.3.3): each white space character is a blank; those from references
// stay.
bool Parser::attributeValue(Extent& value) {
  const char quote = *at_;
  if (quote != '"' && quote != '\'') return unexpected("where an attribute's quote is due");
  const char* plain = ++at_;
  while (!has(*at_, stops_value)) ++at_;
  if (*at_ == quote) {
    value = since(plain);
    ++at_;
    return true;
  }
  value.start = replacedStart();
  std::string& out = arena_.replaced;
  for (;;) {
    while (!has(*at_, stops_value)) ++at_;
    const char c = *at_;
    out.append(plain, at_);
    if (c == quote) break;
    if (c == '&') {
      if (!reference(out)) return false;
    } else if (c == '"' || c == '\'') {
      out += c;
      ++at_;
    } else if (has(c, is_space)) {
      out += ' ';
      at_ += c == '\r' && at_[1] == '\n' ? 2 : 1;
    } else {
      return unexpected("within an attribute's value");
    }
    plain = at_;
  }
  ++at_;
  value.length = replacedStart() - value.start;
  return true;
}

bool Parser::declareNamespace(const char* at, std::string_view prefix, Extent uriExtent) {
  ++declaredHere_;
  const std::string_view uri = arena_.text(uriExtent);
  if (!checkNamespace(at, prefix, uri)) return false;
  const auto prefixId = arena_.prefixes.intern(prefix);
  const auto space = arena_.names.internNamespace(uri);
  const std::size_t kinds = std::max(arena_.prefixes.size(), arena_.names.namespaceCount());
  if (!prefixId || !space || kinds > limits_.names)
    return tooComplex(at, "namespaces or prefixes", limits_.names);
  bindings_.resize(std::max<std::size_t>(bindings_.size(), arena_.prefixes.size()), unbound);
  for (auto known = shadowed_.rbegin(); known != shadowed_.rend() && known->element == current_; ++known)
    if (known->prefix == *prefixId)
      return broken(at, "The namespace prefix " + quoted(prefix) + " is declared twice on one element.");
  shadowed_.push_back({current_, *prefixId, bindings_[*prefixId]});
  bindings_[*prefixId] = *space;
  arena_.declarations.push_back({current_, *prefixId, *space});
  return true;
}

bool Parser::checkNamespace(const char* at, std::string_view prefix, std::string_view uri) {
  if (at[5] == ':' && !isNcName(prefix)) return broken(at, "This is no name for a namespace prefix.");
  if (prefix == "xmlns") return broken(at, "The prefix xmlns cannot be declared.");
  if (uri == xmlns_uri || (prefix == "xml") != (uri == xml_uri))
    return broken(at, "The prefix xml and the namespaces of XML itself cannot be declared anew.");
  if (uri.empty() && !prefix.empty())
    return broken(at, "A namespace prefix cannot be declared to mean nothing.");
  return true;
}

// Names get their namespaces when the whole tag is read, because a declaration may follow what it declares.
bool Parser::resolveNames(const char* tag, std::uint32_t qualified) {
  if (!resolve(qualified, false, tag + 1, arena_.nodes[current_].name)) return false;
  arena_.nodes[current_].prefix = qualifiedNames_[qualified].prefix;
  if (tag[1 + qualifiedNames_[qualified].raw.size()] == '>') return true;
  auto& attributes = arena_.attributes;
  const std::size_t first = attributes.size();
  for (const PendingAttribute& pending : pending_) {
    AttributeNode attribute{{}, qualifiedNames_[pending.qualified].prefix, pending.offset, pending.value};
    const char* const at = arena_.source.data() + pending.offset;
    if (!resolve(pending.qualified, true, at, attribute.name)) return false;
    for (std::size_t i = first; i < attributes.size(); ++i)
      if (attributes[i].name == attribute.name)
        return broken(at, "The attribute " + quoted(arena_.names.local(attribute.name)) +
                              " stands twice on one element.");
    attributes.push_back(attribute);
  }
  arena_.nodes[current_].extent.length = static_cast<std::uint32_t>(pending_.size());
  return true;
}

bool Parser::resolve(std::uint32_t qualified, bool isAttribute, const char* at, Name& name) {
  const QualifiedName& known = qualifiedNames_[qualified];
  name.local = known.local;
  if (isAttribute && known.prefix == 0) return true;  // the default namespace is not for attributes
  name.space = bindings_[known.prefix];
  if (name.space != unbound) return true;
  return failAt(at, ProblemKind::invalid, "xml-unbound-prefix",
                "The namespace prefix " + quoted(arena_.prefixes.text(known.prefix)) + " is not declared.",
                "Declare it with xmlns on the root element.");
}

bool Parser::endTag() {
  const char* const tag = at_;
  at_ += 2;
  const Node& node = arena_.nodes[current_];
  const char* const opened = arena_.source.data() + node.offset + 1;
  const char* const start = at_;
  while (has(*at_, in_name)) ++at_;
  const auto length = static_cast<std::size_t>(at_ - start);
  if (length == 0) return unexpected("in an end tag");
  if (std::memcmp(start, opened, length) != 0 || has(opened[length], in_name)) {
    const char* end = opened;
    while (has(*end, in_name)) ++end;
    return broken(tag, "The end tag " + quoted({start, length}) + " does not fit the open element " +
                           quoted({opened, static_cast<std::size_t>(end - opened)}) + ".");
  }
  skipSpace();
  if (*at_ != '>') return unexpected("in an end tag");
  ++at_;
  closeElement();
  return true;
}

void Parser::closeElement() {
  for (; !shadowed_.empty() && shadowed_.back().element == current_; shadowed_.pop_back())
    bindings_[shadowed_.back().prefix] = shadowed_.back().space;
  Node& node = arena_.nodes[current_];
  node.end = static_cast<NodeIndex>(arena_.nodes.size());
  current_ = node.parent;
  --depth_;
}

std::optional<std::uint32_t> Parser::qualifiedName(std::string_view raw, const char* at) {
  const std::uint64_t hash = hashOf(raw);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const QualifiedName& known = qualifiedNames_[slots_[slot] - 1];
    if (known.hash == hash && known.raw == raw) return slots_[slot] - 1;
  }
  return newQualifiedName(raw, at, hash);
}

std::optional<std::uint32_t> Parser::newQualifiedName(std::string_view raw, const char* at,
                                                      std::uint64_t hash) {
  const std::size_t colon = raw.find(':');
  const std::string_view prefix = colon == std::string_view::npos ? std::string_view() : raw.substr(0, colon);
  const std::string_view local = colon == std::string_view::npos ? raw : raw.substr(colon + 1);
  if (!isNcName(local) || (colon != std::string_view::npos && !isNcName(prefix)) || prefix == "xmlns") {
    broken(at, quoted(raw) + " is no XML name.");
    return std::nullopt;
  }
  const auto prefixId = arena_.prefixes.intern(prefix);
  const auto localId = arena_.names.internLocal(local);
  if (!prefixId || !localId || qualifiedNames_.size() >= limits_.names) {
    tooComplex(at, "different names", limits_.names);
    return std::nullopt;
  }
  bindings_.resize(std::max<std::size_t>(bindings_.size(), arena_.prefixes.size()), unbound);
  qualifiedNames_.push_back({raw, hash, *prefixId, *localId});
  const bool crowded = qualifiedNames_.size() * 2 > slots_.size();
  if (crowded) slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = crowded ? 0 : qualifiedNames_.size() - 1; id < qualifiedNames_.size(); ++id) {
    std::size_t slot = qualifiedNames_[id].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(id + 1);
  }
  return static_cast<std::uint32_t>(qualifiedNames_.size() - 1);
}

}  // namespace postgang::xml
