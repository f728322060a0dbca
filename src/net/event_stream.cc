#include "net/event_stream.h"

#include <utility>

namespace postgang::net {
namespace {

// A line of the event stream format ends at CR, LF or both: none may stand inside a field.
std::string oneLine(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  return result;
}

void appendData(std::string& text, std::string_view data) {
  while (true) {
    const auto end = data.find_first_of("\r\n");
    text.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == std::string_view::npos) return;
    data.remove_prefix(data.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
  }
}

}  // namespace

bool EventStream::send(std::string_view id, std::string_view event, std::string_view data) {
  std::string text;
  text.reserve(id.size() + event.size() + data.size() + 32);
  if (!id.empty()) text += "id: " + oneLine(id) + "\n";
  if (!event.empty()) text += "event: " + oneLine(event) + "\n";
  appendData(text, data);
  text += "\n";
  return push(std::move(text));
}

bool EventStream::comment(std::string_view text) {
  return push(": " + oneLine(text) + "\n\n");
}

bool EventStream::push(std::string text) {
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    overflowed_ = waiting_.size() + text.size() > limit_;
    if (!overflowed_) {
      waiting_ += text;
      wake = wake_;
    }
  }
  if (!wake) {
    if (!overflowed()) return true;  // nobody is attached yet
    end(true);
    return false;
  }
  wake();
  return true;
}

bool EventStream::fits(std::size_t dataBytes) const {
  constexpr std::size_t frame = 256;  // id, event and field names
  const std::lock_guard lock(mutex_);
  return !ended_ && waiting_.size() + dataBytes + frame <= limit_;
}

void EventStream::close() {
  end(false);
}
void EventStream::abandon() {
  end(true);
}

void EventStream::end(bool drop) {
  std::function<void()> wake, callback;
  {
    const std::lock_guard lock(mutex_);
    if (drop) waiting_.clear();
    if (!ended_) callback = std::exchange(ended_callback_, nullptr);
    ended_ = true;
    wake = wake_;
  }
  if (wake) wake();
  if (callback) callback();
}

bool EventStream::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

bool EventStream::overflowed() const {
  const std::lock_guard lock(mutex_);
  return overflowed_;
}

bool EventStream::finished() const {
  const std::lock_guard lock(mutex_);
  return ended_ && waiting_.empty();
}

void EventStream::onEnd(std::function<void()> callback) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) {
      ended_callback_ = std::move(callback);
      return;
    }
  }
  callback();
}

void EventStream::attach(std::function<void()> wake) {
  {
    const std::lock_guard lock(mutex_);
    wake_ = wake;
  }
  if (wake) wake();
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

}  // namespace postgang::net
