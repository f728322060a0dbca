// Telling people (store/news.h): who hears of it, a row for each, and the mails of those who want each by
// itself. A job of its own, `tell-people`, made in the commit of what it tells of.
//
//   who hears                     the company's own people, in the role that they have there; where it has
//                                 none, those of the nearest company above
//   who may ask to hear, too      people of companies above it, and of those that it lets see its traffic:
//                                 of documents that they see, by direction and kind
//   not                           who has done it; a person with a role that can do nothing about it, unless
//   it
//                                 asks to hear; anybody of what happens in a sandbox
//
//   many of a kind                within minutes are one unread row that counts, until it is read or mailed;
//                                 what comes to a desk (news.h), too, though it is told by name
//   each by itself                mailed at once; of a kind that comes in crowds after two minutes, with what
//                                 has come by then, and not twice within half an hour
//   digest                        one mail a day at the person's own hour, of all that is unread by then
#pragma once

#include "flow/step.h"

namespace postgang::flow {

Result<Decision> tellPeople(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
