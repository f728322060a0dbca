// The page behind a Smartmail's link, route by route. The mail itself is laid into the store: what sends it
// is channels/email's.
#include "flow/recipient_page.h"
#include "store/events.h"
#include "store/smartmail.h"
#include "tests/api/world.h"

namespace postgang::api {
namespace {

const std::string payment =
    "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>12344</cbc:PaymentID>"
    "<cac:PayeeFinancialAccount><cbc:ID>50501055</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>SE:BANKGIRO"
    "</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans>";

std::string attachment(const std::string& name, const std::string& text) {
  return "<cac:AdditionalDocumentReference><cbc:ID>" + name +
         "</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode=\"text/csv\" filename=\"" +
         name + "\">" + base64(text) +
         "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>";
}

class RecipientPage : public World {
 protected:
  std::string invoiceTo(const std::string& buyer, const std::string& number, bool withFiles = false) const {
    auto xml = sampleInvoice(number, energi, {"5599900213", buyer});
    const auto put = [&](const std::string& before, const std::string& what) {
      xml.insert(xml.find(before), what);
    };
    put("<cac:TaxTotal>", payment);
    if (withFiles)
      put("<cac:AccountingSupplierParty>", attachment("a.csv", "dag;kWh") + attachment("b.csv", "dag;kr"));
    return xml;
  }

  // In the store as if it had been mailed to these addresses; the document's id.
  DocumentId mailed(const std::string& xml, std::vector<std::string> addresses = {"anna@berg.example"}) {
    const auto reply = send(seller_, xml);
    EXPECT_EQ(reply.status, 202) << reply.bytes();
    walk();
    const auto id = *DocumentId::parse(textAt(reply, "/id"));
    const auto delivery = ids_.next<DeliveryId>();
    store::DeliveryFact fact;
    fact.delivery = delivery;
    fact.channel = "email";
    fact.deadline = clock_.now().plusSeconds(7 * day);
    fact.parts = {{"", false}};
    for (const auto* name : {"a.csv", "b.csv"})
      if (xml.find(name) != xml.npos) fact.parts.push_back({name, false});
    for (const auto& address : addresses) fact.recipients.push_back({address, {}});
    store::RoutedFact route;
    route.plan = {{"email", true, {}, "", "address-known"}};
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto last, store::lastSequence(tx, id));
      CHECK_OK(store::append(tx, id, last,
                             {{store::EventType::routed, {}, route},
                              {store::EventType::delivery_started, {}, fact},
                              {store::EventType::sent, {}, fact}},
                             {}));
      for (const auto& address : addresses) {
        store::RecipientLink link;
        link.tokenDigest = flow::recipientDigest(tokenOf(id, address));
        link.document = id;
        link.delivery = delivery;
        link.recipient = address;
        link.createdAt = clock_.now();
        link.expiresAt = clock_.now().plusSeconds(400 * day);
        link.bounceKey = address + id.text();
        CHECK_OK(store::createRecipientLink(tx, link));
      }
      return {};
    }));
    return id;
  }
  static std::string tokenOf(DocumentId id, const std::string& address = "anna@berg.example") {
    return hex(view(sha256(id.text() + address))).substr(0, 40);
  }
  static std::string pathOf(DocumentId id, const std::string& address = "anna@berg.example") {
    return "/m/" + tokenOf(id, address);
  }
  net::Reply page(const std::string& target) { return call("GET", target, ""); }
  net::Reply press(const std::string& target, net::Headers headers = {}, std::string body = {}) {
    return call("POST", target, "", std::move(headers), std::move(body));
  }
  net::Reply asked(const std::string& target, const std::string& question) {
    return press(target, {{"Content-Type", "application/x-www-form-urlencoded"}}, "question=" + question);
  }
  // Presses «Visa fakturan»; where that leads.
  std::string opened(DocumentId id) {
    const auto reply = press(pathOf(id) + "/open");
    EXPECT_EQ(reply.status, 303) << reply.bytes();
    return std::string(reply.headers.get("Location"));
  }
  // The events since the mail was sent.
  std::string since(DocumentId id) {
    std::string text;
    const auto events = jsonOf(get("/api/v1/documents/" + id.text() + "/events", seller_));
    for (const auto& event : events.at("items").as_array()) {
      const std::string type(event.at("type").as_string());
      text = type == "sent" ? "" : text + (text.empty() ? "" : " ") + type;
    }
    return text;
  }
  std::string status(DocumentId id) {
    return textAt(get("/api/v1/documents/" + id.text(), seller_), "/status");
  }
  static bool has(const net::Reply& reply, std::string_view part) {
    return reply.bytes().find(part) != std::string_view::npos;
  }

  static constexpr std::int64_t day = 24 * 3600;
  std::string seller_ = key(energi_), other_ = key(lager_);
};

TEST_F(RecipientPage, a_get_and_a_head_open_nothing_and_show_no_money) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  for (const auto* method : {"GET", "HEAD", "GET", "HEAD", "GET", "GET", "GET"}) {
    const auto reply = call(method, pathOf(id), "", {{"User-Agent", "Googlebot/2.1"}});
    ASSERT_EQ(reply.status, 200);
    EXPECT_TRUE(has(reply, "Till Berg och Dal AB"));
    for (const auto* secret : {"4711", "1\u00A0250", "50501055", "5050-1055", "12344"})
      EXPECT_FALSE(has(reply, secret)) << secret;
    EXPECT_EQ(reply.headers.get("Cache-Control"), "no-store");
    EXPECT_EQ(reply.headers.get("Referrer-Policy"), "no-referrer");
    EXPECT_TRUE(reply.headers.get("X-Robots-Tag").starts_with("noindex"));
    EXPECT_TRUE(reply.headers.get("Content-Security-Policy").starts_with("default-src 'none'"));
    EXPECT_FALSE(reply.headers.has("Set-Cookie"));
  }
  EXPECT_EQ(since(id), "page-fetched page-fetched page-fetched page-fetched");
  EXPECT_EQ(status(id), "sent");
}

TEST_F(RecipientPage, the_press_opens_and_leads_to_what_is_to_be_paid) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  EXPECT_TRUE(there.starts_with(pathOf(id) + "/")) << there;
  EXPECT_EQ(since(id), "opened");
  EXPECT_EQ(status(id), "opened");
  const auto events = jsonOf(get("/api/v1/documents/" + id.text() + "/events", seller_));
  EXPECT_EQ(events.at("items").as_array().back().at_pointer("/evidence/kind"), "press");
  EXPECT_EQ(events.at("items").as_array().back().at_pointer("/actor/name"), "anna@berg.example");
  const auto reply = page(there);
  ASSERT_EQ(reply.status, 200);
  for (const auto* part : {"1\u00A0250,00\u00A0kr", "5050-1055", "Senast 2\u00A0december", "om 9 dagar",
                           "Spara QR-bild", "Öppnad 2026-11-23 kl. 09.00"})
    EXPECT_TRUE(has(reply, part)) << part;
  EXPECT_EQ(since(id), "opened");
}

TEST_F(RecipientPage, after_an_hour_it_is_to_be_pressed_again) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  clock_.advanceSeconds(3601);
  for (const std::string below : {"", "/copy", "/preview", "/pdf", "/qr.png"}) {
    const auto late = page(there + below);
    EXPECT_EQ(late.status, 303) << below;
    EXPECT_EQ(late.headers.get("Location"), pathOf(id));
  }
  EXPECT_EQ(asked(there + "/ask", "Hej").status, 303);
  EXPECT_EQ(page(pathOf(id) + "/guessed").status, 303);
  EXPECT_EQ(since(id), "opened");
}

TEST_F(RecipientPage, the_copy_comes_as_page_preview_pdf_and_the_code_as_a_picture) {
  const auto there = opened(mailed(invoiceTo("Berg och Dal AB", "4711")));
  const auto copy = page(there + "/copy"), preview = page(there + "/preview"), pdf = page(there + "/pdf"),
             code = page(there + "/qr.png");
  EXPECT_TRUE(has(copy, "Konsulttid"));
  EXPECT_TRUE(has(preview, "Konsulttid"));
  EXPECT_LT(preview.bytes().size() + page(there).bytes().size(), 50'000u);
  EXPECT_TRUE(preview.headers.get("Content-Security-Policy").find("frame-ancestors 'self'") !=
              std::string_view::npos);
  EXPECT_TRUE(pdf.bytes().starts_with("%PDF"));
  EXPECT_TRUE(pdf.headers.get("Content-Disposition").find("4711.pdf") != std::string_view::npos);
  EXPECT_TRUE(code.bytes().starts_with("\x89PNG"));
  for (const auto* reply : {&copy, &preview, &pdf, &code}) {
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->headers.get("Cache-Control"), "no-store");
  }
}

TEST_F(RecipientPage, attachments_are_opened_one_by_one_by_a_press) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711", true));
  const auto there = opened(id);
  EXPECT_TRUE(has(page(there), "Öppna också bilagorna"));
  const auto got = page(there + "/parts/0");
  EXPECT_EQ(got.status, 303) << "a GET fetches nothing";
  EXPECT_EQ(since(id), "opened");
  const auto first = press(there + "/parts/0");
  ASSERT_EQ(first.status, 200) << first.bytes();
  EXPECT_EQ(first.bytes(), "dag;kWh");
  EXPECT_TRUE(first.headers.get("Content-Disposition").find("a.csv") != std::string_view::npos);
  EXPECT_EQ(since(id), "opened part-opened");
  EXPECT_TRUE(has(page(there), "Öppnad 23\u00A0nov kl. 09.00"));
  EXPECT_EQ(press(there + "/parts/1").bytes(), "dag;kr");
  EXPECT_TRUE(has(page(there), "Inget skickas på papper"));
  for (const std::string beyond : {"2", "-1", "x", "99999999999999999999"})
    EXPECT_EQ(press(there + "/parts/" + beyond).status, 404) << beyond;
}

TEST_F(RecipientPage, a_question_reaches_the_timeline_or_is_shown_again) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  const auto taken = asked(there + "/ask", "Varf%C3%B6r+s%C3%A5+dyrt%3F+%3Cb%3E");
  EXPECT_EQ(taken.status, 303);
  EXPECT_EQ(taken.headers.get("Location"), there + "#ask");
  EXPECT_EQ(since(id), "opened asked");
  const auto events = jsonOf(get("/api/v1/documents/" + id.text() + "/events", seller_));
  EXPECT_EQ(events.at("items").as_array().back().at_pointer("/parameters/detail"), "Varför så dyrt? <b>");
  EXPECT_TRUE(has(page(there), "Du frågade 23\u00A0nov"));
  const auto empty = asked(there + "/ask", "+");
  EXPECT_EQ(empty.status, 400);
  EXPECT_TRUE(has(empty, "Skriv din fråga först"));
  const auto longer = asked(there + "/ask", std::string(1500, 'a'));
  EXPECT_EQ(longer.status, 400);
  EXPECT_TRUE(has(longer, std::string(1500, 'a'))) << "nothing is lost";
  EXPECT_EQ(press(there + "/ask", {{"Content-Type", "application/json"}}, "{}").status, 400);
  EXPECT_EQ(asked(there + "/ask", "%FF%FE").status, 400);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(asked(there + "/ask", "Nr" + std::to_string(i)).status, 303);
  const auto many = asked(there + "/ask", "En+till");
  EXPECT_EQ(many.status, 429);
  EXPECT_TRUE(has(many, "En till"));
}

TEST_F(RecipientPage, an_einvoice_is_wished_for_once) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  EXPECT_EQ(press(there + "/einvoice").status, 303);
  EXPECT_EQ(press(there + "/einvoice").status, 303);
  EXPECT_EQ(since(id), "opened einvoice-wanted");
  EXPECT_TRUE(has(page(there), "Du sade till 23\u00A0nov"));
}

TEST_F(RecipientPage, the_wrong_recipient_is_asked_once_and_then_believed) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  const auto question = page(pathOf(id) + "/wrong-recipient");
  EXPECT_EQ(question.status, 200);
  EXPECT_TRUE(has(question, "Ja, det har kommit fel"));
  EXPECT_EQ(since(id), "opened") << "a GET says nothing";
  EXPECT_TRUE(has(press(pathOf(id) + "/wrong-recipient"), "Tack"));
  EXPECT_TRUE(since(id).starts_with("opened wrong-recipient")) << since(id);
  for (const auto& path : {pathOf(id), there, pathOf(id) + "/wrong-recipient", there + "/pdf"}) {
    const auto ended = page(path);
    EXPECT_EQ(ended.status, 410) << path;
    EXPECT_FALSE(has(ended, "Berg och Dal"));
  }
  EXPECT_EQ(press(pathOf(id) + "/open").status, 410);
  EXPECT_TRUE(has(press(pathOf(id) + "/wrong-recipient"), "Tack")) << "pressed twice";
}

TEST_F(RecipientPage, an_expired_link_offers_a_new_one_to_the_same_address_alone) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  EXPECT_EQ(press(pathOf(id) + "/new-link").status, 303) << "it still holds";
  clock_.advanceSeconds(401 * day);
  const auto expired = page(pathOf(id));
  EXPECT_EQ(expired.status, 410);
  EXPECT_TRUE(has(expired, "Skicka ny länk"));
  for (const auto* secret : {"anna@berg.example", "4711", "Till Berg"}) EXPECT_FALSE(has(expired, secret));
  EXPECT_EQ(press(pathOf(id) + "/open").status, 303);
  EXPECT_EQ(page(there).status, 303);
  const auto sent = press(pathOf(id) + "/new-link");
  EXPECT_EQ(sent.status, 200);
  EXPECT_TRUE(has(sent, "En ny länk är på väg"));
  EXPECT_FALSE(has(sent, "anna@"));
  EXPECT_EQ(since(id), "opened");
}

TEST_F(RecipientPage, tokens_that_lead_nowhere_answer_alike_and_not_for_ever) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  auto tampered = pathOf(id);
  tampered.back() = tampered.back() == '0' ? '1' : '0';
  const auto first = page("/m/nothing");
  EXPECT_EQ(first.status, 404);
  EXPECT_TRUE(has(first, "Länken leder ingenstans"));
  for (const auto& path : {tampered, "/m/" + std::string(3000, 'x'), tampered + "/wrong-recipient",
                           tampered + "/key/pdf", std::string("/m/%3Cscript%3E")}) {
    const auto reply = page(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.bytes(), first.bytes()) << path;
  }
  for (const auto* below : {"/open", "/wrong-recipient", "/new-link", "/newer", "/key/ask", "/key/parts/0"}) {
    const auto reply = press(tampered + below);
    EXPECT_EQ(reply.status, 404) << below;
    EXPECT_EQ(reply.bytes(), first.bytes()) << below;
  }
  net::Reply last;
  for (int i = 0; i < 20; ++i) last = page("/m/guess" + std::to_string(i));
  EXPECT_EQ(last.status, 429);
  EXPECT_FALSE(last.headers.get("Retry-After").empty());
  EXPECT_EQ(since(id), "");
}

TEST_F(RecipientPage, another_sites_form_does_nothing) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  EXPECT_EQ(press(pathOf(id) + "/open", {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
  EXPECT_EQ(
      press(pathOf(id) + "/open", {{"Origin", "https://evil.example"}, {"Host", "postgang.example"}}).status,
      403);
  EXPECT_EQ(since(id), "");
  EXPECT_EQ(press(pathOf(id) + "/open", {{"Origin", "null"}}).status, 303) << "no-referrer, an older browser";
}

TEST_F(RecipientPage, what_is_withdrawn_says_so_first) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto last, store::lastSequence(tx, id));
    return store::append(tx, id, last, {{store::EventType::cancelled, {}, store::NoteFact{}}}, {});
  }));
  for (const auto& path : {pathOf(id), there}) {
    const auto reply = page(path);
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(has(reply, "Betala inte")) << path;
    EXPECT_FALSE(has(reply, "5050-1055")) << path;
  }
  EXPECT_EQ(page(there + "/qr.png").status, 404);
}

TEST_F(RecipientPage, what_is_credited_says_so_first) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto there = opened(id);
  const auto creditNote = [&](const std::string& number, const std::string& of) {
    auto xml = invoiceTo("Berg och Dal AB", number);
    const auto swap = [&](const std::string& from, const std::string& to) {
      for (auto at = xml.find(from); at != xml.npos; at = xml.find(from, at + to.size()))
        xml.replace(at, from.size(), to);
    };
    swap("ubl:schema:xsd:Invoice-2", "ubl:schema:xsd:CreditNote-2");
    swap("<Invoice ", "<CreditNote ");
    swap("</Invoice>", "</CreditNote>");
    swap("InvoiceTypeCode>380", "CreditNoteTypeCode>381");
    swap("InvoiceTypeCode>", "CreditNoteTypeCode>");
    swap("<cbc:DueDate>2026-12-02</cbc:DueDate>", "");
    swap("cac:InvoiceLine", "cac:CreditNoteLine");
    swap("cbc:InvoicedQuantity", "cbc:CreditedQuantity");
    xml.insert(xml.find("<cac:AccountingSupplierParty>"),
               "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>" + of +
                   "</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>");
    return xml;
  };
  mailed(creditNote("K-1", "4712"));
  EXPECT_TRUE(has(page(there), "5050-1055")) << "another invoice was credited";
  mailed(creditNote("K-2", "4711"));
  const auto reply = page(there);
  EXPECT_TRUE(has(reply, "med kreditfaktura K-2")) << reply.bytes();
  EXPECT_FALSE(has(reply, "5050-1055"));
}

TEST_F(RecipientPage, the_sender_sees_both_pages_and_opens_nothing) {
  const auto id = mailed(invoiceTo("Berg och Dal AB", "4711"));
  const auto path = "/api/v1/documents/" + id.text() + "/smartmail/page";
  const auto before = get(path, seller_), after = get(path + "?state=after", seller_);
  EXPECT_EQ(before.status, 200);
  EXPECT_TRUE(has(before, "Visa fakturan"));
  EXPECT_TRUE(has(after, "5050-1055"));
  for (const auto* reply : {&before, &after}) {
    EXPECT_TRUE(has(*reply, "Förhandsvisning"));
    EXPECT_FALSE(has(*reply, "action="));
    EXPECT_TRUE(reply->headers.get("Content-Security-Policy").find("frame-ancestors 'self'") !=
                std::string_view::npos);
  }
  EXPECT_EQ(since(id), "");
  EXPECT_EQ(get(path + "?state=during", seller_).status, 400);
  EXPECT_EQ(get(path, other_).status, 404);
  EXPECT_EQ(get(path, "").status, 401);
  const auto plain = delivered(seller_, "4712", energi, granberga);
  const auto none = get("/api/v1/documents/" + plain + "/smartmail/page", seller_);
  EXPECT_EQ(none.status, 409);
  EXPECT_EQ(textAt(none, "/code"), "no-smartmail");
  EXPECT_EQ(get("/api/v1/documents/" + plain + "/smartmail/page", key(granberga_)).status, 404);
}

}  // namespace
}  // namespace postgang::api
