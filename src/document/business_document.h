// BusinessDocument: an invoice or credit note as EN 16931-1:2017 sees it, independent of syntax.
//
// A document is a tree of groups (BG-n) that hold terms (BT-n) and further groups, in the order of the
// standard. It is kept flat: one array of nodes, one arena of text. Every term can be asked for by its
// identifier, because filters, corrections, search, designs and differences speak in terms; terms.def is the
// one list of them.
//
//   document.root().text(Term::BT_1)                      the invoice number, "" when absent
//   document.root().group(Group::BG_7).text(Term::BT_44)  the buyer's name
//   document.find(Term::BT_44)                            the same: first value of that term anywhere
//   for (GroupView line : document.root().groups(Group::BG_25)) line.decimal(Term::BT_131)
//
// What an invoice carries outside the model is kept beside it (extras), never dropped.
// Immutable once built; made by Builder. Views live as long as their document. Thread-safe to read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/problem.h"
#include "base/time.h"
#include "document/terms.h"

namespace postgang::document {

// What the document is, from its type code (UNTDID 1001) and syntax. despatch advice and orders come with
// later formats.
enum class Kind : std::uint8_t {
  invoice,
  credit_note,
  reminder,
  interest_invoice,
  order,
  order_response,
  despatch_advice,
  other
};
std::string_view name(Kind kind);  // "invoice", "credit-note", …: API and database
std::optional<Kind> kindFromName(std::string_view name);

// Where a value or group stands in the file it was read from; 0 where unknown (built, corrected).
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

// One value of a term. `text` is the value as the file has it, trimmed. The qualifier is what the term's type
// calls for: identifier scheme (ISO 6523 …), currency of an amount, unit of a quantity, list of a code, MIME
// code of a binary object. `version` is a list version or, for binary objects, the file name.
struct Value {
  Term term{};
  std::string_view text;
  std::string_view qualifier;
  std::string_view version;
  Place place;
  std::optional<Decimal> decimal()
      const;                         // amounts, quantities, unit prices, percentages; nullopt if malformed
  std::optional<Date> date() const;  // dates; nullopt if malformed
};

class GroupView;
struct Content;  // content.h

class BusinessDocument {
 public:
  BusinessDocument() = default;  // nothing in it; every question is answered "absent"
  Kind kind() const;
  GroupView root() const;
  std::optional<Value> find(Term term) const;  // the first, in document order
  std::string_view text(Term term) const;      // "" when absent
  std::optional<Decimal> decimal(Term term) const;
  std::optional<Date> date(Term term) const;
  std::vector<Value> all(Term term) const;  // every one, in document order
  std::string_view currency() const;        // BT-5

  // Elements of the file that no term covers: a path in local names, its text, its place.
  struct Extra {
    std::string_view path;
    std::string_view text;
    Place place;
  };
  std::vector<Extra> extras() const;

  // The groups BG-24 that hold a binary object (BT-125) or an external address, in order.
  struct Attachment {
    std::string_view reference;    // BT-122
    std::string_view description;  // BT-123
    std::string_view fileName;
    std::string_view mimeCode;
    std::string_view base64;    // as in the file; "" in a restored document: read the original for it
    std::string_view location;  // BT-124, an external address; never fetched
    std::size_t size = 0;       // bytes once decoded, also where the content was left out
  };
  std::vector<Attachment> attachments() const;

  // The compact, versioned form that is kept beside the original. Big base64 content is left out: it stays in
  // the original, and attachments() of a restored document tells its size. Otherwise restored(serialized())
  // is the same.
  std::string serialized() const;
  static Result<BusinessDocument> restored(
      std::string_view bytes);  // code "document-form-unknown", "document-form-damaged"

  friend bool operator==(const BusinessDocument& a, const BusinessDocument& b);  // same nodes, places apart

 private:
  friend class Builder;
  friend class GroupView;
  explicit BusinessDocument(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  std::shared_ptr<const Content> content_;
};

// A group within a document; falsy when it is absent, and then every question to it answers "absent".
class GroupView {
 public:
  explicit operator bool() const { return content_ != nullptr; }
  Group id() const;
  Place place() const;
  std::optional<Value> find(Term term) const;   // directly in this group
  std::string_view text(Term term) const;       // "" when absent
  std::string_view qualifier(Term term) const;  // "" when absent
  std::optional<Decimal> decimal(Term term) const;
  std::optional<Date> date(Term term) const;
  std::vector<Value> all(Term term) const;  // repeated terms (BT-29, BT-158 …)
  std::vector<Value> values() const;        // all terms directly here, in order
  GroupView group(Group id) const;          // the first such group directly here
  std::vector<GroupView> groups(Group id) const;
  std::vector<GroupView> groups() const;  // all, in order

 private:
  friend class BusinessDocument;
  GroupView() = default;
  GroupView(const Content* content, std::uint32_t node) : content_(content), node_(node) {}
  const Content* content_ = nullptr;
  std::uint32_t node_ = 0;
};

// Builds a document: begin/end groups, add values. Their order does not matter: the document comes out in the
// order of the standard, repeated ones as they were added. Groups and terms stand where terms.def says;
// anything else is a programming error and asserted.
class Builder {
 public:
  explicit Builder(Kind kind);
  ~Builder();
  Builder(Builder&&) noexcept;
  Builder& operator=(Builder&&) noexcept;
  void setKind(Kind kind);                    // where it is known only at the end
  void begin(Group group, Place place = {});  // a new group within the one that is open
  void enter(Group group,
             Place place = {});  // the last such group within the open one, begun where there is none
  void end();
  // For readers of files whose elements do not nest as the groups do: where one is, and going back there.
  using Mark = std::uint32_t;
  Mark mark() const;
  void moveTo(Mark group);
  // BT-130 and BT-150 may be given as the quantity's qualifier or as terms of their own.
  void add(Term term, std::string_view text, std::string_view qualifier = {}, std::string_view version = {},
           Place place = {});
  void addExtra(std::string_view path, std::string_view text, Place place = {});
  BusinessDocument build() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace postgang::document
