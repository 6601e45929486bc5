package io.github.wasmspring.verification.hotspot;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls a function that adds up so many numbers of its memory until HotSpot has compiled it. */
public final class ManyAccesses {

  private static final int CALLS = 3_000;

  private ManyAccesses() {}

  /** How many accesses the function has, and where the module may be written. */
  public static void main(String... arguments) throws IOException {
    Path file = Files.write(Path.of(arguments[1]), module(Integer.parseInt(arguments[0])));
    try (WasmRuntime runtime = WasmRuntime.builder().engine("jvm").build()) {
      runtime.register(
          WasmModuleDescriptor.builder("accesses").location(file.toUri().toString()).build());
      for (int i = 0; i < CALLS; i++) {
        runtime
            .manager()
            .module("accesses")
            .operation("sum")
            .arguments(i % 8)
            .retrieve(Integer.class);
      }
    }
  }

  /** One function {@code (i32) -> i32}, a page of memory. */
  private static byte[] module(int accesses) {
    ByteWriter body = new ByteWriter().unsigned(0).octet(0x41).signed(0);
    for (int i = 0; i < accesses; i++) {
      body.octet(0x20).unsigned(0).octet(0x28).unsigned(0).unsigned(4 * i).octet(0x6a);
    }
    body.octet(0x0b);
    return new ByteWriter()
        .bytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0})
        .octet(1)
        .sized(new ByteWriter().bytes(new byte[] {1, 0x60, 1, 0x7f, 1, 0x7f}))
        .octet(3)
        .sized(new ByteWriter().bytes(new byte[] {1, 0}))
        .octet(5)
        .sized(new ByteWriter().bytes(new byte[] {1, 0, 1}))
        .octet(7)
        .sized(new ByteWriter().unsigned(1).name("sum").octet(0).unsigned(0))
        .octet(10)
        .sized(new ByteWriter().unsigned(1).sized(body))
        .toBytes();
  }
}
