package io.github.wasmspring.benchmarks.peers;

import io.github.wasmspring.benchmarks.compare.Contender;
import io.github.wasmspring.benchmarks.compare.ModuleFile;
import io.github.wasmspring.benchmarks.compare.Task;
import io.github.wasmspring.benchmarks.compare.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.extism.sdk.chicory.Manifest;
import org.extism.sdk.chicory.ManifestWasm;
import org.extism.sdk.chicory.Plugin;

/**
 * Extism's SDK for Chicory, with its compiler. Plug-ins speak Extism's own convention, so it runs
 * {@code extism-calls.wat} only, which does what {@code calls.wat} and {@code megabyte.wat} do.
 */
public final class Extism implements Contender {

  private static final String MODULE = "extism-calls";

  @Override
  public Set<String> names() {
    return Set.of("extism");
  }

  private static Plugin plugin() {
    return plugin(ModuleFile.named(MODULE).bytes());
  }

  private static Plugin plugin(byte[] module) {
    return Plugin.ofManifest(
            Manifest.ofWasms(ManifestWasm.fromBytes(module).build())
                .withOptions(new Manifest.Options().withAoT())
                .build())
        .build();
  }

  @Override
  public Task task(String name) {
    return switch (name) {
      case "call.scalar" -> scalar(plugin());
      case "call.string-1k" -> text(plugin());
      case "call.bytes-1m" -> bytes(plugin());
      case "instantiate.calls" -> instantiate();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static int add(Plugin plugin, int one, int two) {
    byte[] input =
        ByteBuffer.allocate(2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(one)
            .putInt(two)
            .array();
    return ByteBuffer.wrap(plugin.call("add", input)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static Task scalar(Plugin plugin) {
    Work.check(42, add(plugin, 20, 22));
    return previous -> add(plugin, (int) previous, Work.next(previous));
  }

  private static String echo(Plugin plugin, String text) {
    return new String(
        plugin.call("echo", text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static Task text(Plugin plugin) {
    String text = Work.kilobyte();
    Work.check(text, echo(plugin, text));
    return previous -> previous + echo(plugin, text).length();
  }

  private static Task bytes(Plugin plugin) {
    byte[] bytes = Work.megabyte();
    Work.check(bytes, plugin.call("echo", bytes));
    return previous -> previous + plugin.call("echo", bytes).length;
  }

  private static Task instantiate() {
    byte[] module = ModuleFile.named(MODULE).bytes();
    return previous -> {
      Work.check(42, add(plugin(module), 20, 22));
      return previous + 1;
    };
  }

  @Override
  public Task caller() {
    throw new UnsupportedOperationException("the convention of json is not Extism's");
  }

  @Override
  public AutoCloseable instance(String module) {
    Plugin plugin = plugin();
    Work.check(42, add(plugin, 20, 22));
    return () -> Work.check(3, add(plugin, 1, 2));
  }

  @Override
  public void firstCall(String module) {
    Work.check(42, add(plugin(), 20, 22));
  }
}
