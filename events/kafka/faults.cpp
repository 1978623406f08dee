#include "events/kafka/faults.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr int look_after_ms = 3'000;

}  // namespace

std::string Faults::of(Partition partition) const {
  MutexLock lock(mutex_);
  auto found = faults_.find(partition);
  return found == faults_.end() ? std::string{} : found->second.why;
}

std::map<Partition, std::string> Faults::all() const {
  MutexLock lock(mutex_);
  std::map<Partition, std::string> all;
  for (const auto& [partition, fault] : faults_) all.emplace(partition, fault.why);
  return all;
}

void Faults::set(Partition partition, FaultKind kind, const std::string& why) {
  suspicions_.erase(partition);
  {
    MutexLock lock(mutex_);
    auto found = faults_.find(partition);
    if (found != faults_.end() && (found->second.kind == FaultKind::lasting || kind == FaultKind::passing)) return;
    faults_[partition] = {kind, why};
  }
  on_fault_(partition, why);
}

bool Faults::is_lasting(Partition partition) const {
  MutexLock lock(mutex_);
  auto found = faults_.find(partition);
  return found != faults_.end() && found->second.kind == FaultKind::lasting;
}

void Faults::pass(Partition partition) {
  MutexLock lock(mutex_);
  auto found = faults_.find(partition);
  if (found != faults_.end() && found->second.kind == FaultKind::passing) faults_.erase(found);
}

void Faults::suspect(Partition partition) {
  suspicions_.try_emplace(partition, after_ms(look_after_ms));
}

std::vector<Partition> Faults::due() const {
  std::vector<Partition> due;
  for (const auto& [partition, when] : suspicions_) {
    if (left_ms(when) == 0) due.push_back(partition);
  }
  return due;
}

void Faults::postpone() {
  for (auto& [partition, when] : suspicions_) when = after_ms(look_after_ms);
}

}  // namespace tenantry::events::kafka
