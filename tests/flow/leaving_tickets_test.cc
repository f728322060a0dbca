// Tickets in a leaving customer's archive: all of them, whatever has become of them, and no other desk's
// notes.
#include "flow/leaving_tickets.h"

#include <boost/json.hpp>
#include <map>

#include "store/company_settings.h"
#include "tests/flow/ticketed.h"

namespace postgang::flow {
namespace {

class LeavingTickets : public Ticketed {
 protected:
  std::map<std::string, std::string> archived(CompanyId company) {
    std::map<std::string, std::string> files;
    const LeavingOrder order{
        .viewer = store::Viewer::ofCompanies({company}, {}), .company = company, .file = {}};
    const auto outcome = store_->read([&](store::Reader& reader) {
      return eachLeavingTicket(reader, order, [&](const std::string& path, std::string_view bytes) {
        EXPECT_TRUE(files.emplace(path, bytes).second) << path;
        return Outcome();
      });
    });
    EXPECT_TRUE(outcome) << outcome.error().detail;
    return files;
  }
  static std::string pathOf(const store::Ticket& ticket) {
    return "tickets/" + std::to_string(ticket.number) + "/ticket.json";
  }
  static std::string all(const std::map<std::string, std::string>& files) {
    std::string text;
    for (const auto& [path, bytes] : files) text += path + "\n" + bytes + "\n";
    return text;
  }
  static KeptFile file(const std::string& name, const std::string& bytes) {
    auto kept = keptFile({name, "text/plain", bytes});
    EXPECT_TRUE(kept) << kept.error().code;
    return kept.value_or(KeptFile());
  }
};

TEST_F(LeavingTickets, EveryOneIsThereWithItsThreadAndItsFiles) {
  NewTicket asked;
  asked.subject = "Fakturan kom inte fram";
  asked.text = "Se bilagan";
  asked.files = {file("logg.txt", "rad ett"), file("logg.txt", "rad två")};
  const auto closed = make(karin(), asked);
  EXPECT_EQ(say(olle(), closed.id, {.text = "Nu är den skickad", .status = store::TicketStatus::solved}), "");
  clock_.advanceSeconds(40LL * 24 * 3600);
  walk();
  const auto open = make(karin());
  ASSERT_EQ(statusOf(closed.id), "closed");
  ASSERT_EQ(statusOf(open.id), "new");

  const auto files = archived(energi_);
  ASSERT_EQ(files.size(), 5U) << all(files);
  const auto ticket = boost::json::parse(files.at(pathOf(closed))).as_object();
  EXPECT_EQ(ticket.at("status"), "closed");
  EXPECT_EQ(ticket.at("subject"), "Fakturan kom inte fram");
  std::vector<std::string> said, bytes;
  for (const auto& message : ticket.at("messages").as_array()) {
    if (message.at("source") != "system") said.emplace_back(message.at("text").as_string());
    for (const auto& attachment : message.at("attachments").as_array()) {
      EXPECT_EQ(attachment.at("name"), "logg.txt");
      const std::string name(attachment.at("file").as_string());
      bytes.push_back(files.at("tickets/" + std::to_string(closed.number) + "/" + name));
    }
  }
  EXPECT_EQ(said, (std::vector<std::string>{"Se bilagan", "Nu är den skickad"}));
  EXPECT_EQ(bytes, (std::vector<std::string>{"rad ett", "rad två"}));
  EXPECT_FALSE(ticket.at("changes").as_array().empty());
  const auto& list = files.at("tickets.csv");
  EXPECT_NE(list.find(store::ticketNumberText(closed.number)), std::string::npos);
  EXPECT_NE(list.find(store::ticketNumberText(open.number)), std::string::npos);
}

TEST_F(LeavingTickets, NotesOfTheOperatorsDeskAreNot) {
  const auto ticket = make(karin());
  EXPECT_EQ(say(olle(), ticket.id,
                {.text = "Hemligt oss emellan", .internal = true, .files = {file("internt.txt", "dolt")}}),
            "");
  const auto text = all(archived(energi_));
  EXPECT_EQ(text.find("Hemligt"), std::string::npos);
  EXPECT_EQ(text.find("internt"), std::string::npos);
  EXPECT_EQ(text.find("dolt"), std::string::npos);
}

TEST_F(LeavingTickets, NotesOfItsOwnDeskAreUntilTheOperatorHasTheTicket) {
  write([&](store::Transaction& tx) {
    return store::setCompanySetting(tx, energi_, "ticketDesk", R"("own")", "Karin Sund");
  });
  const auto ticket = make(karin());
  ASSERT_EQ(find(ticket.id).desk, energi_);
  EXPECT_EQ(say(karin(), ticket.id, {.text = "Vår egen anteckning", .internal = true}), "");
  EXPECT_NE(all(archived(energi_)).find("Vår egen anteckning"), std::string::npos);
  EXPECT_EQ(change(karin(), ticket.id, {.toOperator = true}), "");
  EXPECT_EQ(say(olle(), ticket.id, {.text = "Hemligt oss emellan", .internal = true}), "");
  EXPECT_EQ(all(archived(energi_)).find("Hemligt"), std::string::npos);
}

TEST_F(LeavingTickets, ThoseOfOthersAreNot) {
  make(karin());
  const auto files = archived(granberga_);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_TRUE(files.contains("tickets.csv"));
}

}  // namespace
}  // namespace postgang::flow
