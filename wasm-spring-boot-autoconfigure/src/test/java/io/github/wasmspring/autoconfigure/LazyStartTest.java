package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.channel.WasmChannelAutoConfiguration;
import io.github.wasmspring.autoconfigure.channel.WasmChannelProperties;
import io.github.wasmspring.autoconfigure.check.WasmPropertyCheckAutoConfiguration;
import io.github.wasmspring.channel.WasmChannels;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmLoadPolicy;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What an application that has the starter and asks for nothing pays: next to nothing. */
class LazyStartTest {

  private static final String ENGINES = "io.github.wasmspring.engine.jvm.";
  private static final String INSIDE_ENGINES = "io.github.wasmspring.internal.engine.jvm.";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class, WasmChannelAutoConfiguration.class));

  private static Stream<String> made(ConfigurableListableBeanFactory beans, Class<?> type) {
    return Stream.of(beans.getBeanNamesForType(type, true, false)).filter(beans::containsSingleton);
  }

  @Test
  void makesNothingThatNobodyAskedFor() {
    this.runner.run(
        context -> {
          ConfigurableListableBeanFactory beans = context.getBeanFactory();
          assertThat(made(beans, WasmModuleManager.class)).isEmpty();
          assertThat(made(beans, WasmChannels.class)).isEmpty();
          assertThat(
                  Stream.of(beans.getBeanDefinitionNames())
                      .filter(beans::containsSingleton)
                      .map(beans::getSingleton)
                      .filter(bean -> bean.getClass().getName().startsWith(ENGINES)))
              .isEmpty();
          assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
              .doesNotContain("wasm-warm-up");
        });
  }

  @Test
  void bindsNoPropertiesWhereThereAreNone() {
    this.runner.run(
        context -> {
          assertThat(made(context.getBeanFactory(), WasmProperties.class)).isEmpty();
          assertThat(made(context.getBeanFactory(), WasmChannelProperties.class)).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.memory.budget=much", "wasm.channels.max-hops=many"})
  void propertiesThatCanNotBeBoundStopTheStart(String setting) {
    this.runner
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(setting.substring(0, setting.indexOf('='))));
  }

  /** In a process of its own, for what others have loaded stays loaded. */
  @Test
  void loadsNoClassOfWhatNobodyAskedFor() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                EmptyApplication.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> ours;
    try (BufferedReader output = process.inputReader()) {
      ours =
          output
              .lines()
              .filter(line -> line.contains(" io.github.wasmspring.") || line.contains(ENGINES))
              .toList();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isZero();
    assertThat(ours)
        .hasSizeBetween(10, 170)
        .anyMatch(line -> line.contains(".client.DefaultWasmModuleManager "))
        .noneMatch(line -> line.contains(".client.WasmModuleClient "))
        .noneMatch(line -> line.contains(".channel.WasmMessage "))
        .noneMatch(line -> line.contains(".WasmProperties$Pool "))
        .noneMatch(line -> line.contains(ENGINES) || line.contains(INSIDE_ENGINES));
  }

  static final class EmptyApplication {

    public static void main(String[] arguments) {
      new SpringApplicationBuilder(OnlyOurs.class)
          .web(WebApplicationType.NONE)
          .run("--logging.level.root=OFF")
          .close();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    WasmAutoConfiguration.class,
    WasmChannelAutoConfiguration.class,
    WasmPropertyCheckAutoConfiguration.class
  })
  static class OnlyOurs {}

  @Configuration(proxyBeanMethods = false)
  static class Listener {

    private final List<WasmEvent> heard = new CopyOnWriteArrayList<>();

    @EventListener
    void on(WasmEvent event) {
      this.heard.add(event);
    }
  }

  /** Although Spring is told not to look for listeners among our own beans. */
  @Test
  void listenersOfTheApplicationAreFound() {
    this.runner
        .withUserConfiguration(Listener.class)
        .run(
            context -> {
              assertThat(context.getBean(Provided.class).add(2, 3)).isEqualTo(5);
              assertThat(context.getBean(Listener.class).heard).isNotEmpty();
            });
  }

  @Test
  void whoeverAsksGetsAllOfIt() {
    this.runner.run(
        context -> {
          assertThat(context.getBean(Provided.class).add(2, 3)).isEqualTo(5);
          assertThat(context.getBean(WasmChannels.class)).isNotNull();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"wasm.memory.budget=100MB", "wasm.modules.provided.limits.memory=8MB"})
  void settingsAreCheckedAtTheStart(String setting) {
    this.runner
        .withPropertyValues(setting)
        .run(
            context ->
                assertThat(made(context.getBeanFactory(), WasmModuleManager.class)).hasSize(1));
  }

  @Configuration(proxyBeanMethods = false)
  static class EagerByCustomizer {

    @Bean
    static WasmModuleCustomizer eager() {
      return module ->
          module.id().equals("provided")
              ? module.toBuilder()
                  .settings(settings -> settings.loadPolicy(WasmLoadPolicy.EAGER))
                  .build()
              : module;
    }
  }

  @Test
  void modulesThatACustomizerWantsEarlyAreLoadedAtTheStart() {
    this.runner
        .withUserConfiguration(EagerByCustomizer.class)
        .run(
            context ->
                assertThat(context.getBean(WasmModuleManager.class).status("provided"))
                    .singleElement()
                    .satisfies(
                        module -> assertThat(module.state()).isEqualTo(WasmModuleState.READY)));
  }

  @Test
  void theWarmUpIsDoneForThoseWhoAskForIt() {
    this.runner
        .withPropertyValues("wasm.warm-up=true")
        .run(context -> assertThat(context).hasNotFailed().hasBean("wasmWarmUp"));
    this.runner.run(context -> assertThat(context).doesNotHaveBean("wasmWarmUp"));
  }
}
