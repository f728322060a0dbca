#include "app/demo/designs.h"

#include <boost/json.hpp>

#include "base/bytes.h"

namespace postgang::app::demo {

namespace {

struct Look {
  std::string_view accent;
  std::string_view mark;  // SVG paths on a square of 40, white on the accent
};

constexpr Look looks[] = {
    {"#15566b", "<path d='M9 27h22M12 27V14h4l8 10V13h4v14' fill='none' stroke='#fff' stroke-width='3'/>"},
    {"#7a4a12", "<path d='M8 29V18l12-8 12 8v11M16 29v-8h8v8' fill='none' stroke='#fff' stroke-width='3'/>"},
    {"#8a3b00", "<path d='M22 7L11 22h8l-2 11 12-16h-8z' fill='#fff'/>"},
    {"#1f4f8f", "<path d='M6 14h17v13H6zM23 18h6l5 5v4H23' fill='none' stroke='#fff' stroke-width='3'/>"},
    {"#3d4a5c",
     "<path d='M9 31V9h12v22M21 31V17h10v14M13 14h4M13 20h4' fill='none' stroke='#fff' stroke-width='3'/>"},
    {"#2f6b2f",
     "<path d='M20 33C10 27 8 17 20 8c12 9 10 19 0 25zM20 33V17' fill='none' stroke='#fff' "
     "stroke-width='3'/>"},
    {"#7b2348",
     "<path d='M10 10h14l6 6v14H10zM15 19h10M15 25h10' fill='none' stroke='#fff' stroke-width='3'/>"},
};

std::string logo(const Look& look) {
  return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40' width='40' height='40'><rect "
         "width='40' "
         "height='40' rx='8' fill='" +
         std::string(look.accent) + "'/>" + std::string(look.mark) + "</svg>";
}

}  // namespace

std::string designOf(const Company& company, int index) {
  const auto& look = looks[static_cast<std::size_t>(index) % std::size(looks)];
  boost::json::object texts = {
      {"contactHeading", "Fakturafrågor"},
      {"contact", boost::json::array{company.seller.telephone, company.seller.email}},
  };
  return boost::json::serialize(boost::json::object{
      {"language", "sv"},
      {"accent", look.accent},
      {"logo", "data:image/svg+xml;base64," + base64(logo(look))},
      {"brand", {{"name", company.name.substr(0, company.name.size() - 3)}, {"line", company.trade->line}}},
      {"texts", {{"sv", std::move(texts)}}},
  });
}

}  // namespace postgang::app::demo
