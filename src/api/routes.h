// The resources, one file each. The list of them all is addRoutes in api.cc.
#pragma once

#include "net/router.h"

namespace postgang::api {

struct Parts;

void addSessionRoutes(net::Router& router, Parts& parts);            // session.cc
void addDocumentListRoutes(net::Router& router, Parts& parts);       // document_list.cc
void addUploadRoutes(net::Router& router, Parts& parts);             // upload.cc
void addDocumentRoutes(net::Router& router, Parts& parts);           // document.cc
void addDocumentPartRoutes(net::Router& router, Parts& parts);       // document_parts.cc
void addFileRoutes(net::Router& router, Parts& parts);               // files.cc
void addEvidenceRoutes(net::Router& router, Parts& parts);           // evidence.cc
void addCopyRoutes(net::Router& router, Parts& parts);               // copies.cc
void addOpeningRoutes(net::Router& router, Parts& parts);            // opening.cc
void addCorrectionRoutes(net::Router& router, Parts& parts);         // correction.cc
void addDecisionRoutes(net::Router& router, Parts& parts);           // decision.cc: decide, resend, recall
void addStoppedRoutes(net::Router& router, Parts& parts);            // stopped.cc
void addRememberedRoutes(net::Router& router, Parts& parts);         // remembered.cc
void addFilterRoutes(net::Router& router, Parts& parts);             // filters.cc
void addTrialRoutes(net::Router& router, Parts& parts);              // trials.cc
void addRegisterRoutes(net::Router& router, Parts& parts);           // registers.cc
void addRegisterRowRoutes(net::Router& router, Parts& parts);        // register_rows.cc
void addRegisterImportRoutes(net::Router& router, Parts& parts);     // register_imports.cc
void addNoticeRoutes(net::Router& router, Parts& parts);             // notices.cc
void addInboundInvoiceRoutes(net::Router& router, Parts& parts);     // inbound_invoices.cc
void addLinkRoutes(net::Router& router, Parts& parts);               // links.cc
void addMorningListRoutes(net::Router& router, Parts& parts);        // morning_list.cc
void addLeadFormRoutes(net::Router& router, Parts& parts);           // lead_form.cc: the public page's
void addLeadRoutes(net::Router& router, Parts& parts);               // leads.cc: for staff
void addLeadCustomerRoutes(net::Router& router, Parts& parts);       // lead_customer.cc
void addLeadExportRoutes(net::Router& router, Parts& parts);         // lead_export.cc
void addOperationsRoutes(net::Router& router, Parts& parts);         // operations.cc: for staff
void addRecipientPageRoutes(net::Router& router, Parts& parts);      // recipient_page.cc: /m/{token}
void addOverviewRoutes(net::Router& router, Parts& parts);           // overview.cc
void addPartnerRoutes(net::Router& router, Parts& parts);            // partners.cc
void addPartnerDoubleRoutes(net::Router& router, Parts& parts);      // partner_doubles.cc
void addPartnerInvitationRoutes(net::Router& router, Parts& parts);  // partner_invitations.cc
void addStatisticsRoutes(net::Router& router, Parts& parts);         // statistics.cc
void addCompanyRoutes(net::Router& router, Parts& parts);            // companies.cc
void addCompanyPageRoutes(net::Router& router, Parts& parts);        // company.cc
void addCompanySettingRoutes(net::Router& router, Parts& parts);     // company_settings.cc
void addGroupRoutes(net::Router& router, Parts& parts);              // groups.cc
void addInsightRoutes(net::Router& router, Parts& parts);            // insight.cc: who sees whom
void addChannelRoutes(net::Router& router, Parts& parts);            // channels.cc
void addMultichannelRoutes(net::Router& router, Parts& parts);       // multichannel.cc
void addHandoverRoutes(net::Router& router, Parts& parts);           // handovers.cc
void addHandoverSettingsRoutes(net::Router& router, Parts& parts);   // handover_settings.cc
void addWatchedFolderRoutes(net::Router& router, Parts& parts);      // watched_folder.cc
void addUserRoutes(net::Router& router, Parts& parts);               // users.cc
void addInvitationRoutes(net::Router& router, Parts& parts);         // invitations.cc
void addMeRoutes(net::Router& router, Parts& parts);                 // me.cc
void addNotificationRoutes(net::Router& router, Parts& parts);       // notifications.cc: what one was told
void addOwnAccountRoutes(net::Router& router, Parts& parts);         // own_account.cc: password, sessions
void addSecondFactorRoutes(net::Router& router, Parts& parts);       // second_factor.cc
void addStreamRoutes(net::Router& router, Parts& parts);             // stream.cc
void addClockRoutes(net::Router& router, Parts& parts);              // clock.cc
void addDeliveryRoutes(net::Router& router, Parts& parts);           // deliveries.cc
void addSmartmailRoutes(net::Router& router, Parts& parts);          // smartmail.cc
void addSmartmailSettingsRoutes(net::Router& router, Parts& parts);  // smartmail_settings.cc
void addSmartmailExportRoutes(net::Router& router, Parts& parts);    // smartmail_export.cc
void addPrintBatchRoutes(net::Router& router, Parts& parts);         // print_batches.cc
void addPeppolRoutes(net::Router& router, Parts& parts);             // peppol.cc: the access point's door
void addBankAgreementRoutes(net::Router& router, Parts& parts);      // bank_agreements.cc
void addImportRoutes(net::Router& router, Parts& parts);             // imports.cc: and exports
void addRetentionRoutes(net::Router& router, Parts& parts);          // retention.cc
void addPersonRoutes(net::Router& router, Parts& parts);             // persons.cc
void addDocumentExportRoutes(net::Router& router, Parts& parts);     // document_exports.cc
void addSharedViewRoutes(net::Router& router, Parts& parts);         // shared_views.cc
void addArchiveRoutes(net::Router& router, Parts& parts);            // archives.cc
void addAuditRoutes(net::Router& router, Parts& parts);              // audit.cc
void addAuditExportRoutes(net::Router& router, Parts& parts);        // audit_export.cc
void addKeyRoutes(net::Router& router, Parts& parts);                // keys.cc
void addWebhookRoutes(net::Router& router, Parts& parts);            // webhooks.cc
void addWebhookMessageRoutes(net::Router& router, Parts& parts);     // webhook_messages.cc
void addTicketRoutes(net::Router& router, Parts& parts);             // tickets.cc
void addTicketMessageRoutes(net::Router& router, Parts& parts);      // ticket_messages.cc
void addDocumentTicketRoutes(net::Router& router, Parts& parts);     // document_tickets.cc
void addSandboxRoutes(net::Router& router, Parts& parts);            // sandbox.cc
void addOidcRoutes(net::Router& router, Parts& parts);               // oidc.cc: sign-in by a provider
void addIdentityProviderRoutes(net::Router& router, Parts& parts);   // identity_provider.cc
void addOperationRoutes(net::Router& router, Parts& parts);  // operation.cc: health, metrics, openapi.json

}  // namespace postgang::api
