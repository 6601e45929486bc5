package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.engine.WasmGuestExit;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** Arguments, variables, random numbers and the end. */
final class ProcessFunctions {

  private static final int RANDOM_AT_ONCE = 64 << 10;

  private ProcessFunctions() {}

  static void addTo(WasiFunctions functions) {
    functions.add("args_get", "ii", call -> texts(call, call.process().arguments()));
    functions.add("args_sizes_get", "ii", call -> sizes(call, call.process().arguments()));
    functions.add("environ_get", "ii", call -> texts(call, call.process().environment()));
    functions.add("environ_sizes_get", "ii", call -> sizes(call, call.process().environment()));
    functions.add("random_get", "ii", ProcessFunctions::random);
    functions.add("sched_yield", "", call -> Thread.yield());
    functions.add(
        "proc_exit",
        "i",
        call -> {
          throw new WasmGuestExit(call.i32(0));
        });
    functions.refuse("proc_raise", "i", Errno.NOSYS);
  }

  private static void sizes(WasiCall call, List<String> texts) {
    long bytes = 0;
    for (String text : texts) {
      bytes += text.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    call.memory().writeInt(call.u32(0), texts.size());
    call.memory().writeInt(call.u32(1), (int) bytes);
  }

  private static void texts(WasiCall call, List<String> texts) {
    long pointer = call.u32(0);
    long address = call.u32(1);
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      call.memory().writeInt(pointer, (int) address);
      call.memory().write(address, bytes);
      call.memory().writeByte(address + bytes.length, 0);
      pointer += Integer.BYTES;
      address += bytes.length + 1;
    }
  }

  private static void random(WasiCall call) throws WasiError, InterruptedException {
    long address = call.u32(0);
    long left = call.memory().window(address, call.u32(1)).remaining();
    SecureRandom source = call.process().random();
    byte[] bytes = new byte[(int) Math.min(left, RANDOM_AT_ONCE)];
    while (left > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      source.nextBytes(bytes);
      int length = (int) Math.min(left, bytes.length);
      call.memory().write(address, bytes, length);
      address += length;
      left -= length;
    }
  }
}
