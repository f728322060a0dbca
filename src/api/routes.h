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
void addOperationsRoutes(net::Router& router, Parts& parts);         // operations.cc: for staff
void addRecipientPageRoutes(net::Router& router, Parts& parts);      // recipient_page.cc: /m/{token}
void addOverviewRoutes(net::Router& router, Parts& parts);           // overview.cc
void addPartnerRoutes(net::Router& router, Parts& parts);            // partners.cc
void addStatisticsRoutes(net::Router& router, Parts& parts);         // statistics.cc
void addCompanyRoutes(net::Router& router, Parts& parts);            // companies.cc
void addChannelRoutes(net::Router& router, Parts& parts);            // channels.cc
void addMultichannelRoutes(net::Router& router, Parts& parts);       // multichannel.cc
void addHandoverRoutes(net::Router& router, Parts& parts);           // handovers.cc
void addHandoverSettingsRoutes(net::Router& router, Parts& parts);   // handover_settings.cc
void addWatchedFolderRoutes(net::Router& router, Parts& parts);      // watched_folder.cc
void addStreamRoutes(net::Router& router, Parts& parts);             // stream.cc
void addClockRoutes(net::Router& router, Parts& parts);              // clock.cc
void addDeliveryRoutes(net::Router& router, Parts& parts);           // deliveries.cc
void addSmartmailRoutes(net::Router& router, Parts& parts);          // smartmail.cc
void addSmartmailSettingsRoutes(net::Router& router, Parts& parts);  // smartmail_settings.cc
void addSmartmailExportRoutes(net::Router& router, Parts& parts);    // smartmail_export.cc
void addPrintBatchRoutes(net::Router& router, Parts& parts);         // print_batches.cc
void addPeppolRoutes(net::Router& router, Parts& parts);             // peppol.cc: the access point's door
void addBankAgreementRoutes(net::Router& router, Parts& parts);      // bank_agreements.cc
void addOperationRoutes(net::Router& router, Parts& parts);  // operation.cc: health, metrics, openapi.json

}  // namespace postgang::api
