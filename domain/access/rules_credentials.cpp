// What users show to be let in, and their sessions.
#include <algorithm>

#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/access/rules.hpp"
#include "domain/kernel/existing.hpp"

namespace tenantry::access {
namespace {

template <class E>
Decision accept(E event) {
  return accept_one_of<Event>(std::move(event));
}

Credentials credentials(Rows& rows, const Id<User>& user) {
  const Credentials* found = rows.credentials.find(credentials_of(user));
  if (found != nullptr) return *found;
  return {.id = credentials_of(user), .password = {}, .second_factor = {}, .invitation = {}, .sessions = {}};
}

std::expected<User, Refusal> user_who(Rows& rows, const Id<User>& id, bool may_be_invited) {
  const User* found = rows.users.find(id);
  if (found == nullptr) return refuse(refused.user_unknown, "id");
  if (found->status == UserStatus::locked) return refuse(refused.user_locked, "");
  if (found->status == UserStatus::deactivated) return refuse(refused.user_deactivated, "");
  if (found->status == UserStatus::invited && !may_be_invited) return refuse(refused.user_not_activated, "");
  return *found;
}
std::expected<User, Refusal> active_user(Rows& rows, const Id<User>& id) {
  return user_who(rows, id, false);
}

auto session_in(auto& sessions, const Uuid& id) {
  return std::ranges::find(sessions, id, &Session::id);
}

Decision issue(Rows& rows, const Id<User>& id, const Uuid& invitation, const Instant& expires_at) {
  if (credentials(rows, id).invitation == Invitation{invitation, expires_at}) return holds(id);
  if (expires_at <= rows.decided_at) return refuse(refused.expiry_past, "expiresAt");
  return accept(InvitationIssued{.id = id, .invitation = invitation, .expires_at = expires_at});
}

// Of what was shown, whether it is still good: a code of a step that was accepted is not.
std::optional<Refusal> check_code(const Credentials& known, const std::optional<std::uint64_t>& step) {
  if (!known.second_factor) return std::nullopt;
  if (!step) return refusal(refused.code_missing, "step");
  if (*step <= known.second_factor->step) return refusal(refused.code_used, "step");
  return std::nullopt;
}

// The session that has to make room for another one, if any: the oldest, an expired one before all others.
const Session* displaced(const Credentials& known, const Instant& now) {
  if (known.sessions.size() < sessions_max) return nullptr;
  auto expired = std::ranges::find_if(known.sessions, [&](const Session& each) { return each.expires_at <= now; });
  return expired == known.sessions.end() ? &known.sessions.front() : &*expired;
}

}  // namespace

template <>
Decision on(Rows& rows, const IssueInvitation& command) {
  if (auto user = user_who(rows, command.id, true); !user) return std::unexpected(std::move(user.error()));
  return issue(rows, command.id, command.invitation, command.expires_at);
}

template <>
Decision on(Rows& rows, const IssueFirstInvitation& command) {
  auto user = active_user(rows, command.id);
  if (!user) return std::unexpected(std::move(user.error()));
  if (std::ranges::find(user->roles, Role::administrator, &HeldRole::role) == user->roles.end()) {
    return refuse(refused.not_administrator, "id");
  }
  if (credentials(rows, command.id).password) return refuse(refused.password_chosen, "id");
  return issue(rows, command.id, command.invitation, command.expires_at);
}

template <>
Decision on(Rows& rows, const AcceptInvitation& command) {
  auto user = user_who(rows, command.id, true);
  if (!user) return std::unexpected(std::move(user.error()));
  Credentials known = credentials(rows, command.id);
  if (known.password == command.password) return holds(command.id);
  auto invitation = known.invitation;
  if (!invitation || invitation->id != command.invitation || invitation->expires_at <= rows.decided_at) {
    return refuse(refused.invitation_ended, "invitationId");
  }
  std::vector<Event> events;
  if (user->status == UserStatus::invited) events.push_back(UserActivated{command.id});
  events.push_back(PasswordSet{.id = command.id, .password = command.password});
  return accept_in_order(std::move(events));
}

template <>
Decision on(Rows& rows, const ChangePassword& command) {
  if (auto user = active_user(rows, command.id); !user) return std::unexpected(std::move(user.error()));
  auto password = credentials(rows, command.id).password;
  if (password == command.password) return holds(command.id);
  if (password != command.former) return refuse(refused.password_changed, "formerId");
  return accept(PasswordSet{.id = command.id, .password = command.password});
}

template <>
Decision on(Rows& rows, const AddSecondFactor& command) {
  if (auto user = active_user(rows, command.id); !user) return std::unexpected(std::move(user.error()));
  auto known = credentials(rows, command.id).second_factor;
  if (known && known->id == command.factor) return holds(command.id);
  if (known) return refuse(refused.second_factor_exists, "");
  return accept(SecondFactorAdded{.id = command.id, .factor = command.factor, .step = command.step});
}

template <>
Decision on(Rows& rows, const RemoveSecondFactor& command) {
  if (rows.users.find(command.id) == nullptr) return refuse(refused.user_unknown, "id");
  if (!credentials(rows, command.id).second_factor) return holds(command.id);
  return accept(SecondFactorRemoved{command.id});
}

template <>
Decision on(Rows& rows, const StartSession& command) {
  if (auto user = active_user(rows, command.id); !user) return std::unexpected(std::move(user.error()));
  auto application = application_of(rows.applications, command.application);
  if (!application) return refuse(refused.application_unknown, "applicationId");
  if (application->status == ApplicationStatus::withdrawn) return refuse(refused.application_withdrawn, "");
  if (command.expires_at <= rows.decided_at) return refuse(refused.expiry_past, "expiresAt");
  Credentials known = credentials(rows, command.id);
  if (known.password != command.password) return refuse(refused.password_changed, "passwordId");
  auto same = session_in(known.sessions, command.session);
  if (same != known.sessions.end() && same->application == command.application) return holds(command.id);
  if (same != known.sessions.end()) return refuse(refused.session_exists, "sessionId");
  if (auto problem = check_code(known, command.step)) return std::unexpected(std::move(*problem));
  std::vector<Event> events;
  if (const Session* former = displaced(known, rows.decided_at)) {
    events.push_back(SessionEnded{.id = command.id, .session = former->id, .reason = SessionEnd::displaced});
  }
  events.push_back(SessionStarted{.id = command.id,
                                  .session = command.session,
                                  .application = command.application,
                                  .step = known.second_factor ? command.step : std::nullopt,
                                  .started_at = rows.decided_at,
                                  .expires_at = command.expires_at});
  return accept_in_order(std::move(events));
}

template <>
Decision on(Rows& rows, const RefreshSession& command) {
  if (auto user = active_user(rows, command.id); !user) return std::unexpected(std::move(user.error()));
  const Session* session = session_of(rows.tables, command.id, command.session);
  if (session == nullptr || session->expires_at <= rows.decided_at) return refuse(refused.session_ended, "sessionId");
  if (command.generation != session->generation) return refuse(refused.refresh_reused, "generation");
  auto application = application_of(rows.applications, session->application);
  if (!application) throw std::runtime_error("a session is of an application that is not there");
  if (application->status == ApplicationStatus::withdrawn) return refuse(refused.application_withdrawn, "");
  return accept(SessionRefreshed{.id = command.id, .session = command.session, .generation = command.generation + 1});
}

template <>
Decision on(Rows& rows, const EndSession& command) {
  if (rows.users.find(command.id) == nullptr) return refuse(refused.user_unknown, "id");
  if (session_of(rows.tables, command.id, command.session) == nullptr) return holds(command.id);
  return accept(SessionEnded{.id = command.id, .session = command.session, .reason = command.reason});
}

template <>
Decision on(Rows& rows, const EndSessions& command) {
  if (rows.users.find(command.id) == nullptr) return refuse(refused.user_unknown, "id");
  std::vector<Event> events;
  for (const Session& each : credentials(rows, command.id).sessions) {
    events.push_back(SessionEnded{.id = command.id, .session = each.id, .reason = SessionEnd::ended});
  }
  if (events.empty()) return holds(command.id);
  return accept_in_order(std::move(events));
}

template <>
void apply(Rows& rows, const InvitationIssued& event) {
  Credentials changed = credentials(rows, event.id);
  changed.invitation = Invitation{.id = event.invitation, .expires_at = event.expires_at};
  rows.credentials.put(std::move(changed));
}

template <>
void apply(Rows& rows, const PasswordSet& event) {
  Credentials changed = credentials(rows, event.id);
  changed.password = event.password;
  changed.invitation.reset();
  changed.sessions.clear();
  rows.credentials.put(std::move(changed));
}

template <>
void apply(Rows& rows, const SecondFactorAdded& event) {
  Credentials changed = credentials(rows, event.id);
  changed.second_factor = SecondFactor{.id = event.factor, .step = event.step};
  rows.credentials.put(std::move(changed));
}

template <>
void apply(Rows& rows, const SecondFactorRemoved& event) {
  Credentials changed = credentials(rows, event.id);
  changed.second_factor.reset();
  rows.credentials.put(std::move(changed));
}

template <>
void apply(Rows& rows, const SessionStarted& event) {
  Credentials changed = credentials(rows, event.id);
  if (event.step && changed.second_factor) changed.second_factor->step = *event.step;
  changed.sessions.push_back({.id = event.session,
                              .application = event.application,
                              .started_at = event.started_at,
                              .expires_at = event.expires_at,
                              .generation = 0});
  rows.credentials.put(std::move(changed));
}

template <>
void apply(Rows& rows, const SessionRefreshed& event) {
  Credentials changed = existing(rows.credentials, credentials_of(event.id));
  auto session = session_in(changed.sessions, event.session);
  if (session == changed.sessions.end()) throw std::runtime_error("a session is refreshed that is not there");
  session->generation = event.generation;
  rows.credentials.put(std::move(changed));
}

template <>
void apply(Rows& rows, const SessionEnded& event) {
  Credentials changed = existing(rows.credentials, credentials_of(event.id));
  std::erase_if(changed.sessions, [&](const Session& each) { return each.id == event.session; });
  rows.credentials.put(std::move(changed));
}

}  // namespace tenantry::access
