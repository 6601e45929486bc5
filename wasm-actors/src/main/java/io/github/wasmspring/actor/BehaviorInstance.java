package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What behaves for one actor. What it throws are {@link WasmException}s. */
interface BehaviorInstance {

  List<WasmEffect> init(WasmActorStart start);

  List<WasmEffect> receive(WasmActorMessage message);

  /** {@code null} if it takes none. */
  byte @Nullable [] snapshot();

  void restore(byte[] snapshot);

  /**
   * What it is, to be woken later.
   *
   * @return {@code null} if that can't be told
   */
  byte @Nullable [] save();

  /** The bytes of its memory, 0 for Java. */
  long memoryBytes();

  /** Whether it takes one of the places that instances of modules share. */
  boolean isModule();

  /**
   * Nobody needs it any more.
   *
   * @param fit whether somebody else may have what it was made of
   */
  void close(boolean fit);
}
