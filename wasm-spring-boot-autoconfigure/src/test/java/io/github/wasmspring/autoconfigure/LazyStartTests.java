package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.channel.WasmChannelAutoConfiguration;
import io.github.wasmspring.channel.WasmChannels;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.module.WasmLoadPolicy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application that has the starter and asks for nothing pays: next to nothing. */
class LazyStartTests {

  private static final String CHICORY = "com.dylibso.chicory";

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
                      .filter(bean -> bean.getClass().getName().startsWith(CHICORY)))
              .isEmpty();
          assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
              .doesNotContain("wasm-warm-up");
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
                  .settings(settings -> settings.withLoadPolicy(WasmLoadPolicy.EAGER))
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
