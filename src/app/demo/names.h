// Fictional names, addresses and numbers. Towns and the stems of company names are made up; post codes are
// from 480 00 up, where a letter's check takes them and no town that we know of has any; the telephone series
// that the Swedish authority keeps for fiction belongs to nobody;
// organisation numbers are taken from 559990-0000 up and bankgiro numbers from 9990-0000 up, with right check
// digits; mail addresses end in .example.
#pragma once

#include <string>
#include <string_view>

#include "app/demo/random.h"

namespace postgang::app::demo {

struct Address {
  std::string street, postCode, city;
};

struct Person {
  std::string name, email, telephone;
};

std::string companyStem(int index);  // "Fyrnäs", index from 0; distinct up to companyStems()
int companyStems();
Address address(Random& random);
Address homeAddress(Random& random);
std::string personName(Random& random);
std::string telephone(Random& random);
// "Fyrnäs El AB" → "fyrnas-el.example"
std::string domainOf(std::string_view companyName);
std::string mailHost(Random& random);
// "Karin Sund" → "karin.sund@…"
std::string emailOf(std::string_view person, std::string_view domain);

std::string organisationNumber(int index);  // "5599900007", …: the index-th with a right check digit
std::string vatNumberOf(std::string_view organisationNumber);  // "SE559990000701"
std::string bankgiro(int index);                               // "99900000" …
std::string ocr(std::string_view base);                        // the base, a length digit and a check digit

}  // namespace postgang::app::demo
