#include "tests/chaos/topics.hpp"

#include <nlohmann/json.hpp>

#include "tests/cluster/topic_reader.hpp"

namespace tenantry::chaos {
namespace {

using events::kafka::Message;

// The runs' own commands make these two events alone; what they were prepared with makes others.
std::string mark_of(const std::string& type, const nlohmann::json& data) {
  if (type.find(".student-registered.") != std::string::npos) return data.at("number");
  if (type.find(".assessment-added.") != std::string::npos) return data.at("title");
  return {};
}

std::variant<OwnerRecord, Event, Note, Foreign> read_message(const Message& message) {
  std::map<std::string, std::string> headers(message.headers.begin(), message.headers.end());
  try {
    if (headers.contains("tenantry-owner")) return OwnerRecord{nlohmann::json::parse(message.value).at("node")};
    if (headers.contains("tenantry-answer")) {
      if (message.key != headers.at("tenantry-tenantid")) return Foreign{"its key is not its tenant"};
      return Note{.tenant = message.key,
                  .id = headers.at("tenantry-id"),
                  .owner_epoch = std::stoull(headers.at("tenantry-ownerepoch"))};
    }
    Event event{.tenant = headers.at("ce_tenantid"),
                .id = headers.at("ce_id"),
                .type = headers.at("ce_type"),
                .subject = headers.at("ce_subject"),
                .sequence = std::stoull(headers.at("ce_sequence")),
                .owner_epoch = std::stoull(headers.at("ce_ownerepoch")),
                .mark = {}};
    if (message.key != event.tenant) return Foreign{"its key is not its tenant"};
    event.mark = mark_of(event.type, nlohmann::json::parse(message.value));
    return event;
  } catch (const std::exception& why) {
    return Foreign{why.what()};
  }
}

}  // namespace

std::map<std::string, std::vector<Entry>> read_topics(const std::string& bootstrap, const std::string& prefix) {
  std::map<std::string, std::vector<Entry>> found;
  for (const std::string name : {"platform", "events"}) {
    for (const auto& [partition, offset, message] : test::read_topic(bootstrap, prefix + '.' + name)) {
      found[name + '-' + std::to_string(partition)].push_back(
          {static_cast<std::uint64_t>(offset), read_message(message)});
    }
  }
  return found;
}

}  // namespace tenantry::chaos
