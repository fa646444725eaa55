#include "glance.hpp"

MEALSYNC_PLUGIN(mealsync::micro::Glance);
