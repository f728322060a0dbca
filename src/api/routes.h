// The resources, one file each. The list of them all is addRoutes in api.cc.
#pragma once

#include "net/router.h"

namespace postgang::api {

struct Parts;

void addSessionRoutes(net::Router& router, Parts& parts);       // session.cc
void addDocumentListRoutes(net::Router& router, Parts& parts);  // document_list.cc
void addUploadRoutes(net::Router& router, Parts& parts);        // upload.cc
void addDocumentRoutes(net::Router& router, Parts& parts);      // document.cc
void addDocumentPartRoutes(net::Router& router, Parts& parts);  // document_parts.cc
void addFileRoutes(net::Router& router, Parts& parts);          // files.cc
void addCopyRoutes(net::Router& router, Parts& parts);          // copies.cc
void addOpeningRoutes(net::Router& router, Parts& parts);       // opening.cc
void addOverviewRoutes(net::Router& router, Parts& parts);      // overview.cc
void addPartnerRoutes(net::Router& router, Parts& parts);       // partners.cc
void addStatisticsRoutes(net::Router& router, Parts& parts);    // statistics.cc
void addCompanyRoutes(net::Router& router, Parts& parts);       // companies.cc
void addChannelRoutes(net::Router& router, Parts& parts);       // channels.cc
void addStreamRoutes(net::Router& router, Parts& parts);        // stream.cc
void addClockRoutes(net::Router& router, Parts& parts);         // clock.cc
void addOperationRoutes(net::Router& router, Parts& parts);     // operation.cc: health, metrics, openapi.json

}  // namespace postgang::api
