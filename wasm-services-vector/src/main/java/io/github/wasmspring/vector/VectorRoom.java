package io.github.wasmspring.vector;

/** How many vectors an index may have. */
final class VectorRoom {

  private VectorRoom() {}

  /**
   * @throws io.github.wasmspring.WasmExecutionException {@code MEMORY_LIMIT} if so many slots are
   *     more than the index may have
   */
  static void require(VectorIndexSettings settings, int slots) {
    if (slots > VectorIndexSettings.MOST_VECTORS) {
      throw VectorGuest.noRoom("reserve", "an index has 4194304 vectors at most");
    }
    long bytes = (long) slots * settings.bytesPerVector();
    if (settings.memoryLimit() > 0 && bytes > settings.memoryLimit()) {
      throw VectorGuest.noRoom(
          "reserve",
          "%d vectors take %d bytes, and the index may have %d"
              .formatted(slots, bytes, settings.memoryLimit()));
    }
  }
}
