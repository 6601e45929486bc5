package io.github.wasmspring.binary;

import java.util.Set;

/**
 * Puts {@code (func)} in the place of types that a module declares and never uses, so that an
 * engine need not know what they are.
 */
public final class UnusedTypes {

  private static final int FUNCTION = 0x60;

  private UnusedTypes() {}

  /**
   * @param facts of {@code module}
   * @param known the features of which types are left as they are
   * @return the same array if there are no others
   */
  public static byte[] replace(byte[] module, ModuleFacts facts, Set<WasmFeature> known) {
    TypeEntries entries = facts.typeEntries();
    Section section = facts.section(SectionId.TYPE);
    long knownBits = 0;
    for (WasmFeature feature : known) {
      knownBits |= 1L << feature.ordinal();
    }
    ByteWriter definitions = new ByteWriter();
    int count = entries.count();
    int copied = -1;
    for (int entry = 0; entry < entries.count(); entry++) {
      if (entries.isUsed(entry) || (entries.needs(entry) & ~knownBits) == 0) {
        continue;
      }
      int from = copied < 0 ? entries.start(0) : copied;
      definitions.bytes(module, from, entries.start(entry));
      for (int type = entries.types(entry); type > 0; type--) {
        definitions.octet(FUNCTION).unsigned(0).unsigned(0);
      }
      copied = entries.end(entry);
      count += entries.types(entry) - 1;
    }
    if (copied < 0 || section == null) {
      return module;
    }
    definitions.bytes(module, copied, section.end());
    ByteWriter contents = new ByteWriter().unsigned(count).bytes(definitions.toBytes());
    return new ByteWriter()
        .bytes(module, 0, section.header())
        .octet(SectionId.TYPE.code())
        .sized(contents)
        .bytes(module, section.end(), module.length)
        .toBytes();
  }
}
