package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.pool.InstanceMaker;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.pool.SingleUse;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmPreparation;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares one instance of a module, and keeps what it is then. See docs/decisions/0075: an export
 * that the settings name runs first, and then what the descriptor says.
 */
final class InstancePreparation {

  private static final Logger logger = LoggerFactory.getLogger(InstancePreparation.class);

  private final WasmModuleDescriptor module;
  private final WasmCode code;
  private final WasmCallConventions conventions;
  private final Pool settings;

  InstancePreparation(WasmModuleDescriptor module, WasmCode code, WasmCallConventions conventions) {
    this.module = module;
    this.code = code;
    this.conventions = conventions;
    this.settings = module.settings().pool();
  }

  /** Whether there is anything to be done. */
  static boolean isWanted(WasmModuleDescriptor module) {
    return module.settings().pool().prepare() != null || module.preparation() != null;
  }

  /**
   * @param maker of instances that have not been prepared
   * @throws WasmException if the preparation fails, or what it leaves can't be kept
   */
  WasmSnapshot run(InstanceMaker maker) {
    WasmExportedFunction export = export();
    long start = System.nanoTime();
    WasmSnapshot snapshot;
    try {
      snapshot =
          SingleUse.of(
              maker,
              CallWatchdog.ticks(this.settings.prepareTimeout()),
              instance -> prepared(instance, export));
    } catch (WasmException failure) {
      throw failed(failure);
    }
    logger.debug(
        "Instances of WebAssembly module {} begin with {} bytes that took {} ms to prepare",
        this.module,
        snapshot.size(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return snapshot;
  }

  private @Nullable WasmExportedFunction export() {
    String name = this.settings.prepare();
    WasmExportedFunction export = name == null ? null : this.code.exports().get(name);
    if (name != null && export == null) {
      throw impossible(
          "there is no function '%s'; the module exports %s"
              .formatted(name, String.join(", ", this.code.exports().keySet())));
    }
    if (export != null && !export.type().params().isEmpty()) {
      throw impossible(
          "%s takes arguments, and only a function without can be called here; write a WasmPreparation for it, which passes them"
              .formatted(export.describe()));
    }
    return export;
  }

  private WasmSnapshot prepared(PooledInstance instance, @Nullable WasmExportedFunction export) {
    if (export != null) {
      instance.call(export.index());
    }
    WasmPreparation preparation = this.module.preparation();
    if (preparation != null) {
      prepare(instance, preparation);
    }
    try {
      return instance.snapshot();
    } catch (UnsupportedOperationException refused) {
      throw impossible("what the instance is now can't be kept: " + refused.getMessage());
    }
  }

  private void prepare(PooledInstance instance, WasmPreparation preparation) {
    NewInstance lent = new NewInstance(this.module, this.code, this.conventions, instance);
    try {
      preparation.prepare(lent);
    } catch (WasmException known) {
      throw known;
    } catch (RuntimeException failure) {
      throw new WasmLoadException(
          WasmErrorCategory.INSTANTIATION,
          "instances can't be prepared, the WasmPreparation of the module failed: " + failure,
          failure);
    } finally {
      lent.close();
    }
  }

  /** What it is for has to be said: nobody has called the module yet. */
  private WasmException failed(WasmException failure) {
    if (failure instanceof WasmLoadException) {
      return failure;
    }
    if (failure.category() == WasmErrorCategory.TIMEOUT) {
      return new WasmLoadException(
          WasmErrorCategory.TIMEOUT,
          "an instance was not prepared within %d ms, and was stopped; raise pool.prepare-timeout or do less beforehand"
              .formatted(this.settings.prepareTimeout().toMillis()),
          failure);
    }
    WasmErrorCategory category = failure.category();
    boolean ofHost =
        category == WasmErrorCategory.INTERRUPTED
            || category == WasmErrorCategory.BUDGET
            || category == WasmErrorCategory.MEMORY_LIMIT;
    return new WasmLoadException(
        ofHost ? category : WasmErrorCategory.INSTANTIATION,
        "instances can't be prepared%s: %s"
            .formatted(
                this.settings.prepare() == null
                    ? ""
                    : " by %s (pool.prepare)".formatted(this.settings.prepare()),
                failure.detail()),
        failure);
  }

  private static WasmLoadException impossible(String why) {
    return new WasmLoadException(
        WasmErrorCategory.INSTANTIATION,
        "instances can't be prepared (pool.prepare): " + why,
        null);
  }
}
