#include "access/ticket_viewer.h"

#include "access/visibility.h"

namespace postgang::access {

store::TicketViewer ticketViewerOf(const Caller& caller) {
  store::TicketViewer viewer;
  viewer.viewer = caller.viewer;
  viewer.acting = caller.acting;
  viewer.company = caller.company.id;
  if (caller.user) viewer.user = caller.user->id;
  viewer.answers = caller.may(Scope::documents_write);
  viewer.staff = caller.isStaff() && caller.company.isOperator;
  return viewer;
}

Result<store::TicketViewer> ticketViewerOf(store::Reader& reader, const store::User& user,
                                           const store::Company& actingFor) {
  TRY(const auto role, roleIn(reader, user, actingFor));
  store::TicketViewer viewer;
  viewer.company = actingFor.id;
  viewer.user = user.id;
  viewer.answers = scopesOfRole(role).has(Scope::documents_write);
  viewer.staff = user.staff && actingFor.isOperator;
  TRY(viewer.viewer, viewerOf(reader, user, actingFor));
  viewer.acting = viewer.viewer.acting();
  return viewer;
}

}  // namespace postgang::access
