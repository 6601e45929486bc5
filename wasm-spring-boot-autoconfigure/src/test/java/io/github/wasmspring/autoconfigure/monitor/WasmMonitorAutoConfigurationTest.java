package io.github.wasmspring.autoconfigure.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpoint;
import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.monitor.endpoint.WasmMonitorEndpointAutoConfiguration;
import io.github.wasmspring.autoconfigure.observe.endpoint.WasmPerformanceEndpoint;
import io.github.wasmspring.autoconfigure.observe.endpoint.WasmPerformanceEndpointAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.monitor.MonitorFindings;
import io.github.wasmspring.monitor.MonitoredCalls;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.monitor.RegressionEvent;
import io.github.wasmspring.monitor.RegressionListener;
import io.github.wasmspring.monitor.SeriesStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WasmMonitorAutoConfigurationTest {

  private final ApplicationContextRunner off =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class,
                  WasmMonitorAutoConfiguration.class,
                  WasmMonitorEndpointAutoConfiguration.class,
                  WasmEndpointAutoConfiguration.class,
                  WasmPerformanceEndpointAutoConfiguration.class))
          .withPropertyValues(
              "wasm.modules.calc.location=classpath:wasm/calc.wasm",
              "management.endpoints.web.exposure.include=wasm,wasmperformance");

  private final ApplicationContextRunner runner =
      this.off.withPropertyValues("wasm.monitor.enabled=true");

  @Test
  void callsAreRecordedByOperation() {
    this.runner.run(
        context -> {
          for (int i = 0; i < 30; i++) {
            context
                .getBean(WasmModuleManager.class)
                .module("calc")
                .operation("add")
                .arguments(2, 3)
                .retrieve(Integer.class);
          }
          SeriesStatus status =
              context.getBean(PerformanceMonitor.class).status("wasm.calls/calc/add").orElseThrow();
          assertThat(status.all().count()).isEqualTo(30);
          assertThat(status.window().p50()).isPositive();

          JsonNode shown =
              JsonMapper.shared()
                  .valueToTree(context.getBean(WasmEndpoint.class).modules())
                  .get("monitor");
          assertThat(shown.get("windowMillis").intValue()).isEqualTo(300_000);
          assertThat(shown.get("regressions").intValue()).isZero();
          assertThat(shown.get("series").get(0).get("name").stringValue())
              .isEqualTo("wasm.calls/calc/add");
          assertThat(shown.get("series").get(0).get("window").get("p99").doubleValue())
              .isPositive();
        });
  }

  @Test
  void isNotThereUnlessItIsSwitchedOn() {
    this.off.run(
        context -> {
          assertThat(context)
              .doesNotHaveBean(PerformanceMonitor.class)
              .doesNotHaveBean(MonitoredCalls.class)
              .doesNotHaveBean(MonitorFindings.class)
              .doesNotHaveBean(WasmMonitorProperties.class);
          assertThat(
                  JsonMapper.shared()
                      .valueToTree(context.getBean(WasmEndpoint.class).modules())
                      .has("monitor"))
              .isFalse();
        });
  }

  @Test
  void isNotThereWithoutItsLibrary() {
    this.runner
        .withClassLoader(new FilteredClassLoader(PerformanceMonitor.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("wasmMonitoredCalls"));
  }

  @Test
  void callsAreLeftOutWhereSomebodySaysSo() {
    this.runner
        .withPropertyValues("wasm.monitor.calls=false")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(PerformanceMonitor.class)
                    .doesNotHaveBean(MonitoredCalls.class));
  }

  @Test
  void backsOffForTheUsersOwn() {
    PerformanceMonitor own = PerformanceMonitor.create();
    this.runner
        .withBean(PerformanceMonitor.class, () -> own)
        .run(context -> assertThat(context.getBean(PerformanceMonitor.class)).isSameAs(own));
  }

  @Test
  void propertiesBecomeSettings() {
    this.runner
        .withPropertyValues(
            "wasm.monitor.window=1h",
            "wasm.monitor.baseline=8h",
            "wasm.monitor.max-series=7",
            "wasm.monitor.min-effect=0.5",
            "wasm.monitor.significance=0.01",
            "wasm.monitor.resolution=1")
        .run(
            context ->
                assertThat(context.getBean(PerformanceMonitor.class).settings())
                    .satisfies(
                        settings -> {
                          assertThat(settings.window()).isEqualTo(Duration.ofHours(1));
                          assertThat(settings.baseline()).isEqualTo(Duration.ofHours(8));
                          assertThat(settings.maxSeries()).isEqualTo(7);
                          assertThat(settings.minEffect()).isEqualTo(0.5);
                          assertThat(settings.significance()).isEqualTo(0.01);
                          assertThat(settings.resolution()).isEqualTo(1);
                        }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.monitor.window=1s",
        "wasm.monitor.baseline=1m",
        "wasm.monitor.max-series=0",
        "wasm.monitor.min-effect=-1",
        "wasm.monitor.significance=2",
        "wasm.monitor.resolution=0"
      })
  void whatCanNeverBeStopsTheStartByItsName(String property) {
    this.runner
        .withPropertyValues(property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(property.substring(0, property.indexOf('='))));
  }

  private static final class HandTime extends Clock {

    private Instant now = Instant.parse("2026-11-30T08:00:00Z");

    @Override
    public Instant instant() {
      return this.now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Watching {

    private final HandTime time = new HandTime();
    private final List<RegressionEvent> told = new CopyOnWriteArrayList<>();
    private final List<RegressionEvent> published = new CopyOnWriteArrayList<>();

    @Bean
    PerformanceMonitorCustomizer setTime() {
      return monitor -> monitor.clock(this.time);
    }

    @Bean
    RegressionListener listener() {
      return this.told::add;
    }

    @EventListener
    void on(RegressionEvent event) {
      this.published.add(event);
    }
  }

  @Test
  void aRegressionIsInThePerformanceReport() {
    this.runner
        .withUserConfiguration(Watching.class)
        .run(
            context -> {
              PerformanceMonitor monitor = context.getBean(PerformanceMonitor.class);
              Watching watching = context.getBean(Watching.class);
              for (int slice = 0; slice < 60; slice++) {
                for (int i = 0; i < 10; i++) {
                  monitor.record("wasm.calls/calc/add", (slice < 40 ? 1e6 : 2e6) + i * 1e4);
                }
                watching.time.now = watching.time.now.plusSeconds(30);
              }
              assertThat(watching.told).hasSize(1).isEqualTo(watching.published);
              assertThat(context.getBean(WasmPerformanceEndpoint.class).text())
                  .contains("WARNING calc: worse-than-before", "operation 'add': 2.0");
            });
  }
}
