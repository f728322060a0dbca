// The mail that asks a counterpart how it would rather have its documents.
#include "flow/partner_invitations.h"

#include "store/partners.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class PartnerInvitationMail : public House {};

TEST_F(PartnerInvitationMail, ANameThatReadsAsAnAddressIsNoLink) {
  settings_.mailing.from = "retur@postgang.example";
  settings_.mailing.publicUrl = "https://postgang.example";
  settings_.mailing.send = [](const net::Envelope&, std::string_view) {
    return net::SmtpAnswer{net::SmtpResult::accepted, "250 queued", {}, {}};
  };
  EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) {
    store::Partner partner;
    partner.identifier = "customer:1";
    partner.name = "Vinn på www.evil.example";
    return store::putPartner(tx, energi_, partner);
  }));
  Tools tools{*store_, clock_, ids_, channels_};
  tools.mailing = &settings_.mailing;
  const auto viewer = store::Viewer::ofCompanies({energi_}, {});
  const auto invited = invitePartner(tools, viewer, energi_, {"customer:1", "anna@exempel.example"});
  ASSERT_TRUE(invited) << invited.error().code;
  std::string payload;
  EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto jobs, store::waitingJobs(reader, "plain-mail"));
    for (const auto& job : jobs) payload += job.payload;
    return {};
  }));
  EXPECT_NE(payload.find("Vinn"), std::string::npos);
  EXPECT_EQ(payload.find("www.evil.example"), std::string::npos) << payload;
  EXPECT_NE(payload.find("/answer#"), std::string::npos);
}

}  // namespace
}  // namespace postgang::flow
