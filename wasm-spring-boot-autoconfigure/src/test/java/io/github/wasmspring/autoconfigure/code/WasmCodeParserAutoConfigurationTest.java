package io.github.wasmspring.autoconfigure.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeLanguage;
import io.github.wasmspring.code.CodeParser;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmCodeParserAutoConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmCodeParserAutoConfiguration.class));

  @Test
  void itIsThereForWhoeverNeedsIt() {
    this.runner.run(
        context -> {
          assertThat(context.getBeanFactory().containsSingleton("wasmCodeParser")).isFalse();
          CodeParser parser = context.getBean(CodeParser.class);
          assertThat(parser.parse("let a: b", CodeLanguage.TYPESCRIPT).isValid()).isTrue();
        });
  }

  @Test
  void oneOfTheApplicationsOwnComesFirst() {
    this.runner
        .withUserConfiguration(Own.class)
        .run(context -> assertThat(context).hasSingleBean(CodeParser.class).hasBean("own"));
  }

  @Test
  void whereModulesAreOffThereIsNone() {
    this.runner
        .withPropertyValues("wasm.enabled=false")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void withoutTheJarThereIsNone() {
    this.runner
        .withClassLoader(new FilteredClassLoader(CodeParser.class))
        .run(context -> assertThat(context).doesNotHaveBean("wasmCodeParser"));
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {

    @Bean
    CodeParser own(WasmModuleManager manager) {
      return CodeParser.of(manager);
    }
  }
}
