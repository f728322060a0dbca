#include "store/sql/facts.h"

#include <boost/json.hpp>

#include "base/json_text.h"
#include "base/utf8.h"
#include "store/sql/fact_fields.h"

namespace postgang::store::sql {
namespace {

namespace json = boost::json;
using document::Kind;

std::optional<std::string> fromHex(std::string_view text) {
  const auto nibble = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    if (nibble(text[i]) < 0 || nibble(text[i + 1]) < 0) return std::nullopt;
    bytes += static_cast<char>(nibble(text[i]) * 16 + nibble(text[i + 1]));
  }
  return bytes;
}

// --- Writing
// ----------------------------------------------------------------------------------------------------

class Writer {
 public:
  template <typename T>
  void operator()(std::string_view key, const T& value) {
    if (isEmpty(value)) return;
    out_ += first_ ? "\"" : ",\"";
    first_ = false;
    out_ += key;
    out_ += "\":";
    write(value);
  }
  void open() {
    out_ += '{';
    first_ = true;
  }
  void close() {
    out_ += '}';
    first_ = false;
  }
  template <typename T>
  void write(const T& value);
  std::string take() { return std::move(out_); }

 private:
  template <typename T>
  static bool isEmpty(const T& value) {
    if constexpr (requires { value.empty(); })
      return value.empty();
    else if constexpr (requires { value.has_value(); })
      return !value.has_value();
    else if constexpr (std::same_as<T, bool>)
      return !value;
    else
      return false;
  }
  void quoted(std::string_view text) { appendJsonString(out_, text); }

  std::string out_;
  bool first_ = true;
};

template <typename T>
void Writer::write(const T& value) {
  if constexpr (std::same_as<T, std::string>)
    quoted(value);
  else if constexpr (std::same_as<T, bool>)
    out_ += value ? "true" : "false";
  else if constexpr (std::integral<T>)
    out_ += std::to_string(value);
  else if constexpr (std::same_as<T, CompanyId>)
    out_ += std::to_string(value.value);
  else if constexpr (std::same_as<T, Digest>)
    quoted(hex(view(value)));
  else if constexpr (std::same_as<T, Kind> || std::same_as<T, ActorKind>)
    quoted(name(value));
  else if constexpr (requires { value->text(); })
    quoted(value->text());  // optional date, decimal, id, instant
  else if constexpr (requires { value.text(); })
    quoted(value.text());
  else if constexpr (requires { value.has_value(); })
    write(*value);
  else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
    open();
    for (const auto& [key, text] : value) {
      out_ += first_ ? "" : ",";
      first_ = false;
      quoted(key);
      out_ += ':';
      quoted(text);
    }
    close();
  } else if constexpr (requires { value.size(); }) {
    out_ += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) out_ += ',';
      write(value[i]);
    }
    out_ += ']';
    first_ = false;
  } else {
    open();
    fields(*this, value);
    close();
  }
}

// --- Reading
// ----------------------------------------------------------------------------------------------------

std::optional<ActorKind> actorKindFromName(std::string_view text) {
  for (const auto kind :
       {ActorKind::system, ActorKind::person, ActorKind::key, ActorKind::channel, ActorKind::demo})
    if (name(kind) == text) return kind;
  return std::nullopt;
}

// Reads what it knows and remembers whether anything had the wrong shape.
class FieldReader {
 public:
  explicit FieldReader(const json::object& object) : object_(object) {}
  template <typename T>
  void operator()(std::string_view key, T& value) {
    if (const auto* found = object_.if_contains(key); found && !read(*found, value)) damaged_ = true;
  }
  bool damaged() const { return damaged_; }

  template <typename T>
  static bool read(const json::value& from, T& to);

 private:
  template <typename T>
  static bool take(std::optional<T>&& parsed, T& to) {
    if (parsed) to = std::move(*parsed);
    return parsed.has_value();
  }
  static bool readText(std::string_view text, Digest& to) {
    const auto bytes = fromHex(text);
    if (!bytes || bytes->size() != to.size()) return false;
    std::ranges::copy(*bytes, to.begin());
    return true;
  }
  static bool readText(std::string_view text, Kind& to) { return take(document::kindFromName(text), to); }
  static bool readText(std::string_view text, ActorKind& to) { return take(actorKindFromName(text), to); }
  template <typename T>
  requires requires(std::string_view text) { T::parse(text); }
  static bool readText(std::string_view text, T& to) { return take(T::parse(text), to); }

  const json::object& object_;
  bool damaged_ = false;
};

template <typename T>
bool FieldReader::read(const json::value& from, T& to) {
  if constexpr (std::same_as<T, std::string>) {
    if (from.is_string()) to = std::string_view(from.get_string());
    return from.is_string();
  } else if constexpr (std::same_as<T, bool>) {
    if (from.is_bool()) to = from.get_bool();
    return from.is_bool();
  } else if constexpr (std::integral<T>) {
    if (from.is_int64()) to = static_cast<T>(from.get_int64());
    return from.is_int64();
  } else if constexpr (std::same_as<T, CompanyId>) {
    return read(from, to.value);
  } else if constexpr (requires { to.has_value(); }) {
    return read(from, to.emplace());
  } else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
    if (!from.is_object()) return false;
    for (const auto& item : from.get_object())
      if (!read(item.value(), to[std::string(item.key())])) return false;
    return true;
  } else if constexpr (requires { to.emplace_back(); }) {
    if (!from.is_array()) return false;
    for (const auto& item : from.get_array())
      if (!read(item, to.emplace_back())) return false;
    return true;
  } else if constexpr (requires { readText(std::string_view(), to); }) {
    return from.is_string() && readText(from.get_string(), to);
  } else {
    if (!from.is_object()) return false;
    FieldReader inner(from.get_object());
    fields(inner, to);
    return !inner.damaged();
  }
}

// --- Cleaning
// ---------------------------------------------------------------------------------------------------

class Cleaner {
 public:
  template <typename T>
  void operator()(std::string_view, T& value) {
    clean(value);
  }

 private:
  template <typename T>
  void clean(T& value) {
    if constexpr (std::same_as<T, std::string>)
      cleanText(value);
    else if constexpr (std::same_as<T, std::map<std::string, std::string>>) {
      for (auto& [key, text] : value) cleanText(text);
    } else if constexpr (requires { value.emplace_back(); }) {
      for (auto& item : value) clean(item);
    } else if constexpr (HasFields<T, Cleaner>) {
      fields(*this, value);
    }
  }
  static void cleanText(std::string& text) {
    if (firstInvalidUtf8(text) == std::string::npos && text.find('\0') == std::string::npos) return;
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
      const auto next = codePointAt(text, at);
      appendUtf8(clean, next.length == 0 || next.value == 0 ? U'\uFFFD' : next.value);
      at += std::max<std::size_t>(next.length, 1);
    }
    text = std::move(clean);
  }
};

// --- Which fact an event carries
// ----------------------------------------------------------------------------------

Fact emptyFact(EventType type) {
  switch (type) {
    case EventType::received:
      return ReceivedFact{};
    case EventType::recognised:
      return RecognisedFact{};
    case EventType::stopped:
    case EventType::held:
    case EventType::warned:
      return StoppedFact{};
    case EventType::routed:
      return RoutedFact{};
    case EventType::delivery_started:
    case EventType::sent:
    case EventType::delivered:
    case EventType::bounced:
    case EventType::delivery_failed:
    case EventType::delivery_uncertain:
    case EventType::delivery_expired:
    case EventType::delivery_returned:
    case EventType::delivery_queued:
    case EventType::printed:
    case EventType::posted:
    case EventType::wrong_recipient:
    case EventType::not_fetched:
      return DeliveryFact{};
    case EventType::answered:
      return AnswerFact{};
    case EventType::part_opened:
    case EventType::page_fetched:
    case EventType::deadline_moved:
    case EventType::reminded:
    case EventType::recipient_bounced:
    case EventType::asked:
    case EventType::einvoice_wanted:
      return SmartmailFact{};
    case EventType::fetched:
    case EventType::opened:
      return AccessFact{};
    case EventType::failed:
      return FailedFact{};
    case EventType::notice_sent:
    case EventType::notice_read:
    case EventType::notice_bounced:
    case EventType::notice_unreachable:
      return NoticeFact{};
    default:
      return NoteFact{};
  }
}

}  // namespace

bool belongs(EventType type, const Fact& fact) {
  return emptyFact(type).index() == fact.index();
}

Payload cleaned(Payload payload) {
  Cleaner cleaner;
  fields(cleaner, payload.actor);
  std::visit([&](auto& fact) { fields(cleaner, fact); }, payload.fact);
  return payload;
}

std::string encoded(const Payload& payload) {
  Writer writer;
  writer.open();
  writer("actor", payload.actor);
  std::visit([&](const auto& fact) { writer("fact", fact); }, payload.fact);
  writer.close();
  return writer.take();
}

Result<Payload> decoded(EventType type, std::string_view bytes) {
  const auto damaged = [] {
    return postgang::fail(ProblemKind::internal, "event-damaged", "An event's payload cannot be read.", {},
                          "Run postgang admin verify.");
  };
  boost::system::error_code error;
  const auto value = json::parse(bytes, error);
  if (error || !value.is_object()) return damaged();
  Payload payload{.actor = {}, .fact = emptyFact(type)};
  FieldReader reader(value.get_object());
  reader("actor", payload.actor);
  std::visit([&](auto& fact) { reader("fact", fact); }, payload.fact);
  if (reader.damaged()) return damaged();
  return payload;
}

namespace {

template <typename T>
std::string encodedValue(const T& value) {
  if (value.empty()) return {};
  Writer writer;
  writer.write(value);
  return writer.take();
}

template <typename T>
T decodedValue(std::string_view text) {
  T value;
  if (text.empty()) return value;
  boost::system::error_code error;
  const auto parsed = json::parse(text, error);
  if (error || !FieldReader::read(parsed, value)) return {};
  return value;
}

}  // namespace

std::string encodedTexts(const std::vector<std::string>& texts) {
  return encodedValue(texts);
}
std::vector<std::string> decodedTexts(std::string_view text) {
  return decodedValue<std::vector<std::string>>(text);
}
std::string encodedMap(const std::map<std::string, std::string>& values) {
  return encodedValue(values);
}
std::map<std::string, std::string> decodedMap(std::string_view text) {
  return decodedValue<std::map<std::string, std::string>>(text);
}
std::string encodedAttempts(const std::vector<Attempt>& attempts) {
  return encodedValue(attempts);
}
std::vector<Attempt> decodedAttempts(std::string_view text) {
  return decodedValue<std::vector<Attempt>>(text);
}

std::string encodedRoad(const Road& road) {
  Writer writer;
  writer.write(road);
  return writer.take();
}
Road decodedRoad(std::string_view text) {
  return decodedValue<Road>(text);
}

}  // namespace postgang::store::sql
