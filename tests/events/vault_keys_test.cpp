// Key files: what is read, and what is refused by name.
#include "events/vault/root_keys.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include <filesystem>

#include "domain/kernel/platform.hpp"
#include "events/identifiers.hpp"
#include "tests/support/vault_keys.hpp"

using namespace tenantry;
using namespace tenantry::events;
using Catch::Matchers::Contains;

namespace {

struct KeyFileFixture {
  test::TemporaryFolder folder;
  std::string path = folder / "vault.keys";

  std::string refusal(const std::string& text, mode_t mode = 0600, KeyFile kind = KeyFile::own) {
    test::write_key_file(path, text, mode);
    return refusal(kind);
  }
  std::string refusal(KeyFile kind = KeyFile::own) {
    auto read = RootKeys::read(path, kind);
    if (read) return "read";
    CHECK_THAT(read.error(), Contains(path));
    return read.error();
  }
};

}  // namespace

TEST_CASE("a key file that others may use is refused", "[vault]") {
  KeyFileFixture fixture;
  const std::string text = test::key_file_of({'a'});
  for (mode_t mode : {0600, 0400}) CHECK(fixture.refusal(text, mode) == "read");
  for (mode_t mode : {0640, 0604, 0660, 0644, 0610, 0601, 0602}) {
    CHECK_THAT(fixture.refusal(text, mode), Contains("must have 0600"));
  }
  CHECK_THAT(fixture.refusal(text, 0644), Contains("has mode 0644"));
}

TEST_CASE("a mounted secret may be read by those whom its platform lets, and written by nobody else", "[vault]") {
  KeyFileFixture fixture;
  const std::string text = test::key_file_of({'a'});
  for (mode_t mode : {0444, 0440, 0644, 0400}) CHECK(fixture.refusal(text, mode, KeyFile::mounted) == "read");
  for (mode_t mode : {0664, 0646, 0622}) {
    CHECK_THAT(fixture.refusal(text, mode, KeyFile::mounted), Contains("others than its owner may write it"));
  }
  // As Kubernetes mounts them.
  std::filesystem::rename(fixture.path, fixture.folder / "..data");
  std::filesystem::create_symlink("..data", fixture.path);
  ::chmod((fixture.folder / "..data").c_str(), 0444);
  CHECK(fixture.refusal(KeyFile::mounted) == "read");
}

TEST_CASE("a key file that is wrong is refused by its line, and never quoted", "[vault]") {
  KeyFileFixture fixture;
  const std::string header = "tenantry vault keys 1\n";
  const std::string key = "key a " + test::key_digits('a') + "\n";
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"", "does not begin"},
      {"tenantry vault keys 2\n" + key + "current a\n", "does not begin"},
      {header, "names no current key"},
      {header + key, "names no current key"},
      {header + key + "current b\n", "lacks its current key b"},
      {header + key + "current a\ncurrent a\n", "line 4 names a second current key"},
      {header + key + key + "current a\n", "line 3 has a key id that was there before"},
      {header + "key a " + test::key_digits('a').substr(1) + "\ncurrent a\n", "line 2 has no key of 64 hex digits"},
      {header + "key a " + test::key_digits('a') + "0\ncurrent a\n", "line 2 has no key of 64 hex digits"},
      {header + "key a x" + test::key_digits('a').substr(1) + "\ncurrent a\n", "line 2 has no key of 64 hex digits"},
      {header + "key A " + test::key_digits('a') + "\ncurrent A\n", "line 2 has no key id"},
      {header + key + "current a b\n", "line 3 goes on"},
      {header + key + "curent a\n", "line 3 begins neither"},
      {header + key + "current a", "line 3 is not ended"},
      {header + std::string(20'000, '#') + '\n' + key + "current a\n", "too large"}};
  for (const auto& [text, why] : wrong) {
    auto refusal = fixture.refusal(text);
    CHECK_THAT(refusal, Contains(why));
    CHECK_THAT(refusal, !Contains(test::key_digits('a').substr(2, 20)));
  }
  CHECK(fixture.refusal(header + "\n# made in 2026\n" + key + "current a\n") == "read");
  std::string many = header;
  for (int number = 0; number < 65; ++number)
    many += "key k" + std::to_string(number) + ' ' + test::key_digits('a') + '\n';
  CHECK_THAT(fixture.refusal(many + "current k1\n"), Contains("line 66 is one key too many"));
}

TEST_CASE("a key file that is none is refused", "[vault]") {
  KeyFileFixture fixture;
  CHECK_THAT(fixture.refusal(), Contains("No such file"));
  std::filesystem::create_directory(fixture.path);
  CHECK_THAT(fixture.refusal(), Contains("is not a file"));
  std::filesystem::remove(fixture.path);
  REQUIRE(::mkfifo(fixture.path.c_str(), 0600) == 0);
  CHECK_THAT(fixture.refusal(), Contains("is not a file"));
}

TEST_CASE("a key file is made with a fresh key, for its owner alone, and never over another", "[vault]") {
  KeyFileFixture fixture;
  REQUIRE(make_key_file(fixture.path, "2026-11"));
  struct stat about {};
  REQUIRE(::stat(fixture.path.c_str(), &about) == 0);
  CHECK((about.st_mode & 07777) == 0600);
  auto keys = RootKeys::read(fixture.path);
  REQUIRE(keys);
  CHECK(keys->current() == "2026-11");
  auto text = test::read_file(fixture.path);
  auto again = make_key_file(fixture.path, "2027-01");
  REQUIRE_FALSE(again);
  CHECK_THAT(again.error(), Contains(fixture.path) && Contains("File exists"));
  CHECK(test::read_file(fixture.path) == text);
  CHECK_FALSE(make_key_file(fixture.folder / "other", "A b"));
  REQUIRE(make_key_file(fixture.folder / "other", "2026-11"));
  CHECK(test::read_file(fixture.folder / "other") != text);
}

TEST_CASE("keys of tenants differ by tenant, root key and its id", "[vault]") {
  auto keys = test::root_keys({'a', 'b'});
  TenantId other{*Uuid::parse("0190163d-0000-7000-8000-000000000001")};
  auto key = [&](TenantId tenant, const char* id) { return hex(keys.key_of(tenant, id).value().view()); };
  CHECK(key(platform_id, "a") == key(platform_id, "a"));
  CHECK(key(platform_id, "a") != key(other, "a"));
  CHECK(key(platform_id, "a") != key(platform_id, "b"));
  CHECK_FALSE(keys.key_of(platform_id, "c"));
  test::TemporaryFolder folder;
  test::write_key_file(folder / "keys",
                       "tenantry vault keys 1\nkey renamed " + test::key_digits('a') + "\ncurrent renamed\n");
  auto renamed = RootKeys::read(folder / "keys");
  REQUIRE(renamed);
  CHECK(hex(renamed->key_of(platform_id, "renamed").value().view()) != key(platform_id, "a"));
}
