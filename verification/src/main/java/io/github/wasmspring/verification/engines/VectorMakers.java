package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.with;
import static io.github.wasmspring.verification.engines.GuestType.F32;
import static io.github.wasmspring.verification.engines.GuestType.F64;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;
import static io.github.wasmspring.verification.engines.GuestType.V128;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Instructions on vectors. Where a lane may be a NaN whose bits may differ, the one that stands for
 * all others takes its place.
 */
final class VectorMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          with(WasmFeature.SIMD, 60, VectorMakers::whole),
          with(WasmFeature.SIMD, 12, VectorMakers::ofLanes),
          with(WasmFeature.SIMD, 25, VectorMakers::number));

  private static final int PREFIX = 0xfd;
  private static final int SHUFFLE = 0x0d;
  private static final int BITSELECT = 0x52;
  private static final int EQUAL_F32 = 0x41;
  private static final int EQUAL_F64 = 0x47;

  private static final List<Integer> UNARY =
      numbers(
          0x4d, 0x4d, 0x60, 0x62, 0x7c, 0x81, 0x87, 0x8a, 0xa0, 0xa1, 0xa7, 0xaa, 0xc0, 0xc1, 0xc7,
          0xca, 0xe0, 0xe1, 0xec, 0xed, 0xf8, 0xff);
  private static final List<Integer> BINARY =
      numbers(
          0x0e, 0x0e, 0x23, 0x4c, 0x4e, 0x51, 0x65, 0x66, 0x6e, 0x73, 0x76, 0x79, 0x7b, 0x7b, 0x82,
          0x82, 0x85, 0x86, 0x8e, 0x93, 0x95, 0x99, 0x9b, 0x9f, 0xae, 0xae, 0xb1, 0xb1, 0xb5, 0xba,
          0xbc, 0xbf, 0xce, 0xce, 0xd1, 0xd1, 0xd5, 0xdf, 0xea, 0xeb, 0xf6, 0xf7);
  private static final List<Integer> SHIFTS =
      numbers(0x6b, 0x6d, 0x8b, 0x8d, 0xab, 0xad, 0xcb, 0xcd);
  private static final List<Integer> UNARY_F32 = numbers(0x67, 0x6a, 0xe3, 0xe3, 0x5e, 0x5e);
  private static final List<Integer> UNARY_F64 =
      numbers(0x74, 0x75, 0x7a, 0x7a, 0x94, 0x94, 0xef, 0xef, 0x5f, 0x5f);
  private static final List<Integer> BINARY_F32 = numbers(0xe4, 0xe9);
  private static final List<Integer> BINARY_F64 = numbers(0xf0, 0xf5);
  private static final List<Integer> TESTS =
      numbers(0x53, 0x53, 0x63, 0x64, 0x83, 0x84, 0xa3, 0xa4, 0xc3, 0xc4);

  /** By shape: what a lane is, how many there are, and what takes one out and puts one in. */
  private record Shape(GuestType lane, int lanes, int splat, List<Integer> extract, int replace) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(I32, 16, 0x0f, List.of(0x15, 0x16), 0x17),
          new Shape(I32, 8, 0x10, List.of(0x18, 0x19), 0x1a),
          new Shape(I32, 4, 0x11, List.of(0x1b), 0x1c),
          new Shape(I64, 2, 0x12, List.of(0x1d), 0x1e),
          new Shape(F32, 4, 0x13, List.of(0x1f), 0x20),
          new Shape(F64, 2, 0x14, List.of(0x21), 0x22));

  private VectorMakers() {}

  /** All from the first of each pair to the second. */
  private static List<Integer> numbers(int... ranges) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < ranges.length; i += 2) {
      IntStream.rangeClosed(ranges[i], ranges[i + 1]).forEach(numbers::add);
    }
    return numbers;
  }

  static void write(ByteWriter out, int number) {
    out.octet(PREFIX).unsigned(number);
  }

  private static @Nullable InstructionTree whole(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.equals(List.of(V128))) {
      return null;
    }
    Dice dice = body.dice();
    return switch (dice.below(12)) {
      case 0, 1, 2 -> of(body, dice.pick(UNARY), List.of(V128), depth);
      case 3, 4, 5, 6 -> of(body, dice.pick(BINARY), List.of(V128, V128), depth);
      case 7 -> of(body, dice.pick(SHIFTS), List.of(V128, I32), depth);
      case 8 -> of(body, BITSELECT, List.of(V128, V128, V128), depth);
      case 9 -> exact(body, of(body, dice.pick(UNARY_F32), List.of(V128), depth), F32);
      case 10 ->
          dice.oneIn(3)
              ? exact(body, of(body, dice.pick(UNARY_F64), List.of(V128), depth), F64)
              : exact(body, of(body, dice.pick(BINARY_F64), List.of(V128, V128), depth), F64);
      default -> exact(body, of(body, dice.pick(BINARY_F32), List.of(V128, V128), depth), F32);
    };
  }

  private static InstructionTree of(BodyMaker body, int number, List<GuestType> takes, int depth) {
    return InstructionTree.of(
        List.of(V128), body.values(takes, depth), (out, labels) -> write(out, number));
  }

  /** The vector, with the NaN that stands for all others wherever a lane is one. */
  private static InstructionTree exact(BodyMaker body, InstructionTree vector, GuestType lane) {
    int scratch = body.locals().scratchVector();
    long nan = lane == F32 ? Constants.nan(F32) * 0x1_0000_0001L : Constants.nan(F64);
    return InstructionTree.of(
            List.of(V128),
            List.of(vector),
            (out, labels) -> {
              out.octet(0x22).unsigned(scratch);
              out.octet(0x42).signed(nan);
              write(out, 0x12);
              out.octet(0x20).unsigned(scratch).octet(0x20).unsigned(scratch);
              write(out, lane == F32 ? EQUAL_F32 : EQUAL_F64);
              write(out, BITSELECT);
            })
        .fixed();
  }

  private static @Nullable InstructionTree ofLanes(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.equals(List.of(V128))) {
      return null;
    }
    Dice dice = body.dice();
    if (dice.oneIn(3)) {
      return shuffle(body, depth);
    }
    Shape shape = dice.pick(SHAPES);
    GuestType type = shape.lane();
    InstructionTree lane =
        type.isFloat() ? ExactFloats.make(body, type, depth) : body.value(type, depth);
    if (dice.oneIn(2)) {
      return InstructionTree.of(results, List.of(lane), (out, labels) -> write(out, shape.splat()));
    }
    int index = dice.below(shape.lanes());
    return InstructionTree.of(
        results,
        List.of(body.value(V128, depth), lane),
        (out, labels) -> {
          write(out, shape.replace());
          out.octet(index);
        });
  }

  /** Of any lanes, or of pieces of neighbours as compilers make them. */
  private static InstructionTree shuffle(BodyMaker body, int depth) {
    Dice dice = body.dice();
    int piece = 1 << dice.below(4);
    List<Integer> lanes = new ArrayList<>();
    while (lanes.size() < 16) {
      int first = dice.below(32 / piece) * piece;
      IntStream.range(first, first + piece).forEach(lanes::add);
    }
    return InstructionTree.of(
        List.of(V128),
        body.values(List.of(V128, V128), depth),
        (out, labels) -> {
          write(out, SHUFFLE);
          lanes.forEach(out::octet);
        });
  }

  /** What is taken out of a vector, or told of it. */
  private static @Nullable InstructionTree number(
      BodyMaker body, List<GuestType> results, int depth) {
    if (results.size() != 1 || !results.get(0).isNumber()) {
      return null;
    }
    Dice dice = body.dice();
    if (results.get(0) == I32 && dice.oneIn(2)) {
      int test = dice.pick(TESTS);
      return InstructionTree.of(
          results, List.of(body.value(V128, depth)), (out, labels) -> write(out, test));
    }
    Shape shape = dice.pick(SHAPES.stream().filter(each -> each.lane() == results.get(0)).toList());
    int number = dice.pick(shape.extract());
    int index = dice.below(shape.lanes());
    return InstructionTree.of(
        results,
        List.of(body.value(V128, depth)),
        (out, labels) -> {
          write(out, number);
          out.octet(index);
        });
  }
}
