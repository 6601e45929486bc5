package io.github.wasmspring.autoconfigure.channel;

import static io.github.wasmspring.autoconfigure.channel.ChannelSettingsMapper.orElse;

import io.github.wasmspring.WasmTopicPattern;
import io.github.wasmspring.autoconfigure.channel.WasmChannelProperties.Route;
import io.github.wasmspring.channel.WasmRoute;
import io.github.wasmspring.channel.WasmRouteSettings;
import io.github.wasmspring.module.WasmModuleRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** A route as the properties have it. */
final class RouteMapper {

  private static final WasmRouteSettings DEFAULTS = WasmRouteSettings.DEFAULTS;

  private final String prefix;
  private final Route route;

  private RouteMapper(String name, Route route) {
    this.prefix = "wasm.channels.routes." + name;
    this.route = route;
  }

  /**
   * @throws InvalidConfigurationPropertyValueException if it can't be a route
   * @throws io.github.wasmspring.WasmModuleNotFoundException if there is no such module
   */
  static WasmRoute of(String name, Route route, WasmModuleRegistry registry) {
    RouteMapper definition = new RouteMapper(name, route);
    WasmRoute made = definition.route(name);
    registry.get(made.module(), "*");
    return made;
  }

  private WasmRoute route(String name) {
    String topic = required("topic", this.route.getTopic());
    WasmTopicPattern topics = checked(".topic", topic, () -> WasmTopicPattern.of(topic));
    String module = required("module", this.route.getModule());
    String operation = required("operation", this.route.getOperation());
    WasmRouteSettings settings = checked("", name, this::settings);
    return checked(
        ".reply-to",
        this.route.getReplyTo(),
        () ->
            new WasmRoute(
                name,
                topics,
                module,
                operation,
                this.route.isPassTopic(),
                this.route.getReplyTo(),
                settings));
  }

  private WasmRouteSettings settings() {
    DataSize buffer = this.route.getBuffer();
    return new WasmRouteSettings(
        orElse(this.route.getCapacity(), DEFAULTS.capacity()),
        buffer != null ? buffer.toBytes() : DEFAULTS.buffer(),
        orElse(this.route.getConcurrency(), DEFAULTS.concurrency()),
        orElse(this.route.getWhenFull(), DEFAULTS.whenFull()),
        orElse(this.route.getPublishTimeout(), DEFAULTS.publishTimeout()),
        orElse(this.route.getMaxAttempts(), DEFAULTS.maxAttempts()),
        orElse(this.route.getRetryDelay(), DEFAULTS.retryDelay()));
  }

  private String required(String property, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          this.prefix + "." + property,
          value,
          "A route needs a topic, a module and an operation of it");
    }
    return value;
  }

  private <T> T checked(String property, @Nullable Object value, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException unfit) {
      throw new InvalidConfigurationPropertyValueException(
          this.prefix + property, value, unfit.getMessage(), unfit);
    }
  }
}
