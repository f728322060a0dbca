// The schema's step for tickets (store/tickets.h).
//
// ticket_numbers has one row: whoever makes a ticket changes it first, so that two who do so at once wait for
// each other there. A ticket's list is read by the last that happened to it; `words` is what its text search
// looks in, folded. desk 0 is the operator's. mail_id is the Message-ID of a message by mail, either way:
// what answers to it refer to.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view tickets_schema[] = {
    "CREATE TABLE ticket_numbers (only_one BIGINT PRIMARY KEY, latest BIGINT NOT NULL)",
    "INSERT INTO ticket_numbers (only_one, latest) VALUES (1, 10000)",

    "CREATE TABLE tickets (id {uuid} PRIMARY KEY, number BIGINT NOT NULL UNIQUE, company BIGINT NOT NULL, "
    "desk BIGINT NOT NULL, subject {text} NOT NULL, status {text} NOT NULL, priority {text} NOT NULL, "
    "assignee {uuid}, assignee_name {text} NOT NULL, requester {uuid}, requester_name {text} NOT NULL, "
    "requester_mail {text} NOT NULL, language {text} NOT NULL, counterpart {text} NOT NULL, "
    "counterpart_name {text} NOT NULL, cause {text} NOT NULL, channel {text} NOT NULL, mail_key {text} NOT "
    "NULL UNIQUE, words {text} NOT NULL, created_at BIGINT NOT NULL, created_by {text} NOT NULL, changed_at "
    "BIGINT NOT NULL, answer_due BIGINT NOT NULL, solution_due BIGINT NOT NULL, waiting_since BIGINT, "
    "answered_at BIGINT, solved_at BIGINT, closed_at BIGINT, changes BIGINT NOT NULL){clustered}",
    "CREATE INDEX tickets_changed ON tickets (changed_at, id)",
    "CREATE INDEX tickets_company ON tickets (company, changed_at, id)",
    "CREATE INDEX tickets_assignee ON tickets (assignee, changed_at) WHERE assignee IS NOT NULL",
    "CREATE INDEX tickets_requester ON tickets (requester, changed_at) WHERE requester IS NOT NULL",
    "CREATE INDEX tickets_requester_mail ON tickets (requester_mail, created_at) WHERE requester_mail <> ''",
    "CREATE INDEX tickets_closed ON tickets (company, closed_at) WHERE closed_at IS NOT NULL",
    "CREATE INDEX tickets_cause ON tickets (cause, changed_at) WHERE cause <> ''",
    "CREATE INDEX tickets_counterpart ON tickets (counterpart, changed_at) WHERE counterpart <> ''",

    "CREATE TABLE ticket_documents (ticket {uuid} NOT NULL, document {uuid} NOT NULL, direction {text} NOT "
    "NULL, kind {text} NOT NULL, number {text} NOT NULL, counterpart_name {text} NOT NULL, snapshot {text} "
    "NOT NULL, attached_at BIGINT NOT NULL, attached_by {text} NOT NULL, PRIMARY KEY (ticket, "
    "document)){clustered}",
    "CREATE INDEX ticket_documents_document ON ticket_documents (document)",

    "CREATE TABLE ticket_messages (id {uuid} PRIMARY KEY, ticket {uuid} NOT NULL, at BIGINT NOT NULL, source "
    "{text} NOT NULL, author {text} NOT NULL, author_name {text} NOT NULL, author_mail {text} NOT NULL, "
    "from_desk BIGINT NOT NULL, internal BIGINT NOT NULL, unverified BIGINT NOT NULL, text {text} NOT NULL, "
    "quoted {text} NOT NULL, "
    "left_out {text} NOT NULL, mail_id {text} NOT NULL){clustered}",
    "CREATE INDEX ticket_messages_ticket ON ticket_messages (ticket, id)",
    "CREATE INDEX ticket_messages_mail ON ticket_messages (mail_id) WHERE mail_id <> ''",

    "CREATE TABLE ticket_attachments (id {uuid} PRIMARY KEY, ticket {uuid} NOT NULL, message {uuid} NOT "
    "NULL, name {text} NOT NULL, media_type {text} NOT NULL, size BIGINT NOT NULL, digest {bytes} NOT "
    "NULL){clustered}",
    "CREATE INDEX ticket_attachments_ticket ON ticket_attachments (ticket, id)",
    "CREATE INDEX ticket_attachments_digest ON ticket_attachments (digest)",

    "CREATE TABLE ticket_changes (ticket {uuid} NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, what "
    "{text} NOT NULL, before {text} NOT NULL, after {text} NOT NULL, changed_by {text} NOT NULL, PRIMARY KEY "
    "(ticket, number)){clustered}",
};

}  // namespace postgang::store::sql
