package io.github.wasmspring.internal.sqlite.guest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of what a statement answers.
 *
 * @param name as the statement names it
 * @param declaredType as the table declares it, {@code null} for an expression
 * @param table that it is from, {@code null} for an expression
 * @param origin its name there, {@code null} for an expression
 */
public record GuestColumn(
    String name,
    @Nullable String declaredType,
    @Nullable String table,
    @Nullable String origin,
    boolean notNull,
    boolean primaryKey,
    boolean autoIncrement) {

  private static final int HEADER = 32;

  static List<GuestColumn> read(byte[] answer) {
    ByteBuffer bytes = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    int columns = bytes.getInt(8);
    bytes.position(HEADER);
    List<GuestColumn> read = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      String name = text(bytes);
      String type = text(bytes);
      String table = text(bytes);
      String origin = text(bytes);
      int flags = bytes.getInt();
      read.add(
          new GuestColumn(
              name == null ? "" : name,
              type,
              table,
              origin,
              (flags & 1) != 0,
              (flags & 2) != 0,
              (flags & 4) != 0));
    }
    return List.copyOf(read);
  }

  private static @Nullable String text(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length < 0) {
      return null;
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
