// The table of permissions: every operation of openapi.json with who may call it and on what. permissions.test.mjs tries
// each with every role, with keys and with nobody, on an own object, on a foreign one and on one that is not there.
//
//   operationId: [who may, noun, { body, query, type, path, … }]
//
// who may   a scope; or "open" (nobody is asked who they are), "signed-in" (any person or key), "person", "staff" (a
//           person of the operator's, acting for it), "operator" (staff, or a key of the operator's) beside a scope
//           that comes after a space, "access-point" (its token)
// noun      of permission_realm.mjs; without one the operation has no object of its own
// body      a value, or a function of the object's parameters
// fresh     the call uses its object up: each caller has one of its own
// alone     the call changes the caller's session: each has one of its own
// endsAll   and ends the others that the caller has
// staffMay  staff change it without acting for the customer, since it is the operator's business
// byPeople  no key may, whatever its scopes
// refusesBody  its object stands in the body, and a foreign or absent one is refused like any wrong value (400)
// inList    ids stand in the body: a foreign one is answered like an absent one within a list that is 200
// staffSees staff see every company's, whichever they act for
// may       answers that are right beside 2xx and what an object's state refuses (409, 410, 422): [404] where it says so
import { identifierOf } from './permission_realm.mjs';
import { organisationNumber } from '../support/invoice.mjs';

let count = 0;
const fresh = (from) => organisationNumber(from + ++count);
const changes = [{ term: 'BT-13', value: '45123456' }];
const policy = { by: 'price', demands: [], asks: false };
const rules = [{ term: 'BT-13', test: 'present' }];
const words = { greeting: '', help: '', contact: '' };
const csv = 'text/csv';
const xml = 'application/xml';

export const rows = {
  // Sessions
  signIn: ['open', null, { body: { email: 'ingen@postgang.example', password: 'fel lösenord här' }, may: [401, 429] }],
  getSession: ['person'],
  switchCompany: ['person', 'company', { body: ({ companyId }) => ({ companyId, reason: 'Ärende 4712' }), alone: true, staffSees: true }],
  signOut: ['person', null, { alone: true }],

  // Documents
  sendDocument: ['documents:write', null, { body: '<x/>', type: xml }],
  listDocuments: ['documents:read'],
  countDocuments: ['documents:read'],
  getDocument: ['documents:read', 'document'],
  listEvents: ['documents:read', 'document'],
  listTerms: ['documents:read', 'document'],
  getOriginal: ['documents:read', 'document'],
  getEvidence: ['documents:read', 'document'],
  getCopy: ['documents:read', 'document', { path: { kind: 'email' } }],
  listFindings: ['documents:read', 'document'],
  listDeliveries: ['documents:read', 'document'],
  getSentBytes: ['documents:read', 'delivery'],
  getSmartmailPage: ['documents:read', 'document'],
  listVersions: ['documents:read', 'document'],
  getAttachment: ['documents:read', 'attachment'],
  recordOpening: ['person', 'waiting', { body: { what: 'copy' }, staffSees: true }],
  validateDocument: ['documents:write', null, { body: '<x/>', type: xml }],
  getOverview: ['documents:read'],
  stream: ['documents:read'],

  // Partners, channels, statistics
  listPartners: ['partners:read'],
  getPartner: ['partners:read', 'partner'],
  putPartner: ['partners:write', null, { path: { identifier: 'customer:put' }, body: { name: 'Anna Berg' } }],
  listPartnerDoubles: ['partners:read'],
  mergePartners: ['partners:write', 'partner', { body: { other: 'customer:ingen' }, may: [404] }],
  splitPartner: ['partners:write', 'partner', { body: { alias: 'customer:ingen' }, may: [404] }],
  listPartnerDistinctions: ['partners:read'],
  distinguishPartners: ['partners:write', 'partner', { body: { other: 'customer:ingen' }, may: [404] }],
  takeBackPartnerDistinction: ['partners:write', 'partner', { path: { other: 'customer:ingen' }, may: [404] }],
  confirmPaymentIdentifier: ['partners:write', 'partner', { body: { account: 'bankgiro:54029681' }, may: [404] }],
  invitePartner: ['partners:write', 'partner', { body: { email: 'anna@berg.example' }, may: [404, 503] }],
  settlePartnerInvitation: ['partners:write', 'partner', { path: { invitationId: '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4801' }, body: { taken: true }, may: [404] }],
  getPartnerInvitationLink: ['open', null, { path: { token: 'x'.repeat(43) }, may: [404, 429] }],
  answerPartnerInvitation: ['open', null, { path: { token: 'x'.repeat(43) }, body: { answer: 'no' }, may: [404, 429] }],
  getStatistics: ['statistics:read'],
  exportStatistics: ['statistics:read', null, { query: { format: 'csv' } }],
  listPaperMoves: ['statistics:read'],
  listStatisticsSchedules: ['statistics:read'],
  // A key that names nobody has nobody to mail.
  makeStatisticsSchedule: ['documents:write', null, { body: { question: {}, every: 'week' }, may: [400] }],
  removeStatisticsSchedule: ['documents:write', 'statisticsSchedule', { fresh: true }],
  listCompanies: ['signed-in'],
  lookUpChannels: ['partners:read', null, { query: { identifier: '0007:5599900130' } }],
  getPolicy: ['partners:read'],
  putPolicy: ['partners:write', null, { body: policy }],
  readPolicyBack: ['partners:read', null, { body: policy }],
  tryPolicy: ['documents:read', null, { body: policy }],

  // The program itself
  advanceClock: ['signed-in', null, { body: { advance: 'PT1S' } }],
  health: ['open'],
  metrics: ['open'],
  getContract: ['open'],

  // Filters and registers
  listFilters: ['filters:read'],
  makeFilter: ['filters:write', null, { body: { name: 'F', rules, active: false } }],
  readBackRules: ['filters:read', null, { body: { rules } }],
  getVocabulary: ['filters:read'],
  startTrial: ['filters:read', null, { body: { rules, months: 1 }, may: [429] }],
  getTrial: ['filters:read', 'trial'],
  endTrial: ['filters:read', 'trial', { fresh: true }],
  listTrialDocuments: ['filters:read', 'trial'],
  getFilter: ['filters:read', 'filter'],
  changeFilter: ['filters:write', 'filter', { body: ({ version }) => ({ name: 'F', rules, active: false, version }) }],
  removeFilter: ['filters:write', 'filter', { fresh: true }],
  listFilterVersions: ['filters:read', 'filter'],
  restoreFilter: ['filters:write', 'filter', { body: { version: 1 } }],
  listRegisters: ['filters:read'],
  makeRegister: ['filters:write', null, { body: { name: 'Register', kind: 'references', sharedWithSenders: false } }],
  getRegister: ['filters:read', 'register'],
  changeRegister: ['filters:write', 'register', { body: { name: 'Nytt namn', kind: 'references', sharedWithSenders: false } }],
  removeRegister: ['filters:write', 'register', { fresh: true }],
  listRegisterRows: ['filters:read', 'register'],
  putRegisterRow: ['filters:write', 'registerRow', { body: {} }],
  removeRegisterRow: ['filters:write', 'registerRow', { fresh: true }],
  importRegister: ['filters:write', 'register', { body: 'Referens\nAnna\n', type: csv, may: [429] }],
  exportRegister: ['filters:read', 'register'],
  getImport: ['filters:read', 'import'],

  // What was stopped, and putting it right
  getStopped: ['documents:read', null, { query: { side: 'sent' } }],
  listStoppedSenders: ['documents:read'],
  listCorrected: ['documents:read', null, { query: { side: 'sent' } }],
  decide: ['documents:write', 'waiting', { body: { decision: 'accept' } }],
  getCorrection: ['documents:read', 'returned'],
  correctDocument: ['documents:write', 'returned', { body: { changes, send: false } }],
  previewCorrection: ['documents:write', 'returned', { body: { changes, send: false } }],
  correctDocuments: ['documents:write', 'returned', { body: ({ id }) => ({ documents: [id], changes, send: false }), inList: true }],
  getCorrectedFile: ['documents:read', 'corrected'],
  draftCredit: ['documents:write', 'document', { query: { kind: 'credit-note', number: 'K-1' } }],
  listRemembered: ['documents:read'],
  withdrawRemembered: ['documents:write', 'rule', { fresh: true }],
  getResend: ['documents:read', 'document'],
  resendDocument: ['documents:write', 'document', { body: {} }],
  recallDocument: ['documents:write', 'document', { body: {} }],
  listNotices: ['documents:read', 'returned'],
  sendNotice: ['documents:write', 'returned'],
  readNotice: ['person', 'returned', { staffSees: true }],
  getNoticeTexts: ['filters:read'],
  putNoticeTexts: ['filters:write', null, { body: { sv: words, en: words, reminderDays: 3, putRightDays: 14 } }],
  previewNotice: ['filters:read', null, { body: { sv: words, en: words, reminderDays: 3, putRightDays: 14 } }],
  getNoticeEmail: ['documents:read'],
  putNoticeEmail: ['documents:write', null, { body: { email: null } }],
  getInboundInvoices: ['documents:read'],
  putInboundInvoices: ['documents:write', null, { body: { on: false } }],

  // Links: the token is the right. What one opens and what not: notices.test.mjs
  getLink: ['open', null, { path: { token: '0000-0000-0000-0000' }, may: [404, 429] }],
  readByLink: ['open', null, { path: { token: '0000-0000-0000-0000' }, may: [404, 429] }],
  getLinkCorrection: ['open', null, { path: { token: '0000-0000-0000-0000', documentId: 'x' }, may: [404, 429] }],
  correctByLink: ['open', null, { path: { token: '0000-0000-0000-0000', documentId: 'x' }, body: { changes, send: false }, may: [404, 429] }],
  previewCorrectionByLink: ['open', null, { path: { token: '0000-0000-0000-0000', documentId: 'x' }, body: { changes, send: false }, may: [404, 429] }],
  getLinkCopy: ['open', null, { path: { token: '0000-0000-0000-0000', documentId: 'x' }, may: [404, 429] }],

  // Smartmail, print, the morning list
  listSmartmail: ['documents:read'],
  summariseSmartmail: ['documents:read'],
  exportSmartmail: ['documents:read'],
  actOnSmartmail: ['documents:write', 'document', { body: ({ id }) => ({ action: 'remind', documents: [id] }), inList: true }],
  getSmartmailSettings: ['documents:read'],
  putSmartmailSettings: ['documents:write', null, { body: { days: 5 } }],
  getPartnerSmartmail: ['partners:read', 'partner'],
  putPartnerSmartmail: ['partners:write', 'partner', { body: { days: 6 } }],
  deletePartnerSmartmail: ['partners:write', 'partner', { fresh: true }],
  trySmartmail: ['documents:read', null, { body: { days: 5 } }],
  listPrintBatches: ['operator documents:read'],
  getMorningList: ['documents:read'],
  putMorningList: ['documents:write', null, { body: { addresses: [] } }],

  // Operations
  getOperations: ['staff'],
  retryFailures: ['staff', null, { body: { cause: 'no-channel' } }],
  retryJobs: ['staff', null, { body: { kind: 'deliver' } }],
  createLead: ['open', null, { body: { name: 'Någon', email: 'nagon@mejl.example' }, may: [429] }],
  getLeadForm: ['open'],
  withdrawLead: ['open', null, { body: { token: 'ingen' }, may: [400] }],
  listLeads: ['staff'],
  exportLeads: ['staff'],
  getLeadSettings: ['staff'],
  putLeadSettings: ['staff', null, { body: { monthsKept: 24 } }],
  getLead: ['staff', 'lead'],
  changeLead: ['staff', 'lead', { body: { company: 'Holm & Söner AB' } }],
  eraseLead: ['staff', 'lead', { fresh: true }],
  addLeadNote: ['staff', 'lead', { body: { text: 'Ringde.' } }],
  makeLeadCustomer: ['staff', 'lead', { body: () => ({ identifier: `0007:${fresh(559_981_000)}`, name: 'Holm & Söner AB' }), fresh: true }],

  // Banks, hand-over, watched folders, Peppol
  listBankAgreements: ['partners:read'],
  importBankAgreements: ['partners:write', null, { body: 'mottagarid;kundnr;namn;bank\n196505030004.NB.SE;1;Karin Ek;Nordbanken\n', type: csv }],
  decideBankAgreement: ['partners:write', 'agreement', { body: { decision: 'end' } }],
  getBankSettings: ['partners:read'],
  putBankSettings: ['partners:write', null, { body: { acceptance: 'by-hand' } }],
  listBankFiles: ['documents:read'],
  listHandovers: ['documents:read'],
  confirmHandover: ['documents:write', 'waiting', { body: { result: 'taken' } }],
  testHandover: ['documents:write', null, { body: { kind: 'invoice' } }],
  listHandoverTests: ['documents:read'],
  getHandoverTest: ['documents:read', 'handoverTest'],
  getHandoverTestOriginal: ['documents:read', 'handoverTest'],
  getHandoverSettings: ['filters:read'],
  putHandoverSetting: ['filters:write', null, { path: { kind: 'other' }, body: { way: 'inbox', version: 0 } }],
  removeHandoverSetting: ['filters:write', null, { path: { kind: 'credit-note' } }],
  getWatchedFolder: ['filters:read'],
  putWatchedFolder: ['filters:write', null, { body: { address: '', version: 0 }, may: [400] }],
  removeWatchedFolder: ['filters:write'],

  // Companies, who sees whom
  createCompany: ['companies:write', null, { body: () => ({ identifier: `0007:${fresh(559_980_000)}`, name: 'Nytt AB' }) }],
  getCompany: ['companies:read', 'company'],
  changeCompany: ['companies:write', 'company', { body: { contacts: [] } }],
  putCompanyIdentifiers: ['companies:write', 'subsidiary', { body: { identifier: identifierOf('daughter'), identifiers: [identifierOf('daughter')] } }],
  moveCompany: ['companies:write', 'subsidiary', { body: ({ parentId }) => ({ parent: parentId }), staffMay: true }],
  listCompanySettings: ['companies:read', 'company'],
  setCompanySetting: ['companies:write', 'company', { path: { key: 'language' }, body: { value: 'sv' } }],
  unsetCompanySetting: ['companies:write', 'company', { path: { key: 'language' }, may: [404] }],
  listGroups: ['companies:read'],
  getInsight: ['companies:read'],
  giveInsight: ['companies:write', 'insight', { body: { sent: true, received: false, types: ['invoice'], mayAct: false } }],
  takeInsightBack: ['companies:write', 'insight', { fresh: true }],

  // Keys, sandbox, webhooks
  listKeys: ['keys:write'],
  makeKey: ['keys:write', null, { body: { name: 'Affärssystem', scopes: ['documents:read'], expiresInDays: 30 } }],
  changeKey: ['keys:write', 'key', { body: { name: 'Nytt namn' } }],
  revokeKey: ['keys:write', 'key', { fresh: true }],
  takeOverKey: ['keys:write', 'key'],
  getSandbox: ['documents:read'],
  makeSandbox: ['keys:write'],
  resetSandbox: ['keys:write', null, { may: [404] }],
  sendTestInvoice: ['documents:write', null, { body: { receiver: 'stops', orderNumber: '45123456' } }],
  receiveTestInvoice: ['documents:write', null, { body: { kind: 'invoice' } }],
  advanceTestDocument: ['documents:write', null, { path: { id: '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711' }, may: [404] }],
  listWebhooks: ['webhooks:read'],
  makeWebhook: ['webhooks:write', null, { body: { url: 'https://erp.example.com/in', events: ['*'] } }],
  getWebhook: ['webhooks:read', 'webhook'],
  changeWebhook: ['webhooks:write', 'webhook', { body: { description: 'Affärssystemet' } }],
  removeWebhook: ['webhooks:write', 'webhook', { fresh: true }],
  rotateWebhookSecret: ['webhooks:write', 'webhook', { body: { previousValidFor: 'P1D' } }],
  testWebhook: ['webhooks:write', 'webhook'],
  replayWebhookMessages: ['webhooks:write', 'webhook', { body: { from: '2026-11-29T00:00:00Z', to: '2026-11-30T00:00:00Z', state: 'failed' } }],
  listWebhookMessages: ['webhooks:read', 'webhook'],
  getWebhookMessage: ['webhooks:read', 'webhookMessage'],
  replayWebhookMessage: ['webhooks:write', 'webhookMessage'],

  // Tickets: whoever may read may ask; staff answer without acting for the customer
  listTickets: ['tickets:read'],
  countTickets: ['tickets:read'],
  makeTicket: ['tickets:write', null, { body: { subject: 'Hjälp', text: 'Det krånglar' } }],
  getTicket: ['tickets:read', 'ticket'],
  changeTicket: ['tickets:write', 'ticket', { body: { status: 'solved' }, staffMay: true }],
  writeInTicket: ['tickets:write', 'ticket', { body: { text: 'Hej' }, staffMay: true }],
  attachToTicket: ['tickets:write', 'ticket', { body: { documents: [] }, staffMay: true }],
  getTicketDocument: ['tickets:read', 'ticketDocument'],
  getTicketAttachment: ['tickets:read', 'ticketFile'],
  listDocumentTickets: ['tickets:read', 'document'],
  listSimilar: ['tickets:read', 'document'],

  // Lists in and out
  previewImportOfPartners: ['partners:write', null, { body: 'Identifierare;Namn\n5599900130;Granberga Bygg AB\n', type: csv }],
  importPartners: ['partners:write', null, { body: 'Identifierare;Namn\n5599900130;Granberga Bygg AB\n', type: csv, query: { plan: '0'.repeat(64) } }],
  templateOfPartners: ['partners:read'],
  exportPartners: ['partners:read'],
  previewImportOfCompanies: ['companies:write', null, { body: 'Identifierare;Namn\n5599900148;Nordhamn Elnät AB\n', type: csv }],
  importCompanies: ['companies:write', null, { body: 'Identifierare;Namn\n5599900148;Nordhamn Elnät AB\n', type: csv, query: { plan: '0'.repeat(64) } }],
  templateOfCompanies: ['companies:read'],
  exportCompanies: ['companies:read'],
  previewImportOfUsers: ['users:write', null, { body: 'E-post;Namn;Roll\nkarin@nordhamn.example;Karin;ekonomi\n', type: csv }],
  importUsers: ['users:write', null, { body: 'E-post;Namn;Roll\nkarin@nordhamn.example;Karin;ekonomi\n', type: csv, query: { plan: '0'.repeat(64) } }],
  templateOfUsers: ['users:read'],
  exportUsers: ['users:read'],

  // The audit trail
  listAudit: ['audit:read'],
  exportAudit: ['audit:read'],
  getAuditProof: ['audit:read'],
  listDocumentAudit: ['audit:read', 'document'],

  // People. What needs the password is asked without one, so that nobody is locked out: 400 says that it came so far.
  secondStep: ['open', null, { body: { pending: 'x'.repeat(43), code: '000000' }, may: [401, 429] }],
  getMe: ['person'],
  changeMe: ['person', null, { body: { theme: 'dark' } }],
  listNotifications: ['person'],
  countNotifications: ['person'],
  readNotifications: ['person', null, { body: { until: '2020-01-01T00:00:00Z' } }],
  unsubscribe: ['open', null, { path: { token: 'x'.repeat(43) }, may: [404, 429] }],
  listSavedViews: ['person'],
  putSavedViews: ['person', null, { body: { items: [] } }],
  changePassword: ['person', null, { body: {}, may: [400] }],
  getSecondFactor: ['person'],
  enrolSecondFactor: ['person', null, { body: {}, may: [400] }],
  confirmSecondFactor: ['person', null, { body: {}, may: [400] }],
  renewRecoveryCodes: ['person', null, { body: {}, may: [400] }],
  removeSecondFactor: ['person', null, { body: {}, may: [400] }],
  listSessions: ['person'],
  endOtherSessions: ['person', null, { alone: true, endsAll: true }],
  endSession: ['person', null, { path: { sessionId: '019ab2c4-5d10-7c3e-9a51-2f6f0c8e4711' }, may: [404] }],
  askForNewPassword: ['open', null, { body: { email: 'ingen@postgang.example' }, may: [429, 503] }],
  checkPasswordLink: ['open', null, { path: { token: 'x'.repeat(43) }, may: [404, 429] }],
  setNewPassword: ['open', null, { path: { token: 'x'.repeat(43) }, body: { password: 'fyra kloka ugglor' }, may: [404, 429] }],
  getInvitationLink: ['open', null, { path: { token: 'x'.repeat(43) }, may: [404, 429] }],
  acceptInvitation: ['open', null, { path: { token: 'x'.repeat(43) }, body: { name: 'Per Lind', password: 'fyra kloka ugglor' }, may: [404, 429] }],
  listUsers: ['users:read'],
  getUser: ['users:read', 'user'],
  changeUser: ['users:write', 'user', { body: ({ companyId }) => ({ memberships: [{ companyId, role: 'reader' }] }) }],
  listSessionsOfUser: ['users:read', 'user'],
  endSessionsOfUser: ['users:write', 'user'],
  resetSecondFactorOfUser: ['users:write', 'user'],
  listInvitations: ['users:read'],
  invite: ['users:write', 'company', { body: ({ companyId }) => ({ email: `gast${fresh(1)}@postgang.example`, name: 'Gäst', language: 'sv', memberships: [{ companyId, role: 'reader' }] }), byPeople: true, refusesBody: true }],
  withdrawInvitation: ['users:write', 'invitation', { fresh: true }],
  inviteAgain: ['users:write', 'invitation'],
  getSecondFactorDemand: ['users:read'],
  putSecondFactorDemand: ['users:write', null, { body: { demanded: false } }],

  // Retention, what is held about a person, archives
  getRetention: ['companies:read'],
  changeFinancialYear: ['companies:write', null, { body: { yearEnd: 12 } }],
  previewRetention: ['companies:read'],
  changeRetention: ['companies:write', null, { path: { kind: 'order' }, body: { years: 7 } }],
  holdDocuments: ['companies:write', 'toHold', { body: { reason: 'Tvist' } }],
  releaseDocuments: ['companies:write', 'held', { fresh: true }],
  reportPerson: ['users:write', null, { query: { query: 'karin@nordhamn.example' } }],
  listArchives: ['companies:write'],
  makeArchive: ['companies:write', null, { may: [429] }],
  getArchive: ['companies:write', 'archive'],
  downloadArchive: ['companies:write', 'archive'],
  // Exports of lists: each has its own, so that one which a key of the company made is nobody's else
  listExports: ['documents:read'],
  startExport: ['documents:read', null, { body: { form: 'csv', filter: { number: 'P-1' } }, may: [429] }],
  getExport: ['documents:read', 'export', { may: [404] }],
  removeExport: ['documents:read', 'export', { may: [404] }],
  downloadExport: ['documents:read', 'export', { may: [404] }],
  listSharedViews: ['documents:read'],
  shareView: ['filters:write', null, { body: { list: 'sent', name: 'Misslyckade', query: 'status=failed' } }],
  removeSharedView: ['filters:write', 'sharedView', { fresh: true, may: [403] }],
  // The company's own identity provider: without one there is nothing to try, to remove or to confirm
  getSignInProvider: ['open', null, { query: { domain: 'nordhamn.example' } }],
  startProviderSignIn: ['open', null, { query: { email: 'ingen@nordhamn.example' }, may: [303] }],
  endProviderSignIn: ['open', null, { query: { state: 'x'.repeat(43), code: 'x' }, may: [303] }],
  getIdentityProvider: ['companies:read'],
  putIdentityProvider: ['companies:write', null, { body: { issuer: 'http://127.0.0.1:9/', clientId: 'postgang', domains: [] }, byPeople: true }],
  tryIdentityProvider: ['companies:write', null, { byPeople: true, may: [404, 503] }],
  confirmSignInDomain: ['companies:write', null, { path: { domain: 'nordhamn.example' }, body: { by: 'dns' }, byPeople: true, may: [404] }],
  forgetIdentityBindings: ['companies:write', null, { byPeople: true, may: [404] }],
  deleteIdentityProvider: ['companies:write', null, { byPeople: true, may: [404] }],

  takePeppol: ['access-point', null, { body: '<x/>', type: xml }],
};
