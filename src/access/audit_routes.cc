// The table itself, in the order of the interface's description.
#include <algorithm>
#include <map>
#include <utility>

#include "access/audit_actions.h"

namespace postgang::access {
namespace {

using enum Recorded;

constexpr std::string_view a_list = "a list: what is opened from it is recorded";
constexpr std::string_view sums = "sums: no document is shown";
constexpr std::string_view tried = "tried or shown beforehand: nothing is kept";
constexpr std::string_view in_events = "an event of the document's own chain";
constexpr std::string_view own_session = "one's own session, asked for all the time";
constexpr std::string_view settings = "the company's own settings, shown";
constexpr std::string_view operation = "of the machine: no customer's data";
constexpr std::string_view by_recipient = "the recipient's page: an event of the document";
constexpr std::string_view public_register = "asks public registers, or the company's own choice";

constexpr std::string_view own_account = "one's own account, shown";
constexpr std::string_view own_taste = "how the portal looks to oneself";
constexpr std::string_view own_link = "somebody's own link, by mail";
constexpr std::string_view empty_form = "an empty form";
constexpr std::string_view in_sandbox = "an invented document of a sandbox";

constexpr std::string_view document = "document";
constexpr std::string_view setting = "setting";

// clang-format off
constexpr AuditedRoute table[] = {
    {"POST", "/api/v1/session", by_handler, "session.opened", "session"},
    {"GET", "/api/v1/session", never, {}, {}, {}, own_session},
    {"PUT", "/api/v1/session", by_handler, "staff.acts-for-company", "company"},
    {"DELETE", "/api/v1/session", soon, "session.ended", "session"},
    {"POST", "/api/v1/session/second-factor", by_handler, "session.opened", "session"},
    {"GET", "/api/v1/oidc/provider", never, {}, {}, {}, "whether a domain signs in elsewhere: nothing of a person"},
    {"GET", "/api/v1/oidc/start", never, {}, {}, {}, "the way out: it counts when it comes back"},
    {"GET", "/api/v1/oidc/callback", by_handler, "session.opened", "session"},
    {"GET", "/api/v1/identity-provider", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/identity-provider", at_once, "identity-provider.changed", "identity-provider"},
    {"DELETE", "/api/v1/identity-provider", at_once, "identity-provider.removed", "identity-provider"},
    {"POST", "/api/v1/identity-provider/try", at_once, "identity-provider.tried", "identity-provider"},
    {"DELETE", "/api/v1/identity-provider/bindings", at_once, "identity-provider.bindings-forgotten", "identity-provider"},
    {"POST", "/api/v1/identity-provider/domains/{domain}/confirmation", at_once, "identity-provider.domain-confirmed", "identity-provider"},
    {"GET", "/api/v1/sessions", never, {}, {}, {}, own_account},
    {"DELETE", "/api/v1/sessions", at_once, "session.ended", "session"},
    {"DELETE", "/api/v1/sessions/{sessionId}", at_once, "session.ended", "session", "sessionId"},
    {"GET", "/api/v1/me", never, {}, {}, {}, own_account},
    {"PATCH", "/api/v1/me", never, {}, {}, {}, own_taste},
    {"GET", "/api/v1/me/views", never, {}, {}, {}, own_taste},
    {"PUT", "/api/v1/me/views", never, {}, {}, {}, own_taste},
    {"GET", "/api/v1/notifications", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/notifications/counts", never, {}, {}, {}, sums},
    {"POST", "/api/v1/notifications/read", never, {}, {}, {}, own_taste},
    {"POST", "/api/v1/unsubscribe/{token}", by_handler, "user.notices-changed", "user"},
    {"POST", "/api/v1/me/password", by_handler, "user.password-changed", "user"},
    {"GET", "/api/v1/me/second-factor", never, {}, {}, {}, own_account},
    {"POST", "/api/v1/me/second-factor", never, {}, {}, {}, "begun: it holds when it is confirmed"},
    {"POST", "/api/v1/me/second-factor/confirmation", by_handler, "user.second-factor-on", "user"},
    {"POST", "/api/v1/me/second-factor/recovery-codes", by_handler, "user.recovery-codes-renewed", "user"},
    {"POST", "/api/v1/me/second-factor/removal", by_handler, "user.second-factor-off", "user"},
    {"POST", "/api/v1/password-links", never, {}, {}, {}, own_link},
    {"GET", "/api/v1/password-links/{token}", never, {}, {}, {}, own_link},
    {"POST", "/api/v1/password-links/{token}", by_handler, "user.password-changed", "user"},
    {"GET", "/api/v1/invitation-links/{token}", never, {}, {}, {}, own_link},
    {"POST", "/api/v1/invitation-links/{token}", by_handler, "user.invitation-accepted", "user"},
    {"GET", "/api/v1/users", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/users/{userId}", seen, "user.seen", "user", "userId"},
    {"PATCH", "/api/v1/users/{userId}", by_handler, "user.role-changed", "user", "userId"},
    {"GET", "/api/v1/users/{userId}/sessions", seen, "user.seen", "user", "userId"},
    {"DELETE", "/api/v1/users/{userId}/sessions", by_handler, "user.sessions-ended", "user", "userId"},
    {"DELETE", "/api/v1/users/{userId}/second-factor", by_handler, "user.second-factor-reset", "user", "userId"},
    {"GET", "/api/v1/invitations", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/invitations", by_handler, "user.invited", "invitation"},
    {"POST", "/api/v1/invitations/{invitationId}/resend", by_handler, "user.invited-again", "invitation", "invitationId"},
    {"DELETE", "/api/v1/invitations/{invitationId}", by_handler, "user.invitation-withdrawn", "invitation", "invitationId"},
    {"GET", "/api/v1/settings/second-factor", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/settings/second-factor", by_handler, "company.second-factor-demanded", "company"},

    {"POST", "/api/v1/documents", soon, "document.sent", document},
    {"GET", "/api/v1/documents", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/documents/facets", never, {}, {}, {}, sums},
    {"GET", "/api/v1/documents/{id}", seen, "document.seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/audit", seen, "document.trail-seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/events", seen, "document.seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/terms", seen, "document.seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/findings", seen, "document.seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/deliveries", seen, "document.seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/versions", seen, "document.seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/original", soon, "document.downloaded", document, "id"},
    {"GET", "/api/v1/documents/{id}/evidence", soon, "document.evidence-downloaded", document, "id"},
    {"GET", "/api/v1/documents/{id}/copies/{kind}", seen, "document.copy-seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/deliveries/{deliveryId}/sent", soon, "document.downloaded", document, "id"},
    {"GET", "/api/v1/documents/{id}/smartmail/page", seen, "document.copy-seen", document, "id"},
    {"GET", "/api/v1/documents/{id}/attachments/{index}", soon, "document.attachment-downloaded", document, "id"},
    {"POST", "/api/v1/documents/{id}/opened", never, {}, {}, {}, in_events},
    {"POST", "/api/v1/validate", never, {}, {}, {}, tried},
    {"POST", "/api/v1/documents/{id}/decision", at_once, "document.decided", document, "id"},
    {"GET", "/api/v1/documents/{id}/correction", seen, "document.seen", document, "id"},
    {"POST", "/api/v1/documents/{id}/corrections", at_once, "document.corrected", document, "id"},
    {"POST", "/api/v1/documents/{id}/corrections/preview", never, {}, {}, {}, tried},
    {"POST", "/api/v1/corrections", at_once, "document.corrected", document},
    {"GET", "/api/v1/documents/{id}/corrected-file", soon, "document.downloaded", document, "id"},
    {"POST", "/api/v1/documents/{id}/credit", never, {}, {}, {}, tried},
    {"GET", "/api/v1/documents/{id}/resend", seen, "document.seen", document, "id"},
    {"POST", "/api/v1/documents/{id}/resend", at_once, "document.resent", document, "id"},
    {"POST", "/api/v1/documents/{id}/recall", at_once, "document.recalled", document, "id"},
    {"GET", "/api/v1/documents/{id}/notices", seen, "document.seen", document, "id"},
    {"POST", "/api/v1/documents/{id}/notices", at_once, "document.notice-sent", document, "id"},
    {"POST", "/api/v1/documents/{id}/notices/read", never, {}, {}, {}, in_events},
    {"GET", "/api/v1/rules-remembered", never, {}, {}, {}, settings},
    {"DELETE", "/api/v1/rules-remembered/{ruleId}", at_once, "remembered-rule.removed", "remembered-rule", "ruleId"},
    {"GET", "/api/v1/stopped", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/stopped/senders", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/stopped/corrected", never, {}, {}, {}, a_list},

    {"GET", "/api/v1/overview", never, {}, {}, {}, sums},
    {"GET", "/api/v1/statistics", never, {}, {}, {}, sums},
    {"GET", "/api/v1/statistics/export", never, {}, {}, {}, sums},
    {"GET", "/api/v1/statistics/moves", never, {}, {}, {}, sums},
    {"GET", "/api/v1/statistics/schedules", never, {}, {}, {}, settings},
    {"POST", "/api/v1/statistics/schedules", at_once, "statistics-schedule.made", "statistics-schedule"},
    {"DELETE", "/api/v1/statistics/schedules/{scheduleId}", at_once, "statistics-schedule.removed", "statistics-schedule", "scheduleId"},
    {"GET", "/api/v1/stream", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/companies", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/companies", by_handler, "company.created", "company"},
    {"GET", "/api/v1/companies/{companyId}", never, {}, {}, {}, settings},
    {"PATCH", "/api/v1/companies/{companyId}", by_handler, "company.changed", "company", "companyId"},
    {"PUT", "/api/v1/companies/{companyId}/identifiers", by_handler, "company.identifiers-changed", "company", "companyId"},
    {"PUT", "/api/v1/companies/{companyId}/parent", by_handler, "company.moved", "company", "companyId"},
    {"GET", "/api/v1/companies/{companyId}/settings", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/companies/{companyId}/settings/{key}", by_handler, "company.setting-changed", "company", "companyId"},
    {"DELETE", "/api/v1/companies/{companyId}/settings/{key}", by_handler, "company.setting-changed", "company", "companyId"},
    {"GET", "/api/v1/groups", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/insight", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/insight/{ownerId}/{viewerId}", by_handler, "insight.given", "company", "viewerId"},
    {"DELETE", "/api/v1/insight/{ownerId}/{viewerId}", by_handler, "insight.taken-back", "company", "viewerId"},
    {"GET", "/api/v1/keys", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/keys", at_once, "key.made", "key"},
    {"PATCH", "/api/v1/keys/{keyId}", at_once, "key.changed", "key", "keyId"},
    {"DELETE", "/api/v1/keys/{keyId}", at_once, "key.revoked", "key", "keyId"},
    {"POST", "/api/v1/keys/{keyId}/take-over", at_once, "key.taken-over", "key", "keyId"},
    {"GET", "/api/v1/sandbox", never, {}, {}, {}, settings},
    {"POST", "/api/v1/sandbox", at_once, "sandbox.made", "sandbox"},
    {"POST", "/api/v1/sandbox/reset", at_once, "sandbox.reset", "sandbox"},
    {"POST", "/api/v1/sandbox/send", never, {}, {}, {}, in_sandbox},
    {"POST", "/api/v1/sandbox/receive", never, {}, {}, {}, in_sandbox},
    {"POST", "/api/v1/sandbox/documents/{id}/advance", never, {}, {}, {}, in_sandbox},
    {"GET", "/api/v1/webhooks", never, {}, {}, {}, settings},
    {"POST", "/api/v1/webhooks", at_once, "webhook.made", "webhook"},
    {"GET", "/api/v1/webhooks/{webhookId}", never, {}, {}, {}, settings},
    {"PATCH", "/api/v1/webhooks/{webhookId}", at_once, "webhook.changed", "webhook", "webhookId"},
    {"DELETE", "/api/v1/webhooks/{webhookId}", at_once, "webhook.removed", "webhook", "webhookId"},
    {"POST", "/api/v1/webhooks/{webhookId}/rotate-secret", at_once, "webhook.secret-rotated", "webhook", "webhookId"},
    {"POST", "/api/v1/webhooks/{webhookId}/test", at_once, "webhook.tested", "webhook", "webhookId"},
    {"POST", "/api/v1/webhooks/{webhookId}/replay", at_once, "webhook.replayed", "webhook", "webhookId"},
    {"GET", "/api/v1/webhooks/{webhookId}/messages", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/webhooks/{webhookId}/messages/{messageId}", never, {}, {}, {}, "what was told to one's own system"},
    {"POST", "/api/v1/webhooks/{webhookId}/messages/{messageId}/replay", at_once, "webhook.replayed", "webhook", "webhookId"},
    {"GET", "/api/v1/tickets", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/tickets/facets", never, {}, {}, {}, sums},
    {"POST", "/api/v1/tickets", at_once, "ticket.made", "ticket"},
    {"GET", "/api/v1/tickets/{ticketId}", seen, "ticket.seen", "ticket", "ticketId"},
    {"PATCH", "/api/v1/tickets/{ticketId}", at_once, "ticket.changed", "ticket", "ticketId"},
    {"POST", "/api/v1/tickets/{ticketId}/messages", at_once, "ticket.written-in", "ticket", "ticketId"},
    {"POST", "/api/v1/tickets/{ticketId}/documents", at_once, "ticket.documents-attached", "ticket", "ticketId"},
    {"GET", "/api/v1/tickets/{ticketId}/documents/{documentId}", seen, "ticket.seen", "ticket", "ticketId"},
    {"GET", "/api/v1/tickets/{ticketId}/attachments/{attachmentId}", soon, "ticket.attachment-downloaded", "ticket", "ticketId"},
    {"GET", "/api/v1/documents/{id}/tickets", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/documents/{id}/similar", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/imports/partners/preview", never, {}, {}, {}, tried},
    {"POST", "/api/v1/imports/partners", at_once, "partner.imported", "partner"},
    {"GET", "/api/v1/imports/partners/template", never, {}, {}, {}, empty_form},
    {"GET", "/api/v1/exports/partners", soon, "partner.exported", "partner"},
    {"POST", "/api/v1/imports/companies/preview", never, {}, {}, {}, tried},
    {"POST", "/api/v1/imports/companies", at_once, "company.imported", "company"},
    {"GET", "/api/v1/imports/companies/template", never, {}, {}, {}, empty_form},
    {"GET", "/api/v1/exports/companies", soon, "company.exported", "company"},
    {"POST", "/api/v1/imports/users/preview", never, {}, {}, {}, tried},
    {"POST", "/api/v1/imports/users", at_once, "user.imported", "user"},
    {"GET", "/api/v1/imports/users/template", never, {}, {}, {}, empty_form},
    {"GET", "/api/v1/exports/users", soon, "user.exported", "user"},
    {"GET", "/api/v1/retention", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/retention", by_handler, "retention.changed", "retention"},
    {"GET", "/api/v1/retention/preview", never, {}, {}, {}, tried},
    {"PUT", "/api/v1/retention/{kind}", by_handler, "retention.changed", "retention", "kind"},
    {"PUT", "/api/v1/retention/holds/{held}", by_handler, "retention.held", "retention", "held"},
    {"DELETE", "/api/v1/retention/holds/{held}", by_handler, "retention.released", "retention", "held"},
    {"GET", "/api/v1/persons/report", by_handler, "person.reported", "person"},
    {"GET", "/api/v1/archives", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/archives", by_handler, "archive.started", "archive"},
    {"GET", "/api/v1/archives/{archiveId}", never, {}, {}, {}, "how far one's own archive has come"},
    {"GET", "/api/v1/archives/{archiveId}/file", by_handler, "archive.downloaded", "archive", "archiveId"},
    {"GET", "/api/v1/exports", never, {}, {}, {}, "one's own exports: what is fetched is recorded"},
    {"POST", "/api/v1/exports", at_once, "export.asked", "export"},
    {"GET", "/api/v1/exports/{exportId}", never, {}, {}, {}, "how far one's own export has come"},
    {"DELETE", "/api/v1/exports/{exportId}", at_once, "export.removed", "export", "exportId"},
    {"GET", "/api/v1/exports/{exportId}/file", at_once, "export.downloaded", "export", "exportId"},
    {"GET", "/api/v1/views", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/views", at_once, "shared-view.made", "shared-view"},
    {"DELETE", "/api/v1/views/{viewId}", at_once, "shared-view.removed", "shared-view", "viewId"},
    {"GET", "/api/v1/partners", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/partners/{identifier}", seen, "partner.seen", "partner", "identifier"},
    {"PUT", "/api/v1/partners/{identifier}", at_once, "partner.changed", "partner", "identifier"},
    {"GET", "/api/v1/partners/doubles", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/partners/{identifier}/merge", at_once, "partner.merged", "partner", "identifier"},
    {"POST", "/api/v1/partners/{identifier}/split", at_once, "partner.split", "partner", "identifier"},
    {"GET", "/api/v1/partners/distinctions", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/partners/{identifier}/distinctions", at_once, "partner.distinguished", "partner", "identifier"},
    {"DELETE", "/api/v1/partners/{identifier}/distinctions/{other}", at_once, "partner.distinction-taken-back", "partner", "identifier"},
    {"POST", "/api/v1/partners/{identifier}/payment-identifiers/confirmation", at_once, "partner.payment-confirmed", "partner", "identifier"},
    {"POST", "/api/v1/partners/{identifier}/invitations", at_once, "partner.invited", "partner", "identifier"},
    {"POST", "/api/v1/partners/{identifier}/invitations/{invitationId}/settlement", at_once, "partner.answer-settled", "partner", "identifier"},
    {"GET", "/api/v1/partner-invitation-links/{token}", never, {}, {}, {}, own_link},
    {"POST", "/api/v1/partner-invitation-links/{token}", never, {}, {}, {}, "a suggestion, which is kept with the invitation"},
    {"GET", "/api/v1/partners/{identifier}/smartmail", seen, "partner.seen", "partner", "identifier"},
    {"PUT", "/api/v1/partners/{identifier}/smartmail", at_once, "partner.changed", "partner", "identifier"},
    {"DELETE", "/api/v1/partners/{identifier}/smartmail", at_once, "partner.changed", "partner", "identifier"},
    {"GET", "/api/v1/channels/lookup", never, {}, {}, {}, public_register},
    {"GET", "/api/v1/multichannel/policy", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/multichannel/policy", at_once, "setting.changed", setting, "=multichannel"},
    {"POST", "/api/v1/multichannel/policy/read-back", never, {}, {}, {}, tried},
    {"POST", "/api/v1/multichannel/trials", never, {}, {}, {}, tried},

    {"GET", "/api/v1/filters", never, {}, {}, {}, settings},
    {"POST", "/api/v1/filters", at_once, "filter.made", "filter"},
    {"POST", "/api/v1/filters/read-back", never, {}, {}, {}, tried},
    {"GET", "/api/v1/filters/vocabulary", never, {}, {}, {}, "the same for everybody"},
    {"POST", "/api/v1/filters/trials", never, {}, {}, {}, tried},
    {"GET", "/api/v1/filters/trials/{trialId}", never, {}, {}, {}, tried},
    {"DELETE", "/api/v1/filters/trials/{trialId}", never, {}, {}, {}, tried},
    {"GET", "/api/v1/filters/trials/{trialId}/documents", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/filters/{filterId}", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/filters/{filterId}", at_once, "filter.changed", "filter", "filterId"},
    {"DELETE", "/api/v1/filters/{filterId}", at_once, "filter.removed", "filter", "filterId"},
    {"GET", "/api/v1/filters/{filterId}/versions", never, {}, {}, {}, settings},
    {"POST", "/api/v1/filters/{filterId}/restore", at_once, "filter.restored", "filter", "filterId"},
    {"GET", "/api/v1/registers", never, {}, {}, {}, settings},
    {"POST", "/api/v1/registers", at_once, "register.made", "register"},
    {"GET", "/api/v1/registers/{registerId}", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/registers/{registerId}", at_once, "register.changed", "register", "registerId"},
    {"DELETE", "/api/v1/registers/{registerId}", at_once, "register.removed", "register", "registerId"},
    {"GET", "/api/v1/registers/{registerId}/rows", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/registers/{registerId}/rows/{value}", at_once, "register.row-changed", "register", "registerId"},
    {"DELETE", "/api/v1/registers/{registerId}/rows/{value}", at_once, "register.row-removed", "register", "registerId"},
    {"POST", "/api/v1/registers/{registerId}/import", at_once, "register.imported", "register", "registerId"},
    {"GET", "/api/v1/registers/{registerId}/export", soon, "register.exported", "register", "registerId"},
    {"GET", "/api/v1/registers/imports/{importId}", never, {}, {}, {}, "how far one's own import has come"},

    {"GET", "/api/v1/settings/notice-texts", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/settings/notice-texts", at_once, "setting.changed", setting, "=notice-texts"},
    {"POST", "/api/v1/settings/notice-texts/preview", never, {}, {}, {}, tried},
    {"GET", "/api/v1/settings/notice-email", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/settings/notice-email", at_once, "setting.changed", setting, "=notice-email"},
    {"GET", "/api/v1/settings/inbound-invoices", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/settings/inbound-invoices", at_once, "setting.changed", setting, "=inbound-invoices"},
    {"GET", "/api/v1/settings/morning-list", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/settings/morning-list", at_once, "setting.changed", setting, "=morning-list"},
    {"GET", "/api/v1/settings/watched-folder", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/settings/watched-folder", at_once, "setting.changed", setting, "=watched-folder"},
    {"DELETE", "/api/v1/settings/watched-folder", at_once, "setting.removed", setting, "=watched-folder"},

    {"GET", "/api/v1/smartmail", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/smartmail/summary", never, {}, {}, {}, sums},
    {"GET", "/api/v1/smartmail/export", soon, "smartmail.exported", "smartmail"},
    {"POST", "/api/v1/smartmail/actions", at_once, "smartmail.acted-on", document},
    {"POST", "/api/v1/smartmail/trials", never, {}, {}, {}, tried},
    {"GET", "/api/v1/smartmail/settings", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/smartmail/settings", at_once, "setting.changed", setting, "=smartmail"},
    {"GET", "/api/v1/print-batches", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/bank-agreements", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/bank-agreements/import", at_once, "bank-agreement.imported", "bank-agreement"},
    {"POST", "/api/v1/bank-agreements/{agreementId}/decision", at_once, "bank-agreement.decided", "bank-agreement", "agreementId"},
    {"GET", "/api/v1/bank-agreements/settings", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/bank-agreements/settings", at_once, "setting.changed", setting, "=bank"},
    {"GET", "/api/v1/bank-files", never, {}, {}, {}, a_list},

    {"GET", "/api/v1/handovers", never, {}, {}, {}, a_list},
    {"POST", "/api/v1/handovers/{id}/confirmation", at_once, "handover.confirmed", "handover", "id"},
    {"POST", "/api/v1/handovers/test", at_once, "handover.tested", "handover"},
    {"GET", "/api/v1/handovers/tests", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/handovers/tests/{testId}", never, {}, {}, {}, "an invented document"},
    {"GET", "/api/v1/handovers/tests/{testId}/original", never, {}, {}, {}, "an invented document"},
    {"GET", "/api/v1/handovers/settings", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/handovers/settings/{kind}", at_once, "setting.changed", setting, "=handover"},
    {"DELETE", "/api/v1/handovers/settings/{kind}", at_once, "setting.removed", setting, "=handover"},

    {"GET", "/api/v1/audit", seen, "audit.seen", "audit"},
    {"GET", "/api/v1/audit/export", soon, "audit.exported", "audit"},
    {"GET", "/api/v1/audit/proof", never, {}, {}, {}, "hashes: nothing of what was done"},

    {"GET", "/api/v1/operations", never, {}, {}, {}, sums},
    {"POST", "/api/v1/operations/retry", at_once, "operation.retried", "operation"},
    {"POST", "/api/v1/operations/jobs/retry", at_once, "operation.retried", "operation"},
    {"POST", "/api/v1/leads", never, {}, {}, {}, "anybody's own words: kept as the lead itself"},
    {"GET", "/api/v1/leads/form", never, {}, {}, {}, empty_form},
    {"POST", "/api/v1/leads/withdrawal", by_handler, "lead.withdrawn", "lead"},
    {"GET", "/api/v1/leads", never, {}, {}, {}, a_list},
    {"GET", "/api/v1/leads/export", soon, "lead.exported", "lead"},
    {"GET", "/api/v1/leads/settings", never, {}, {}, {}, settings},
    {"PUT", "/api/v1/leads/settings", at_once, "setting.changed", setting, "=leads"},
    {"GET", "/api/v1/leads/{leadId}", seen, "lead.seen", "lead", "leadId"},
    {"PATCH", "/api/v1/leads/{leadId}", at_once, "lead.changed", "lead", "leadId"},
    {"DELETE", "/api/v1/leads/{leadId}", at_once, "lead.erased", "lead", "leadId"},
    {"POST", "/api/v1/leads/{leadId}/notes", at_once, "lead.noted", "lead", "leadId"},
    {"POST", "/api/v1/leads/{leadId}/customer", at_once, "lead.became-customer", "lead", "leadId"},
    {"POST", "/api/v1/clock", never, {}, {}, {}, "only under a simulated clock: tests and demos"},

    {"GET", "/api/v1/links/{token}", never, {}, {}, {}, in_events},
    {"POST", "/api/v1/links/{token}/read", never, {}, {}, {}, in_events},
    {"GET", "/api/v1/links/{token}/documents/{documentId}/correction", never, {}, {}, {}, in_events},
    {"POST", "/api/v1/links/{token}/documents/{documentId}/corrections", by_handler, "document.corrected", document, "documentId"},
    {"POST", "/api/v1/links/{token}/documents/{documentId}/corrections/preview", never, {}, {}, {}, tried},
    {"GET", "/api/v1/links/{token}/documents/{documentId}/copy", never, {}, {}, {}, in_events},
    {"POST", "/api/v1/peppol/inbound", never, {}, {}, {}, in_events},

    {"GET", "/m/{token}", never, {}, {}, {}, by_recipient},
    {"POST", "/m/{token}/open", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/open", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/wrong-recipient", never, {}, {}, {}, by_recipient},
    {"POST", "/m/{token}/wrong-recipient", never, {}, {}, {}, by_recipient},
    {"POST", "/m/{token}/new-link", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/new-link", never, {}, {}, {}, by_recipient},
    {"POST", "/m/{token}/newer", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/newer", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}/copy", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}/preview", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}/pdf", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}/qr.png", never, {}, {}, {}, by_recipient},
    {"POST", "/m/{token}/{key}/parts/{index}", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}/parts/{index}", never, {}, {}, {}, by_recipient},
    {"POST", "/m/{token}/{key}/ask", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}/ask", never, {}, {}, {}, by_recipient},
    {"POST", "/m/{token}/{key}/einvoice", never, {}, {}, {}, by_recipient},
    {"GET", "/m/{token}/{key}/einvoice", never, {}, {}, {}, by_recipient},

    {"GET", "/health", never, {}, {}, {}, operation},
    {"GET", "/api/v1/health", never, {}, {}, {}, operation},
    {"GET", "/metrics", never, {}, {}, {}, operation},
    {"GET", "/api/v1/metrics", never, {}, {}, {}, operation},
    {"GET", "/api/openapi.json", never, {}, {}, {}, operation},
};
// clang-format on

// Those that no row names: one call may do several things, and some are done by nobody's call.
constexpr std::string_view further_actions[] = {"session.refused",     "session.locked",   "user.renamed",
                                                "user.deactivated",    "user.reactivated", "document.erased",
                                                "user.made-at-sign-in"};

std::vector<std::string_view> sortedOnce(std::vector<std::string_view> names) {
  std::erase(names, std::string_view());
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

}  // namespace

std::span<const AuditedRoute> auditedRoutes() {
  return table;
}

const AuditedRoute* auditedRoute(std::string_view method, std::string_view route) {
  using Key = std::pair<std::string_view, std::string_view>;
  static const auto byRoute = [] {
    std::map<Key, const AuditedRoute*> rows;
    for (const auto& row : table) rows.emplace(Key(row.route, row.method), &row);
    return rows;
  }();
  const auto found = byRoute.find({route, method == "HEAD" ? "GET" : method});
  return found == byRoute.end() ? nullptr : found->second;
}

std::vector<std::string_view> auditActions() {
  std::vector<std::string_view> names(std::begin(further_actions), std::end(further_actions));
  for (const auto& row : table) names.push_back(row.action);
  return sortedOnce(std::move(names));
}

std::vector<std::string_view> auditObjects() {
  std::vector<std::string_view> names;
  for (const auto& row : table) names.push_back(row.object);
  return sortedOnce(std::move(names));
}

}  // namespace postgang::access
