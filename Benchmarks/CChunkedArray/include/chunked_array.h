#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The B-tree's opponent: chunks of sorted entries in a sorted array of chunks. Keys are copied, payloads are not.
typedef struct ChunkedArray ChunkedArray;

ChunkedArray *chunked_array_create(void);
void chunked_array_destroy(ChunkedArray *array);

/// Stores a payload and returns the one it replaces, or null.
const void *chunked_array_insert(ChunkedArray *array, const void *key, size_t length, const void *payload);

/// The payload at a key, or null.
const void *chunked_array_find(const ChunkedArray *array, const void *key, size_t length);

/// Writes up to `limit` payloads of the entries at or after a key, in order, and returns how many.
size_t chunked_array_scan(
    const ChunkedArray *array, const void *key, size_t length, size_t limit, const void **payloads);

#ifdef __cplusplus
}
#endif
