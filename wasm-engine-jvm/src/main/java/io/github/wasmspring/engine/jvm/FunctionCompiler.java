package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.FunctionSignature.EXTERNREF;
import static io.github.wasmspring.engine.jvm.FunctionSignature.F32;
import static io.github.wasmspring.engine.jvm.FunctionSignature.F64;
import static io.github.wasmspring.engine.jvm.FunctionSignature.FUNCREF;
import static io.github.wasmspring.engine.jvm.FunctionSignature.I32;
import static io.github.wasmspring.engine.jvm.FunctionSignature.I64;
import static io.github.wasmspring.engine.jvm.FunctionSignature.javaType;
import static io.github.wasmspring.engine.jvm.FunctionSignature.slots;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.engine.jvm.InstructionBuffer.Member;
import io.github.wasmspring.engine.jvm.OpenBlocks.Block;
import java.util.Arrays;
import java.util.BitSet;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Validates a function and makes JVM instructions of it, in one pass over its bytes. The operands
 * of the guest are those of the JVM; at the head of a loop they are in local variables, so that
 * HotSpot can enter compiled code there. Used for one function after the other, by one thread.
 */
final class FunctionCompiler {

  /** The most that the JVM lets a method have. */
  static final int MOST_BYTES = 65_535;

  private static final int MOST_SLOTS = 60_000;
  private static final int MOST_PARAMETER_SLOTS = 253;
  private static final int[] NOTHING = {};
  private static final int[][] ONE = {{I32}, {I64}, {F32}, {F64}, {FUNCREF}, {EXTERNREF}};

  private final GuestModule module;
  private final InstructionBuffer code = new InstructionBuffer();
  private final TypedStack stack = new TypedStack();
  private final OpenBlocks blocks = new OpenBlocks();
  private final PendingComparison comparison;
  private final Numerics numerics;
  private final BitSet needsZero = new BitSet();
  private final BitSet assigned = new BitSet();

  private int function;
  private BinaryCursor in = new BinaryCursor(new byte[0], 0, 0);
  private int[] localTypes = new int[16];
  private int[] localSlots = new int[16];
  private int[] versions = new int[16];
  private int[] notNegative = new int[16];
  private int[] assignments = new int[16];
  private int assignmentCount;
  private int localCount;
  private int parameterCount;
  private int epoch;
  private int context;
  private int memory;
  private boolean usesMemory;
  private boolean calls;

  /** Where the operand begins that was taken last. */
  private int takenStart;

  /**
   * @param joinsComparisons whether HotSpot may join unsigned comparisons of {@code int}s wrongly
   *     (JDK-8376400), as it does before 18
   */
  FunctionCompiler(GuestModule module, boolean joinsComparisons) {
    this.module = module;
    this.comparison = new PendingComparison(this.code, this.stack, this::home, joinsComparisons);
    this.numerics = new Numerics(this);
  }

  InstructionBuffer code() {
    return this.code;
  }

  TypedStack stack() {
    return this.stack;
  }

  /** The most bytes that the method takes. */
  int size() {
    return this.code.size() + 4 * this.needsZero.cardinality() + 32;
  }

  /**
   * @throws io.github.wasmspring.WasmLoadException {@code INVALID} if the function breaks a rule or
   *     is more than the JVM can have in a method
   */
  void compile(int index) {
    this.function = index;
    FunctionBody body = this.module.facts.body(index);
    this.in = new BinaryCursor(this.module.bytes, body.start(), body.end());
    this.code.clear();
    this.stack.clear();
    this.blocks.clear();
    this.comparison.clear();
    this.needsZero.clear();
    this.assigned.clear();
    this.assignmentCount = 0;
    this.usesMemory = false;
    this.calls = false;
    FunctionSignature signature = this.module.signatureOf(index);
    locals(signature);
    this.blocks.open(OpenBlocks.FUNCTION, NOTHING, signature.results(), 0).label =
        this.code.newLabel();
    while (this.blocks.depth() > 0) {
      instruction(this.in.octet());
    }
    long slots = this.memory + 1 + 2L * this.stack.highest();
    if (slots > MOST_SLOTS || size() > MOST_BYTES) {
      throw GuestModule.invalid(
          "function %d becomes %d bytes of JVM bytecode with %d local variables, and a method of the JVM has at most %d and %d; split it, or build it with less inlining"
              .formatted(index, size(), slots, MOST_BYTES, MOST_SLOTS));
    }
  }

  private void locals(FunctionSignature signature) {
    this.localCount = 0;
    this.parameterCount = signature.parameters().length;
    if (signature.slots() > MOST_PARAMETER_SLOTS) {
      throw invalid("it has more parameters than a method of the JVM");
    }
    int slot = 0;
    for (int type : signature.parameters()) {
      slot = addLocal(type, slot);
    }
    this.context = slot++;
    for (long groups = this.in.u32(); groups > 0; groups--) {
      long count = this.in.u32();
      int type = GuestModule.type(ValueType.read(this.in));
      for (; count > 0; count--) {
        slot = addLocal(type, slot);
      }
    }
    this.memory = slot;
    this.epoch++;
  }

  private int addLocal(int type, int slot) {
    if (this.localCount == this.localTypes.length) {
      int more = 2 * this.localCount;
      this.localTypes = Arrays.copyOf(this.localTypes, more);
      this.localSlots = Arrays.copyOf(this.localSlots, more);
      this.versions = Arrays.copyOf(this.versions, more);
      this.notNegative = Arrays.copyOf(this.notNegative, more);
    }
    this.localTypes[this.localCount] = type;
    this.localSlots[this.localCount++] = slot;
    return slot + slots(type);
  }

  /** Writes what {@link #compile} has made. */
  void writeTo(MethodVisitor method) {
    int array = this.usesMemory ? this.memory : InstructionBuffer.NONE;
    for (int i = this.needsZero.nextSetBit(0); i >= 0; i = this.needsZero.nextSetBit(i + 1)) {
      boolean reference = FunctionSignature.isReference(this.localTypes[i]);
      method.visitInsn(
          reference ? Opcodes.ICONST_M1 : variant(Opcodes.ICONST_0, this.localTypes[i]));
      method.visitVarInsn(variant(Opcodes.ISTORE, this.localTypes[i]), this.localSlots[i]);
    }
    if (this.calls) {
      InstructionBuffer.writePoll(method);
    }
    InstructionBuffer.writeReload(method, this.context, array);
    this.code.writeTo(method, this.context, array);
  }

  // What the JVM has for each of four types.

  private static int variant(int opcode, int type) {
    int step = opcode == Opcodes.ICONST_0 ? 6 : 1;
    return switch (javaType(type)) {
      case 'J' -> opcode + (step == 6 ? 6 : 1);
      case 'F' -> opcode + (step == 6 ? 8 : 2);
      case 'D' -> opcode + (step == 6 ? 11 : 3);
      default -> opcode;
    };
  }

  /** The local variable for an operand while it is not on the stack. */
  private int home(int index) {
    return this.memory + 1 + 2 * index;
  }

  private void save(int index, int at) {
    this.code.add(variant(Opcodes.ISTORE, this.stack.type(index)), home(at));
  }

  private void load(int type, int at) {
    this.code.add(variant(Opcodes.ILOAD, type), home(at));
  }

  private void drop(int type) {
    this.code.add(slots(type) == 2 ? Opcodes.POP2 : Opcodes.POP);
  }

  // Operands

  RuntimeException invalid(String detail) {
    return GuestModule.invalid(
        "%s (function %d, offset 0x%x)".formatted(detail, this.function, this.in.position()));
  }

  /** Takes an operand of a type; where nothing comes to, there are operands of any type. */
  int pop(int expected) {
    Block block = this.blocks.innermost();
    this.takenStart = TypedStack.NONE;
    if (this.stack.height() == block.height) {
      if (!block.isUnreachable) {
        throw invalid("type mismatch: %s is missing".formatted(FunctionSignature.name(expected)));
      }
      return TypedStack.UNKNOWN;
    }
    int top = this.stack.height() - 1;
    int type = this.stack.type(top);
    if (type != expected && type != TypedStack.UNKNOWN && expected != TypedStack.UNKNOWN) {
      throw invalid(
          "type mismatch: %s where %s is expected"
              .formatted(FunctionSignature.name(type), FunctionSignature.name(expected)));
    }
    this.takenStart = this.stack.start(top);
    this.stack.shrink(top);
    return type;
  }

  /** The index that the operand has had that was just taken. */
  private int taken() {
    return this.stack.height();
  }

  private void pop(int[] types) {
    for (int i = types.length - 1; i >= 0; i--) {
      pop(types[i]);
    }
  }

  private void push(int[] types) {
    for (int type : types) {
      this.stack.push(type, TypedStack.NONE);
    }
  }

  /** Checks that the operands are there, and leaves them. */
  private void require(int[] types) {
    pop(types);
    push(types);
  }

  /** What instructions take that give one value: where the first of them begins. */
  int popAll(int... types) {
    int start = this.code.last();
    boolean whole = true;
    for (int i = types.length - 1; i >= 0; i--) {
      pop(types[i]);
      start = this.takenStart;
      whole &= start != TypedStack.NONE;
    }
    return whole ? start : TypedStack.NONE;
  }

  boolean isNotNegative(int index) {
    int local = this.stack.local(index);
    return this.stack.isNotNegative(index)
        || local != TypedStack.NONE
            && this.stack.version(index) == this.versions[local]
            && this.notNegative[local] == this.epoch;
  }

  private void unreachable() {
    Block block = this.blocks.innermost();
    block.isUnreachable = true;
    this.stack.shrink(block.height);
    this.code.mute(true);
  }

  /** Nothing is known of locals where ways meet. */
  private void meet(Block block) {
    this.epoch++;
    while (this.assignmentCount > block.assigned) {
      this.assigned.clear(this.assignments[--this.assignmentCount]);
    }
  }

  // Instructions

  private void instruction(int opcode) {
    if (this.comparison.isPending() && !PendingComparison.canTake(opcode)) {
      this.comparison.materialise();
    }
    switch (opcode) {
      case 0x00 -> {
        this.code.add(
            Opcodes.INVOKESTATIC,
            new Member(Names.ARITHMETIC, "unreachable", "()Ljava/lang/RuntimeException;"));
        this.code.add(Opcodes.ATHROW);
        unreachable();
      }
      case 0x01 -> {}
      case 0x02, 0x03, 0x04 -> open(opcode);
      case 0x05 -> otherwise();
      case 0x0b -> end();
      case 0x0c -> {
        Block target = target();
        require(target.branchTypes());
        branch(target);
        unreachable();
      }
      case 0x0d -> branchIf();
      case 0x0e -> branchTable();
      case 0x0f -> {
        Block target = this.blocks.at(this.blocks.depth() - 1);
        require(target.results);
        branch(target);
        unreachable();
      }
      case 0x10 -> call();
      case 0x11 -> callIndirect();
      case 0x1a -> drop(pop(TypedStack.UNKNOWN));
      case 0x1b, 0x1c -> select(opcode);
      case 0x20, 0x21, 0x22 -> local(opcode);
      case 0x23, 0x24 -> global(opcode);
      case 0x25, 0x26 -> element(opcode);
      case 0x3f -> {
        memoryIndex();
        int start = this.code.add(Opcodes.ALOAD, this.memory);
        this.code.add(Opcodes.ARRAYLENGTH);
        this.code.constant(16);
        this.code.add(Opcodes.IUSHR);
        this.stack.push(I32, start);
      }
      case 0x40 -> {
        memoryIndex();
        pop(I32);
        helper(Names.MEMORIES, "grow", "(IL" + Names.CONTEXT_BASE + ";)I");
        this.code.add(InstructionBuffer.RELOAD_MEMORY);
        this.stack.seal();
        this.stack.push(I32, TypedStack.NONE);
      }
      case 0x41 -> {
        int value = this.in.s32();
        this.stack.push(I32, this.code.constant(value));
        this.stack.setConstant(this.stack.height() - 1, value);
      }
      case 0x42 -> this.stack.push(I64, this.code.number(InstructionBuffer.LONG, this.in.s64()));
      case 0x43 -> this.stack.push(F32, this.code.number(InstructionBuffer.FLOAT, bits(4)));
      case 0x44 -> this.stack.push(F64, this.code.number(InstructionBuffer.DOUBLE, bits(8)));
      case 0xd0 -> {
        long heap = this.in.s33();
        if (heap != -0x10 && heap != -0x11) {
          throw invalid("a reference that the engine does not have");
        }
        this.stack.push(heap == -0x10 ? FUNCREF : EXTERNREF, this.code.constant(-1));
      }
      case 0xd1 -> {
        int type = pop(TypedStack.UNKNOWN);
        if (type != TypedStack.UNKNOWN && !FunctionSignature.isReference(type)) {
          throw invalid("type mismatch: a reference is expected");
        }
        this.comparison.isNull(this.takenStart);
      }
      case 0xd2 -> {
        int index = this.in.index();
        requireFunction(index);
        this.stack.push(FUNCREF, this.code.constant(index));
      }
      case 0xfc -> prefixed(this.in.index());
      default -> {
        if (opcode >= 0x28 && opcode <= 0x3e) {
          access(opcode);
        } else if (!this.comparison.begin(this, opcode)) {
          this.numerics.add(opcode);
        }
      }
    }
  }

  private long bits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) this.in.octet() << 8 * i;
    }
    return value;
  }

  private void helper(String owner, String name, String descriptor, int... constants) {
    this.code.add(Opcodes.ALOAD, this.context);
    for (int constant : constants) {
      this.code.constant(constant);
    }
    this.code.add(Opcodes.INVOKESTATIC, new Member(owner, name, descriptor));
  }

  // OpenBlocks

  private void open(int opcode) {
    int[] parameters = NOTHING;
    int[] results = NOTHING;
    int form = this.in.peek();
    if (form == 0x40) {
      this.in.octet();
    } else if ((form & 0xc0) == 0x40) {
      int type = GuestModule.type(ValueType.read(this.in));
      for (int[] one : ONE) {
        results = one[0] == type ? one : results;
      }
    } else {
      FunctionSignature signature = this.module.signature((int) this.in.s33());
      parameters = signature.parameters();
      results = signature.results();
    }
    if (opcode == OpenBlocks.IF) {
      pop(I32);
    }
    boolean dead = this.code.isMuted();
    int otherwise = this.code.newLabel();
    if (opcode == OpenBlocks.IF) {
      this.comparison.jump(otherwise, false);
    }
    require(parameters);
    this.stack.seal();
    int outerBase = this.blocks.innermost().base;
    Block block =
        this.blocks.open(opcode, parameters, results, this.stack.height() - parameters.length);
    block.isDead = dead;
    block.label = this.code.newLabel();
    block.otherwise = otherwise;
    block.assigned = this.assignmentCount;
    if (opcode == OpenBlocks.LOOP) {
      for (int i = this.stack.height() - 1; !dead && i >= outerBase; i--) {
        save(i, i);
      }
      block.base = block.height;
      this.code.add(InstructionBuffer.LABEL, block.label);
      this.code.add(InstructionBuffer.POLL);
      for (int i = block.height; !dead && i < this.stack.height(); i++) {
        load(this.stack.type(i), i);
      }
      this.epoch++;
    }
  }

  private void close(Block block) {
    pop(block.results);
    if (this.stack.height() != block.height) {
      throw invalid("type mismatch: there are values too many at the end of a block");
    }
  }

  private void otherwise() {
    Block block = this.blocks.innermost();
    close(block);
    if (!this.code.isMuted()) {
      block.isTarget = true;
      this.code.add(Opcodes.GOTO, block.label);
    }
    block.hasElse = true;
    block.isUnreachable = false;
    this.code.mute(block.isDead);
    this.code.add(InstructionBuffer.LABEL, block.otherwise);
    meet(block);
    push(block.parameters);
    this.stack.seal();
  }

  private void end() {
    Block block = this.blocks.innermost();
    close(block);
    boolean live = !this.code.isMuted();
    if (block.opcode == OpenBlocks.IF && !block.hasElse) {
      if (!Arrays.equals(block.parameters, block.results)) {
        throw invalid("type mismatch: an if without else gives what it does not take");
      }
      this.code.mute(block.isDead);
      this.code.add(InstructionBuffer.LABEL, block.otherwise);
      live |= !block.isDead;
      meet(block);
    }
    if (block.opcode == OpenBlocks.FUNCTION) {
      this.code.mute(!live);
      giveBack(block.results);
      this.blocks.close();
      return;
    }
    if (block.opcode != OpenBlocks.LOOP && block.isTarget) {
      this.code.mute(false);
      this.code.add(InstructionBuffer.LABEL, block.label);
      meet(block);
      live = true;
    }
    this.code.mute(!live);
    this.blocks.close();
    push(block.results);
    this.stack.seal();
    if (block.opcode == OpenBlocks.LOOP && live) {
      restore(block.base, this.blocks.innermost().base, block.height, block.results.length);
    }
  }

  /** Brings operands back onto the stack, below the values that are on top. */
  private void restore(int base, int outerBase, int height, int values) {
    if (outerBase >= height || base == outerBase) {
      return;
    }
    int top = this.stack.height();
    for (int i = top - 1; i >= top - values; i--) {
      save(i, i);
    }
    for (int i = outerBase; i < height; i++) {
      load(this.stack.type(i), i);
    }
    for (int i = top - values; i < top; i++) {
      load(this.stack.type(i), i);
    }
  }

  // Branches

  private Block target() {
    int label = this.in.index();
    if (label >= this.blocks.depth()) {
      throw invalid("unknown label " + label);
    }
    return this.blocks.at(label);
  }

  private boolean isPlain(Block target) {
    return target.opcode != OpenBlocks.FUNCTION
        && target.base == this.blocks.innermost().base
        && this.stack.height() == target.height + target.branchTypes().length
        && (target.opcode != OpenBlocks.LOOP || target.parameters.length == 0);
  }

  /** Goes to a block with the operands that are there. */
  private void branch(Block target) {
    if (this.code.isMuted()) {
      return;
    }
    if (target.opcode == OpenBlocks.FUNCTION) {
      giveBackTop(target.results);
      return;
    }
    target.isTarget = true;
    if (!isPlain(target)) {
      arrange(target);
    }
    this.code.add(Opcodes.GOTO, target.label);
  }

  private void arrange(Block target) {
    int values = target.branchTypes().length;
    int top = this.stack.height();
    int base = this.blocks.innermost().base;
    boolean loop = target.opcode == OpenBlocks.LOOP;
    if (!loop && base == target.base && top - values == target.height) {
      return;
    }
    for (int i = values - 1; i >= 0; i--) {
      save(top - values + i, loop ? target.height + i : top - values + i);
    }
    int keep = loop ? base : base == target.base ? target.height : base;
    for (int i = top - values - 1; i >= keep; i--) {
      drop(this.stack.type(i));
    }
    if (loop) {
      return;
    }
    if (base != target.base) {
      for (int i = target.base; i < target.height; i++) {
        load(this.stack.type(i), i);
      }
    }
    for (int i = top - values; i < top; i++) {
      load(this.stack.type(i), i);
    }
  }

  private void branchIf() {
    pop(I32);
    Block target = target();
    require(target.branchTypes());
    this.stack.seal();
    if (isPlain(target)) {
      target.isTarget |= !this.code.isMuted();
      this.comparison.jump(target.label, true);
    } else {
      int goOn = this.code.newLabel();
      this.comparison.jump(goOn, false);
      branch(target);
      this.code.add(InstructionBuffer.LABEL, goOn);
    }
  }

  private void branchTable() {
    pop(I32);
    int count = this.in.index();
    int[] labels = new int[count + 1];
    int[] ways = new int[this.blocks.depth()];
    Arrays.fill(ways, -1);
    int arity = -1;
    for (int i = 0; i <= count; i++) {
      int depth = this.in.index();
      if (depth >= this.blocks.depth()) {
        throw invalid("unknown label " + depth);
      }
      Block target = this.blocks.at(depth);
      int[] types = target.branchTypes();
      if (ways[depth] < 0) {
        checkArm(types, arity);
        arity = types.length;
        ways[depth] = isPlain(target) ? target.label : this.code.newLabel();
        target.isTarget |= isPlain(target) && !this.code.isMuted();
      }
      labels[i] = ways[depth];
    }
    // The JVM has no switch without a case.
    this.code.table(count == 0 ? new int[] {labels[0], labels[0]} : labels);
    for (int depth = 0; depth < ways.length; depth++) {
      Block target = this.blocks.at(depth);
      if (ways[depth] >= 0 && !isPlain(target)) {
        this.code.add(InstructionBuffer.LABEL, ways[depth]);
        branch(target);
      }
    }
    unreachable();
  }

  /** Operands of unknown types stay unknown, for the next label may want others. */
  private void checkArm(int[] types, int arity) {
    if (arity >= 0 && arity != types.length) {
      throw invalid("type mismatch: the labels of a br_table take different numbers of values");
    }
    Block block = this.blocks.innermost();
    int there = Math.min(types.length, this.stack.height() - block.height);
    if (there < types.length && !block.isUnreachable) {
      throw invalid("type mismatch: values are missing for a br_table");
    }
    for (int i = 1; i <= there; i++) {
      int type = this.stack.type(this.stack.height() - i);
      if (type != TypedStack.UNKNOWN && type != types[types.length - i]) {
        throw invalid("type mismatch: a label of a br_table takes other values");
      }
    }
  }

  private void giveBackTop(int[] results) {
    giveBack(results, this.stack.height() - results.length);
  }

  /** At the end, where the results have been taken already. */
  private void giveBack(int[] results) {
    giveBack(results, this.stack.height());
  }

  private void giveBack(int[] results, int first) {
    for (int i = results.length - 1; i > 0; i--) {
      this.code.add(variant(Opcodes.ISTORE, results[i]), home(first + i));
      this.code.add(Opcodes.ALOAD, this.context);
      load(results[i], first + i);
      this.code.add(Opcodes.PUTFIELD, result(i, results[i]));
    }
    this.code.add(results.length == 0 ? Opcodes.RETURN : variant(Opcodes.IRETURN, results[0]));
  }

  private static Member result(int position, int type) {
    char java = javaType(type);
    return new Member(Names.CONTEXT, Names.result(position, java), String.valueOf(java));
  }

  // Calls

  private void requireFunction(int index) {
    if (index >= this.module.facts.functionCount()) {
      throw invalid("unknown function " + index);
    }
  }

  private void call() {
    int index = this.in.index();
    requireFunction(index);
    FunctionSignature signature = this.module.signatureOf(index);
    pop(signature.parameters());
    called(signature, this.module.method(index));
  }

  private void callIndirect() {
    FunctionSignature signature = this.module.signature(this.in.index());
    int table = this.in.index();
    if (tableType(table) != FUNCREF) {
      throw invalid("type mismatch: table %d has no functions".formatted(table));
    }
    if (signature.slots() >= MOST_PARAMETER_SLOTS) {
      throw invalid("it calls what has more parameters than a method of the JVM");
    }
    pop(I32);
    helper(Names.TABLES, "function", "(IL" + Names.CONTEXT_BASE + ";I)I", table);
    pop(signature.parameters());
    String descriptor = signature.descriptor();
    called(
        signature,
        new Member(
            Names.internal(Names.INDIRECT, signature.id()),
            "call",
            descriptor.replace("L" + Names.CONTEXT, "IL" + Names.CONTEXT)));
  }

  private void called(FunctionSignature signature, Member method) {
    this.calls = true;
    this.code.add(Opcodes.ALOAD, this.context);
    this.code.add(Opcodes.INVOKESTATIC, method);
    this.code.add(InstructionBuffer.RELOAD_MEMORY);
    this.stack.seal();
    int[] results = signature.results();
    for (int i = 0; i < results.length; i++) {
      if (i > 0) {
        this.code.add(Opcodes.ALOAD, this.context);
        this.code.add(Opcodes.GETFIELD, result(i, results[i]));
      }
      this.stack.push(results[i], TypedStack.NONE);
    }
  }

  // Variables

  private void select(int opcode) {
    int type = TypedStack.UNKNOWN;
    if (opcode == 0x1c) {
      if (this.in.u32() != 1) {
        throw invalid("invalid result arity");
      }
      type = GuestModule.type(ValueType.read(this.in));
    }
    pop(I32);
    int second = pop(type);
    int first = pop(second == TypedStack.UNKNOWN ? type : second);
    int start = this.takenStart;
    int result = first == TypedStack.UNKNOWN ? second : first;
    if (opcode == 0x1b && FunctionSignature.isReference(result)) {
      throw invalid("type mismatch: a select of references names no type");
    }
    int keep = this.code.newLabel();
    this.comparison.jump(keep, true);
    if (slots(result) == 1) {
      this.code.add(Opcodes.SWAP);
    } else {
      this.code.add(Opcodes.DUP2_X2);
      this.code.add(Opcodes.POP2);
    }
    this.code.add(InstructionBuffer.LABEL, keep);
    drop(result);
    this.stack.push(opcode == 0x1c ? type : result, this.code.isMuted() ? TypedStack.NONE : start);
  }

  private void local(int opcode) {
    int index = this.in.index();
    if (index >= this.localCount) {
      throw invalid("unknown local " + index);
    }
    int type = this.localTypes[index];
    int slot = this.localSlots[index];
    if (opcode == 0x20) {
      boolean initial = index >= this.parameterCount && !this.assigned.get(index);
      if (initial && !this.code.isMuted()) {
        this.needsZero.set(index);
      }
      this.stack.push(type, this.code.add(variant(Opcodes.ILOAD, type), slot));
      this.stack.setLocal(this.stack.height() - 1, index, this.versions[index]);
      return;
    }
    boolean there = this.stack.height() > this.blocks.innermost().height;
    boolean positive = there && isNotNegative(this.stack.height() - 1);
    pop(type);
    int start = this.takenStart;
    if (opcode == 0x22) {
      this.code.add(slots(type) == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    }
    this.code.add(variant(Opcodes.ISTORE, type), slot);
    this.versions[index]++;
    this.notNegative[index] = positive ? this.epoch : -1;
    if (!this.code.isMuted() && !this.assigned.get(index)) {
      this.assigned.set(index);
      if (this.assignmentCount == this.assignments.length) {
        this.assignments = Arrays.copyOf(this.assignments, 2 * this.assignmentCount);
      }
      this.assignments[this.assignmentCount++] = index;
    }
    if (opcode == 0x22) {
      this.stack.push(type, start);
      this.stack.setLocal(this.stack.height() - 1, index, this.versions[index]);
    }
  }

  private void global(int opcode) {
    int index = this.in.index();
    if (index >= this.module.facts.globals().size()) {
      throw invalid("unknown global " + index);
    }
    ExternalType.Global global = this.module.facts.globals().get(index);
    int type = GuestModule.type(global.value());
    Member field = new Member(Names.CONTEXT, Names.global(index), String.valueOf(javaType(type)));
    if (opcode == 0x23) {
      int start = this.code.add(Opcodes.ALOAD, this.context);
      this.code.add(Opcodes.GETFIELD, field);
      this.stack.push(type, start);
      return;
    }
    if (!global.mutable()) {
      throw invalid("global %d is immutable".formatted(index));
    }
    int start = popAll(type);
    if (start != TypedStack.NONE) {
      this.code.insert(start, Opcodes.ALOAD, this.context);
    } else {
      this.code.add(variant(Opcodes.ISTORE, type), home(taken()));
      this.code.add(Opcodes.ALOAD, this.context);
      load(type, taken());
    }
    this.code.add(Opcodes.PUTFIELD, field);
  }

  // Tables

  private int tableType(int table) {
    if (table >= this.module.facts.tables().size()) {
      throw invalid("unknown table " + table);
    }
    return GuestModule.type(this.module.facts.tables().get(table).element());
  }

  private void element(int opcode) {
    int table = this.in.index();
    int type = tableType(table);
    if (opcode == 0x25) {
      pop(I32);
      helper(Names.TABLES, "get", "(IL" + Names.CONTEXT_BASE + ";I)I", table);
      this.stack.push(type, TypedStack.NONE);
    } else {
      pop(type);
      pop(I32);
      helper(Names.TABLES, "set", "(IIL" + Names.CONTEXT_BASE + ";I)V", table);
    }
  }

  private void prefixed(int opcode) {
    String three = "(IIIL" + Names.CONTEXT_BASE + ";";
    switch (opcode) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> this.numerics.saturate(opcode);
      case 8 -> {
        int segment = segment(this.module.facts.dataSegmentCount());
        memoryIndex();
        pop(new int[] {I32, I32, I32});
        helper(Names.MEMORIES, "init", three + "I)V", segment);
      }
      case 9 ->
          helper(
              Names.MEMORIES,
              "drop",
              "(L" + Names.CONTEXT_BASE + ";I)V",
              segment(this.module.facts.dataSegmentCount()));
      case 10 -> {
        memoryIndex();
        memoryIndex();
        pop(new int[] {I32, I32, I32});
        helper(Names.MEMORIES, "copy", three + ")V");
      }
      case 11 -> {
        memoryIndex();
        pop(new int[] {I32, I32, I32});
        helper(Names.MEMORIES, "fill", three + ")V");
      }
      case 12 -> {
        int segment = segment(this.module.facts.elementSegmentCount());
        int table = this.in.index();
        tableType(table);
        pop(new int[] {I32, I32, I32});
        helper(Names.TABLES, "init", three + "II)V", segment, table);
      }
      case 13 ->
          helper(
              Names.TABLES,
              "drop",
              "(L" + Names.CONTEXT_BASE + ";I)V",
              segment(this.module.facts.elementSegmentCount()));
      case 14 -> {
        int to = this.in.index();
        int from = this.in.index();
        if (tableType(to) != tableType(from)) {
          throw invalid("type mismatch: tables of different types");
        }
        pop(new int[] {I32, I32, I32});
        helper(Names.TABLES, "copy", three + "II)V", to, from);
      }
      case 15 -> {
        int table = this.in.index();
        pop(new int[] {tableType(table), I32});
        helper(Names.TABLES, "grow", "(IIL" + Names.CONTEXT_BASE + ";I)I", table);
        this.stack.push(I32, TypedStack.NONE);
      }
      case 16 -> {
        int table = this.in.index();
        tableType(table);
        helper(Names.TABLES, "size", "(L" + Names.CONTEXT_BASE + ";I)I", table);
        this.stack.push(I32, TypedStack.NONE);
      }
      case 17 -> {
        int table = this.in.index();
        pop(new int[] {I32, tableType(table), I32});
        helper(Names.TABLES, "fill", three + "I)V", table);
      }
      default ->
          throw invalid("instruction 0xfc %d, which the engine does not have".formatted(opcode));
    }
  }

  private int segment(int count) {
    int segment = this.in.index();
    if (segment >= count) {
      throw invalid("unknown segment " + segment);
    }
    return segment;
  }

  // Memory

  private void memoryIndex() {
    int index = this.in.index();
    if (index != 0 || this.module.facts.memories().isEmpty()) {
      throw invalid("unknown memory " + index);
    }
    this.usesMemory = true;
  }

  private void access(int opcode) {
    MemoryAccess access = MemoryAccess.of(opcode);
    long align = this.in.u32();
    long offset = this.in.u64();
    if (this.module.facts.memories().isEmpty()) {
      throw invalid("unknown memory 0");
    }
    if (align >= 32 || 1L << align > access.bytes()) {
      throw invalid("alignment must not be larger than natural");
    }
    if (offset > 0xffff_ffffL || offset < 0) {
      throw invalid("offset out of range");
    }
    this.usesMemory = true;
    if (access.isStore()) {
      store(access, offset);
    } else {
      load(access, offset);
    }
  }

  private void load(MemoryAccess access, long offset) {
    int start = popAll(I32);
    int address = taken();
    if (this.code.isMuted()) {
      this.stack.push(access.type(), TypedStack.NONE);
      return;
    }
    if (start != TypedStack.NONE) {
      start = base(access, start);
    } else {
      this.code.add(Opcodes.ISTORE, home(address));
      base(access, InstructionBuffer.NONE);
      load(I32, address);
    }
    addOffset(address, offset, InstructionBuffer.NONE);
    for (int each : access.instructions()) {
      this.code.add(each);
    }
    if (access.handle() != null) {
      this.code.add(Opcodes.INVOKEVIRTUAL, access.method());
    }
    access.convertLoaded(this.code);
    this.stack.push(access.type(), start);
    if (access.isUnsignedNarrow()) {
      this.stack.setNotNegative(address);
    }
  }

  private void store(MemoryAccess access, long offset) {
    int valueStart = popAll(access.type());
    int value = taken();
    int addressStart = popAll(I32);
    int address = taken();
    if (this.code.isMuted()) {
      return;
    }
    if (valueStart != TypedStack.NONE && addressStart != TypedStack.NONE) {
      base(access, addressStart);
      addOffset(address, offset, valueStart);
    } else {
      this.code.add(variant(Opcodes.ISTORE, access.type()), home(value));
      this.code.add(Opcodes.ISTORE, home(address));
      base(access, InstructionBuffer.NONE);
      load(I32, address);
      addOffset(address, offset, InstructionBuffer.NONE);
      load(access.type(), value);
    }
    access.convertStored(this.code);
    for (int each : access.instructions()) {
      this.code.add(each);
    }
    if (access.handle() != null) {
      this.code.add(Opcodes.INVOKEVIRTUAL, access.method());
    }
  }

  /** What an access has below the address; the address begins behind it. */
  private int base(MemoryAccess access, int before) {
    Member handle = access.handle();
    if (before == InstructionBuffer.NONE) {
      if (handle != null) {
        this.code.add(Opcodes.GETSTATIC, handle);
      }
      this.code.add(Opcodes.ALOAD, this.memory);
      return InstructionBuffer.NONE;
    }
    int first = InstructionBuffer.NONE;
    if (handle != null) {
      first = this.code.insert(before, Opcodes.GETSTATIC, handle);
    }
    int array = this.code.insert(before, Opcodes.ALOAD, this.memory);
    return first == InstructionBuffer.NONE ? array : first;
  }

  /**
   * A sum beyond the end of all memories is negative, and so is an address that was: both trap.
   *
   * @param before where the address ends, {@link InstructionBuffer#NONE} if it is on top
   */
  private void addOffset(int address, long offset, int before) {
    if (offset > Integer.MAX_VALUE) {
      put(before, Opcodes.POP, 0);
      put(before, InstructionBuffer.INT, -1);
      return;
    }
    boolean positive = isNotNegative(address);
    int local = this.stack.local(address);
    if (local != TypedStack.NONE && this.stack.version(address) == this.versions[local]) {
      this.notNegative[local] = this.epoch;
    }
    if (offset == 0) {
      return;
    }
    int negative = this.code.newLabel();
    if (!positive) {
      put(before, Opcodes.DUP, 0);
      put(before, Opcodes.IFLT, negative);
    }
    put(before, InstructionBuffer.INT, (int) offset);
    put(before, Opcodes.IADD, 0);
    if (!positive) {
      put(before, InstructionBuffer.LABEL, negative);
    }
  }

  private void put(int before, int opcode, int operand) {
    if (before == InstructionBuffer.NONE) {
      this.code.add(opcode, operand);
    } else {
      this.code.insert(before, opcode, operand);
    }
  }
}
