// A full disk: commands are answered 503, reads go on, and when there is room again writing resumes by itself. Nothing
// that was answered is lost.
#include <catch2/catch.hpp>

#include "tests/support/small_disk.hpp"
#include "tests/system/storm.hpp"

namespace tenantry::test {
namespace {

constexpr int disk_megabytes = 256;

TEST_CASE("a full disk stops commands, not reads, and is got over") {
  SmallDisk disk(disk_megabytes);
  if (!disk.mounted()) {
    WARN("skipped: a small disk cannot be mounted here: " << disk.why());
    return;
  }
  std::string data = disk.path() + "/data";
  Book book;
  {
    Server server(data);
    HttpClient client = server.client();
    make_tenant(client, "school");
    for (int count = 0; count < 50; ++count) send_one(client, "school", "before-" + std::to_string(count), book);
    REQUIRE(book.answered.size() == 50);

    disk.fill();
    for (int count = 0; count < 20; ++count) {
      json body = student("full-" + std::to_string(count));
      Answer answer = client.post("/v1/students", body.dump(), of("school", "full-" + std::to_string(count)));
      INFO(answer.body);
      CHECK(answer.status == 503);
      CHECK(answer.headers.count("retry-after") == 1);
      CHECK(client.get("/v1/students?number=before-7", of("school")).status == 200);
    }
    CHECK(client.get("/v1/audit/events?limit=10", of("school")).status == 200);
    CHECK(client.get("/livez").status == 200);

    disk.free();
    // The same keys again: each is done once, whatever became of it before.
    CHECK(comes_true([&] { return send_one(client, "school", "full-0", book) && book.answered.count("full-0") == 1; }));
    for (int count = 0; count < 20; ++count) send_one(client, "school", "full-" + std::to_string(count), book);
    CHECK(book.answered.size() == 70);
    CHECK(book.surprises.empty());
    CHECK(server.stop() == 0);
  }
  Server again(data);
  HttpClient client = again.client();
  for (const auto& [number, id] : book.answered) {
    json page = json_of(client.get("/v1/students?number=" + number, of("school")));
    REQUIRE(page.at("items").size() == 1);
    CHECK(page.at("items").at(0).at("id") == id);
  }
  CHECK(again.stop() == 0);
  auto live = digests(data);
  CHECK(tenantry({"rebuild", "--data", data}).code == 0);
  CHECK(digests(data) == live);
}

}  // namespace
}  // namespace tenantry::test
