package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/** The guest's own answer was an error, such as a syntax error in the text it was given. */
public final class WasmOperationException extends WasmException {

  private static final int LONGEST_CODE = 100;

  private final String code;
  private final @Nullable Long offset;
  private final @Nullable Integer element;

  /**
   * @param code the stable, documented name of the error; cut after 100 characters, and what is no
   *     part of a name is replaced
   * @param message for people; cut after 8 KB
   * @param offset where in the input, in bytes, or {@code null} if the error has no place
   */
  public WasmOperationException(String code, String message, @Nullable Long offset) {
    this(code, message, offset, null);
  }

  /**
   * @param element which element of a batch it was about, from 0, or {@code null} if there was no
   *     batch
   */
  public WasmOperationException(
      String code, String message, @Nullable Long offset, @Nullable Integer element) {
    super(WasmErrorCategory.OPERATION, ShortText.lines(message), null);
    this.code = ShortText.name(code, LONGEST_CODE);
    this.offset = offset;
    this.element = element;
  }

  public String code() {
    return this.code;
  }

  public @Nullable Long offset() {
    return this.offset;
  }

  /** Which element of a batch was refused, from 0; {@code null} if there was no batch. */
  public @Nullable Integer element() {
    return this.element;
  }
}
