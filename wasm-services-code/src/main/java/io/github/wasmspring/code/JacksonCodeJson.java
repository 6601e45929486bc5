package io.github.wasmspring.code;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** As Jackson does it by default. */
final class JacksonCodeJson implements CodeJson {

  private final JsonMapper mapper = JsonMapper.builder().build();

  @Override
  public String write(@Nullable Object value) {
    return this.mapper.writeValueAsString(value);
  }

  @Override
  public <T> @Nullable T read(String json, Type type) {
    return this.mapper.readValue(json, this.mapper.constructType(type));
  }
}
