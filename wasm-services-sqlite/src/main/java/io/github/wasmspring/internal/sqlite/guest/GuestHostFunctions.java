package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What guests import from the module {@code sqlite}; the first argument says which guest asks. */
final class GuestHostFunctions {

  private static final String MODULE = "sqlite";

  private static final List<WasmValueType> AT_OFFSET =
      List.of(
          WasmValueType.I32,
          WasmValueType.I32,
          WasmValueType.I32,
          WasmValueType.I32,
          WasmValueType.I64);

  private static final List<WasmValueType> TO_SIZE =
      List.of(WasmValueType.I32, WasmValueType.I32, WasmValueType.I64);

  private final Map<Integer, GuestRequests> guests = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger();

  /** Answers for a guest. */
  @FunctionalInterface
  private interface Answer {
    int of(GuestRequests guest, WasmCaller caller, long[] arguments) throws Exception;
  }

  /** By what number a guest is to call itself. */
  int add(GuestRequests guest) {
    int number = this.last.incrementAndGet();
    this.guests.put(number, guest);
    return number;
  }

  void remove(int number) {
    this.guests.remove(number);
  }

  WasmImportDefinition[] imports() {
    return new WasmImportDefinition[] {
      function("open", 4, (guest, caller, a) -> guest.open(text(caller, a[1], a[2]), (int) a[3])),
      function("close", 2, (guest, caller, a) -> guest.close((int) a[1])),
      function("exists", 3, (guest, caller, a) -> guest.exists(text(caller, a[1], a[2])) ? 1 : 0),
      function(
          "read",
          AT_OFFSET,
          (guest, caller, a) ->
              guest.read((int) a[1], memory(caller), (int) a[2], (int) a[3], a[4])),
      function(
          "write",
          AT_OFFSET,
          (guest, caller, a) ->
              guest.write((int) a[1], memory(caller).read((int) a[2], (int) a[3]), a[4])),
      function("truncate", TO_SIZE, (guest, caller, a) -> guest.truncate((int) a[1], a[2])),
      function("sync", 2, (guest, caller, a) -> guest.sync((int) a[1])),
      function("size", 3, (guest, caller, a) -> guest.size((int) a[1], memory(caller), (int) a[2])),
      function("lock", 3, (guest, caller, a) -> guest.lock((int) a[1], (int) a[2])),
      function("unlock", 3, (guest, caller, a) -> guest.unlock((int) a[1], (int) a[2])),
      function("reserved", 2, (guest, caller, a) -> guest.reserved((int) a[1])),
      function(
          "writes",
          3,
          (guest, caller, a) -> {
            guest.tables().told(text(caller, a[1], a[2]));
            return 0;
          }),
      function("stopped", 1, (guest, caller, a) -> guest.stopped() ? 1 : 0),
      function("busy", 2, (guest, caller, a) -> guest.busy((int) a[1]) ? 1 : 0)
    };
  }

  private static WasmMemory memory(WasmCaller caller) {
    return Objects.requireNonNull(caller.memory());
  }

  private static String text(WasmCaller caller, long address, long length) {
    return memory(caller).readString((int) address, (int) length);
  }

  private WasmImportDefinition function(String name, int parameters, Answer answer) {
    return function(name, Collections.nCopies(parameters, WasmValueType.I32), answer);
  }

  private WasmImportDefinition function(
      String name, List<WasmValueType> parameters, Answer answer) {
    return new WasmImportDefinition(
        MODULE,
        name,
        new WasmFunctionType(parameters, List.of(WasmValueType.I32)),
        (caller, arguments) -> new long[] {answer.of(guest(arguments), caller, arguments)});
  }

  private GuestRequests guest(long[] arguments) {
    GuestRequests guest = this.guests.get((int) arguments[0]);
    if (guest == null) {
      throw new IllegalStateException("There is no guest " + arguments[0]);
    }
    return guest;
  }
}
