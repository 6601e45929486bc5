package io.github.wasmspring.channel;

import io.github.wasmspring.WasmTopicPattern;
import java.util.function.UnaryOperator;
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
    return new WasmRoute(
        name,
        WasmTopicPattern.of(topics),
        module,
        operation,
        false,
        null,
        WasmRouteSettings.DEFAULTS);
  }

  public WasmRoute withPassTopic(boolean pass) {
    return new WasmRoute(
        this.name, this.topics, this.module, this.operation, pass, this.replyTo, this.settings);
  }

  public WasmRoute withReplyTo(@Nullable String topic) {
    return new WasmRoute(
        this.name, this.topics, this.module, this.operation, this.passTopic, topic, this.settings);
  }

  public WasmRoute withSettings(UnaryOperator<WasmRouteSettings> change) {
    return new WasmRoute(
        this.name,
        this.topics,
        this.module,
        this.operation,
        this.passTopic,
        this.replyTo,
        change.apply(this.settings));
  }
}
