package io.github.wasmspring.bundle.validation;

import io.github.wasmspring.WasmOperationException;

/** UUIDs after RFC 9562. */
final class UuidCheck {

  private static final int LENGTH = 36;
  private static final int VERSION = 14;
  private static final int VARIANT = 19;

  private UuidCheck() {}

  /**
   * @throws WasmOperationException {@code validation.version} if there is no such version
   */
  static int version(int version) {
    if (version < 0 || version > 8) {
      throw new WasmOperationException(
          "validation.version", "version must be between 0 and 8", null);
    }
    return version;
  }

  static void check(byte[] text, int version) {
    for (int at = 0; at < Math.min(LENGTH, text.length); at++) {
      if (at == 8 || at == 13 || at == 18 || at == 23) {
        if (text[at] != '-') {
          throw new Fault(Reason.UUID_HYPHEN, at);
        }
      } else if (!Characters.isHex(text[at])) {
        throw new Fault(Reason.UUID_DIGIT, at);
      }
    }
    if (text.length != LENGTH) {
      throw new Fault(Reason.UUID_LENGTH, Math.min(LENGTH, text.length));
    }
    if (version > 0 && text[VERSION] != '0' + version) {
      throw new Fault(Reason.UUID_VERSION, VERSION);
    }
    if (version > 0 && "89abAB".indexOf(text[VARIANT]) < 0) {
      throw new Fault(Reason.UUID_VARIANT, VARIANT);
    }
  }
}
