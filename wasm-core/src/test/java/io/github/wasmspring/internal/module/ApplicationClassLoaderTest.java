package io.github.wasmspring.internal.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplicationClassLoaderTest {

  private static final ClassLoader OURS = WasmModuleDescriptor.class.getClassLoader();

  /** What a thread with that context class loader gets. */
  private static <T> T on(@Nullable ClassLoader context, Supplier<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task);
    thread.setContextClassLoader(context);
    thread.start();
    return task.get();
  }

  private static ClassLoader loaderOfModule() {
    return WasmModuleDescriptor.builder("any").location("classpath:any.wasm").build().classLoader();
  }

  @Test
  void withoutAContextTheApplicationIsSeen() throws Exception {
    assertThat(on(null, ApplicationClassLoaderTest::loaderOfModule)).isSameAs(OURS);
  }

  @Test
  void aContextThatDoesNotKnowTheApplicationIsPassedOver() throws Exception {
    ClassLoader launcher = ClassLoader.getPlatformClassLoader();
    assertThat(on(launcher, ApplicationClassLoaderTest::loaderOfModule)).isSameAs(OURS);
  }

  @Test
  void aContextThatKnowsTheApplicationIsTaken() throws Exception {
    try (URLClassLoader child = new URLClassLoader(new URL[0], OURS)) {
      assertThat(on(child, ApplicationClassLoaderTest::loaderOfModule)).isSameAs(child);
    }
  }
}
