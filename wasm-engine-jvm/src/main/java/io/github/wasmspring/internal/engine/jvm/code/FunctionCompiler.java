package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.V128;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.slots;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.variant;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.split.SplitLimits;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes JVM instructions of a function that is valid, in one pass over its bytes. The operands of
 * the guest are those of the JVM. Used for one function after the other, by one thread.
 */
public final class FunctionCompiler {

  private final GuestModule module;
  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final LocalVariables locals;
  private final PendingComparison comparison;
  private final ControlCompiler control;
  private final CallCompiler calls;
  private final AccessCompiler accesses;
  private final AtomicCompiler atomics;
  private final BranchCompiler branches;
  private final ExceptionCompiler exceptions;
  private final ThrowCompiler throwing;
  private final MemoryCompiler memory;
  private final TableCompiler tables;
  private final GlobalCompiler globals;
  private final ReferenceCompiler references;
  private final Numerics numerics;
  private final WideArithmetic wide;
  private final VectorCompiler vectors;
  private final VectorVariables vectorLocals;

  private static final VectorKind[] HALVES = {};

  private int function;

  /** Whether HotSpot of this JVM may join unsigned comparisons wrongly. */
  public static boolean joinsComparisonsHere() {
    return Runtime.version().feature() < 18;
  }

  /**
   * @param joinsComparisons whether HotSpot may join unsigned comparisons of {@code int}s wrongly
   *     (JDK-8376400), as it does before 18
   */
  public FunctionCompiler(GuestModule module, boolean joinsComparisons) {
    this.module = module;
    this.in = new BinaryCursor(module.bytes, 0, 0);
    this.method = new MethodBody(module.names);
    this.code = this.method.code;
    this.stack = this.method.stack;
    this.locals = this.method.locals;
    this.comparison = new PendingComparison(this.method, joinsComparisons);
    this.tables = new TableCompiler(this.in, module, this.method);
    this.calls = new CallCompiler(this.in, module, this.method, this.tables);
    this.branches = new BranchCompiler(this.method, this.calls);
    this.exceptions = new ExceptionCompiler(this.in, module.tags, this.method, this.branches);
    this.throwing = new ThrowCompiler(this.in, module, this.method, this.branches);
    this.control =
        new ControlCompiler(
            this.in,
            module,
            this.method,
            this.comparison,
            this.calls,
            this.branches,
            this.exceptions);
    this.accesses = new AccessCompiler(this.in, module, this.method);
    this.atomics = new AtomicCompiler(this.in, this.method, this.accesses);
    this.memory = new MemoryCompiler(this.in, module, this.method);
    this.globals = new GlobalCompiler(this.in, module, this.method);
    this.references = new ReferenceCompiler(this.in, this.method, this.comparison, this.branches);
    this.numerics = new Numerics(this.method);
    this.wide = new WideArithmetic(this.method);
    this.vectorLocals = new VectorVariables(this.method, this.comparison);
    this.vectors = new VectorCompiler(this.in, this.method, this.accesses, module.names);
  }

  /**
   * @throws io.github.wasmspring.WasmLoadException {@code INVALID} if the function is more than the
   *     JVM can have in a method
   */
  public void compile(int index) {
    this.function = index;
    FunctionBody body = this.module.code(index);
    FunctionSignature signature = this.module.signatureOf(index);
    this.in.window(body.start(), body.end());
    this.comparison.clear();
    make(index, signature, HALVES);
    if (this.vectors.areWorthObjects(this.module.vectors)) {
      makeWithObjects(index, signature, body);
    }
    MethodLimits.check(index, this.method);
  }

  /** Once to see what vectors in local variables would best be, and once with that. */
  private void makeWithObjects(int index, FunctionSignature signature, FunctionBody body) {
    this.vectors.useObjects(true);
    boolean isSmall;
    try {
      again(index, signature, body, this.locals.anyObjects());
      again(index, signature, body, this.locals.preferred());
      isSmall = size() <= SplitLimits.HOTSPOT;
    } catch (WasmLoadException tooMuch) {
      isSmall = false;
    } finally {
      this.vectors.useObjects(false);
    }
    if (!isSmall) {
      // Objects that HotSpot leaves to its interpreter are objects.
      again(index, signature, body, HALVES);
    }
  }

  private void again(
      int index, FunctionSignature signature, FunctionBody body, VectorKind[] kinds) {
    this.in.window(body.start(), body.end());
    this.comparison.clear();
    make(index, signature, kinds);
  }

  private void make(int index, FunctionSignature signature, VectorKind[] kinds) {
    this.method.begin(index, signature, this.in, kinds);
    this.vectors.begin();
    this.control.openFunction(signature);
    while (this.method.blocks.depth() > 0) {
      this.code.at(this.module.place(index, this.in.position()));
      instruction(this.in.octet());
    }
  }

  /** Makes what {@link #compile} has made smaller, if that can be; it becomes no faster by it. */
  public void shrink() {
    this.method.joinTails();
  }

  /** The most bytes that {@link #compile} has made. */
  public int size() {
    return this.method.size();
  }

  /** The most local variables that it has. */
  public long variables() {
    return this.method.variables();
  }

  /** Writes what {@link #compile} has made. */
  public void writeTo(MethodVisitor visitor) {
    this.method.writeTo(visitor);
  }

  private RuntimeException invalid(String detail) {
    return GuestModule.invalid(
        "%s (function %d, offset 0x%x)".formatted(detail, this.function, this.in.position()));
  }

  private void instruction(int opcode) {
    if (this.comparison.isPending() && !PendingComparison.canTake(opcode)) {
      this.comparison.materialise();
    }
    switch (opcode) {
      case 0x00 -> trap();
      case 0x01 -> {}
      case 0x02, 0x03, 0x04, 0x06, 0x1f -> this.control.open(opcode);
      case 0x05 -> this.control.otherwise();
      case 0x07, 0x19 -> this.exceptions.handle(opcode);
      case 0x08 -> this.throwing.ofTag();
      case 0x09 -> this.throwing.again();
      case 0x0a -> this.throwing.reference();
      case 0x0b -> this.control.end();
      case 0x0c -> this.control.branch();
      case 0x0d -> this.control.branchIf();
      case 0x0e -> this.control.branchTable();
      case 0x0f -> this.control.branchToEnd();
      case 0x10 -> this.calls.direct();
      case 0x11 -> this.calls.indirect();
      case 0x12 -> {
        this.calls.tailDirect();
        this.branches.unreachable();
      }
      case 0x13 -> {
        this.calls.tailIndirect();
        this.branches.unreachable();
      }
      case 0x14 -> this.calls.reference();
      case 0x15 -> {
        this.calls.tailReference();
        this.branches.unreachable();
      }
      case 0x18 -> this.control.delegate();
      case 0x1a -> drop();
      case 0x1b -> select();
      case 0x1c -> {
        for (int types = this.in.index(); types > 0; types--) {
          ValueType.read(this.in);
        }
        select();
      }
      case 0x20 -> getLocal();
      case 0x21 -> setLocal(false);
      case 0x22 -> setLocal(true);
      case 0x23 -> this.globals.get();
      case 0x24 -> this.globals.set();
      case 0x25 -> this.tables.get();
      case 0x26 -> this.tables.set();
      case 0x3f -> this.memory.size();
      case 0x40 -> this.memory.grow();
      case 0x41 -> {
        int value = this.in.s32();
        this.stack.push(I32, this.code.constant(value));
        this.stack.setConstant(this.stack.height() - 1, value);
      }
      case 0x42 -> this.stack.push(I64, this.code.number(InstructionBuffer.LONG, this.in.s64()));
      case 0x43 ->
          this.stack.push(
              F32, this.code.number(InstructionBuffer.FLOAT, GuestModule.bits(this.in, 4)));
      case 0x44 ->
          this.stack.push(
              F64, this.code.number(InstructionBuffer.DOUBLE, GuestModule.bits(this.in, 8)));
      case 0xd0 -> this.references.none();
      case 0xd1 -> this.references.isNull();
      case 0xd2 -> this.references.function();
      case 0xd4 -> this.references.asNonNull();
      case 0xd5 -> this.references.branchOnNull();
      case 0xd6 -> this.references.branchOnNonNull();
      case 0xfc -> prefixed(this.in.index());
      case 0xfd -> this.vectors.add(this.in.index());
      case 0xfe -> this.atomics.add(this.in.index());
      default -> {
        if (MemoryAccess.is(opcode)) {
          this.accesses.access(opcode);
        } else if (PendingComparison.is(opcode)) {
          this.comparison.begin(opcode);
        } else if (Numerics.is(opcode)) {
          this.numerics.add(opcode);
        } else {
          throw invalid("instruction 0x%x, which the engine does not have".formatted(opcode));
        }
      }
    }
  }

  private void prefixed(int opcode) {
    switch (opcode) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> this.numerics.saturate(opcode);
      case 8 -> this.memory.init();
      case 9 -> this.memory.dropSegment();
      case 10 -> this.memory.copy();
      case 11 -> this.memory.fill();
      case 12 -> this.tables.init();
      case 13 -> this.tables.dropSegment();
      case 14 -> this.tables.copy();
      case 15 -> this.tables.grow();
      case 16 -> this.tables.size();
      case 17 -> this.tables.fill();
      default -> {
        if (!WideArithmetic.is(opcode)) {
          throw invalid("instruction 0xfc %d, which the engine does not have".formatted(opcode));
        }
        this.wide.add(opcode);
      }
    }
  }

  private void trap() {
    this.code.add(
        Opcodes.INVOKESTATIC,
        new Member(Names.ARITHMETIC, "unreachable", "()Ljava/lang/RuntimeException;"));
    this.code.add(Opcodes.ATHROW);
    this.branches.unreachable();
  }

  private void drop() {
    int operands = this.method.pop() == UPPER_HALF ? 2 : 1;
    for (int i = 0; i < operands && !this.code.isMuted(); i++) {
      this.method.dropOperand(this.method.taken() - i);
    }
    this.method.pop(operands - 1);
  }

  private void select() {
    this.method.pop();
    int second = this.method.pop();
    if (second == UPPER_HALF) {
      this.method.pop(3);
      this.vectorLocals.select();
      return;
    }
    int first = this.method.pop();
    int start = this.method.takenStart();
    int type = first == TypedStack.UNKNOWN ? second : first;
    int keep = this.code.newLabel();
    this.comparison.jump(keep, true);
    if (slots(type) == 1) {
      this.code.add(Opcodes.SWAP);
    } else {
      this.code.add(Opcodes.DUP2_X2);
      this.code.add(Opcodes.POP2);
    }
    this.code.add(InstructionBuffer.LABEL, keep);
    this.method.drop(type);
    this.stack.push(type, this.code.isMuted() ? TypedStack.NONE : start);
  }

  private void getLocal() {
    int local = this.in.index();
    int type = this.locals.type(local);
    if (!this.code.isMuted()) {
      this.locals.read(local);
    }
    if (type == V128) {
      this.vectorLocals.get(local);
      return;
    }
    push(local, this.code.add(variant(Opcodes.ILOAD, type), this.locals.slot(local)));
  }

  private void push(int local, int start) {
    this.stack.push(this.locals.type(local), start);
    this.stack.setLocal(this.stack.height() - 1, local, this.locals.version(local));
  }

  private void setLocal(boolean keep) {
    int local = this.in.index();
    int type = this.locals.type(local);
    if (type == V128) {
      this.vectorLocals.set(local, keep);
      return;
    }
    boolean reached = !this.code.isMuted();
    boolean positive = reached && this.method.isNotNegative(this.stack.height() - 1);
    this.method.pop();
    int start = this.method.takenStart();
    if (keep) {
      this.code.add(slots(type) == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    }
    this.code.add(variant(Opcodes.ISTORE, type), this.locals.slot(local));
    this.locals.assign(local, positive, reached);
    if (keep) {
      push(local, start);
    }
  }
}
