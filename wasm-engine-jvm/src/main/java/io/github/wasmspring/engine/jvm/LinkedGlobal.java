package io.github.wasmspring.engine.jvm;

/**
 * A global of one instance as another one reads and writes it.
 *
 * @param owner which has it in a field
 * @param user whose code reads and writes it
 */
record LinkedGlobal(JvmInstance owner, int index, boolean isFunction, JvmInstance user) {

  /** As raw bits. */
  long get() {
    long value = this.owner.context().global(this.index);
    return this.isFunction ? LinkedFunction.carry((int) value, this.owner, this.user) : value;
  }

  void set(long value) {
    this.owner
        .context()
        .setGlobal(
            this.index,
            this.isFunction ? LinkedFunction.carry((int) value, this.user, this.owner) : value);
  }
}
