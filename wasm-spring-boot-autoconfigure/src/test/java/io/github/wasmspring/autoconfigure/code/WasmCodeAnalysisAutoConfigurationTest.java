package io.github.wasmspring.autoconfigure.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeAnalyzer;
import io.github.wasmspring.code.CodeLanguage;
import io.github.wasmspring.code.CodeOptimizer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmCodeAnalysisAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmCodeAnalysisAutoConfiguration.class));

  @Test
  void theyAreThereForWhoeverNeedsThem() {
    this.runner.run(
        context -> {
          assertThat(
                  context
                      .getBean(CodeAnalyzer.class)
                      .analyze("debugger;", CodeLanguage.JAVASCRIPT)
                      .problems())
              .hasSize(1);
          assertThat(
                  context
                      .getBean(CodeOptimizer.class)
                      .minify("a ( )", CodeLanguage.JAVASCRIPT)
                      .code())
              .isEqualTo("a()");
        });
  }

  @Test
  void propertiesLeaveThemOut() {
    this.runner
        .withPropertyValues(
            "wasm.services.code.analysis.enabled=false",
            "wasm.services.code.optimise.enabled=false")
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(CodeAnalyzer.class)
                    .doesNotHaveBean(CodeOptimizer.class));
  }

  @Test
  void theyAreNotThereWithoutTheJar() {
    this.runner
        .withClassLoader(new FilteredClassLoader(CodeAnalyzer.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("wasmCodeAnalyzer"));
  }

  @Test
  void onesOfYourOwnComeFirst() {
    this.runner
        .withUserConfiguration(Own.class)
        .run(
            context ->
                assertThat(context).hasSingleBean(CodeAnalyzer.class).hasBean("ownAnalyzer"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {

    @Bean
    CodeAnalyzer ownAnalyzer(WasmModuleManager manager) {
      return CodeAnalyzer.of(manager);
    }
  }
}
