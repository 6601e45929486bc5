package io.github.wasmspring.memory;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.List;
import java.util.Map;

/**
 * What agents remember, in namespaces. For many threads; to be closed. A write that has returned is
 * on the disk, whatever kills the process after that.
 *
 * <p>Values are compressed and checked on the threads of callers, by modules or by Java; a thread
 * that is interrupted meanwhile gets a {@link io.github.wasmspring.WasmException}, and has written
 * nothing.
 *
 * <p>All methods, here and in {@link MemoryNamespace}, throw {@link AgentMemoryException} if the
 * database does not answer, and {@link IllegalStateException} after the memory was closed.
 */
public interface AgentMemory extends AutoCloseable {

  /**
   * Begins to say what a memory is to be.
   *
   * @param manager whose modules compress and check values and compare vectors
   */
  static AgentMemoryBuilder builder(WasmModuleManager manager) {
    return new AgentMemoryBuilder(manager);
  }

  /**
   * A namespace, which need not have been there before.
   *
   * @param name begins with a letter or digit, and has up to 100 of these, dots, hyphens,
   *     underscores, colons and slashes
   * @throws IllegalArgumentException if it is no such name
   */
  MemoryNamespace namespace(String name);

  /** The names of all that something was ever put into, in alphabetical order. */
  List<String> namespaces();

  /** The namespaces with settings of their own, by their names. */
  Map<String, MemoryNamespaceSettings> namespaceSettings();

  /** What all namespaces have that something was ever put into, in the order of their names. */
  List<MemoryNamespaceSize> sizes();

  /**
   * Deletes what has expired, as is done in the background too.
   *
   * @return how many versions of entries
   */
  int purge();

  AgentMemoryStats stats();

  /** Waits for writes under way, and gives the connections back. */
  @Override
  void close();
}
