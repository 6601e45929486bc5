package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/** The guest's own answer was an error, such as a syntax error in the text it was given. */
public final class WasmOperationException extends WasmException {

  private final String code;
  private final @Nullable Long offset;
  private final @Nullable Integer element;

  /**
   * @param code the stable, documented name of the error
   * @param message for people
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
    super(WasmErrorCategory.OPERATION, message, null);
    this.code = code;
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
