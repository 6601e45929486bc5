package io.github.wasmspring.autoconfigure.channel;

import io.github.wasmspring.channel.WasmFullPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for the channels between modules. A setting that is {@code null} has the
 * default of {@link io.github.wasmspring.channel.WasmChannelSettings} or {@link
 * io.github.wasmspring.channel.WasmRouteSettings}.
 */
@Lazy
@ConfigurationProperties("wasm.channels")
public class WasmChannelProperties {

  /** Whether there are channels between modules. */
  private boolean enabled = true;

  /** Number of messages that are delivered at a time, by all routes together. */
  private @Nullable Integer deliveryThreads;

  /** Size above which a message is refused. */
  private @Nullable DataSize maxPayload;

  /** Number of messages in a row that may be published while the one before is delivered. */
  private @Nullable Integer maxHops;

  /** Number of dead letters that are kept to be looked at. */
  private @Nullable Integer deadLetters;

  /** Time that closing waits until all messages are delivered. */
  private @Nullable Duration drainTimeout;

  /** Routes by name, and which messages they take where. */
  private final Map<String, Route> routes = new LinkedHashMap<>();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public @Nullable Integer getDeliveryThreads() {
    return this.deliveryThreads;
  }

  public void setDeliveryThreads(@Nullable Integer deliveryThreads) {
    this.deliveryThreads = deliveryThreads;
  }

  public @Nullable DataSize getMaxPayload() {
    return this.maxPayload;
  }

  public void setMaxPayload(@Nullable DataSize maxPayload) {
    this.maxPayload = maxPayload;
  }

  public @Nullable Integer getMaxHops() {
    return this.maxHops;
  }

  public void setMaxHops(@Nullable Integer maxHops) {
    this.maxHops = maxHops;
  }

  public @Nullable Integer getDeadLetters() {
    return this.deadLetters;
  }

  public void setDeadLetters(@Nullable Integer deadLetters) {
    this.deadLetters = deadLetters;
  }

  public @Nullable Duration getDrainTimeout() {
    return this.drainTimeout;
  }

  public void setDrainTimeout(@Nullable Duration drainTimeout) {
    this.drainTimeout = drainTimeout;
  }

  public Map<String, Route> getRoutes() {
    return this.routes;
  }

  /** Where the messages of some topics go. */
  public static class Route {

    /**
     * Pattern of the topics of the route, such as orders.*, where * stands for one word and # for
     * any number.
     */
    private @Nullable String topic;

    /** Id of the module that gets the messages. */
    private @Nullable String module;

    /** Operation of the module that takes the messages. */
    private @Nullable String operation;

    /** Whether the operation takes the topic before the payload. */
    private @Nullable Boolean passTopic;

    /** Topic under which the answer of the operation is published. */
    private @Nullable String replyTo;

    /** Number of messages that the queue holds. */
    private @Nullable Integer capacity;

    /** Size of the messages that the queue holds. */
    private @Nullable DataSize buffer;

    /** Number of messages that are delivered at a time. With one, their order is kept. */
    private @Nullable Integer concurrency;

    /** What becomes of a message for which the queue has no room. */
    private @Nullable WasmFullPolicy whenFull;

    /** Time that a publisher waits for room. */
    private @Nullable Duration publishTimeout;

    /** Number of attempts to deliver a message, for failures that may pass. */
    private @Nullable Integer maxAttempts;

    /** Time between two attempts. */
    private @Nullable Duration retryDelay;

    public @Nullable String getTopic() {
      return this.topic;
    }

    public void setTopic(@Nullable String topic) {
      this.topic = topic;
    }

    public @Nullable String getModule() {
      return this.module;
    }

    public void setModule(@Nullable String module) {
      this.module = module;
    }

    public @Nullable String getOperation() {
      return this.operation;
    }

    public void setOperation(@Nullable String operation) {
      this.operation = operation;
    }

    public @Nullable Boolean getPassTopic() {
      return this.passTopic;
    }

    public void setPassTopic(@Nullable Boolean passTopic) {
      this.passTopic = passTopic;
    }

    public @Nullable String getReplyTo() {
      return this.replyTo;
    }

    public void setReplyTo(@Nullable String replyTo) {
      this.replyTo = replyTo;
    }

    public @Nullable Integer getCapacity() {
      return this.capacity;
    }

    public void setCapacity(@Nullable Integer capacity) {
      this.capacity = capacity;
    }

    public @Nullable DataSize getBuffer() {
      return this.buffer;
    }

    public void setBuffer(@Nullable DataSize buffer) {
      this.buffer = buffer;
    }

    public @Nullable Integer getConcurrency() {
      return this.concurrency;
    }

    public void setConcurrency(@Nullable Integer concurrency) {
      this.concurrency = concurrency;
    }

    public @Nullable WasmFullPolicy getWhenFull() {
      return this.whenFull;
    }

    public void setWhenFull(@Nullable WasmFullPolicy whenFull) {
      this.whenFull = whenFull;
    }

    public @Nullable Duration getPublishTimeout() {
      return this.publishTimeout;
    }

    public void setPublishTimeout(@Nullable Duration publishTimeout) {
      this.publishTimeout = publishTimeout;
    }

    public @Nullable Integer getMaxAttempts() {
      return this.maxAttempts;
    }

    public void setMaxAttempts(@Nullable Integer maxAttempts) {
      this.maxAttempts = maxAttempts;
    }

    public @Nullable Duration getRetryDelay() {
      return this.retryDelay;
    }

    public void setRetryDelay(@Nullable Duration retryDelay) {
      this.retryDelay = retryDelay;
    }
  }
}
