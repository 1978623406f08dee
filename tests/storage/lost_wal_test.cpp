// Write-ahead log files that are lost, cut or emptied between two openings: RocksDB alone would pass over them.
#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

constexpr std::size_t block_bytes = 32768;  // of a write-ahead log
constexpr std::size_t row_record_bytes = 1024;
constexpr std::size_t rows_per_file = 100;

std::string row_key(std::size_t number) {
  std::string digits = std::to_string(number);
  return std::string(4 - digits.size(), '0') + digits;
}

// Rows whose records are exactly 1 KiB long, so that a block begins with a record and ends with one: 7 bytes of header,
// 12 of the write, and 2 + 1 + 4 + 2 before the value.
void put_rows(StorageFixture& fixture, std::size_t from) {
  auto family = fixture.family("f");
  for (std::size_t number = from; number < from + rows_per_file; ++number) {
    fixture.put(*family, {{row_key(number), std::string(row_record_bytes - 28, 'v')}});
  }
}

// Three files, the last one being written, each with its hundred rows.
std::vector<std::string> fill(StorageFixture& fixture, Purpose purpose) {
  for (std::size_t start = 0; start < 3; ++start) {
    fixture.open({.purpose = purpose, .create_if_missing = true});
    put_rows(fixture, start * rows_per_file);
  }
  fixture.close();
  auto all = test::files_with(fixture.path(), ".log");
  std::vector<std::string> filled;
  for (const auto& file : all) {
    if (std::filesystem::file_size(file) >= rows_per_file * row_record_bytes) filled.push_back(file);
  }
  REQUIRE(filled.size() == 3);
  REQUIRE(std::filesystem::file_size(filled[1]) == rows_per_file * row_record_bytes);
  return filled;
}

// How many rows are there; -1 if one is missing before the last.
int rows_without_gap(Database& database) {
  int count = 0;
  bool has_gap = false;
  auto scanned = database.scan(*database.family("f"), {}, [&](std::string_view key, std::string_view) {
    has_gap = has_gap || key != row_key(static_cast<std::size_t>(count));
    ++count;
    return true;
  });
  REQUIRE(scanned);
  return has_gap ? -1 : count;
}

}  // namespace

TEST_CASE("a write-ahead log file that is missing, empty or cut at a record's end is named, and the database refused") {
  auto purpose = GENERATE(Purpose::state, Purpose::log);
  auto index = GENERATE(0u, 1u);
  auto bytes = GENERATE(-1, 0, 50 * static_cast<int>(row_record_bytes));
  CAPTURE(index, bytes);
  StorageFixture fixture;
  auto file = fill(fixture, purpose)[index];
  if (bytes < 0) {
    std::filesystem::remove(file);
  } else {
    std::filesystem::resize_file(file, static_cast<std::uintmax_t>(bytes));
  }
  for (bool read_only : {true, false}) {
    auto opened = Database::open(fixture.path(), fixture.resources, {.purpose = purpose, .read_only = read_only});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == StorageError::Kind::corrupt);
    CHECK(opened.error().detail.find(file) != std::string::npos);
  }
}

TEST_CASE("what the last write-ahead log file lacks is what a crash may take: the rows before it are there") {
  StorageFixture fixture;
  auto file = fill(fixture, Purpose::state)[2];
  auto bytes = GENERATE(-1, 0, 50 * static_cast<int>(row_record_bytes), 50 * static_cast<int>(row_record_bytes) + 9);
  CAPTURE(bytes);
  if (bytes < 0) {
    std::filesystem::remove(file);
  } else {
    std::filesystem::resize_file(file, static_cast<std::uintmax_t>(bytes));
  }
  fixture.open();
  CHECK(rows_without_gap(fixture.database()) == (bytes <= 0 ? 200 : 250));
  // It is not the last one any more.
  put_rows(fixture, 300);
  fixture.close();
  if (bytes > 0) {
    std::filesystem::remove(file);
    CHECK_FALSE(Database::open(fixture.path(), fixture.resources, {}));
  }
}

TEST_CASE("a block of zeros in a write-ahead log ends what is taken from it, in tables") {
  StorageFixture fixture;
  auto file = fill(fixture, Purpose::state)[1];
  auto bytes = test::read_file(file);
  std::fill_n(bytes.begin() + block_bytes, block_bytes, '\0');
  test::write_file(file, bytes);
  fixture.open();
  CHECK(rows_without_gap(fixture.database()) == rows_per_file + block_bytes / row_record_bytes);
}

TEST_CASE("a write-ahead log file that is another one than it was is named, and the database refused") {
  auto purpose = GENERATE(Purpose::state, Purpose::log);
  StorageFixture fixture;
  auto files = fill(fixture, purpose);
  std::string next = fixture.path() + "/999999.log";
  std::string named;
  SECTION("the first one full of zeros, as a loss of power may leave it") {
    test::write_file(named = files[0], std::string(rows_per_file * row_record_bytes, '\0'));
  }
  SECTION("one over another") {
    test::write_file(named = files[0], test::read_file(files[1]));
  }
  SECTION("two exchanged") {
    auto first = test::read_file(named = files[0]);
    test::write_file(files[0], test::read_file(files[1]));
    test::write_file(files[1], first);
  }
  SECTION("one a second time, as the next") {
    test::write_file(named = next, test::read_file(files[2]));
  }
  SECTION("that of another database, of the same length and with the same numbers of changes") {
    StorageFixture other;
    auto others = fill(other, purpose);
    auto bytes = test::read_file(others[0]);
    bytes[100] = 'w';  // its checksum is wrong too, but nobody looks at that first
    test::write_file(named = files[0], bytes);
  }
  for (bool salvage : {false, true}) {
    CAPTURE(salvage);
    auto opened = Database::open(fixture.path(), fixture.resources,
                                 {.purpose = purpose, .read_only = salvage, .salvage = salvage});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == StorageError::Kind::corrupt);
    CHECK(opened.error().detail.find(named) != std::string::npos);
  }
}

TEST_CASE("files that are flushed away are not missed, however often a database is opened") {
  StorageFixture fixture;
  for (std::size_t start = 0; start < 6; ++start) {
    fixture.open();
    put_rows(fixture, start * rows_per_file);
    if (start % 2 == 1) REQUIRE(fixture.database().flush());
  }
  fixture.open();
  CHECK(rows_without_gap(fixture.database()) == 600);
}

TEST_CASE("a second opening of a folder leaves the first one's files noted") {
  StorageFixture fixture;
  CHECK_FALSE(Database::open(fixture.path(), fixture.resources, {}));
  put_rows(fixture, 0);
  REQUIRE(fixture.database().flush());
  put_rows(fixture, 100);
  fixture.open();
  CHECK(rows_without_gap(fixture.database()) == 200);
}

TEST_CASE("without its manifest, a database of tables is refused; a log of an earlier program goes on") {
  auto purpose = GENERATE(Purpose::state, Purpose::log);
  auto is_missing = GENERATE(true, false);
  StorageFixture fixture;
  fill(fixture, purpose);
  std::string manifest = fixture.path() + "/WAL-MANIFEST";
  if (is_missing) {
    std::filesystem::remove(manifest);
  } else {
    test::flip_bit(manifest, std::filesystem::file_size(manifest) / 2);
  }
  auto opened = Database::open(fixture.path(), fixture.resources, {.purpose = purpose});
  if (purpose == Purpose::log && is_missing) {
    REQUIRE(opened);
    CHECK(rows_without_gap(**opened) == 300);
  } else {
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == StorageError::Kind::corrupt);
    CHECK(opened.error().detail.find(manifest) != std::string::npos);
  }
}

TEST_CASE("a last line of the manifest that is torn was not relied upon") {
  StorageFixture fixture;
  fill(fixture, Purpose::state);
  auto manifest = fixture.path() + "/WAL-MANIFEST";
  test::write_file(manifest, test::read_file(manifest) + "closed 99 12");
  fixture.open();
  CHECK(rows_without_gap(fixture.database()) == 300);
}
