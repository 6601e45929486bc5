package io.github.wasmspring.binary;

/**
 * The type of a value. Short forms are written out: {@code funcref} is {@code (ref null func)}.
 *
 * @param code 0x7f to 0x7b for {@code i32}, {@code i64}, {@code f32}, {@code f64} and {@code v128},
 *     0x64 for a reference and 0x63 for one that may be null
 * @param heap what a reference refers to: the index of a type, or a negative number for an abstract
 *     heap type as the format writes it; 0 for no reference
 */
public record ValueType(int code, long heap) {

  static final int CODE_V128 = 0x7b;
  public static final int CODE_REF = 0x64;
  public static final int CODE_REF_NULL = 0x63;

  public static final ValueType I32 = new ValueType(0x7f, 0);
  public static final ValueType I64 = new ValueType(0x7e, 0);
  public static final ValueType F32 = new ValueType(0x7d, 0);
  public static final ValueType F64 = new ValueType(0x7c, 0);
  public static final ValueType V128 = new ValueType(CODE_V128, 0);
  public static final ValueType FUNCREF = new ValueType(CODE_REF_NULL, -0x10);
  public static final ValueType EXTERNREF = new ValueType(CODE_REF_NULL, -0x11);
  public static final ValueType EXNREF = new ValueType(CODE_REF_NULL, -0x17);

  /**
   * Reads the type of a local, a parameter or a result.
   *
   * @throws WasmBinaryException if there is no such type
   */
  public static ValueType read(BinaryCursor in) {
    return new TypeReader(in, new FeatureLog(), BinaryLimits.DEFAULTS, new TypeEntries()).value();
  }

  /** As the text format writes it. */
  @Override
  public String toString() {
    return switch (this.code) {
      case 0x7f -> "i32";
      case 0x7e -> "i64";
      case 0x7d -> "f32";
      case 0x7c -> "f64";
      case CODE_V128 -> "v128";
      case CODE_REF -> "(ref %s)".formatted(heapName(this.heap));
      default ->
          this.heap < 0 && hasShortForm(this.heap)
              ? shortForm(this.heap)
              : "(ref null %s)".formatted(heapName(this.heap));
    };
  }

  private static boolean hasShortForm(long heap) {
    return heap <= -0x0c && heap >= -0x18;
  }

  private static String shortForm(long heap) {
    return switch ((int) heap) {
      case -0x0c -> "nullexnref";
      case -0x0d -> "nullfuncref";
      case -0x0e -> "nullexternref";
      case -0x0f -> "nullref";
      default -> heapName(heap) + "ref";
    };
  }

  static String heapName(long heap) {
    return switch ((int) heap) {
      case -0x0c -> "noexn";
      case -0x0d -> "nofunc";
      case -0x0e -> "noextern";
      case -0x0f -> "none";
      case -0x10 -> "func";
      case -0x11 -> "extern";
      case -0x12 -> "any";
      case -0x13 -> "eq";
      case -0x14 -> "i31";
      case -0x15 -> "struct";
      case -0x16 -> "array";
      case -0x17 -> "exn";
      default -> Long.toString(heap);
    };
  }
}
