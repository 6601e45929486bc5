package io.github.wasmspring.channel;

import static io.github.wasmspring.testing.TestRuntime.guest;

import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Channels over a runtime with guests that publish and guests that take messages. */
@Timeout(60)
abstract class ChannelFixture {

  static final WasmChannelSettings SETTINGS =
      new WasmChannelSettings(4, 1024, 8, 5, Duration.ofSeconds(30));

  final TestRuntime runtime = new TestRuntime();
  final WasmGuestPublisher guests = new WasmGuestPublisher();
  WasmChannels channels = channels(SETTINGS);

  ChannelFixture() {
    this.runtime.hostFunctions.add(this.guests);
  }

  @AfterEach
  void close() {
    this.channels.close();
    this.runtime.close();
    Thread.interrupted();
  }

  WasmChannels channels(WasmChannelSettings settings) {
    return channels(settings, new DefaultWasmErrorHandler());
  }

  private WasmChannels channels(WasmChannelSettings settings, WasmErrorHandler errorHandler) {
    return new WasmChannels(
        this.runtime.manager, this.runtime.events, errorHandler, this.guests, settings);
  }

  void reopen(WasmChannelSettings settings) {
    this.channels.close();
    this.channels = channels(settings);
  }

  void reopen(WasmErrorHandler errorHandler) {
    this.channels.close();
    this.channels = channels(SETTINGS, errorHandler);
  }

  /** A guest that counts in its memory, which is kept. */
  void withCounter() {
    this.runtime.with(
        guest("counter")
            .settings(
                settings -> settings.pool(pool -> pool.min(1).max(1).reset(WasmResetPolicy.NONE))));
  }

  static WasmModuleDescriptor.Builder publisher(String guest, String... topics) {
    return guest(guest).settings(settings -> settings.publish(List.of(topics)));
  }

  static WasmRoute toCounter() {
    return WasmRoute.of("words", "words.#", "counter", "count");
  }

  int counted(String figure) {
    return this.runtime.manager.module("counter").operation(figure).retrieve(int.class).value();
  }

  int publish(String guest, String topic, String payload) {
    return this.runtime
        .manager
        .module(guest)
        .operation("publish")
        .arguments(bytes(topic), bytes(payload))
        .retrieve(int.class)
        .value();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static long accounted(WasmRouteStatus route) {
    return route.delivered()
        + route.dead()
        + route.rejected()
        + route.dropped()
        + route.queued()
        + route.running();
  }
}
