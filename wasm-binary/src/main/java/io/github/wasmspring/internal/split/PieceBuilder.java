package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Makes a function of a region. Each exit becomes a block around the region, so that branches stay
 * what they are; behind it stands what notes down which exit it was.
 *
 * <pre>
 * block                  ;; done
 *   block                ;; exit 2
 *     block              ;; exit 1
 *       region
 *       br done
 *     end
 *     code = 1, br done
 *   end
 *   code = 2
 * end
 * code, outputs, carried values
 * </pre>
 */
final class PieceBuilder {

  private final FunctionShape shape;
  private final Region region;
  private final CarryLocals carried;
  private final List<LocalType> locals = new ArrayList<>();
  private final List<Instruction> out = new ArrayList<>();
  private final int[] renamed;
  private int codeLocal;
  private int firstCarried;

  private PieceBuilder(FunctionShape shape, Region region, CarryLocals carried) {
    this.shape = shape;
    this.region = region;
    this.carried = carried;
    this.renamed = new int[shape.function().locals().size()];
  }

  static FunctionCode build(FunctionShape shape, Region region, CarryLocals carried) {
    PieceBuilder builder = new PieceBuilder(shape, region, carried);
    builder.nameLocals();
    builder.write();
    return new FunctionCode(signature(shape, region, carried), builder.locals, builder.out);
  }

  private static Signature signature(FunctionShape shape, Region region, CarryLocals carried) {
    List<LocalType> results = new ArrayList<>();
    if (region.isCoded()) {
      results.add(LocalType.I32);
    }
    results.addAll(types(shape, region.outputs()));
    results.addAll(carried.types());
    return new Signature(types(shape, region.inputs()), List.copyOf(results));
  }

  private static List<LocalType> types(FunctionShape shape, BitSet locals) {
    return locals.stream().mapToObj(shape.function().locals()::get).toList();
  }

  private void nameLocals() {
    Arrays.fill(this.renamed, -1);
    this.region.inputs().stream().forEach(this::name);
    for (int i = this.region.start(); i < this.region.end(); i++) {
      Instruction instruction = this.shape.at(i);
      if (instruction.isLocal()) {
        name(instruction.local());
      }
    }
    this.firstCarried = this.locals.size();
    this.locals.addAll(this.carried.types());
    this.codeLocal = this.locals.size();
    if (this.region.isCoded()) {
      this.locals.add(LocalType.I32);
    }
  }

  private void name(int local) {
    if (this.renamed[local] < 0) {
      this.renamed[local] = this.locals.size();
      this.locals.add(this.shape.function().locals().get(local));
    }
  }

  private void write() {
    List<Exit> exits = this.region.exits();
    if (this.region.isCoded()) {
      this.out.add(Instruction.block(Signature.NOTHING));
    }
    for (int i = exits.size() - 1; i >= 0; i--) {
      this.out.add(Instruction.block(new Signature(List.of(), exits.get(i).values())));
    }
    writeRegion();
    if (this.region.isCoded() && this.region.falls()) {
      branchToDone(exits.size());
    }
    for (int i = 0; i < exits.size(); i++) {
      this.out.add(Instruction.END);
      writeExit(i, exits);
    }
    if (this.region.isCoded()) {
      this.out.add(Instruction.END);
      this.out.add(Instruction.with(Opcode.LOCAL_GET, this.codeLocal));
    }
    this.region.outputs().stream()
        .forEach(local -> this.out.add(Instruction.with(Opcode.LOCAL_GET, this.renamed[local])));
    for (int i = 0; i < this.carried.types().size(); i++) {
      this.out.add(Instruction.with(Opcode.LOCAL_GET, this.firstCarried + i));
    }
    this.out.add(Instruction.END);
  }

  private void writeExit(int index, List<Exit> exits) {
    List<Integer> positions = this.carried.positions(exits.get(index));
    for (int k = positions.size() - 1; k >= 0; k--) {
      this.out.add(Instruction.with(Opcode.LOCAL_SET, this.firstCarried + positions.get(k)));
    }
    if (!this.region.isCoded()) {
      return;
    }
    if (this.region.code(index) != 0) {
      this.out.add(Instruction.with(Opcode.I32_CONST, this.region.code(index)));
      this.out.add(Instruction.with(Opcode.LOCAL_SET, this.codeLocal));
    }
    if (index < exits.size() - 1) {
      branchToDone(exits.size() - 1 - index);
    }
  }

  private void branchToDone(int label) {
    this.out.add(Instruction.branch(Opcode.BR, List.of(label)));
  }

  private void writeRegion() {
    for (int i = this.region.start(); i < this.region.end(); i++) {
      Instruction instruction = this.shape.at(i);
      int inside = this.shape.depth(i) - this.shape.depth(this.region.start());
      if (instruction.isLocal()) {
        this.out.add(instruction.withLocal(this.renamed[instruction.local()]));
      } else if (instruction.opcode() == Opcode.RETURN) {
        int label = inside + exitAt(this.shape.depth(i) - inside);
        this.out.add(Instruction.branch(Opcode.BR, List.of(label)));
      } else if (!instruction.labels().isEmpty()) {
        List<Integer> labels = new ArrayList<>();
        for (int label : instruction.labels()) {
          labels.add(label < inside ? label : inside + exitAt(label - inside));
        }
        this.out.add(instruction.withLabels(List.copyOf(labels)));
      } else {
        this.out.add(instruction);
      }
    }
  }

  private int exitAt(int label) {
    List<Exit> exits = this.region.exits();
    for (int i = 0; i < exits.size(); i++) {
      if (exits.get(i).label() == label) {
        return i;
      }
    }
    throw new IllegalStateException("A branch leaves by no exit");
  }
}
