package io.github.wasmspring.autoconfigure.code;

import io.github.wasmspring.code.CodeJson;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** As the application's own mapper does it. */
record CodeJsonOfApplication(JsonMapper mapper) implements CodeJson {

  @Override
  public String write(@Nullable Object value) {
    return this.mapper.writeValueAsString(value);
  }

  @Override
  public <T> @Nullable T read(String json, Type type) {
    return this.mapper.readValue(json, this.mapper.constructType(type));
  }
}
