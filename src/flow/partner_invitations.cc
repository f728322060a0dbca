#include "flow/partner_invitations.h"

#include "base/bytes.h"
#include "base/text.h"
#include "flow/plain_mail.h"
#include "net/mail.h"
#include "render/unlinked.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::size_t name_points_max = 60;

// Where the reader answers; what stands after the # never goes to a server.
std::string linkOf(const Tools& tools, const std::string& token) {
  return tools.mailing->publicUrl + "/answer#" + token;
}

std::string bounded(std::string_view text) {
  return render::unlinked(truncated(collapsed(withoutControls(text)), name_points_max));
}

PlainMail mailOf(const store::PartnerInvitation& invitation, const store::Company& company,
                 const std::string& partner, const std::string& link) {
  PlainMail mail;
  mail.language = languageFromTag(invitation.language);
  mail.to = invitation.address;
  mail.messageId = "invite." + invitation.id.text();
  const auto& texts = Texts::of(mail.language);
  const std::map<std::string, std::string> said = {
      {"company", bounded(company.name)}, {"partner", bounded(partner)}, {"link", link}};
  mail.subject = texts.sentence("partnerInvitation.subject", said);
  for (const auto* part : {"why", "how", "open", "once"}) {
    if (!mail.text.empty()) mail.text += "\n\n";
    mail.text += texts.sentence(std::string("partnerInvitation.") + part, said);
  }
  mail.text += "\n";
  return mail;
}

}  // namespace

Result<store::PartnerInvitation> invitePartner(const Tools& tools, const store::Viewer& viewer,
                                               CompanyId company, const PartnerInvite& invite) {
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto known, store::partner(reader, viewer, company, invite.identifier));
    if (known) return {};
    return fail(ProblemKind::not_found, "partner-not-found", "There is no such counterpart.", {},
                "Put it under /partners first.");
  }));
  if (!tools.mailing || !tools.mailing->isOn())
    return fail(ProblemKind::unavailable, "mail-is-off", "There is no mail server that mail can leave by.",
                {}, "Ask the operator to set one up.");
  const auto token = randomToken();
  store::PartnerInvitation invitation;
  invitation.id = tools.ids.next<store::PartnerInvitationId>();
  invitation.owner = company;
  invitation.language = invite.language;
  invitation.tokenDigest = sha256(token);
  invitation.sentBy = viewer.actor().name;
  CHECK_OK(tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto partner, store::partner(tx, viewer, company, invite.identifier));
    invitation.identifier = partner ? partner->identifier : invite.identifier;
    invitation.address = invite.address.empty() && partner ? partner->email : invite.address;
    if (partner && !net::isMailAddress(invitation.address))
      return fail(ProblemKind::invalid, "email-invalid",
                  "There is no e-mail address that mail can be sent to.", "/email",
                  "Say where to: anna@example.com.");
    invitation.sentAt = tx.clock().now();
    invitation.expiresAt = invitation.sentAt.plusSeconds(store::invitation_open_seconds);
    CHECK_OK(store::makePartnerInvitation(tx, viewer, invitation));
    TRY(const auto sender, store::company(tx, company));
    const auto mail = mailOf(invitation, sender, partner->name, linkOf(tools, token));
    return store::enqueue(tx, plainMailJob(mail, company, invitation.sentAt));
  }));
  return invitation;
}

}  // namespace postgang::flow
