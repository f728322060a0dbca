#include "render/payment_code.h"

#include <qrencode.h>

#include <memory>

#include "base/json_text.h"
#include "base/text.h"

namespace postgang::render {
namespace {

constexpr std::size_t epc_name_max = 70, epc_text_max = 140, epc_bytes_max = 331;
constexpr std::size_t payee_points_max = 60;

std::string compact(Date date) {
  std::string text = date.text();
  std::erase(text, '-');
  return text;
}

class JsonLine {
 public:
  void text(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    name(key);
    appendJsonString(line_, value);
  }
  void number(std::string_view key, const std::string& value) {
    name(key);
    line_ += value;
  }
  std::string done() { return line_ + "}"; }

 private:
  void name(std::string_view key) {
    line_ += line_.size() > 1 ? "," : "";
    appendJsonString(line_, key);
    line_ += ':';
  }
  std::string line_ = "{";
};

// VAT by the three Swedish rates, as the format has it: high 25, medium 12, low 6 %.
std::string vatAt(const GiroPayment& payment, int rate) {
  for (const auto& vat : payment.vat)
    if (vat.rate == Decimal(rate)) return vat.amount.text(2);
  return "0";
}

}  // namespace

std::string usingQr(const GiroPayment& payment) {
  JsonLine line;
  line.number("uqr", "1");
  line.number("tp", "1");
  line.text("nme", truncated(payment.payee, payee_points_max));
  line.text("cc", payment.country);
  line.text("cid", payment.payeeNumber);
  line.text("iref", payment.reference);
  if (payment.issued) line.text("idt", compact(*payment.issued));
  if (payment.due) line.text("ddt", compact(*payment.due));
  line.number("due", payment.amount.text(2));
  line.text("cur", "SEK");
  if (!payment.vat.empty()) {
    line.number("vh", vatAt(payment, 25));
    line.number("vm", vatAt(payment, 12));
    line.number("vl", vatAt(payment, 6));
  }
  line.text("pt", payment.plusgiro ? "PG" : "BG");
  line.text("acc", payment.account);
  line.text("adr", truncated(payment.place, payee_points_max));
  return line.done();
}

std::optional<std::string> epcCode(const EuroPayment& payment) {
  const Decimal most = Decimal::fromScaled(99'999'999'999, 2);
  const Decimal amount = payment.amount.roundedHalfAway(2);
  if (amount < Decimal::fromScaled(1, 2) || amount > most || payment.payee.empty() || payment.iban.empty())
    return std::nullopt;
  std::string text = "BCD\n002\n1\nSCT\n" + payment.bic + "\n" +
                     truncated(collapsed(payment.payee), epc_name_max) + "\n" + payment.iban + "\nEUR" +
                     amount.text(2) + "\n";
  if (!payment.reference.empty()) text += "\n\n" + truncated(collapsed(payment.reference), epc_text_max);
  while (text.ends_with('\n')) text.pop_back();
  if (text.size() > epc_bytes_max) return std::nullopt;
  return text;
}

std::optional<QrCode> qrCode(std::string_view text, int largestVersion) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> made(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        QR_ECLEVEL_M),
      QRcode_free);
  if (!made || made->version > largestVersion) return std::nullopt;
  QrCode code;
  code.modules = made->width;
  const auto cells = static_cast<std::size_t>(made->width) * static_cast<std::size_t>(made->width);
  code.dark.reserve(cells);
  for (std::size_t i = 0; i < cells; ++i) code.dark.push_back((made->data[i] & 1) != 0);
  return code;
}

}  // namespace postgang::render
