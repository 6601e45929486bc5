package io.github.wasmspring.engine.chicory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Version;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.CompiledCodeKey;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.split.BigFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * All that is needed of a compiled module, in bytes.
 *
 * @param mainClass the name of the class that runs it
 * @param classes what Chicory's compiler made, by name
 * @param skeleton of the module
 * @param keptBodies the functions that have a body in the skeleton, counted without imports
 * @param bigFunctions those that HotSpot would not compile, be it that they were split
 * @param features those that the module uses
 */
record CompiledForm(
    String mainClass,
    Map<String, byte[]> classes,
    byte[] skeleton,
    int[] keptBodies,
    List<BigFunction> bigFunctions,
    Set<WasmFeature> features) {

  /** So few that a call needs little code: the JVM verifies a class when it is first used. */
  private static final int FUNCTIONS_PER_CLASS = 256;

  /** Changes with everything that makes other classes, or another form, of the same module. */
  private static final String OPTIONS =
      "form 3, splitter 1, functions per class " + FUNCTIONS_PER_CLASS;

  /** Measured: 1.5 to 1.7, with what it adds when it verifies and links the class. */
  private static final int METASPACE_PER_CLASS_BYTE = 2;

  private static final int HEAP_PER_SKELETON_BYTE = 4;

  static CompiledCodeKey key(WasmBinary binary, boolean split) {
    return new CompiledCodeKey(
        binary.digest(),
        "chicory %s, %s, split %s, module of %d bytes"
            .formatted(Version.version(), OPTIONS, split, binary.bytes().length));
  }

  /**
   * @param module the parsed bytes
   */
  static CompiledForm compile(
      WasmModule module, byte[] bytes, List<BigFunction> bigFunctions, Set<WasmFeature> features) {
    CompilerResult result =
        Compiler.builder(module)
            .withInterpreterFallback(InterpreterFallback.SILENT)
            .withMaxFunctionsPerClass(FUNCTIONS_PER_CLASS)
            .withClassCollectorFactory(ByteClassCollector::new)
            .build()
            .compile();
    Map<String, byte[]> classes = new HashMap<>();
    result.classBytes().forEach((name, content) -> classes.put(dotted(name), content));
    int[] kept = FunctionBodies.needed(module, result.interpretedFunctions());
    return new CompiledForm(
        dotted(result.collector().mainClassName()),
        classes,
        ModuleSkeleton.write(bytes, kept),
        kept,
        bigFunctions,
        features);
  }

  private static String dotted(String className) {
    return className.replace('/', '.');
  }

  /** The module without the bodies that nobody needs any more. */
  WasmModule module() {
    return ModuleSkeleton.read(this.skeleton, this.keptBodies);
  }

  /**
   * Defines the classes, and has the JVM verify all of them.
   *
   * @throws LinkageError if the JVM does not accept one
   */
  Function<Instance, Machine> machineFactory() {
    return new CompiledClassLoader(loaderName(), this.classes).load(this.mainClass);
  }

  /** Of the class loader; another one for other code. */
  String loaderName() {
    CRC32 contents = new CRC32();
    contents.update(this.skeleton);
    new TreeMap<>(this.classes).values().forEach(contents::update);
    return "wasm-%08x".formatted(contents.getValue());
  }

  /** About how much memory it takes when it is loaded, in bytes. */
  int weight() {
    return (int)
        Math.min(
            Integer.MAX_VALUE, metaspace() + (long) HEAP_PER_SKELETON_BYTE * this.skeleton.length);
  }

  /** About how much of that is for classes. */
  int metaspace() {
    long classBytes = this.classes.values().stream().mapToLong(bytes -> bytes.length).sum();
    return (int) Math.min(Integer.MAX_VALUE, METASPACE_PER_CLASS_BYTE * classBytes);
  }

  byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(this.mainClass);
      out.writeInt(this.keptBodies.length);
      for (int body : this.keptBodies) {
        out.writeInt(body);
      }
      writeBytes(out, this.skeleton);
      out.writeInt(this.classes.size());
      for (Map.Entry<String, byte[]> each : this.classes.entrySet()) {
        out.writeUTF(each.getKey());
        writeBytes(out, each.getValue());
      }
      out.writeInt(this.bigFunctions.size());
      for (BigFunction function : this.bigFunctions) {
        write(out, function);
      }
      out.writeInt(this.features.size());
      for (WasmFeature feature : this.features) {
        out.writeUTF(feature.name());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory can be written to", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, BigFunction function) throws IOException {
    out.writeInt(function.index());
    out.writeBoolean(function.name() != null);
    writeBytes(out, Objects.requireNonNullElse(function.name(), "").getBytes(UTF_8));
    out.writeInt(function.size());
    out.writeInt(function.remainder());
    out.writeInt(function.pieces());
  }

  private static BigFunction readFunction(DataInputStream in) throws IOException {
    int index = in.readInt();
    boolean named = in.readBoolean();
    String name = new String(readBytes(in), UTF_8);
    return new BigFunction(index, named ? name : null, in.readInt(), in.readInt(), in.readInt());
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(count(in, 1));
  }

  /** How many of something follow: never more than there are bytes left for. */
  private static int count(DataInputStream in, int bytesOfEach) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / bytesOfEach) {
      throw new EOFException("it ends before %d of %d bytes".formatted(count, bytesOfEach));
    }
    return count;
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * @throws IOException if it ends too early
   */
  static CompiledForm read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    String mainClass = in.readUTF();
    int[] keptBodies = new int[count(in, Integer.BYTES)];
    for (int i = 0; i < keptBodies.length; i++) {
      keptBodies[i] = in.readInt();
    }
    byte[] skeleton = readBytes(in);
    Map<String, byte[]> classes = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      classes.put(in.readUTF(), readBytes(in));
    }
    List<BigFunction> bigFunctions = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      bigFunctions.add(readFunction(in));
    }
    Set<WasmFeature> features = EnumSet.noneOf(WasmFeature.class);
    for (int left = in.readInt(); left > 0; left--) {
      features.add(WasmFeature.valueOf(in.readUTF()));
    }
    return new CompiledForm(
        mainClass, classes, skeleton, keptBodies, List.copyOf(bigFunctions), features);
  }
}
