#include "storage/batch.hpp"

#include <stdexcept>

#include "storage/internal/database_internal.hpp"

namespace tenantry::storage {
namespace {

rocksdb::ColumnFamilyHandle* join(Batch::Internal& batch, const Family& family) {
  const auto& handle = static_cast<const FamilyHandle&>(family);
  if (batch.database == nullptr) batch.database = handle.database();
  if (batch.database != handle.database()) throw std::logic_error("a batch over families of two databases");
  return handle.get();
}

}  // namespace

Batch::Batch() : internal_(std::make_unique<Internal>()) {}
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;

void Batch::put(const Family& family, std::string_view key, std::string_view value) {
  internal_->changes.Put(join(*internal_, family), slice(key), slice(value)).PermitUncheckedError();
}

void Batch::erase(const Family& family, std::string_view key) {
  internal_->changes.Delete(join(*internal_, family), slice(key)).PermitUncheckedError();
}

void Batch::clear() {
  internal_->changes.Clear();
  internal_->database = nullptr;
}

std::size_t Batch::count() const {
  return internal_->changes.Count();
}

std::size_t Batch::bytes() const {
  return internal_->changes.GetDataSize();
}

}  // namespace tenantry::storage
