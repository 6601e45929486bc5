package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.ModuleContents;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;

/**
 * Makes classes of a whole module, for jars and native images. They run on each JDK from 17 on, and
 * say what module they were made of.
 */
public final class BuildTimeCompiler {

  private static final int CLASS = 7;

  /**
   * What became of a module.
   *
   * @param classes class files by the names of their classes, as the JVM writes them
   * @param bigFunctions those that HotSpot would not compile, be it that they were split
   */
  public record Result(Map<String, byte[]> classes, List<BigFunction> bigFunctions) {}

  private BuildTimeCompiler() {}

  /**
   * @param module a valid one, of what the engine has
   * @param className of the class that {@code compiled-class} is to name
   * @param resource where the module will be, from the root of the class path
   * @throws WasmLoadException {@code INVALID} if it is more than the JVM can have
   */
  public static Result compile(WasmBinary module, String className, String resource) {
    String main = className.replace('.', '/');
    ClassNames names = ClassNames.ofBuilt(className);
    KnownBigFunctions big = new KnownBigFunctions(module, true);
    ModuleForm form =
        ModuleForm.of(module, true, false, false, VectorUse.HALVES, names, true, big::add);
    form.check();
    GuestModule guest = form.module();
    int[] inTables = new ModuleContents(guest).inTables();
    int[] signatures =
        guest.exchangesFunctions
            ? Arrays.stream(inTables)
                .map(function -> guest.signatureOf(function).id())
                .sorted()
                .distinct()
                .toArray()
            : new int[0];
    Function<List<BigFunction>, byte[]> maker =
        found ->
            new BuiltModuleMaker(main, names)
                .make(module.digest(), resource, found, guest.entries(), signatures);
    Map<String, byte[]> classes = new LinkedHashMap<>();
    byte[] first = maker.apply(List.of());
    classes.put(main, first);
    addUsed(classes, first, new ClassMaker(guest, inTables, form.functions(), true), names);
    // Which functions are big is known when all are made.
    List<BigFunction> found = big.all();
    classes.put(main, maker.apply(found));
    return new Result(classes, found);
  }

  /** All that a class uses, and what that uses. */
  private static void addUsed(
      Map<String, byte[]> classes, byte[] first, ClassMaker maker, ClassNames names) {
    Queue<byte[]> unread = new ArrayDeque<>(List.of(first));
    for (byte[] next = unread.poll(); next != null; next = unread.poll()) {
      for (String used : used(next, names.prefix())) {
        if (!classes.containsKey(used)) {
          byte[] made = maker.make(used.substring(names.prefix().length()));
          classes.put(used, made);
          unread.add(made);
        }
      }
    }
  }

  private static List<String> used(byte[] classFile, String prefix) {
    ClassReader reader = new ClassReader(classFile);
    char[] buffer = new char[reader.getMaxStringLength()];
    List<String> used = new ArrayList<>();
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item != 0 && reader.readByte(item - 1) == CLASS) {
        String name = reader.readUTF8(item, buffer);
        if (name.startsWith(prefix)) {
          used.add(name);
        }
      }
    }
    return used;
  }
}
