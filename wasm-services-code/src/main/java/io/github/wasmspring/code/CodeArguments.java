package io.github.wasmspring.code;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What code has passed to a {@link CodeFunction}. */
public final class CodeArguments {

  private final CodeJson json;
  private final List<@Nullable Object> values;
  private final Map<Integer, byte[]> bytes;

  CodeArguments(CodeJson json, List<@Nullable Object> values, Map<Integer, byte[]> bytes) {
    this.json = json;
    this.values = values;
    this.bytes = bytes;
  }

  /** How many there are. */
  public int size() {
    return this.values.size();
  }

  /**
   * An argument as a Java type.
   *
   * @param index from 0
   * @return {@code null} if it is null, undefined or left out
   * @throws IllegalArgumentException if it is not of the type; the code is told so
   */
  public <T> @Nullable T as(int index, Class<T> type) {
    return read(index, type);
  }

  /** The same for types with type arguments. */
  public <T> @Nullable T as(int index, Type type) {
    return read(index, type);
  }

  private <T> @Nullable T read(int index, Type type) {
    Object value = index < this.values.size() ? this.values.get(index) : null;
    if (value == null) {
      return null;
    }
    try {
      return this.json.read(this.json.write(value), type);
    } catch (RuntimeException unfit) {
      throw new IllegalArgumentException(
          "Argument %d has to be a %s".formatted(index + 1, type.getTypeName()), unfit);
    }
  }

  /**
   * Text.
   *
   * @throws IllegalArgumentException if it is none; the code is told so
   */
  public String text(int index) {
    if (index < this.values.size() && this.values.get(index) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("Argument %d has to be a string".formatted(index + 1));
  }

  /**
   * The bytes of an array buffer or of a view of one.
   *
   * @throws IllegalArgumentException if it is none; the code is told so
   */
  public byte[] bytes(int index) {
    byte[] given = this.bytes.get(index);
    if (given == null) {
      throw new IllegalArgumentException(
          "Argument %d has to be an ArrayBuffer or a view of one".formatted(index + 1));
    }
    return given.clone();
  }
}
