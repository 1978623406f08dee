#include "api/tenants/tenant_creation.hpp"

#include <future>
#include <memory>

#include "api/tenants/registrations.hpp"
#include "api/tenants/tables.hpp"
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api {

using events::engine::CommandRequest;
using events::engine::Done;
using events::engine::Failure;
using events::engine::Origin;
using events::engine::Outcome;
using events::engine::Submission;

namespace {

constexpr std::size_t registrations_at_once = 500;

Submission submission_of(TenantScope scope, Origin origin, CommandRequest request,
                         std::move_only_function<void(Outcome)> reply) {
  Submission submission{.scope = scope, .origin = std::move(origin), .commands = {}, .reply = {}};
  submission.commands.push_back(std::move(request));
  submission.reply = [reply = std::move(reply)](std::vector<Outcome> outcomes) mutable {
    reply(std::move(outcomes.front()));
  };
  return submission;
}

tenancy::CreateTenant creation_of(const directory::Registration& registration) {
  return {.id = registration.tenant,
          .slug = registration.slug,
          .name = registration.name,
          .timezone = registration.timezone,
          .metadata = registration.metadata,
          .partition = registration.partition};
}

Outcome cannot_tell(const Problem& problem) {
  return Failure{Failure::Kind::unknown, "the tenant is registered, but not yet created: " + problem.detail};
}

}  // namespace

TenantCreation::TenantCreation(events::engine::Engine& engine, const projections::StateStore& state)
    : engine_(engine), state_(state) {}

void TenantCreation::create(CommandRequest request, Origin origin, Reply reply) {
  auto registered = [this, origin, reply = std::move(reply)](Outcome outcome) mutable {
    if (auto* done = std::get_if<Done>(&outcome)) return finish_registered(*done, std::move(origin), std::move(reply));
    reply(std::move(outcome));
  };
  engine_.submit(submission_of(Gate::platform(), std::move(origin), std::move(request), std::move(registered)));
}

void TenantCreation::finish_registered(Done registered, Origin origin, Reply reply) {
  std::string id = registered.subject.substr(registered.subject.find('/') + 1);
  auto registration = find_registration(state_.reader(Gate::platform()), id);
  if (!registration) return reply(cannot_tell(registration.error()));
  if (!*registration) return reply(Failure{Failure::Kind::unknown, "the registration " + id + " cannot be found"});
  auto created = [registered, id, reply = std::move(reply)](Outcome outcome) mutable {
    if (!std::holds_alternative<Done>(outcome)) return reply(std::move(outcome));
    // What the client asked for is one thing: its answer is the first event of the tenant.
    Done done = std::move(registered);
    done.subject = std::string{tenancy::Tenant::collection} + '/' + id;
    done.first_sequence = done.last_sequence = 1;
    reply(std::move(done));
  };
  finish(**registration, std::move(origin), std::move(created));
}

void TenantCreation::finish(const directory::Registration& registration, Origin origin, Reply reply) {
  TenantScope scope = Gate::scope_of(registration);
  auto created = is_created(scope);
  if (!created) return reply(cannot_tell(created.error()));
  std::string subject = std::string{tenancy::Tenant::collection} + '/' + registration.tenant.text();
  if (*created) return reply(Done{.subject = subject, .first_sequence = 1, .last_sequence = 1});
  if (elsewhere_ && !engine_.serves(events::engine::partition_of(scope))) {
    return elsewhere_(registration, std::move(origin), std::move(reply));
  }
  CommandRequest request{.command = Value{creation_of(registration)}};
  engine_.submit(submission_of(scope, std::move(origin), std::move(request), std::move(reply)));
}

std::expected<std::size_t, std::string> TenantCreation::finish_all() {
  projections::TenantReader platform = state_.reader(Gate::platform());
  std::size_t finished = 0;
  for (std::string after;;) {
    auto registrations = list_registrations(platform, {registrations_at_once, after});
    if (!registrations) return std::unexpected(registrations.error().detail);
    for (const auto& registration : registrations->items) {
      if (!engine_.serves(events::engine::partition_of(Gate::scope_of(registration)))) continue;
      auto created = is_created(Gate::scope_of(registration));
      if (!created) continue;  // a row that cannot be read is its tenant's trouble: the first command says so
      if (*created || state_.quarantine_of(Gate::scope_of(registration))) continue;
      std::promise<Outcome> promise;
      finish(registration, Origin{.principal = {.kind = Principal::Kind::system}, .auth_type = "system"},
             [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
      Outcome outcome = promise.get_future().get();
      // Rules may have become narrower since it was registered: it stays not ready, and nobody else waits for it.
      if (std::holds_alternative<Refusal>(outcome)) continue;
      if (!std::holds_alternative<Done>(outcome)) {
        return std::unexpected("the tenant " + registration.slug + " is registered and cannot be created");
      }
      ++finished;
    }
    if (registrations->next.empty()) return finished;
    after = std::move(registrations->next);
  }
}

Checked<bool> TenantCreation::is_created(const TenantScope& scope) const {
  return checked(state_.reader(scope).exists(events::entity_type<tenancy::Tenant>(), scope.tenant().value));
}

}  // namespace tenantry::api
