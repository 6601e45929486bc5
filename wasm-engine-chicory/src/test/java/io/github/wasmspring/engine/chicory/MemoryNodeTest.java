package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.wasmspring.engine.chicory.MemoryModule.Function;
import io.github.wasmspring.testing.NodeScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every instruction that accesses memory, at every edge and with offsets that overflow, does what
 * it does in Node, and so do bulk operations and growing, on each of our memories.
 */
class MemoryNodeTest {

  private static final int I64 = 0x7e;
  private static final int BULK_CALLS = 3000;

  private record Call(String function, long... arguments) {}

  private static final MemoryModule MODULE = new MemoryModule();
  private static List<Call> calls = List.of();
  private static List<String> nodeAnswers = List.of();

  @BeforeAll
  static void askNode(@TempDir Path directory) throws IOException, InterruptedException {
    NodeScript.assumeNode();
    calls = calls();
    Files.write(directory.resolve("module.wasm"), MODULE.bytes());
    Files.writeString(
        directory.resolve("calls.json"),
        calls.stream().map(MemoryNodeTest::json).collect(Collectors.joining(",", "[", "]")));
    String output = NodeScript.run("/memory/run.mjs", directory);
    nodeAnswers = output.lines().toList();
  }

  @ParameterizedTest
  @EnumSource
  void everyAccessDoesWhatItDoesInNode(MemoryCode code) {
    List<String> answers = run(code);

    assertThat(answers).hasSameSizeAs(nodeAnswers);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i)).as("%d: %s", i, json(calls.get(i))).isEqualTo(nodeAnswers.get(i));
    }
  }

  @Test
  void theCasesAreInsideAndOutsideOfTheMemory() {
    long traps = nodeAnswers.stream().filter("trap"::equals).count();

    assertThat(traps).isBetween(nodeAnswers.size() / 10L, nodeAnswers.size() * 9L / 10);
    assertThat(nodeAnswers).hasSizeGreaterThan(15_000);
  }

  private static List<String> run(MemoryCode code) {
    WasmModule module = Parser.parse(MODULE.bytes());
    Instance instance =
        Instance.builder(module)
            .withMachineFactory(code.machines(module))
            .withMemoryFactory(code::newMemory)
            .withUnsafeExecutionListener(new InterpreterGuard())
            .build();
    List<String> answers = new ArrayList<>();
    for (Call call : calls) {
      answers.add(call.function().equals("digest") ? digest(instance) : answer(instance, call));
    }
    return answers;
  }

  private static String digest(Instance instance) {
    int hash = 0;
    int size = instance.memory().pages() * 65536;
    for (byte each : instance.memory().readBytes(0, size)) {
      hash = 31 * hash + (each & 0xff);
    }
    return Integer.toString(hash);
  }

  private static String answer(Instance instance, Call call) {
    try {
      long[] results = instance.export(call.function()).apply(call.arguments());
      if (results == null || results.length == 0) {
        return "done";
      }
      boolean wide = result(call.function()) == I64;
      return wide ? Long.toString(results[0]) : Integer.toString((int) results[0]);
    } catch (ChicoryException trap) {
      return "trap";
    }
  }

  private static int result(String name) {
    return MODULE.functions().stream()
        .filter(function -> function.name().equals(name))
        .mapToInt(Function::result)
        .findFirst()
        .orElseThrow();
  }

  private static List<Call> calls() {
    Random dice = new Random(11);
    List<Call> calls = new ArrayList<>();
    bulk(calls, dice, 1);
    accesses(calls, dice, 1);
    for (long delta : new long[] {0, -1, 0x80000000L, 65536, 4}) {
      calls.add(new Call("grow", delta));
    }
    calls.add(new Call("grow", 1));
    accesses(calls, dice, 2);
    bulk(calls, dice, 2);
    calls.add(new Call("drop"));
    bulk(calls, dice, 2);
    calls.add(new Call("grow", 2));
    calls.add(new Call("grow", 1));
    calls.add(new Call("size"));
    bulk(calls, dice, 4);
    return calls;
  }

  private static void accesses(List<Call> calls, Random dice, int pages) {
    for (Function function : MODULE.functions()) {
      if (function.width() > 0) {
        for (long address : addresses(function, pages * 65536L)) {
          calls.add(new Call(function.name(), arguments(function, address, dice)));
        }
        calls.add(new Call("digest"));
      }
    }
  }

  private static long[] arguments(Function function, long address, Random dice) {
    long[] arguments = new long[function.parameters().size()];
    arguments[0] = (int) address;
    for (int i = 1; i < arguments.length; i++) {
      long value = dice.nextInt(4) == 0 ? 0 : dice.nextLong();
      arguments[i] = function.parameters().get(i) == I64 ? value : (int) value;
    }
    return arguments;
  }

  /** Around the end of the memory, also where the offset leads there, and where signs change. */
  private static Iterable<Long> addresses(Function function, long size) {
    long offset = Long.parseLong(function.name().substring(function.name().indexOf('+') + 1));
    TreeSet<Long> addresses = new TreeSet<>();
    for (long edge : new long[] {0, size - offset, 0x80000000L, 0x100000000L - offset}) {
      for (int width : new int[] {-2 * function.width(), -function.width(), 0}) {
        for (int step = -1; step <= 1; step++) {
          addresses.add(edge + width + step & 0xffffffffL);
        }
      }
    }
    addresses.add(1000L);
    return addresses;
  }

  private static void bulk(List<Call> calls, Random dice, int pages) {
    long size = pages * 65536L;
    for (int i = 0; i < BULK_CALLS; i++) {
      switch (dice.nextInt(3)) {
        case 0 -> {
          long start = near(dice, MemoryModule.DATA_LENGTH);
          calls.add(call("init", near(dice, size), start, near(dice, 500)));
        }
        case 1 -> calls.add(call("copy", near(dice, size), near(dice, size), length(dice, size)));
        default ->
            calls.add(call("fill", near(dice, size), dice.nextInt(1000), length(dice, size)));
      }
      if (i % 20 == 0) {
        calls.add(new Call("digest"));
      }
    }
  }

  private static Call call(String function, long... arguments) {
    long[] narrow = new long[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      narrow[i] = (int) arguments[i];
    }
    return new Call(function, narrow);
  }

  private static long length(Random dice, long size) {
    return dice.nextInt(3) == 0 ? near(dice, size) : dice.nextInt(300);
  }

  private static long near(Random dice, long limit) {
    return switch (dice.nextInt(8)) {
      case 0 -> 0;
      case 1 -> limit;
      case 2 -> limit + dice.nextInt(5) - 2;
      case 3 -> dice.nextInt(10) == 0 ? dice.nextInt() & 0xffffffffL : dice.nextInt(4);
      default -> (long) (dice.nextDouble() * limit);
    };
  }

  private static String json(Call call) {
    List<Integer> types =
        call.function().equals("digest")
            ? List.of()
            : MODULE.functions().stream()
                .filter(function -> function.name().equals(call.function()))
                .findFirst()
                .orElseThrow()
                .parameters();
    StringBuilder json = new StringBuilder("[\"" + call.function() + "\"");
    for (int i = 0; i < types.size(); i++) {
      json.append(",\"%d%s\"".formatted(call.arguments()[i], types.get(i) == I64 ? "n" : ""));
    }
    return json.append("]").toString();
  }
}
