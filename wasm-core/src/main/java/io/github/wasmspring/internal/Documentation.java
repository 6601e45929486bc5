package io.github.wasmspring.internal;

/** Where the documentation is. */
public final class Documentation {

  /** The address of its pages. */
  public static final String ADDRESS =
      "https://github.com/wasmspring/wasm-spring-boot/blob/main/docs/";

  private Documentation() {}

  /**
   * @param page such as {@code memory.md#figures}
   */
  public static String page(String page) {
    return ADDRESS + page;
  }
}
