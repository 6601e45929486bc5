package io.github.wasmspring.validate;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FeatureUse;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.SectionId;
import io.github.wasmspring.binary.SizeLimits;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.binary.WasmBinaryException.Kind;
import io.github.wasmspring.binary.WasmFeature;

/**
 * Validates modules by the rules of WebAssembly 3.0 and of the proposals that have a {@link
 * WasmFeature}, garbage collection and stack switching excepted. Time is linear in the bytes, and
 * nothing is made for each instruction.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/index.html">Validation</a>
 */
public final class ModuleValidator {

  private static final int USUAL_PAGE = 16;
  private static final int TABLE_WITH_VALUE = 0x40;
  private static final long MOST_32 = 1L << 32;

  private final ModuleFacts facts;
  private final Position place = new Position();
  private final BinaryCursor in;
  private final ModuleTypes types;
  private final ModuleScope scope;
  private final ConstantValidator constants;

  private ModuleValidator(byte[] module, ModuleFacts facts) {
    this.facts = facts;
    this.in = new BinaryCursor(module, 0, module.length);
    refuse(WasmFeature.GC);
    refuse(WasmFeature.STACK_SWITCHING);
    Section section = facts.section(SectionId.TYPE);
    this.types =
        section == null
            ? new ModuleTypes(0, this.place)
            : TypeSection.read(module, section, facts.typeCount(), this.place);
    this.scope = new ModuleScope(facts, this.types, this.place);
    this.constants = new ConstantValidator(this.in, this.place, this.scope);
  }

  /**
   * @param facts of {@code module}
   * @throws WasmBinaryException if it breaks a rule, or uses garbage collection or stack switching
   *     ({@link Kind#UNSUPPORTED})
   */
  public static void validate(byte[] module, ModuleFacts facts) {
    new ModuleValidator(module, facts).run();
  }

  private void refuse(WasmFeature feature) {
    FeatureUse use = this.facts.features().uses().get(feature);
    if (use != null) {
      throw new WasmBinaryException(
          Kind.UNSUPPORTED, "it uses %s".formatted(feature.title()), use.offset());
    }
  }

  private void run() {
    at(SectionId.TABLE);
    this.facts.tables().forEach(this::checkTable);
    at(SectionId.MEMORY);
    this.facts.memories().forEach(this::checkMemory);
    at(SectionId.TAG);
    checkTags();
    this.scope.knownGlobals = importedGlobals();
    tableValues();
    globals();
    exports();
    start();
    elements();
    data();
    functions();
  }

  /** Where something is defined, or else imported. */
  private void at(SectionId id) {
    Section own = this.facts.section(id);
    Section section = own != null ? own : this.facts.section(SectionId.IMPORT);
    this.place.at(section == null ? 0 : section.start());
  }

  private int importedGlobals() {
    return (int)
        this.facts.imports().stream()
            .filter(each -> each.type() instanceof ExternalType.Global)
            .count();
  }

  /** Goes to the contents of a section, behind the number of entries. */
  private int open(SectionId id) {
    Section section = this.facts.section(id);
    if (section == null) {
      return 0;
    }
    this.in.window(section.start(), section.end());
    this.place.at(section.start());
    return this.in.index();
  }

  private void checkTable(ExternalType.Table table) {
    SizeLimits size = table.size();
    if (size.shared()) {
      throw this.place.invalid("a table can't be shared");
    }
    checkSize("table", size, size.is64() ? -1 : MOST_32 - 1, "elements");
  }

  private void checkMemory(ExternalType.Memory memory) {
    SizeLimits size = memory.size();
    int log2 = memory.pageSizeLog2();
    if (log2 != USUAL_PAGE && log2 != 0) {
      throw this.place.invalid("invalid custom page size: 2^%d".formatted(log2));
    }
    long most =
        size.is64() ? (log2 == 0 ? -1 : 1L << 64 - log2) : (MOST_32 - (log2 == 0 ? 1 : 0)) >>> log2;
    checkSize("memory", size, most, "pages");
    if (size.shared() && size.maximum() == null) {
      throw this.place.invalid("shared memory must have maximum");
    }
  }

  private void checkSize(String what, SizeLimits size, long most, String units) {
    Long maximum = size.maximum();
    if (maximum != null && Long.compareUnsigned(size.minimum(), maximum) > 0) {
      throw this.place.invalid(
          "size minimum must not be greater than maximum: a %s from %s to %s %s"
              .formatted(
                  what,
                  Long.toUnsignedString(size.minimum()),
                  Long.toUnsignedString(maximum),
                  units));
    }
    long largest = maximum != null ? maximum : size.minimum();
    if (Long.compareUnsigned(largest, most) > 0) {
      throw this.place.invalid(
          "%s size must be at most %s %s, not %s"
              .formatted(what, Long.toUnsignedString(most), units, Long.toUnsignedString(largest)));
    }
  }

  private void checkTags() {
    for (int tag : this.scope.tags) {
      if (this.types.results(tag) > 0) {
        throw this.place.invalid("non-empty tag result type");
      }
    }
  }

  /** They may use what is imported. */
  private void tableValues() {
    int count = open(SectionId.TABLE);
    int imported = this.scope.tables.length - count;
    for (int i = 0; i < count; i++) {
      this.place.at(this.in.position());
      boolean hasValue = this.in.peek() == TABLE_WITH_VALUE;
      if (hasValue) {
        this.in.skip(2);
      }
      this.types.read(this.in);
      skipLimits();
      int type = this.scope.tables[imported + i];
      if (hasValue) {
        this.constants.read(type);
      } else if (!StackType.isDefaultable(type)) {
        throw this.place.invalid(
            "type mismatch: a table of %s takes a value".formatted(StackType.toString(type)));
      }
    }
  }

  /** Each may use those before it. */
  private void globals() {
    int count = open(SectionId.GLOBAL);
    for (int i = 0; i < count; i++) {
      this.place.at(this.in.position());
      this.types.read(this.in);
      this.in.octet();
      this.constants.read(this.scope.globals[this.scope.knownGlobals]);
      this.scope.knownGlobals++;
    }
  }

  private void skipLimits() {
    int flags = this.in.octet();
    this.in.u64();
    if ((flags & 1) != 0) {
      this.in.u64();
    }
  }

  private void exports() {
    for (ModuleExport export : this.facts.exports()) {
      if (export.type() instanceof ExternalType.Function) {
        this.scope.declared.set(export.index());
      }
    }
  }

  private void start() {
    int start = this.facts.startFunction();
    if (start >= 0) {
      at(SectionId.START);
      int type = this.scope.functions[start];
      if (this.types.parameters(type) + this.types.results(type) > 0) {
        throw this.place.invalid("start function %d takes or gives something".formatted(start));
      }
    }
  }

  private void elements() {
    int count = open(SectionId.ELEMENT);
    this.scope.elements = new int[count];
    for (int i = 0; i < count; i++) {
      this.place.at(this.in.position());
      this.scope.elements[i] = segment(this.in.index());
    }
  }

  private int segment(int flags) {
    boolean expressions = (flags & 4) != 0;
    int table = -1;
    if ((flags & 1) == 0) {
      table = this.scope.table((flags & 2) == 0 ? 0 : this.in.u32());
      this.constants.read(this.scope.tableAddresses[table]);
    }
    int type = expressions ? StackType.FUNCREF : StackType.nonNull(StackType.FUNCREF);
    if ((flags & 3) != 0) {
      if (expressions) {
        type = this.types.read(this.in);
      } else {
        this.in.octet();
      }
    }
    if (table >= 0 && !this.types.matches(type, this.scope.tables[table])) {
      throw this.place.invalid(
          "type mismatch: %s for a table of %s"
              .formatted(StackType.toString(type), StackType.toString(this.scope.tables[table])));
    }
    for (int left = this.in.index(); left > 0; left--) {
      if (expressions) {
        this.constants.read(type);
      } else {
        this.place.at(this.in.position());
        this.scope.declared.set(this.scope.function(this.in.u32()));
      }
    }
    return type;
  }

  private void data() {
    for (int left = open(SectionId.DATA); left > 0; left--) {
      this.place.at(this.in.position());
      int flags = this.in.index();
      if (flags != 1) {
        int memory = this.scope.memory(flags == 2 ? this.in.u32() : 0);
        this.constants.read(this.scope.memoryAddresses[memory]);
      }
      this.in.skip(this.in.length());
    }
  }

  private void functions() {
    FunctionValidator validator = new FunctionValidator(this.in, this.place, this.scope);
    int first = this.facts.importedFunctionCount();
    for (int function = first; function < this.facts.functionCount(); function++) {
      try {
        validator.begin(function, this.facts.body(function));
        while (validator.hasNext()) {
          validator.next();
        }
      } catch (WasmBinaryException wrong) {
        throw inFunction(wrong, function);
      }
    }
  }

  private WasmBinaryException inFunction(WasmBinaryException wrong, int function) {
    return new WasmBinaryException(
        wrong.kind(), "function %d: %s".formatted(function, wrong.detail()), wrong.offset());
  }
}
