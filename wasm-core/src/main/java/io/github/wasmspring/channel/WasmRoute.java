package io.github.wasmspring.channel;

import io.github.wasmspring.WasmTopicPattern;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of some topics go.
 *
 * @param name what the route is called in figures and messages
 * @param topics the topics, as {@link WasmTopicPattern} has them
 * @param module the id of the module whose newest version gets the messages
 * @param operation its operation; it takes the payload as bytes or text
 * @param passTopic whether the operation takes the topic as text before the payload
 * @param replyTo the topic under which the answer of the operation is published, {@code null} to
 *     drop it
 */
public record WasmRoute(
    String name,
    WasmTopicPattern topics,
    String module,
    String operation,
    boolean passTopic,
    @Nullable String replyTo,
    WasmRouteSettings settings) {

  /**
   * @throws IllegalArgumentException if {@code replyTo} can't be a topic
   */
  public WasmRoute {
    if (replyTo != null && !WasmTopicPattern.isTopic(replyTo)) {
      throw new IllegalArgumentException(
          "'%s' is no topic: words of letters, digits and _ - : / parted by dots"
              .formatted(replyTo));
    }
  }

  /**
   * A route with the default settings.
   *
   * @throws IllegalArgumentException if {@code topics} is no pattern
   */
  public static WasmRoute of(String name, String topics, String module, String operation) {
    return new Builder(name, WasmTopicPattern.of(topics), module, operation).build();
  }

  /**
   * This route, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmRoute with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with this route. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects what a route is like. What can never be is refused when it is built. */
  public static final class Builder {

    private final String name;
    private final WasmTopicPattern topics;
    private final String module;
    private final String operation;
    private boolean passTopic;
    private @Nullable String replyTo;
    private final WasmRouteSettings.Builder settings;

    private Builder(String name, WasmTopicPattern topics, String module, String operation) {
      this.name = name;
      this.topics = topics;
      this.module = module;
      this.operation = operation;
      this.settings = WasmRouteSettings.DEFAULTS.toBuilder();
    }

    private Builder(WasmRoute from) {
      this.name = from.name;
      this.topics = from.topics;
      this.module = from.module;
      this.operation = from.operation;
      this.passTopic = from.passTopic;
      this.replyTo = from.replyTo;
      this.settings = from.settings.toBuilder();
    }

    public Builder passTopic(boolean pass) {
      this.passTopic = pass;
      return this;
    }

    public Builder replyTo(@Nullable String topic) {
      this.replyTo = topic;
      return this;
    }

    public Builder settings(Consumer<WasmRouteSettings.Builder> change) {
      change.accept(this.settings);
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmRoute build() {
      return new WasmRoute(
          this.name,
          this.topics,
          this.module,
          this.operation,
          this.passTopic,
          this.replyTo,
          this.settings.build());
    }
  }
}
