// Many tenants: what creating one costs, what an idle one holds, and how long a start with all of them takes.
#include <stdexcept>

#include "bench/measure.hpp"

namespace tenantry::bench {
namespace {

constexpr int tenants = 1000;

}  // namespace

void bench_tenants() {
  TemporaryNode temporary(4);
  std::vector<double> times_ms;
  {
    auto client = client_of(temporary.port());
    for (int number = 0; number < tenants; ++number) {
      std::string slug = "tenant-" + std::to_string(number);
      auto start = Clock::now();
      auto made = ask(
          client, post("/v1/tenants", R"({"slug":")" + slug + R"(","name":"A tenant","timezone":"Europe/London"})"));
      times_ms.push_back(seconds_since(start) * 1000);
      if (made.status != 201) throw std::runtime_error("no tenant: " + made.body);
    }
  }
  report("creating a tenant, median", percentile(times_ms, 0.5), "ms");
  report("creating a tenant, 99th percentile", percentile(times_ms, 0.99), "ms");
  report_ratio("creating a tenant, 99th percentile, against 20 ms", percentile(times_ms, 0.99) / 20, 1.0, false);

  temporary.close();
  std::uint64_t before = resident_bytes();
  auto start = Clock::now();
  temporary.open();
  double seconds = seconds_since(start);
  double each = static_cast<double>(resident_bytes() - std::min(before, resident_bytes())) / tenants / 1024;
  report("start with " + std::to_string(tenants) + " tenants", seconds * 1000, "ms");
  report_ratio("start, against 3 s", seconds / 3, 1.0, false);
  report("memory for each idle tenant (the node's own included)", each, "KB");
  report_ratio("memory for each idle tenant, against 150 KB", each / 150, 1.0, false);
}

}  // namespace tenantry::bench
