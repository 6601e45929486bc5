package io.github.wasmspring.internal.wasi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Clocks, and waiting for them. */
final class ClockFunctions {

  private static final int REALTIME = 0;
  private static final int MONOTONIC = 1;
  private static final int CPU_OF_THREAD = 3;

  private static final int SUBSCRIPTION = 48;
  private static final int EVENT = 32;
  private static final int MAX_SUBSCRIPTIONS = 1024;
  private static final int CLOCK_EVENT = 0;
  private static final int READ_EVENT = 1;
  private static final int WRITE_EVENT = 2;

  /** Something that a guest waits for: a clock, until so many nanoseconds from now, or a stream. */
  private record Subscription(
      long userdata, int type, long nanos, @Nullable Errno failure, long available) {}

  private ClockFunctions() {}

  static void addTo(WasiFunctions functions) {
    functions.addQuick(
        "clock_res_get",
        "ii",
        call -> {
          time(call.process().clock(), call.i32(0));
          call.memory().writeLong(call.u32(1), call.process().clock().resolution());
        });
    functions.addQuick(
        "clock_time_get",
        "iIi",
        call -> call.memory().writeLong(call.u32(2), time(call.process().clock(), call.i32(0))));
    functions.add("poll_oneoff", "iiii", ClockFunctions::poll);
  }

  private static long time(GuestClock clock, int id) throws WasiError {
    if (id == REALTIME) {
      return clock.now();
    } else if (id == MONOTONIC) {
      return clock.elapsed();
    }
    throw new WasiError(id > MONOTONIC && id <= CPU_OF_THREAD ? Errno.NOTSUP : Errno.INVAL);
  }

  /** Streams and files never keep a guest waiting, so only clocks are ever waited for. */
  private static void poll(WasiCall call) throws WasiError, InterruptedException {
    long count = call.u32(2);
    if (count == 0 || count > MAX_SUBSCRIPTIONS) {
      throw new WasiError(Errno.INVAL);
    }
    // All of the memory for the answers is there before anything is waited for.
    call.memory().window(call.u32(1), EVENT * count);
    List<Subscription> subscriptions = new ArrayList<>();
    long wait = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      Subscription subscription = subscription(call, call.u32(0) + (long) SUBSCRIPTION * i);
      subscriptions.add(subscription);
      wait = Math.min(wait, subscription.nanos());
    }
    TimeUnit.NANOSECONDS.sleep(wait);
    long address = call.u32(1);
    int events = 0;
    for (Subscription subscription : subscriptions) {
      if (subscription.nanos() <= wait) {
        write(call.memory(), address, subscription);
        address += EVENT;
        events++;
      }
    }
    call.memory().writeInt(call.u32(3), events);
  }

  private static void write(GuestMemory memory, long address, Subscription event) {
    memory.clear(address, EVENT);
    memory.writeLong(address, event.userdata());
    Errno failure = event.failure();
    memory.writeShort(address + 8, failure == null ? 0 : failure.number());
    memory.writeByte(address + 10, event.type());
    memory.writeLong(address + 16, event.available());
  }

  private static Subscription subscription(WasiCall call, long address) throws WasiError {
    GuestMemory memory = call.memory();
    long userdata = memory.readLong(address);
    int type = memory.readByte(address + 8);
    try {
      return switch (type) {
        case CLOCK_EVENT ->
            new Subscription(userdata, type, nanos(call.process(), memory, address), null, 0);
        case READ_EVENT, WRITE_EVENT -> {
          boolean input =
              call.process().descriptors().get(memory.readU32(address + 16))
                  instanceof StandardInput;
          yield new Subscription(
              userdata, type, 0, null, input ? call.process().stdio().available() : 0);
        }
        default -> throw new WasiError(Errno.INVAL);
      };
    } catch (WasiError failure) {
      return new Subscription(userdata, type, 0, failure.errno(), 0);
    }
  }

  private static long nanos(WasiProcess process, GuestMemory memory, long address)
      throws WasiError {
    long now = time(process.clock(), (int) memory.readU32(address + 16));
    long timeout = memory.readLong(address + 24);
    boolean absolute = (memory.readShort(address + 40) & 1) != 0;
    // It is unsigned: what looks negative lies beyond the end of all days.
    if (timeout < 0) {
      return Long.MAX_VALUE;
    }
    return absolute ? Math.max(0, timeout - now) : timeout;
  }
}
