#include "access/password_rules.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::access {

namespace {

// What guessers try first, of those long enough to be taken at all; folded, without what is not a letter or
// digit at the end. Digits behind them do not help.
constexpr std::string_view commonest[] = {"password",
                                          "passwordpassword",
                                          "losenord",
                                          "losenordet",
                                          "losenordlosenord",
                                          "hemligt",
                                          "hemligtord",
                                          "hemligthemligt",
                                          "qwerty",
                                          "qwertyuiop",
                                          "qwertyqwerty",
                                          "qwertzuiop",
                                          "asdfghjkl",
                                          "asdfghjklo",
                                          "zxcvbnm",
                                          "qazwsx",
                                          "qazwsxedc",
                                          "qwaszx",
                                          "administrator",
                                          "admin",
                                          "adminadmin",
                                          "administrat",
                                          "welcome",
                                          "welcomehome",
                                          "valkommen",
                                          "valkommenhit",
                                          "letmein",
                                          "letmeinnow",
                                          "iloveyou",
                                          "jagalskardig",
                                          "sommar",
                                          "vinter",
                                          "hosten",
                                          "varen",
                                          "stockholm",
                                          "goteborg",
                                          "sverige",
                                          "fotboll",
                                          "football",
                                          "baseball",
                                          "basketball",
                                          "superman",
                                          "spiderman",
                                          "sunshine",
                                          "princess",
                                          "dragon",
                                          "monkey",
                                          "master",
                                          "charlie",
                                          "michael",
                                          "jennifer",
                                          "computer",
                                          "internet",
                                          "changeme",
                                          "changethis",
                                          "bytmig",
                                          "bytlosenord",
                                          "starwars",
                                          "whatever",
                                          "trustno",
                                          "abcdefghij",
                                          "abcdefghi",
                                          "abcabcabc",
                                          "testtesttest",
                                          "testing",
                                          "testtest",
                                          "default",
                                          "secret",
                                          "secretsecret",
                                          "faktura",
                                          "fakturafaktura",
                                          "ekonomi",
                                          "postgang",
                                          "postgangpostgang",
                                          "blink",
                                          "hejhejhej",
                                          "hejsan",
                                          "hejsanhejsan",
                                          "mamma",
                                          "pappa",
                                          "mammapappa",
                                          "skola",
                                          "sverigesverige",
                                          "forsommar"};

constexpr std::string_view rows[] = {"01234567890123456789",         "09876543210987654321",
                                     "abcdefghijklmnopqrstuvwxyz",   "qwertyuiopasdfghjklzxcvbnm",
                                     "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "q1w2e3r4t5y6u7i8o9p0",
                                     "1q2w3e4r5t6y7u8i9o0p"};
constexpr std::size_t known_points_min = 4, left_points_min = 6;

std::string lettersAndDigits(std::string_view text) {
  auto plain = folded(text);
  std::erase_if(plain, [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
  });
  return plain;
}

bool isCommon(const std::string& plain) {
  auto stem = plain;
  while (!stem.empty() && stem.back() >= '0' && stem.back() <= '9') stem.pop_back();
  if (std::ranges::find(commonest, std::string_view(stem)) != std::end(commonest)) return true;
  for (const auto row : rows)
    if (row.find(plain) != std::string_view::npos) return true;
  // The same few characters over and over: "aaaaaaaaaa", "1212121212", "abcabcabcabc".
  for (std::size_t length = 1; length <= 4 && length * 2 <= plain.size(); ++length) {
    bool repeats = true;
    for (std::size_t i = length; repeats && i < plain.size(); ++i) repeats = plain[i] == plain[i - length];
    if (repeats) return true;
  }
  return plain.empty();
}

// What is left when somebody's own words are taken out says whether they are all that there is.
bool isPersonal(std::string plain, const std::vector<std::string>& known) {
  const auto whole = plain.size();
  for (const auto& text : known) {
    std::string words = text;
    std::ranges::replace_if(
        words, [](char c) { return c == '@' || c == '.' || c == '-' || c == '_' || c == ','; }, ' ');
    for (const auto part : split(words, ' ')) {
      const auto word = lettersAndDigits(part);
      if (word.size() < known_points_min) continue;
      if (const auto at = plain.find(word); at != std::string::npos) plain.erase(at, word.size());
    }
  }
  return plain.size() < whole && plain.size() < left_points_min;
}

}  // namespace

Outcome checkPassword(std::string_view password, const std::vector<std::string>& known) {
  const auto plain = lettersAndDigits(password);
  // Written in signs alone it is none of these words.
  if (plain.empty() && codePoints(password) > 0) {
    if (std::ranges::all_of(password, [&](char c) { return c == password.front(); }))
      return fail(ProblemKind::invalid, "password-common", "This password is one of the first to be guessed.",
                  "/password", "Choose another one: a few words that have nothing to do with each other.");
    return {};
  }
  if (isCommon(plain))
    return fail(ProblemKind::invalid, "password-common", "This password is one of the first to be guessed.",
                "/password", "Choose another one: a few words that have nothing to do with each other.");
  if (isPersonal(plain, known))
    return fail(ProblemKind::invalid, "password-personal",
                "This password is hardly more than your name, your address or your company.", "/password",
                "Choose another one: a few words that have nothing to do with each other.");
  return {};
}

}  // namespace postgang::access
