// Channel `system`: the recipient is a customer here whose own system takes its documents, in a folder, by
// webhook or by e-mail (handover.h). What is sent is the original, byte for byte. What is claimed:
//
//   folder    sent, evidence "file"; flow/handover_watch sees when the receiver has taken it: "file-taken"
//   webhook   delivered, evidence "2xx"
//   e-mail    sent, evidence "smtp"; one that comes back bounces
//
// An attempt that came to nothing is made again for three days. Then, or when it can never be done, the
// channel `network` takes over and the document lies in the inbox. The sender never learns the receiver's
// addresses: its delivery says the receiver's identifier alone.
#pragma once

#include <memory>

#include "channels/channel.h"
#include "channels/handover.h"
#include "channels/mailing.h"
#include "net/http_client.h"

namespace postgang::channels {

struct SystemOptions {
  Price price;
  HandoverRules rules = {};
  Mailing mailing = {};
};

class System final : public Channel {
 public:
  explicit System(SystemOptions options)
      : options_(std::move(options)), client_(std::make_unique<net::HttpClient>()) {}

  std::string_view name() const override { return "system"; }
  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override;
  Price price() const override { return options_.price; }
  int typicalHours() const override { return 0; }
  bool inHouse() const override { return false; }
  Result<std::string> laneOf(store::Reader& reader, const Consignment& consignment) const override;
  // Refused within (Prepared::refused): handover-way-off, handover-too-large, and what a settings' address is
  // refused for now.
  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment, Instant now) const override;
  Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const override;

  const HandoverRules& rules() const { return options_.rules; }
  const Mailing& mailing() const { return options_.mailing; }
  net::HttpClient& client() const { return *client_; }  // safe from several threads

 private:
  SystemOptions options_;
  std::unique_ptr<net::HttpClient> client_;
};

// The customer that a document is for; nullopt: it is for none.
Result<std::optional<store::Company>> customerOf(store::Reader& reader, const Recipient& recipient);

}  // namespace postgang::channels
