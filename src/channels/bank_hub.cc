#include "channels/bank_hub.h"

#include <array>
#include <cstring>

#include "channels/bank.h"
#include "formats/spreadsheet.h"

namespace postgang::channels {

namespace {

constexpr std::uint64_t million = 1'000'000;

struct Refusal {
  std::string_view code, words;
};
// Codes of its own kind: three digits, as hubs write them.
constexpr std::array refusals = {Refusal{"410", "Betalaren finns inte hos banken"},
                                 Refusal{"420", "Kontot kan inte ta emot betalningar"},
                                 Refusal{"430", "Förfallodagen har passerat"}};

Outcome unlessThere(Outcome outcome) {
  if (!outcome && outcome.error().code == "drop-name-taken") return {};  // an earlier round wrote it
  return outcome;
}

// A name for the folder accepted/, that holds no letter a drop does not take.
std::string memoryOf(std::string_view issuer, std::string_view receiver) {
  return "p" + hex(view(sha256({issuer, "/", receiver}))).substr(0, 40);
}

}  // namespace

Outcome BankHub::open() const {
  for (const char* folder : {"in", "taken", "done", "refused", "out", "accepted"})
    CHECK_OK(drop_.makeFolder(folder));
  return {};
}

Result<HubRound> BankHub::round(Instant now) const {
  HubRound round;
  TRY(const auto waiting, drop_.list("in"));
  for (const auto& file : waiting)
    if (file.ends_with(format_.ending())) CHECK_OK(take(file, now, round));
  TRY(const auto taken, drop_.list("taken"));
  for (const auto& file : taken) CHECK_OK(answer(file, now, round));
  return round;
}

Outcome BankHub::take(const std::string& file, Instant now, HubRound& round) const {
  for (const auto* folder : {"taken", "done", "refused"}) {
    TRY(const bool known, drop_.exists(folder, file));
    if (!known) continue;
    ++round.repeated;
    return drop_.remove("in", file);
  }
  TRY(const auto bytes, drop_.get("in", file, bank_file_bytes_max));
  return file.starts_with('A') ? takeAnswers(file, bytes, now, round) : takeInvoices(file, bytes, now, round);
}

Outcome BankHub::takeInvoices(const std::string& file, const std::string& bytes, Instant now,
                              HubRound& round) const {
  const auto name = file.substr(0, file.size() - format_.ending().size());
  const auto refuse = [&](const std::string& code, const std::string& why) -> Outcome {
    round.refused.push_back(name + ": " + why);
    CHECK_OK(receipt(name, false, code, why, now));
    return drop_.move("in", file, "refused");
  };
  if (habits_.refusesFiles) return refuse("900", "Filen kan inte tas emot");
  const auto invoices = readBankInvoices(format_, bytes);
  if (!invoices) return refuse("901", invoices.error().detail);
  if (invoices->file != name) return refuse("902", "Filen heter annorlunda än den säger");
  CHECK_OK(receipt(name, true, {}, {}, now));
  ++round.files;
  round.invoices += static_cast<int>(invoices->invoices.size());
  return drop_.move("in", file, "taken");
}

Outcome BankHub::takeAnswers(const std::string& file, const std::string& bytes, Instant now,
                             HubRound& round) const {
  const auto name = file.substr(0, file.size() - format_.ending().size());
  const auto answers = readAgreementAnswers(format_, bytes);
  if (!answers) {
    round.refused.push_back(name + ": " + answers.error().detail);
    CHECK_OK(receipt(name, false, "901", answers.error().detail, now));
    return drop_.move("in", file, "refused");
  }
  for (const auto& answer : answers->answers) {
    const auto memory = memoryOf(answer.issuer, answer.receiver);
    TRY(const bool known, drop_.exists("accepted", memory));
    if (answer.state == "accepted" && !known)
      CHECK_OK(unlessThere(drop_.put("accepted", memory, "accepted")));
    if (answer.state != "accepted" && known) CHECK_OK(drop_.remove("accepted", memory));
    ++round.answers;
  }
  CHECK_OK(receipt(name, true, {}, {}, now));
  return drop_.move("in", file, "done");
}

Outcome BankHub::answer(const std::string& file, Instant now, HubRound& round) const {
  TRY(const auto bytes, drop_.get("taken", file, bank_file_bytes_max));
  TRY(const auto invoices, readBankInvoices(format_, bytes));
  BankAnswers answers{invoices.file, now, {}};
  for (const auto& invoice : invoices.invoices) {
    TRY(auto one, judge(invoice, invoices.issuer, now, round));
    answers.answers.push_back(std::move(one));
  }
  TRY(const auto said, writeBankAnswers(format_, answers));
  CHECK_OK(lay("answers." + invoices.file, said));
  return drop_.move("taken", file, "done");
}

Result<BankAnswer> BankHub::judge(const BankInvoice& invoice, const std::string& issuer, Instant now,
                                  HubRound& round) const {
  BankAnswer answer{invoice.delivery, BankState::shown, now, {}, {}};
  TRY(const bool known, drop_.exists("accepted", memoryOf(issuer, invoice.receiver)));
  if (!known && !habits_.knowsEverybody) {
    ++round.unknown;
    ++round.refusedInvoices;
    answer.state = BankState::refused;
    answer.code = "405";
    answer.words = "Betalaren har ingen anmälan hos banken";
    return answer;
  }
  const auto below = [&](std::string_view what, int perMillion) {
    return chance(invoice.delivery, what) % million < static_cast<std::uint64_t>(perMillion);
  };
  if (below("refused", habits_.refusedPerMillion)) {
    const auto& why = refusals[chance(invoice.delivery, "why") % refusals.size()];
    answer.state = BankState::refused;
    answer.code = why.code;
    answer.words = why.words;
    ++round.refusedInvoices;
  } else if (below("declined", habits_.declinedPerMillion)) {
    answer.state = BankState::declined;
    answer.words = "Betalaren har avvisat fakturan";
    ++round.declined;
  } else {
    ++round.shown;
  }
  return answer;
}

Outcome BankHub::receipt(const std::string& name, bool accepted, std::string code, std::string words,
                         Instant now) const {
  TRY(const auto said, writeBankReceipt(format_, {name, now, accepted, std::move(code), std::move(words)}));
  return lay("receipt." + name, said);
}

Outcome BankHub::lay(const std::string& name, std::string_view bytes) const {
  return unlessThere(drop_.put("out", name + format_.ending(), bytes));
}

Outcome BankHub::apply(const std::string& name, const std::vector<BankApplication>& applications,
                       Instant now) const {
  if (applications.empty()) return {};
  TRY(const auto said, writeBankApplications(format_, {name, now, applications}));
  return drop_.put("out", "agreements." + name + format_.ending(), said);
}

std::uint64_t BankHub::chance(const DeliveryId& delivery, std::string_view what) const {
  const auto digest = sha256({std::to_string(habits_.seed), "/", delivery.text(), "/", what});
  std::uint64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return number;
}

Result<std::vector<BankApplication>> applicationsIn(std::string_view table, Instant now) {
  constexpr std::size_t columns_least = 2;
  TRY(const auto sheet, formats::Spreadsheet::open(table));
  std::vector<BankApplication> found;
  std::optional<std::int64_t> wrong;
  CHECK_OK(sheet.rows([&](const formats::SheetRow& row) {
    const auto at = [&](std::size_t i) { return i < row.cells.size() ? row.cells[i].text : std::string(); };
    if (row.number == 1 && !isReceiverId(at(1))) return true;  // a heading
    if (row.cells.size() < columns_least || !isReceiverId(at(1))) {
      wrong = row.number;
      return false;
    }
    const auto reference =
        "L" + std::to_string(now.microseconds / 1'000'000) + "-" + std::to_string(row.number);
    found.push_back({at(6) == "end", reference, at(0), at(1), at(2), at(3), at(4), at(5), now});
    return true;
  }));
  if (wrong)
    return fail(ProblemKind::invalid, "bank-list-malformed",
                "Row " + std::to_string(*wrong) + " of the list does not name a payer at a bank.",
                "row " + std::to_string(*wrong), "Write issuer;receiver;customerNumber;number;name;bank.");
  return found;
}

}  // namespace postgang::channels
