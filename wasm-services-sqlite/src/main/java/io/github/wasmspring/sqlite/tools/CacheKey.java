package io.github.wasmspring.sqlite.tools;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is known by. Values of the same type in SQLite are equal, such as an int and a
 * long.
 */
record CacheKey(String sql, List<@Nullable Object> values) {

  /**
   * @return {@code null} if a value may change, or can be read only once
   */
  static @Nullable CacheKey of(String sql, List<? extends @Nullable Object> values) {
    List<@Nullable Object> kept = new ArrayList<>(values.size());
    for (Object value : values) {
      Object same = value == null ? null : constant(value);
      if (value != null && same == null) {
        return null;
      }
      kept.add(same);
    }
    return new CacheKey(sql, Collections.unmodifiableList(kept));
  }

  private static @Nullable Object constant(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes.clone());
    }
    boolean constant =
        value instanceof Long
            || value instanceof Double
            || value instanceof String
            || value instanceof Boolean
            || value instanceof BigDecimal
            || value instanceof BigInteger
            || value instanceof UUID
            || value instanceof Enum<?>
            || value.getClass().getPackageName().equals("java.time");
    return constant ? value : null;
  }

  long bytes() {
    long bytes = SqlRows.size(this.sql);
    for (Object value : this.values) {
      bytes += value instanceof ByteBuffer blob ? blob.remaining() : SqlRows.size(value);
    }
    return bytes;
  }
}
