package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.WasmWriter;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A module made here: {@code small(x) = 2 * x} is compiled, {@code big} multiplies by three and
 * adds one too often for a method of the JVM, and then calls {@code small}.
 */
final class BigModule {

  private static final int CALL = 0x10;
  private static final int TAIL_CALL = 0x12;
  private static final int ROUNDS = 20_000;

  private BigModule() {}

  static WasmBinary withCall() {
    return module(CALL);
  }

  static WasmBinary withTailCall() {
    return module(TAIL_CALL);
  }

  static int big(int x) {
    int value = x;
    for (int i = 0; i < ROUNDS; i++) {
      value = value * 3 + 1;
    }
    return 2 * value;
  }

  private static WasmBinary module(int call) {
    WasmWriter module = new WasmWriter();
    module.writeSection(1, new byte[] {1, 0x60, 1, 0x7f, 1, 0x7f});
    module.writeSection(3, new byte[] {2, 0, 0});
    module.writeSection(7, exports("small", "big"));
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(2);
    // local.get 0, local.get 0, i32.add, end
    body(code, new byte[] {0, 0x20, 0, 0x20, 0, 0x6a, 0x0b});
    body(code, bigBody(call));
    module.writeSection(10, code.toByteArray());
    byte[] bytes = module.bytes();
    return new WasmBinary(bytes, WasmDigest.of(bytes), "made by a test");
  }

  private static byte[] bigBody(int call) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 0x20, 0});
    for (int i = 0; i < ROUNDS; i++) {
      // i32.const 3, i32.mul, i32.const 1, i32.add
      body.writeBytes(new byte[] {0x41, 3, 0x6c, 0x41, 1, 0x6a});
    }
    body.writeBytes(new byte[] {(byte) call, 0, 0x0b});
    return body.toByteArray();
  }

  private static void body(ByteArrayOutputStream code, byte[] body) {
    WasmWriter.writeVarUInt32(code, body.length);
    code.writeBytes(body);
  }

  private static byte[] exports(String... functions) {
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    section.write(functions.length);
    for (int i = 0; i < functions.length; i++) {
      section.write(functions[i].length());
      section.writeBytes(functions[i].getBytes(StandardCharsets.US_ASCII));
      section.write(0);
      section.write(i);
    }
    return section.toByteArray();
  }
}
