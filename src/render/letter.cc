#define POINTERHOLDER_TRANSITION 4  // qpdf: std::shared_ptr only
#include "render/letter.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "base/bytes.h"
#include "base/text.h"
#include "render/picture_page.h"

namespace postgang::render {
namespace {

constexpr double a4_short = 595.276, a4_long = 841.890, a4_slack = 6;  // points
constexpr std::size_t head_bytes =
    1024;  // within which a PDF says that it is one (ISO 32000-1, annex H.3.4.1)
constexpr std::size_t name_points_max = 100;

bool isPdf(std::string_view bytes) {
  return bytes.substr(0, head_bytes).find("%PDF-") != std::string_view::npos;
}

// What the contained process tells: `code` and which part it is about, or the letter.
struct Told {
  std::string code;
  std::size_t part = 0;  // 0 is the copy
  int pages = 0, printedPages = 0, sheets = 0;
  std::string pdf;
};

std::string toldText(const Told& told) {
  std::string out = told.code;
  for (const auto number : {static_cast<int>(told.part), told.pages, told.printedPages, told.sheets})
    out += "\n" + std::to_string(number);
  return out + "\n" + told.pdf;
}

Told toldFrom(std::string_view text) {
  Told told;
  const auto line = [&] {
    const auto end = std::min(text.find('\n'), text.size());
    const auto found = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return found;
  };
  const auto number = [&](auto& into) {
    const auto digits = line();
    std::from_chars(digits.data(), digits.data() + digits.size(), into);
  };
  told.code = line();
  number(told.part);
  number(told.pages);
  number(told.printedPages);
  number(told.sheets);
  told.pdf = text;
  return told;
}

struct Refused {
  std::string code;
};

bool near(double a, double b) {
  return std::abs(a - b) < a4_slack;
}

bool isA4(QPDFPageObjectHelper& page) {
  const auto box = page.getCropBox().getArrayAsRectangle();
  const double width = box.urx - box.llx, height = box.ury - box.lly;
  return page.getAttribute("/UserUnit", false).isNull() &&
         ((near(width, a4_short) && near(height, a4_long)) ||
          (near(width, a4_long) && near(height, a4_short)));
}

QPDFObjectHandle blankPage(QPDF& pdf, bool lying = false) {
  const auto size = lying ? "841.89 595.276" : "595.276 841.89";
  return pdf.makeIndirectObject(QPDFObjectHandle::parse("<< /Type /Page /Resources << >> /MediaBox [0 0 " +
                                                        std::string(size) + "] >>"));
}

// A page of another size, as large as an A4 holds it. Never larger than it was.
QPDFObjectHandle fittedPage(QPDF& pdf, QPDFPageObjectHelper& page) {
  auto form = page.getFormXObjectForPage();
  const auto box = form.getDict().getKey("/BBox").getArrayAsRectangle();
  auto turned = page.getAttribute("/Rotate", false);
  const bool quarter = turned.isInteger() && turned.getIntValue() % 180 != 0;
  const bool lying = (box.urx - box.llx > box.ury - box.lly) != quarter;
  auto sheet = QPDFPageObjectHelper(blankPage(pdf, lying));
  auto forms = QPDFObjectHandle::newDictionary();
  forms.replaceKey("/F", form);
  sheet.getObjectHandle().getKey("/Resources").replaceKey("/XObject", forms);
  const QPDFObjectHandle::Rectangle room(0, 0, lying ? a4_long : a4_short, lying ? a4_short : a4_long);
  const auto drawn = sheet.placeFormXObject(form, "/F", room, false, true, false);
  sheet.getObjectHandle().replaceKey("/Contents", pdf.newStream(drawn));
  return sheet.getObjectHandle();
}

void open(QPDF& pdf, const char* name, std::string_view bytes) {
  pdf.setSuppressWarnings(true);
  try {
    pdf.processMemoryFile(name, bytes.data(), bytes.size());
  } catch (const QPDFExc& fault) {
    throw Refused{fault.getErrorCode() == qpdf_e_password ? "letter-attachment-encrypted"
                                                          : "letter-attachment-damaged"};
  }
}

// Repaired while it was opened, and not whole: cut short, or pages whose content is not in the file.
bool isTorn(QPDF& pdf, std::string_view bytes, const std::vector<QPDFObjectHandle>& pages) {
  if (!pdf.anyWarnings()) return false;
  const auto tail = bytes.substr(bytes.size() > head_bytes ? bytes.size() - head_bytes : 0);
  if (tail.find("%%EOF") == std::string_view::npos) return true;
  return std::any_of(pages.begin(), pages.end(), [](QPDFObjectHandle page) {
    return page.isDictionary() && page.getKeys().count("/Contents") > 0 && page.getKey("/Contents").isNull();
  });
}

// Puts the pages of one part after another.
class Binding {
 public:
  explicit Binding(const LetterOptions& options) : options_(options), out_(letter_) {}

  void addCopy(std::string_view copy) {
    open(letter_, "copy", copy);
    count(letter_.getAllPages().size());
  }

  void add(std::string_view bytes) {
    sources_.push_back(std::make_unique<QPDF>());
    QPDF& source = *sources_.back();
    if (isPdf(bytes)) {
      open(source, "attachment", bytes);
    } else {
      pictures_.push_back(picturePage(bytes));
      if (pictures_.back().empty()) throw Refused{"letter-attachment-damaged"};
      open(source, "picture", pictures_.back());
    }
    const auto pages = pagesIn(source, bytes);
    if (options_.duplex && sidesOfPart_ % 2 != 0) {
      out_.addPage(QPDFPageObjectHelper(blankPage(letter_)), false);
      ++told_.pages;
    }
    for (auto page : pages) {
      QPDFPageObjectHelper helper(page);
      page.removeKey("/AA");
      out_.addPage(isA4(helper) ? helper : QPDFPageObjectHelper(fittedPage(source, helper)), false);
    }
    count(pages.size());
  }

  Told finish() {
    QPDFWriter writer(letter_);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setDecodeLevel(qpdf_dl_none);
    writer.setPreserveEncryption(false);
    writer.setMinimumPDFVersion("1.7");
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    told_.pdf.assign(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    return std::move(told_);
  }

 private:
  std::vector<QPDFObjectHandle> pagesIn(QPDF& source, std::string_view bytes) {
    auto pages = source.getAllPages();
    if (pages.empty() || isTorn(source, bytes, pages)) throw Refused{"letter-attachment-damaged"};
    if (pages.size() + static_cast<std::size_t>(told_.printedPages) >
        static_cast<std::size_t>(options_.pagesMax))
      throw Refused{"letter-too-long"};
    // What was filled in and noted is printed with the page.
    QPDFAcroFormDocumentHelper(source).generateAppearancesIfNeeded();
    QPDFPageDocumentHelper(source).flattenAnnotations(an_print);
    return pages;
  }

  void count(std::size_t pages) {
    sidesOfPart_ = static_cast<int>(pages);
    told_.pages += sidesOfPart_;
    told_.printedPages += sidesOfPart_;
    told_.sheets += options_.duplex ? (sidesOfPart_ + 1) / 2 : sidesOfPart_;
  }

  const LetterOptions& options_;
  QPDF letter_;
  QPDFPageDocumentHelper out_;
  std::vector<std::unique_ptr<QPDF>> sources_;  // their streams are read when the letter is written
  std::vector<std::string> pictures_;
  Told told_;
  int sidesOfPart_ = 0;
};

Told bound(std::string_view copyPdf, const std::vector<LetterPart>& parts, const LetterOptions& options) {
  Told told;
  try {
    Binding binding(options);
    binding.addCopy(copyPdf);
    for (const auto& part : parts) {
      ++told.part;
      binding.add(part.bytes);
    }
    return binding.finish();
  } catch (const Refused& refused) {
    told.code = told.part == 0 ? "letter-not-made" : refused.code;
  } catch (const std::exception&) {
    told.code = told.part == 0 ? "letter-not-made" : "letter-attachment-damaged";
  }
  return told;
}

Told counted(std::string_view pdf) {
  Told told;
  try {
    QPDF read;
    open(read, "letter", pdf);
    told.pages = told.printedPages = static_cast<int>(read.getAllPages().size());
    if (told.pages == 0) told.code = "letter-attachment-damaged";
  } catch (const Refused& refused) {
    told.code = refused.code;
  } catch (const std::exception&) {
    told.code = "letter-attachment-damaged";
  }
  return told;
}

tl::unexpected<Problem> about(const std::string& code, const std::string& name) {
  Problem problem;
  problem.code = code;
  problem.parameters["name"] = name;
  if (code == "letter-attachment-encrypted") {
    problem.kind = ProblemKind::unsupported;
    problem.detail = "The attachment " + name + " is protected by a password and cannot be printed.";
    problem.advice = "Send it without one.";
  } else if (code == "letter-attachment-damaged") {
    problem.kind = ProblemKind::invalid;
    problem.detail = "The attachment " + name + " is damaged and cannot be printed.";
    problem.advice = "Make it anew and send the document again.";
  } else if (code == "letter-attachment-too-large") {
    problem.kind = ProblemKind::too_large;
    problem.detail = "The attachment " + name + " is too large to print.";
    problem.advice = "Make it smaller, or send it another way.";
  } else if (code == "letter-too-long") {
    problem.kind = ProblemKind::too_large;
    problem.detail = "With the attachment " + name + " the letter has more pages than a letter may have.";
    problem.advice = "Send the attachment another way.";
  } else {
    problem.kind = ProblemKind::internal;
    problem.code = "letter-not-made";
    problem.detail = "The letter could not be put together.";
  }
  return fail(std::move(problem));
}

std::string shownName(std::string_view name, std::size_t number) {
  const auto shown = truncated(collapsed(withoutControls(name)), name_points_max);
  return shown.empty() ? std::to_string(number) : shown;
}

// The attachments that are printed, by name; those that are not, with why.
Result<std::vector<LetterPart>> printable(const std::vector<LetterPart>& attachments,
                                          const LetterOptions& options, Letter& letter) {
  std::vector<LetterPart> parts;
  for (const auto& attachment : attachments) {
    const auto name = shownName(attachment.name, parts.size() + letter.notPrinted.size() + 1);
    if (!isPrintable(attachment.bytes)) {
      letter.notPrinted.push_back({name, attachment.bytes.empty() ? "empty" : "not-printable"});
    } else if (attachment.bytes.size() > options.partBytesMax) {
      return about("letter-attachment-too-large", name);
    } else {
      letter.enclosures.push_back(name);
      parts.push_back({name, attachment.bytes});
    }
  }
  return parts;
}

}  // namespace

bool isPrintable(std::string_view bytes) {
  return isPdf(bytes) || isPng(bytes) || isJpeg(bytes);
}

LetterParts attachmentsOf(const document::BusinessDocument& document) {
  LetterParts out;
  for (const auto& attachment : document.attachments()) {
    const auto name = shownName(attachment.fileName.empty() ? attachment.reference : attachment.fileName,
                                out.parts.size() + out.notPrinted.size() + 1);
    if (!attachment.base64.empty()) {
      auto bytes = fromBase64(attachment.base64);
      if (bytes && !bytes->empty())
        out.parts.push_back({name, std::move(*bytes)});
      else
        out.notPrinted.push_back({name, bytes ? "empty" : "not-printable"});
    } else if (!attachment.location.empty()) {
      out.notPrinted.push_back({name, "external"});
    }
  }
  return out;
}

Result<Letter> makeLetter(std::string_view copyPdf, const std::vector<LetterPart>& attachments,
                          const LetterOptions& options) {
  Letter letter;
  TRY(const auto parts, printable(attachments, options, letter));
  Told told;
  if (parts.empty()) {
    told = counted(copyPdf);  // our own bytes: nothing to be afraid of
    told.pdf = copyPdf;
    if (!told.code.empty()) return about("letter-not-made", "");
    told.sheets = options.duplex ? (told.pages + 1) / 2 : told.pages;
  } else {
    const auto done = contained([&] { return toldText(bound(copyPdf, parts, options)); }, options.bounds);
    const auto& last = parts.back().name;
    if (done.ending == Ending::died)
      return about("letter-attachment-damaged", parts.size() == 1 ? last : joined(letter.enclosures, ", "));
    if (done.ending != Ending::done)
      return about("letter-attachment-too-large", parts.size() == 1 ? last : joined(letter.enclosures, ", "));
    told = toldFrom(done.answer);
  }
  if (!told.code.empty())
    return about(told.code, told.part > 0 && told.part <= parts.size() ? parts[told.part - 1].name : "");
  if (told.printedPages > options.pagesMax) return about("letter-too-long", "");
  letter.pdf = std::move(told.pdf);
  letter.pages = told.pages;
  letter.printedPages = told.printedPages;
  letter.sheets = told.sheets;
  return letter;
}

Result<int> pagesOf(std::string_view pdf, const Bounds& bounds) {
  const auto done = contained([&] { return toldText(counted(pdf)); }, bounds);
  if (done.ending == Ending::died) return about("letter-attachment-damaged", "");
  if (done.ending != Ending::done) return about("letter-attachment-too-large", "");
  const auto told = toldFrom(done.answer);
  if (!told.code.empty()) return about(told.code, "");
  return told.pages;
}

}  // namespace postgang::render
