package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.ModulePlan.FUEL;

import io.github.wasmspring.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A random module that can be written and, by changing its code, reduced. It exports its functions
 * with numbers as {@code f0}, {@code f1} and so on, globals of numbers as {@code g0}, {@code
 * memory}, {@code refuel}, for each table {@code size0} and {@code null0}, and for each memory but
 * the first {@code hash1}.
 */
final class MadeModule {

  /**
   * The body of a function.
   *
   * @param locals those that are not parameters
   * @param label where branches out of it go
   */
  record Body(List<GuestType> locals, BlockLabel label, List<InstructionTree> code) {}

  private final ModulePlan plan;
  private final List<Body> bodies;

  /**
   * @param bodies one for each function of the plan
   */
  MadeModule(ModulePlan plan, List<Body> bodies) {
    this.plan = plan;
    this.bodies = bodies;
  }

  ModulePlan plan() {
    return this.plan;
  }

  List<Body> bodies() {
    return this.bodies;
  }

  byte[] toBytes() {
    List<Helper> helpers = helpers();
    ByteWriter code = code(helpers);
    ByteWriter tags = tags();
    ByteWriter out = new ByteWriter().bytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    out.octet(1).sized(types());
    ByteWriter functions = new ByteWriter().unsigned(this.bodies.size() + helpers.size());
    this.plan.functions().forEach(each -> functions.unsigned(each.type()));
    helpers.forEach(each -> functions.unsigned(each.type()));
    out.octet(3).sized(functions);
    out.octet(4).sized(tables());
    out.octet(5).sized(memories());
    if (!this.plan.tags().isEmpty()) {
      out.octet(13).sized(tags);
    }
    out.octet(6).sized(globals());
    out.octet(7).sized(exports(helpers));
    if (this.plan.startFunction() >= 0) {
      out.octet(8).sized(new ByteWriter().unsigned(this.plan.startFunction()));
    }
    out.octet(9).sized(elements());
    out.octet(12).sized(new ByteWriter().unsigned(this.plan.data().size()));
    return out.octet(10).sized(code).octet(11).sized(data()).toBytes();
  }

  private record Helper(String export, int type, List<GuestType> locals, ByteWriter body) {

    Helper(String export, int type, ByteWriter body) {
      this(export, type, List.of(), body);
    }
  }

  private List<Helper> helpers() {
    List<Helper> helpers = new ArrayList<>();
    int takes = this.plan.type(new GuestSignature(List.of(GuestType.I32), List.of()));
    int gives = this.plan.type(new GuestSignature(List.of(), List.of(GuestType.I32)));
    int asks = this.plan.type(new GuestSignature(List.of(GuestType.I32), List.of(GuestType.I32)));
    helpers.add(
        new Helper(
            "refuel", takes, new ByteWriter().octet(0x20).unsigned(0).octet(0x24).unsigned(FUEL)));
    for (int i = 0; i < this.plan.tables().size(); i++) {
      ByteWriter size = new ByteWriter().octet(0xfc).unsigned(16).unsigned(i);
      helpers.add(new Helper("size" + i, gives, size));
      ByteWriter isNull = new ByteWriter().octet(0x20).unsigned(0).octet(0x25).unsigned(i);
      helpers.add(new Helper("null" + i, asks, isNull.octet(0xd1)));
    }
    List<PlannedMemory> memories = this.plan.memories();
    int hashes = this.plan.type(new GuestSignature(List.of(), List.of(GuestType.I64)));
    for (int i = 1; i < memories.size(); i++) {
      helpers.add(
          new Helper(
              "hash" + i,
              hashes,
              List.of(GuestType.I64, memories.get(i).address()),
              MemoryHash.of(i, memories.get(i))));
    }
    return helpers;
  }

  private ByteWriter types() {
    ByteWriter out = new ByteWriter().unsigned(this.plan.signatures().size());
    for (GuestSignature each : this.plan.signatures()) {
      out.octet(0x60);
      write(out, each.parameters());
      write(out, each.results());
    }
    return out;
  }

  private static void write(ByteWriter out, List<GuestType> types) {
    out.unsigned(types.size());
    types.forEach(each -> out.octet(each.code()));
  }

  private ByteWriter tables() {
    ByteWriter out = new ByteWriter().unsigned(this.plan.tables().size());
    for (ModulePlan.Table each : this.plan.tables()) {
      out.octet(each.type().code()).octet(1).unsigned(each.minimum()).unsigned(each.maximum());
    }
    return out;
  }

  private ByteWriter memories() {
    ByteWriter out = new ByteWriter().unsigned(this.plan.memories().size());
    this.plan.memories().forEach(each -> each.write(out));
    return out;
  }

  private ByteWriter tags() {
    ByteWriter out = new ByteWriter().unsigned(this.plan.tags().size());
    this.plan.tags().forEach(each -> out.octet(0).unsigned(this.plan.type(each)));
    return out;
  }

  private ByteWriter globals() {
    ByteWriter out = new ByteWriter().unsigned(this.plan.globals().size());
    for (ModulePlan.Global each : this.plan.globals()) {
      out.octet(each.type().code()).octet(each.isMutable() ? 1 : 0);
      Constants.write(out, each.type(), each.bits());
      out.octet(0x0b);
    }
    return out;
  }

  private ByteWriter exports(List<Helper> helpers) {
    int count = 0;
    ByteWriter out = new ByteWriter();
    for (PlannedFunction each : this.plan.functions()) {
      if (each.isExported()) {
        out.name(each.export()).octet(0).unsigned(each.index());
        count++;
      }
    }
    for (int i = 0; i < helpers.size(); i++) {
      out.name(helpers.get(i).export()).octet(0).unsigned(this.bodies.size() + i);
      count++;
    }
    for (int i = 0; i < this.plan.globals().size(); i++) {
      if (this.plan.globals().get(i).type().isNumber()) {
        out.name("g" + i).octet(3).unsigned(i);
        count++;
      }
    }
    out.name("memory").octet(2).unsigned(0);
    return new ByteWriter().unsigned(count + 1).bytes(out.toBytes());
  }

  private ByteWriter elements() {
    List<ModulePlan.Table> tables = this.plan.tables();
    List<ModulePlan.Elements> passive = this.plan.elements();
    ByteWriter out = new ByteWriter().unsigned(passive.size() + tables.size() + 1);
    for (ModulePlan.Elements each : passive) {
      out.octet(5).octet(each.type().code());
      expressions(out, each.type(), each.functions());
    }
    for (int i = 0; i < tables.size(); i++) {
      GuestType type = tables.get(i).type();
      out.octet(6).unsigned(i);
      Constants.write(out, GuestType.I32, 0);
      out.octet(0x0b).octet(type.code());
      expressions(out, type, tables.get(i).first());
    }
    // All functions may be referred to.
    out.octet(3).octet(0).unsigned(this.bodies.size());
    for (int i = 0; i < this.bodies.size(); i++) {
      out.unsigned(i);
    }
    return out;
  }

  private static void expressions(ByteWriter out, GuestType type, List<Integer> functions) {
    out.unsigned(functions.size());
    for (int each : functions) {
      if (each < 0) {
        Constants.write(out, type, 0);
      } else {
        out.octet(0xd2).unsigned(each);
      }
      out.octet(0x0b);
    }
  }

  private ByteWriter code(List<Helper> helpers) {
    ByteWriter out = new ByteWriter().unsigned(this.bodies.size() + helpers.size());
    for (Body body : this.bodies) {
      ByteWriter each = locals(body.locals());
      OpenLabels labels = new OpenLabels();
      labels.open(body.label());
      body.code().forEach(tree -> tree.write(each, labels));
      out.sized(each.octet(0x0b));
    }
    helpers.forEach(
        each -> out.sized(locals(each.locals()).bytes(each.body().toBytes()).octet(0x0b)));
    return out;
  }

  private static ByteWriter locals(List<GuestType> types) {
    ByteWriter out = new ByteWriter().unsigned(types.size());
    types.forEach(type -> out.unsigned(1).octet(type.code()));
    return out;
  }

  private ByteWriter data() {
    ByteWriter out = new ByteWriter().unsigned(this.plan.data().size());
    for (ModulePlan.Data each : this.plan.data()) {
      if (each.address() < 0) {
        out.octet(1);
      } else {
        if (each.memory() == 0) {
          out.octet(0);
        } else {
          out.octet(2).unsigned(each.memory());
        }
        Constants.write(out, this.plan.memories().get(each.memory()).address(), each.address());
        out.octet(0x0b);
      }
      out.unsigned(each.bytes().length).bytes(each.bytes());
    }
    return out;
  }
}
