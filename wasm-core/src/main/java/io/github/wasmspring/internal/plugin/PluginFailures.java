package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.internal.file.FileFailure;
import io.github.wasmspring.internal.module.NearMatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can't be done to a plug-in, for people. */
final class PluginFailures {

  private PluginFailures() {}

  static String oversize(long most) {
    return "it has more than %d bytes, and no plug-in may have more; raise wasm.plugins.max-size if it is to be trusted with them"
        .formatted(most);
  }

  static WasmException unknown(String id, Collection<String> installed) {
    List<String> known = List.copyOf(installed);
    List<String> near = NearMatches.of(id, known);
    String hint =
        !near.isEmpty()
            ? "; did you mean '" + String.join("' or '", near) + "'?"
            : known.isEmpty()
                ? "; no plug-in is installed at all"
                : "; installed are " + String.join(", ", known);
    return new WasmModuleNotFoundException("no such plug-in is installed" + hint, id, near, known)
        .locate(WasmErrorContext.of(id, null));
  }

  /** The id, or the revision, can't be had. */
  static WasmException conflict(String id, @Nullable String version, String detail) {
    return new WasmVersionConflictException(detail, String.valueOf(version), List.of())
        .locate(WasmErrorContext.of(id, version));
  }

  /** Not now. */
  static WasmException busy(String id, String detail) {
    return new WasmExecutionException(WasmErrorCategory.REJECTED, detail, null)
        .locate(WasmErrorContext.of(id, null));
  }

  static WasmException tooBig(String id, String version, String source, long most) {
    return new WasmLoadException(
            WasmErrorCategory.LOAD, source, "%s: %s".formatted(source, oversize(most)), null)
        .locate(WasmErrorContext.of(id, version));
  }

  /** The disk is full, or worse. */
  static WasmException notStored(String id, String what, Path directory, IOException failure) {
    return new WasmLoadException(
            WasmErrorCategory.LOAD,
            directory.toString(),
            "%s can't be stored in %s: %s; nothing has changed. Make room there, or see that this process can write to it, and try again"
                .formatted(what, directory, FileFailure.reason(failure)),
            failure)
        .locate(WasmErrorContext.of(id, null));
  }

  static WasmException damaged(String id, String detail) {
    return new WasmLoadException(WasmErrorCategory.LOAD, detail, null)
        .locate(WasmErrorContext.of(id, null));
  }

  /** The directory as a whole. */
  static WasmException unusable(Path directory, Exception failure) {
    return new WasmLoadException(
        WasmErrorCategory.LOAD,
        directory.toString(),
        "the directory %s can't be used for plug-ins (wasm.plugins.directory): %s"
            .formatted(directory, FileFailure.reason(failure)),
        failure);
  }
}
