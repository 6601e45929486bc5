package io.github.wasmspring.internal.wasi;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Java writes the names of files. In a container without {@code LANG} that is ASCII: other
 * names can be neither opened nor told from each other, and Java says so of the single file only.
 *
 * @param name of the charset, {@code sun.jnu.encoding} of the JVM
 */
record FileNameEncoding(String name) {

  private static final Logger LOGGER = LoggerFactory.getLogger(FileNameEncoding.class);

  /** Letters of several scripts, and one outside of the first plane. */
  private static final String SAMPLE = "\u00fc\u0416\u65e5\ud83d\ude00";

  static FileNameEncoding ofThisJvm() {
    return new FileNameEncoding(
        System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));
  }

  boolean hasEveryName() {
    return Charset.isSupported(this.name)
        && Charset.forName(this.name).newEncoder().canEncode(SAMPLE);
  }

  void warnIfNamesAreLost(String module, MappedDirectory directory) {
    if (!hasEveryName()) {
      LOGGER.warn(
          "module '{}': this JVM writes names of files in {}, so that in {}, which wasi.directories maps to '{}', files"
              + " whose names have other characters can't be opened or made (errno ILSEQ) and are listed with"
              + " replacements; start it with the environment variable LC_ALL=C.UTF-8",
          module,
          this.name,
          directory.host(),
          directory.guest());
    }
  }
}
