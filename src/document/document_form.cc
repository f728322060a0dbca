// The compact form of a document, kept beside the original so that history, copies and corrections need no
// XML.
//
//   "PGD" version kind
//   then, until `finish`, one operation each:
//     1 … 165      a term: text, qualifier, version, place     (the standard's numbers, so the list may grow)
//     200 … 232    a group opens: place
//     250          the open group ends
//     251          an extra: path, text, place
//     252          a term whose base64 content is left out: term, bytes, qualifier, version, place
//     255          finish
//
// A text is a number n: even, n/2 bytes follow; odd, it is the text number n/2 that stood before (currencies,
// schemes, units and paths repeat). A place is the line's difference to the place before, zigzag, and the
// column. Numbers are LEB128. Whoever changes this raises the version and goes on reading the old;
// tests/document/forms keeps a file of each.
#include <cstring>
#include <optional>
#include <unordered_map>

#include "document/business_document.h"
#include "document/content.h"

namespace postgang::document {
namespace {

constexpr std::string_view magic = "PGD";
constexpr char version_now = 1;
constexpr unsigned first_group = 200;
constexpr unsigned op_end = 250;
constexpr unsigned op_extra = 251;
constexpr unsigned op_left_out = 252;
constexpr unsigned op_finish = 255;
constexpr std::size_t shared_text_max = 64;  // longer texts are not looked up

class Writer {
 public:
  explicit Writer(const Content& content) : content_(content) {
    out_.reserve(content.arena.size() + 4 * content.nodes.size());
  }

  std::string written() {
    out_.append(magic);
    out_.push_back(version_now);
    out_.push_back(static_cast<char>(content_.kind));
    writeChildren(0);
    for (const auto& extra : content_.extras) {
      put(op_extra);
      writeText(content_.at(extra.path));
      writeText(content_.at(extra.text));
      writePlace(extra.place);
    }
    put(op_finish);
    return std::move(out_);
  }

 private:
  void put(unsigned op) { out_.push_back(static_cast<char>(op)); }

  void writeNumber(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) out_.push_back(static_cast<char>(number | 0x80));
    out_.push_back(static_cast<char>(number));
  }

  void writeText(std::string_view text) {
    if (text.size() > 1 && text.size() <= shared_text_max) {
      const auto [found, isNew] = known_.try_emplace(text, known_.size());
      if (!isNew) return writeNumber(found->second * 2 + 1);
    }
    writeNumber(text.size() * 2);
    out_.append(text);
  }

  void writePlace(Place place) {
    const auto difference = static_cast<std::int64_t>(place.line) - line_;
    writeNumber(static_cast<std::uint64_t>(difference) << 1 ^ static_cast<std::uint64_t>(difference >> 63));
    writeNumber(place.column);
    line_ = place.line;
  }

  void writeTerm(const Node& node) {
    const auto text = content_.at(node.text);
    const bool leftOut = node.leftOut > 0 || (node.term() == Term::BT_125 && text.size() > binary_kept_max);
    put(leftOut ? op_left_out : node.id);
    if (leftOut) {
      put(node.id);
      writeNumber(node.leftOut > 0 ? node.leftOut : decodedSize(text));
    } else {
      writeText(text);
    }
    writeText(content_.at(node.qualifier));
    writeText(content_.at(node.version));
    writePlace(node.place);
  }

  void writeChildren(std::uint32_t group) {
    const auto end = content_.nodes[group].end;
    for (auto i = group + 1; i < end; i = content_.nodes[i].end) {
      const auto& node = content_.nodes[i];
      if (!node.isGroup) {
        writeTerm(node);
        continue;
      }
      put(first_group + node.id);
      writePlace(node.place);
      writeChildren(i);
      put(op_end);
    }
  }

  const Content& content_;
  std::string out_;
  std::unordered_map<std::string_view, std::size_t> known_;
  std::int64_t line_ = 0;
};

// Reads bytes that may have been damaged or made up: every number is checked before it is used.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  // False where the bytes are not such a form.
  bool read(Content& content) {
    unsigned kind = 0;
    if (!readByte(kind) || kind > static_cast<unsigned>(Kind::other)) return false;
    content.kind = static_cast<Kind>(kind);
    if (bytes_.size() >= Content::none) return false;
    content.arena.reserve(bytes_.size());
    content.nodes.push_back(Node::of(Group::BG_0));
    open_.push_back(0);
    for (unsigned op = 0; readByte(op);) {
      if (op == op_finish) return finish(content);
      if (!readOperation(op, content)) return false;
    }
    return false;
  }

 private:
  bool finish(Content& content) {
    if (open_.size() != 1 || at_ != bytes_.size()) return false;
    content.nodes[0].end = static_cast<std::uint32_t>(content.nodes.size());
    content.indexTerms();
    return true;
  }

  bool readOperation(unsigned op, Content& content) {
    if (op == op_end) return endGroup(content);
    if (op == op_extra) return readExtra(content);
    if (op == op_left_out) return readByte(op) && readTerm(op, true, content);
    if (op >= first_group) return beginGroup(op - first_group, content);
    return readTerm(op, false, content);
  }

  bool beginGroup(unsigned number, Content& content) {
    const auto group = groupFromNumber(number);
    if (!group || *group == Group::BG_0 || info(*group).parent != content.nodes[open_.back()].group())
      return false;
    Node node = Node::of(*group);
    if (!readPlace(node.place)) return false;
    open_.push_back(static_cast<std::uint32_t>(content.nodes.size()));
    content.nodes.push_back(node);
    return true;
  }

  bool endGroup(Content& content) {
    if (open_.size() == 1) return false;
    content.nodes[open_.back()].end = static_cast<std::uint32_t>(content.nodes.size());
    open_.pop_back();
    return true;
  }

  bool readTerm(unsigned number, bool leftOut, Content& content) {
    const auto term = termFromNumber(number);
    if (!term || info(*term).group != content.nodes[open_.back()].group()) return false;
    Node node = Node::of(*term);
    if (leftOut) {
      std::uint64_t size = 0;
      if (!readNumber(size) || size == 0 || size >= Content::none) return false;
      node.leftOut = static_cast<std::uint32_t>(size);
    } else if (!readText(node.text, content)) {
      return false;
    }
    if (!readText(node.qualifier, content) || !readText(node.version, content) || !readPlace(node.place))
      return false;
    node.end = static_cast<std::uint32_t>(content.nodes.size() + 1);
    content.nodes.push_back(node);
    return true;
  }

  bool readExtra(Content& content) {
    ExtraNode extra;
    if (!readText(extra.path, content) || !readText(extra.text, content) || !readPlace(extra.place))
      return false;
    content.extras.push_back(extra);
    return true;
  }

  bool readByte(unsigned& byte) {
    if (at_ == bytes_.size()) return false;
    byte = static_cast<unsigned char>(bytes_[at_++]);
    return true;
  }

  bool readNumber(std::uint64_t& number) {
    number = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      unsigned byte = 0;
      if (!readByte(byte)) return false;
      number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  bool readText(Slice& slice, Content& content) {
    std::uint64_t number = 0;
    if (!readNumber(number)) return false;
    if (number % 2 == 1) {
      if (number / 2 >= known_.size()) return false;
      slice = known_[number / 2];
      return true;
    }
    const auto size = number / 2;
    if (size > bytes_.size() - at_) return false;
    if (size == 0) return true;
    slice = {static_cast<std::uint32_t>(content.arena.size()), static_cast<std::uint32_t>(size)};
    content.arena.append(bytes_.substr(at_, size));
    at_ += size;
    if (size > 1 && size <= shared_text_max) known_.push_back(slice);
    return true;
  }

  bool readPlace(Place& place) {
    std::uint64_t difference = 0;
    std::uint64_t column = 0;
    if (!readNumber(difference) || !readNumber(column) || column > 0xffffffff || difference > 0x1ffffffff)
      return false;
    const auto line = line_ + static_cast<std::int64_t>(difference >> 1 ^ (~(difference & 1) + 1));
    if (line < 0 || line > 0xffffffff) return false;
    line_ = line;
    place = {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column)};
    return true;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::vector<std::uint32_t> open_;
  std::vector<Slice> known_;
  std::int64_t line_ = 0;
};

}  // namespace

std::string BusinessDocument::serialized() const {
  if (!content_) return Builder(Kind::other).build().serialized();
  return Writer(*content_).written();
}

Result<BusinessDocument> BusinessDocument::restored(std::string_view bytes) {
  if (!bytes.starts_with(magic) || bytes.size() < magic.size() + 1 || bytes[magic.size()] != version_now)
    return fail(ProblemKind::internal, "document-form-unknown",
                "The stored document is in a form that this version does not know.", {},
                "Read the original again, or use the version that wrote it.");
  auto content = std::make_shared<Content>();
  if (!Reader(bytes.substr(magic.size() + 1)).read(*content))
    return fail(ProblemKind::internal, "document-form-damaged", "The stored form of the document is damaged.",
                {}, "Read the original again.");
  return BusinessDocument(std::move(content));
}

}  // namespace postgang::document
