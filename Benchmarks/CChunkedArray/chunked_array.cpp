#include "chunked_array.h"
