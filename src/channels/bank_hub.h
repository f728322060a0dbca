// A bank hub that is none: it takes files of invoices and answers about agreements from a drop, looks at them
// as a real one would, and answers with receipts, with what banks say of each invoice, and with payers'
// applications. For the sandbox and tests, over the same SFTP as a real one; docs/bank-hub.md is its contract
// too.
//
// A file wanders in/ → taken/ → done/ (or refused/), so that where it lies is all that it remembers: ended
// anywhere, it goes on from there. Payers whose agreement was accepted are remembered in accepted/, one empty
// file each; invoices to others are refused. What it says is in out/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "channels/bank_messages.h"
#include "net/file_drop.h"

namespace postgang::channels {

struct HubHabits {
  std::uint64_t seed = 1;       // the same seed refuses the same invoices for the same reasons
  int refusedPerMillion = 0;    // invoices that a bank refuses
  int declinedPerMillion = 0;   // that the payer declines
  bool refusesFiles = false;    // every file of invoices, as a whole
  bool knowsEverybody = false;  // invoices need no agreement that was accepted here
};

struct HubRound {
  int files = 0, invoices = 0;               // taken
  int shown = 0, declined = 0, unknown = 0;  // of them; unknown: refused, no agreement
  int refusedInvoices = 0;
  int answers = 0;                   // about agreements
  int repeated = 0;                  // files that had come before, and were not taken again
  std::vector<std::string> refused;  // files: "B20261124-1015-001: why"
  bool idle() const { return files + answers + repeated + shown + refusedInvoices == 0 && refused.empty(); }
};

class BankHub {
 public:
  BankHub(const net::FileDrop& drop, const BankFormat& format, HubHabits habits)
      : drop_(drop), format_(format), habits_(habits) {}
  // Makes the folders that are missing.
  Outcome open() const;
  // Takes what lies there and answers it.
  Result<HubRound> round(Instant now) const;
  // Lays applications (and endings) ready; `name` must be new.
  Outcome apply(const std::string& name, const std::vector<BankApplication>& applications, Instant now) const;

 private:
  Outcome take(const std::string& file, Instant now, HubRound& round) const;
  Outcome takeInvoices(const std::string& file, const std::string& bytes, Instant now, HubRound& round) const;
  Outcome takeAnswers(const std::string& file, const std::string& bytes, Instant now, HubRound& round) const;
  Outcome answer(const std::string& file, Instant now, HubRound& round) const;
  Result<BankAnswer> judge(const BankInvoice& invoice, const std::string& issuer, Instant now,
                           HubRound& round) const;
  Outcome receipt(const std::string& name, bool accepted, std::string code, std::string words,
                  Instant now) const;
  Outcome lay(const std::string& name, std::string_view bytes) const;
  std::uint64_t chance(const DeliveryId& delivery, std::string_view what) const;

  const net::FileDrop& drop_;
  const BankFormat& format_;
  HubHabits habits_;
};

// Applications as a list: issuer;receiver;customerNumber;number;name;bank, and "end" in a seventh column for
// endings. A heading is not needed. Codes: those of formats/spreadsheet.h, bank-list-malformed (invalid).
Result<std::vector<BankApplication>> applicationsIn(std::string_view table, Instant now);

}  // namespace postgang::channels
