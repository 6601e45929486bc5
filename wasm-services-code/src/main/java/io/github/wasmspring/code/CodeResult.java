package io.github.wasmspring.code;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What code has come to. */
public final class CodeResult {

  private final CodeJson mapper;
  private final @Nullable String json;
  private final byte @Nullable [] bytes;
  private final List<CodeConsoleLine> console;
  private final boolean consoleCut;
  private final long memory;
  private final Duration duration;

  CodeResult(
      CodeJson mapper,
      @Nullable String json,
      byte @Nullable [] bytes,
      List<CodeConsoleLine> console,
      boolean consoleCut,
      long memory,
      Duration duration) {
    this.mapper = mapper;
    this.json = json;
    this.bytes = bytes;
    this.console = List.copyOf(console);
    this.consoleCut = consoleCut;
    this.memory = memory;
    this.duration = duration;
  }

  /**
   * The value as {@code JSON.stringify} writes it.
   *
   * @return {@code null} if it is undefined, a function or a symbol, or {@link #bytes}
   */
  public @Nullable String json() {
    return this.json;
  }

  /**
   * The bytes of the value, an array buffer or a view of one.
   *
   * @return {@code null} if it is something else
   */
  public byte @Nullable [] bytes() {
    return this.bytes == null ? null : this.bytes.clone();
  }

  /** Whether there is no value. */
  public boolean isUndefined() {
    return this.json == null && this.bytes == null;
  }

  /**
   * The value as a Java type.
   *
   * @return {@code null} if it is null or undefined
   * @throws IllegalArgumentException if it is not of the type
   */
  public <T> @Nullable T as(Class<T> type) {
    return read(type);
  }

  /** The same for types with type arguments. */
  public <T> @Nullable T as(Type type) {
    return read(type);
  }

  private <T> @Nullable T read(Type type) {
    if (this.bytes != null) {
      throw new IllegalArgumentException(
          "The code has come to bytes, which are no %s; ask for bytes()"
              .formatted(type.getTypeName()));
    }
    if (this.json == null) {
      return null;
    }
    try {
      return this.mapper.read(this.json, type);
    } catch (RuntimeException unfit) {
      throw new IllegalArgumentException(
          "What the code has come to is no %s: %s"
              .formatted(type.getTypeName(), shortened(this.json)),
          unfit);
    }
  }

  private static String shortened(String json) {
    return json.length() <= 200 ? json : json.substring(0, 200) + "…";
  }

  /** What the code has written, in its order. */
  public List<CodeConsoleLine> console() {
    return this.console;
  }

  /** Whether the code has written more than the console takes. */
  public boolean isConsoleCut() {
    return this.consoleCut;
  }

  /** Bytes that were allocated when it ended, beyond what it began with. */
  public long memory() {
    return this.memory;
  }

  /** From the call to the answer, with what it has waited for an instance. */
  public Duration duration() {
    return this.duration;
  }

  @Override
  public String toString() {
    return this.json != null
        ? shortened(this.json)
        : this.bytes != null ? Objects.requireNonNull(this.bytes).length + " bytes" : "undefined";
  }
}
