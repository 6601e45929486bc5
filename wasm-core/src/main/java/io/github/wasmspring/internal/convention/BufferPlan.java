package io.github.wasmspring.internal.convention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the arguments of an export cross and its answer comes back.
 *
 * @param slotCount of the arguments of the export, two for each buffer
 * @param allocator {@code null} if nothing goes through the memory
 */
record BufferPlan(
    ExportCall export,
    int slotCount,
    List<ValueCodec> parameters,
    ResultReader result,
    @Nullable BufferAllocator allocator) {}
