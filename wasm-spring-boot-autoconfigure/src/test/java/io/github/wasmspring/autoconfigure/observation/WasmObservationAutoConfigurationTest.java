package io.github.wasmspring.autoconfigure.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.observation.WasmCallObservation.HighCardinality;
import io.github.wasmspring.autoconfigure.observation.WasmCallObservation.LowCardinality;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmCallObserver;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WasmObservationAutoConfigurationTest {

  private final TestObservationRegistry registry = TestObservationRegistry.create();

  private final ApplicationContextRunner plain =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmObservationAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  private final ApplicationContextRunner observed =
      this.plain
          .withBean(ObservationRegistry.class, () -> this.registry)
          .withPropertyValues("wasm.observations.enabled=true");

  private TestObservationRegistryAssert.That call() {
    return TestObservationRegistryAssert.assertThat(this.registry)
        .hasObservationWithNameEqualTo("wasm.call");
  }

  @Test
  void aCallIsAnObservation() {
    this.observed.run(
        context -> {
          context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
          call()
              .that()
              .hasBeenStarted()
              .hasBeenStopped()
              .doesNotHaveError()
              .hasContextualNameEqualTo("calc add")
              .hasLowCardinalityKeyValue("wasm.module", "calc")
              .hasLowCardinalityKeyValue("wasm.operation", "add")
              .hasLowCardinalityKeyValue("wasm.engine", "jvm-compiled")
              .hasLowCardinalityKeyValue("wasm.source", "WASM")
              .hasLowCardinalityKeyValue("wasm.outcome", "SUCCESS")
              .hasLowCardinalityKeyValue("wasm.hidden", "none")
              .hasHighCardinalityKeyValue("wasm.module.version", "1.0.0")
              .hasHighCardinalityKeyValue("wasm.failure", "none")
              .hasOnlyKeys(keys());
        });
  }

  private static String[] keys() {
    return Stream.<KeyName>concat(
            Stream.of(LowCardinality.values()), Stream.of(HighCardinality.values()))
        .map(KeyName::asString)
        .toArray(String[]::new);
  }

  @Test
  void whatAFallbackHidesIsSeen() {
    this.observed.run(
        context -> {
          assertThat(context.getBean(WasmModuleManager.class).bind(Calc.class).trap())
              .isEqualTo(-1);
          call()
              .that()
              .doesNotHaveError()
              .hasLowCardinalityKeyValue("wasm.source", "FALLBACK")
              .hasLowCardinalityKeyValue("wasm.outcome", "SUCCESS")
              .hasLowCardinalityKeyValue("wasm.hidden", "TRAP")
              .hasHighCardinalityKeyValueWithKey("wasm.failure");
        });
  }

  @Test
  void whatIsThrownIsTheError() {
    this.observed.run(
        context -> {
          assertThatThrownBy(
                  () ->
                      context
                          .getBean(WasmModuleManager.class)
                          .module("calc")
                          .operation("trap")
                          .mode(WasmExecutionMode.WASM)
                          .retrieve(int.class))
              .isInstanceOf(WasmException.class);
          call().that().hasError().hasLowCardinalityKeyValue("wasm.outcome", "TRAP");
        });
  }

  @Test
  void aConventionOfTheApplicationReplacesTheNames() {
    this.observed
        .withBean(
            WasmCallObservationConvention.class,
            () ->
                new DefaultWasmCallObservationConvention() {
                  @Override
                  public String getName() {
                    return "my.guests";
                  }
                })
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).add(1, 2);
              TestObservationRegistryAssert.assertThat(this.registry)
                  .hasObservationWithNameEqualTo("my.guests");
            });
  }

  @Test
  void traces() {
    SimpleTracer tracer = new SimpleTracer();
    ObservationRegistry traced = ObservationRegistry.create();
    DefaultTracingObservationHandler handler = new DefaultTracingObservationHandler(tracer);
    traced.observationConfig().observationHandler(handler);
    this.plain
        .withBean(ObservationRegistry.class, () -> traced)
        .withBean(TracingObservationHandler.class, () -> handler)
        .run(
            context -> {
              Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
              Observation.createNotStarted("request", traced).observe(() -> calc.trap());
              List<SimpleSpan> spans = List.copyOf(tracer.getSpans());
              assertThat(spans)
                  .extracting(SimpleSpan::getName)
                  .containsExactlyInAnyOrder("request", "calc trap");
              SimpleSpan request = named(spans, "request");
              SimpleSpan call = named(spans, "calc trap");
              assertThat(call.getTraceId()).isEqualTo(request.getTraceId());
              assertThat(call.getParentId()).isEqualTo(request.getSpanId());
              assertThat(call.getTags())
                  .containsEntry("wasm.module", "calc")
                  .containsEntry("wasm.source", "FALLBACK")
                  .containsEntry("wasm.hidden", "TRAP")
                  .containsEntry("wasm.module.version", "1.0.0");
            });
  }

  private static SimpleSpan named(List<SimpleSpan> spans, String name) {
    return spans.stream().filter(span -> name.equals(span.getName())).findFirst().orElseThrow();
  }

  @Test
  void itIsOffWhereNobodyTracesAndNobodyAsks() {
    this.plain
        .withBean(ObservationRegistry.class, () -> this.registry)
        .run(context -> assertThat(context).doesNotHaveBean(WasmCallObserver.class));
    this.plain
        .withPropertyValues("wasm.observations.enabled=true")
        .run(context -> assertThat(context).doesNotHaveBean(WasmCallObserver.class));
    this.observed
        .withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
        .run(context -> assertThat(context).doesNotHaveBean(WasmCallObserver.class));
  }

  @Test
  void aPropertyTurnsItOff() {
    this.observed
        .withBean(
            TracingObservationHandler.class,
            () -> new DefaultTracingObservationHandler(new SimpleTracer()))
        .withPropertyValues("wasm.observations.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(WasmCallObserver.class));
  }

  @Test
  void anObserverOfTheApplicationWins() {
    WasmCallObserver own =
        new WasmCallObserver() {
          @Override
          public boolean isActive() {
            return false;
          }

          @Override
          public Observed begin(io.github.wasmspring.event.WasmCallId call) {
            throw new IllegalStateException();
          }
        };
    this.observed
        .withBean(WasmCallObserver.class, () -> own)
        .run(context -> assertThat(context).getBean(WasmCallObserver.class).isSameAs(own));
  }
}
