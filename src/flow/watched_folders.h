// Folders where companies lay files that are to be sent («watched-folder»): one job per company that has one,
// whose lease sees to it that only one node tends it.
//
// A file is taken in once two looks have seen the same content under the same name, so that one which is
// still being written is left until it is whole; programs may also write under a name beginning with a dot
// and rename it. Then it is moved to `done`, or to `failed` with a text of why beside it. What was taken in
// is known by name and content: after a crash between taking and moving it is only moved. What has a name
// that is not of the letters A-Z and a-z, digits, dots, _ and - is not touched.
#pragma once

#include "flow/step.h"

namespace postgang::flow {

store::NewJob watchedFolderJob(CompanyId company, Instant runAt);

Result<Decision> lookIntoFolder(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
