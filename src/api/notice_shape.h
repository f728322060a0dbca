// Notices in JSON.
#pragma once

#include <boost/json.hpp>

#include "store/notices.h"

namespace postgang::api {

boost::json::object noticeShape(const store::NoticeRow& row);
// The latest notice that told of this document; null when there is none.
Result<boost::json::value> latestNoticeShape(store::Reader& reader, const store::Viewer& viewer,
                                             DocumentId document);

}  // namespace postgang::api
