package io.github.wasmspring.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.bundle.memory.Memory;
import io.github.wasmspring.bundle.strings.Strings;
import io.github.wasmspring.bundle.validation.SchemaResource;
import io.github.wasmspring.bundle.validation.Validation;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.runtime.WasmRuntime;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** What {@link WithoutLibrariesTest} runs in a class loader that lacks them. */
final class WithoutLibraries {

  private static final byte[] TEXT = "Hello, Wasm. Hello, Java.".repeat(20).getBytes(UTF_8);

  private static final String SCHEMA = "{\"type\":\"object\"}";

  private WithoutLibraries() {}

  /** Asks the modules for what Java could not answer here. */
  public static final class Modules implements Callable<Boolean> {

    @Override
    public Boolean call() {
      try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
        WasmModuleManager manager = runtime.manager();
        Hash hash = manager.bind(Hash.class);
        assertThat(hash.xxh3(TEXT, 0)).isNotZero();
        assertThat(hash.xxh128(TEXT, 0)).hasSize(16);
        assertThat(hash.murmur32(TEXT, 0)).isNotZero();
        assertThat(hash.murmur128(TEXT, 0)).hasSize(16);
        assertThat(hash.blake3(TEXT)).hasSize(32);
        Compression compression = manager.bind(Compression.class);
        assertThat(compression.lz4Decompress(compression.lz4Compress(TEXT, 0), 0)).isEqualTo(TEXT);
        assertThat(compression.brotliDecompress(compression.brotliCompress(TEXT, 5), 0))
            .isEqualTo(TEXT);
        Memory memory = manager.bind(Memory.class);
        assertThat(memory.decompressBlock(memory.compressBlock(TEXT), 0)).isEqualTo(TEXT);
        Validation validation = manager.bind(Validation.class);
        assertThat(validation.validateSchema(SCHEMA, "{}").valid()).isTrue();
        assertThat(validation.validateSchemaWith(SCHEMA, List.<SchemaResource>of(), "[]").valid())
            .isFalse();
        return true;
      }
    }
  }

  /** Runs the fallbacks that need nothing but the JDK, partly on what the modules made. */
  public static final class Fallbacks implements Callable<Boolean> {

    @Override
    public Boolean call() {
      hashes(new Hash() {});
      try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
        WasmModuleManager manager = runtime.manager();
        compression(new Compression() {}, manager.bind(Compression.class));
        memory(new Memory() {}, manager.bind(Memory.class));
      }
      assertThat(new Strings() {}.hash("")).isEqualTo(0xEF46DB3751D8E999L);
      Validation validation = new Validation() {};
      assertThat(validation.email("ada@example.org", false).valid()).isTrue();
      assertThat(validation.uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", 1).valid()).isTrue();
      return true;
    }

    private static void hashes(Hash hash) {
      assertThat(hash.xxh32(new byte[0], 0)).isEqualTo(0x02CC5D05);
      assertThat(hash.xxh64(new byte[0], 0)).isEqualTo(0xEF46DB3751D8E999L);
      assertThat(hash.crc32("123456789".getBytes(UTF_8))).isEqualTo(0xCBF43926);
      assertThat(hash.crc32c("123456789".getBytes(UTF_8))).isEqualTo(0xE3069283);
      assertThat(hash.adler32("Wikipedia".getBytes(UTF_8))).isEqualTo(0x11E60398);
      assertThat(hash.fnv1a32(new byte[0])).isEqualTo(0x811C9DC5);
      assertThat(hash.fnv1a64(new byte[0])).isEqualTo(0xCBF29CE484222325L);
      assertThat(HexFormat.of().formatHex(hash.sha1(new byte[0]))).startsWith("da39a3ee");
      assertThat(HexFormat.of().formatHex(hash.sha512(new byte[0]))).startsWith("cf83e135");
      assertThat(HexFormat.of().formatHex(hash.blake2b(new byte[0]))).startsWith("786a02f7");
    }

    private static void compression(Compression java, Compression module) {
      assertThat(java.gunzip(java.gzip(TEXT, 6), 0)).isEqualTo(TEXT);
      assertThat(java.zlibDecompress(java.zlibCompress(TEXT, 6), 0)).isEqualTo(TEXT);
      assertThat(java.inflate(java.deflate(TEXT, 6), 0)).isEqualTo(TEXT);
      assertThat(java.lz4Decompress(module.lz4Compress(TEXT, 0), 0)).isEqualTo(TEXT);
      assertThat(java.lz4BlockDecompress(module.lz4BlockCompress(TEXT, 0), 0)).isEqualTo(TEXT);
      assertThat(module.brotliDecompress(java.brotliCompress(TEXT, 5), 0)).isEqualTo(TEXT);
    }

    private static void memory(Memory java, Memory module) {
      assertThat(java.copy(TEXT, 0, 5)).isEqualTo(Arrays.copyOf(TEXT, 5));
      assertThat(java.decompressBlock(module.compressBlock(TEXT), 0)).isEqualTo(TEXT);
    }
  }

  /** Asks Java for everything that it says it needs a library for; the messages, by operation. */
  public static final class Refusals implements Callable<Map<String, String>> {

    @Override
    public Map<String, String> call() {
      Map<String, String> messages = new TreeMap<>();
      try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
        for (WasmModuleDescriptor module : new BundledModules().modules()) {
          for (Class<?> type : module.types()) {
            WasmOperations.methods(type).stream()
                .filter(method -> method.isAnnotationPresent(WasmFallbackNeeds.class))
                .forEach(
                    method ->
                        messages.put(
                            module.id() + "." + method.getName(),
                            refusal(runtime.manager(), module.id(), method)));
          }
        }
      }
      return messages;
    }

    private static String refusal(WasmModuleManager manager, String module, Method method) {
      Object[] arguments =
          Arrays.stream(method.getParameterTypes()).map(Refusals::any).toArray(Object[]::new);
      return catchThrowableOfType(
              WasmExecutionException.class,
              () ->
                  manager
                      .module(module)
                      .operation(method.getName())
                      .arguments(arguments)
                      .mode(WasmExecutionMode.JAVA)
                      .retrieve(method.getReturnType()))
          .getMessage();
    }

    private static Object any(Class<?> type) {
      if (type == byte[].class) {
        return new byte[0];
      }
      if (type == String.class) {
        return "{}";
      }
      if (type == List.class) {
        return List.of();
      }
      return type == long.class ? (Object) 0L : 0;
    }
  }
}
