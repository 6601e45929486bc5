package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.Opcode;
import java.util.ArrayList;
import java.util.List;

/**
 * What takes the place of a region: calls the piece, takes back what it changed and goes on where
 * it says. Values that a branch carries pass through locals of the function.
 */
final class StubBuilder {

  private final Region region;
  private final CarryLocals carried;
  private final List<Integer> carriedLocals;
  private final List<Instruction> out = new ArrayList<>();

  private StubBuilder(Region region, CarryLocals carried, List<Integer> carriedLocals) {
    this.region = region;
    this.carried = carried;
    this.carriedLocals = carriedLocals;
  }

  static List<Instruction> build(
      Region region, int piece, CarryLocals carried, List<Integer> carriedLocals) {
    StubBuilder stub = new StubBuilder(region, carried, carriedLocals);
    stub.write(piece);
    return stub.out;
  }

  private void write(int piece) {
    List<Exit> exits = this.region.exits();
    if (!this.region.isCoded()) {
      call(piece);
      if (!exits.isEmpty()) {
        leave(exits.get(0), 0);
      } else if (!this.region.falls()) {
        this.out.add(Instruction.simple(Opcode.UNREACHABLE));
      }
      return;
    }
    boolean plain = exits.stream().allMatch(exit -> exit.values().isEmpty());
    if (plain && exits.size() == 1) {
      call(piece);
      branch(Opcode.BR_IF, exits.get(0).label());
    } else if (plain && exits.size() == 2 && !this.region.falls()) {
      call(piece);
      branch(Opcode.BR_IF, exits.get(1).label());
      branch(Opcode.BR, exits.get(0).label());
    } else {
      choose(piece, exits);
    }
  }

  /**
   * A block for coming to the end, and one for each exit with values, which are fetched behind it.
   */
  private void choose(int piece, List<Exit> exits) {
    List<Exit> valued = exits.stream().filter(exit -> !exit.values().isEmpty()).toList();
    int wrappers = valued.size() + (this.region.falls() ? 1 : 0);
    for (int i = 0; i < wrappers; i++) {
      this.out.add(Instruction.block(Signature.NOTHING));
    }
    call(piece);
    List<Integer> labels = new ArrayList<>();
    if (this.region.falls()) {
      labels.add(wrappers - 1);
    }
    for (Exit exit : exits) {
      labels.add(exit.values().isEmpty() ? exit.label() + wrappers : valued.indexOf(exit));
    }
    this.out.add(Instruction.branch(Opcode.BR_TABLE, List.copyOf(labels)));
    for (int i = 0; i < valued.size(); i++) {
      this.out.add(Instruction.END);
      leave(valued.get(i), wrappers - 1 - i);
    }
    if (this.region.falls()) {
      this.out.add(Instruction.END);
    }
  }

  /** Leaves the code, if there is one, on the stack. */
  private void call(int piece) {
    this.region.inputs().stream()
        .forEach(local -> this.out.add(Instruction.with(Opcode.LOCAL_GET, local)));
    this.out.add(Instruction.with(Opcode.CALL, piece));
    for (int i = this.carried.types().size() - 1; i >= 0; i--) {
      this.out.add(Instruction.with(Opcode.LOCAL_SET, this.carriedLocals.get(i)));
    }
    int[] outputs = this.region.outputs().stream().toArray();
    for (int i = outputs.length - 1; i >= 0; i--) {
      this.out.add(Instruction.with(Opcode.LOCAL_SET, outputs[i]));
    }
  }

  private void leave(Exit exit, int wrappers) {
    for (int position : this.carried.positions(exit)) {
      this.out.add(Instruction.with(Opcode.LOCAL_GET, this.carriedLocals.get(position)));
    }
    if (exit.target() == FunctionShape.FUNCTION) {
      this.out.add(Instruction.simple(Opcode.RETURN));
    } else {
      branch(Opcode.BR, exit.label() + wrappers);
    }
  }

  private void branch(int opcode, int label) {
    this.out.add(Instruction.branch(opcode, List.of(label)));
  }
}
