package io.github.wasmspring.engine;

/** What pays for the memory of one instance beyond what it starts with. */
public interface MemoryCharge {

  /** Pays for everything. */
  MemoryCharge NONE =
      new MemoryCharge() {
        @Override
        public boolean add(long bytes) {
          return true;
        }

        @Override
        public void subtract(long bytes) {}
      };

  /**
   * @return {@code false} if there is no room; then nothing is charged
   */
  boolean add(long bytes);

  /** Gives back what is not needed any more. */
  void subtract(long bytes);

  /**
   * {@link #add} for linear memories, which may have a limit in common with those of other
   * instances.
   */
  default boolean addMemory(long bytes) {
    return add(bytes);
  }

  /** {@link #subtract} for linear memories. */
  default void subtractMemory(long bytes) {
    subtract(bytes);
  }

  /** The linear memories of the instance have that many bytes now. */
  default void committed(long bytes) {}

  /** The guest has let a memory grow; called after {@link #committed}. */
  default void grown() {}
}
