package io.github.wasmspring.autoconfigure.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.pipeline.WasmPipeline;
import io.github.wasmspring.pipeline.WasmPipelineResult;
import io.github.wasmspring.pipeline.WasmStageOutcome;
import io.github.wasmspring.pipeline.WasmStageOutcome.Status;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmPipelineAutoConfigurationTest {

  private static final String TIDY = "wasm.pipelines.tidy.";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmPipelineAutoConfiguration.class))
          .withUserConfiguration(Functions.class);

  @Test
  void withoutPipelinesThereIsNothing() {
    this.runner.run(context -> assertThat(context).doesNotHaveBean(WasmPipelines.class));
  }

  @Test
  void propertiesDeclareAPipeline() {
    this.runner
        .withPropertyValues(
            TIDY + "timeout=30s",
            TIDY + "stages[0].module=json",
            TIDY + "stages[0].operation=minify",
            TIDY + "stages[1].function=wrap",
            TIDY + "stages[2].name=figures",
            TIDY + "stages[2].parallel[0].name=pretty",
            TIDY + "stages[2].parallel[0].module=json",
            TIDY + "stages[2].parallel[0].operation=format",
            TIDY + "stages[2].parallel[0].options.indent=1",
            TIDY + "stages[2].parallel[1].module=json",
            TIDY + "stages[2].parallel[1].operation=query",
            TIDY + "stages[2].parallel[1].options.pointer=/1",
            TIDY + "stages[2].parallel[1].fallback=none")
        .run(
            context -> {
              WasmPipelines pipelines = context.getBean(WasmPipelines.class);
              assertThat(pipelines.names()).containsExactly("tidy");
              WasmPipeline<String, Object> tidy = pipelines.get("tidy", String.class);
              assertThat(tidy.stages()).containsExactly("minify", "wrap", "figures");
              WasmPipelineResult<Object> result = tidy.run("{ \"a\": 1 }");
              assertThat(result.value())
                  .isEqualTo(Map.of("pretty", "[\n {\n  \"a\": 1\n }\n]", "query", "none"));
              assertThat(result.stages())
                  .extracting(WasmStageOutcome::status)
                  .containsExactly(
                      Status.DONE, Status.DONE, Status.DONE, Status.DONE, Status.REPLACED);
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> pipelines.get("tidy", byte[].class))
                  .withMessageContaining("wasm.pipelines.tidy.input");
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> pipelines.get("none", String.class))
                  .withMessageContaining("[tidy]");
            });
  }

  @Test
  void aStageCanBeSkipped() {
    this.runner
        .withPropertyValues(
            TIDY + "stages[0].module=json",
            TIDY + "stages[0].operation=minify",
            TIDY + "stages[0].on-failure=skip",
            TIDY + "stages[1].function=wrap")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(WasmPipelines.class)
                            .get("tidy", String.class)
                            .run("{")
                            .value())
                    .isEqualTo("[{]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stages[0].module=nobody;stages[0].operation=a    | nobody",
        "stages[0].module=json                            | an operation of its module",
        "stages[0].operation=minify                       | a module (or a function)",
        "stages[0].module=json;stages[0].operation=none   | say what it hands over",
        "stages[0].module=json;stages[0].operation=format;stages[0].options.indnt=1 | indnt",
        "stages[0].module=json;stages[0].operation=format;stages[0].options.indent=x | can't be 'x'",
        "stages[0].function=nobody                        | nobody",
        "timeout=1s                                       | has no stage",
        "stages[0].function=wrap;stages[1].function=wrap  | two stages 'wrap'",
      })
  void whatIsWrongStopsTheStart(String properties, String message) {
    this.runner
        .withPropertyValues(
            java.util.Arrays.stream(properties.split(";")).map(TIDY::concat).toArray(String[]::new))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isNotNull()
                    .hasStackTraceContaining(message));
  }

  @Test
  void anotherOneIsKept() {
    this.runner
        .withPropertyValues(TIDY + "stages[0].function=wrap")
        .withBean(WasmPipelines.class, () -> new WasmPipelines(Map.of()))
        .run(context -> assertThat(context.getBean(WasmPipelines.class).names()).isEmpty());
  }

  @Configuration(proxyBeanMethods = false)
  static class Functions {
    @Bean
    Function<String, String> wrap() {
      return text -> "[" + text + "]";
    }
  }
}
