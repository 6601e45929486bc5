package io.github.wasmspring.binary;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a module say about it, read in one pass. Of the instructions it is known that
 * they can be told apart, and which features they use; that they fit each other is for the
 * validation of an engine.
 *
 * <p>Index spaces start with what is imported, as those of the specification do.
 */
public final class ModuleFacts {

  private final int size;
  private final List<Section> sections;
  private final List<CustomSection> customSections;
  private final List<@Nullable FunctionType> types;
  private final List<ModuleImport> imports;
  private final List<ModuleExport> exports;
  private final List<ExternalType.Table> tables;
  private final List<ExternalType.Memory> memories;
  private final List<ExternalType.Global> globals;
  private final List<ExternalType.Tag> tags;
  private final int[] functionTypes;
  private final int importedFunctions;
  private final int[] bodies;
  private final int dataSegments;
  private final int elementSegments;
  private final int startFunction;
  private final TypeEntries typeEntries;
  private final ModuleFeatures features;
  private final BitSet tailCallers;

  ModuleFacts(ModuleReader module) {
    this.size = module.size();
    this.sections = List.copyOf(module.sections);
    this.customSections = List.copyOf(module.customSections());
    this.types = module.spaces.types;
    this.imports = List.copyOf(module.imports);
    this.exports = List.copyOf(module.exports);
    this.tables = List.copyOf(module.spaces.tables);
    this.memories = List.copyOf(module.spaces.memories);
    this.globals = List.copyOf(module.spaces.globals);
    this.tags = List.copyOf(module.spaces.tags);
    this.functionTypes = module.spaces.functionTypes();
    this.importedFunctions = module.importedFunctions;
    this.bodies = module.bodies;
    this.dataSegments = module.dataSegments;
    this.elementSegments = module.elementSegments;
    this.startFunction = module.startFunction;
    this.typeEntries = module.entries;
    this.features = new ModuleFeatures(module.log.uses());
    this.tailCallers = module.log.tailCallers();
  }

  /**
   * Reads a module within {@link BinaryLimits#DEFAULTS}.
   *
   * @throws WasmBinaryException if it is malformed, has too much of something, or breaks a rule on
   *     counts, indices or names
   */
  public static ModuleFacts of(byte[] module) {
    return of(module, BinaryLimits.DEFAULTS);
  }

  /**
   * @throws WasmBinaryException if it is malformed, has too much of something, or breaks a rule on
   *     counts, indices or names
   */
  public static ModuleFacts of(byte[] module, BinaryLimits limits) {
    return new ModuleReader(module, limits).read();
  }

  /** The bytes of the module. */
  public int size() {
    return this.size;
  }

  /** As they stand in the module; of custom ones only the first thousand. */
  public List<Section> sections() {
    return this.sections;
  }

  /** {@code null} if the module has none of that kind. */
  public @Nullable Section section(SectionId id) {
    for (Section section : this.sections) {
      if (section.id() == id) {
        return section;
      }
    }
    return null;
  }

  public List<CustomSection> customSections() {
    return this.customSections;
  }

  /** How many types there are, of functions and others. */
  public int typeCount() {
    return this.types.size();
  }

  /** {@code null} for a type that is not one of functions. */
  public @Nullable FunctionType type(int index) {
    return this.types.get(index);
  }

  public List<ModuleImport> imports() {
    return this.imports;
  }

  public List<ModuleExport> exports() {
    return this.exports;
  }

  public List<ExternalType.Table> tables() {
    return this.tables;
  }

  public List<ExternalType.Memory> memories() {
    return this.memories;
  }

  public List<ExternalType.Global> globals() {
    return this.globals;
  }

  public List<ExternalType.Tag> tags() {
    return this.tags;
  }

  /** Imported functions and those that the module defines. */
  public int functionCount() {
    return this.functionTypes.length;
  }

  public int importedFunctionCount() {
    return this.importedFunctions;
  }

  public int definedFunctionCount() {
    return this.functionTypes.length - this.importedFunctions;
  }

  /** The index of a function's type, see {@link #type}. */
  public int functionTypeIndex(int function) {
    return this.functionTypes[function];
  }

  /**
   * @param function one that the module defines
   * @throws IndexOutOfBoundsException if it is imported or is not there
   */
  public FunctionBody body(int function) {
    int defined = function - this.importedFunctions;
    return new FunctionBody(this.bodies[2 * defined], this.bodies[2 * defined + 1]);
  }

  /** Whether the function has tail calls, to itself or to others. */
  public boolean makesTailCalls(int function) {
    return this.tailCallers.get(function);
  }

  public int dataSegmentCount() {
    return this.dataSegments;
  }

  public int elementSegmentCount() {
    return this.elementSegments;
  }

  /** The index of the function that runs when an instance is made, -1 for none. */
  public int startFunction() {
    return this.startFunction;
  }

  /** Bytes of the code section, 0 if there is none. */
  public int codeSize() {
    Section code = section(SectionId.CODE);
    return code == null ? 0 : code.length();
  }

  TypeEntries typeEntries() {
    return this.typeEntries;
  }

  /** What the module uses; a type that is only declared is not used. */
  public ModuleFeatures features() {
    return this.features;
  }
}
