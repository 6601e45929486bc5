package io.github.wasmspring.actor;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an actor gets: a name and a body in JSON. A copy of what was sent: actors share nothing. */
public final class WasmActorMessage {

  private final String name;
  private final WasmActorMessageKind kind;
  private final @Nullable WasmActorRef sender;
  private final JsonNode body;
  private final JsonMapper mapper;

  private WasmActorMessage(
      String name,
      WasmActorMessageKind kind,
      @Nullable WasmActorRef sender,
      JsonNode body,
      JsonMapper mapper) {
    this.name = name;
    this.kind = kind;
    this.sender = sender;
    this.body = body;
    this.mapper = mapper;
  }

  /** For tests of behaviours. */
  public static WasmActorMessage of(String name, WasmActorMessageKind kind, @Nullable Object body) {
    JsonMapper mapper = JsonMapper.shared();
    return new WasmActorMessage(name, kind, null, mapper.valueToTree(body), mapper);
  }

  /** As the system makes it. */
  static WasmActorMessage of(
      String name,
      WasmActorMessageKind kind,
      @Nullable WasmActorRef sender,
      JsonNode body,
      JsonMapper mapper) {
    return new WasmActorMessage(name, kind, sender, body, mapper);
  }

  /** What is asked for, e.g. {@code add}. */
  public String name() {
    return this.name;
  }

  public WasmActorMessageKind kind() {
    return this.kind;
  }

  /** The actor that sent it, {@code null} if it was no actor. */
  public @Nullable WasmActorRef sender() {
    return this.sender;
  }

  /** The body as JSON, {@code null} written as {@code null}. */
  public String json() {
    return this.body.toString();
  }

  /**
   * The body as a Java value.
   *
   * @return {@code null} if the body is
   * @throws IllegalArgumentException if it can't be read as one
   */
  public <T> @Nullable T body(Class<T> type) {
    if (this.body.isNull()) {
      return null;
    }
    try {
      return this.mapper.treeToValue(this.body, type);
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException(
          "The body of the message '%s' is no %s: %s"
              .formatted(this.name, type.getName(), unreadable.getOriginalMessage()),
          unreadable);
    }
  }

  JsonNode tree() {
    return this.body;
  }

  @Override
  public String toString() {
    return this.kind + " " + this.name;
  }
}
