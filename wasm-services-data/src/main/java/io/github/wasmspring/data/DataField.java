package io.github.wasmspring.data;

/**
 * A column of a schema.
 *
 * @param name not empty, up to 200 characters
 * @param type of its values, each of which may be {@code null}
 */
public record DataField(String name, DataType type) {

  private static final int LONGEST = 200;

  public DataField {
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "The name of a column has 1 to 200 characters, not " + name.length());
    }
  }
}
