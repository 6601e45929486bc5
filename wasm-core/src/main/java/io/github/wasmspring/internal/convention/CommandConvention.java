package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.wasi.WasiImports;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For WASI commands, programs with a {@code main}: the first argument is standard input, further
 * ones are its arguments, and what it writes to standard output is the answer.
 */
final class CommandConvention implements WasmCallConvention {

  private static final String START = "_start";

  /** The operations that stand for running the program. */
  private static final Set<String> RUN = Set.of("run", "main", START);

  private static final WasmFunctionType START_TYPE = new WasmFunctionType(List.of(), List.of());

  private final ValueCodecs codecs;
  private final ScalarConvention scalars;

  CommandConvention(ValueCodecs codecs) {
    this.codecs = codecs;
    this.scalars = new ScalarConvention(codecs);
  }

  @Override
  public String name() {
    return "wasi-command";
  }

  @Override
  public boolean isSpokenBy(WasmCode code) {
    return start(code) != null && code.imports().stream().anyMatch(WasiImports::isWasi);
  }

  private static @Nullable WasmExportedFunction start(WasmCode code) {
    WasmExportedFunction export = code.exports().get(START);
    return export != null && export.type().equals(START_TYPE) ? export : null;
  }

  @Override
  public @Nullable WasmExportedFunction export(WasmCode code, String name) {
    WasmExportedFunction export = code.exports().get(name);
    return export == null && RUN.contains(name) ? start(code) : export;
  }

  @Override
  public Type answer(WasmExportedFunction export) {
    return export.name().equals(START) ? String.class : WasmCallConvention.super.answer(export);
  }

  @Override
  public WasmInvocation bind(WasmCode code, WasmOperation operation, Limits limits) {
    WasmExportedFunction export = export(code, operation.export());
    if (export == null) {
      throw ExportSignature.failure(
          code,
          operation,
          "%s is no operation of a WASI command: call it run or main, or put @WasmExport(\"_start\") on the method"
              .formatted(operation.describe()),
          START_TYPE,
          null);
    }
    if (!export.name().equals(START)) {
      return this.scalars.bind(code, operation, limits);
    }
    for (WasmParameter parameter : operation.parameters()) {
      if (parameter.inOut()) {
        throw ExportSignature.failure(
            code,
            operation,
            "%s marks '%s' as @InOut, and a WASI command changes no argument"
                .formatted(operation.describe(), parameter.name()),
            null,
            null);
      }
    }
    ExportSignature.requireReadable(code, operation, this.codecs);
    return new CommandInvocation(operation, export.index(), this.codecs, limits);
  }

  @Override
  public WasmInvocation bindBatch(
      WasmCode code, WasmOperation batch, WasmBatchShape shape, Limits limits) {
    WasmExportedFunction export = export(code, batch.export());
    if (export == null || export.name().equals(START)) {
      throw ExportSignature.failure(
          code,
          batch,
          "%s would run a WASI command several times on one instance, and it runs once in the life of an instance"
              .formatted(batch.describe()),
          null,
          null);
    }
    return this.scalars.bindBatch(code, batch, shape, limits);
  }
}
