#include "api/api.h"

#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"

namespace postgang::api {

Api::Api(ApiContext context) : parts_(std::make_unique<Parts>(std::move(context))) {}

Api::~Api() {
  stop();
}

// Every resource there is.
void Api::addRoutes(net::Router& router) {
  addSessionRoutes(router, *parts_);
  addUploadRoutes(router, *parts_);
  addDocumentListRoutes(router, *parts_);
  addDocumentRoutes(router, *parts_);
  addDocumentPartRoutes(router, *parts_);
  addDeliveryRoutes(router, *parts_);
  addFileRoutes(router, *parts_);
  addEvidenceRoutes(router, *parts_);
  addCopyRoutes(router, *parts_);
  addOpeningRoutes(router, *parts_);
  addCorrectionRoutes(router, *parts_);
  addDecisionRoutes(router, *parts_);
  addStoppedRoutes(router, *parts_);
  addRememberedRoutes(router, *parts_);
  addFilterRoutes(router, *parts_);
  addTrialRoutes(router, *parts_);
  addRegisterRoutes(router, *parts_);
  addRegisterRowRoutes(router, *parts_);
  addRegisterImportRoutes(router, *parts_);
  addNoticeRoutes(router, *parts_);
  addInboundInvoiceRoutes(router, *parts_);
  addLinkRoutes(router, *parts_);
  addRecipientPageRoutes(router, *parts_);
  addSmartmailRoutes(router, *parts_);
  addSmartmailSettingsRoutes(router, *parts_);
  addSmartmailExportRoutes(router, *parts_);
  addOverviewRoutes(router, *parts_);
  addMorningListRoutes(router, *parts_);
  addOperationsRoutes(router, *parts_);
  addLeadFormRoutes(router, *parts_);
  addLeadRoutes(router, *parts_);
  addLeadCustomerRoutes(router, *parts_);
  addLeadExportRoutes(router, *parts_);
  addPartnerRoutes(router, *parts_);
  addPartnerDoubleRoutes(router, *parts_);
  addPartnerInvitationRoutes(router, *parts_);
  addStatisticsRoutes(router, *parts_);
  addCompanyRoutes(router, *parts_);
  addCompanyPageRoutes(router, *parts_);
  addCompanySettingRoutes(router, *parts_);
  addGroupRoutes(router, *parts_);
  addInsightRoutes(router, *parts_);
  addChannelRoutes(router, *parts_);
  addMultichannelRoutes(router, *parts_);
  addPrintBatchRoutes(router, *parts_);
  addPeppolRoutes(router, *parts_);
  addHandoverRoutes(router, *parts_);
  addHandoverSettingsRoutes(router, *parts_);
  addSandboxRoutes(router, *parts_);
  addWatchedFolderRoutes(router, *parts_);
  addBankAgreementRoutes(router, *parts_);
  addUserRoutes(router, *parts_);
  addInvitationRoutes(router, *parts_);
  addMeRoutes(router, *parts_);
  addNotificationRoutes(router, *parts_);
  addOwnAccountRoutes(router, *parts_);
  addSecondFactorRoutes(router, *parts_);
  addWebhookRoutes(router, *parts_);
  addWebhookMessageRoutes(router, *parts_);
  addTicketRoutes(router, *parts_);
  addTicketMessageRoutes(router, *parts_);
  addDocumentTicketRoutes(router, *parts_);
  addStreamRoutes(router, *parts_);
  addClockRoutes(router, *parts_);
  addImportRoutes(router, *parts_);
  addRetentionRoutes(router, *parts_);
  addPersonRoutes(router, *parts_);
  addArchiveRoutes(router, *parts_);
  addDocumentExportRoutes(router, *parts_);
  addSharedViewRoutes(router, *parts_);
  addAuditRoutes(router, *parts_);
  addAuditExportRoutes(router, *parts_);
  addKeyRoutes(router, *parts_);
  addOidcRoutes(router, *parts_);
  addIdentityProviderRoutes(router, *parts_);
  addOperationRoutes(router, *parts_);
}

net::Handler Api::otherwise(net::Handler portal) const {
  return [portal = std::move(portal)](const net::Request& request) {
    if (!request.segments.empty() && request.segments.front() == "api")
      return secured(problemReply(notFound().value()));
    return portal(request);
  };
}

void Api::observe(const net::Served& served) {
  parts_->metrics.observe(served.request.method, served.request.route, served.status,
                          served.queuedMicroseconds + served.handledMicroseconds);
}

void Api::watch(std::function<net::HttpServerCounts()> counts) {
  parts_->serverCounts.set(std::move(counts));
}

void Api::stop() {
  parts_->hub.stop();
  parts_->recorder.stop();
  parts_->imports.stop();
  parts_->archives.stop();
  parts_->exports.stop();
  parts_->trials.stop();
}

}  // namespace postgang::api
