package io.github.wasmspring.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all namespaces of a memory share.
 *
 * @param embedder {@code null} if there is none
 * @param maxValueSize bytes that a value may have
 */
record MemoryParts(
    MemoryWriter writer,
    MemoryReaders readers,
    EntryCoder coder,
    MemoryVectors vectors,
    ExpiryClock clock,
    @Nullable MemoryEmbedder embedder,
    int maxValueSize) {

  List<StoredMemory> decoded(String namespace, List<RawEntry> rows) {
    return rows.stream().map(row -> this.coder.decode(namespace, row)).toList();
  }
}
