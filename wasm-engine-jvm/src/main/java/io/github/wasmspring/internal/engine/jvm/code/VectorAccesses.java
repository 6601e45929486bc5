package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.Names;

/** Instructions that read vectors or lanes from memories, or write them. */
final class VectorAccesses {

  private static final int LOAD = 0x00;
  private static final int STORE = 0x0b;
  private static final int FIRST_SPLAT = 0x07;
  private static final int FIRST_LANE = 0x54;
  private static final int FIRST_STORED_LANE = 0x58;
  private static final int LOAD_32_ZERO = 0x5c;
  private static final int LOAD_64_ZERO = 0x5d;

  private static final MemoryAccess LONG = new MemoryAccess(I64, 'J', false, false);

  /** By the width of lanes. */
  private static final MemoryAccess[] LANE_LOADS = {
    new MemoryAccess(I32, 'B', false, true),
    new MemoryAccess(I32, 'C', false, true),
    new MemoryAccess(I32, 'I', false, false),
    LONG
  };

  private static final MemoryAccess[] LANE_STORES = {
    new MemoryAccess(I32, 'B', true, false),
    new MemoryAccess(I32, 'S', true, false),
    new MemoryAccess(I32, 'I', true, false),
    new MemoryAccess(I64, 'J', true, false)
  };

  private static final String[] EXTENSIONS = {
    "extend8S", "extend8U", "extend16S", "extend16U", "extend32S", "extend32U"
  };

  private final BinaryCursor in;
  private final MethodBody method;
  private final AccessCompiler accesses;
  private final VectorLanes lanes;
  private final VectorCompiler vectors;

  VectorAccesses(
      BinaryCursor in,
      MethodBody method,
      AccessCompiler accesses,
      VectorLanes lanes,
      VectorCompiler vectors) {
    this.in = in;
    this.method = method;
    this.accesses = accesses;
    this.lanes = lanes;
    this.vectors = vectors;
  }

  /** Reads a lane of an integer, by the binary logarithm of its bytes. */
  static MemoryAccess ofLane(int width) {
    return LANE_LOADS[width];
  }

  static boolean is(int number) {
    return number >= LOAD && number <= STORE || number >= FIRST_LANE && number <= LOAD_64_ZERO;
  }

  void add(int number) {
    this.accesses.readPlace();
    if (number == LOAD) {
      this.accesses.access(MemoryAccess.VECTOR_LOAD);
    } else if (number == STORE) {
      this.accesses.access(MemoryAccess.VECTOR_STORE);
    } else if (number < FIRST_SPLAT) {
      extended(EXTENSIONS[number - 1]);
    } else if (number < STORE) {
      this.accesses.access(LANE_LOADS[number - FIRST_SPLAT]);
      this.lanes.splat(number - FIRST_SPLAT);
    } else if (number < FIRST_STORED_LANE) {
      loadLane(number - FIRST_LANE, this.in.octet());
    } else if (number < LOAD_32_ZERO) {
      this.lanes.extract(number - FIRST_STORED_LANE, false, this.in.octet());
      this.accesses.access(LANE_STORES[number - FIRST_STORED_LANE]);
    } else {
      zeroExtended(number);
    }
  }

  /** Reads a half, of which all lanes become wider. */
  private void extended(String extension) {
    this.accesses.access(LONG);
    int start = this.method.popAll(1);
    this.method.code.number(InstructionBuffer.LONG, 0);
    this.method.pushVector(this.method.code.isMuted() ? TypedStack.NONE : start);
    this.vectors.whole(
        VectorOperation.call(VectorOperation.Form.LOWER, Names.LANE_SHAPES, extension));
  }

  /** Reads a number above which all is zero. */
  private void zeroExtended(int number) {
    this.accesses.access(number == LOAD_64_ZERO ? LONG : new MemoryAccess(I64, 'I', false, true));
    int start = this.method.popAll(1);
    this.method.code.number(InstructionBuffer.LONG, 0);
    this.method.pushVector(this.method.code.isMuted() ? TypedStack.NONE : start);
  }

  /** The vector stands above the address. */
  private void loadLane(int width, int lane) {
    this.method.vectors.toHalves(2);
    this.method.pop(2);
    int vector = this.method.taken();
    this.method.saveVector(vector);
    this.accesses.access(LANE_LOADS[width]);
    int type = VectorCompiler.laneType(width);
    this.method.pop();
    int address = this.method.taken();
    this.method.save(type, address);
    this.method.loadVector(vector);
    this.method.load(type, address);
    this.method.pushVector(TypedStack.NONE);
    this.method.push(type);
    this.lanes.replace(width, lane);
  }
}
