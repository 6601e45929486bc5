package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.internal.sandbox.MemoryBudget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** The memory budget that the properties say, within what the heap can hold. */
final class BudgetSize {

  private static final Logger logger = LoggerFactory.getLogger(BudgetSize.class);
  private static final String PROPERTY = "wasm.memory.budget";

  private BudgetSize() {}

  static MemoryBudget of(WasmProperties.Memory memory) {
    return new MemoryBudget(
        bytes(memory.getBudget()), MemoryAlertMapper.of("wasm.memory.alerts", memory.getAlerts()));
  }

  private static long bytes(@Nullable DataSize wanted) {
    if (wanted == null) {
      return MemoryBudget.defaultSize();
    }
    if (wanted.toBytes() <= 0) {
      throw new InvalidConfigurationPropertyValueException(
          PROPERTY, wanted, "A memory budget must be positive");
    }
    long most = MemoryBudget.mostOfHeap();
    if (wanted.toBytes() > most) {
      logger.warn(
          "{} is {} bytes, but half of the heap is only {}: that is the budget now. Give the JVM a larger heap (-Xmx)",
          PROPERTY,
          wanted.toBytes(),
          most);
    }
    return Math.min(wanted.toBytes(), most);
  }
}
