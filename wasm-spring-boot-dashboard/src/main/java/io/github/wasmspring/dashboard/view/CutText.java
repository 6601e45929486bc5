package io.github.wasmspring.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text of others, cut to what a page can show. */
public final class CutText {

  static final int LONGEST = 2_000;

  private CutText() {}

  /** At most 2,000 characters of it. */
  public static String of(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return text.substring(0, end) + '…';
  }

  /** The same for what there need not be. */
  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  static List<String> each(List<String> texts) {
    return texts.stream().map(CutText::of).toList();
  }
}
