package io.github.wasmspring.memory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON of values, by Jackson. */
final class MemoryJson {

  private MemoryJson() {}

  static void check(String document) {
    try {
      if (JsonMapper.shared().readTree(document).isMissingNode()) {
        throw new IllegalArgumentException("The value is no JSON: it is empty");
      }
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(
          "The value is no JSON: " + broken.getOriginalMessage(), broken);
    }
  }

  static byte[] write(Object value) {
    try {
      return JsonMapper.shared().writeValueAsBytes(value);
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(
          "The value can't be written as JSON: " + broken.getOriginalMessage(), broken);
    }
  }

  static <T> T read(StoredMemory memory, Class<T> type) {
    try {
      return JsonMapper.shared().readValue(memory.value(), type);
    } catch (JacksonException broken) {
      throw new AgentMemoryException(
          "Entry '%s' in namespace '%s' of the agent memory is no JSON of a %s: %s"
              .formatted(
                  memory.key(), memory.namespace(), type.getName(), broken.getOriginalMessage()),
          broken);
    }
  }
}
