package io.github.wasmspring.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random modules answer the same before and after splitting, interpreted and compiled. Each is
 * compared with its like, as Chicory's interpreter and compiler do not always agree. {@code
 * -Dsplit.fuzz.modules=100000 -Dsplit.fuzz.seed=1} makes a long run of it.
 */
class SplitDifferentialTest {

  private static final int MODULES = Integer.getInteger("split.fuzz.modules", 120);
  private static final long SEED = Long.getLong("split.fuzz.seed", 20261121L);
  private static final int CALLS = 3;

  /** From small regions everywhere to few large ones. */
  static final List<SplitLimits> LIMITS =
      List.of(
          new SplitLimits(200, 60, 12, 60, 40),
          new SplitLimits(200, 100, 20, 150, 12),
          new SplitLimits(300, 200, 40, 400, 40),
          new SplitLimits(600, 400, 60, 2000, 60),
          new SplitLimits(2000, 1000, 150, 6500, 40));

  @Test
  void randomModulesAnswerTheSameWhenTheyAreSplit() {
    int pieces = 0;
    for (int i = 0; i < MODULES; i++) {
      pieces += check(SEED + i);
    }
    assertThat(pieces).isGreaterThan(5 * MODULES);
  }

  private static int check(long seed) {
    Random dice = new Random(seed);
    RandomModule random = new RandomModule(seed, 40 + dice.nextInt(300));
    byte[] whole = random.bytes();
    SplitModule split = Splits.of(whole, LIMITS.get(dice.nextInt(LIMITS.size())));
    WasmModule original = Parser.parse(whole);
    WasmModule changed = Parser.parse(split.bytes());
    Function<Instance, Machine> compiledOriginal = compile(original);
    Function<Instance, Machine> compiled = compiledOriginal != null ? compile(changed) : null;
    if (compiledOriginal != null) {
      assertThat(compiled).as("compiled module %d", seed).isNotNull();
    }
    for (int call = 0; call < CALLS; call++) {
      long[] arguments = arguments(random, dice, call);
      String where = " module %d called with %s".formatted(seed, Arrays.toString(arguments));
      assertThat(run(changed, InterpreterMachine::new, random, arguments))
          .as("interpreted" + where)
          .isEqualTo(run(original, InterpreterMachine::new, random, arguments));
      if (compiledOriginal != null && compiled != null) {
        assertThat(run(changed, compiled, random, arguments))
            .as("compiled" + where)
            .isEqualTo(run(original, compiledOriginal, random, arguments));
      }
    }
    return split.functions().stream().mapToInt(BigFunction::pieces).sum();
  }

  /**
   * {@code null} for one of the rare modules that make Chicory's compiler stumble, split or not.
   */
  private static @Nullable Function<Instance, Machine> compile(WasmModule module) {
    try {
      Function<Instance, Machine> compiled = MachineFactoryCompiler.compile(module);
      compiled
          .apply(instantiate(module, compiled, new ArrayList<>()))
          .call(RandomModule.STIR, new long[0]);
      return compiled;
    } catch (NullPointerException
        | IndexOutOfBoundsException
        | ChicoryException
        | VerifyError stumbled) {
      return null;
    }
  }

  private static long[] arguments(RandomModule random, Random dice, int call) {
    return random.parameters().stream()
        .mapToLong(
            type ->
                switch (type) {
                  case I32 -> call == 0 ? 0 : dice.nextInt() >> dice.nextInt(30);
                  case F32 -> Float.floatToIntBits(dice.nextInt(1000) / 8f);
                  case F64 -> Double.doubleToLongBits(dice.nextInt(1000) / 8d);
                  default -> dice.nextLong() >> dice.nextInt(60);
                })
        .toArray();
  }

  /** Everything that can be seen of a call: results or trap, calls of the host, memory, global. */
  private static String run(
      WasmModule module,
      Function<Instance, Machine> machine,
      RandomModule random,
      long[] arguments) {
    List<Integer> notes = new ArrayList<>();
    Instance instance = instantiate(module, machine, notes);
    String answer;
    try {
      answer = shown(instance.export("main").apply(arguments), random.results());
    } catch (ChicoryException | ArithmeticException | IndexOutOfBoundsException trap) {
      // What follows a colon differs between Chicory's interpreter and its compiler.
      answer = "trap: " + String.valueOf(trap.getMessage()).split(":", 2)[0];
    }
    byte[] memory = instance.memory().readBytes(0, 65536);
    return "%s, host %s, memory %d, state %d"
        .formatted(
            answer, notes, Arrays.hashCode(memory), instance.exports().global("state").getValue());
  }

  private static Instance instantiate(
      WasmModule module, Function<Instance, Machine> machine, List<Integer> notes) {
    HostFunction note =
        new HostFunction(
            "env",
            "note",
            FunctionType.of(List.of(ValType.I32), List.of()),
            (instance, values) -> {
              notes.add((int) values[0]);
              return new long[0];
            });
    return Instance.builder(module)
        .withMachineFactory(machine)
        .withImportValues(ImportValues.builder().addFunction(note).build())
        .build();
  }

  private static String shown(long[] results, List<LocalType> types) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < types.size(); i++) {
      shown.append(
          switch (types.get(i)) {
            case I32 -> Integer.toString((int) results[i]);
            case F32 -> Float.toString(Float.intBitsToFloat((int) results[i]));
            case F64 -> Double.toString(Double.longBitsToDouble(results[i]));
            default -> Long.toString(results[i]);
          });
      shown.append(' ');
    }
    return shown.toString();
  }
}
