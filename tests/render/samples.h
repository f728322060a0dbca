// Documents and a design to draw in tests and benchmarks. All names are made up; numbers pass their check
// digits and belong to nobody (organisation numbers from 559990-0000 up, bankgiro numbers from 5050-1055).
#pragma once

#include <functional>
#include <string>

#include "document/business_document.h"
#include "render/design.h"

namespace postgang::render::samples {

using document::Builder;
using document::BusinessDocument;
using document::Group;
using document::Kind;
using document::Term;

struct InvoiceSketch {
  Kind kind = Kind::invoice;
  std::string typeCode = "380";
  std::string number = "700451";
  std::string currency = "SEK";
  std::string due = "2026-11-30";
  std::string ocr = "7004518";  // 700451 and its check digit
  std::string bankgiro = "50501055";
  std::string iban = {};
  std::string bic = {};
  std::string meansCode = "30";
  std::string paid = {};              // BT-113
  std::string precedingInvoice = {};  // BT-25
  std::string payee = {};             // BT-59
  std::string buyerName = "Fjällviks Fastigheter AB";
  std::string buyerNumber = "5599900213";
  std::size_t lines = 5;
  int seed = 0;
  std::function<void(Builder&, std::size_t line)> moreOnLine = {};  // within BG-25
  std::function<void(Builder&)> more = {};                          // within the document
};

BusinessDocument invoice(const InvoiceSketch& sketch);
Design design();

}  // namespace postgang::render::samples
