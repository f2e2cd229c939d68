#include "chunked_array.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace {

constexpr size_t chunkCapacity = 512;

/// The first eight bytes of a key as an integer decide most comparisons without touching the key.
struct Probe {
    uint64_t prefix;
    const uint8_t *bytes;
    size_t length;
};

struct Entry {
    uint64_t prefix;
    const uint8_t *key;
    size_t length;
    const void *payload;
};

uint64_t leadingInteger(const uint8_t *bytes, size_t length) {
    uint64_t prefix = 0;
    std::memcpy(&prefix, bytes, std::min<size_t>(length, 8));
    return __builtin_bswap64(prefix);
}

bool precedes(const Entry &entry, const Probe &probe) {
    if (entry.prefix != probe.prefix) return entry.prefix < probe.prefix;
    int order = std::memcmp(entry.key, probe.bytes, std::min(entry.length, probe.length));
    return order < 0 || (order == 0 && entry.length < probe.length);
}

bool matches(const Entry &entry, const Probe &probe) {
    return entry.prefix == probe.prefix && entry.length == probe.length
        && std::memcmp(entry.key, probe.bytes, probe.length) == 0;
}

using Chunk = std::vector<Entry>;

}  // namespace

struct ChunkedArray {
    std::vector<std::unique_ptr<Chunk>> chunks;
    /// Keys lie behind one another in large blocks, which are freed with the array.
    std::vector<std::unique_ptr<uint8_t[]>> blocks;
    size_t blockUsed = blockSize;

    static constexpr size_t blockSize = 1 << 20;

    const uint8_t *keep(const uint8_t *bytes, size_t length) {
        if (blockUsed + length > blockSize) {
            blocks.push_back(std::make_unique<uint8_t[]>(std::max(blockSize, length)));
            blockUsed = 0;
        }
        uint8_t *copy = blocks.back().get() + blockUsed;
        std::memcpy(copy, bytes, length);
        blockUsed += length;
        return copy;
    }

    /// The last chunk that starts at or before the key, else the first.
    size_t chunkIndex(const Probe &probe) const {
        auto after = std::partition_point(chunks.begin(), chunks.end(), [&](const auto &chunk) {
            return precedes(chunk->front(), probe) || matches(chunk->front(), probe);
        });
        return after == chunks.begin() ? 0 : size_t(after - chunks.begin()) - 1;
    }

    static Chunk::iterator lowerBound(Chunk &chunk, const Probe &probe) {
        return std::partition_point(
            chunk.begin(), chunk.end(), [&](const Entry &entry) { return precedes(entry, probe); });
    }
};

static Probe probeOf(const void *key, size_t length) {
    auto bytes = static_cast<const uint8_t *>(key);
    return Probe{leadingInteger(bytes, length), bytes, length};
}

ChunkedArray *chunked_array_create(void) { return new ChunkedArray; }

void chunked_array_destroy(ChunkedArray *array) { delete array; }

const void *chunked_array_insert(ChunkedArray *array, const void *key, size_t length, const void *payload) {
    Probe probe = probeOf(key, length);
    if (array->chunks.empty()) {
        array->chunks.push_back(std::make_unique<Chunk>());
        array->chunks.back()->reserve(chunkCapacity + 1);
        array->chunks.back()->push_back(Entry{probe.prefix, array->keep(probe.bytes, length), length, payload});
        return nullptr;
    }
    size_t index = array->chunkIndex(probe);
    Chunk &chunk = *array->chunks[index];
    auto place = ChunkedArray::lowerBound(chunk, probe);
    if (place != chunk.end() && matches(*place, probe)) {
        return std::exchange(place->payload, payload);
    }
    chunk.insert(place, Entry{probe.prefix, array->keep(probe.bytes, length), length, payload});
    if (chunk.size() > chunkCapacity) {
        auto right = std::make_unique<Chunk>();
        right->reserve(chunkCapacity + 1);
        right->assign(chunk.begin() + chunkCapacity / 2, chunk.end());
        chunk.resize(chunkCapacity / 2);
        array->chunks.insert(array->chunks.begin() + ptrdiff_t(index) + 1, std::move(right));
    }
    return nullptr;
}

const void *chunked_array_find(const ChunkedArray *array, const void *key, size_t length) {
    if (array->chunks.empty()) return nullptr;
    Probe probe = probeOf(key, length);
    Chunk &chunk = *array->chunks[array->chunkIndex(probe)];
    auto place = ChunkedArray::lowerBound(chunk, probe);
    return place != chunk.end() && matches(*place, probe) ? place->payload : nullptr;
}

size_t chunked_array_scan(
    const ChunkedArray *array, const void *key, size_t length, size_t limit, const void **payloads) {
    if (array->chunks.empty()) return 0;
    Probe probe = probeOf(key, length);
    size_t index = array->chunkIndex(probe);
    auto place = ChunkedArray::lowerBound(*array->chunks[index], probe);
    size_t count = 0;
    while (count < limit) {
        if (place == array->chunks[index]->end()) {
            if (++index == array->chunks.size()) break;
            place = array->chunks[index]->begin();
            continue;
        }
        payloads[count++] = place->payload;
        ++place;
    }
    return count;
}
