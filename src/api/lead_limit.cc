#include "api/lead_limit.h"

#include "access/sign_in_limit.h"

namespace postgang::api {

int LeadLimit::countOf(const std::string& subject) const {
  const auto found = byAddress_.find(subject);
  return found == byAddress_.end() ? 0 : found->second;
}

Result<LeadLimit::Place> LeadLimit::admit(std::string_view address, Instant now, Weight weight) {
  const std::lock_guard lock(mutex_);
  if (now >= since_.plusSeconds(window_seconds)) {
    since_ = now;
    all_ = 0;
    byAddress_.clear();
  }
  const auto home = access::addressSubject(address), site = access::siteSubject(address);
  const int ofHome = countOf(home), ofSite = countOf(site);
  const bool hasRoom = ofHome + weight.counts <= address_max && (site == home || ofSite < site_max) &&
                       byAddress_.size() < addresses_max;
  const bool isFull = !weight.caught && all_ >= all_max;
  if (hasRoom && (!isFull || (ofHome == 0 && ofSite == 0))) {
    if (!weight.caught && !isFull) all_ += weight.counts;
    byAddress_[home] += weight.counts;
    if (site != home) byAddress_[site] += weight.counts;
    return isFull ? Place::quiet : Place::told;
  }
  Problem problem{ProblemKind::rate_limited,
                  "leads-too-many",
                  "Too many have written from here in a short time.",
                  {},
                  "Wait a while and send it again; what you have written is still there.",
                  {}};
  const auto left = since_.plusSeconds(window_seconds).microseconds - now.microseconds;
  problem.parameters["seconds"] = std::to_string(left / 1'000'000 + 1);
  return fail(std::move(problem));
}

}  // namespace postgang::api
