package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What crosses between actors and modules, in version 1 of the protocol. */
final class ActorJson {

  static final int PROTOCOL = 1;

  private final JsonMapper mapper;
  private final EffectReader reader = new EffectReader();

  ActorJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  JsonMapper mapper() {
    return this.mapper;
  }

  /**
   * A copy that nobody else has.
   *
   * @throws WasmInvalidInputException if Jackson can't write it
   */
  JsonNode tree(@Nullable Object value) {
    if (value instanceof JsonNode node) {
      return node;
    }
    try {
      return this.mapper.valueToTree(value);
    } catch (JacksonException unwritable) {
      throw new WasmInvalidInputException(
          "the body of a message can't be written as JSON: " + unwritable.getOriginalMessage(),
          unwritable);
    }
  }

  /**
   * @throws WasmException {@code SIGNATURE} if it can't be read as one
   */
  <T> @Nullable T value(JsonNode body, Class<T> type) {
    if (body.isNull() || type == void.class || type == Void.class) {
      return null;
    }
    try {
      return this.mapper.treeToValue(body, type);
    } catch (JacksonException unreadable) {
      throw new WasmExecutionException(
          WasmErrorCategory.SIGNATURE,
          "the reply of the actor is no %s: %s"
              .formatted(type.getName(), unreadable.getOriginalMessage()),
          unreadable);
    }
  }

  byte[] start(WasmActorStart start) {
    ObjectNode json = this.mapper.createObjectNode();
    json.put("protocol", PROTOCOL);
    json.put("actor", start.actor().toString());
    json.put("restarts", start.restarts());
    json.set("config", start.tree());
    return this.mapper.writeValueAsBytes(json);
  }

  byte[] message(WasmActorMessage message) {
    ObjectNode json = this.mapper.createObjectNode();
    json.put("protocol", PROTOCOL);
    json.put("message", message.name());
    json.put("kind", message.kind().name().toLowerCase(Locale.ROOT));
    if (message.sender() != null) {
      json.put("from", message.sender().toString());
    }
    json.set("body", message.tree());
    return this.mapper.writeValueAsBytes(json);
  }

  /**
   * @throws WasmException {@code TRAP} if they can't be read
   */
  List<WasmEffect> effects(byte[] answer) {
    if (answer.length == 0) {
      return List.of();
    }
    JsonNode tree;
    try {
      tree = this.mapper.readTree(answer);
    } catch (JacksonException unreadable) {
      throw EffectReader.broken("no JSON: " + unreadable.getOriginalMessage(), unreadable);
    }
    return this.reader.read(tree);
  }
}
