package io.github.wasmspring.binary;

/**
 * Leaves out custom sections. They say nothing that running a module needs, so however damaged they
 * are, and whatever a parser thinks of them, the module runs without.
 */
public final class CustomSections {

  private static final int HEADER = 8;

  private CustomSections() {}

  /**
   * The module without any of them; the same array if it has none.
   *
   * @param module one that {@link ModuleFacts} can be told of
   */
  public static byte[] remove(byte[] module) {
    BinaryCursor in = new BinaryCursor(module, HEADER, module.length);
    ByteWriter kept = new ByteWriter();
    int copied = 0;
    while (in.hasMore()) {
      int start = in.position();
      boolean custom = in.octet() == SectionId.CUSTOM.code();
      skipContents(in, custom);
      if (custom) {
        kept.bytes(module, copied, start);
        copied = in.position();
      }
    }
    return copied == 0 ? module : kept.bytes(module, copied, module.length).toBytes();
  }

  /** A custom section that says to be longer than what follows is all that follows. */
  private static void skipContents(BinaryCursor in, boolean custom) {
    try {
      in.skip(in.length());
    } catch (WasmBinaryException cutOff) {
      if (!custom) {
        throw cutOff;
      }
      in.skip(in.remaining());
    }
  }
}
