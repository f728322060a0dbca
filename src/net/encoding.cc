#include "net/encoding.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

#include "base/bytes.h"
#include "base/text.h"

namespace postgang::net {
namespace {

constexpr std::size_t piece = 64 * 1024;
constexpr int gzip_level = 3;
constexpr int brotli_quality = 4;  // about gzip 3's time, a tenth smaller

auto tooLarge(std::size_t limit) {
  return fail(ProblemKind::too_large, "body-too-large",
              "Decompressed, the body is over " + std::to_string(limit) + " bytes.", "",
              "Send a smaller body.");
}

auto damaged(std::string_view encoding) {
  return fail(ProblemKind::invalid, "encoding-damaged",
              "The body is not what its Content-Encoding says (" + std::string(encoding) + ").");
}

// `windowBits` as zlib's inflateInit2 takes them: 31 gzip, 15 zlib, -15 raw.
Result<std::string> inflated(std::string_view encoding, std::string_view bytes, std::size_t limit,
                             int windowBits) {
  z_stream stream{};
  if (inflateInit2(&stream, windowBits) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  std::string result;
  std::array<char, piece> buffer;
  std::size_t offset = 0;
  int state = Z_OK;
  while (state != Z_STREAM_END) {
    if (stream.avail_in == 0 && offset < bytes.size()) {
      const auto count = std::min<std::size_t>(bytes.size() - offset, 1u << 30);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + offset));
      stream.avail_in = static_cast<uInt>(count);
      offset += count;
    }
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = piece;
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) return damaged(encoding);
    const auto produced = piece - stream.avail_out;
    if (produced > limit - result.size()) return tooLarge(limit);
    result.append(buffer.data(), produced);
  }
  // What follows the end is not compressed by anyone we know; taking the first part alone would lose the
  // rest.
  if (stream.avail_in > 0 || offset < bytes.size()) return damaged(encoding);
  return result;
}

Result<std::string> brotliDecoded(std::string_view bytes, std::size_t limit) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  if (!state) throw std::bad_alloc();
  std::string result;
  std::array<std::uint8_t, piece> buffer;
  auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t available = bytes.size();
  while (true) {
    std::uint8_t* out = buffer.data();
    std::size_t room = piece;
    const auto answer = BrotliDecoderDecompressStream(state.get(), &available, &next, &room, &out, nullptr);
    const std::size_t produced = piece - room;
    if (produced > limit - result.size()) return tooLarge(limit);
    result.append(reinterpret_cast<const char*>(buffer.data()), produced);
    if (answer == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) continue;
    if (answer != BROTLI_DECODER_RESULT_SUCCESS || available > 0) return damaged("br");
    return result;
  }
}

Result<std::string> zstdDecoded(std::string_view bytes, std::size_t limit) {
  auto result = decompress(bytes, limit);
  if (result) return result;
  if (result.error().kind == ProblemKind::too_large) return tooLarge(limit);
  return damaged("zstd");
}

Result<std::string> decodeOne(std::string_view encoding, std::string_view bytes, std::size_t limit) {
  if (encoding == "gzip" || encoding == "x-gzip") return inflated(encoding, bytes, limit, 31);
  if (encoding == "deflate") {  // zlib's form by the standard, the raw form by several clients
    auto result = inflated(encoding, bytes, limit, 15);
    if (result || result.error().kind == ProblemKind::too_large) return result;
    return inflated(encoding, bytes, limit, -15);
  }
  if (encoding == "br") return brotliDecoded(bytes, limit);
  if (encoding == "zstd") return zstdDecoded(bytes, limit);
  return fail(ProblemKind::unsupported, "encoding-unknown",
              "The Content-Encoding " + std::string(encoding) + " is not taken here.", "",
              "Send the body as gzip, deflate, br or zstd, or as it is.");
}

}  // namespace

Result<std::string> decodeBody(std::string_view encoding, std::string_view bytes, std::size_t limit) {
  std::vector<std::string> codings;
  for (auto name : split(encoding, ','))
    if (auto coding = lowered(trimmed(name)); !coding.empty() && coding != "identity")
      codings.push_back(coding);
  if (codings.size() > 3)
    return fail(ProblemKind::unsupported, "encoding-unknown",
                "The body is in more codings than are taken here.");
  if (codings.empty()) {
    if (bytes.size() > limit) return tooLarge(limit);
    return std::string(bytes);
  }
  TRY(auto result, decodeOne(codings.back(), bytes, limit));
  for (std::size_t i = codings.size() - 1; i-- > 0;) {
    TRY(auto inner, decodeOne(codings[i], result, limit));
    result = std::move(inner);
  }
  return result;
}

std::string gzipped(std::string_view bytes, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, deflateEnd);
  std::string result(deflateBound(&stream, bytes.size()), '\0');
  assert(bytes.size() < (1u << 31) && result.size() < (1u << 31));
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  [[maybe_unused]] const int state = deflate(&stream, Z_FINISH);
  assert(state == Z_STREAM_END);
  result.resize(stream.total_out);
  return result;
}

std::string brotlied(std::string_view bytes, int quality) {
  std::size_t size = std::max<std::size_t>(BrotliEncoderMaxCompressedSize(bytes.size()), 64);
  std::string result(size, '\0');
  const auto good = BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                                          reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                          reinterpret_cast<std::uint8_t*>(result.data()));
  if (!good) throw std::bad_alloc();
  result.resize(size);
  return result;
}

bool isCompressible(std::string_view contentType) {
  const std::string type = lowered(trimmed(contentType.substr(0, contentType.find(';'))));
  if (type == "text/event-stream") return false;
  for (std::string_view known : {"application/json", "application/xml", "application/javascript",
                                 "application/manifest+json", "application/edifact", "application/wasm"})
    if (type == known) return true;
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml");
}

void compressReply(const Request& request, Reply& reply, std::size_t fromBytes) {
  const auto bytes = reply.bytes();
  if (reply.events || reply.source || !reply.compressible || bytes.size() < fromBytes || reply.status == 206)
    return;
  if (reply.headers.has("Content-Encoding") || !isCompressible(reply.headers.get("Content-Type"))) return;
  if (const auto vary = reply.headers.all("Vary"); vary.find("Accept-Encoding") == std::string::npos)
    reply.headers.add("Vary", "Accept-Encoding");
  const auto encoding = preferredEncoding(request.headers.all("Accept-Encoding"));
  if (encoding == "identity") return;
  std::string packed = encoding == "br" ? brotlied(bytes, brotli_quality) : gzipped(bytes, gzip_level);
  if (packed.size() >= bytes.size()) return;
  reply.body = std::move(packed);
  reply.shared.reset();
  reply.headers.set("Content-Encoding", std::string(encoding));
  if (const auto etag = reply.headers.get("ETag"); etag.starts_with('"'))
    reply.headers.set("ETag", "W/" + std::string(etag));
}

}  // namespace postgang::net
