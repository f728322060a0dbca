// The key in the address that a company's suppliers mail invoices to.
#include "store/smartmail.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class InboundKey : public BothStores {
 protected:
  void set(CompanyId company, const std::string& key) {
    write([&](Transaction& tx) { return setInboundKey(tx, company, key); });
  }
  std::optional<CompanyId> whose(const std::string& key) {
    std::optional<CompanyId> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, companyOfInboundKey(reader, key));
      return {};
    });
    return found;
  }
};

TEST_P(InboundKey, leads_to_one_company_until_it_is_given_up) {
  EXPECT_EQ(whose(""), std::nullopt) << "companies without one share nothing";
  set(company(1), "nyckel");
  set(company(2), "annan");
  EXPECT_EQ(whose("nyckel"), company(1));
  EXPECT_EQ(whose("annan"), company(2));
  EXPECT_EQ(whose("Nyckel"), std::nullopt);
  set(company(1), "");
  EXPECT_EQ(whose("nyckel"), std::nullopt);
  set(company(2), "ny");
  EXPECT_EQ(whose("annan"), std::nullopt);
}

TEST_P(InboundKey, of_a_question_by_mail_its_message_is_kept_in_the_event) {
  const auto id = received(company(1));
  SmartmailFact asked;
  asked.delivery = ids_.next<DeliveryId>();
  asked.detail = "Vad är detta?";
  asked.message = sha256("mail");
  appendTo(id, {{EventType::asked, {}, asked}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto events, eventsOf(reader, Viewer::system(), id));
    EXPECT_EQ(std::get<SmartmailFact>(events.back().fact).message, sha256("mail"));
    return {};
  });
}

INSTANTIATE_BOTH_STORES(InboundKey);

}  // namespace
}  // namespace postgang::store
