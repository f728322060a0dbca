#include "app/demo/uploads.h"

namespace postgang::app::demo {

flow::Upload uploadOf(const World& world, const People& people, const Mailing& mailing) {
  const auto& relation = world.relations[static_cast<std::size_t>(mailing.relation)];
  const auto hands = static_cast<std::size_t>(relation.inbound ? relation.buyer : relation.seller);
  flow::Upload upload;
  upload.sender = people.companies[hands];
  upload.actor = {store::ActorKind::demo, "", "Affärssystem"};
  upload.door = "demo";
  if (relation.inbound) {
    upload.actor = people.readers[hands];
    upload.door = "portal";
    upload.inbound = true;
  }
  upload.fileName = mailing.fileName;
  upload.mediaType = mailing.mistake == Mistake::not_xml ? "text/csv" : "application/xml";
  upload.bytes = mailing.bytes;
  return upload;
}

}  // namespace postgang::app::demo
