package io.github.wasmspring.internal.engine.jvm.run;

/**
 * A global of one instance as another one reads and writes it.
 *
 * @param owner which has it in a field
 * @param user whose code reads and writes it
 */
public record LinkedGlobal(GuestContext owner, int index, boolean isFunction, GuestContext user) {

  /** As raw bits. */
  public long get() {
    long value = this.owner.global(this.index);
    return this.isFunction ? this.owner.carry((int) value, this.user) : value;
  }

  public long upperHalf() {
    return this.owner.upperHalf(this.index);
  }

  void setUpperHalf(long value) {
    this.owner.setUpperHalf(this.index, value);
  }

  void set(long value) {
    this.owner.setGlobal(
        this.index, this.isFunction ? this.user.carry((int) value, this.owner) : value);
  }
}
