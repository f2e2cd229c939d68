#pragma once

/// Asks the processor to fetch the memory at an address that will be read soon. Any address will do.
static inline void prefetch(const void *address) { __builtin_prefetch(address); }
