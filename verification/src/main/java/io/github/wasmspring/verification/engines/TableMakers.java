package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.with;
import static io.github.wasmspring.verification.engines.GuestType.I32;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Instructions on tables and references. */
final class TableMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          with(WasmFeature.REFERENCE_TYPES, 4, TableMakers::get),
          with(WasmFeature.REFERENCE_TYPES, 1, TableMakers::isNull),
          with(WasmFeature.REFERENCE_TYPES, 1, TableMakers::number),
          with(WasmFeature.REFERENCE_TYPES, 2, TableMakers::set),
          with(WasmFeature.REFERENCE_TYPES, 2, TableMakers::bulk));

  private static final int PREFIX = 0xfc;

  private TableMakers() {}

  private static int anyTable(BodyMaker body) {
    return body.dice().below(body.module().tables().size());
  }

  private static GuestType type(BodyMaker body, int table) {
    return body.module().tables().get(table).type();
  }

  private static List<Integer> tablesOf(BodyMaker body, GuestType type) {
    return IntStream.range(0, body.module().tables().size())
        .filter(table -> type(body, table) == type)
        .boxed()
        .toList();
  }

  private static List<Integer> segmentsOf(BodyMaker body, GuestType type) {
    List<ModulePlan.Elements> segments = body.module().elements();
    return IntStream.range(0, segments.size())
        .filter(segment -> segments.get(segment).type() == type)
        .boxed()
        .toList();
  }

  private static InstructionTree index(BodyMaker body, int depth) {
    return body.isWild() ? body.value(I32, depth) : small(body, 5);
  }

  private static InstructionTree small(BodyMaker body, int limit) {
    return Constants.tree(I32, body.dice().below(limit));
  }

  private static @Nullable InstructionTree get(BodyMaker body, List<GuestType> results, int depth) {
    if (results.size() != 1) {
      return null;
    }
    List<Integer> tables = tablesOf(body, results.get(0));
    if (tables.isEmpty()) {
      return null;
    }
    int table = body.dice().pick(tables);
    return InstructionTree.of(
        results, List.of(index(body, depth)), (out, labels) -> out.octet(0x25).unsigned(table));
  }

  private static @Nullable InstructionTree isNull(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.equals(List.of(I32))) {
      return null;
    }
    GuestType type = body.dice().oneIn(3) ? GuestType.EXTERNREF : GuestType.FUNCREF;
    return InstructionTree.of(
        results, List.of(body.value(type, depth)), (out, labels) -> out.octet(0xd1));
  }

  private static @Nullable InstructionTree number(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.equals(List.of(I32))) {
      return null;
    }
    int table = anyTable(body);
    if (body.dice().oneIn(2)) {
      return prefixed(results, List.of(), 16, table);
    }
    InstructionTree count = body.isWild() ? body.value(I32, depth) : small(body, 3);
    return prefixed(results, List.of(body.value(type(body, table), depth), count), 15, table);
  }

  private static @Nullable InstructionTree set(BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty()) {
      return null;
    }
    int table = anyTable(body);
    return InstructionTree.of(
        results,
        List.of(index(body, depth), body.value(type(body, table), depth)),
        (out, labels) -> out.octet(0x26).unsigned(table));
  }

  private static @Nullable InstructionTree bulk(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty()) {
      return null;
    }
    int table = anyTable(body);
    GuestType type = type(body, table);
    List<InstructionTree> operands = new ArrayList<>(List.of(index(body, depth)));
    List<Integer> segments = segmentsOf(body, type);
    switch (body.dice().below(segments.isEmpty() ? 2 : 4)) {
      case 0 -> {
        if (!body.module().mayHave(ChicoryFault.FILLS_NOTHING_ANYWHERE)) {
          return null;
        }
        operands.add(body.value(type, depth));
        operands.add(index(body, depth));
        return prefixed(results, operands, 17, table);
      }
      case 1 -> {
        if (!body.module().mayHave(ChicoryFault.COPIES_BEFORE_TRAP)) {
          return null;
        }
        operands.add(index(body, depth));
        operands.add(index(body, depth));
        return prefixed(results, operands, 14, table, body.dice().pick(tablesOf(body, type)));
      }
      case 2 -> {
        if (!body.module().mayHave(ChicoryFault.FILLS_NOTHING_ANYWHERE)) {
          return null;
        }
        operands.add(small(body, 2));
        operands.add(index(body, depth));
        return prefixed(results, operands, 12, body.dice().pick(segments), table);
      }
      default -> {
        return body.dice().oneIn(4)
            ? prefixed(results, List.of(), 13, body.dice().pick(segments))
            : null;
      }
    }
  }

  private static InstructionTree prefixed(
      List<GuestType> results, List<InstructionTree> operands, int opcode, int... indices) {
    return InstructionTree.of(
        results,
        operands,
        (out, labels) -> {
          out.octet(PREFIX).unsigned(opcode);
          for (int index : indices) {
            out.unsigned(index);
          }
        });
  }
}
