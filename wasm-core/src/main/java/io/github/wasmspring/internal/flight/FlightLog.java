package io.github.wasmspring.internal.flight;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Tells Java's flight recorder what happens. This one tells nobody: a JVM may come without the
 * module {@code jdk.jfr}, and in a native image nothing is recorded. Where there is a recorder it
 * costs next to nothing as long as no recording wants the events.
 */
public class FlightLog implements WasmEventListener {

  /** Apart, as a class must not make one of its subclasses while it is initialised. */
  private static final class OfThisJvm {

    private static final FlightLog LOG = hasRecorder() ? jfrLog() : new FlightLog();

    /**
     * The recorder keeps for ever whose code is on the stack when it is told of a setting, before
     * Java 24: on behalf of this library alone, or the class loader of the first application would
     * never go where Spring Boot DevTools or a servlet container has several.
     */
    @SuppressWarnings("removal")
    private static FlightLog jfrLog() {
      return AccessController.doPrivileged((PrivilegedAction<FlightLog>) JfrLog::new);
    }
  }

  FlightLog() {}

  /** That of this JVM. */
  public static FlightLog get() {
    return OfThisJvm.LOG;
  }

  private static boolean hasRecorder() {
    if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
      return false;
    }
    try {
      Class.forName("jdk.jfr.Event", false, FlightLog.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException none) {
      return false;
    }
  }

  /** Whether calls are recorded at present. */
  public boolean wantsCalls() {
    return false;
  }

  /**
   * A call begins.
   *
   * @return is to be told of its end; {@code null} if it is not recorded
   */
  public @Nullable CallFlight call(WasmCallId call) {
    return null;
  }

  /** A module begins to be loaded. */
  public LoadFlight load(String module, String version) {
    return LoadFlight.NONE;
  }

  /**
   * A module begins to be compiled, on this thread.
   *
   * @param background whether nobody waits for it
   */
  public LoadFlight compile(String module, String version, boolean background) {
    return LoadFlight.NONE;
  }

  /** Whether memory that grows is recorded at present. */
  public boolean wantsGrowth() {
    return false;
  }

  /**
   * A guest has let its memory grow.
   *
   * @param bytes that it has now
   * @param more by how many bytes it grew
   */
  public void grown(String module, String version, long bytes, long more) {}

  /**
   * An instance was thrown away.
   *
   * @param reason in capital letters
   * @param bytes of memory that it had
   */
  public void discarded(String module, String version, String reason, long bytes) {}

  /** Most of what else is recorded are events that others are told of, too. */
  @Override
  public void onEvent(WasmEvent event) {}
}
