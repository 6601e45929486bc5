package io.github.wasmspring.actor;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a behaviour is told when it begins. */
public final class WasmActorStart {

  private final WasmActorRef actor;
  private final int restarts;
  private final JsonNode config;
  private final JsonMapper mapper;

  WasmActorStart(WasmActorRef actor, int restarts, JsonNode config, JsonMapper mapper) {
    this.actor = actor;
    this.restarts = restarts;
    this.config = config;
    this.mapper = mapper;
  }

  public WasmActorRef actor() {
    return this.actor;
  }

  /** How often the actor has been restarted, 0 the first time. */
  public int restarts() {
    return this.restarts;
  }

  /**
   * What it was spawned with.
   *
   * @return {@code null} if that was nothing
   * @throws IllegalArgumentException if it can't be read as such a value
   */
  public <T> @Nullable T config(Class<T> type) {
    if (this.config.isNull()) {
      return null;
    }
    try {
      return this.mapper.treeToValue(this.config, type);
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException(
          "The configuration of the actor %s is no %s: %s"
              .formatted(this.actor, type.getName(), unreadable.getOriginalMessage()),
          unreadable);
    }
  }

  JsonNode tree() {
    return this.config;
  }
}
