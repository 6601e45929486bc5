package io.github.wasmspring.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.github.wasmspring.autoconfigure.Calc;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.observation.WasmObservationAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What Spring Boot makes of our timer, a tracer and a registry that has exemplars. */
class ExemplarTest {

  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final Pattern EXEMPLAR =
      Pattern.compile(
          "wasm_calls_seconds_bucket\\{[^}]*operation=\"(\\w+)\"[^}]*} \\d+(?:\\.\\d+)? # \\{span_id=\"(\\w+)\",trace_id=\"(\\w+)\"}");

  /** What the tracer reports. */
  private static final class Spans extends SpanHandler {

    private final List<MutableSpan> ended = new CopyOnWriteArrayList<>();

    @Override
    public boolean end(TraceContext context, MutableSpan span, Cause cause) {
      this.ended.add(span);
      return true;
    }
  }

  private final Spans spans = new Spans();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  MetricsAutoConfiguration.class,
                  PrometheusMetricsExportAutoConfiguration.class,
                  CompositeMeterRegistryAutoConfiguration.class,
                  ObservationAutoConfiguration.class,
                  MicrometerTracingAutoConfiguration.class,
                  BraveAutoConfiguration.class,
                  PrometheusExemplarsAutoConfiguration.class,
                  WasmAutoConfiguration.class,
                  WasmMetricsAutoConfiguration.class,
                  WasmObservationAutoConfiguration.class))
          .withBean(SpanHandler.class, () -> this.spans)
          .withPropertyValues(
              "wasm.modules.calc.location=classpath:wasm/calc.wasm",
              "management.metrics.distribution.percentiles-histogram.wasm.calls=true",
              "management.tracing.sampling.probability=1.0");

  private static String scraped(PrometheusMeterRegistry registry) {
    return registry.scrape(OPEN_METRICS);
  }

  @Test
  void aBucketNamesTheSpanOfACallThatFellIntoIt() {
    this.runner.run(
        context -> {
          Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
          assertThat(calc.echo("text")).isEqualTo("text");
          MutableSpan span = this.spans.ended.get(0);
          assertThat(span.name()).isEqualTo("calc echo");

          Matcher exemplar =
              EXEMPLAR.matcher(scraped(context.getBean(PrometheusMeterRegistry.class)));
          assertThat(exemplar.find()).isTrue();
          assertThat(exemplar.group(1)).isEqualTo("echo");
          assertThat(exemplar.group(2)).isEqualTo(span.id());
          assertThat(exemplar.group(3)).isEqualTo(span.traceId());
        });
  }

  @Test
  void soDoesThatOfACallThatFailed() {
    this.runner
        .withPropertyValues("wasm.modules.calc.fallback.enabled=false")
        .run(
            context -> {
              Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
              assertThat(catchThrowable(calc::trap)).isNotNull();
              assertThat(scraped(context.getBean(PrometheusMeterRegistry.class)))
                  .containsPattern("outcome=\"TRAP\"[^}]*} \\d.* # \\{span_id");
            });
  }

  @Test
  void aTraceThatIsNotSampledIsNotNamed() {
    this.runner
        .withPropertyValues("management.tracing.sampling.probability=0.0")
        .run(
            context -> {
              context.getBean(WasmModuleManager.class).bind(Calc.class).echo("text");
              assertThat(scraped(context.getBean(PrometheusMeterRegistry.class)))
                  .contains("wasm_calls_seconds_bucket")
                  .doesNotContain("span_id");
            });
  }
}
