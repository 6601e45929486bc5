package io.github.wasmspring.benchmarks.programs;

import io.github.wasmspring.module.WasmImportDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What large modules of others are asked for. The texts are in {@code programs} on the class path,
 * for Node runs them too.
 */
public enum Program {
  /** Objects, primes and recursion in JavaScript. */
  QUICKJS_SCRIPT("quickjs", "fe1af47a") {
    @Override
    Supplier<String> on(Guest guest) {
      QuickJsGuest javascript = new QuickJsGuest(guest);
      String script = text("script.js");
      return () -> javascript.evaluate(script);
    }
  },
  /** A recursive query over 60,000 rows. */
  SQLITE_RECURSIVE("sqlite", "0533223f") {
    @Override
    Supplier<String> on(Guest guest) {
      SqliteGuest database = new SqliteGuest(guest);
      String query = text("recursive.sql");
      return () -> database.query(query);
    }
  },
  /** Groups of 20,000 rows. */
  SQLITE_GROUP_BY("sqlite", "a530ddae") {
    @Override
    Supplier<String> on(Guest guest) {
      SqliteGuest database = new SqliteGuest(guest);
      database.query(text("table.sql"));
      database.query(text("rows.sql"));
      String query = text("group-by.sql");
      return () -> database.query(query);
    }
  },
  /** A line of TypeScript is formatted. */
  DPRINT_LINE("dprint-typescript", "73a9dc62") {
    @Override
    Supplier<String> on(Guest guest) {
      return formatting(guest, text("line.ts"));
    }
  },
  /** A thousand lines of TypeScript are formatted. */
  DPRINT_1000_LINES("dprint-typescript", "cdf2969a") {
    @Override
    Supplier<String> on(Guest guest) {
      String service = text("service.ts");
      return formatting(
          guest,
          IntStream.range(0, COPIES)
              .mapToObj(i -> service.replace("NNN", String.valueOf(i)))
              .collect(Collectors.joining("\n")));
    }
  };

  private static final int COPIES = 15;
  private static final int SHOWN = 8;

  private final String module;
  private final String answer;

  /**
   * @param answer the beginning of its SHA-256, as {@code programs.mjs} prints it on Node
   */
  Program(String module, String answer) {
    this.module = module;
    this.answer = answer;
  }

  /**
   * @param label the name in lower case with hyphens
   * @throws IllegalArgumentException if there is none
   */
  public static Program labelled(String label) {
    return Arrays.stream(values())
        .filter(program -> program.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no program '%s', only %s".formatted(label, labels())));
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Program::label).toList();
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The file without {@code .wasm}, as {@code benchmarks/shared} fetches it. */
  public String module() {
    return this.module;
  }

  /** The host functions that the module needs; without a look at those that need none. */
  public List<WasmImportDefinition> imports(byte[] module) {
    return this.module.startsWith("dprint") ? List.of() : Guest.answering0(module);
  }

  /**
   * Runs once for each call of what is returned; every answer is checked.
   *
   * @throws IllegalStateException at a call, if the answer is wrong
   */
  public Supplier<String> prepare(Guest guest) {
    Supplier<String> program = on(guest);
    String[] known = {""};
    return () -> {
      String answer = program.get();
      if (!answer.equals(known[0])) {
        check(answer);
        known[0] = answer;
      }
      return answer;
    };
  }

  abstract Supplier<String> on(Guest guest);

  private void check(String answer) {
    String digest = digest(answer);
    if (!digest.equals(this.answer)) {
      throw new IllegalStateException(
          "%s answers %s instead of %s: %s".formatted(label(), digest, this.answer, answer));
    }
  }

  private static String digest(String answer) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(answer.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHOWN);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Supplier<String> formatting(Guest guest, String source) {
    DprintGuest formatter = new DprintGuest(guest);
    return () -> formatter.format("file.ts", source);
  }

  private static String text(String file) {
    try (InputStream stream = Program.class.getResourceAsStream("/programs/" + file)) {
      if (stream == null) {
        throw new IllegalStateException(
            "There is no programs/%s on the class path".formatted(file));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
