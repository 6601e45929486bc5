package io.github.wasmspring.memory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A memory over a database. */
final class DefaultAgentMemory implements AgentMemory {

  private static final Logger logger = LoggerFactory.getLogger(DefaultAgentMemory.class);

  private final MemoryParts parts;
  private final MemoryPurge purge;
  private final MemoryNamespaceSettings defaults;
  private final Map<String, MemoryNamespaceSettings> namespaces;
  private final @Nullable DatabaseLock lock;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param defaults of namespaces that have no settings
   * @param namespaces settings by names
   * @param lock {@code null} for none
   */
  DefaultAgentMemory(
      MemoryParts parts,
      MemoryPurge purge,
      MemoryNamespaceSettings defaults,
      Map<String, MemoryNamespaceSettings> namespaces,
      @Nullable DatabaseLock lock) {
    this.parts = parts;
    this.purge = purge;
    this.defaults = defaults;
    this.namespaces = Map.copyOf(namespaces);
    this.lock = lock;
  }

  @Override
  public MemoryNamespace namespace(String name) {
    MemoryChecks.checkNamespace(name);
    return new DefaultMemoryNamespace(
        name, this.namespaces.getOrDefault(name, this.defaults), this.parts);
  }

  @Override
  public List<String> namespaces() {
    return this.parts
        .readers()
        .read(
            session ->
                session.list(
                    "SELECT name FROM wasm_memory_namespace ORDER BY name",
                    row -> row.getString(1)));
  }

  @Override
  public Map<String, MemoryNamespaceSettings> namespaceSettings() {
    return this.namespaces;
  }

  @Override
  public List<MemoryNamespaceSize> sizes() {
    return this.parts
        .readers()
        .read(
            session ->
                session.list(
                    "SELECT name, entries, bytes FROM wasm_memory_namespace ORDER BY name",
                    row ->
                        new MemoryNamespaceSize(row.getString(1), row.getLong(2), row.getLong(3))));
  }

  @Override
  public int purge() {
    return this.purge.now();
  }

  @Override
  public AgentMemoryStats stats() {
    return new AgentMemoryStats(
        this.parts.writer().writes(),
        this.parts.writer().commits(),
        this.parts.readers().reads(),
        this.parts.writer().expired(),
        this.parts.writer().refused(),
        this.parts.writer().conflicts(),
        this.parts.clock().ahead());
  }

  @Override
  public void close() {
    if (this.closed.getAndSet(true)) {
      return;
    }
    try (MemoryResources resources = new MemoryResources()) {
      if (this.lock != null) {
        resources.owned(this.lock);
      }
      resources.owned(this.parts.vectors());
      resources.owned(this.parts.readers());
      resources.owned(this.parts.writer());
      this.purge.close();
      rememberTheTime();
    }
  }

  /** So that nothing that has expired comes back if the clock is set back before the next start. */
  private void rememberTheTime() {
    try {
      this.parts
          .writer()
          .write(
              transaction -> {
                transaction.change();
                return true;
              });
    } catch (RuntimeException failure) {
      logger.debug("The agent memory was closed without a last write", failure);
    }
  }
}
