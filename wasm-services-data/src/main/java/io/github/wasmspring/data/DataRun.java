package io.github.wasmspring.data;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the stages of one run of a pipeline share. */
final class DataRun implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(DataProcessor.class);

  private static final long FEWEST_BYTES = 4096;
  private static final long FEWEST_KEPT = 1 << 16;

  final DataSettings settings;
  final DataSpill spill;
  private final WasmModuleManager manager;
  private final LongAdder wasmStages;
  private final LongAdder javaStages;

  DataRun(
      WasmModuleManager manager,
      DataSettings settings,
      LongAdder wasmStages,
      LongAdder javaStages) {
    this.manager = manager;
    this.settings = settings;
    this.spill = new DataSpill(settings);
    this.wasmStages = wasmStages;
    this.javaStages = javaStages;
  }

  DataKernel kernel(DataProgram program) {
    return kernel(program, program);
  }

  /**
   * The module, or Java where it can't be had and Java may answer. A stage that has begun stays
   * where it is.
   */
  DataKernel kernel(DataProgram program, DataProgram buildProgram) {
    WasmExecutionMode mode = mode();
    if (mode != WasmExecutionMode.JAVA) {
      try {
        DataKernel guest = GuestKernel.open(this.manager, program, buildProgram, limit());
        this.wasmStages.increment();
        return guest;
      } catch (WasmException failure) {
        if (mode == WasmExecutionMode.WASM || failure.category() == WasmErrorCategory.INTERRUPTED) {
          throw failure;
        }
        // Where modules are switched off that is what is asked for.
        if (failure.category() != WasmErrorCategory.REJECTED) {
          logger.warn(
              "Java processes rows, as the module '{}' can't: {}",
              DataModule.ID,
              failure.getMessage());
        }
      }
    }
    this.javaStages.increment();
    return new JavaKernel(program, buildProgram, limit());
  }

  /** What a piece of a file may take where one of each of so many is in memory. */
  long pieceBytes(int files) {
    long share = this.settings.memoryLimit() / 2 / files;
    return Math.max(FEWEST_BYTES, Math.min(DataRows.MOST_BYTES, share));
  }

  /** What a kernel may keep; even the smallest tables take something. */
  private long limit() {
    return Math.max(FEWEST_KEPT, this.settings.memoryLimit());
  }

  private WasmExecutionMode mode() {
    WasmExecutionMode own = this.settings.executionMode();
    if (own != null) {
      return own;
    }
    return this.manager
        .registry()
        .find(DataModule.ID)
        .map(WasmModuleDescriptor::settings)
        .map(module -> module.executionMode())
        .orElse(WasmExecutionMode.AUTO);
  }

  @Override
  public void close() {
    this.spill.close();
  }
}
