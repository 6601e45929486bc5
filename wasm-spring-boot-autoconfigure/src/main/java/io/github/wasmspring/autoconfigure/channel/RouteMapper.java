package io.github.wasmspring.autoconfigure.channel;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.autoconfigure.channel.WasmChannelProperties.Route;
import io.github.wasmspring.channel.WasmRoute;
import io.github.wasmspring.channel.WasmRouteSettings;
import io.github.wasmspring.module.WasmModuleRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** A route as the properties have it. */
final class RouteMapper {

  private RouteMapper() {}

  /**
   * @throws InvalidConfigurationPropertyValueException if it can't be a route
   * @throws io.github.wasmspring.WasmModuleNotFoundException if there is no such module
   */
  static WasmRoute of(String name, Route route, WasmModuleRegistry registry) {
    String prefix = "wasm.channels.routes." + name;
    String topic = required(prefix + ".topic", route.getTopic());
    String module = required(prefix + ".module", route.getModule());
    String operation = required(prefix + ".operation", route.getOperation());
    WasmRoute.Builder mapped =
        SettingsMapper.checked(
            prefix + ".topic", topic, () -> WasmRoute.of(name, topic, module, operation))
            .toBuilder();
    SettingsMapper mapper = new SettingsMapper(prefix, mapped::build);
    mapper.map("pass-topic", route.getPassTopic(), mapped::passTopic);
    mapper.map("reply-to", route.getReplyTo(), mapped::replyTo);
    mapped.settings(settings -> map(route, mapper, settings));
    registry.get(module, "*");
    return mapped.build();
  }

  private static void map(Route route, SettingsMapper mapper, WasmRouteSettings.Builder settings) {
    mapper.map("capacity", route.getCapacity(), settings::capacity);
    mapper.mapSize("buffer", route.getBuffer(), settings::buffer);
    mapper.map("concurrency", route.getConcurrency(), settings::concurrency);
    mapper.map("when-full", route.getWhenFull(), settings::whenFull);
    mapper.map("publish-timeout", route.getPublishTimeout(), settings::publishTimeout);
    mapper.map("max-attempts", route.getMaxAttempts(), settings::maxAttempts);
    mapper.map("retry-delay", route.getRetryDelay(), settings::retryDelay);
  }

  private static String required(String property, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, "A route needs a topic, a module and an operation of it");
    }
    return value;
  }
}
