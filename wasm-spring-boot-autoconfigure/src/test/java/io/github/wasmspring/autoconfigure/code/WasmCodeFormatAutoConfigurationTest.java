package io.github.wasmspring.autoconfigure.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.code.CodeFormatSettings;
import io.github.wasmspring.code.CodeFormatSettings.LineEnding;
import io.github.wasmspring.code.CodeFormatSettings.Quotes;
import io.github.wasmspring.code.CodeFormatSettings.Semicolons;
import io.github.wasmspring.code.CodeFormatSettings.TrailingCommas;
import io.github.wasmspring.code.CodeFormatter;
import io.github.wasmspring.code.CodeLanguage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class WasmCodeFormatAutoConfigurationTest {

  private static final String PREFIX = "wasm.services.code.format.";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmCodeFormatAutoConfiguration.class));

  @Test
  void itIsThereForWhoeverNeedsIt() {
    this.runner.run(
        context -> {
          assertThat(context.getBeanFactory().containsSingleton("wasmCodeFormatter")).isFalse();
          CodeFormatter formatter = context.getBean(CodeFormatter.class);
          assertThat(formatter.settings()).isEqualTo(CodeFormatSettings.DEFAULTS);
          assertThat(formatter.format("{\"a\":1}", CodeLanguage.JSON)).isEqualTo("{ \"a\": 1 }\n");
        });
  }

  @Test
  void propertiesSayHowCodeLooks() {
    this.runner
        .withPropertyValues(
            PREFIX + "indent-width=4",
            PREFIX + "tabs=true",
            PREFIX + "line-width=100",
            PREFIX + "quotes=prefer-single",
            PREFIX + "semicolons=needed",
            PREFIX + "trailing-commas=never",
            PREFIX + "line-ending=keep",
            PREFIX + "max-length=1000",
            PREFIX + "dprint.typescript.arrowFunction.useParentheses=force",
            PREFIX + "dprint.json.commentLine.forceSpaceAfterSlashes=false")
        .run(
            context -> {
              CodeFormatter formatter = context.getBean(CodeFormatter.class);
              assertThat(formatter.settings())
                  .isEqualTo(
                      CodeFormatSettings.DEFAULTS.with(
                          settings ->
                              settings
                                  .indentWidth(4)
                                  .tabs(true)
                                  .lineWidth(100)
                                  .quotes(Quotes.PREFER_SINGLE)
                                  .semicolons(Semicolons.NEEDED)
                                  .trailingCommas(TrailingCommas.NEVER)
                                  .lineEnding(LineEnding.KEEP)
                                  .maxLength(1000)
                                  .dprint("typescript", "arrowFunction.useParentheses", "force")
                                  .dprint("json", "commentLine.forceSpaceAfterSlashes", "false")));
              assertThat(formatter.format("//a\n[ ]", CodeLanguage.JSON)).isEqualTo("//a\n[]\n");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"indent-width=0", "line-width=9", "max-length=0", "dprint.css.a=b"})
  void whatCanNeverBeIsRefusedByItsName(String property) {
    String name = PREFIX + property.substring(0, property.indexOf('='));
    this.runner
        .withPropertyValues(PREFIX + property)
        .withUserConfiguration(Needy.class)
        .run(
            context ->
                assertThat(context.getStartupFailure()).isNotNull().hasStackTraceContaining(name));
  }

  @Test
  void anotherOneIsKept() {
    this.runner
        .withUserConfiguration(Own.class)
        .run(
            context ->
                assertThat(context.getBean(CodeFormatter.class).settings().indentWidth())
                    .isEqualTo(7));
  }

  @Test
  void itCanBeSwitchedOff() {
    this.runner
        .withPropertyValues(PREFIX + "enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(CodeFormatter.class));
  }

  @Test
  void withoutItsJarThereIsNone() {
    this.runner
        .withClassLoader(new FilteredClassLoader(CodeFormatter.class))
        .run(context -> assertThat(context).doesNotHaveBean("wasmCodeFormatter"));
  }

  @Test
  void propertiesHaveTheValuesThatSettingsHave() {
    assertThat(names(WasmCodeFormatProperties.Quotes.class)).isEqualTo(names(Quotes.class));
    assertThat(names(WasmCodeFormatProperties.Semicolons.class)).isEqualTo(names(Semicolons.class));
    assertThat(names(WasmCodeFormatProperties.TrailingCommas.class))
        .isEqualTo(names(CodeFormatSettings.TrailingCommas.class));
    assertThat(names(WasmCodeFormatProperties.LineEnding.class))
        .isEqualTo(names(CodeFormatSettings.LineEnding.class));
  }

  private static List<String> names(Class<? extends Enum<?>> type) {
    return Stream.of(type.getEnumConstants()).map(Enum::name).toList();
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    CodeFormatter own(WasmModuleManager manager) {
      return CodeFormatter.of(
          manager, CodeFormatSettings.DEFAULTS.with(settings -> settings.indentWidth(7)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Needy {
    @Bean
    String needy(CodeFormatter formatter) {
      return String.valueOf(formatter);
    }
  }
}
