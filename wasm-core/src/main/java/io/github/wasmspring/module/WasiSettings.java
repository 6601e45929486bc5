package io.github.wasmspring.module;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
  public static final WasiSettings CLOSED = new Builder().build();

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasiSettings with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

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

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private boolean enabled = true;
    private List<Directory> directories = List.of();
    private Map<String, String> environment = Map.of();
    private List<String> arguments = List.of();
    private Output stdout = Output.DISCARD;
    private Output stderr = Output.DISCARD;
    private long logLimit = 64L << 10;
    private long writeLimit = 64L << 20;
    private long totalWriteLimit = 1L << 30;
    private Duration clockResolution = Duration.ofMillis(1);
    private boolean random = true;

    private Builder() {}

    private Builder(WasiSettings from) {
      this.enabled = from.enabled;
      this.directories = from.directories;
      this.environment = from.environment;
      this.arguments = from.arguments;
      this.stdout = from.stdout;
      this.stderr = from.stderr;
      this.logLimit = from.logLimit;
      this.writeLimit = from.writeLimit;
      this.totalWriteLimit = from.totalWriteLimit;
      this.clockResolution = from.clockResolution;
      this.random = from.random;
    }

    public Builder enabled(boolean enabled) {
      this.enabled = enabled;
      return this;
    }

    public Builder directories(List<Directory> directories) {
      this.directories = directories;
      return this;
    }

    /** Further variables, over those of the same names. */
    public Builder environment(Map<String, String> variables) {
      Map<String, String> all = new LinkedHashMap<>(this.environment);
      all.putAll(variables);
      this.environment = all;
      return this;
    }

    public Builder arguments(List<String> arguments) {
      this.arguments = arguments;
      return this;
    }

    public Builder stdout(Output output) {
      this.stdout = output;
      return this;
    }

    public Builder stderr(Output output) {
      this.stderr = output;
      return this;
    }

    public Builder logLimit(long bytes) {
      this.logLimit = bytes;
      return this;
    }

    public Builder writeLimit(long bytes) {
      this.writeLimit = bytes;
      return this;
    }

    public Builder totalWriteLimit(long bytes) {
      this.totalWriteLimit = bytes;
      return this;
    }

    public Builder clockResolution(Duration resolution) {
      this.clockResolution = resolution;
      return this;
    }

    public Builder random(boolean random) {
      this.random = random;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasiSettings build() {
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
          this.random);
    }
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
