// Everything of the roster that the catalog knows.
#pragma once

#include "events/catalog/roster_commands.hpp"
#include "events/catalog/roster_entities.hpp"
#include "events/catalog/roster_events.hpp"
