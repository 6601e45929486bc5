package io.github.wasmspring.autoconfigure.scan.interfaces;

import io.github.wasmspring.WasmModule;
import org.springframework.context.annotation.Profile;

/** Holds an interface, as applications nest them. */
public final class ScannedCalc {

  private ScannedCalc() {}

  /** Package-private and nested. */
  @WasmModule("calc")
  interface Adder {

    int add(int a, int b);

    default int twice(int number) {
      return add(number, number);
    }
  }

  @Profile("other")
  @WasmModule("calc")
  interface OfAnotherProfile {

    int add(int a, int b);
  }

  /** What can be injected, as it gets at the package-private interface. */
  public static final class User {

    private final Adder adder;

    User(Adder adder) {
      this.adder = adder;
    }

    public int twice(int number) {
      return this.adder.twice(number);
    }
  }

  /** Hides the interface from tests in other packages. */
  public static Class<?> adder() {
    return Adder.class;
  }

  public static Class<?> ofAnotherProfile() {
    return OfAnotherProfile.class;
  }

  /** An implementation of the user's own; not a module although its interface names one. */
  public static final class OwnAdder implements Adder {

    @Override
    public int add(int a, int b) {
      return -1;
    }
  }

  /** For the check that calls still go where they should. */
  public static int add(Object adder, int a, int b) {
    return ((Adder) adder).add(a, b);
  }
}
