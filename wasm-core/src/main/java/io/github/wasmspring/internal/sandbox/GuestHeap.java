package io.github.wasmspring.internal.sandbox;

/**
 * What the allocator of a guest said about its memory when it was last asked.
 *
 * @param used the bytes of the memory that are not free: stack, data and blocks in use
 * @param free the free bytes
 * @param largestFree the bytes of the largest free block
 */
public record GuestHeap(long used, long free, long largestFree) {}
