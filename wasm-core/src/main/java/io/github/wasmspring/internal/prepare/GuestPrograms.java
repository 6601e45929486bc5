package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.debug.SourceLines;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import io.github.wasmspring.internal.split.DebugNames;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What traces and profiles of guests are read with: names and lines, read when they are wanted. */
final class GuestPrograms {

  private static final Logger logger = LoggerFactory.getLogger(GuestPrograms.class);

  private final WasmModuleLoader loader;

  GuestPrograms(WasmModuleLoader loader) {
    this.loader = loader;
  }

  GuestProgram of(LinkedModule member) {
    return of(member.descriptor(), member.code(), member.provenance().digest(), List.of());
  }

  GuestProgram of(
      WasmModuleDescriptor module,
      WasmCode code,
      @Nullable String digest,
      List<GuestProgram> linked) {
    return new GuestProgram(
        module.id(),
        code,
        () -> functionNames(module, digest),
        new DebugAtHand(() -> localDebug(module, digest)),
        linked);
  }

  /** A failing call is not the time to ask a server for the module again. */
  private DebugAtHand.Data localDebug(WasmModuleDescriptor module, @Nullable String digest) {
    WasmLocation location = WasmLocation.of(module.location());
    WasmBinary binary = location != null && location.isLocal() ? readAgain(module, digest) : null;
    return binary == null
        ? DebugAtHand.Data.NONE
        : new DebugAtHand.Data(
            DebugNames.read(binary.bytes(), binary.facts()),
            SourceLines.read(binary.bytes(), binary.facts()));
  }

  /** Read anew, for modules that nobody profiles need not keep them. */
  private Map<Integer, String> functionNames(WasmModuleDescriptor module, @Nullable String digest) {
    WasmBinary binary = readAgain(module, digest);
    return binary == null ? Map.of() : DebugNames.read(binary.bytes(), binary.facts());
  }

  /** {@code null} if the module can't be read, or is another one by now. */
  private @Nullable WasmBinary readAgain(WasmModuleDescriptor module, @Nullable String digest) {
    if (module.location() == null) {
      return null;
    }
    try {
      WasmBinary binary = this.loader.load(module);
      return digest == null || digest.equals(binary.digest()) ? binary : null;
    } catch (WasmException gone) {
      logger.debug("What {} says for debugging can't be read", module, gone);
      return null;
    }
  }
}
