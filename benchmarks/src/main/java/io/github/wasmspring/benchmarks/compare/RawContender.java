package io.github.wasmspring.benchmarks.compare;

import java.util.HashMap;
import java.util.Map;

/** An engine that is used by hand. */
final class RawContender implements Contender {

  private final RawEngine engine;
  private final Map<String, RawModule> shared = new HashMap<>();

  RawContender(RawEngine engine) {
    this.engine = engine;
  }

  @Override
  public Task task(String name) {
    int dot = name.indexOf('.');
    String rest = name.substring(dot + 1);
    return switch (name.substring(0, dot)) {
      case "kernel" -> kernel(Kernels.named(rest));
      case "instantiate" -> instantiate(rest);
      case "call" -> call(rest);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Task kernel(Kernel<?> kernel) {
    RawGuest guest = this.engine.load(ModuleFile.named(kernel.module())).instantiate();
    RawFunction function = guest.function(kernel.export());
    BufferCalls calls = new BufferCalls(guest);
    return KernelTask.checkedModule(
        kernel, () -> calls.call(function, kernel.arguments(), kernel.kind()));
  }

  private Task call(String name) {
    RawGuest guest =
        this.engine
            .load(ModuleFile.named(name.equals("bytes-1m") ? Work.MEGABYTE : Work.CALLS))
            .instantiate();
    return switch (name) {
      case "scalar" -> scalar(guest.function("add"));
      case "string-1k" -> text(guest);
      case "bytes-1m" -> bytes(guest);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Task scalar(RawFunction add) {
    Work.check(42, (int) add.call(20, 22));
    return previous -> (int) add.call((int) previous, Work.next(previous));
  }

  private static Task text(RawGuest guest) {
    BufferCalls calls = new BufferCalls(guest);
    RawFunction echo = guest.function("echo");
    String text = Work.kilobyte();
    Work.check(text, calls.text(echo, text));
    return previous -> previous + calls.text(echo, text).length();
  }

  private static Task bytes(RawGuest guest) {
    BufferCalls calls = new BufferCalls(guest);
    RawFunction echo = guest.function("echo");
    byte[] bytes = Work.megabyte();
    Work.check(bytes, calls.bytes(echo, bytes));
    return previous -> previous + calls.bytes(echo, bytes).length;
  }

  private Task instantiate(String name) {
    RawModule module = shared(name);
    return previous -> {
      try (RawGuest guest = module.instantiate()) {
        use(name, guest);
      }
      return previous + 1;
    };
  }

  private static void use(String name, RawGuest guest) {
    if (name.equals(Work.CALLS)) {
      Work.check(42, (int) guest.function("add").call(20, 22));
    } else if (name.equals(Work.JSON)) {
      Work.check(
          Work.TINY_ANSWER,
          new BufferCalls(guest).text(guest.function("minify"), Work.TINY_DOCUMENT));
    } else {
      throw new IllegalArgumentException(name);
    }
  }

  @Override
  public Task caller() {
    RawGuest guest = shared(Work.JSON).instantiate();
    BufferCalls calls = new BufferCalls(guest);
    RawFunction minify = guest.function("minify");
    return previous -> {
      Work.check(Work.SMALL_ANSWER, calls.text(minify, Work.SMALL_DOCUMENT));
      return previous + 1;
    };
  }

  @Override
  public AutoCloseable instance(String name) {
    RawGuest guest = shared(name).instantiate();
    use(name, guest);
    return guest;
  }

  private RawModule shared(String name) {
    return this.shared.computeIfAbsent(name, key -> this.engine.loadForMany(ModuleFile.named(key)));
  }

  @Override
  public void firstCall(String name) {
    ModuleFile file = ModuleFile.named(name);
    RawGuest guest = this.engine.load(file).instantiate();
    switch (name) {
      case Work.CALLS, Work.JSON -> use(name, guest);
      case "compression" ->
          FirstCalls.checkGzip(
              (byte[])
                  new BufferCalls(guest)
                      .call(guest.function("gzip"), FirstCalls.GZIP_ARGUMENTS, Kernel.Kind.BYTES));
      default -> FirstCalls.checkDprint((int) guest.function(FirstCalls.DPRINT_EXPORT).call());
    }
  }
}
