// Formats: how a file becomes a business document and back. One file of this folder per format, one line in
// format.cc.
//
//   TRY(auto reading, readDocument(bytes));        recognise, parse, read
//   reading.document.text(Term::BT_1)
//   TRY(auto file, writeDocument(document, "ubl-invoice"));
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "document/business_document.h"
#include "xml/parse.h"
#include "xml/tree.h"

namespace postgang::formats {

struct Correction;  // correct_ubl.h

struct Format {
  std::string_view id;    // stable, for database and API: "ubl-invoice"
  std::string_view name;  // for people: "UBL 2.1 Invoice"
  document::Kind kind;    // what such a file usually is; the document says it exactly
  bool (*recognises)(const xml::Tree& tree);
  Result<document::BusinessDocument> (*read)(const xml::Tree& tree);  // null: known by name, not read yet
  Result<std::string> (*write)(const document::BusinessDocument& document);  // null: not written
  // null: not corrected; see correct.h
  Result<std::string> (*correct)(const xml::Tree& tree, const document::BusinessDocument& document,
                                 const Correction& correction) = nullptr;
};

std::span<const Format> formats();            // in the order in which they are tried
const Format* formatOf(std::string_view id);  // null when there is none

// What a file says it is.
struct Recognised {
  const Format* format = nullptr;
  std::string customization;  // BT-24 as it stands: which rules the file claims to follow; may be empty
  std::string profile;        // BT-23: the business process; may be empty
};

// Codes: format-unknown (the detail and the parameters `root` and `namespace` say what was found).
Result<Recognised> recognise(const xml::Tree& tree);

struct Reading {
  Recognised recognised;
  document::BusinessDocument document;
};

// Codes: those of recognise and of the format's reader, and format-not-supported (the format is known and not
// read yet; parameter `format`).
Result<Reading> readDocument(const xml::Tree& tree);
// The tree of a file. Codes of xml::parse, and format-not-xml where the bytes are plainly something else (a
// PDF, an image, an archive; parameter `found`).
Result<xml::Tree> treeOf(std::string_view bytes, const xml::Limits& limits = {});
// Both at once.
Result<Reading> readDocument(std::string_view bytes, const xml::Limits& limits = {});

// Codes: format-not-written, xml-unwritable-character.
Result<std::string> writeDocument(const document::BusinessDocument& document, std::string_view formatId);

}  // namespace postgang::formats
