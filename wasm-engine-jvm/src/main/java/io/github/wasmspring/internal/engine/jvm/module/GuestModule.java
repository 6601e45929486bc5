package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.internal.engine.FunctionTypes;
import io.github.wasmspring.internal.engine.jvm.run.MemoryForm;
import io.github.wasmspring.internal.engine.jvm.run.TailCall;
import io.github.wasmspring.internal.split.SplitLimits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A module as the compiler sees it: its types, and which function is in which class. */
public class GuestModule {

  private static final int GROUP_FUNCTIONS = 64;

  /** What only a null reference to an exception refers to, as the format writes it. */
  private static final long NO_EXCEPTION = -0x0c;

  public final byte[] bytes;
  public final ModuleFacts facts;
  public final Tags tags;
  public final ClassNames names;

  private final @Nullable FunctionSignature[] byType;
  public final FunctionTypes types;
  private final BitSet tailCalled = new BitSet();
  private final BitSet entries = new BitSet();
  private final int[] groups;

  /** The first function of each group, and the one behind the last. */
  private final int[] groupStarts;

  /** See {@link MemoryForm#arePlain}. */
  public final boolean hasPlainMemories;

  /** Whether functions may have vectors. */
  public final boolean hasVectors;

  /** What vectors are in code. */
  public final VectorUse vectors;

  /** See {@link FunctionExchange}. */
  public final boolean exchangesFunctions;

  /** Whether code asks other instances for the globals that are imported and can be set. */
  private final boolean linksGlobals;

  /** Whether functions may be split, so that values of their pieces are on their way. */
  public final boolean divides;

  private final List<MemoryForm> memories;
  private final int importedGlobals;
  private int groupCount;

  /**
   * @param split whether big functions are to be split
   * @param growsOften whether memories get room to grow
   * @param linksGlobals whether other instances have globals that are imported and can be set
   * @param vectors what they are in code
   */
  public static GuestModule of(
      byte[] bytes,
      ModuleFacts facts,
      boolean split,
      boolean growsOften,
      boolean linksGlobals,
      VectorUse vectors,
      ClassNames names) {
    return new GuestModule(bytes, facts, split, growsOften, linksGlobals, vectors, names);
  }

  private GuestModule(
      byte[] bytes,
      ModuleFacts facts,
      boolean split,
      boolean growsOften,
      boolean linksGlobals,
      VectorUse vectors,
      ClassNames names) {
    this.names = names;
    this.linksGlobals = linksGlobals;
    this.exchangesFunctions = FunctionExchange.isPossible(facts);
    this.hasVectors = facts.features().all().contains(WasmFeature.SIMD);
    this.vectors = this.hasVectors ? vectors : VectorUse.HALVES;
    this.bytes = bytes;
    this.facts = facts;
    this.hasPlainMemories = MemoryForm.arePlain(facts, growsOften);
    this.divides = split && mayHaveBigFunctions();
    this.memories =
        facts.memories().stream().map(memory -> MemoryForm.of(memory, growsOften)).toList();
    this.importedGlobals =
        (int)
            facts.imports().stream()
                .filter(item -> item.type() instanceof ExternalType.Global)
                .count();
    this.types = new FunctionTypes(facts);
    this.byType = new FunctionSignature[facts.typeCount()];
    this.groups = new int[facts.functionCount()];
    int[] starts = new int[this.groups.length + 2];
    int size = 0;
    int functions = 0;
    for (int i = 0; i < this.groups.length; i++) {
      int length = i < facts.importedFunctionCount() ? 0 : facts.body(i).length();
      if (functions == GROUP_FUNCTIONS || functions > 0 && size + length > names.groupBytes()) {
        starts[++this.groupCount] = i;
        size = 0;
        functions = 0;
      }
      this.groups[i] = this.groupCount;
      size += length;
      functions++;
    }
    starts[++this.groupCount] = this.groups.length;
    this.groupStarts = Arrays.copyOf(starts, this.groupCount + 1);
    this.tags = new Tags(this);
    facts.exports().stream()
        .filter(export -> export.type() instanceof ExternalType.Function)
        .forEach(export -> this.entries.set(export.index()));
    if (facts.startFunction() >= 0) {
      this.entries.set(facts.startFunction());
    }
    for (int i = 0; i < this.groups.length; i++) {
      if (facts.makesTailCalls(i)) {
        this.tailCalled.set(signatureOf(i).id());
      }
    }
  }

  /** Another one's, with functions of other bytes. */
  protected GuestModule(GuestModule other, byte[] bytes) {
    this.names = other.names;
    this.bytes = bytes;
    this.facts = other.facts;
    this.linksGlobals = other.linksGlobals;
    this.exchangesFunctions = other.exchangesFunctions;
    this.hasVectors = other.hasVectors;
    this.vectors = other.vectors;
    this.hasPlainMemories = other.hasPlainMemories;
    this.divides = other.divides;
    this.memories = other.memories;
    this.importedGlobals = other.importedGlobals;
    this.types = other.types;
    this.byType = other.byType;
    this.groups = other.groups;
    this.groupStarts = other.groupStarts;
    this.groupCount = other.groupCount;
    this.tags = other.tags;
  }

  private boolean mayHaveBigFunctions() {
    double most = new JvmCosts(this.hasPlainMemories, this.hasVectors).seenPerByte();
    for (int i = this.facts.importedFunctionCount(); i < this.facts.functionCount(); i++) {
      if (most * this.facts.body(i).length() > SplitLimits.HOTSPOT) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param function one that the module defines
   * @return where it stands in {@link #bytes}
   */
  public FunctionBody code(int function) {
    return this.facts.body(function);
  }

  /**
   * How far an instruction of {@link #code} stands behind the beginning of the function's body in
   * the module; {@link CodeOffsets#NOWHERE} if it is not there.
   */
  public int place(int function, int position) {
    return position - this.facts.body(function).start();
  }

  /** Whether the function has tail calls, to itself or to others. */
  public boolean makesTailCalls(int function) {
    return this.facts.makesTailCalls(function);
  }

  /** Whether the host calls a function by its name, or first. */
  public boolean isEntry(int function) {
    return this.entries.get(function);
  }

  /** The functions that are. */
  public int[] entries() {
    return this.entries.stream().toArray();
  }

  /** Whether another instance may have a global. */
  public boolean isLinkedGlobal(int global) {
    return this.linksGlobals
        && global < this.importedGlobals
        && this.facts.globals().get(global).mutable();
  }

  public int importedGlobals() {
    return this.importedGlobals;
  }

  public MemoryForm memory(int index) {
    return this.memories.get(index);
  }

  public int groupCount() {
    return this.groupCount;
  }

  public int firstOfGroup(int group) {
    return this.groupStarts[group];
  }

  /** The function behind the last one. */
  public int endOfGroup(int group) {
    return this.groupStarts[group + 1];
  }

  /** The method that calls a function. */
  public Member method(int function) {
    return makesTailCalls(function)
        ? member(function, Names.loop(function), signatureOf(function))
        : body(function);
  }

  /**
   * The method of a function, which may leave a {@link TailCall} if the function has tail calls.
   */
  public Member body(int function) {
    return member(
        function,
        Names.method(function, function < this.facts.importedFunctionCount()),
        signatureOf(function));
  }

  /** A method of the class that a function is in. */
  protected final Member member(int function, String name, FunctionSignature signature) {
    return new Member(
        this.names.of(ClassNames.FUNCTIONS, this.groups[function]), name, signature.descriptor());
  }

  /** Whether a function of the type may have tail calls. */
  public boolean mayMakeTailCalls(FunctionSignature signature) {
    return this.tailCalled.get(signature.id());
  }

  public FunctionSignature signatureOf(int function) {
    return signature(this.facts.functionTypeIndex(function));
  }

  /**
   * @throws WasmLoadException {@code INVALID} if there is no such type of functions
   */
  public synchronized FunctionSignature signature(int type) {
    if (type < 0 || type >= this.byType.length) {
      throw invalid("unknown type " + type);
    }
    int first = this.types.first(type);
    FunctionSignature signature = this.byType[first];
    if (signature == null) {
      FunctionType declared = this.facts.type(first);
      if (declared == null) {
        throw invalid("type %d is none of functions".formatted(type));
      }
      signature = signature(first, declared);
      this.byType[first] = signature;
    }
    return signature;
  }

  protected final FunctionSignature signature(int id, FunctionType type) {
    return FunctionSignature.of(
        id, types(type.parameters()), types(type.results()), this.names.context());
  }

  private static int[] types(List<ValueType> types) {
    return types.stream().flatMapToInt(GuestModule::words).toArray();
  }

  private static IntStream words(ValueType type) {
    return type.equals(ValueType.V128)
        ? IntStream.of(FunctionSignature.V128, FunctionSignature.UPPER_HALF)
        : IntStream.of(type(type));
  }

  /** A vector is one here. */
  public static int type(ValueType type) {
    if (isReference(type)) {
      return reference(type.heap());
    }
    if (type.code() < FunctionSignature.V128) {
      throw missing(type);
    }
    return type.code();
  }

  static boolean isReference(ValueType type) {
    return type.code() == ValueType.CODE_REF || type.code() == ValueType.CODE_REF_NULL;
  }

  /**
   * References to functions are alike, whatever the types of the functions.
   *
   * @param heap what it refers to, the index of a type or a negative number
   */
  public static int reference(long heap) {
    if (heap >= 0 || heap == ValueType.FUNCREF.heap()) {
      return FunctionSignature.FUNCREF;
    }
    if (heap == ValueType.EXTERNREF.heap()) {
      return FunctionSignature.EXTERNREF;
    }
    if (heap == ValueType.EXNREF.heap() || heap == NO_EXCEPTION) {
      return FunctionSignature.EXNREF;
    }
    throw missing(new ValueType(ValueType.CODE_REF_NULL, heap));
  }

  private static WasmLoadException missing(ValueType type) {
    return invalid("the type %s, which the engine does not have".formatted(type));
  }

  /** Those of a constant of floating point. */
  public static long bits(BinaryCursor in, int bytes) {
    long bits = 0;
    for (int i = 0; i < bytes; i++) {
      bits |= (long) in.octet() << 8 * i;
    }
    return bits;
  }

  public static WasmLoadException invalid(String detail) {
    return new WasmLoadException(
        WasmErrorCategory.INVALID, "the module is not valid: " + detail, null);
  }
}
