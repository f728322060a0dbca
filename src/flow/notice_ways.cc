#include "flow/notice_ways.h"

#include <boost/json.hpp>

#include <algorithm>

#include "document/parties.h"
#include "net/mail.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/notices.h"
#include "store/own_settings.h"

namespace postgang::flow {
namespace {

constexpr std::size_t documents_asked_max = 20;  // for an address in the invoice

struct Written {
  std::string email;
  Language language = Language::swedish;
};

Language languageOf(std::string_view code) {
  return code == "en" ? Language::english : Language::swedish;
}

// What the invoices themselves say of their sender.
Result<Written> writtenIn(store::Reader& reader, const std::vector<DocumentId>& documents) {
  Written written;
  for (std::size_t i = 0; i < documents.size() && i < documents_asked_max; ++i) {
    TRY(const auto bytes, store::parsed(reader, documents[i]));
    if (!bytes) continue;
    const auto document = document::BusinessDocument::restored(*bytes);
    if (!document) continue;
    const auto seller = document::sellerOf(*document);
    if (!seller.address.country.empty() && seller.address.country != "SE")
      written.language = Language::english;
    if (!net::isMailAddress(seller.email)) continue;
    written.email = seller.email;
    break;
  }
  return written;
}

// The receiver's own partner, by any of the sender's identifiers, with a verified address.
Result<std::string> verifiedEmail(store::Reader& reader, CompanyId receiver, const store::Company& sender) {
  for (const auto& identifier : sender.identifiers) {
    TRY(const auto partner, store::partner(reader, store::Viewer::system(), receiver, identifier));
    if (partner && partner->emailVerifiedAt && net::isMailAddress(partner->email)) return partner->email;
  }
  return std::string();
}

Outcome addMembers(store::Reader& reader, CompanyId sender, const store::NoticeSettings& settings,
                   Ways& ways) {
  TRY(const auto members, store::membersOf(reader, sender, notice_members_max));
  ways.portal = !members.empty();
  const auto language = members.empty() ? Language::swedish : languageOf(members.front().language);
  if (net::isMailAddress(settings.email))
    ways.mails.push_back({{settings.email}, settings.email, true, language});
  MailWay users{{}, ways.senderName, true, language};
  for (const auto& member : members) {
    TRY(const bool wanted, store::wantsEach(reader, member.email, "stopped"));
    if (wanted && net::isMailAddress(member.email)) users.addresses.push_back(member.email);
  }
  if (!users.addresses.empty()) ways.mails.push_back(std::move(users));
  return {};
}

}  // namespace

Result<Ways> waysTo(store::Reader& reader, CompanyId receiver, CompanyId sender,
                    const std::vector<DocumentId>& documents) {
  Ways ways;
  TRY(const auto company, store::company(reader, sender));
  TRY(const auto settings, store::noticeSettings(reader, sender));
  ways.senderName = company.name;
  if (settings.customer) CHECK_OK(addMembers(reader, sender, settings, ways));
  if (ways.portal) return ways;
  TRY(const auto written, writtenIn(reader, documents));
  TRY(const auto verified, verifiedEmail(reader, receiver, company));
  if (!verified.empty()) ways.mails.push_back({{verified}, verified, true, written.language});
  const bool known =
      std::ranges::any_of(ways.mails, [&](const auto& mail) { return mail.shown == written.email; });
  if (!written.email.empty() && !known)
    ways.mails.push_back({{written.email}, written.email, false, written.language});
  return ways;
}

std::string planOf(const std::vector<MailWay>& mails) {
  boost::json::array plan;
  for (const auto& mail : mails) {
    boost::json::array addresses;
    for (const auto& address : mail.addresses) addresses.emplace_back(address);
    plan.push_back(boost::json::object{{"addresses", std::move(addresses)},
                                       {"shown", mail.shown},
                                       {"mayEdit", mail.mayEdit},
                                       {"language", code(mail.language)},
                                       {"tries", mail.tries},
                                       {"uncertain", mail.uncertain}});
  }
  return boost::json::serialize(plan);
}

std::vector<MailWay> mailsIn(std::string_view plan) {
  std::vector<MailWay> mails;
  boost::system::error_code error;
  const auto value = boost::json::parse(plan, error);
  if (error || !value.is_array()) return mails;
  for (const auto& each : value.get_array()) {
    const auto& of = each.as_object();
    MailWay mail;
    for (const auto& address : of.at("addresses").as_array())
      mail.addresses.emplace_back(address.as_string());
    mail.shown = of.at("shown").as_string();
    mail.mayEdit = of.at("mayEdit").as_bool();
    mail.language = languageOf(of.at("language").as_string());
    mail.tries = static_cast<int>(of.at("tries").as_int64());
    mail.uncertain = static_cast<int>(of.at("uncertain").as_int64());
    mails.push_back(std::move(mail));
  }
  return mails;
}

}  // namespace postgang::flow
