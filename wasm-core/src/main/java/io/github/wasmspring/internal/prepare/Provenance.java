package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.load.WasmBinary;
import org.jspecify.annotations.Nullable;

/**
 * What is known of where a module comes from.
 *
 * @param digest of its bytes, {@code null} if only build-time compiled code is known
 * @param signer the name of the key or identity that has signed them, {@code null} if nobody looked
 */
public record Provenance(@Nullable String digest, @Nullable String signer) {

  static Provenance of(WasmBinary binary) {
    return new Provenance(binary.digest(), binary.signer());
  }
}
