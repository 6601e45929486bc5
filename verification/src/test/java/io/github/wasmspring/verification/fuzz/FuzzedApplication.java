package io.github.wasmspring.verification.fuzz;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.load.WasmLocationResolver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** An application on the starter, to which bytes can be given as the module {@code fuzz:module}. */
final class FuzzedApplication implements AutoCloseable {

  static final String LOCATION = "fuzz:module";

  private final GivenBytes bytes = new GivenBytes();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  FuzzedApplication(Map<String, Object> properties) {
    this.context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("fuzzed", properties));
    this.context.registerBean(WasmLocationResolver.class, () -> this.bytes);
    this.context.register(WasmAutoConfiguration.class);
    try {
      this.context.refresh();
    } catch (RuntimeException failure) {
      this.context.close();
      throw failure;
    }
  }

  WasmModuleManager manager() {
    return this.context.getBean(WasmModuleManager.class);
  }

  void give(byte[] module) {
    this.bytes.content = module;
  }

  @Override
  public void close() {
    this.context.close();
  }

  private static final class GivenBytes implements WasmLocationResolver {

    private volatile byte[] content = {};

    @Override
    public boolean supports(String location) {
      return location.equals(LOCATION);
    }

    @Override
    public InputStream open(String location, ClassLoader classLoader) {
      return new ByteArrayInputStream(this.content);
    }
  }
}
