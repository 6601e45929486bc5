package io.github.wasmspring.autoconfigure.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Globals that a module imports, given by fields of a marked class. */
class ImportedGlobalTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("game.width=640");

  private static long width(WasmModuleManager manager) {
    return manager.module("globals").operation("width").retrieve(Integer.class).value();
  }

  private static float louder(WasmModuleManager manager) {
    return manager.module("globals").operation("louder").retrieve(Float.class).value();
  }

  @Test
  void fieldsAreTheGlobalsThatAModuleImports() {
    this.runner
        .withBean(Settings.class)
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(width(manager)).isEqualTo(640);
              assertThat(
                      manager.module("globals").operation("max_size").retrieve(Long.class).value())
                  .isEqualTo(1L << 40);
            });
  }

  @Test
  void eachInstanceBeginsWithWhatTheFieldHoldsAndLeavesItAlone() {
    this.runner
        .withBean(Settings.class)
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(louder(manager)).isEqualTo(1f);
              assertThat(louder(manager)).isEqualTo(1f);
              try (WasmSession first = manager.open("globals")) {
                assertThat(floats(first.call("louder"))).isEqualTo(1f);
                context.getBean(Settings.class).volume = 4f;
                try (WasmSession second = manager.open("globals")) {
                  assertThat(floats(second.call("louder"))).isEqualTo(8f);
                }
                assertThat(floats(first.call("louder"))).isEqualTo(2f);
              }
              assertThat(context.getBean(Settings.class).volume).isEqualTo(4f);
            });
  }

  private static float floats(long... results) {
    return Float.intBitsToFloat((int) results[0]);
  }

  @Test
  void componentsOfARecordAreGlobals() {
    this.runner
        .withBean(Numbers.class, () -> new Numbers(800, 7))
        .withPropertyValues("wasm.modules.globals.location=classpath:wasm/globals.wasm")
        .withBean(Volume.class)
        .run(context -> assertThat(width(context.getBean(WasmModuleManager.class))).isEqualTo(800));
  }

  @Test
  void aProxyHidesNoFields() {
    this.runner
        .withBean(Settings.class)
        .withBean(ProxyEverything.class)
        .run(
            context -> {
              assertThat(context.getBean(Settings.class).getClass()).isNotEqualTo(Settings.class);
              assertThat(width(context.getBean(WasmModuleManager.class))).isEqualTo(640);
            });
  }

  @Test
  void anotherTypeIsALinkFailureThatNamesBoth() {
    this.runner
        .withBean(WrongTypes.class)
        .run(
            context ->
                assertThatThrownBy(() -> width(context.getBean(WasmModuleManager.class)))
                    .isInstanceOf(WasmLinkException.class)
                    .hasMessageContaining("module 'globals'")
                    .hasMessageContaining(
                        "imports env.width (global i32), but what it has been given under that name is env.width (global i64)")
                    .hasMessageContaining(
                        "imports app.volume (global mut f32), but what it has been given under that name is app.volume (global f32)"));
  }

  @Test
  void aBeanThatCanNotBeMadeIsTheReasonWhyTheInstanceCanNot() {
    this.runner
        .withBean(
            Settings.class,
            () -> {
              throw new IllegalArgumentException("no width");
            },
            definition -> definition.setLazyInit(true))
        .run(
            context ->
                assertThatThrownBy(() -> width(context.getBean(WasmModuleManager.class)))
                    .isInstanceOf(WasmLoadException.class)
                    .hasMessageContaining("module 'globals'")
                    .hasMessageContaining("Settings.width' can't be read")
                    .hasMessageContaining("no width"));
  }

  @Test
  void aFieldThatNoGlobalCanHoldStopsTheStart() {
    fails(TextField.class, "TextField.width' has the type java.lang.String, which no global");
  }

  @Test
  void fieldsAreNotOfferedToAllModules() {
    this.runner
        .withPropertyValues("wasm.modules.globals.location=classpath:wasm/globals.wasm")
        .withBean(OfferedField.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining(
                        "OfferedField.width' is a global, and @WasmHostFunctions classes"));
  }

  private void fails(Class<?> type, String message) {
    this.runner
        .withBean(type)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
  }

  @WasmModule(id = "globals", location = "classpath:wasm/globals.wasm")
  static class Settings {

    @WasmImport private static final long MAX_SIZE = 1L << 40;

    @WasmImport private final int width;

    @WasmImport(module = "app")
    float volume = 0.5f;

    Settings(@Value("${game.width}") int width) {
      this.width = width;
    }
  }

  @WasmModule("globals")
  record Numbers(@WasmImport int width, @WasmImport long maxSize) {}

  @WasmModule("globals")
  static class Volume {

    @WasmImport(module = "app")
    private float volume;
  }

  @WasmModule(id = "globals", location = "classpath:wasm/globals.wasm")
  static class WrongTypes {

    @WasmImport private final long width = 640;

    @WasmImport private final long maxSize = 1;

    @WasmImport(module = "app")
    private final float volume = 1;
  }

  @WasmModule(id = "globals", location = "classpath:wasm/globals.wasm")
  static class TextField {

    @WasmImport private final String width = "640";
  }

  @WasmHostFunctions
  static class OfferedField {

    @WasmImport private final int width = 640;
  }

  static class ProxyEverything implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (!(bean instanceof Settings)) {
        return bean;
      }
      ProxyFactory factory = new ProxyFactory(bean);
      factory.setProxyTargetClass(true);
      return factory.getProxy();
    }
  }
}
