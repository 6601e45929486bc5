package io.github.wasmspring.binary;

/** The bytes of a module are not what they should be. */
public final class WasmBinaryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a module. */
  public enum Kind {
    /** It does not follow the grammar of the binary format. */
    MALFORMED,
    /** It follows the grammar, but breaks a rule of the specification. */
    INVALID,
    /** It has more of something than {@link BinaryLimits} allow. */
    LIMIT,
    /** It uses a feature whose rules nobody here knows. */
    UNSUPPORTED
  }

  private final Kind kind;
  private final String detail;
  private final int offset;

  /**
   * @param offset the byte of the module at which it was noticed
   */
  public WasmBinaryException(Kind kind, String detail, int offset) {
    super(null, null, false, false);
    this.kind = kind;
    this.detail = detail;
    this.offset = offset;
  }

  public Kind kind() {
    return this.kind;
  }

  /** What is wrong, without the offset. */
  public String detail() {
    return this.detail;
  }

  /** The byte of the module at which it was noticed, from 0. */
  public int offset() {
    return this.offset;
  }

  @Override
  public String getMessage() {
    return "%s (offset 0x%x)".formatted(this.detail, this.offset);
  }
}
