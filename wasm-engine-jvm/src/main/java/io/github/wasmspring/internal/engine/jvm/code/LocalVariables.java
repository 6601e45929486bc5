package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The local variables of a method: those of the guest with what is known of their values, the
 * instance behind the parameters, and behind all the array of the memory, what has values on their
 * way, and the homes of operands. Used for one method after the other.
 */
final class LocalVariables {

  private static final int ZERO_SIZE = 4;
  private static final int PACK_SIZE = 24;
  private static final int MOST_LOOPS = 18;
  private static final int[] NO_VOTES = new int[VectorKind.values().length];

  private final BitSet needsZero = new BitSet();
  private final BitSet assigned = new BitSet();

  private int[] types = new int[16];
  private int[] slots = new int[16];

  /** Where a vector is if it is an object. */
  private int[] packed = new int[16];

  private int[] sharp = new int[16];

  private VectorKind[] wanted = {};

  /** What instructions would have vectors be, and how much depends on it. */
  private final Map<Integer, int[]> votes = new HashMap<>();

  private int[] versions = new int[16];
  private int[] notNegative = new int[16];
  private int[] assignments = new int[16];
  private int assignmentCount;
  private int count;
  private int parameterCount;
  private int epoch;
  private int context;
  private int memory;

  /**
   * Begins with a method: what a body declares is read.
   *
   * @param wanted what the vectors are, by the indices of locals; without one they are halves
   */
  void begin(FunctionSignature signature, BinaryCursor in, VectorKind[] wanted) {
    this.votes.clear();
    this.wanted = wanted;
    this.needsZero.clear();
    this.assigned.clear();
    this.assignmentCount = 0;
    this.count = 0;
    int slot = 0;
    for (int type : signature.parameters()) {
      // The lower half has got the room of both.
      slot = type == FunctionSignature.UPPER_HALF ? slot : add(type, slot);
    }
    this.parameterCount = this.count;
    this.context = slot++;
    for (long groups = in.u32(); groups > 0; groups--) {
      long number = in.u32();
      int type = GuestModule.type(ValueType.read(in));
      for (; number > 0; number--) {
        slot = add(type, slot);
      }
    }
    for (int i = 0; i < this.parameterCount; i++) {
      // What the caller gives are halves.
      if (isObject(i)) {
        this.packed[i] = slot++;
      }
    }
    this.memory = slot;
    forget();
  }

  private int add(int type, int slot) {
    if (this.count == this.types.length) {
      int more = 2 * this.count;
      this.types = Arrays.copyOf(this.types, more);
      this.slots = Arrays.copyOf(this.slots, more);
      this.versions = Arrays.copyOf(this.versions, more);
      this.notNegative = Arrays.copyOf(this.notNegative, more);
      this.packed = Arrays.copyOf(this.packed, more);
      this.sharp = Arrays.copyOf(this.sharp, more);
    }
    this.types[this.count] = type;
    this.packed[this.count] = slot;
    this.slots[this.count++] = slot;
    return slot + slots(type);
  }

  /** Of a vector: those of both halves. */
  private static int slots(int type) {
    return FunctionSignature.slots(type) * (type == FunctionSignature.V128 ? 2 : 1);
  }

  /** The one that has the instance. */
  int context() {
    return this.context;
  }

  /** The one that has the array of the memory. */
  int memory() {
    return this.memory;
  }

  /** The one that has what has values on their way. */
  int values() {
    return this.memory + 1;
  }

  /** The one for an operand while it is not on the stack. */
  int home(int operand) {
    return this.memory + 2 + 2 * operand;
  }

  /** What a vector is. */
  VectorKind kind(int local) {
    return local < this.wanted.length ? this.wanted[local] : VectorKind.HALVES;
  }

  private boolean isObject(int local) {
    return this.types[local] == FunctionSignature.V128 && kind(local).isObject();
  }

  /** Of a vector that is an object. */
  int packedSlot(int local) {
    return this.packed[local];
  }

  /**
   * Notes down what an instruction would have a vector be that is taken from a local.
   *
   * @param local {@link TypedStack#NONE} for what comes from elsewhere
   * @param loops how many loops the instruction is in
   */
  void prefer(int local, VectorKind kind, int loops) {
    if (local != TypedStack.NONE) {
      this.votes
              .computeIfAbsent(local, any -> new int[VectorKind.values().length])[kind.ordinal()] +=
          1 << Math.min(MOST_LOOPS, 3 * loops);
    }
  }

  /** One for each local, to learn what it would best be. */
  VectorKind[] anyObjects() {
    VectorKind[] any = new VectorKind[this.count];
    Arrays.fill(any, VectorKind.LONG);
    return any;
  }

  /** What vectors would best be. */
  VectorKind[] preferred() {
    VectorKind[] best = new VectorKind[this.count];
    for (int i = 0; i < best.length; i++) {
      best[i] = preferred(this.votes.getOrDefault(i, NO_VOTES));
    }
    return best;
  }

  private static VectorKind preferred(int[] votes) {
    VectorKind best = VectorKind.LONG;
    for (VectorKind each : VectorKind.values()) {
      if (votes[each.ordinal()] > votes[best.ordinal()]) {
        best = each;
      }
    }
    return best;
  }

  int type(int local) {
    return this.types[local];
  }

  int slot(int local) {
    return this.slots[local];
  }

  /** Of a vector: where its upper half is. */
  int upperSlot(int local) {
    return this.slots[local] + FunctionSignature.slots(FunctionSignature.UPPER_HALF);
  }

  /** Changes whenever the local is assigned. */
  int version(int local) {
    return this.versions[local];
  }

  /** What was not assigned on the way begins with zero. */
  void read(int local) {
    if (local >= this.parameterCount && !this.assigned.get(local)) {
      this.needsZero.set(local);
    }
  }

  /**
   * @param positive whether the value is known not to be negative
   * @param reached whether anything comes to where it is assigned
   */
  void assign(int local, boolean positive, boolean reached) {
    this.versions[local]++;
    this.notNegative[local] = positive ? this.epoch : -1;
    if (reached && !this.assigned.get(local)) {
      this.assigned.set(local);
      if (this.assignmentCount == this.assignments.length) {
        this.assignments = Arrays.copyOf(this.assignments, 2 * this.assignmentCount);
      }
      this.assignments[this.assignmentCount++] = local;
    }
  }

  boolean isNotNegative(int local, int version) {
    return version == this.versions[local] && this.notNegative[local] == this.epoch;
  }

  /** A value that a local had has turned out not to be negative. */
  void setNotNegative(int local, int version) {
    if (version == this.versions[local]) {
      this.notNegative[local] = this.epoch;
    }
  }

  /** Whether HotSpot knows the class of a vector that is an object. */
  boolean isSharp(int local) {
    return this.sharp[local] == this.epoch;
  }

  void setSharp(int local) {
    this.sharp[local] = this.epoch;
  }

  /** Nothing is known of values any more. */
  void forget() {
    this.epoch++;
  }

  /** How many locals are assigned on the way to here. */
  int assignmentCount() {
    return this.assignmentCount;
  }

  /** Where ways meet, only what was assigned before they parted is. */
  void meet(int assignmentsBefore) {
    forget();
    while (this.assignmentCount > assignmentsBefore) {
      this.assigned.clear(this.assignments[--this.assignmentCount]);
    }
  }

  /** The most bytes that {@link #writeZeros} writes. */
  int zerosSize() {
    return 2 * ZERO_SIZE * this.needsZero.cardinality()
        + (this.wanted.length > 0 ? PACK_SIZE * this.parameterCount : 0);
  }

  void writeZeros(MethodVisitor method) {
    for (int i = 0; i < this.parameterCount; i++) {
      if (isObject(i)) {
        VectorValues.writePack(method, kind(i), slot(i), upperSlot(i));
        method.visitVarInsn(Opcodes.ASTORE, this.packed[i]);
      }
    }
    for (int i = this.needsZero.nextSetBit(0); i >= 0; i = this.needsZero.nextSetBit(i + 1)) {
      if (isObject(i)) {
        VectorValues.writeZero(method, kind(i));
        method.visitVarInsn(Opcodes.ASTORE, this.packed[i]);
        continue;
      }
      ValueInstructions.zero(method, this.types[i]);
      method.visitVarInsn(FunctionSignature.variant(Opcodes.ISTORE, this.types[i]), this.slots[i]);
      if (this.types[i] == FunctionSignature.V128) {
        method.visitInsn(Opcodes.LCONST_0);
        method.visitVarInsn(Opcodes.LSTORE, upperSlot(i));
      }
    }
  }
}
