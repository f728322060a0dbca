#include "api/notice_shape.h"

#include "api/shapes.h"

namespace postgang::api {

namespace json = boost::json;

json::object noticeShape(const store::NoticeRow& row) {
  const auto& notice = row.notice;
  json::array missing;
  for (const auto& what : notice.missing) missing.emplace_back(what);
  return {{"id", notice.id.text()},
          {"state", store::name(notice.state)},
          {"way", textOrNull(notice.way)},
          {"address", textOrNull(notice.address)},
          {"createdAt", notice.createdAt.text()},
          {"sentAt", instantOrNull(notice.sentAt)},
          {"readAt", instantOrNull(notice.readAt)},
          {"reason", textOrNull(notice.reason)},
          {"missing", std::move(missing)},
          {"reminders", notice.reminders},
          {"documents", row.documents}};
}

Result<json::value> latestNoticeShape(store::Reader& reader, const store::Viewer& viewer,
                                      DocumentId document) {
  TRY(const auto row, store::latestNoticeOf(reader, viewer, document));
  return row ? json::value(noticeShape(*row)) : json::value(nullptr);
}

}  // namespace postgang::api
