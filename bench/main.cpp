// The benchmarks: `tenantry_bench [writes|reads|loading|tenants|kafka]...`, all without arguments.
#include <cstdio>
#include <exception>
#include <map>
#include <string>

#include "bench/measure.hpp"

int main(int count, char** arguments) {
  using namespace tenantry::bench;
  const std::map<std::string, void (*)()> all{{"writes", bench_writes},
                                              {"reads", bench_reads},
                                              {"loading", bench_loading},
                                              {"tenants", bench_tenants},
                                              {"kafka", bench_kafka}};
  try {
    for (const auto& [name, run] : all) {
      bool chosen = count == 1;
      for (int index = 1; index < count; ++index) chosen = chosen || arguments[index] == name;
      if (!chosen) continue;
      std::printf("%s\n", name.c_str());
      run();
    }
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench: %s\n", failure.what());
    return 1;
  }
}
