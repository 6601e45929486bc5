package io.github.wasmspring.internal.debug;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.CustomSection;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.SectionId;
import io.github.wasmspring.binary.WasmBinaryException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of source that the code of a module was made of, from the DWARF section {@code
 * .debug_line}, versions 2 to 5. Its addresses are relative to the contents of the code section.
 *
 * @see <a href="https://yurydelendik.github.io/webassembly-dwarf/">DWARF for WebAssembly</a>
 */
public final class SourceLines {

  /** Of a module that says nothing of it. */
  public static final SourceLines NONE = new SourceLines(0, new SequenceList(), new FileNames());

  private final int code;
  private final SequenceList sequences;
  private final String[] files;

  private SourceLines(int code, SequenceList sequences, FileNames files) {
    this.code = code;
    this.sequences = sequences;
    this.files = files.toArray();
  }

  /**
   * Never fails: of tables that are damaged, cut off or too large comes what is in front of that.
   *
   * @param facts of {@code module}
   */
  public static SourceLines read(byte[] module, ModuleFacts facts) {
    CustomSection lines = section(facts, ".debug_line");
    Section code = facts.section(SectionId.CODE);
    if (lines == null || code == null) {
      return NONE;
    }
    FileNames files =
        new FileNames(module, section(facts, ".debug_line_str"), section(facts, ".debug_str"));
    SequenceList sequences = new SequenceList();
    BinaryCursor in = new BinaryCursor(module, lines.start(), lines.end());
    try {
      while (in.hasMore() && !sequences.isFull()) {
        new LineUnit(in, files, sequences, code.length()).read();
        in.window(in.position(), lines.end());
      }
    } catch (WasmBinaryException cutOff) {
      // The units in front of it are whole.
    }
    sequences.sort();
    return new SourceLines(code.start(), sequences, files);
  }

  private static @Nullable CustomSection section(ModuleFacts facts, String name) {
    for (CustomSection section : facts.customSections()) {
      if (name.equals(section.name())) {
        return section;
      }
    }
    return null;
  }

  /**
   * @param offset of an instruction in the module
   * @return {@code null} if the module does not say
   */
  public @Nullable SourceLine at(int offset) {
    int row = this.sequences.rowAt(offset - this.code);
    if (row < 0 || this.sequences.line(row) == 0) {
      return null;
    }
    int file = this.sequences.file(row);
    return file == FileNames.NONE
        ? null
        : new SourceLine(this.files[file], this.sequences.line(row));
  }

  @Override
  public String toString() {
    return this.sequences.rows() + " rows of " + Arrays.toString(this.files);
  }
}
