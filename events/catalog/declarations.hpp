// All declarations together. Internal to the catalog; others include the context that they need.
#pragma once

#include "events/catalog/describe.hpp"
#include "events/catalog/directory.hpp"
#include "events/catalog/roster.hpp"
#include "events/catalog/tenancy.hpp"
