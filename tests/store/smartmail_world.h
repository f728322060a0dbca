// Smartmail and letters as events leave them, for the tests of what is read.
#pragma once

#include "store/smartmail.h"
#include "tests/store/world.h"

namespace postgang::store {

struct Mailed {
  DocumentId document;
  DeliveryId delivery;
};

class SmartmailWorld : public World {
 protected:
  DeliveryFact mailFact(DeliveryId delivery, const std::string& address = "lena@kund.example") {
    DeliveryFact fact;
    fact.delivery = delivery;
    fact.channel = "email";
    fact.address = address;
    fact.price = Decimal::fromScaled(150, 2);
    fact.currency = "SEK";
    fact.recipients = {{address, {}}};
    fact.parts = {{"", false}};
    fact.deadline = clock_.now().plusSeconds(7 * 86'400);
    fact.sheets = 2;
    fact.letterPrice = Decimal::fromScaled(1240, 2);
    return fact;
  }
  // What the result of an attempt says: not again what its beginning has said.
  static DeliveryFact after(const DeliveryFact& started, std::string evidence = "smtp") {
    DeliveryFact fact;
    fact.delivery = started.delivery;
    fact.channel = started.channel;
    fact.evidence = std::move(evidence);
    return fact;
  }

  Mailed mailed(CompanyId sender, const std::string& number, const DeliveryFact& fact) {
    const auto document = received(sender);
    appendTo(document, {{EventType::recognised, {}, invoiceFacts(sender, company(9), number)},
                        {EventType::delivery_started, {}, fact},
                        {EventType::sent, {}, after(fact)}});
    return {document, fact.delivery};
  }
  Mailed mailed(CompanyId sender, const std::string& number) {
    return mailed(sender, number, mailFact(ids_.next<DeliveryId>()));
  }
  void open(const Mailed& mail, const std::string& recipient = "lena@kund.example") {
    appendTo(mail.document, {{EventType::opened, {}, AccessFact{{}, "page", mail.delivery, recipient}}});
  }
  SmartmailFact about(const Mailed& mail) {
    SmartmailFact fact;
    fact.delivery = mail.delivery;
    return fact;
  }
  DeliveryFact letterFact(DeliveryId delivery, Instant cutOff) {
    DeliveryFact fact;
    fact.delivery = delivery;
    fact.channel = "print";
    fact.currency = "SEK";
    fact.price = Decimal::fromScaled(1240, 2);
    fact.sheets = 2;
    fact.deadline = cutOff;
    fact.evidence = "cut-off";
    return fact;
  }
  // Its deadline passes, and the letter stands in line.
  DeliveryId expire(const Mailed& mail, Instant cutOff) {
    DeliveryFact fact;
    fact.delivery = mail.delivery;
    fact.channel = "email";
    fact.evidence = "deadline";
    const auto letter = ids_.next<DeliveryId>();
    appendTo(mail.document, {{EventType::delivery_expired, {}, fact},
                             {EventType::delivery_queued, {}, letterFact(letter, cutOff)}});
    return letter;
  }

  Delivery deliveryOf(const Mailed& mail) { return deliveryOf(mail.document, mail.delivery); }
  Delivery deliveryOf(DocumentId document, DeliveryId id) {
    Delivery found;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto deliveries, deliveriesOf(reader, Viewer::system(), document));
      for (const auto& delivery : deliveries)
        if (delivery.id == id) found = delivery;
      return {};
    });
    return found;
  }
  std::vector<SmartmailRow> listedMails(const Viewer& viewer, SmartmailQuery query) {
    std::vector<SmartmailRow> all;
    read([&](Reader& reader) -> Outcome {
      for (int pages = 0; pages < 1000; ++pages) {
        TRY(auto page, listSmartmail(reader, viewer, query));
        all.insert(all.end(), page.items.begin(), page.items.end());
        if (!page.nextCursor) return {};
        query.cursor = *page.nextCursor;
      }
      return {};
    });
    return all;
  }
  static std::string numbers(const std::vector<SmartmailRow>& rows) {
    std::string text;
    for (const auto& row : rows) text += (text.empty() ? "" : " ") + row.number;
    return text;
  }
};

}  // namespace postgang::store
