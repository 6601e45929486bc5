package io.github.wasmspring.sample;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes vectors of texts without a model and without a download, to show what a vector index does:
 * each group of three and four characters of each word counts in one of the dimensions, which its
 * hash says. So texts are near to each other that are written alike, not those that mean the same;
 * an application takes a real model in its place, such as Spring AI's {@code EmbeddingModel}.
 */
final class LetterEmbedding {

  static final int DIMENSIONS = 512;

  private static final int SHORTEST = 3;
  private static final int LONGEST = 4;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Of length 1; all zeros if the text has no letter and no digit. */
  float[] embed(String text) {
    float[] vector = new float[DIMENSIONS];
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    for (String word : BETWEEN_WORDS.split(plain.toLowerCase(Locale.ROOT))) {
      if (!word.isEmpty()) {
        count(" " + word + " ", vector);
      }
    }
    return unit(vector);
  }

  private static void count(String word, float[] vector) {
    int[] characters = word.codePoints().toArray();
    for (int from = 0; from < characters.length; from++) {
      int hash = 0x811C9DC5;
      for (int at = from; at < Math.min(characters.length, from + LONGEST); at++) {
        hash = (hash ^ characters[at]) * 0x01000193;
        if (at - from + 1 >= SHORTEST) {
          add(hash, vector);
        }
      }
    }
  }

  /** Half of them count down, so that those that share a dimension by chance cancel out. */
  private static void add(int hash, float[] vector) {
    int mixed = hash ^ hash >>> 15;
    vector[(mixed & Integer.MAX_VALUE) % DIMENSIONS] += mixed < 0 ? -1 : 1;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += each * each;
    }
    float length = (float) Math.sqrt(squares);
    for (int at = 0; length > 0 && at < vector.length; at++) {
      vector[at] /= length;
    }
    return vector;
  }
}
