// The state of the cluster as this node sees it.
#include "api/cluster/cluster.hpp"
#include "api/handlers/handlers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

namespace json = events::json;

void append_owner(std::string& out, const PartitionOwner& owner) {
  json::ObjectWriter writer{out};
  json::append_text(writer.key("node"), owner.node);
  json::append_text(writer.key("url"), owner.url);
  json::append_integer(writer.key("epoch"), owner.epoch);
}

void append_trouble(json::ObjectWriter& writer, const std::string& trouble) {
  if (!trouble.empty()) json::append_text(writer.key("trouble"), trouble);
}

void append_partition(std::string& out, Context& context, events::Partition partition) {
  json::ObjectWriter writer{out};
  json::append_text(writer.key("partition"), partition.name());
  writer.key("servedHere") += context.engine.serves(partition) ? "true" : "false";
  auto owner = context.cluster == nullptr ? std::nullopt : context.cluster->owner(partition);
  if (owner) append_owner(writer.key("owner"), *owner);
  json::append_integer(writer.key("tablesPosition"), context.state.partition(partition).next_position());
  if (auto end = context.log.end(partition)) json::append_integer(writer.key("logPosition"), *end);
  json::append_integer(writer.key("lag"), context.cluster == nullptr ? 0 : context.cluster->lag(partition));
  auto trouble = context.cluster == nullptr ? std::string{} : context.cluster->trouble(partition);
  append_trouble(writer, trouble.empty() ? context.engine.trouble(partition) : trouble);
}

}  // namespace

void serve_cluster(Exchange exchange) {
  Context& context = *exchange.context;
  std::string body;
  {
    json::ObjectWriter writer{body};
    json::append_text(writer.key("node"), context.cluster == nullptr ? std::string{"alone"} : context.cluster->node());
    append_trouble(writer, context.cluster == nullptr ? std::string{} : context.cluster->trouble());
    std::string& partitions = writer.key("partitions");
    partitions += '[';
    bool first = true;
    for (events::Partition partition : context.log.partitions()) {
      if (!std::exchange(first, false)) partitions += ',';
      append_partition(partitions, context, partition);
    }
    partitions += ']';
  }
  answer(exchange, json_response(std::move(body)));
}

}  // namespace tenantry::api
