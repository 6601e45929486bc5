package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.split.BigFunction;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Interpreters, whose great loop is one function: HotSpot has to compile what is left of it, and
 * what they answer is what the same program answers in Java.
 */
class BigInterpreterTest {

  private static final int PROGRAM = 256;
  private static final int READ = 1024;
  private static final int WRITTEN = 2048;
  private static final int MASK = 1023;
  private static final int ROUNDS = 3;

  /** What an instruction of the interpreter consists of. */
  private record Step(int kind, long number) {}

  @ParameterizedTest
  @CsvSource({
    "60, 12, 1",
    "120, 8, 2",
    "220, 6, 3",
    "220, 16, 4",
    "256, 3, 5",
    "256, 30, 6",
    "300, 5, 7"
  })
  void whatIsLeftIsSmallEnoughAndRight(int cases, int steps, long seed) {
    Random random = new Random(seed);
    List<List<Step>> instructions = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      instructions.add(instruction(random, 1 + random.nextInt(2 * steps)));
    }
    WasmCode code =
        Guests.open(
            new ModuleMaker()
                .type("60 02 7f 7f 01 7e")
                .function(0, HexFormat.ofDelimiter(" ").formatHex(body(instructions)))
                .memory("00 01")
                .export("run", 0, 0)
                .export("memory", 2, 0)
                .bytes());

    for (int i = 0; i < 20; i++) {
      byte[] program = new byte[PROGRAM];
      random.nextBytes(program);
      try (WasmInstance instance = Guests.start(code)) {
        instance.memory().write(0, program);
        assertThat(Guests.call(instance, 0, PROGRAM))
            .containsExactly(inJava(instructions, program));
      }
    }
    assertThat(code.bigFunctions())
        .as("%s", code.bigFunctions())
        .hasSize(1)
        .noneMatch(BigFunction::isTooBig)
        .allMatch(big -> big.pieces() > 1);
  }

  private static List<Step> instruction(Random random, int steps) {
    List<Step> made = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      made.add(new Step(random.nextInt(7), random.nextLong()));
    }
    return made;
  }

  private static long inJava(List<List<Step>> instructions, byte[] program) {
    byte[] memory = new byte[WRITTEN + MASK + 1];
    System.arraycopy(program, 0, memory, 0, PROGRAM);
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int at = 0; at < PROGRAM; at++) {
      int number = memory[at] & 0xff;
      if (number >= instructions.size()) {
        continue;
      }
      for (Step step : instructions.get(number)) {
        switch (step.kind()) {
          case 0 -> a = a * step.number() + b;
          case 1 -> b ^= Long.rotateLeft(a, (int) (step.number() & 63));
          case 2 -> c += memory[READ + ((int) a & MASK)] & 0xff;
          case 3 -> memory[WRITTEN + ((int) b & MASK)] = (byte) c;
          case 4 -> {
            if ((c & 1) != 0) {
              d += a;
            } else {
              d ^= c + step.number();
            }
          }
          case 5 -> {
            for (int i = ROUNDS; i > 0; i--) {
              d = d * 31 + step.number();
            }
          }
          default -> {
            if ((d & 0xfff) == (step.number() & 0xfff)) {
              return a + c;
            }
          }
        }
      }
    }
    return a ^ b ^ c ^ d;
  }

  /** Locals: place and end of the program, a counter, and four numbers. */
  private static byte[] body(List<List<Step>> instructions) {
    ByteWriter out = new ByteWriter();
    write(out, 2, 1, 0x7f, 4, 0x7e);
    write(out, 0x03, 0x40);
    write(out, 0x20, 0, 0x20, 1, 0x4f, 0x04, 0x40);
    write(out, 0x20, 3, 0x20, 4, 0x85, 0x20, 5, 0x85, 0x20, 6, 0x85, 0x0f, 0x0b);
    int cases = instructions.size();
    for (int i = 0; i <= cases; i++) {
      write(out, 0x02, 0x40);
    }
    write(out, 0x20, 0, 0x2d, 0, 0, 0x20, 0, 0x41, 1, 0x6a, 0x21, 0, 0x0e);
    out.unsigned(cases);
    for (int i = 0; i <= cases; i++) {
      out.unsigned(i);
    }
    for (int i = 0; i <= cases; i++) {
      write(out, 0x0b);
      if (i < cases) {
        instructions.get(i).forEach(step -> write(out, step));
      }
      write(out, 0x0c);
      out.unsigned(cases - i);
    }
    write(out, 0x0b, 0x00, 0x0b);
    return out.toBytes();
  }

  private static void write(ByteWriter out, Step step) {
    switch (step.kind()) {
      case 0 -> {
        write(out, 0x20, 3, 0x42);
        out.signed(step.number());
        write(out, 0x7e, 0x20, 4, 0x7c, 0x21, 3);
      }
      case 1 -> {
        write(out, 0x20, 4, 0x20, 3, 0x42);
        out.signed(step.number() & 63);
        write(out, 0x89, 0x85, 0x21, 4);
      }
      case 2 -> {
        write(out, 0x20, 5, 0x20, 3, 0xa7, 0x41, 0xff, 0x07, 0x71, 0x31, 0);
        out.unsigned(READ);
        write(out, 0x7c, 0x21, 5);
      }
      case 3 -> {
        write(out, 0x20, 4, 0xa7, 0x41, 0xff, 0x07, 0x71, 0x20, 5, 0x3c, 0);
        out.unsigned(WRITTEN);
      }
      case 4 -> {
        write(out, 0x20, 5, 0x42, 1, 0x83, 0xa7, 0x04, 0x40);
        write(out, 0x20, 6, 0x20, 3, 0x7c, 0x21, 6, 0x05);
        write(out, 0x20, 6, 0x20, 5, 0x42);
        out.signed(step.number());
        write(out, 0x7c, 0x85, 0x21, 6, 0x0b);
      }
      case 5 -> {
        write(out, 0x41, ROUNDS, 0x21, 2, 0x03, 0x40);
        write(out, 0x20, 6, 0x42, 31, 0x7e, 0x42);
        out.signed(step.number());
        write(out, 0x7c, 0x21, 6, 0x20, 2, 0x41, 1, 0x6b, 0x22, 2, 0x0d, 0, 0x0b);
      }
      default -> {
        write(out, 0x20, 6, 0x42, 0xff, 0x1f, 0x83, 0x42);
        out.signed(step.number() & 0xfff);
        write(out, 0x51, 0x04, 0x40, 0x20, 3, 0x20, 5, 0x7c, 0x0f, 0x0b);
      }
    }
  }

  private static void write(ByteWriter out, int... bytes) {
    for (int each : bytes) {
      out.octet(each);
    }
  }
}
