#include "document/listing.h"

#include <vector>

namespace postgang::document {
namespace {

std::string onOneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (c == '\n')
      line += "\\n";
    else if (c != '\r')
      line.push_back(c);
  }
  return line;
}

class Listing {
 public:
  explicit Listing(const BusinessDocument& document) {
    for (const auto& attachment : document.attachments()) sizes_.push_back(attachment.size);
  }

  void addGroup(const GroupView& group, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    for (const auto& value : group.values()) {
      out_ += indent + std::string(name(value.term)) + " " + textOf(value);
      if (!value.qualifier.empty()) out_ += " [" + onOneLine(value.qualifier) + "]";
      if (!value.version.empty()) out_ += " {" + onOneLine(value.version) + "}";
      out_ += "\n";
    }
    for (const auto& inner : group.groups()) {
      out_ += indent + std::string(name(inner.id())) + "\n";
      addGroup(inner, depth + 1);
      if (inner.id() == Group::BG_24 && (inner.find(Term::BT_125) || !inner.text(Term::BT_124).empty()))
        ++attachment_;
    }
  }

  void addExtras(const BusinessDocument& document) {
    for (const auto& extra : document.extras())
      out_ += "+ " + std::string(extra.path) + " " + onOneLine(extra.text) + "\n";
  }

  std::string taken() && { return std::move(out_); }

 private:
  std::string textOf(const Value& value) const {
    if (value.term != Term::BT_125) return onOneLine(value.text);
    return std::to_string(attachment_ < sizes_.size() ? sizes_[attachment_] : 0) + " bytes";
  }

  std::string out_;
  std::vector<std::size_t> sizes_;
  std::size_t attachment_ = 0;
};

}  // namespace

std::string listing(const BusinessDocument& document, ListedExtras extras) {
  Listing list(document);
  list.addGroup(document.root(), 0);
  if (extras == ListedExtras::yes) list.addExtras(document);
  return std::move(list).taken();
}

}  // namespace postgang::document
