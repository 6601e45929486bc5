package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.WasmBinaryException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes a module anew with functions changed and added; everything else stays byte for byte. */
final class ModuleAssembler {

  private static final int FUNCTION_FORM = 0x60;
  private static final int HEADER = 8;

  private final ModuleBytes module;
  private final ModuleContext context;

  ModuleAssembler(ModuleBytes module, ModuleContext context) {
    this.module = module;
    this.context = context;
  }

  /**
   * @param changed new contents of functions, by body
   * @param pieces new functions in the order of their indices
   * @param names of new functions
   */
  byte[] assemble(
      Map<Integer, FunctionCode> changed, List<Piece> pieces, SortedMap<Integer, String> names) {
    // Before the types, as blocks may need new ones.
    ByteWriter code = code(changed, pieces);
    ByteWriter out = new ByteWriter().bytes(this.module.bytes(), 0, HEADER);
    for (Section section : this.module.sections()) {
      out.octet(section.id().code());
      switch (section.id()) {
        case TYPE -> out.sized(types(section));
        case FUNCTION -> out.sized(functions(section, pieces));
        case CODE -> out.sized(code);
        default -> out.sized(other(section, names));
      }
    }
    return out.toBytes();
  }

  private ByteWriter other(Section section, SortedMap<Integer, String> names) {
    if (!names.isEmpty()) {
      try {
        if (FunctionNames.isNames(this.module, section)) {
          return FunctionNames.complete(this.module, section, names);
        }
      } catch (WasmBinaryException damaged) {
        return raw(section.start(), section.end());
      }
    }
    return raw(section.start(), section.end());
  }

  private ByteWriter raw(int start, int end) {
    return new ByteWriter().bytes(this.module.bytes(), start, end);
  }

  private ByteWriter types(Section section) {
    List<Signature> added = this.context.addedTypes();
    BinaryCursor in = this.module.reader(section);
    ByteWriter out = new ByteWriter().unsigned(in.index() + added.size());
    out.bytes(this.module.bytes(), in.position(), section.end());
    for (Signature type : added) {
      out.octet(FUNCTION_FORM);
      writeTypes(out, type.parameters());
      writeTypes(out, type.results());
    }
    return out;
  }

  private static void writeTypes(ByteWriter out, List<LocalType> types) {
    out.unsigned(types.size());
    types.forEach(type -> out.octet(type.code()));
  }

  private ByteWriter functions(Section section, List<Piece> pieces) {
    BinaryCursor in = this.module.reader(section);
    ByteWriter out = new ByteWriter().unsigned(in.index() + pieces.size());
    out.bytes(this.module.bytes(), in.position(), section.end());
    for (Piece piece : pieces) {
      out.unsigned(this.context.typeIndexOfFunction(piece.index()));
    }
    return out;
  }

  private ByteWriter code(Map<Integer, FunctionCode> changed, List<Piece> pieces) {
    int bodies = this.module.bodyCount();
    ByteWriter out = new ByteWriter().unsigned(bodies + pieces.size());
    for (int i = 0; i < bodies; i++) {
      FunctionCode function = changed.get(i);
      if (function == null) {
        FunctionBody body = this.module.body(i);
        out.unsigned(body.length());
        out.bytes(this.module.bytes(), body.start(), body.end());
      } else {
        write(out, function);
      }
    }
    pieces.forEach(piece -> write(out, piece.function()));
    return out;
  }

  private void write(ByteWriter out, FunctionCode function) {
    ByteWriter body = new ByteWriter();
    function.write(body, this.context);
    out.sized(body);
  }
}
