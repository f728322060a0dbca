// What falls short of what one receiver demands: how it looks on the paper, and what puts it right.
#pragma once

#include <optional>
#include <vector>

#include "app/demo/paper.h"
#include "flow/correct.h"

namespace postgang::app::demo {

// Its buyer wants to see a specification of it.
bool wantsAttachment(const Paper& paper);

// The ways in which a sender most often falls short of them, whatever the paper.
std::vector<Mistake> usualSlips(const Demands& demands);
// The ways in which this paper could fall short, the usual ones first; empty where its buyer demands nothing.
std::vector<Mistake> slipsOf(const Paper& paper);
Paper slipped(const Paper& right, Mistake slip);

// What its sender writes when the document comes back; nullopt where only another invoice helps.
std::optional<flow::CorrectionRequest> correctionOf(const Paper& right, Mistake slip, DocumentId document);

}  // namespace postgang::app::demo
