package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.module.WasmMemoryAlert;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The memory that the instances of one module have together. {@code committed} is plain: the
 * monitor of their budget, of which there is one, guards every access.
 */
public final class ModuleMemory {

  private final String module;
  private final String version;
  private final HighWater highWater = new HighWater();
  private final MemoryAlarms alarms;
  private final Set<MemoryAccount> accounts = ConcurrentHashMap.newKeySet();
  private long committed;

  /** Without alerts. */
  public ModuleMemory(String module) {
    this(module, "", Long.MAX_VALUE, List.of());
  }

  /**
   * @param limit the bytes that the memory of one instance may have
   */
  public ModuleMemory(String module, String version, long limit, List<WasmMemoryAlert> alerts) {
    this.module = module;
    this.version = version;
    this.alarms = new MemoryAlarms(module, version, limit, alerts);
  }

  public String module() {
    return this.module;
  }

  /** Empty if it is not known. */
  public String version() {
    return this.version;
  }

  /** Of its instances. */
  Set<MemoryAccount> accounts() {
    return this.accounts;
  }

  /** The bytes of linear memory of all of them; for their budget. */
  long committed() {
    return this.committed;
  }

  void addCommitted(long bytes) {
    this.committed += bytes;
  }

  HighWater highWater() {
    return this.highWater;
  }

  MemoryAlarms alarms() {
    return this.alarms;
  }

  /**
   * The bytes that the memory of an instance may have if it is to be kept; no limit while there is
   * no alert.
   */
  public long mostKept() {
    return this.alarms.mostKept();
  }
}
