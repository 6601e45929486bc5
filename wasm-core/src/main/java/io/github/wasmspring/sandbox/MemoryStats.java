package io.github.wasmspring.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * The linear memory of instances, in bytes.
 *
 * @param used what guests use of it: where a guest's allocator tells what is free, the rest; else
 *     all of it
 * @param committed what it is now, in use and idle instances together
 * @param highWater what the largest memory of one instance ever was
 * @param highWaterOfAll what all of it together ever was
 * @param growths how often guests let a memory grow
 * @param free what is free in the heaps of the guests that tell
 * @param largestFree the largest free blocks of these, summed up
 * @param fragmentation the part of what is free that is not in the largest block of its guest, from
 *     0 to 1; {@code null} if no guest tells
 */
public record MemoryStats(
    long used,
    long committed,
    long highWater,
    long highWaterOfAll,
    long growths,
    long free,
    long largestFree,
    @Nullable Double fragmentation) {

  /** Of no instance at all. */
  public static final MemoryStats NONE = new MemoryStats(0, 0, 0, 0, 0, 0, 0, null);
}
