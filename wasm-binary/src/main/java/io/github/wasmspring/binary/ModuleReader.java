package io.github.wasmspring.binary;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through the bytes of a module. Every count and length is held against the bytes that
 * are there and against the limits before anything is allocated for it.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/modules.html">Modules</a>
 */
final class ModuleReader {

  private static final int[] HEADER = {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00};
  private static final int TABLE_WITH_VALUE = 0x40;

  final List<Section> sections = new ArrayList<>();
  final IndexSpaces spaces = new IndexSpaces();
  final List<ModuleImport> imports = new ArrayList<>();
  List<ModuleExport> exports = List.of();
  final FeatureLog log = new FeatureLog();
  final TypeEntries entries = new TypeEntries();
  int importedFunctions;
  int[] bodies = {};
  int dataSegments;
  int elementSegments;
  int startFunction = -1;

  private final byte[] bytes;
  private final BinaryCursor in;
  private final BinaryLimits limits;
  private final FeatureLog declared = new FeatureLog();
  private final TypeReader declarations;
  private final TypeReader typeReader;
  private final CodeReader code;
  private final SegmentReader segments;
  private final CustomSectionReader customs;
  private long announcedData = -1;

  ModuleReader(byte[] bytes, BinaryLimits limits) {
    this.bytes = bytes;
    this.in = new BinaryCursor(bytes, 0, bytes.length);
    this.limits = limits;
    this.declarations = new TypeReader(this.in, this.declared, limits, new TypeEntries());
    this.typeReader = new TypeReader(this.in, this.log, limits, this.entries);
    this.code = new CodeReader(this.in, this.log, this.typeReader, this.entries, limits);
    this.segments = new SegmentReader(this.in, this.log, this.typeReader, this.code);
    this.customs = new CustomSectionReader(this.in, this.sections);
  }

  int size() {
    return this.bytes.length;
  }

  List<CustomSection> customSections() {
    return this.customs.named;
  }

  ModuleFacts read() {
    header();
    int rank = 0;
    while (this.in.hasMore()) {
      int start = this.in.position();
      SectionId id = SectionId.of(this.in.octet());
      if (id == null) {
        throw malformed("malformed section id", start);
      }
      if (id == SectionId.CUSTOM) {
        this.customs.read(start);
        continue;
      }
      int length = length(id, start);
      Section section = new Section(id, start, this.in.position(), this.in.position() + length);
      if (id.rank() <= rank) {
        throw malformed(
            "the %s section is there twice or out of order".formatted(id.title()), start);
      }
      rank = id.rank();
      this.sections.add(section);
      this.in.window(section.start(), section.end());
      contents(id);
      if (this.in.hasMore()) {
        throw malformed(
            "section size mismatch: the %s section has %d bytes too many"
                .formatted(id.title(), this.in.remaining()),
            this.in.position());
      }
      this.in.window(section.end(), this.bytes.length);
    }
    checkWhole();
    readUsedTypes();
    return new ModuleFacts(this);
  }

  /** Only now it is known which they are; what they need, the module needs. */
  private void readUsedTypes() {
    this.log.enter(-1);
    List<@Nullable FunctionType> read = new ArrayList<>();
    this.entries.readUsed(
        start -> {
          this.in.window(start, this.bytes.length);
          read.clear();
          this.typeReader.definition(read);
        });
  }

  private int length(SectionId id, int start) {
    try {
      return this.in.length();
    } catch (WasmBinaryException wrong) {
      throw malformed(
          "unexpected end: the %s section, which begins here, is cut off or damaged: %s"
              .formatted(id.title(), wrong.detail()),
          start);
    }
  }

  private void header() {
    for (int i = 0; i < HEADER.length; i++) {
      if (this.in.octet() != HEADER[i]) {
        throw malformed(i < 4 ? "magic header not detected" : "unknown binary version", i);
      }
    }
  }

  private void contents(SectionId id) {
    switch (id) {
      case TYPE -> {
        for (int left = this.in.count("types", this.limits.types()); left > 0; left--) {
          this.entries.add(this.in.position(), this.spaces.types.size());
          this.declarations.definition(this.spaces.types);
          this.entries.needs(this.declared.forget());
        }
        this.entries.end(this.in.position(), this.spaces.types.size());
      }
      case IMPORT -> {
        int count = this.in.count("imports", this.limits.imports());
        this.spaces.expectFunctions(count);
        for (int left = count; left > 0; left--) {
          imported();
        }
        this.importedFunctions = this.spaces.functions();
      }
      case FUNCTION -> functions();
      case TABLE -> {
        for (int left = this.in.count("tables", this.limits.tables()); left > 0; left--) {
          table();
        }
      }
      case MEMORY -> {
        for (int left = this.in.count("memories", this.limits.memories()); left > 0; left--) {
          memory();
        }
      }
      case TAG -> {
        for (int left = this.in.count("tags", this.limits.tables()); left > 0; left--) {
          this.log.at(this.in.position());
          this.log.metException();
          this.spaces.tags.add(tag());
        }
      }
      case GLOBAL -> {
        for (int left = this.in.count("globals", this.limits.globals()); left > 0; left--) {
          this.spaces.globals.add(this.typeReader.global());
          this.code.constant();
        }
      }
      case EXPORT ->
          this.exports = new ExportReader(this.in, this.log, this.spaces, this.limits).read();
      case START -> this.startFunction = index("function", this.spaces.functions());
      case ELEMENT -> {
        this.elementSegments = this.in.count("element segments", this.limits.segments());
        for (int left = this.elementSegments; left > 0; left--) {
          this.segments.elements();
        }
      }
      case DATA_COUNT -> {
        met(WasmFeature.BULK_MEMORY);
        this.announcedData = this.in.u32();
      }
      case CODE -> bodies();
      case DATA -> {
        this.dataSegments = this.in.count("data segments", this.limits.segments());
        for (int left = this.dataSegments; left > 0; left--) {
          this.segments.data();
        }
      }
      default -> throw new IllegalStateException(id.name());
    }
  }

  private void imported() {
    String module = this.in.name();
    String name = this.in.name();
    int start = this.in.position();
    int kind = this.in.octet();
    this.imports.add(new ModuleImport(module, name, importedType(kind, start)));
  }

  private ExternalType importedType(int kind, int start) {
    switch (kind) {
      case 0 -> {
        return this.spaces.function(this.spaces.addFunction(typeIndex()));
      }
      case 1 -> {
        ExternalType.Table table = this.typeReader.table();
        add(table, start);
        return table;
      }
      case 2 -> {
        memory();
        return this.spaces.memories.get(this.spaces.memories.size() - 1);
      }
      case 3 -> {
        ExternalType.Global global = this.typeReader.global();
        this.spaces.globals.add(global);
        if (global.mutable()) {
          met(WasmFeature.MUTABLE_GLOBALS);
        }
        return global;
      }
      case 4 -> {
        this.log.at(this.in.position());
        this.log.metException();
        ExternalType.Tag tag = tag();
        this.spaces.tags.add(tag);
        return tag;
      }
      default -> throw malformed("malformed import kind", start);
    }
  }

  private int typeIndex() {
    int type = index("type", this.spaces.types.size());
    this.entries.use(type);
    return type;
  }

  private int index(String what, int count) {
    int start = this.in.position();
    long index = this.in.u32();
    if (index >= count) {
      throw new WasmBinaryException(
          Kind.INVALID, "unknown %s %d: there are %d".formatted(what, index, count), start);
    }
    return (int) index;
  }

  private void functions() {
    int count = this.in.count("functions", this.limits.functions());
    this.spaces.expectFunctions(count);
    for (int left = count; left > 0; left--) {
      this.spaces.addFunction(typeIndex());
    }
  }

  private void table() {
    int start = this.in.position();
    if (this.in.peek() != TABLE_WITH_VALUE) {
      add(this.typeReader.table(), start);
      return;
    }
    met(WasmFeature.TYPED_FUNCTION_REFERENCES);
    this.in.octet();
    if (this.in.octet() != 0) {
      throw malformed("zero byte expected", start + 1);
    }
    add(this.typeReader.table(), start);
    this.code.constant();
  }

  private void add(ExternalType.Table table, int start) {
    this.spaces.tables.add(table);
    if (this.spaces.tables.size() == 2) {
      this.log.at(start);
      this.log.met(WasmFeature.REFERENCE_TYPES);
    }
  }

  private void memory() {
    int start = this.in.position();
    this.spaces.memories.add(this.typeReader.memory());
    if (this.spaces.memories.size() == 2) {
      this.log.at(start);
      this.log.met(WasmFeature.MULTI_MEMORY);
    }
    if (this.spaces.memories.size() > this.limits.memories()) {
      throw new WasmBinaryException(
          Kind.LIMIT,
          "%d memories, and %d are allowed"
              .formatted(this.spaces.memories.size(), this.limits.memories()),
          start);
    }
  }

  private ExternalType.Tag tag() {
    int start = this.in.position();
    if (this.in.octet() != 0) {
      throw malformed("malformed tag attribute", start);
    }
    int type = typeIndex();
    return new ExternalType.Tag(type, this.spaces.types.get(type));
  }

  private void bodies() {
    int defined = this.spaces.functions() - this.importedFunctions;
    int start = this.in.position();
    int count = this.in.count("functions", this.limits.functions());
    if (count != defined) {
      throw inconsistent(defined, count, start);
    }
    this.bodies = new int[2 * count];
    int end = this.in.end();
    long locals = 0;
    for (int i = 0; i < count; i++) {
      locals += body(i, end);
      if (locals > this.limits.localsOfAll(this.bytes.length)) {
        throw new WasmBinaryException(
            Kind.LIMIT,
            "more than %d locals in all functions together"
                .formatted(this.limits.localsOfAll(this.bytes.length)),
            this.bodies[2 * i]);
      }
    }
    this.log.enter(-1);
  }

  private int body(int defined, int sectionEnd) {
    int length = this.in.length();
    int start = this.in.position();
    int function = this.importedFunctions + defined;
    if (length > this.limits.functionSize()) {
      throw new WasmBinaryException(
          Kind.LIMIT,
          "function %d has %d bytes, and %d are allowed"
              .formatted(function, length, this.limits.functionSize()),
          start);
    }
    this.bodies[2 * defined] = start;
    this.bodies[2 * defined + 1] = start + length;
    this.log.enter(function);
    this.in.window(start, start + length);
    FunctionType type = this.spaces.typeOf(function);
    int locals = this.code.body(type == null ? 0 : type.parameters().size());
    this.in.window(start + length, sectionEnd);
    return locals;
  }

  private void checkWhole() {
    int defined = this.spaces.functions() - this.importedFunctions;
    if (this.bodies.length == 0 && defined > 0) {
      throw inconsistent(defined, 0, this.bytes.length);
    }
    if (this.announcedData >= 0 && this.announcedData != this.dataSegments) {
      throw malformed(
          "data count and data section have inconsistent lengths: %d and %d"
              .formatted(this.announcedData, this.dataSegments),
          this.bytes.length);
    }
    if (this.code.usesDataSegments() && this.announcedData < 0) {
      throw malformed("data count section required", this.bytes.length);
    }
  }

  private static WasmBinaryException inconsistent(int functions, int bodies, int offset) {
    return malformed(
        "function and code section have inconsistent lengths: %d and %d"
            .formatted(functions, bodies),
        offset);
  }

  private void met(WasmFeature feature) {
    this.log.at(this.in.position());
    this.log.met(feature);
  }

  private static WasmBinaryException malformed(String detail, int offset) {
    return new WasmBinaryException(Kind.MALFORMED, detail, offset);
  }
}
