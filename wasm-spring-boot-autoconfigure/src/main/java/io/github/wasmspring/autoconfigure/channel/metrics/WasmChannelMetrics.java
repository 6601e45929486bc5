package io.github.wasmspring.autoconfigure.channel.metrics;

import io.github.wasmspring.channel.WasmChannels;
import io.github.wasmspring.channel.WasmRouteStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The channels between modules: the counters {@code wasm.channel.messages} with the tags {@code
 * route} and {@code outcome} ({@code delivered}, {@code dead}, {@code rejected} or {@code
 * dropped}), {@code wasm.channel.retries} with the tag {@code route}, {@code wasm.channel.unrouted}
 * and {@code wasm.channel.refused}; the gauges {@code wasm.channel.queued} and {@code
 * wasm.channel.running} with the tag {@code route}.
 */
public final class WasmChannelMetrics implements MeterBinder {

  private final WasmChannels channels;

  public WasmChannelMetrics(WasmChannels channels) {
    this.channels = channels;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(
        "wasm.channel.unrouted",
        "Messages between WebAssembly modules whose topic no route has",
        channels -> channels.status().unrouted(),
        registry);
    counter(
        "wasm.channel.refused",
        "Messages of WebAssembly modules that may not be published",
        channels -> channels.status().refused(),
        registry);
    this.channels.onRoute(route -> bind(route, registry));
  }

  private void counter(
      String name,
      String description,
      ToDoubleFunction<WasmChannels> figure,
      MeterRegistry registry) {
    FunctionCounter.builder(name, this.channels, figure)
        .description(description)
        .register(registry);
  }

  private void bind(String route, MeterRegistry registry) {
    outcome(route, "delivered", WasmRouteStatus::delivered, registry);
    outcome(route, "dead", WasmRouteStatus::dead, registry);
    outcome(route, "rejected", WasmRouteStatus::rejected, registry);
    outcome(route, "dropped", WasmRouteStatus::dropped, registry);
    FunctionCounter.builder(
            "wasm.channel.retries",
            this.channels,
            channels -> figure(channels, route, WasmRouteStatus::retried))
        .description("Deliveries of messages between WebAssembly modules that were tried again")
        .tag("route", route)
        .register(registry);
    gauge(
        "wasm.channel.queued",
        "Messages between WebAssembly modules that wait",
        route,
        WasmRouteStatus::queued,
        registry);
    gauge(
        "wasm.channel.running",
        "Messages between WebAssembly modules that are being delivered",
        route,
        WasmRouteStatus::running,
        registry);
  }

  private void outcome(
      String route,
      String outcome,
      ToLongFunction<WasmRouteStatus> figure,
      MeterRegistry registry) {
    FunctionCounter.builder(
            "wasm.channel.messages", this.channels, channels -> figure(channels, route, figure))
        .description("Messages between WebAssembly modules")
        .tag("route", route)
        .tag("outcome", outcome)
        .register(registry);
  }

  private void gauge(
      String name,
      String description,
      String route,
      ToLongFunction<WasmRouteStatus> figure,
      MeterRegistry registry) {
    Gauge.builder(name, this.channels, channels -> figure(channels, route, figure))
        .description(description)
        .tag("route", route)
        .register(registry);
  }

  private static double figure(
      WasmChannels channels, String route, ToLongFunction<WasmRouteStatus> figure) {
    WasmRouteStatus status = channels.status(route);
    return status == null ? 0 : figure.applyAsLong(status);
  }
}
