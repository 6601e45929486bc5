package io.github.wasmspring.sqlite.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlWordsTest {

  @Test
  void wordsAreKeywordsAndNames() {
    assertThat(
            SqlWords.of(
                "SELECT \"a \"\"b\"\"\", [C d], `e`, x'00ff', 'not ''this', 12e4, ünï FROM T -- no\n/* nor this */ WHERE y=?1"))
        .containsExactly("select", "a \"b\"", "c d", "e", "x", "ünï", "from", "t", "where", "y");
  }

  @Test
  void whatIsNotClosedEndsWithTheText() {
    for (String open : new String[] {"'", "\"", "`", "[", "/*", "--", "a'", "[]"}) {
      assertThat(SqlWords.of("x " + open)).startsWith("x");
    }
    assertThat(SqlWords.of("")).isEmpty();
    assertThat(SqlWords.first("\n".repeat(200_000) + "/**/".repeat(50_000) + "Select"))
        .isEqualTo("select");
  }
}
