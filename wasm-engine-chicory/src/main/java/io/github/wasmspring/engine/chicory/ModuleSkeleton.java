package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.WasmWriter;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.DataCountSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.GlobalSection;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.RawSection;
import com.dylibso.chicory.wasm.types.Section;
import com.dylibso.chicory.wasm.types.SectionId;
import com.dylibso.chicory.wasm.types.StartSection;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TagSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A module without what only compilers and debuggers need: custom sections, and the bodies of its
 * functions but for some. The others have a body that traps, the same one for all.
 */
final class ModuleSkeleton {

  private static final FunctionBody NO_BODY =
      new FunctionBody(
          List.of(),
          List.of(
              AnnotatedInstruction.builder()
                  .from(new Instruction(0, OpCode.UNREACHABLE, Instruction.EMPTY_OPERANDS))
                  .build()));

  private ModuleSkeleton() {}

  /**
   * As WebAssembly, but with a code section that has the kept bodies alone.
   *
   * @param kept the functions that keep their bodies, counted without imports, in ascending order
   */
  static byte[] write(byte[] module, int[] kept) {
    WasmWriter writer = new WasmWriter();
    Parser.parseWithoutDecoding(
        module,
        section -> {
          RawSection raw = (RawSection) section;
          if (raw.sectionId() == SectionId.CODE) {
            writer.writeSection(SectionId.CODE, bodies(raw.contents(), kept));
          } else if (raw.sectionId() != SectionId.CUSTOM) {
            writer.writeSection(raw);
          }
        });
    return writer.bytes();
  }

  private static byte[] bodies(byte[] section, int[] kept) {
    FunctionBodies bodies = new FunctionBodies(section);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WasmWriter.writeVarUInt32(out, kept.length);
    int next = 0;
    for (int function = 0; next < kept.length; function++) {
      if (function == kept[next]) {
        bodies.copyNext(out);
        next++;
      } else {
        bodies.skipNext();
      }
    }
    return out.toByteArray();
  }

  /** What {@link #write} wrote; it was valid then, and is not validated again. */
  static WasmModule read(byte[] skeleton, int[] kept) {
    WasmModule.Builder module = WasmModule.builder().withValidation(false);
    int[] functions = {0};
    CodeSection[] keptCode = {CodeSection.builder().build()};
    Parser.builder()
        .withValidation(false)
        .build()
        .parse(
            new ByteArrayInputStream(skeleton),
            section -> {
              if (section instanceof CodeSection code) {
                keptCode[0] = code;
              } else {
                add(module, section);
              }
              if (section instanceof FunctionSection declared) {
                functions[0] = declared.functionCount();
              }
            });
    return module.setCodeSection(code(functions[0], kept, keptCode[0].functionBodies())).build();
  }

  private static CodeSection code(int functions, int[] kept, FunctionBody[] bodies) {
    CodeSection.Builder code = CodeSection.builder();
    int next = 0;
    for (int function = 0; function < functions; function++) {
      boolean keeps = next < kept.length && kept[next] == function;
      code.addFunctionBody(keeps ? bodies[next++] : NO_BODY);
    }
    return code.build();
  }

  private static void add(WasmModule.Builder module, Section section) {
    switch (section.sectionId()) {
      case SectionId.TYPE -> module.setTypeSection((TypeSection) section);
      case SectionId.IMPORT -> module.setImportSection((ImportSection) section);
      case SectionId.FUNCTION -> module.setFunctionSection((FunctionSection) section);
      case SectionId.TABLE -> module.setTableSection((TableSection) section);
      case SectionId.MEMORY -> module.setMemorySection((MemorySection) section);
      case SectionId.TAG -> module.setTagSection((TagSection) section);
      case SectionId.GLOBAL -> module.setGlobalSection((GlobalSection) section);
      case SectionId.EXPORT -> module.setExportSection((ExportSection) section);
      case SectionId.START -> module.setStartSection((StartSection) section);
      case SectionId.ELEMENT -> module.setElementSection((ElementSection) section);
      case SectionId.DATA_COUNT -> module.setDataCountSection((DataCountSection) section);
      case SectionId.DATA -> module.setDataSection((DataSection) section);
      default ->
          throw new IllegalStateException("No skeleton has a section " + section.sectionId());
    }
  }
}
