package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.V128;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.slots;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.variant;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a function becomes: instructions, local variables, and the operands between two
 * instructions, which are those of the guest. Used for one function after the other.
 */
final class MethodBody {

  private static final int BEGINNING_SIZE = 44;
  private static final String BASE_PARAMETER = "L" + Names.CONTEXT_BASE + ";";

  final InstructionBuffer code;
  final TypedStack stack = new TypedStack();
  final OpenBlocks blocks = new OpenBlocks();
  final LocalVariables locals = new LocalVariables();
  final ProtectedRanges ranges;
  final VectorValues vectors;

  private final ClassNames names;
  private boolean usesMemory;
  private boolean usesValues;
  private boolean calls;
  private int function;
  private int beginning;
  private int takenStart;

  MethodBody(ClassNames names) {
    this.names = names;
    this.code = new InstructionBuffer();
    this.ranges = new ProtectedRanges(this.code, this.blocks);
    this.vectors = new VectorValues(this);
  }

  /**
   * @param kinds what the vectors in local variables are, see {@link LocalVariables#begin}
   */
  void begin(int index, FunctionSignature signature, BinaryCursor in, VectorKind[] kinds) {
    this.function = index;
    this.code.begin(index);
    this.beginning = InstructionBuffer.NONE;
    this.stack.clear();
    this.blocks.clear();
    this.ranges.clear();
    this.locals.begin(signature, in, kinds);
    this.usesMemory = false;
    this.usesValues = false;
    this.calls = false;
  }

  /** The function that the method is of. */
  int function() {
    return this.function;
  }

  /** The label of the method's beginning, where its variables get what they begin with. */
  int beginning() {
    if (this.beginning == InstructionBuffer.NONE) {
      this.beginning = this.code.newLabel();
      markCalling();
    }
    return this.beginning;
  }

  /** The array of the memory is in its local variable from the beginning on. */
  void useMemory() {
    this.usesMemory = true;
  }

  /** Puts what has values on their way on the stack; from the beginning on, a variable has it. */
  void loadValues() {
    this.usesValues = true;
    this.code.add(Opcodes.ALOAD, this.locals.values());
  }

  /** The method looks whether it is to stop when it begins. */
  void markCalling() {
    this.calls = true;
  }

  /** Makes the method smaller, see {@link CommonTails}. */
  void joinTails() {
    if (this.ranges.isEmpty()) {
      CommonTails.join(this.code);
    }
  }

  /** The most bytes that the method takes. */
  int size() {
    return this.code.size() + this.locals.zerosSize() + BEGINNING_SIZE;
  }

  /** The most local variables that the method has, in the JVM's units. */
  long variables() {
    return this.locals.home(0) + 2L * this.stack.highest();
  }

  void writeTo(MethodVisitor method) {
    int array = this.usesMemory ? this.locals.memory() : InstructionBuffer.NONE;
    Label[] labels = this.code.newLabels();
    this.ranges.writeTo(method, labels, array);
    if (this.beginning != InstructionBuffer.NONE) {
      method.visitLabel(labels[this.beginning]);
    }
    this.locals.writeZeros(method);
    if (this.calls) {
      InstructionBuffer.writePoll(method);
    }
    InstructionBuffer.writeReload(method, this.locals.context(), array);
    if (this.usesValues) {
      method.visitVarInsn(Opcodes.ALOAD, this.locals.context());
      this.names.writeValues(method);
      method.visitVarInsn(Opcodes.ASTORE, this.locals.values());
    }
    this.code.writeTo(method, labels, this.locals.context(), array);
  }

  /** Takes an operand; where nothing comes to, there are as many as are wanted. */
  int pop() {
    int top = this.stack.height() - 1;
    if (top < this.blocks.innermost().height) {
      this.takenStart = TypedStack.NONE;
      return TypedStack.UNKNOWN;
    }
    int type = this.stack.type(top);
    this.takenStart = this.stack.start(top);
    this.stack.shrink(top);
    return type;
  }

  void pop(int count) {
    for (int i = 0; i < count; i++) {
      pop();
    }
  }

  /** The index that the operand has had that was just taken. */
  int taken() {
    return this.stack.height();
  }

  /** Where it begins, {@link TypedStack#NONE} if nothing can be put below it. */
  int takenStart() {
    return this.takenStart;
  }

  /** What instructions take that give one value: where the first of them begins. */
  int popAll(int count) {
    int start = this.code.last();
    boolean whole = true;
    for (int i = 0; i < count; i++) {
      pop();
      start = this.takenStart;
      whole &= start != TypedStack.NONE;
    }
    return whole ? start : TypedStack.NONE;
  }

  /** Nothing can be put below it any more. */
  void push(int type) {
    this.stack.push(type, TypedStack.NONE);
  }

  /**
   * Pushes both halves of a vector.
   *
   * @param start see {@link TypedStack#push}
   */
  void pushVector(int start) {
    this.stack.push(V128, start);
    this.stack.push(UPPER_HALF, start);
  }

  /** A vector that is an object. */
  void pushVector(VectorKind kind, int start) {
    pushVector(start);
    this.stack.setKind(this.stack.height() - 2, kind);
  }

  /** The same for a value of any type. */
  void pushValue(int type, int start) {
    if (type == V128) {
      pushVector(start);
    } else {
      this.stack.push(type, start);
    }
  }

  void push(int[] types) {
    for (int type : types) {
      push(type);
    }
  }

  /** The operands on top stay, and only their types are known from now on. */
  void retype(int[] types) {
    pop(types.length);
    push(types);
  }

  boolean isNotNegative(int index) {
    int local = this.stack.local(index);
    return this.stack.isNotNegative(index)
        || local != TypedStack.NONE && this.locals.isNotNegative(local, this.stack.version(index));
  }

  /** Puts what is on top of the JVM's stack into a home. */
  void save(int type, int home) {
    this.code.add(variant(Opcodes.ISTORE, type), this.locals.home(home));
  }

  /** Puts an operand, which is on top of the JVM's stack, into its home. */
  void saveOperand(int index) {
    move(Opcodes.ISTORE, index);
  }

  /** Brings one back that is at home. */
  void loadOperand(int index) {
    move(Opcodes.ILOAD, index);
  }

  private void move(int opcodeOfInt, int index) {
    int type = this.stack.type(index);
    if (isPartOfObject(index)) {
      if (type == V128) {
        this.code.add(opcodeOfInt + (Opcodes.ALOAD - Opcodes.ILOAD), this.locals.home(index));
      }
    } else {
      this.code.add(variant(opcodeOfInt, type), this.locals.home(index));
    }
  }

  private boolean isPartOfObject(int index) {
    return switch (this.stack.type(index)) {
      case V128 -> this.stack.kind(index).isObject();
      case UPPER_HALF -> this.stack.kind(index - 1).isObject();
      default -> false;
    };
  }

  /** Drops an operand, which is on top of the JVM's stack. */
  void dropOperand(int index) {
    int type = this.stack.type(index);
    if (!isPartOfObject(index)) {
      drop(type);
    } else if (type == V128) {
      this.code.add(Opcodes.POP, 1 + type);
    }
  }

  /** Puts both halves of a vector into the homes of two operands. */
  void saveVector(int home) {
    save(UPPER_HALF, home + 1);
    save(V128, home);
  }

  void loadVector(int home) {
    load(V128, home);
    load(UPPER_HALF, home + 1);
  }

  void load(int type, int home) {
    this.code.add(variant(Opcodes.ILOAD, type), this.locals.home(home));
  }

  int loadContext() {
    return this.code.add(Opcodes.ALOAD, this.locals.context());
  }

  /** Puts a memory on the stack. */
  int loadMemory(int memory) {
    return putMemory(InstructionBuffer.NONE, memory);
  }

  /**
   * @param before see {@link InstructionBuffer#put}
   * @return the first of the instructions
   */
  int putMemory(int before, int memory) {
    int first = this.code.put(before, Opcodes.ALOAD, this.locals.context());
    if (memory == 0) {
      this.code.put(before, Opcodes.GETFIELD, Names.MEMORY_FIELD);
    } else {
      this.code.put(before, Opcodes.GETFIELD, Names.MEMORIES_FIELD);
      this.code.put(before, InstructionBuffer.INT, memory);
      this.code.put(before, Opcodes.AALOAD, 0);
    }
    return first;
  }

  void drop(int type) {
    this.code.add(slots(type) == 2 ? Opcodes.POP2 : Opcodes.POP, 1 + type);
  }

  /**
   * Calls a method of ours, with operands, the instance and constants.
   *
   * @param operands the types of operands, as descriptors have them
   * @param result likewise
   * @return the first of the instructions
   */
  int call(String owner, String name, String operands, char result, int... constants) {
    int first = loadContext();
    for (int constant : constants) {
      this.code.constant(constant);
    }
    String descriptor =
        "(" + operands + BASE_PARAMETER + "I".repeat(constants.length) + ")" + result;
    this.code.add(Opcodes.INVOKESTATIC, new Member(owner, name, descriptor));
    return first;
  }
}
