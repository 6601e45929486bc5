package io.github.wasmspring.bundle;

import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.bundle.compute.ParallelCompute;
import io.github.wasmspring.bundle.crypto.Crypto;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.bundle.memory.Memory;
import io.github.wasmspring.bundle.strings.Strings;
import io.github.wasmspring.bundle.validation.Validation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleOffer;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmResetPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings the bundled modules along; found by {@link java.util.ServiceLoader}. */
public final class BundledModules implements WasmModuleProvider {

  private static final String FOLDER = "META-INF/wasm/";
  private static final String CODE = "io.github.wasmspring.internal.bundle.compiled.";
  private static final String VERSION = "1.0.0";

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "compression", Compression.class,
          "compute", Compute.class,
          "compute-parallel", ParallelCompute.class,
          "crypto", Crypto.class,
          "hash", Hash.class,
          "json", Json.class,
          "memory", Memory.class,
          "strings", Strings.class,
          "validation", Validation.class);

  /** Says what every application has to know, most of which use few of the modules or none. */
  @Override
  public Collection<WasmModuleOffer> offers() {
    List<WasmModuleOffer> offers = new ArrayList<>();
    for (Map.Entry<String, Class<?>> type : TYPES.entrySet()) {
      offers.add(new WasmModuleOffer(type.getKey(), VERSION, Set.of(type.getValue()), true));
    }
    return offers;
  }

  @Override
  public Collection<WasmModuleDescriptor> modules() {
    Map<String, String> digests = digests();
    return List.of(
        module("compression", digests)
            .description("Compresses and decompresses: gzip, zlib, deflate, LZ4, brotli")
            .tags("compression", "gzip", "zlib", "deflate", "lz4", "brotli")
            .compiledClass(CODE + "CompressionCode")
            // Sessions may leave streams behind that they began and did not close.
            .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.SESSION)))
            .build(),
        module("compute", digests)
            .description(
                "Multiplies matrices, transforms (FFT), clusters (k-means) and compares vectors")
            .tags("math", "matrix", "fft", "clustering", "similarity", "statistics")
            .compiledClass(CODE + "ComputeCode")
            .build(),
        module("compute-parallel", digests)
            .description("Multiplies matrices on several threads of the guest")
            .tags("math", "matrix", "threads")
            .compiledClass(CODE + "ParallelComputeCode")
            // One instance has the cores to itself, and takes all of its memory when it starts
            // threads.
            .settings(
                settings ->
                    settings
                        .limits(limits -> limits.guestThreads(furtherCores()))
                        .pool(pool -> pool.min(0).max(2)))
            .build(),
        module("crypto", digests)
            .description("SHA-256, HMAC-SHA-256, AES in counter mode and GCM, MD5; constant-time")
            .tags("crypto", "hash", "hmac", "aes", "encryption")
            .compiledClass(CODE + "CryptoCode")
            // Sessions may leave keyed hashes behind that they began and did not finish.
            .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.SESSION)))
            .build(),
        module("hash", digests)
            .description(
                "Hashes bytes: xxHash, MurmurHash3, CRC-32, Adler-32, FNV-1a, SHA-1, SHA-512, BLAKE2b, BLAKE3")
            .tags("hash", "checksum", "digest")
            .compiledClass(CODE + "HashCode")
            // Sessions may leave hashes behind that they began and did not finish.
            .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.SESSION)))
            .build(),
        module("json", digests)
            .description("Parses, formats, minifies, validates and queries JSON (RFC 8259, 6901)")
            .tags("json", "text", "validation")
            .compiledClass(CODE + "JsonCode")
            .build(),
        module("memory", digests)
            .description(
                "Copies, fills, compares and compresses bytes, and finds where they differ")
            .tags("memory", "bytes", "diff", "lz4")
            .compiledClass(CODE + "MemoryCode")
            .build(),
        module("strings", digests)
            .description("Hashes (xxHash64), compares and searches text")
            .tags("text", "hash", "search")
            .compiledClass(CODE + "StringsCode")
            .build(),
        module("validation", digests)
            .description(
                "Checks e-mail addresses, hosts, URLs, UUIDs, dates, times, UTF-8, card numbers,"
                    + " and JSON against JSON Schemas (2020-12)")
            .tags("validation", "text", "format", "json", "schema")
            .compiledClass(CODE + "ValidationCode")
            // Sessions may leave schemas behind that they compiled and did not release.
            .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.SESSION)))
            .build());
  }

  private static int furtherCores() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
  }

  /** Where nothing else is said a module keeps nothing, so that its instances need no reset. */
  private static WasmModuleDescriptor.Builder module(String id, Map<String, String> digests) {
    String file = id + ".wasm";
    return WasmModuleDescriptor.builder(id)
        .version(VERSION)
        .type(Objects.requireNonNull(TYPES.get(id)))
        .location("classpath:" + FOLDER + file)
        .digest(Objects.requireNonNull(digests.get(file)))
        .classLoader(BundledModules.class.getClassLoader())
        .settings(settings -> settings.pool(pool -> pool.reset(WasmResetPolicy.NONE)));
  }

  /** The list that was written when the modules were built, as sha256sum writes it. */
  private static Map<String, String> digests() {
    try (InputStream list =
        BundledModules.class.getClassLoader().getResourceAsStream(FOLDER + "SHA256SUMS")) {
      if (list == null) {
        throw new IllegalStateException("The jar of the bundled modules lacks its SHA256SUMS");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\\s+"))
          .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
