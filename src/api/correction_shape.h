// Corrections in JSON: what is asked (read strictly) and what is shown. Used by the documents' routes and by
// links.
#pragma once

#include <boost/json.hpp>

#include "api/json_body.h"
#include "flow/correct.h"
#include "insight/correction_form.h"

namespace postgang::api {

// A body that may carry attachments; code body-too-large over it.
inline constexpr std::size_t correction_bytes_max = 30'000'000;

struct CorrectionAsked {
  flow::CorrectionRequest request;
  bool send = false;
};
// {changes, attachments?, removeAttachments?, channel?, send, remember?, reason?}. Codes field-invalid,
// field-unknown, json-invalid.
Result<CorrectionAsked> correctionAsked(const net::Request& request, DocumentId document);
// The "changes" and the "attachments" of a body.
Result<std::vector<formats::TermChange>> changesIn(const JsonBody& body);
Result<std::vector<formats::NewAttachment>> attachmentsIn(const JsonBody& body);

boost::json::object causeShape(std::string_view finding, std::string_view term);
boost::json::array differenceShape(const std::vector<document::Change>& changes);
boost::json::array differenceShape(const std::vector<store::ChangeFact>& changes);
// How it would stand, with what each value that is typed could become.
Result<boost::json::object> previewShape(store::Reader& reader, const flow::Proposed& proposed,
                                         const flow::CorrectionRequest& request);
boost::json::object madeShape(const flow::CorrectionMade& made);
// `why` is a problem code, null where it may be corrected.
boost::json::object correctionShape(const store::DocumentRow& row, const insight::CorrectionForm& form,
                                    const document::BusinessDocument& parsed,
                                    std::optional<std::string_view> why);

// What GET …/correction answers, for a document that the caller may correct.
Result<boost::json::object> correctionOf(store::Reader& reader, const store::DocumentRow& row);

}  // namespace postgang::api
