package io.github.wasmspring.module;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a module that imports WASI preview 1 gets of the world outside. {@link #CLOSED} is nothing:
 * no files, no variables, no arguments, no streams, a coarse clock.
 *
 * @param enabled whether the functions of WASI are provided at all
 * @param directories what the guest sees as directories
 * @param environment the variables that the guest sees
 * @param arguments what the guest sees behind its own name
 * @param stdout where standard output goes, unless it is the answer of a command
 * @param stderr where standard error goes
 * @param logLimit the most bytes of both that are logged for one borrower of an instance
 * @param writeLimit by how many bytes the guest may write and enlarge files for one borrower
 * @param totalWriteLimit the same for all borrowers of the module together, for as long as it is
 *     loaded
 * @param clockResolution the steps in which clocks and file times advance
 * @param random whether the guest gets random numbers, from a secure source
 */
public record WasiSettings(
    boolean enabled,
    List<Directory> directories,
    Map<String, String> environment,
    List<String> arguments,
    Output stdout,
    Output stderr,
    long logLimit,
    long writeLimit,
    long totalWriteLimit,
    Duration clockResolution,
    boolean random) {

  private static final Pattern VARIABLE = Pattern.compile("[^=\\x00]+");

  /** Provided, and closed. */
  public static final WasiSettings CLOSED =
      new WasiSettings(
          true,
          List.of(),
          Map.of(),
          List.of(),
          Output.DISCARD,
          Output.DISCARD,
          64L << 10,
          64L << 20,
          1L << 30,
          Duration.ofMillis(1),
          true);

  public WasiSettings {
    directories = List.copyOf(directories);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    arguments = List.copyOf(arguments);
    Set<String> guests = new HashSet<>();
    for (Directory directory : directories) {
      if (!guests.add(directory.guest())) {
        throw new IllegalArgumentException(
            "Two directories are mapped to '%s'".formatted(directory.guest()));
      }
    }
    environment.forEach(WasiSettings::checkVariable);
    for (String argument : arguments) {
      refuseNul(argument, "An argument");
    }
    if (logLimit < 0 || writeLimit < 0 || totalWriteLimit < 0) {
      throw new IllegalArgumentException("A limit must not be negative");
    }
    if (clockResolution.compareTo(Duration.ofNanos(1)) < 0
        || clockResolution.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "A clock's resolution is between 1 ns and a day, not " + clockResolution);
    }
  }

  private static void checkVariable(String name, String value) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' can't be the name of an environment variable".formatted(name));
    }
    refuseNul(value, "The environment variable " + name);
  }

  private static void refuseNul(String text, String what) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " must not contain the character U+0000");
    }
  }

  public WasiSettings withEnabled(boolean enabled) {
    return new WasiSettings(
        enabled,
        this.directories,
        this.environment,
        this.arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withDirectories(List<Directory> directories) {
    return new WasiSettings(
        this.enabled,
        directories,
        this.environment,
        this.arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withEnvironment(Map<String, String> environment) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        environment,
        this.arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withArguments(List<String> arguments) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withStdout(Output output) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        this.arguments,
        output,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withStderr(Output output) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        this.arguments,
        this.stdout,
        output,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withLogLimit(long bytes) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        this.arguments,
        this.stdout,
        this.stderr,
        bytes,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withWriteLimit(long bytes) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        this.arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        bytes,
        this.totalWriteLimit,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withTotalWriteLimit(long bytes) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        this.arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        bytes,
        this.clockResolution,
        this.random);
  }

  public WasiSettings withClockResolution(Duration resolution) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        this.arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        resolution,
        this.random);
  }

  public WasiSettings withRandom(boolean random) {
    return new WasiSettings(
        this.enabled,
        this.directories,
        this.environment,
        this.arguments,
        this.stdout,
        this.stderr,
        this.logLimit,
        this.writeLimit,
        this.totalWriteLimit,
        this.clockResolution,
        random);
  }

  /**
   * A directory of the host that the guest sees.
   *
   * @param guest the path by which the guest knows it, such as {@code /data}
   * @param host where it is
   * @param access what the guest may do in it
   */
  public record Directory(String guest, Path host, Access access) {

    public Directory {
      if (guest.isEmpty()) {
        throw new IllegalArgumentException("A directory needs a path for the guest");
      }
      refuseNul(guest, "The path of a directory");
    }
  }

  /** What a guest may do in a directory. */
  public enum Access {
    READ_ONLY,
    READ_WRITE
  }

  /** Where an output stream goes. */
  public enum Output {
    DISCARD,
    /** Line by line to the logger {@code io.github.wasmspring.wasi.<module>}. */
    LOG
  }
}
