package io.github.wasmspring.autoconfigure.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.code.WasmCodeFormatAutoConfiguration;
import io.github.wasmspring.code.CodeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmAiToolsAutoConfigurationTest {

  private static final String TOOL = "wasm.ai.tools.operations.check.";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class,
                  WasmCodeFormatAutoConfiguration.class,
                  WasmAiToolsAutoConfiguration.class));

  private static ToolCallback[] tools(AssertableApplicationContext context) {
    return context.getBean(ToolCallbackProvider.class).getToolCallbacks();
  }

  @Test
  void nothingIsOfferedUnlessItIsNamed() {
    this.runner.run(context -> assertThat(tools(context)).isEmpty());
  }

  @Test
  void propertiesSayWhatIsOffered() {
    this.runner
        .withPropertyValues(
            TOOL + "module=json",
            TOOL + "version=^1",
            TOOL + "operation=minify",
            TOOL + "description=Makes JSON small",
            TOOL + "timeout=2s",
            TOOL + "max-output=3",
            TOOL + "parameters.json=The JSON")
        .run(
            context -> {
              assertThat(tools(context)).hasSize(1);
              ToolCallback tool = tools(context)[0];
              assertThat(tool.getToolDefinition().name()).isEqualTo("check");
              assertThat(tool.getToolDefinition().description()).isEqualTo("Makes JSON small");
              assertThat(tool.getToolDefinition().inputSchema()).contains("The JSON");
              assertThat(tool.call("{\"json\":\"[ 1, 2 ]\"}"))
                  .startsWith("[1,\n[The answer was cut here");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-input=0", "max-output=0", "timeout=0s"})
  void whatCanNeverBeIsRefusedByItsName(String property) {
    this.runner
        .withPropertyValues("wasm.ai.tools." + property)
        .withUserConfiguration(Needy.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isNotNull()
                    .hasStackTraceContaining(
                        "wasm.ai.tools." + property.substring(0, property.indexOf('='))));
  }

  @Test
  void aToolNeedsAnOperation() {
    this.runner
        .withPropertyValues(TOOL + "module=json")
        .withUserConfiguration(Needy.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isNotNull()
                    .hasStackTraceContaining(TOOL + "operation"));
  }

  @Test
  void formattingIsOfferedWhereItIsAskedFor() {
    this.runner
        .withPropertyValues("wasm.ai.tools.format-code=true")
        .run(
            context -> {
              assertThat(tools(context)).hasSize(1);
              assertThat(tools(context)[0].getToolDefinition().inputSchema())
                  .contains("TYPESCRIPT");
            });
    this.runner
        .withPropertyValues("wasm.ai.tools.format-code=true")
        .withClassLoader(new FilteredClassLoader(CodeFormatter.class))
        .run(context -> assertThat(tools(context)).isEmpty());
  }

  @Test
  void beansAddToIt() {
    this.runner
        .withUserConfiguration(More.class)
        .run(
            context ->
                assertThat(tools(context)[0].getToolDefinition().name()).isEqualTo("json_parse"));
  }

  @Test
  void anotherProviderOfTheNameIsKept() {
    this.runner
        .withPropertyValues(TOOL + "module=json", TOOL + "operation=minify")
        .withUserConfiguration(Own.class)
        .run(context -> assertThat(tools(context)).isEmpty());
  }

  @Test
  void itCanBeSwitchedOff() {
    this.runner
        .withPropertyValues("wasm.ai.tools.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(ToolCallbackProvider.class));
  }

  @Test
  void withoutSpringAiThereIsNothing() {
    this.runner
        .withClassLoader(new FilteredClassLoader("org.springframework.ai"))
        .run(
            context ->
                assertThat(context).hasNotFailed().doesNotHaveBean("wasmToolCallbackProvider"));
  }

  @Configuration(proxyBeanMethods = false)
  static class More {
    @Bean
    WasmToolsCustomizer more() {
      return tools -> tools.operation("json", "parse");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    ToolCallbackProvider wasmToolCallbackProvider() {
      return ToolCallbackProvider.from();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Needy {
    @Bean
    String needy(ToolCallbackProvider tools) {
      return String.valueOf(tools);
    }
  }
}
