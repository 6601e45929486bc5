package io.github.wasmspring.load;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.binary.WasmBinaryException.Kind;
import io.github.wasmspring.validate.ModuleValidator;

/**
 * Lets only those bytes in that are a module of a reasonable shape, before a parser that takes
 * counts and lengths at their word makes objects of them.
 */
final class ModuleGate {

  private ModuleGate() {}

  /**
   * @throws WasmLoadException {@code MALFORMED} if the bytes are not a module, {@code INVALID} if
   *     they break a rule of the specification or have more of something than a module may have
   */
  static ModuleFacts read(byte[] module, String location) {
    try {
      return ModuleFacts.of(module);
    } catch (WasmBinaryException refused) {
      throw refusal(refused, location);
    }
  }

  /**
   * @throws WasmLoadException {@code INVALID} if the module breaks a rule of the specification
   */
  static void validate(byte[] module, ModuleFacts facts, String location) {
    try {
      ModuleValidator.validate(module, facts);
    } catch (WasmBinaryException refused) {
      throw refusal(refused, location);
    }
  }

  private static WasmLoadException refusal(WasmBinaryException refused, String location) {
    return refused.kind() == Kind.MALFORMED
        ? new WasmLoadException(
            WasmErrorCategory.MALFORMED,
            location,
            "what is at %s is damaged or not a WebAssembly module: %s"
                .formatted(location, refused.getMessage()),
            refused)
        : new WasmLoadException(
            WasmErrorCategory.INVALID,
            location,
            "the module at %s is not valid: %s".formatted(location, refused.getMessage()),
            refused);
  }
}
