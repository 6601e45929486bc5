package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import java.util.List;

/**
 * How code addresses a memory.
 *
 * @param is64 whether addresses are {@code i64}
 * @param pageBits the binary logarithm of the bytes of a page
 * @param isRoomy whether the array may be longer than the memory
 * @param isShared whether its bytes are in no array
 */
public record MemoryForm(boolean is64, int pageBits, boolean isRoomy, boolean isShared) {

  private static final int USUAL_PAGE_BITS = 16;

  /** Memories of small pages grow in small steps, which must not copy them each time. */
  public static MemoryForm of(ExternalType.Memory memory, boolean growsOften) {
    int bits = memory.pageSizeLog2();
    return new MemoryForm(
        memory.size().is64(),
        bits,
        !memory.size().shared() && (growsOften || bits < USUAL_PAGE_BITS),
        memory.size().shared());
  }

  /** Whether the JVM's check of an index is all that accesses of a module take. */
  public static boolean arePlain(ModuleFacts facts, boolean growsOften) {
    List<ExternalType.Memory> memories = facts.memories();
    return memories.isEmpty()
        || memories.size() == 1
            && !memories.get(0).size().is64()
            && !of(memories.get(0), growsOften).isRoomy();
  }

  /** As the binary format writes types. */
  public int addressType() {
    return (this.is64 ? ValueType.I64 : ValueType.I32).code();
  }

  /** As descriptors have it. */
  public char address() {
    return this.is64 ? 'J' : 'I';
  }
}
