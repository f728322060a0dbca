#include "formats/sbdh.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "xml/writer.h"

namespace postgang::formats {
namespace {

constexpr std::string_view header_uri =
    "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
constexpr std::string_view wrapper_uri = "http://peppol.eu/xsd/ticc/envelope/1.0";
constexpr std::size_t field_bytes_max = 1000, scopes_max = 100;

// Keys that mean something in the network, or may come to.
constexpr std::string_view reserved[] = {"COUNTRY_C1",
                                         "COUNTRY_C4",
                                         "DOCUMENTID",
                                         "MLS_TO",
                                         "MLS_TYPE",
                                         "PROCESSID",
                                         "TECHNICAL_VALIDATION_REQUIRED",
                                         "TECHNICAL_VALIDATION_URL"};

tl::unexpected<Problem> wrong(std::string where, std::string_view why) {
  return fail(ProblemKind::invalid, "sbdh-malformed",
              "The envelope's " + where + " " + std::string(why) + ".", where);
}

tl::unexpected<Problem> mismatch(const Sbdh& header) {
  return fail(ProblemKind::invalid, "sbdh-payload-mismatch",
              "The envelope says that another document lies in it: " +
                  truncated(withoutControls(header.documentType.value), 200) + ".",
              "DOCUMENTID");
}

bool isCountry(std::string_view code) {
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return code.size() == 2 && fits(code[0]) && fits(code[1]);
}

bool isField(std::string_view text) {
  return !text.empty() && text.size() <= field_bytes_max && trimmed(text) == text &&
         withoutControls(text) == text;
}

bool isReserved(std::string_view key) {
  return std::ranges::find(reserved, key) != std::end(reserved);
}

std::string_view name(MlsType type) {
  return type == MlsType::failure_only ? "FAILURE_ONLY" : "ALWAYS_SEND";
}

// --- What must hold of a header, written or read

Outcome checkIds(const Sbdh& header) {
  if (!isPeppolParticipant(header.sender)) return wrong("Sender", "is no participant identifier");
  if (!isPeppolParticipant(header.receiver)) return wrong("Receiver", "is no participant identifier");
  if (!isField(header.instance)) return wrong("InstanceIdentifier", "is missing or too long");
  const auto& scheme = header.documentType.scheme;
  if (scheme != peppol_documents && scheme != peppol_wildcards)
    return wrong("DOCUMENTID", "is of a scheme that Peppol does not have");
  if (!peppolDocumentType(header.documentType.value) ||
      header.documentType.value.find('*') != std::string::npos)
    return wrong("DOCUMENTID", "is no document type");
  if (header.process.scheme != peppol_processes || !isField(header.process.value))
    return wrong("PROCESSID", "is no process");
  if (!isCountry(header.senderCountry)) return wrong("COUNTRY_C1", "is not a country of two letters");
  if (header.mlsTo && !isPeppolServiceProvider(*header.mlsTo))
    return wrong("MLS_TO", "is no service provider");
  return {};
}

Outcome checkOthers(const Sbdh& header) {
  std::vector<std::string_view> keys;
  for (const auto& [key, value] : header.others) {
    if (!isField(key) || isReserved(key)) return wrong("Scope/Type", "is a key that cannot be used");
    if (value.size() > field_bytes_max) return wrong("Scope/InstanceIdentifier", "is too long");
    keys.push_back(key);
  }
  if (keys.size() > scopes_max) return wrong("BusinessScope", "has too many attributes");
  std::ranges::sort(keys);
  if (std::ranges::adjacent_find(keys) != keys.end()) return wrong("Scope/Type", "stands there twice");
  return {};
}

Outcome checkPayload(const Sbdh& header, const xml::Element& payload) {
  if (payload.namespaceUri() == header_uri) return wrong("payload", "is itself an envelope");
  const auto type = peppolDocumentType(header.documentType.value);
  if (!type || payload.namespaceUri() != type->rootNamespace || payload.name() != type->root)
    return mismatch(header);
  return {};
}

// --- Writing

void writeParty(xml::Writer& writer, std::string_view element, std::string_view id) {
  writer.open(element);
  writer.open("Identifier").attribute("Authority", peppol_participants).text(id).close();
  writer.close();
}

void writeScope(xml::Writer& writer, std::string_view type, std::string_view value,
                std::string_view scheme = {}) {
  writer.open("Scope").leaf("Type", type).leaf("InstanceIdentifier", value).leafIfAny("Identifier", scheme);
  writer.close();
}

void writeScopes(xml::Writer& writer, const Sbdh& header) {
  writer.open("BusinessScope");
  writeScope(writer, "DOCUMENTID", header.documentType.value, header.documentType.scheme);
  writeScope(writer, "PROCESSID", header.process.value, header.process.scheme);
  writeScope(writer, "COUNTRY_C1", header.senderCountry);
  if (header.mlsTo) writeScope(writer, "MLS_TO", *header.mlsTo, peppol_participants);
  if (header.mlsType) writeScope(writer, "MLS_TYPE", name(*header.mlsType));
  for (const auto& [key, value] : header.others) writeScope(writer, key, value);
  writer.close();
}

// Whole seconds: the form that every receiver reads.
std::string instantText(Instant instant) {
  return instant.text().substr(0, 19) + "Z";
}

// The document element with all in it, and comments behind it. Where it has no default namespace of its own
// it is told that it has none: the envelope's is around it.
std::string payloadText(const xml::Tree& tree) {
  const auto& arena = tree.arena();
  std::string text = arena.source.substr(arena.nodes[0].offset);
  const auto* begin = arena.declarationsBegin(0);
  const bool declaresDefault = std::any_of(begin, arena.declarationsEnd(0), [&](const xml::Declaration& d) {
    return arena.prefixes.text(d.prefix).empty();
  });
  if (!declaresDefault) text.insert(text.find_first_of(" \t\r\n/>"), " xmlns=\"\"");
  return text;
}

// --- Reading

class Reader {
 public:
  explicit Reader(const xml::Tree& tree) : root_(tree.root()) {}

  Result<Envelope> read() {
    if (!root_.is(header_uri, "StandardBusinessDocument"))
      return wrong("StandardBusinessDocument", "is not the root element");
    if (root_.children().size() != 2)
      return wrong("StandardBusinessDocument", "does not hold a header and one document");
    const auto header = root_.firstChild();
    if (!header.is(header_uri, "StandardBusinessDocumentHeader"))
      return wrong("StandardBusinessDocumentHeader", "is missing");
    Envelope envelope;
    TRY(envelope.header, headerFrom(header));
    CHECK_OK(checkIds(envelope.header));
    CHECK_OK(checkOthers(envelope.header));
    CHECK_OK(takePayload(header.nextSibling(), header, envelope));
    return envelope;
  }

 private:
  static Result<std::string> only(const xml::Element& parent, std::string_view child) {
    const auto found = parent.children(child);
    if (found.size() != 1) return wrong(std::string(child), "does not stand there exactly once");
    const auto element = *found.begin();
    if (element.namespaceUri() != header_uri || element.firstChild())
      return wrong(std::string(child), "is not what the envelope's schema has");
    const auto text = element.text();
    if (text.size() > field_bytes_max) return wrong(std::string(child), "is too long");
    return std::string(trimmed(text));
  }

  static Result<std::string> partyFrom(const xml::Element& header, std::string_view role) {
    const auto parties = header.children(role);
    if (parties.size() != 1) return wrong(std::string(role), "does not stand there exactly once");
    const auto party = *parties.begin();
    TRY(auto id, only(party, "Identifier"));
    if (party.child("Identifier").attribute("Authority") != peppol_participants)
      return wrong(std::string(role), "is of another scheme than Peppol's");
    return id;
  }

  static Result<Sbdh> headerFrom(const xml::Element& element) {
    Sbdh header;
    TRY(const auto version, only(element, "HeaderVersion"));
    if (version != "1.0") return wrong("HeaderVersion", "is not 1.0");
    TRY(header.sender, partyFrom(element, "Sender"));
    TRY(header.receiver, partyFrom(element, "Receiver"));
    const auto identification = element.child(header_uri, "DocumentIdentification");
    TRY(header.instance, only(identification, "InstanceIdentifier"));
    TRY(const auto created, only(identification, "CreationDateAndTime"));
    const auto createdAt = Instant::parse(created);
    if (!createdAt) return wrong("CreationDateAndTime", "is not a time with its zone");
    header.createdAt = *createdAt;
    CHECK_OK(takeScopes(element.child(header_uri, "BusinessScope"), header));
    return header;
  }

  static Outcome takeScopes(const xml::Element& scopes, Sbdh& header) {
    if (scopes.children().size() > scopes_max) return wrong("BusinessScope", "has too many attributes");
    std::vector<std::string> seen;
    for (const auto scope : scopes.children()) {
      if (!scope.is(header_uri, "Scope")) return wrong("BusinessScope", "holds something else than a Scope");
      TRY(const auto type, only(scope, "Type"));
      TRY(const auto value, only(scope, "InstanceIdentifier"));
      std::string scheme;
      if (scope.child("Identifier")) {
        TRY(scheme, only(scope, "Identifier"));
      }
      if (std::ranges::find(seen, type) != seen.end()) return wrong("Scope/Type", "stands there twice");
      seen.push_back(type);
      CHECK_OK(takeScope(type, value, scheme, header));
    }
    for (const auto* needed : {"DOCUMENTID", "PROCESSID", "COUNTRY_C1"})
      if (std::ranges::find(seen, needed) == seen.end()) return wrong(needed, "is missing");
    return {};
  }

  static Outcome takeScope(const std::string& type, const std::string& value, const std::string& scheme,
                           Sbdh& header) {
    if (type == "DOCUMENTID" || type == "PROCESSID") {
      auto& id = type == "DOCUMENTID" ? header.documentType : header.process;
      id.value = value;
      if (!scheme.empty()) id.scheme = scheme;  // left out until 1.1: then the default
    } else if (type == "COUNTRY_C1") {
      header.senderCountry = value;
    } else if (type == "MLS_TO") {
      if (scheme == peppol_participants && isPeppolServiceProvider(value)) header.mlsTo = value;
    } else if (type == "MLS_TYPE") {
      if (value != name(MlsType::failure_only) && value != name(MlsType::always_send))
        return wrong("MLS_TYPE", "is neither FAILURE_ONLY nor ALWAYS_SEND");
      header.mlsType = value == name(MlsType::always_send) ? MlsType::always_send : MlsType::failure_only;
    } else if (!isReserved(type)) {
      header.others.emplace_back(type, value);
    }
    return {};
  }

  static Outcome takePayload(const xml::Element& payload, const xml::Element& header, Envelope& envelope) {
    if (payload.namespaceUri() == wrapper_uri) return takeWrapped(payload, envelope);
    CHECK_OK(checkPayload(envelope.header, payload));
    const auto identification = header.child(header_uri, "DocumentIdentification");
    TRY(const auto standard, only(identification, "Standard"));
    TRY(const auto type, only(identification, "Type"));
    if (standard != payload.namespaceUri() || type != payload.name()) return mismatch(envelope.header);
    envelope.payload = xml::write(payload);
    envelope.mediaType = "application/xml";
    return {};
  }

  static Outcome takeWrapped(const xml::Element& payload, Envelope& envelope) {
    envelope.mediaType = std::string(payload.attribute("mimeType"));
    if (!isField(envelope.mediaType)) return wrong("mimeType", "is missing");
    const auto media = lowered(envelope.mediaType.substr(0, envelope.mediaType.find(';')));
    if (payload.firstChild() || media == "application/xml" || media == "text/xml")
      return wrong("payload", "is XML and stands in a wrapper for what is not");
    if (payload.is("TextContent")) {
      envelope.payload = std::string(payload.text());
      return {};
    }
    auto bytes = payload.is("BinaryContent") ? fromBase64(payload.text()) : std::nullopt;
    if (!bytes) return wrong("payload", "is not base64 in a BinaryContent");
    envelope.payload = std::move(*bytes);
    return {};
  }

  xml::Element root_;
};

}  // namespace

Result<std::string> writeSbdh(const Sbdh& header, std::string_view payload) {
  CHECK_OK(checkIds(header));
  CHECK_OK(checkOthers(header));
  TRY(const auto tree, xml::parse(payload));
  CHECK_OK(checkPayload(header, tree.root()));
  const auto type = *peppolDocumentType(header.documentType.value);
  xml::Writer writer;
  writer.open("StandardBusinessDocument").declare("", header_uri);
  writer.open("StandardBusinessDocumentHeader").leaf("HeaderVersion", "1.0");
  writeParty(writer, "Sender", header.sender);
  writeParty(writer, "Receiver", header.receiver);
  writer.open("DocumentIdentification")
      .leaf("Standard", type.rootNamespace)
      .leaf("TypeVersion", type.version);
  writer.leaf("InstanceIdentifier", header.instance).leaf("Type", type.root);
  writer.leaf("CreationDateAndTime", instantText(header.createdAt)).close();
  writeScopes(writer, header);
  writer.close();
  TRY(auto envelope, writer.finish());
  const auto end = envelope.rfind("</StandardBusinessDocument>");
  envelope.insert(end, payloadText(tree));
  return envelope;
}

Result<Envelope> readSbdh(const xml::Tree& tree) {
  return Reader(tree).read();
}

Result<Envelope> readSbdh(std::string_view bytes, const xml::Limits& limits) {
  TRY(const auto tree, xml::parse(bytes, limits));
  return readSbdh(tree);
}

}  // namespace postgang::formats
