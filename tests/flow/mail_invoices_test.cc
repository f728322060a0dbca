// Suppliers' invoices by mail, and the answers to what cannot be taken in.
#include "flow/inbound_mail.h"
#include "store/smartmail.h"
#include "tests/flow/house.h"
#include "tests/flow/mails.h"
#include "tests/flow/zip.h"

namespace postgang::flow {
namespace {

class MailInvoices : public House {
 protected:
  MailInvoices() {
    settings_.mailing.from = "retur@postgang.example";
    settings_.mailing.send = [this](const net::Envelope& envelope, std::string_view message) {
      sent_.push_back({envelope.recipients.front(), std::string(message)});
      return answer_;
    };
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
    EXPECT_TRUE(store_->write(store::Priority::intake, [&](store::Transaction& tx) {
      return setInboundInvoices(tx, granberga_, true);
    }));
    address_ = address();
  }
  Tools tools() const { return {*store_, clock_, const_cast<IdMaker&>(ids_), channels_, &settings_.mailing}; }
  std::string address() {
    std::string found;
    const auto given = tools();
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, inboundAddressOf(given, reader, granberga_));
      return {};
    }));
    return found;
  }
  std::string take(const Letter& letter, bool whole = true) {
    const auto given = tools();
    const auto taken = takeMail(given, settings_.limits, letterMail(letter), whole);
    if (!taken) return taken.error().code;
    walk();
    return (taken->again ? "!" : "") + std::string(name(taken->meaning));
  }
  static std::string supplied(const std::string& number = "S-1") {
    Sample sample;
    sample.number = number;
    sample.sellerName = "Björkvik Kontorsservice AB";
    sample.sellerNumber = "5599900098";
    return invoice(sample);
  }
  Letter letter(std::vector<Letter::File> files) const {
    Letter made{address_};
    made.from = "Björkvik <faktura@bjorkvik.example>";
    made.header = "Return-Path: <faktura@bjorkvik.example>\r\n";
    made.files = std::move(files);
    return made;
  }
  static Letter::File xml(const std::string& bytes, const std::string& name = "faktura.xml") {
    return {name, "application/xml", bytes};
  }
  std::vector<store::Entry> inbox() {
    std::vector<store::Entry> items;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      store::EntryQuery query;
      query.direction = store::Direction::received;
      TRY(auto page, store::listEntries(reader, store::Viewer::ofCompanies({granberga_}, {}), query));
      items = std::move(page.items);
      return {};
    }));
    return items;
  }
  // The text of an answer, its quoted-printable undone as far as these tests look.
  static std::string readable(const std::string& message) {
    std::string text;
    for (std::size_t i = 0; i < message.size(); ++i) {
      if (message[i] != '=') {
        text += message[i];
      } else if (message.compare(i, 3, "=\r\n") == 0) {
        i += 2;
      } else {
        unsigned value = 0;
        if (std::sscanf(message.substr(i + 1, 2).c_str(), "%2X", &value) == 1)
          text += static_cast<char>(value);
        i += 2;
      }
    }
    return text;
  }

  std::vector<std::pair<std::string, std::string>> sent_;
  net::SmtpAnswer answer_{net::SmtpResult::accepted, "250 queued", {}, "> .\n"};
  std::string address_;
};

TEST_F(MailInvoices, lie_in_the_companys_inbox) {
  EXPECT_EQ(address_.size(), std::string("retur+in-@postgang.example").size() + 26);
  EXPECT_EQ(take(letter({xml(supplied()), {"faktura.pdf", "application/pdf", "%PDF-1.7"}})), "invoices");
  const auto items = inbox();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items.front().number, "S-1");
  EXPECT_EQ(items.front().sender.name, "Björkvik Kontorsservice AB");
  EXPECT_TRUE(sent_.empty()) << "nothing to say";
  const auto received = fact<store::ReceivedFact>(items.front().document);
  EXPECT_EQ(received.door, "email");
  EXPECT_EQ(received.fileName, "faktura.xml");
  EXPECT_EQ(eventsOf(items.front().document).front().actor.name, "faktura@bjorkvik.example");
}

TEST_F(MailInvoices, the_same_message_twice_counts_once) {
  const auto mail = letter({xml(supplied())});
  EXPECT_EQ(take(mail), "invoices");
  EXPECT_EQ(take(mail), "!invoices");
  EXPECT_EQ(inbox().size(), 1U);
  EXPECT_TRUE(sent_.empty());
}

TEST_F(MailInvoices, each_of_an_archive_and_of_several_files_by_itself) {
  const auto archive =
      zipped({{"a.xml", supplied("S-2")}, {"b.xml", supplied("S-3")}, {"c.xml", "<Invoice"}});
  EXPECT_EQ(take(letter({{"alla.zip", "application/octet-stream", archive}, xml(supplied("S-4"))})),
            "invoices");
  EXPECT_EQ(inbox().size(), 3U);
  ASSERT_EQ(sent_.size(), 1U);
  const auto text = readable(sent_.front().second);
  EXPECT_NE(text.find("Resten har kommit fram"), std::string::npos) << text;
  EXPECT_NE(text.find("- c.xml: "), std::string::npos) << text;
}

TEST_F(MailInvoices, what_cannot_be_taken_is_answered_in_plain_words) {
  EXPECT_EQ(take(letter({{"faktura.pdf", "application/pdf", "%PDF-1.7"}})), "no-invoice");
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_.front().first, "faktura@bjorkvik.example");
  const auto text = readable(sent_.front().second);
  for (const auto* words : {"Mejlet har ingen faktura som fil", "Granberga Bygg AB", "Peppol BIS Billing 3",
                            "The message has no invoice as a file",
                            "In-Reply-To: <fraga-1@granberga.example>", "Auto-Submitted: auto-"})
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  EXPECT_TRUE(inbox().empty());
}

TEST_F(MailInvoices, somebody_elses_or_a_customers_is_refused_with_its_reason) {
  Sample other;
  other.sellerNumber = "5599900098";
  other.buyerName = "Tallmo kommun";
  other.buyerNumber = "5599900106";
  take(letter({xml(invoice(other), "fel.xml"), xml(invoice(Sample{}), "kund.xml")}));
  ASSERT_EQ(sent_.size(), 1U);
  const auto text = readable(sent_.front().second);
  EXPECT_NE(text.find("- fel.xml: Fakturan är ställd till Tallmo kommun"), std::string::npos) << text;
  EXPECT_NE(text.find("- kund.xml: Nordhamn Energi AB skickar själv"), std::string::npos) << text;
  EXPECT_TRUE(inbox().empty());
}

TEST_F(MailInvoices, programs_lists_and_we_ourselves_are_never_answered) {
  int programs = 0;
  const auto with = [&](const std::string& header, const std::string& from = "a@b.example") {
    auto made = letter({});
    made.header = header;
    made.from = from;
    made.id = std::to_string(++programs) + "@b.example";
    return made;
  };
  for (const auto* header : {"Auto-Submitted: auto-generated\r\n", "Precedence: bulk\r\n", "List-Id: <x>\r\n",
                             "Return-Path: <>\r\n", "X-Autoreply: yes\r\n"})
    take(with(header));
  for (const auto* from : {"retur@postgang.example", "Retur+in-x@Postgang.example", "MAILER-DAEMON@b.example",
                           "no-reply@b.example", "not an address", "noreply-faktura@b.example"})
    take(with("", from));
  EXPECT_TRUE(sent_.empty());
}

TEST_F(MailInvoices, nobody_gets_more_than_a_days_answers) {
  for (int i = 0; i < 8; ++i) {
    auto mail = letter({});
    mail.id = std::to_string(i) + "@b.example";
    take(mail);
  }
  EXPECT_EQ(sent_.size(), 5U);
  clock_.advanceSeconds(86'400);
  auto mail = letter({});
  mail.id = "next@b.example";
  take(mail);
  EXPECT_EQ(sent_.size(), 6U);
}

TEST_F(MailInvoices, an_answer_that_cannot_go_is_tried_again_for_some_hours) {
  answer_ = {net::SmtpResult::later, "no connection", {}, ""};
  take(letter({}));
  EXPECT_EQ(sent_.size(), 1U);
  ASSERT_TRUE(flow_->advance(clock_, 3 * 86'400));
  EXPECT_EQ(sent_.size(), 5U);
}

TEST_F(MailInvoices, what_is_too_large_is_answered_from_its_header) {
  EXPECT_EQ(take(letter({xml(supplied())}), false), "no-invoice");
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_NE(readable(sent_.front().second).find("större än 40 MB"), std::string::npos);
}

TEST_F(MailInvoices, an_address_that_was_given_up_takes_nothing) {
  const auto set = [&](bool on, bool renew) {
    EXPECT_TRUE(store_->write(store::Priority::intake, [&](store::Transaction& tx) {
      return setInboundInvoices(tx, granberga_, on, renew);
    }));
  };
  set(true, false);
  EXPECT_EQ(address(), address_) << "it stays what it is";
  set(true, true);
  EXPECT_NE(address(), address_);
  EXPECT_EQ(take(letter({xml(supplied())})), "unknown");
  set(false, false);
  EXPECT_EQ(address(), "");
}

}  // namespace
}  // namespace postgang::flow
