package io.github.wasmspring.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code x in (a, b, c)}. Where all that is listed are literals, it becomes a set to look up in;
 * else a comparison with each.
 */
final class DataMembership {

  private final DataCompiler compiler;

  DataMembership(DataCompiler compiler) {
    this.compiler = compiler;
  }

  DataCode compile(DataNode.Call call) {
    DataNode left = call.arguments().get(0);
    List<DataNode> items = call.arguments().subList(1, call.arguments().size());
    DataCode value = this.compiler.compile(left);
    DataType type = value.type();
    @Nullable Set<@Nullable Object> set = type == null ? null : set(type, items);
    return set == null || type == null ? one(call, left, items) : lookUp(value, type, set);
  }

  /** {@code null} if that can't be. */
  private @Nullable Set<@Nullable Object> set(DataType type, List<DataNode> items) {
    Set<@Nullable Object> set = new HashSet<>();
    for (DataNode item : items) {
      if (!(item instanceof DataNode.Literal literal)) {
        return null;
      }
      Object value = literal.value();
      Object normal = value == null ? null : normal(type, value, item);
      if (value != null && normal == null) {
        return null;
      }
      set.add(normal);
    }
    return set;
  }

  private @Nullable Object normal(DataType type, Object value, DataNode item) {
    return switch (type.kind()) {
      case INTEGER -> value instanceof Long ? value : null;
      case TEXT -> value instanceof String ? value : null;
      case DATE, TIMESTAMP ->
          value instanceof String text ? (Object) this.compiler.time(text, type, item) : null;
      case BOOLEAN, DOUBLE, DECIMAL -> null;
    };
  }

  private DataCode lookUp(DataCode value, DataType type, Set<@Nullable Object> set) {
    boolean hasNull = set.remove(null);
    boolean ofTexts = type.kind() == DataType.Kind.TEXT;
    List<Long> integers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Object each : set) {
      if (each instanceof Long integer) {
        integers.add(integer);
      } else {
        texts.add(String.valueOf(each));
      }
    }
    int[] table =
        this.compiler.texts().add(ofTexts ? DataSet.ofTexts(texts) : DataSet.ofIntegers(integers));
    int flags = (hasNull ? DataSet.HAS_NULL : 0) | (ofTexts ? DataSet.TEXTS : 0);
    return value.then(DataType.BOOLEAN, DataOp.IN_SET, table[0], table[1], flags);
  }

  /** In pairs, so that a long list is not deep. */
  private DataCode one(DataNode.Call call, DataNode left, List<DataNode> items) {
    int position = call.position();
    List<DataNode> each = new ArrayList<>();
    items.forEach(item -> each.add(new DataNode.Call(position, "=", List.of(left, item))));
    List<DataNode> all = each;
    while (all.size() > 1) {
      List<DataNode> pairs = new ArrayList<>();
      for (int place = 0; place < all.size(); place += 2) {
        pairs.add(
            place + 1 < all.size()
                ? new DataNode.Call(position, "or", List.copyOf(all.subList(place, place + 2)))
                : all.get(place));
      }
      all = pairs;
    }
    return this.compiler.compile(all.get(0));
  }
}
