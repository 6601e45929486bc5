package io.github.wasmspring.internal.engine.jvm.run;

import org.jspecify.annotations.Nullable;

/**
 * What guest code throws and catches. Nothing else that goes through its frames is one: no handler
 * of the guest's can hold up a trap, the end of a call, or what fails in the host or the JVM.
 * Public for generated code, not for applications.
 */
public final class GuestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The tag of an exception that comes from another instance and is of none of the tags here. */
  public static final int NO_TAG = -1;

  private final transient GuestContext instance;
  private final int tag;
  private final long[] values;
  private final transient GuestException thrown;

  /**
   * @param instance whose tag it is
   * @param values as raw bits
   */
  public GuestException(GuestContext instance, int tag, long[] values) {
    super(null, null, false, false);
    this.instance = instance;
    this.tag = tag;
    this.values = values;
    this.thrown = this;
  }

  /**
   * @param thrown what this is in the instance that threw it
   */
  private GuestException(GuestContext instance, int tag, long[] values, GuestException thrown) {
    super(null, null, false, false);
    this.instance = instance;
    this.tag = tag;
    this.values = values;
    this.thrown = thrown;
  }

  @Override
  public String getMessage() {
    return "the guest threw an exception (tag %d, %d values) that it does not catch"
        .formatted(this.thrown.tag, this.thrown.values.length);
  }

  /** What this is in the instance that threw it. */
  public GuestException thrown() {
    return this.thrown;
  }

  /** What it is in another instance than the one that threw it. */
  public GuestException in(GuestContext other, int tagThere, long[] valuesThere) {
    return new GuestException(other, tagThere, valuesThere, this.thrown);
  }

  /** Whose tag it is. */
  public GuestContext instance() {
    return this.instance;
  }

  public long[] values() {
    return this.values;
  }

  /** Whether its tag is one of the instance. */
  public boolean isOf(GuestContext other) {
    return this.instance == other;
  }

  /** For a handler: a guest that throws and catches without end has to stop, too. */
  public static GuestException caught(GuestException exception) {
    GuestStop.ifInterrupted();
    return exception;
  }

  /** For what throws a reference. */
  public static GuestException required(@Nullable GuestException exception) {
    if (exception == null) {
      throw new Trap("null exception reference");
    }
    return exception;
  }

  public static int isNull(@Nullable GuestException exception) {
    return exception == null ? 1 : 0;
  }

  /** The host can do nothing with a reference to an exception but see that it is not null. */
  public static long toBits(@Nullable GuestException exception) {
    return exception == null ? TableInstructions.NULL : 0;
  }

  public int tag() {
    return this.tag;
  }

  public int intAt(int index) {
    return (int) this.values[index];
  }

  public long longAt(int index) {
    return this.values[index];
  }

  public float floatAt(int index) {
    return Float.intBitsToFloat((int) this.values[index]);
  }

  public double doubleAt(int index) {
    return Double.longBitsToDouble(this.values[index]);
  }
}
