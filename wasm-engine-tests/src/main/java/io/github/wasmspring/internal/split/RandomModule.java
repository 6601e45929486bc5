package io.github.wasmspring.internal.split;

import static io.github.wasmspring.internal.split.LocalType.F32;
import static io.github.wasmspring.internal.split.LocalType.F64;
import static io.github.wasmspring.internal.split.LocalType.FUNCREF;
import static io.github.wasmspring.internal.split.LocalType.I32;
import static io.github.wasmspring.internal.split.LocalType.I64;

import io.github.wasmspring.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A valid module made of dice: one big function {@code main} of nested blocks, loops and switches
 * that branch out of one another, with values and without, among everything that makes splitting go
 * wrong. All loops end, as they burn a global. Not-a-numbers never become bits, for their bits may
 * differ between engines.
 */
public final class RandomModule {

  /** Who calls {@code env.note} with what is a part of the answer. */
  private static final int NOTE = 0;

  private static final int PAIR = 1;

  /** Takes and gives nothing. */
  static final int STIR = 2;

  private static final int MAIN = 3;

  private static final int FUEL = 0;
  private static final int STATE = 1;

  private static final List<LocalType> NUMBERS = List.of(I32, I64, F32, F64);
  private static final List<LocalType> LOCALS = List.of(I32, I32, I32, I64, I64, F32, F64, FUNCREF);

  /**
   * @param aimed whether branches may go there; not to blocks with parameters, for Chicory's
   *     compiler counts wrongly there when there is more on the stack
   */
  private record Label(List<LocalType> types, boolean aimed) {}

  private final Random dice;
  private final List<Signature> types = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private final List<LocalType> parameters = new ArrayList<>();
  private final List<LocalType> results = new ArrayList<>();
  private final List<LocalType> locals = new ArrayList<>();
  private ByteWriter code = new ByteWriter();
  private int budget;

  /**
   * @param budget about how many statements {@code main} has
   */
  public RandomModule(long seed, int budget) {
    this.dice = new Random(seed);
    this.budget = budget;
    for (int i = this.dice.nextInt(5); i >= 0; i--) {
      this.parameters.add(pick(NUMBERS));
    }
    for (int i = this.dice.nextInt(4); i > 0; i--) {
      this.results.add(pick(NUMBERS));
    }
    this.locals.addAll(this.parameters);
    for (int i = 4 + this.dice.nextInt(this.dice.nextInt(8) == 0 ? 80 : 16); i > 0; i--) {
      this.locals.add(pick(LOCALS));
    }
    this.locals.add(I32);
  }

  List<LocalType> parameters() {
    return this.parameters;
  }

  List<LocalType> results() {
    return this.results;
  }

  public byte[] bytes() {
    Signature note = new Signature(List.of(I32), List.of());
    Signature pair = new Signature(List.of(I32, I64), List.of(I32, F64));
    List<Integer> functionTypes =
        List.of(
            type(note),
            type(pair),
            type(Signature.NOTHING),
            type(new Signature(this.parameters, this.results)));
    ByteWriter bodies = new ByteWriter().unsigned(3).sized(pairBody()).sized(stirBody());
    bodies.sized(mainBody());
    ByteWriter out = new ByteWriter().bytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    ByteWriter typeSection = new ByteWriter().unsigned(this.types.size());
    for (Signature each : this.types) {
      typeSection.octet(0x60);
      writeTypes(typeSection, each.parameters());
      writeTypes(typeSection, each.results());
    }
    out.octet(1).sized(typeSection);
    ByteWriter imports = new ByteWriter().unsigned(1).name("env").name("note");
    out.octet(2).sized(imports.octet(0).unsigned(functionTypes.get(NOTE)));
    ByteWriter functions = new ByteWriter().unsigned(3);
    functionTypes.subList(PAIR, functionTypes.size()).forEach(functions::unsigned);
    out.octet(3).sized(functions);
    out.octet(4).sized(new ByteWriter().unsigned(1).octet(0x70).octet(0).unsigned(4));
    out.octet(5).sized(new ByteWriter().unsigned(1).octet(1).unsigned(1).unsigned(2));
    ByteWriter globals = new ByteWriter().unsigned(2);
    globals.octet(I32.code()).octet(1).octet(0x41).signed(400).octet(0x0b);
    globals.octet(I64.code()).octet(1).octet(0x42).signed(7).octet(0x0b);
    out.octet(6).sized(globals);
    ByteWriter exports = new ByteWriter().unsigned(3);
    exports.name("main").octet(0).unsigned(MAIN);
    exports.name("memory").octet(2).unsigned(0);
    exports.name("state").octet(3).unsigned(STATE);
    out.octet(7).sized(exports);
    ByteWriter elements = new ByteWriter().unsigned(1).octet(0).octet(0x41).signed(0).octet(0x0b);
    out.octet(9).sized(elements.unsigned(3).unsigned(PAIR).unsigned(STIR).unsigned(PAIR));
    out.octet(10).sized(bodies);
    ByteWriter names = new ByteWriter().name("name");
    names.octet(1).sized(new ByteWriter().unsigned(1).unsigned(MAIN).name("main loop"));
    return out.octet(0).sized(names).toBytes();
  }

  private static void writeTypes(ByteWriter out, List<LocalType> types) {
    out.unsigned(types.size());
    types.forEach(each -> out.octet(each.code()));
  }

  private int type(Signature signature) {
    int known = this.types.indexOf(signature);
    if (known >= 0) {
      return known;
    }
    this.types.add(signature);
    return this.types.size() - 1;
  }

  /** Gives back its arguments, changed a little. */
  private static ByteWriter pairBody() {
    ByteWriter out = new ByteWriter().unsigned(0);
    out.octet(0x20).unsigned(0).octet(0x41).signed(3).octet(0x6c);
    return out.octet(0x20).unsigned(1).octet(0xb9).octet(0x0b);
  }

  /** Multiplies the state. */
  private static ByteWriter stirBody() {
    ByteWriter out = new ByteWriter().unsigned(0);
    out.octet(0x23).unsigned(STATE).octet(0x42).signed(6364136223846793005L).octet(0x7e);
    out.octet(0x42).signed(1442695040888963407L).octet(0x7c);
    return out.octet(0x24).unsigned(STATE).octet(0x0b);
  }

  private ByteWriter mainBody() {
    ByteWriter body = new ByteWriter();
    List<LocalType> declared = this.locals.subList(this.parameters.size(), this.locals.size());
    body.unsigned(declared.size());
    declared.forEach(each -> body.unsigned(1).octet(each.code()));
    this.code = body;
    this.labels.add(new Label(this.results, true));
    while (this.budget > 0) {
      statement(0);
    }
    this.results.forEach(each -> expression(each, 2));
    this.labels.clear();
    return body.octet(0x0b);
  }

  private void statement(int depth) {
    this.budget--;
    int kind = this.dice.nextInt(depth > 12 || this.budget < 0 ? 9 : 24);
    switch (kind) {
      case 0, 1, 2, 3 -> setLocal(depth);
      case 4 -> store(depth);
      case 5 -> {
        if (this.dice.nextInt(3) == 0) {
          op(0x23).unsigned(STATE);
          op(0xa7);
        } else {
          expression(I32, depth + 1);
        }
        op(0x10).unsigned(NOTE);
      }
      case 6 -> {
        expression(I64, depth + 1);
        op(0x24).unsigned(STATE);
      }
      case 7 -> call(depth);
      case 8 -> {
        if (this.dice.nextInt(6) == 0) {
          trapOrReturn(depth);
        } else {
          branchIf(depth);
        }
      }
      case 9, 10 -> branchIf(depth);
      case 11, 12 -> conditional(depth);
      case 13, 14, 15 -> block(depth);
      case 16, 17 -> loop(depth);
      case 18, 19, 20 -> choice(depth);
      case 21 -> branch(depth);
      case 22 -> table(depth);
      default -> valuesBelow(depth);
    }
  }

  private void statements(int most, int depth) {
    for (int i = this.dice.nextInt(most) + 1; i > 0; i--) {
      statement(depth);
    }
  }

  private void setLocal(int depth) {
    int local = this.dice.nextInt(this.locals.size());
    expression(this.locals.get(local), depth + 1);
    if (this.dice.nextInt(5) == 0) {
      op(0x22).unsigned(local);
      op(0x1a);
    } else {
      op(0x21).unsigned(local);
    }
  }

  private void store(int depth) {
    address(depth);
    switch (this.dice.nextInt(4)) {
      case 0 -> {
        expression(I64, depth + 1);
        op(0x37).unsigned(3).unsigned(this.dice.nextInt(70));
      }
      case 1 -> {
        expression(I32, depth + 1);
        op(0x3a).unsigned(0).unsigned(this.dice.nextInt(70));
      }
      case 2 -> {
        expression(I32, depth + 1);
        op(0xb7);
        op(0x39).unsigned(3).unsigned(this.dice.nextInt(70));
      }
      default -> {
        expression(I32, depth + 1);
        op(0x36).unsigned(2).unsigned(this.dice.nextInt(70));
      }
    }
  }

  /** Mostly inside of the memory. */
  private void address(int depth) {
    expression(I32, depth + 1);
    if (this.dice.nextInt(40) > 0) {
      constant(0x3fff);
      op(0x71);
    }
  }

  private void call(int depth) {
    switch (this.dice.nextInt(4)) {
      case 0 -> op(0x10).unsigned(STIR);
      case 1 -> {
        expression(I32, depth + 1);
        if (this.dice.nextInt(8) > 0) {
          constant(1);
          op(0x71);
          op(0x1a);
          constant(1);
        }
        op(0x11).unsigned(type(Signature.NOTHING)).unsigned(0);
      }
      default -> {
        expression(I32, depth + 1);
        expression(I64, depth + 1);
        op(0x10).unsigned(PAIR);
        setAny(F64);
        setAny(I32);
      }
    }
  }

  private void setAny(LocalType type) {
    int local = anyLocal(type);
    if (local < 0) {
      op(0x1a);
    } else {
      op(0x21).unsigned(local);
    }
  }

  private int anyLocal(LocalType type) {
    int first = this.dice.nextInt(this.locals.size());
    for (int i = 0; i < this.locals.size(); i++) {
      int local = (first + i) % this.locals.size();
      if (this.locals.get(local) == type) {
        return local;
      }
    }
    return -1;
  }

  private void trapOrReturn(int depth) {
    if (this.dice.nextInt(4) == 0) {
      op(0x00);
    } else {
      this.results.forEach(each -> expression(each, depth + 2));
      op(0x0f);
    }
  }

  private void branch(int depth) {
    int label = anyLabel();
    labelTypes(label).forEach(each -> expression(each, depth + 1));
    op(0x0c).unsigned(label);
  }

  private void branchIf(int depth) {
    int label = anyLabel();
    List<LocalType> carried = labelTypes(label);
    carried.forEach(each -> expression(each, depth + 1));
    expression(I32, depth + 1);
    op(0x0d).unsigned(label);
    for (int i = carried.size() - 1; i >= 0; i--) {
      setAny(carried.get(i));
    }
  }

  /** Targets of the same types as a random one, the default last. */
  private void table(int depth) {
    List<LocalType> carried = labelTypes(anyLabel());
    carried.forEach(each -> expression(each, depth + 1));
    expression(I32, depth + 1);
    constant(7);
    op(0x71);
    tableOf(carried, this.dice.nextInt(6));
  }

  private void tableOf(List<LocalType> carried, int entries) {
    List<Integer> same = new ArrayList<>();
    for (int i = 0; i < this.labels.size(); i++) {
      if (labelTypes(i).equals(carried) && label(i).aimed()) {
        same.add(i);
      }
    }
    op(0x0e).unsigned(entries);
    for (int i = 0; i <= entries; i++) {
      this.code.unsigned(pick(same));
    }
  }

  private List<LocalType> labelTypes(int label) {
    return label(label).types();
  }

  private Label label(int label) {
    return this.labels.get(this.labels.size() - 1 - label);
  }

  private int anyLabel() {
    int label;
    do {
      label = this.dice.nextInt(this.labels.size());
    } while (!label(label).aimed());
    return label;
  }

  private void conditional(int depth) {
    expression(I32, depth + 1);
    op(0x04).octet(0x40);
    this.labels.add(new Label(List.of(), true));
    statements(4, depth + 1);
    if (this.dice.nextBoolean()) {
      op(0x05);
      statements(4, depth + 1);
    }
    close();
  }

  private void close() {
    this.labels.remove(this.labels.size() - 1);
    op(0x0b);
  }

  /** Sometimes with parameters and results, which then go to locals. */
  private void block(int depth) {
    Signature type = blockType();
    type.parameters().forEach(each -> expression(each, depth + 1));
    op(0x02);
    writeBlockType(type);
    this.labels.add(new Label(type.results(), type.parameters().isEmpty()));
    drain(type.parameters());
    statements(5, depth + 1);
    type.results().forEach(each -> expression(each, depth + 1));
    close();
    drain(type.results());
  }

  private Signature blockType() {
    if (this.dice.nextInt(3) > 0) {
      return Signature.NOTHING;
    }
    return new Signature(someNumbers(this.dice.nextInt(3)), someNumbers(this.dice.nextInt(4)));
  }

  private List<LocalType> someNumbers(int count) {
    List<LocalType> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(pick(NUMBERS));
    }
    return some;
  }

  private void writeBlockType(Signature type) {
    if (type.equals(Signature.NOTHING)) {
      this.code.octet(0x40);
    } else {
      this.code.signed(type(type));
    }
  }

  private void drain(List<LocalType> values) {
    for (int i = values.size() - 1; i >= 0; i--) {
      setAny(values.get(i));
    }
  }

  private void loop(int depth) {
    List<LocalType> carried =
        this.dice.nextInt(4) == 0 ? someNumbers(1 + this.dice.nextInt(2)) : List.of();
    carried.forEach(each -> expression(each, depth + 1));
    op(0x03);
    writeBlockType(new Signature(carried, List.of()));
    this.labels.add(new Label(carried, true));
    drain(carried);
    burn();
    statements(6, depth + 1);
    carried.forEach(each -> expression(each, depth + 2));
    if (this.dice.nextBoolean()) {
      expression(I32, depth + 1);
      op(0x0d).unsigned(0);
    }
    drain(carried);
    close();
  }

  /** Leaves the function when there were too many turns. */
  private void burn() {
    op(0x23).unsigned(FUEL);
    constant(1);
    op(0x6b);
    op(0x24).unsigned(FUEL);
    op(0x23).unsigned(FUEL);
    constant(0);
    op(0x4c);
    op(0x04).octet(0x40);
    this.labels.add(new Label(List.of(), true));
    this.results.forEach(each -> expression(each, 100));
    op(0x0c).unsigned(this.labels.size() - 1);
    close();
  }

  /** A switch in a loop, as interpreters have it; cases fall through, go on or leave. */
  private void choice(int depth) {
    int cases = 2 + this.dice.nextInt(6);
    boolean looping = this.dice.nextInt(3) > 0;
    if (looping) {
      op(0x03).octet(0x40);
      this.labels.add(new Label(List.of(), true));
      burn();
    }
    for (int i = 0; i < cases; i++) {
      op(0x02).octet(0x40);
      this.labels.add(new Label(List.of(), true));
    }
    expression(I32, depth + 1);
    constant(7);
    op(0x71);
    if (this.dice.nextInt(4) == 0) {
      tableOf(List.of(), cases);
    } else {
      op(0x0e).unsigned(cases - 1);
      for (int i = 0; i < cases; i++) {
        this.code.unsigned(i);
      }
    }
    for (int i = 0; i < cases; i++) {
      close();
      statements(5, depth + 1);
      if (this.dice.nextInt(3) == 0) {
        int label = anyLabel();
        labelTypes(label).forEach(each -> expression(each, depth + 1));
        op(0x0c).unsigned(label);
      }
    }
    if (looping) {
      if (this.dice.nextBoolean()) {
        expression(I32, depth + 1);
        op(0x0d).unsigned(0);
      }
      close();
    }
  }

  /** Statements while something is on the stack. */
  private void valuesBelow(int depth) {
    expression(I32, depth + 1);
    expression(F64, depth + 1);
    Signature type = new Signature(List.of(), someNumbers(this.dice.nextInt(2)));
    op(0x02);
    writeBlockType(type);
    this.labels.add(new Label(type.results(), true));
    statements(6, depth + 1);
    type.results().forEach(each -> expression(each, depth + 1));
    close();
    drain(type.results());
    setAny(F64);
    setAny(I32);
  }

  private void expression(LocalType type, int depth) {
    boolean simple = depth > 4 || this.dice.nextInt(3) == 0;
    if (simple) {
      leaf(type);
      return;
    }
    this.budget -= this.dice.nextInt(4) == 0 ? 1 : 0;
    if (this.budget > 0 && this.dice.nextInt(14) == 0) {
      valueBlock(type, depth);
      return;
    }
    switch (type) {
      case I32 -> integer(depth);
      case I64 -> longInteger(depth);
      case F32 -> {
        expression(F32, depth + 1);
        expression(F32, depth + 1);
        op(pick(List.of(0x92, 0x93, 0x94, 0x95, 0x96, 0x97)));
      }
      case F64 -> {
        expression(F64, depth + 1);
        expression(F64, depth + 1);
        op(pick(List.of(0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5)));
      }
      default -> leaf(type);
    }
  }

  /** A block in the middle of an expression. */
  private void valueBlock(LocalType type, int depth) {
    if (this.dice.nextInt(3) == 0) {
      expression(I32, depth + 1);
      op(0x04).octet(type.code());
      this.labels.add(new Label(List.of(type), true));
      statements(3, depth + 3);
      expression(type, depth + 1);
      op(0x05);
      statements(3, depth + 3);
      expression(type, depth + 1);
      close();
      return;
    }
    op(0x02).octet(type.code());
    this.labels.add(new Label(List.of(type), true));
    statements(4, depth + 3);
    expression(type, depth + 1);
    close();
  }

  private void integer(int depth) {
    switch (this.dice.nextInt(10)) {
      case 0 -> {
        address(depth);
        op(pick(List.of(0x28, 0x2c, 0x2d, 0x2e, 0x2f)));
        this.code.unsigned(0).unsigned(this.dice.nextInt(300));
      }
      case 1 -> {
        expression(I64, depth + 1);
        op(0xa7);
      }
      case 2 -> {
        LocalType compared = pick(List.of(F32, F64));
        expression(compared, depth + 1);
        expression(compared, depth + 1);
        op((compared == F32 ? 0x5b : 0x61) + this.dice.nextInt(6));
      }
      case 3 -> {
        expression(F64, depth + 1);
        op(0xfc).unsigned(2);
      }
      case 4 -> {
        expression(I32, depth + 1);
        expression(I32, depth + 1);
        expression(I32, depth + 1);
        op(0x1b);
      }
      case 5 -> {
        int reference = anyLocal(FUNCREF);
        if (reference < 0) {
          leaf(I32);
        } else {
          op(0x20).unsigned(reference);
          op(0xd1);
        }
      }
      case 6 -> {
        expression(I32, depth + 1);
        expression(I32, depth + 1);
        if (this.dice.nextInt(4) > 0) {
          constant(1);
          op(0x72);
        }
        op(pick(List.of(0x6d, 0x6e, 0x6f, 0x70)));
      }
      case 7 -> {
        expression(I64, depth + 1);
        expression(I64, depth + 1);
        op(0x51 + this.dice.nextInt(10));
      }
      default -> {
        expression(I32, depth + 1);
        expression(I32, depth + 1);
        op(
            pick(
                List.of(
                    0x46, 0x48, 0x49, 0x4e, 0x6a, 0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73, 0x74, 0x76,
                    0x77)));
      }
    }
  }

  private void longInteger(int depth) {
    switch (this.dice.nextInt(6)) {
      case 0 -> op(0x23).unsigned(STATE);
      case 1 -> {
        expression(I32, depth + 1);
        op(pick(List.of(0xac, 0xad)));
      }
      case 2 -> {
        address(depth);
        op(0x29).unsigned(0).unsigned(this.dice.nextInt(300));
      }
      default -> {
        expression(I64, depth + 1);
        expression(I64, depth + 1);
        op(pick(List.of(0x7c, 0x7d, 0x7e, 0x83, 0x84, 0x85, 0x86, 0x88)));
      }
    }
  }

  private void leaf(LocalType type) {
    int local = anyLocal(type);
    if (local >= 0 && this.dice.nextInt(3) > 0) {
      op(0x20).unsigned(local);
      return;
    }
    switch (type) {
      case I32 -> constant(this.dice.nextInt(3) == 0 ? this.dice.nextInt() : this.dice.nextInt(9));
      case I64 -> op(0x42).signed(this.dice.nextInt(100) - 50);
      case F32 -> {
        constant(this.dice.nextInt(100) - 50);
        op(0xb2);
      }
      case F64 -> {
        constant(this.dice.nextInt(100) - 50);
        op(0xb7);
      }
      default -> {
        if (this.dice.nextBoolean()) {
          op(0xd2).unsigned(PAIR);
        } else {
          op(0xd0).octet(0x70);
        }
      }
    }
  }

  private void constant(int value) {
    op(0x41).signed(value);
  }

  private ByteWriter op(int opcode) {
    return this.code.octet(opcode);
  }

  private <T> T pick(List<T> all) {
    return all.get(this.dice.nextInt(all.size()));
  }
}
