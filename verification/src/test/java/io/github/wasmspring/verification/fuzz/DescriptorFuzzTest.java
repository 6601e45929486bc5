package io.github.wasmspring.verification.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Ids, versions, ranges, digests and locations are understood, or refused in clear words. */
class DescriptorFuzzTest {

  private static final int LENGTH = 60;

  private static final Set<WasmErrorCategory> EXPECTED =
      EnumSet.of(
          WasmErrorCategory.NOT_FOUND,
          WasmErrorCategory.VERSION_CONFLICT,
          WasmErrorCategory.LOAD,
          WasmErrorCategory.MALFORMED);

  private static FuzzedApplication application;

  @BeforeAll
  static void start() {
    application = new FuzzedApplication(Map.of());
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @FuzzTest
  void textsAreUnderstoodOrRefused(FuzzedDataProvider data) {
    switch (data.consumeInt(0, 2)) {
      case 0 -> expectRefusals(() -> describe(data));
      case 1 -> expectRefusals(() -> find(data.consumeRemainingAsString()));
      default -> expectRefusals(() -> load(data.consumeRemainingAsString()));
    }
  }

  private static void expectRefusals(Runnable action) {
    try {
      Expected.failures(EXPECTED, action);
    } catch (IllegalArgumentException refused) {
      if (refused.getClass() != IllegalArgumentException.class
          || refused.getMessage() == null
          || refused.getMessage().isBlank()) {
        throw new AssertionError("not in our own words", refused);
      }
    }
  }

  private static void describe(FuzzedDataProvider data) {
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder(data.consumeString(LENGTH))
            .version(data.consumeString(LENGTH))
            .digest("sha256:" + "0".repeat(data.consumeInt(60, 64)) + data.consumeAsciiString(4))
            .dependency(data.consumeString(LENGTH), data.consumeString(LENGTH))
            .location(data.consumeString(LENGTH))
            .build();
    application.manager().registry().register(module);
    try {
      application.manager().registry().resolve(module.id(), module.version());
    } finally {
      application.manager().registry().unregister(module.id(), module.version());
    }
  }

  private static void find(String range) {
    WasmModuleManager manager = application.manager();
    manager.registry().find("json", range);
    manager.registry().search(range);
    manager.module("json", range);
  }

  /** Files there are none, whatever the name. */
  private static void load(String path) {
    WasmModuleManager manager = application.manager();
    String scheme = path.length() % 2 == 0 ? "classpath:" : "file:no-such-folder/";
    manager
        .registry()
        .register(WasmModuleDescriptor.builder("placed").location(scheme + path).build());
    try {
      manager.warmUp("placed");
    } finally {
      manager.registry().unregister("placed", "1.0.0");
    }
  }
}
