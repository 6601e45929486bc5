package io.github.wasmspring.prepare;

/**
 * What becomes of the code that a module runs.
 *
 * @param state how far it is
 * @param reason why, for people to read
 */
public record WasmTier(State state, String reason) {

  /** From the interpreter to compiled code. */
  public enum State {
    /** The module runs what it was loaded with, and that stays so. */
    SETTLED,
    /** The interpreter answers; the module is compiled when it has been used enough. */
    WATCHED,
    /** The interpreter answers; the module waits for a thread that compiles it. */
    QUEUED,
    /** The interpreter answers while the module is compiled. */
    COMPILING,
    /** The interpreter answered until the module was compiled. */
    COMPILED,
    /** The interpreter answers, for the module could not be compiled. */
    FAILED
  }
}
