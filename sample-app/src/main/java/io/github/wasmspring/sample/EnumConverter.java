package io.github.wasmspring.sample;

import java.util.Locale;
import org.springframework.core.convert.converter.Converter;

/** Lets requests write the names of constants small. */
abstract class EnumConverter<T extends Enum<T>> implements Converter<String, T> {

  private final Class<T> type;

  EnumConverter(Class<T> type) {
    this.type = type;
  }

  @Override
  public final T convert(String name) {
    return Enum.valueOf(this.type, name.toUpperCase(Locale.ROOT));
  }
}
