#include "api/http/pistache_handler.hpp"

#include <pistache/peer.h>

#include <stdexcept>

#include "api/http/connection.hpp"

namespace tenantry::api::http {
namespace {

constexpr const char* session_key = "tenantry.session";

using PeerPointer = std::shared_ptr<Pistache::Tcp::Peer>;

Session* session_of(const PeerPointer& peer) {
  return static_cast<Session*>(peer->tryGetData(session_key).get());
}

}  // namespace

PistacheHandler::PistacheHandler(std::shared_ptr<ConnectionManager> manager, std::shared_ptr<PistacheRoutes> routes,
                                 std::shared_ptr<const Handlers> handlers)
    : manager_(std::move(manager)),
      routes_(std::move(routes)),
      handlers_(std::move(handlers)),
      router_(routes_, manager_->limits) {}

PistacheHandler::PistacheHandler(const PistacheHandler& other)
    : Pistache::Http::Handler(other),
      manager_(other.manager_),
      routes_(other.routes_),
      handlers_(other.handlers_),
      router_(routes_, manager_->limits) {}

void PistacheHandler::onRequest(const Pistache::Http::Request&, Pistache::Http::ResponseWriter) {
  throw std::logic_error("Pistache's own dispatch is not used");
}

void PistacheHandler::onConnection(const PeerPointer& peer) {
  auto connection = manager_->open(peer->fd());
  peer->putData(ParserData, router_.parser());
  peer->putData(session_key, std::make_shared<Session>(manager_, connection, handlers_, peer->address().host()));
  peer->setIdle(true);
  if (!takes_from(peer->address().host())) {
    ++manager_->counters.connections_refused;
    return connection->cut();
  }
  admit(*connection);
}

bool PistacheHandler::takes_from(const std::string& address) const {
  const auto& peers = manager_->limits.peers;
  return peers.empty() || is_in_any(peers, address);
}

// Above the cap a client is told so, within bounds: the descriptors of refused clients count too while they linger.
void PistacheHandler::admit(Connection& connection) {
  auto& counters = manager_->counters;
  const auto open = counters.connections_open.load();
  const auto& limits = manager_->limits;
  if (open <= limits.connections_max && !manager_->draining) {
    ++counters.connections_accepted;
    return;
  }
  ++counters.connections_refused;
  if (open > limits.connections_max + limits.refusals_max) return connection.cut();
  connection.refuse({503, manager_->draining ? "the server is shutting down" : "too many connections are open"});
}

void PistacheHandler::onInput(const char* buffer, std::size_t bytes, const PeerPointer& peer) {
  Session* session = session_of(peer);
  if (!session) return;
  try {
    router_.serve(transport(), this);
    session->receive({buffer, bytes}, router_);
  } catch (...) {
    // An exception would end the worker and with it the process. Out of memory is the one expected here.
    session->connection()->refuse({500, "the request could not be read"});
  }
}

void PistacheHandler::onDisconnection(const PeerPointer& peer) {
  if (Session* session = session_of(peer)) manager_->closed(*session->connection());
}

}  // namespace tenantry::api::http
