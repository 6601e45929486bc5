package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.internal.engine.jvm.module.CodeOffsets;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The JVM instructions of one method, kept until it is known what has to stand before others. Used
 * for one method after the other; what is added to a muted buffer is never reached and is dropped.
 */
final class InstructionBuffer {

  /** What stands for an instruction or several; the JVM's opcodes end below. */
  static final int LABEL = 256;

  static final int INT = 257;
  static final int LONG = 258;
  static final int FLOAT = 259;
  static final int DOUBLE = 260;

  /** Takes the array of the memory anew, which a callee may have let grow. */
  static final int RELOAD_MEMORY = 261;

  /** Ends the call if the thread is to stop. */
  static final int POLL = 262;

  static final int NONE = -1;

  /** The operand of an instruction that ends the method and leaves nothing on the JVM's stack. */
  static final int ALONE = 1;

  private static final int LAST_LINE = 0xffff;
  private static final int NO_LINE = -1;

  private static final int POLL_SIZE = 13;
  private static final int RELOAD_SIZE = 12;

  private static final int WIDER_JUMP = 5;
  private static final int SHORT_JUMPS = 32_000;

  private int[] opcodes = new int[256];
  private int[] operands = new int[256];
  private int[] next = new int[256];
  private int[] previous = new int[256];
  private @Nullable Object[] references = new Object[256];
  private long[] numbers = new long[256];
  private int[] places = new int[256];
  private int place;
  private int count;
  private int first = NONE;
  private int last = NONE;
  private int function;
  private int labels;
  private int bytes;
  private int jumps;
  private boolean muted;

  /** Begins with a method, which is a function's. */
  void begin(int newFunction) {
    this.function = newFunction;
    Arrays.fill(this.references, 0, this.count, null);
    this.count = 0;
    this.first = NONE;
    this.last = NONE;
    this.labels = 0;
    this.bytes = 0;
    this.jumps = 0;
    this.muted = false;
    this.place = CodeOffsets.NOWHERE;
  }

  /**
   * Says which instruction of the guest's is next: what is added from now on, wherever it is put,
   * is part of it.
   *
   * @param offset from the beginning of the function's body, which is no instruction
   */
  void at(int offset) {
    this.place = offset <= LAST_LINE ? offset : CodeOffsets.NOWHERE;
  }

  boolean isMuted() {
    return this.muted;
  }

  void mute(boolean silence) {
    this.muted = silence;
  }

  int newLabel() {
    return this.labels++;
  }

  /** The instruction added last, {@link #NONE} if there is none. */
  int last() {
    return this.last;
  }

  /** The most bytes that the instructions take in a class file. */
  int size() {
    return this.bytes + (this.bytes > SHORT_JUMPS ? WIDER_JUMP * this.jumps : 0);
  }

  int add(int opcode) {
    return add(opcode, 0, null, 0);
  }

  int add(int opcode, int operand) {
    return add(opcode, operand, null, 0);
  }

  int add(int opcode, Member member) {
    return add(opcode, 0, member, 0);
  }

  int number(int opcode, long bits) {
    return add(opcode, 0, null, bits);
  }

  int constant(int value) {
    return add(INT, value, null, 0);
  }

  void table(int[] targets) {
    add(Opcodes.TABLESWITCH, 0, targets, 0);
  }

  private int add(int opcode, int operand, @Nullable Object reference, long number) {
    if (this.muted) {
      return NONE;
    }
    int index = store(opcode, operand, reference, number);
    this.previous[index] = this.last;
    this.next[index] = NONE;
    if (this.last == NONE) {
      this.first = index;
    } else {
      this.next[this.last] = index;
    }
    this.last = index;
    return index;
  }

  /**
   * @param before the instruction that it stands before, {@link #NONE} if it is the last
   */
  int put(int before, int opcode, int operand) {
    return before == NONE ? add(opcode, operand) : insert(before, opcode, operand);
  }

  /** The same for a field or a method. */
  int put(int before, int opcode, Member member) {
    return before == NONE ? add(opcode, member) : insert(before, opcode, member);
  }

  int insert(int before, int opcode, int operand) {
    return insert(before, opcode, operand, null, 0);
  }

  int insert(int before, int opcode, Member member) {
    return insert(before, opcode, 0, member, 0);
  }

  void insertNumber(int before, int opcode, long bits) {
    insert(before, opcode, 0, null, bits);
  }

  private int insert(int before, int opcode, int operand, @Nullable Object reference, long number) {
    if (this.muted) {
      return NONE;
    }
    int index = store(opcode, operand, reference, number);
    int earlier = this.previous[before];
    this.previous[index] = earlier;
    this.next[index] = before;
    this.previous[before] = index;
    if (earlier == NONE) {
      this.first = index;
    } else {
      this.next[earlier] = index;
    }
    return index;
  }

  /** Puts a constant where another one stands. */
  void replace(int index, int opcode, int operand, long number) {
    this.bytes +=
        size(opcode, operand, null) - size(this.opcodes[index], this.operands[index], null);
    this.opcodes[index] = opcode;
    this.operands[index] = operand;
    this.numbers[index] = number;
  }

  private int store(int opcode, int operand, @Nullable Object reference, long number) {
    if (this.bytes > MethodLimits.BYTES) {
      throw MethodLimits.tooBig(this.function);
    }
    if (this.count == this.opcodes.length) {
      lengthen();
    }
    int index = this.count++;
    this.opcodes[index] = opcode;
    this.operands[index] = operand;
    this.references[index] = reference;
    this.numbers[index] = number;
    this.places[index] = this.place;
    this.bytes += size(opcode, operand, reference);
    if (isJump(opcode)) {
      this.jumps++;
    }
    return index;
  }

  int first() {
    return this.first;
  }

  int next(int index) {
    return this.next[index];
  }

  int previous(int index) {
    return this.previous[index];
  }

  int opcode(int index) {
    return this.opcodes[index];
  }

  int operand(int index) {
    return this.operands[index];
  }

  int size(int index) {
    return size(this.opcodes[index], this.operands[index], this.references[index]);
  }

  int labelCount() {
    return this.labels;
  }

  /** All that an instruction is but the place it stands for; not for switches. */
  Content content(int index) {
    return new Content(
        this.opcodes[index], this.operands[index], this.references[index], this.numbers[index]);
  }

  record Content(int opcode, int operand, @Nullable Object reference, long number) {}

  boolean mayFail(int index) {
    return mayFail(this.opcodes[index], this.references[index]);
  }

  /** Whether what follows an instruction is reached by jumps alone. */
  static boolean neverGoesOn(int opcode) {
    return opcode == Opcodes.GOTO
        || opcode == Opcodes.TABLESWITCH
        || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN
        || opcode == Opcodes.ATHROW;
  }

  /** Adds to the uses of the labels that an instruction may jump to. */
  void countUses(int index, int[] uses, int more) {
    if (isJump(this.opcodes[index])) {
      uses[this.operands[index]] += more;
    } else if (this.references[index] instanceof int[] table) {
      for (int label : table) {
        uses[label] += more;
      }
    }
  }

  /** Lets what jumps to a label jump to another one instead. */
  void redirect(int[] targets) {
    for (int i = this.first; i != NONE; i = this.next[i]) {
      if (isJump(this.opcodes[i])) {
        jumpTo(i, targets[this.operands[i]]);
      } else if (this.references[i] instanceof int[] table) {
        this.references[i] = Arrays.stream(table).map(label -> targets[label]).toArray();
      }
    }
  }

  private void jumpTo(int jump, int label) {
    this.operands[jump] = label;
  }

  /** Puts a jump where another one, or the end of the method, is. */
  void replaceByJump(int index, int label) {
    if (this.opcodes[index] != Opcodes.GOTO) {
      this.bytes += size(Opcodes.GOTO, label, null) - size(index);
      this.opcodes[index] = Opcodes.GOTO;
      this.jumps++;
    }
    jumpTo(index, label);
  }

  /** The label that stands before an instruction, a new one if there is none. */
  int labelBefore(int index) {
    int before = this.previous[index];
    if (before != NONE && this.opcodes[before] == LABEL) {
      return this.operands[before];
    }
    int label = newLabel();
    insert(index, LABEL, label);
    return label;
  }

  void remove(int index) {
    int before = this.previous[index];
    int after = this.next[index];
    if (before == NONE) {
      this.first = after;
    } else {
      this.next[before] = after;
    }
    if (after == NONE) {
      this.last = before;
    } else {
      this.previous[after] = before;
    }
    this.bytes -= size(index);
    if (isJump(this.opcodes[index])) {
      this.jumps--;
    }
  }

  /** What is kept beside the instructions is bounded as they are. */
  void addBytes(int more) {
    this.bytes += more;
  }

  private void lengthen() {
    int more = 2 * this.count;
    this.opcodes = Arrays.copyOf(this.opcodes, more);
    this.operands = Arrays.copyOf(this.operands, more);
    this.next = Arrays.copyOf(this.next, more);
    this.previous = Arrays.copyOf(this.previous, more);
    this.references = Arrays.copyOf(this.references, more);
    this.numbers = Arrays.copyOf(this.numbers, more);
    this.places = Arrays.copyOf(this.places, more);
  }

  private static boolean isJump(int opcode) {
    return opcode >= Opcodes.IFEQ && opcode <= Opcodes.GOTO;
  }

  private static boolean isVariable(int opcode) {
    return opcode >= Opcodes.ILOAD && opcode <= Opcodes.ALOAD
        || opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
  }

  private static int size(int opcode, int operand, @Nullable Object reference) {
    if (isVariable(opcode)) {
      return operand < 4 ? 1 : operand < 256 ? 2 : 4;
    }
    if (isJump(opcode) || opcode >= Opcodes.GETSTATIC && opcode <= Opcodes.INVOKESTATIC) {
      return 3;
    }
    return switch (opcode) {
      case LABEL -> 0;
      case INT -> operand >= -1 && operand <= 5 ? 1 : operand == (byte) operand ? 2 : 3;
      case LONG, FLOAT, DOUBLE, Opcodes.CHECKCAST -> 3;
      case RELOAD_MEMORY -> RELOAD_SIZE;
      case POLL -> POLL_SIZE;
      case Opcodes.TABLESWITCH -> reference instanceof int[] targets ? 16 + 4 * targets.length : 0;
      default -> 1;
    };
  }

  /**
   * How many instructions stand before each label.
   *
   * @param memory see {@link #writeTo}
   */
  int[] positions(int memory) {
    int[] before = new int[this.labels];
    int written = 0;
    for (int i = this.first; i != NONE; i = this.next[i]) {
      if (this.opcodes[i] == LABEL) {
        before[this.operands[i]] = written;
      } else if (this.opcodes[i] != RELOAD_MEMORY || memory != NONE) {
        written++;
      }
    }
    return before;
  }

  /** One for each label that there is now. */
  Label[] newLabels() {
    Label[] targets = new Label[this.labels];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = new Label();
    }
    return targets;
  }

  /**
   * Of what may fail, and of calls, the line is the offset of the guest's instruction, see {@link
   * #at}: who reads a stack trace needs no more than that, and the JVM keeps as little as that.
   *
   * @param targets see {@link #newLabels}
   * @param context the local variable that has the instance
   * @param memory the local variable that has the array of the memory, {@link #NONE} if it is not
   *     used
   */
  void writeTo(MethodVisitor method, Label[] targets, int context, int memory) {
    int line = NO_LINE;
    for (int i = this.first; i != NONE; i = this.next[i]) {
      if (this.places[i] != line && mayFail(this.opcodes[i], this.references[i])) {
        line = this.places[i];
        Label here = new Label();
        method.visitLabel(here);
        method.visitLineNumber(line, here);
      }
      write(method, i, targets, context, memory);
    }
  }

  private static boolean mayFail(int opcode, @Nullable Object reference) {
    if (opcode >= Opcodes.INVOKEVIRTUAL && opcode <= Opcodes.INVOKESTATIC) {
      return reference instanceof Member member && !Numerics.neverFails(member);
    }
    return opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
        || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE
        || opcode >= Opcodes.IDIV && opcode <= Opcodes.LDIV
        || opcode >= Opcodes.IREM && opcode <= Opcodes.LREM
        || opcode == Opcodes.ATHROW
        || opcode == POLL;
  }

  private void write(MethodVisitor method, int index, Label[] targets, int context, int memory) {
    int opcode = this.opcodes[index];
    int operand = this.operands[index];
    if (isVariable(opcode)) {
      method.visitVarInsn(opcode, operand);
    } else if (isJump(opcode)) {
      method.visitJumpInsn(opcode, targets[operand]);
    } else if (this.references[index] instanceof Member member) {
      if (opcode == Opcodes.CHECKCAST) {
        method.visitTypeInsn(opcode, member.owner());
      } else if (opcode <= Opcodes.PUTFIELD) {
        method.visitFieldInsn(opcode, member.owner(), member.name(), member.descriptor());
      } else {
        method.visitMethodInsn(opcode, member.owner(), member.name(), member.descriptor(), false);
      }
    } else if (this.references[index] instanceof int[] table) {
      Label[] cases = new Label[table.length - 1];
      for (int i = 0; i < cases.length; i++) {
        cases[i] = targets[table[i]];
      }
      method.visitTableSwitchInsn(0, cases.length - 1, targets[table[cases.length]], cases);
    } else {
      switch (opcode) {
        case LABEL -> method.visitLabel(targets[operand]);
        case INT -> ValueInstructions.writeInt(method, operand);
        case LONG -> writeLong(method, this.numbers[index]);
        case FLOAT -> method.visitLdcInsn(Float.intBitsToFloat((int) this.numbers[index]));
        case DOUBLE -> method.visitLdcInsn(Double.longBitsToDouble(this.numbers[index]));
        case RELOAD_MEMORY -> writeReload(method, context, memory);
        case POLL -> writePoll(method);
        default -> method.visitInsn(opcode);
      }
    }
  }

  private static void writeLong(MethodVisitor method, long value) {
    if (value == 0 || value == 1) {
      method.visitInsn(Opcodes.LCONST_0 + (int) value);
    } else {
      method.visitLdcInsn(value);
    }
  }

  static void writeReload(MethodVisitor method, int context, int memory) {
    if (memory != NONE) {
      method.visitVarInsn(Opcodes.ALOAD, context);
      Names.MEMORY_FIELD.writeGet(method);
      Names.BYTES_FIELD.writeGet(method);
      method.visitVarInsn(Opcodes.ASTORE, memory);
    }
  }

  /** All of it here, so that HotSpot has nothing to decide not to inline. */
  static void writePoll(MethodVisitor method) {
    Label goOn = new Label();
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, "java/lang/Thread", "currentThread", "()Ljava/lang/Thread;", false);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, "java/lang/Thread", "isInterrupted", "()Z", false);
    method.visitJumpInsn(Opcodes.IFEQ, goOn);
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, Names.STOP, "now", "()Ljava/lang/RuntimeException;", false);
    method.visitInsn(Opcodes.ATHROW);
    method.visitLabel(goOn);
  }
}
