// What stands in the list of partners can be opened.
#include "tests/api/world.h"

namespace postgang::api {
namespace {

class PartnersTest : public World {
 protected:
  net::Reply put(const std::string& identifier, const std::string& name) {
    net::Headers headers;
    headers.add("Content-Type", "application/json");
    return call("PUT", "/api/v1/partners/" + identifier, seller_, std::move(headers),
                R"({"name":")" + name + R"("})");
  }
  boost::json::array listed(const std::string& query = {}) {
    return jsonOf(get("/api/v1/partners" + query, seller_)).at("items").as_array();
  }
  std::string seller_ = key(energi_);
};

TEST_F(PartnersTest, are_opened_by_the_identifier_in_the_list) {
  for (const auto* identifier :
       {"9955:SE559990031201", "0007:559990-0213", "0007:165599900213", "customer:K-12%20b"})
    EXPECT_LT(put(identifier, "Motpart").status, 300) << identifier;
  EXPECT_EQ(put("customer:" + std::string(180, '7'), "Lång").status, 201);
  delivered(seller_, "A-1", energi, granberga);
  const auto items = listed();
  EXPECT_EQ(items.size(), 5U) << boost::json::serialize(items);
  for (const auto& item : items) {
    std::string path;
    for (const char c : std::string(item.at("identifier").as_string()))
      path += c == ' ' ? "%20" : std::string(1, c);
    EXPECT_EQ(get("/api/v1/partners/" + path, seller_).status, 200) << path;
  }
  EXPECT_EQ(put("0007:5599900214", "Felskriven").status, 400);
}

TEST_F(PartnersTest, are_found_by_their_number_as_the_list_writes_it) {
  put("0007:5599900213", "Järnkulla Rör AB");
  put("0007:5599900130", "Granberga Bygg AB");
  for (const auto* query : {"559990-0213", "SE559990021301", "r%C3%B6r++j%C3%A4rnkulla"}) {
    const auto items = listed("?query=" + std::string(query));
    ASSERT_EQ(items.size(), 1U) << query;
    EXPECT_EQ(items[0].at("name"), "Järnkulla Rör AB");
  }
}

}  // namespace
}  // namespace postgang::api
