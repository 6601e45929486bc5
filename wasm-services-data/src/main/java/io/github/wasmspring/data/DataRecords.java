package io.github.wasmspring.data;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records as rows, and rows as records. */
final class DataRecords<R extends Record> {

  private static final Set<Class<?>> INTEGERS =
      Set.of(
          long.class,
          Long.class,
          int.class,
          Integer.class,
          short.class,
          Short.class,
          byte.class,
          Byte.class);
  private static final Set<Class<?>> TIMES =
      Set.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class);

  private final DataSchema schema;
  private final List<Method> accessors;

  private DataRecords(DataSchema schema, List<Method> accessors) {
    this.schema = schema;
    this.accessors = accessors;
  }

  static <R extends Record> DataRecords<R> of(Class<R> type) {
    DataSchema.Builder schema = DataSchema.builder();
    List<Method> accessors = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      schema.add(component.getName(), typeOf(component));
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      accessors.add(accessor);
    }
    return new DataRecords<>(schema.build(), accessors);
  }

  private static DataType typeOf(RecordComponent component) {
    Class<?> type = component.getType();
    if (INTEGERS.contains(type)) {
      return DataType.INTEGER;
    }
    if (type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class) {
      return DataType.DOUBLE;
    }
    if (type == boolean.class || type == Boolean.class) {
      return DataType.BOOLEAN;
    }
    if (type == String.class || type.isEnum()) {
      return DataType.TEXT;
    }
    if (type == LocalDate.class) {
      return DataType.DATE;
    }
    if (TIMES.contains(type)) {
      return DataType.TIMESTAMP;
    }
    if (type == BigDecimal.class) {
      DataScale scale = component.getAnnotation(DataScale.class);
      if (scale != null) {
        return DataType.decimal(scale.value());
      }
    }
    throw new IllegalArgumentException(
        "The component '%s' of %s is a %s, which is no column; a BigDecimal needs @DataScale"
            .formatted(
                component.getName(),
                component.getDeclaringRecord().getSimpleName(),
                type.getSimpleName()));
  }

  DataSchema schema() {
    return this.schema;
  }

  @Nullable Object read(R row, int column) {
    try {
      return this.accessors.get(column).invoke(row);
    } catch (IllegalAccessException | InvocationTargetException failure) {
      throw new IllegalArgumentException("its accessor fails: " + failure.getCause(), failure);
    }
  }

  /** Makes a record of a row, whose columns have the names of its components. */
  static <R extends Record> java.util.function.Function<DataRow, R> maker(
      Class<R> type, DataSchema schema) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    int[] places = new int[components.length];
    for (int each = 0; each < components.length; each++) {
      types[each] = components[each].getType();
      places[each] = schema.place(components[each].getName());
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return row -> make(constructor, components, places, row);
    } catch (NoSuchMethodException never) {
      throw new IllegalArgumentException(type.getName(), never);
    }
  }

  private static <R extends Record> R make(
      Constructor<R> constructor, RecordComponent[] components, int[] places, DataRow row) {
    @Nullable Object[] values = new Object[components.length];
    for (int each = 0; each < values.length; each++) {
      values[each] = fitting(components[each], row.get(places[each]));
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new DataException(
          DataException.Reason.VALUE,
          "%s does not take %s: %s"
              .formatted(constructor.getDeclaringClass().getSimpleName(), row, refused.getCause()),
          refused.getCause());
    } catch (ReflectiveOperationException | IllegalArgumentException unfit) {
      throw unfit(constructor.getDeclaringClass(), row, unfit);
    }
  }

  private static DataException unfit(Class<?> type, DataRow row, Exception unfit) {
    return new DataException(
        DataException.Reason.VALUE,
        "%s can't be made of %s".formatted(type.getSimpleName(), row),
        unfit);
  }

  private static @Nullable Object fitting(RecordComponent component, @Nullable Object value) {
    Class<?> type = component.getType();
    if (value == null) {
      if (type.isPrimitive()) {
        throw new DataException(
            DataException.Reason.VALUE,
            "The component '%s' is a %s, but a row has no value for it"
                .formatted(component.getName(), type));
      }
      return null;
    }
    if (value instanceof Long number) {
      return narrowed(component, type, number);
    }
    if (value instanceof Double number && (type == float.class || type == Float.class)) {
      return number.floatValue();
    }
    if (value instanceof String text && type.isEnum()) {
      return constant(type, text);
    }
    if (value instanceof Instant at && type == OffsetDateTime.class) {
      return at.atOffset(java.time.ZoneOffset.UTC);
    }
    if (value instanceof Instant at && type == ZonedDateTime.class) {
      return at.atZone(java.time.ZoneOffset.UTC);
    }
    return value;
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new DataException(
        DataException.Reason.VALUE,
        "%s has no constant '%s'".formatted(type.getSimpleName(), name));
  }

  private static Object narrowed(RecordComponent component, Class<?> type, long number) {
    try {
      if (type == int.class || type == Integer.class) {
        return Math.toIntExact(number);
      }
      BigInteger wide = BigInteger.valueOf(number);
      if (type == short.class || type == Short.class) {
        return wide.shortValueExact();
      }
      if (type == byte.class || type == Byte.class) {
        return wide.byteValueExact();
      }
      return number;
    } catch (ArithmeticException tooLarge) {
      throw new DataException(
          DataException.Reason.OVERFLOW,
          "%d does not fit the component '%s'".formatted(number, component.getName()),
          tooLarge);
    }
  }
}
