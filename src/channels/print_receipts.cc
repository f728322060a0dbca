// What print houses answer.
#include <algorithm>
#include <array>
#include <charconv>

#include "channels/print_batch.h"
#include "channels/print_json.h"
#include "net/file_drop.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;

constexpr std::array reasons = {"unknown-address", "moved", "deceased", "refused", "unclaimed", "incomplete"};
constexpr std::array states = {PrintState::printed, PrintState::posted, PrintState::returned};
constexpr std::size_t receipts_max = 20'000, words_points_max = 300;
constexpr int number_max = 999'999;
constexpr std::string_view ending = ".json";

class ReceiptsReader : PrintJson {
 public:
  ReceiptsReader() : PrintJson("print-receipts-malformed", "The file of receipts") {}

  Result<PrintReceipts> read(std::string_view text) const {
    TRY(const auto root, parsed(text, receipts_bytes_max));
    PrintReceipts all;
    TRY(all.batch, word(root, "batch", ""));
    if (!net::isDropName(all.batch)) return wrong("/batch", "is no batch's name");
    TRY(all.number, count(root, "number", "", number_max));
    const auto* receipts = list(root, "receipts");
    if (!receipts || receipts->size() > receipts_max) return wrong("/receipts", "is not a list of receipts");
    for (std::size_t i = 0; i < receipts->size(); ++i) {
      TRY(auto receipt, receiptFrom((*receipts)[i], "/receipts/" + std::to_string(i)));
      all.receipts.push_back(std::move(receipt));
    }
    return all;
  }

 private:
  Result<PrintReceipt> receiptFrom(const json::value& value, const std::string& at) const {
    const auto* object = value.if_object();
    if (!object) return wrong(at, "is not a receipt");
    PrintReceipt receipt;
    TRY(const auto delivery, word(*object, "delivery", at));
    const auto id = DeliveryId::parse(delivery);
    if (!id) return wrong(at + "/delivery", "is no delivery's id");
    receipt.delivery = *id;
    TRY(const auto said, word(*object, "state", at));
    const auto* state =
        std::find_if(states.begin(), states.end(), [&](PrintState each) { return name(each) == said; });
    if (state == states.end()) return wrong(at + "/state", "is none of printed, posted and returned");
    receipt.state = *state;
    TRY(receipt.at, instant(*object, "at", at));
    if (receipt.state == PrintState::returned) {
      TRY(receipt.reason, word(*object, "reason", at));
      if (!isReturnReason(receipt.reason)) return wrong(at + "/reason", "is not a reason that we know");
    }
    if (object->contains("words")) {
      TRY(const auto words, word(*object, "words", at));
      receipt.words = trimmed(truncated(collapsed(withoutControls(words)), words_points_max));
    }
    return receipt;
  }
};

}  // namespace

std::string_view name(PrintState state) {
  switch (state) {
    case PrintState::printed:
      return "printed";
    case PrintState::posted:
      return "posted";
    case PrintState::returned:
      return "returned";
  }
  return {};
}

bool isReturnReason(std::string_view reason) {
  return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

Result<PrintReceipts> readReceipts(std::string_view text) {
  return ReceiptsReader().read(text);
}

std::string writeReceipts(const PrintReceipts& all) {
  json::array receipts;
  for (const auto& receipt : all.receipts) {
    json::object object{
        {"delivery", receipt.delivery.text()}, {"state", name(receipt.state)}, {"at", receipt.at.text()}};
    if (!receipt.reason.empty()) object["reason"] = receipt.reason;
    if (!receipt.words.empty()) object["words"] = receipt.words;
    receipts.push_back(std::move(object));
  }
  return json::serialize(
             json::object{{"batch", all.batch}, {"number", all.number}, {"receipts", std::move(receipts)}}) +
         "\n";
}

std::string receiptsFile(std::string_view batch, int number) {
  return std::string(batch) + "." + std::to_string(number) + std::string(ending);
}

std::optional<ReceiptsName> receiptsNameOf(std::string_view file) {
  if (!net::isDropName(file) || !file.ends_with(ending)) return std::nullopt;
  file.remove_suffix(ending.size());
  const auto dot = file.rfind('.');
  if (dot == file.npos || dot == 0) return std::nullopt;
  const auto digits = file.substr(dot + 1);
  ReceiptsName found{std::string(file.substr(0, dot)), 0};
  const auto end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, found.number);
  const bool good =
      read.ec == std::errc() && read.ptr == end && found.number >= 1 && found.number <= number_max;
  return good ? std::optional(found) : std::nullopt;
}

}  // namespace postgang::channels
