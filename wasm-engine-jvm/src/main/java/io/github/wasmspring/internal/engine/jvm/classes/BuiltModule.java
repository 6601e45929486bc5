package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.instance.GuestClasses;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.split.BigFunction;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BuildTimeCompiler} made of a module. Public for generated code, not for applications.
 */
public abstract class BuiltModule implements GuestClasses {

  /**
   * To be raised with each change of what generated code asks of the engine, or of which functions
   * are in which class.
   */
  public static final int FORM = 6;

  private static final int FIELDS = 5;

  /** Of a name: the JVM has constants of 65,535 bytes. */
  private static final int MOST_CHARS = 1000;

  private final String prefix = getClass().getName() + "$";

  /** The {@link #FORM} of the compiler. */
  protected abstract int form();

  /** Of the module's bytes, {@code sha256:} and 64 hexadecimal digits. */
  protected abstract String digest();

  /** Where the module is, from the root of the class path. */
  protected abstract String resource();

  /** See {@link #write}. */
  protected abstract String[] split();

  @Override
  public final Class<? extends GuestContext> contextClass() {
    return newContext().getClass();
  }

  @Override
  public final boolean has(StackTraceElement frame) {
    return frame.getClassName().startsWith(this.prefix);
  }

  /** The build has made all. */
  @Override
  public final void makeGroup(int group) {}

  public final boolean isOfThisForm() {
    return form() == FORM;
  }

  /**
   * The module.
   *
   * @return {@code null} if it is not there
   * @throws IOException if it can't be read
   */
  final byte @Nullable [] bytes() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/" + resource())) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** Those that HotSpot would not compile, be it that they were split. */
  final List<BigFunction> bigFunctions() {
    return Arrays.stream(split()).map(BuiltModule::read).toList();
  }

  /**
   * What {@link #write} has written.
   *
   * @throws IllegalArgumentException if it has not
   */
  static BigFunction read(String line) {
    String[] fields = line.split(" ", FIELDS);
    if (fields.length < FIELDS - 1) {
      throw new IllegalArgumentException("'%s' describes no function".formatted(line));
    }
    return new BigFunction(
        Integer.parseInt(fields[0]),
        fields.length == FIELDS ? fields[FIELDS - 1] : null,
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]));
  }

  /** Index, size, remainder, how many pieces, and the name if there is one. */
  static String write(BigFunction function) {
    String numbers =
        "%d %d %d %d"
            .formatted(function.index(), function.size(), function.remainder(), function.pieces());
    String name = function.name();
    return name == null
        ? numbers
        : numbers + " " + name.substring(0, Math.min(MOST_CHARS, name.length()));
  }

  protected static RuntimeException notMade(int number) {
    return new IllegalStateException("Nothing was made in the build for number " + number);
  }
}
