// What a notice says: from the stopped documents, their findings and the receiver's own words to the words of
// the mail (render/notice_mail.h).
#pragma once

#include <vector>

#include "flow/notice_texts.h"
#include "flow/notice_ways.h"
#include "flow/step.h"
#include "net/mail.h"
#include "render/notice_mail.h"
#include "store/notices.h"

namespace postgang::flow {

// In words of this language; `title` stands for the term, `what` is one sentence.
render::NoticeFault noticeFault(const store::FindingFact& finding, Language language);

// Of the documents that are still to be put right. Link, reference and deadline are the caller's.
Result<render::StopNotice> noticeContent(store::Reader& reader, const store::Notice& notice,
                                         const std::vector<DocumentId>& documents, const NoticeTexts& texts,
                                         Language language);

// The originals, where they are few and small enough to go along; else none.
Result<std::vector<net::MailAttachment>> originalsOf(store::Reader& reader,
                                                     const std::vector<DocumentId>& documents);

std::string referenceOf(const store::Notice& notice);  // "R-2026-4F09A1"

// As the settings' preview shows it: an invoice of our own making, stopped by this company with these words.
render::NoticeMail noticeSample(std::string_view receiver, const NoticeTexts& texts, Language language,
                                Date today);

}  // namespace postgang::flow
