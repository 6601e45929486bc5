package io.github.wasmspring.autoconfigure;

import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Gives the values of properties to a builder, if there are any. One that can never be is refused
 * by the name of its property.
 */
public final class SettingsMapper {

  private final String prefix;
  private final Supplier<?> build;

  /**
   * @param prefix which the names of all properties begin with
   * @param build refuses what can never be
   */
  public SettingsMapper(String prefix, Supplier<?> build) {
    this.prefix = prefix;
    this.build = build;
  }

  /** The same for the properties below one. */
  SettingsMapper in(String name) {
    return new SettingsMapper(name(name), this.build);
  }

  String name(String name) {
    return this.prefix + "." + name;
  }

  /**
   * @param name of the property, below the prefix
   * @param value {@code null} to leave the builder as it is
   * @throws InvalidConfigurationPropertyValueException if that can never be
   */
  public <V> void map(String name, @Nullable V value, Consumer<V> setter) {
    if (value != null) {
      checked(
          name(name),
          value,
          () -> {
            setter.accept(value);
            return this.build.get();
          });
    }
  }

  /** The same in bytes. */
  public void mapSize(String name, @Nullable DataSize size, LongConsumer setter) {
    map(name, size, value -> setter.accept(value.toBytes()));
  }

  /**
   * What is made of the value of that property.
   *
   * @param made refuses what can never be with an {@link IllegalArgumentException}
   * @throws InvalidConfigurationPropertyValueException if it does; names the property
   */
  public static <T> T checked(String property, Object value, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, unfit.getMessage(), unfit);
    }
  }
}
