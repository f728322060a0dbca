// Partners in JSON: Partner, PartnerDetail and what stands in them.
#pragma once

#include <boost/json.hpp>

#include "insight/partner_overview.h"

namespace postgang::api {

// What its owner and documents say of it, without what is counted.
boost::json::object partnerShape(const store::Partner& partner);
boost::json::object partnerShape(const insight::SeenPartner& seen);        // Partner
boost::json::object partnerShape(const insight::PartnerDetail& detail);    // PartnerDetail
boost::json::object doubleShape(const store::Double& found);               // PartnerDouble
boost::json::object invitationShape(const store::PartnerInvitation& one);  // PartnerInvitation

}  // namespace postgang::api
