package com.example.titles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code asc} builds without {@code --use abort=}. */
class DefaultBuildTest {

  @Test
  void wantsAFunctionThatNobodyGivesIt() {
    assertThatThrownBy(
            () -> {
              try (ConfigurableApplicationContext context = start(Interface.class)) {
                context.getBean(Titles.class).letterAt("abc", 1);
              }
            })
        .extracting(DefaultBuildTest::ofTheModule)
        .satisfies(
            failure -> {
              assertThat(failure).hasMessageContaining("env.abort");
              assertThat(failure.category()).isEqualTo(WasmErrorCategory.LINK);
            });
  }

  /** What lies behind the failure of a bean, if it is that of a bean. */
  private static WasmException ofTheModule(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof WasmException)) {
      cause = cause.getCause();
    }
    return (WasmException) cause;
  }

  @Test
  void saysWhatWentWrongIfItIsGivenOne() {
    try (ConfigurableApplicationContext context = start(Interface.class, Aborting.class)) {
      Titles titles = context.getBean(Titles.class);

      assertThat(titles.letterAt("abc", 1)).isEqualTo('b');
      assertThatExceptionOfType(WasmException.class)
          .isThrownBy(() -> titles.letterAt("abc", 3))
          .withMessageContaining("Index out of range (~lib/array.ts:");
    }
  }

  private static ConfigurableApplicationContext start(Class<?>... configurations) {
    return new SpringApplicationBuilder(configurations)
        .web(WebApplicationType.NONE)
        .run(
            "--wasm.execution.mode=wasm",
            "--wasm.defaults.limits.timeout=30s",
            "--wasm.modules.titles.location=classpath:wasm/titles-default.wasm");
  }

  /** Nothing is looked for in packages, so that each test has what it names. */
  @Configuration
  @ImportAutoConfiguration(WasmAutoConfiguration.class)
  static class Interface {

    @Bean
    Titles titles(WasmModuleManager manager) {
      return manager.bind(Titles.class);
    }
  }

  @WasmModule("titles")
  static class Aborting {

    /**
     * AssemblyScript calls this before it traps; both texts are UTF-16 with their length before.
     */
    @WasmImport(module = "env")
    void abort(WasmCaller caller, int message, int file, int line, int column) {
      WasmMemory memory = caller.memory();
      throw new IllegalStateException(
          "%s (%s:%d:%d)".formatted(text(memory, message), text(memory, file), line, column));
    }

    private static String text(WasmMemory memory, int address) {
      if (address == 0) {
        return "";
      }
      byte[] bytes = memory.read(address, memory.readInt(address - 4));
      return new String(bytes, StandardCharsets.UTF_16LE);
    }
  }
}
