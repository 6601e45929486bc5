package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances that are made, reset and closed together, as they are linked with each other. */
class LinkedGroupTest {

  private static final String NO_ARGUMENT_ONE_I32 = "60 00 01 7f";

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void register(String id, byte[] module, String... dependencies) {
    WasmModuleDescriptor.Builder builder =
        WasmModuleDescriptor.builder(id).location(this.runtime.bytes.put(id, module));
    for (String dependency : dependencies) {
      builder.dependency(dependency, "*");
    }
    this.runtime.with(builder);
  }

  private int call(String module, String operation) {
    return this.runtime
        .manager
        .module(module)
        .operation(operation)
        .<Integer>retrieve(int.class)
        .value();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongChainIsLinkedAsQuicklyAsAShortOne() {
    int last = 50;
    register(
        "chain-0",
        new ModuleMaker()
            .type(NO_ARGUMENT_ONE_I32)
            .function(0, "00 41 07 0b")
            .export("get", ModuleMaker.FUNCTION, 0)
            .bytes());
    for (int i = 1; i <= last; i++) {
      String before = "chain-" + (i - 1);
      register(
          "chain-" + i,
          new ModuleMaker()
              .type(NO_ARGUMENT_ONE_I32)
              .imports(before, "get", "00 00")
              .function(0, "00 10 00 0b")
              .export("get", ModuleMaker.FUNCTION, 1)
              .bytes(),
          before);
    }

    assertThat(call("chain-" + last, "get")).isEqualTo(7);
    assertThat(call("chain-" + last, "get")).isEqualTo(7);
  }
}
