// What statistics cost to ask for: a group's twelve months by everything that the page asks, over a million
// documents of twenty companies; a page of partners with its counts; and what keeping them up to date costs,
// as rows and time of the fold.
//
//   bench_statistics [documents] [companies] [times]     POSTGANG_BENCH_DATA: the folder's parent
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <limits>
#include <random>

#include "bench/support.h"
#include "store/figures.h"
#include "store/partners.h"

namespace {

using namespace postgang;
using namespace postgang::bench;
using document::EventType;
using store::Dimension;

constexpr int together = 500, fold_each = 20'000;
constexpr std::int64_t year_seconds = 365LL * 86'400;

struct Filling {
  store::Store& store;
  SimulatedClock& clock;
  std::vector<CompanyId> companies;
  IdMaker ids{clock, 5};
  std::mt19937 random{5};
  std::int64_t cubes_us = 0, partners_us = 0;

  int some(int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); }
  CompanyId one() { return companies[static_cast<std::size_t>(some(static_cast<int>(companies.size())))]; }

  store::PartyFact customer() {
    const int number = some(20'000);
    return {(some(20) == 0 ? "0192:" : "0007:") + std::to_string(5'510'000'000LL + number),
            "Kunden " + std::to_string(number) + " AB",
            {},
            false,
            {}};
  }

  store::RecognisedFact facts(int number, store::PartyFact buyer) {
    store::RecognisedFact facts;
    facts.format = some(4) == 0 ? "Svefaktura 1.0" : "UBL 2.1 Invoice";
    facts.kind = some(8) == 0 ? document::Kind::credit_note : document::Kind::invoice;
    facts.number = std::to_string(number);
    facts.seller = {"0007:5599900122", "Nordhamn Energi AB", {}, false, {}};
    facts.buyer = std::move(buyer);
    facts.amount = Decimal(1 + some(90'000));
    facts.currency = some(10) == 0 ? "EUR" : "SEK";
    return facts;
  }

  void append(store::Transaction& tx, int number) {
    store::ReceivedFact received;
    received.sender = one();
    received.door = "bench";
    received.digest = sha256(std::to_string(number));
    store::DeliveryFact fact;
    fact.delivery = ids.next<DeliveryId>();
    constexpr const char* channels[] = {"network", "peppol", "email", "print"};
    fact.channel = channels[some(4)];
    fact.price = Decimal::fromScaled(150, 2);
    fact.currency = "SEK";
    auto buyer = customer();
    if (fact.channel == "network") {  // who is a company here is found by its own number
      fact.receiver = one();
      buyer = {"0007:55999" + std::to_string(10'000 + fact.receiver->value - companies.front().value),
               "Nordhamn AB",
               {},
               false,
               {}};
    }
    std::vector<store::NewEvent> events{{EventType::received, {}, received},
                                        {EventType::recognised, {}, facts(number, std::move(buyer))}};
    if (some(12) == 0)
      events.push_back({EventType::stopped, {}, store::StoppedFact{}});
    else
      events.push_back({some(8) == 0 ? EventType::sent : EventType::delivered, {}, fact});
    must(store::append(tx, ids.next<DocumentId>(), 0, events, {}));
  }

  void fold() {
    const auto from = monotonicMicroseconds();
    must(store.write(store::Priority::background, [](store::Transaction& tx) {
      return store::foldCubes(tx, std::numeric_limits<int>::max());
    }));
    const auto between = monotonicMicroseconds();
    must(store.write(store::Priority::background, [](store::Transaction& tx) -> Outcome {
      TRY([[maybe_unused]] const bool more, store::foldPartners(tx, std::numeric_limits<int>::max()));
      return {};
    }));
    cubes_us += between - from;
    partners_us += monotonicMicroseconds() - between;
  }

  void run(int documents) {
    const auto step = year_seconds / std::max(documents, 1);
    for (int done = 0; done < documents; done += together) {
      must(store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
        for (int i = done; i < std::min(documents, done + together); ++i) {
          append(tx, i);
          clock.advanceSeconds(step);
        }
        return {};
      }));
      if (done % fold_each == 0) fold();
    }
    fold();
  }
};

struct Question {
  std::string name;
  store::FiguresQuery query;
};

std::vector<Question> questions(CompanyId one) {
  const store::FiguresQuery year{.from = Date::of(2026, 1, 1), .to = Date::of(2026, 12, 31)};
  std::vector<Question> all;
  const auto add = [&](std::string name, std::vector<Dimension> by, bool times = false) {
    auto query = year;
    query.groupBy = std::move(by);
    query.withTimes = times;
    all.push_back({std::move(name), query});
  };
  add("all of it", {});
  add("by month", {Dimension::month});
  add("by channel", {Dimension::channel});
  add("by channel, with times", {Dimension::channel}, true);
  add("by company", {Dimension::company});
  add("by status", {Dimension::status});
  add("by format", {Dimension::format});
  add("by country", {Dimension::country});
  add("by counterpart", {Dimension::counterpart});
  add("by internal", {Dimension::internal});
  add("by week", {Dimension::week});
  auto own = all[1];
  own.name = "by month, days at both ends";
  own.query.from = Date::of(2026, 1, 15);
  own.query.to = Date::of(2026, 12, 15);
  all.push_back(own);
  auto company = all[2];
  company.name = "by channel, one company";
  company.query.company = one;
  all.push_back(company);
  return all;
}

std::vector<std::pair<std::string, store::PartnerQuery>> partnerQuestions() {
  return {{"partners, the latest first", {}},
          {"partners by name", {.sort = store::PartnerSort::name}},
          {"partners by amount", {.sort = store::PartnerSort::amount}},
          {"partners with a text", {.text = "kunden 17"}},
          {"partners long silent", {.standings = {store::Standing::long_silent}}}};
}

template <class Ask>
void measure(store::Store& store, const std::string& name, int times, Ask ask) {
  std::vector<double> took;
  for (int i = 0; i < times; ++i)
    must(store.read([&](store::Reader& reader) -> Outcome {
      const auto from = monotonicMicroseconds();
      ask(reader);
      took.push_back(static_cast<double>(monotonicMicroseconds() - from));
      return {};
    }));
  std::ranges::sort(took);
  std::cout << std::fixed << std::setprecision(1) << name << ": median " << took[took.size() / 2] / 1000
            << " ms, worst " << took.back() / 1000 << " ms\n";
}

std::int64_t rowsOf(store::Store& store, std::string_view table) {
  std::int64_t rows = 0;
  must(store.read([&](store::Reader& reader) -> Outcome {
    CHECK_OK(reader.connection().run("SELECT COUNT(*) FROM " + std::string(table), {},
                                     [&](const store::sql::Row& row) { rows = row.number(0); }));
    return {};
  }));
  return rows;
}

}  // namespace

int main(int count, char** values) {
  const int documents = argument(count, values, 1, 1'000'000);
  const int companies = argument(count, values, 2, 20);
  const int times = argument(count, values, 3, 15);
  const Folder folder("statistics");
  SimulatedClock clock(Instant::atMidnight(Date::of(2026, 1, 2)));
  std::vector<CompanyId> group;
  {
    const auto filling = openStore(folder, clock, true);
    for (int i = 0; i < companies; ++i) {
      const auto number = std::to_string(10'000 + i);
      group.push_back(company(*filling, "Nordhamn " + number + " AB", "0007:55999" + number));
      if (i > 0)
        must(filling->write(store::Priority::background, [&](store::Transaction& tx) {
          return store::setParent(tx, group.back(), group.front());
        }));
    }
    Filling fill{.store = *filling, .clock = clock, .companies = group};
    const auto from = monotonicMicroseconds();
    fill.run(documents);
    std::cout << documents << " documents in " << (monotonicMicroseconds() - from) / 1'000'000
              << " s; the fold of each into cubes " << fill.cubes_us / documents << " µs, into partners "
              << fill.partners_us / documents << " µs\n";
  }
  const auto store = openStore(folder, clock);
  for (const auto* table :
       {"statistics", "statistics_origins", "statistics_counterparts", "statistics_times"})
    std::cout << table << ": " << rowsOf(*store, table) << " rows\n";
  const auto viewer = store::Viewer::ofCompanies(group, {});
  for (const auto& [name, query] : questions(group.front()))
    measure(*store, name, times, [&, &asked = query](store::Reader& reader) {
      demand(!must(store::figures(reader, viewer, asked)).empty(), "no rows");
    });
  measure(*store, "the largest counterparts", times, [&](store::Reader& reader) {
    const store::FiguresQuery year{.from = Date::of(2026, 1, 1), .to = Date::of(2026, 12, 31)};
    demand(!must(store::largestCounterparts(reader, viewer, year, {.count = 20})).rows.empty(), "no rows");
  });
  for (const auto& [name, query] : partnerQuestions())
    measure(*store, name, times, [&, &asked = query](store::Reader& reader) {
      must(store::partnerFacets(reader, viewer, group.front(), asked));
      demand(!must(store::listPartners(reader, viewer, group.front(), asked)).items.empty(), "no partners");
    });
}
