// What people write, apart from what their programs put round it: as real programs do.
#include "flow/ticket_text.h"

#include <gtest/gtest.h>

namespace postgang::flow {
namespace {

struct Case {
  std::string program, text, own;
};

const Case cases[] = {
    {"plain", "Hej!\r\n\r\nDet fungerar nu.\r\n", "Hej!\n\nDet fungerar nu."},
    {"Gmail, Swedish",
     "Tack, det löste sig.\n\nDen mån 30 nov. 2026 kl 10:11 skrev Olle Operatör (Postgång) "
     "<retur@postgang.example>:\n\n> Har ni provat igen?\n> Mvh Olle\n",
     "Tack, det löste sig."},
    {"Gmail, English, broken over two lines",
     "Yes.\n\nOn Mon, Nov 30, 2026 at 10:11 AM Olle Operatör (Postgång) <\nretur@postgang.example> wrote:\n\n"
     "> Did you try again?\n",
     "Yes."},
    {"Apple Mail, Swedish",
     "Det är faktura 4711.\n\n> 30 nov. 2026 kl. 10:11 skrev Olle <retur@postgang.example>:\n> \n> Vilken?\n",
     "Det är faktura 4711."},
    {"Apple Mail, English, without its signs",
     "Number 4711.\n\nOn 30 Nov 2026, at 10:11, Olle <retur@postgang.example> wrote:\n\nWhich one?\n",
     "Number 4711."},
    {"iPhone", "Ja\n\nSkickat från min iPhone\n\n> 30 nov. 2026 kl. 10:11 skrev Olle <a@b.example>:\n> Hej\n",
     "Ja"},
    {"Outlook, Swedish",
     "Hej Olle,\nse bilden.\n\nFrån: Olle (Postgång) <retur@postgang.example>\nSkickat: den 30 november 2026 "
     "10:11\nTill: Karin Sund\nÄmne: Ä-10234: Fakturan\n\nHur ser det ut?\n",
     "Hej Olle,\nse bilden."},
    {"Outlook, English, bold",
     "See below.\n\n*From:* Olle <retur@postgang.example>\n*Sent:* Monday, November 30, 2026 10:11\n"
     "*Subject:* Ä-10234\n\nHow?\n",
     "See below."},
    {"Outlook of old", "Jo.\n\n-----Ursprungligt meddelande-----\nFrån: Olle\nSkickat: i dag\n\nVa?\n",
     "Jo."},
    {"Outlook on a telephone",
     "Nej\n\nHämta Outlook för iOS\n________________________________\nFrån: Olle <a@b.example>\nSkickat: "
     "Monday\nÄmne: X\n\nHej\n",
     "Nej"},
    {"Thunderbird with an answer between the lines",
     "Den 2026-11-30 kl. 10:11, skrev Olle:\n> Vilken faktura?\n4711\n> Vilken dag?\nI går\n", "4711\nI går"},
    {"a signature", "Tack!\n\n-- \nKarin Sund\nNordhamn Energi AB\n040-12 34 56\n", "Tack!"},
    {"German", "Danke\n\nAm 30.11.2026 um 10:11 schrieb Olle <a@b.example>:\n> Hallo\n", "Danke"},
};

TEST(TicketText, keeps_what_is_theirs) {
  for (const auto& each : cases) {
    const auto reply = replyTextOf(each.text);
    EXPECT_EQ(reply.own, each.own) << each.program;
    EXPECT_EQ(reply.quoted.empty(), each.program == "plain") << each.program;
  }
}

TEST(TicketText, loses_nothing) {
  const std::string words = "Vilken faktura?";
  const auto reply = replyTextOf("Ja\n\nDen 30 nov 2026 skrev Olle <a@b.example>:\n> " + words + "\n");
  EXPECT_NE(reply.quoted.find(words), std::string::npos);
}

TEST(TicketText, takes_a_mail_whole_that_says_nothing_of_its_own) {
  const std::string forwarded =
      "---------- Forwarded message ---------\nFrån: Anna <anna@berg.example>\nDate: mån 30 nov.\nSubject: "
      "Faktura\n\nVi har fått fel belopp.\n";
  const auto reply = replyTextOf(forwarded);
  EXPECT_NE(reply.own.find("fel belopp"), std::string::npos);
  EXPECT_TRUE(reply.quoted.empty());
  EXPECT_EQ(replyTextOf("> bara citat").own, "> bara citat");
  EXPECT_EQ(replyTextOf("").own, "");
}

TEST(TicketText, does_not_take_ordinary_words_for_a_head) {
  for (const std::string text : {"Den här fakturan skrev ni fel: beloppet är för högt.",
                                 "Från: Malmö\nTill lagret gick varorna i går.",
                                 "On Monday I wrote to you about this.", "Vi skrev 2026-11-30 att:"}) {
    const auto reply = replyTextOf(text);
    EXPECT_EQ(reply.own, text);
    EXPECT_TRUE(reply.quoted.empty()) << text;
  }
}

}  // namespace
}  // namespace postgang::flow
