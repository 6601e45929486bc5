package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a random module has besides the bodies of its functions. */
final class ModulePlan {

  /** The global that loops and functions count down, so that all come to an end. */
  static final int FUEL = 0;

  /**
   * A table.
   *
   * @param first what it holds at the beginning: indices of functions, -1 for null
   */
  record Table(GuestType type, int minimum, int maximum, List<Integer> first) {}

  /**
   * A global.
   *
   * @param bits what it holds at first, 0 for null
   */
  record Global(GuestType type, boolean isMutable, long bits) {}

  /** Elements that are copied by instructions only. */
  record Elements(GuestType type, List<Integer> functions) {}

  /**
   * Bytes of a data segment.
   *
   * @param memory that they are in at first
   * @param address where they are in it, -1 for a segment that is copied by instructions only
   */
  record Data(int memory, int address, byte[] bytes) {}

  private static final List<GuestType> REFERENCES = List.of(GuestType.FUNCREF, GuestType.EXTERNREF);
  private static final int CROWDED = 40;
  private static final int CROWD = 160;

  private final Dice dice;
  private final Set<WasmFeature> features;
  private final List<GuestSignature> signatures = new ArrayList<>();
  private final List<PlannedFunction> functions = new ArrayList<>();
  private final List<Global> globals = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Elements> elements = new ArrayList<>();
  private final List<Data> data = new ArrayList<>();
  private final Set<ChicoryFault> faults = EnumSet.noneOf(ChicoryFault.class);
  private final Set<NodeFault> nodeFaults = EnumSet.noneOf(NodeFault.class);
  private final List<PlannedMemory> memories;
  private final List<GuestSignature> tags = new ArrayList<>();
  private final int wildness;
  private final boolean forChicory;
  private final boolean blockParameters;
  private final int startFunction;

  ModulePlan(Dice dice, Set<WasmFeature> features) {
    this.dice = dice;
    this.features = features;
    this.wildness = dice.pick(List.of(0, 1, 3, 10, 30));
    this.forChicory = isForChicory(dice, features);
    this.blockParameters = dice.oneIn(3) && !this.forChicory;
    this.memories = PlannedMemory.some(dice, features);
    planFunctions();
    planTags();
    planGlobals();
    planTables();
    planData();
    this.startFunction = planStart();
  }

  private List<GuestType> types() {
    if (has(WasmFeature.SIMD) && !this.dice.oneIn(4)) {
      return GuestType.WITH_VECTORS;
    }
    if (!this.features.contains(WasmFeature.REFERENCE_TYPES) || !this.dice.oneIn(8)) {
      return GuestType.NUMBERS;
    }
    return GuestType.USUAL;
  }

  /** Types of local variables. */
  List<GuestType> someTypes(int most) {
    return this.dice.some(types(), most);
  }

  private void planFunctions() {
    this.signatures.add(GuestSignature.NOTHING);
    for (int i = 2 + this.dice.below(6); i > 0; i--) {
      List<GuestType> types = types();
      this.signatures.add(
          new GuestSignature(
              this.dice.some(types, this.dice.oneIn(12) ? 20 : 4),
              this.dice.some(types, this.dice.oneIn(3) ? 4 : 1)));
    }
    // The same type under two indices is one type to calls through tables.
    this.signatures.add(this.dice.pick(this.signatures));
    for (int i = 4 + this.dice.below(20); i > 0; i--) {
      int type = this.dice.below(this.signatures.size());
      addFunction(type);
    }
    if (this.dice.oneIn(CROWDED)) {
      // Calls through tables choose between many in several steps.
      int type = this.dice.below(this.signatures.size());
      for (int i = CROWD; i > 0; i--) {
        addFunction(this.dice.oneIn(10) ? this.dice.below(this.signatures.size()) : type);
      }
    }
  }

  private void addFunction(int type) {
    this.functions.add(new PlannedFunction(this.functions.size(), type, this.signatures.get(type)));
  }

  private void planTags() {
    if (has(WasmFeature.LEGACY_EXCEPTION_HANDLING) || has(WasmFeature.EXCEPTION_HANDLING)) {
      for (int i = 1 + this.dice.below(3); i > 0; i--) {
        this.tags.add(new GuestSignature(this.dice.some(GuestType.NUMBERS, 3), List.of()));
      }
    }
  }

  private void planGlobals() {
    this.globals.add(new Global(GuestType.I32, true, GuestRun.FUEL));
    for (int i = this.dice.below(6); i > 0; i--) {
      GuestType type = this.dice.pick(types());
      long bits = type.isNumber() ? NastyNumbers.of(type, this.dice) : 0;
      this.globals.add(new Global(type, !this.dice.oneIn(5), bits));
    }
  }

  private void planTables() {
    boolean several = this.features.contains(WasmFeature.REFERENCE_TYPES);
    for (int i = 0; i <= (several ? this.dice.below(3) : 0); i++) {
      GuestType type = i == 0 ? GuestType.FUNCREF : this.dice.pick(REFERENCES);
      List<Integer> first = elements(type, 4);
      int minimum = first.size() + this.dice.below(8);
      this.tables.add(new Table(type, minimum, minimum + this.dice.below(8), first));
    }
    for (int i = this.dice.below(3); i > 0; i--) {
      GuestType type = several ? this.dice.pick(REFERENCES) : GuestType.FUNCREF;
      this.elements.add(new Elements(type, elements(type, 1)));
    }
  }

  private List<Integer> elements(GuestType type, int least) {
    List<Integer> elements = new ArrayList<>();
    int most = this.functions.size() > CROWD ? CROWD : 4;
    for (int i = least + this.dice.below(most); i > 0; i--) {
      boolean isNull = type == GuestType.EXTERNREF || this.dice.oneIn(6);
      elements.add(isNull ? -1 : this.dice.below(this.functions.size()));
    }
    return elements;
  }

  /** The function that runs first, -1 for none. */
  int startFunction() {
    return this.startFunction;
  }

  private int planStart() {
    List<Integer> fitting =
        this.functions.stream()
            .filter(function -> function.signature().equals(GuestSignature.NOTHING))
            .map(PlannedFunction::index)
            .toList();
    return fitting.isEmpty() || !this.dice.oneIn(8) ? -1 : this.dice.pick(fitting);
  }

  private void planData() {
    for (int i = this.dice.below(4); i > 0; i--) {
      byte[] bytes = new byte[this.dice.below(40)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) this.dice.bits();
      }
      int memory = this.dice.below(this.memories.size());
      int size = this.memories.get(memory).bytes();
      boolean active = size > 0 && this.dice.oneIn(2);
      int address = active ? this.dice.pick(List.of(0, 100, size - bytes.length)) : -1;
      this.data.add(new Data(memory, address, bytes));
    }
  }

  boolean has(WasmFeature feature) {
    return this.features.contains(feature);
  }

  /** The index of a signature, one of them if it has several. */
  int type(GuestSignature signature) {
    int first = this.signatures.indexOf(signature);
    if (first < 0) {
      this.signatures.add(signature);
      return this.signatures.size() - 1;
    }
    return this.dice.oneIn(2) ? first : this.signatures.lastIndexOf(signature);
  }

  List<GuestSignature> signatures() {
    return this.signatures;
  }

  List<PlannedFunction> functions() {
    return this.functions;
  }

  List<Global> globals() {
    return this.globals;
  }

  List<Table> tables() {
    return this.tables;
  }

  List<Elements> elements() {
    return this.elements;
  }

  List<Data> data() {
    return this.data;
  }

  /** What Chicory can't be asked about, as of the code that was made. */
  Set<ChicoryFault> faults() {
    return this.faults;
  }

  /**
   * Whether to make what Chicory is wrong about; then it is not asked. What only Chicory runs has
   * nothing of it.
   */
  boolean mayHave(ChicoryFault fault) {
    if (this.forChicory) {
      return false;
    }
    this.faults.add(fault);
    return true;
  }

  private static boolean isForChicory(Dice dice, Set<WasmFeature> features) {
    return !Collections.disjoint(features, FurtherFeatures.OF_CHICORY)
        || features.contains(WasmFeature.THREADS)
            && Collections.disjoint(features, FurtherFeatures.OF_NODE)
            && dice.oneIn(3);
  }

  /** Whether to make what Node is wrong about; then Chicory is asked only. */
  boolean mayHave(NodeFault fault) {
    if (this.forChicory) {
      this.nodeFaults.add(fault);
    }
    return this.forChicory;
  }

  Set<NodeFault> nodeFaults() {
    return this.nodeFaults;
  }

  Set<WasmFeature> features() {
    return this.features;
  }

  List<PlannedMemory> memories() {
    return this.memories;
  }

  boolean hasWideMemory() {
    return this.memories.stream().anyMatch(PlannedMemory::is64);
  }

  /** What tags of exceptions carry. */
  List<GuestSignature> tags() {
    return this.tags;
  }

  /** Whether blocks have parameters. */
  boolean hasBlockParameters() {
    return this.blockParameters;
  }

  /** How many in hundred instructions that can trap are not kept from it. */
  int wildness() {
    return this.wildness;
  }
}
