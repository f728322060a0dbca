#include "flow/remind.h"

#include <boost/json.hpp>

namespace postgang::flow {

store::NewJob remindJob(DocumentId document, CompanyId company, DeliveryId delivery, std::string recipient,
                        Instant at) {
  store::NewJob job;
  job.kind = "remind";
  job.key = "remind:" + delivery.text() + ":" + hex(view(sha256(recipient))).substr(0, 16) + ":" +
            dateInStockholm(at).text();
  job.document = document;
  job.company = company;
  job.runAt = at;
  job.payload =
      boost::json::serialize(boost::json::object{{"delivery", delivery.text()}, {"recipient", recipient}});
  return job;
}

}  // namespace postgang::flow
