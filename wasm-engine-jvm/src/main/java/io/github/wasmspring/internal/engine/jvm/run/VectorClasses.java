package io.github.wasmspring.internal.engine.jvm.run;

/**
 * The classes of vectors of 128 bits in the JDK's Vector API, which are not public. Code casts to
 * them, for HotSpot finds out by itself neither what comes out of a loop nor where two ways meet,
 * and makes objects of vectors of which it does not know the class. Public for generated code, not
 * for applications.
 */
public final class VectorClasses {

  public static final Class<?> BYTE = find("Byte");
  public static final Class<?> SHORT = find("Short");
  public static final Class<?> INT = find("Int");
  public static final Class<?> LONG = find("Long");
  public static final Class<?> FLOAT = find("Float");
  public static final Class<?> DOUBLE = find("Double");

  private VectorClasses() {}

  private static Class<?> find(String lanes) {
    try {
      Object species =
          Class.forName("jdk.incubator.vector." + lanes + "Vector")
              .getField("SPECIES_128")
              .get(null);
      return (Class<?>)
          Class.forName("jdk.incubator.vector.VectorSpecies")
              .getMethod("vectorType")
              .invoke(species);
    } catch (ReflectiveOperationException other) {
      throw new IllegalStateException("The Vector API of this JDK is another one", other);
    }
  }
}
