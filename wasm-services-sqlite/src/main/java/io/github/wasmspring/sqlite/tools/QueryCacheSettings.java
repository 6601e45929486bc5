package io.github.wasmspring.sqlite.tools;

/**
 * How much a {@link QueryCache} keeps.
 *
 * @param entries the most answers
 * @param bytes the most memory that they take together, roughly
 * @param answerBytes the most memory that one answer may take; bigger ones are not kept
 */
public record QueryCacheSettings(int entries, long bytes, long answerBytes) {

  /** 1,000 answers of 16 MB together and 1 MB each. */
  public static final QueryCacheSettings DEFAULTS =
      new QueryCacheSettings(1_000, 16L << 20, 1L << 20);

  /**
   * @throws IllegalArgumentException if one is not positive, or an answer may be bigger than all
   */
  public QueryCacheSettings {
    if (entries < 1 || answerBytes < 1 || answerBytes > bytes) {
      throw new IllegalArgumentException(
          "A cache of queries has at least one entry, and answerBytes between 1 and bytes, but not entries=%d, bytes=%d, answerBytes=%d"
              .formatted(entries, bytes, answerBytes));
    }
  }
}
