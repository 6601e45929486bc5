package io.github.wasmspring.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a page of the documentation that a script writes, between two comments. */
public final class PageSection {

  private PageSection() {}

  /**
   * @param name of the script, as the comments have it
   * @param text whole lines
   * @throws IOException if the page has no such comments
   */
  public static void replace(Path page, String name, String text) throws IOException {
    String begin = "<!-- %s: begin -->".formatted(name);
    String end = "<!-- %s: end -->".formatted(name);
    String old = Files.readString(page);
    int from = old.indexOf(begin);
    int to = old.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException("%s has no lines %s and %s".formatted(page, begin, end));
    }
    Files.writeString(
        page, old.substring(0, from + begin.length()) + "\n" + text + old.substring(to));
  }
}
