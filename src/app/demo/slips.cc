#include "app/demo/slips.h"

namespace postgang::app::demo {

using document::Term;

namespace {

constexpr int too_old_days = 41;

// Two digits change places, as fingers do.
std::string malformed(std::string number) {
  if (number.size() > 1) std::swap(number[0], number[1]);
  return number;
}

formats::NewAttachment fileFor(const Paper& right) {
  const std::string name = right.attachment.value_or("Specifikation");
  formats::NewAttachment file;
  file.reference = "Bilaga 1";
  file.description = name;
  file.fileName = "bilaga-" + right.number + ".pdf";
  file.mediaType = "application/pdf";
  file.bytes = smallPdf({name, right.seller->name, "Faktura " + right.number});
  return file;
}

}  // namespace

bool wantsAttachment(const Paper& paper) {
  return paper.buyer && paper.buyer->demands.attachment && reckon(paper).total_ore > attachment_limit_ore;
}

std::vector<Mistake> usualSlips(const Demands& demands) {
  std::vector<Mistake> ways;
  if (demands.order) ways.insert(ways.end(), {Mistake::order_missing, Mistake::order_malformed});
  if (demands.standingOrders) ways.push_back(Mistake::order_unknown);
  if (!demands.references.empty())
    ways.insert(ways.end(), {Mistake::reference_unknown, Mistake::reference_missing});
  if (!demands.costCentres.empty())
    ways.insert(ways.end(), {Mistake::cost_centre_missing, Mistake::cost_centre_unknown});
  return ways;
}

std::vector<Mistake> slipsOf(const Paper& paper) {
  if (!paper.buyer) return {};
  auto ways = usualSlips(paper.buyer->demands);
  if (wantsAttachment(paper)) ways.push_back(Mistake::attachment_missing);
  if (paper.buyer->demands.age && !isSignIn(static_cast<std::size_t>(paper.relation->seller)))
    ways.push_back(Mistake::issued_long_ago);
  return ways;
}

Paper slipped(const Paper& right, Mistake slip) {
  Paper paper = right;
  switch (slip) {
    case Mistake::order_missing:
      paper.orderNumber.clear();
      break;
    case Mistake::order_malformed:
      paper.orderNumber = malformed(right.orderNumber);
      break;
    case Mistake::order_unknown:
      paper.orderNumber =
          "45000" + right.orderNumber.substr(std::min<std::size_t>(5, right.orderNumber.size()));
      break;
    case Mistake::reference_missing:
      paper.reference.clear();
      break;
    case Mistake::reference_unknown:
      paper.reference = right.buyer->reader.name;
      break;
    case Mistake::cost_centre_missing:
      paper.costCentre.clear();
      break;
    case Mistake::cost_centre_unknown:
      paper.costCentre = "9" + right.costCentre;
      break;
    case Mistake::attachment_missing:
      paper.attachment.reset();
      break;
    case Mistake::issued_long_ago:
      paper.issued = right.issued.plusDays(-too_old_days);
      break;
    case Mistake::account_unknown:
      paper.bankgiro = bankgiro(900 + right.relation->seller % 100);
      break;
    default:
      break;
  }
  return paper;
}

std::optional<flow::CorrectionRequest> correctionOf(const Paper& right, Mistake slip, DocumentId document) {
  flow::CorrectionRequest request;
  request.document = document;
  switch (slip) {
    case Mistake::order_missing:
    case Mistake::order_malformed:
    case Mistake::order_unknown:
      request.changes = {{Term::BT_13, {}, right.orderNumber, {}}};
      break;
    case Mistake::reference_missing:
    case Mistake::reference_unknown:
      request.changes = {{Term::BT_10, {}, right.reference, {}}};
      break;
    case Mistake::cost_centre_missing:
    case Mistake::cost_centre_unknown:
      request.changes = {{Term::BT_19, {}, right.costCentre, {}}};
      break;
    case Mistake::attachment_missing:
      request.attachments = {fileFor(right)};
      break;
    default:
      return std::nullopt;
  }
  return request;
}

}  // namespace postgang::app::demo
