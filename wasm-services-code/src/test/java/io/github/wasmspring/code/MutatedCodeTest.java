package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.code.CodeParseOptions.Goal;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Code with random faults in its bytes and tokens: never a trap, always a tree whose nodes lie in
 * each other, and which has all of the text. {@code -Dcode.mutations} says how many.
 */
class MutatedCodeTest {

  private static final int MUTATIONS = Integer.getInteger("code.mutations", 3_000);

  private static final List<String> SAMPLES =
      List.of("sample.js", "sample.jsx", "sample.ts", "sample.tsx");

  private static final String[] TOKENS =
      ("( ) { } [ ] ; , => ... ? ?. : = ` ${ / */ /* // < > </ /> class function async await yield"
              + " let const import export type interface enum <T> @ #a new in of for if else switch"
              + " case default return \" ' \\ \\u 0x 1n e5 as ! && ?? || ** ++ - static get set"
              + " abstract declare namespace \u2028 \ud83d \u00e9 \0 <!-- --> extends a?.b {a=1}")
          .split(" ");

  private final Random random = new Random(Long.getLong("code.seed", 42));

  @Test
  void everyTextHasATree() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String sample : SAMPLES) {
      texts.add(Files.readString(Path.of("src", "test", "resources", "code", sample)));
    }
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      CodeParser parser = CodeParser.of(runtime.manager());
      for (int each = 0; each < MUTATIONS; each++) {
        int sample = this.random.nextInt(texts.size());
        String text = mutated(texts.get(sample));
        Goal goal = Goal.values()[this.random.nextInt(Goal.values().length)];
        CodeLanguage language =
            this.random.nextInt(4) == 0
                ? CodeLanguage.values()[this.random.nextInt(4)]
                : CodeLanguage.of(SAMPLES.get(sample));
        check(parser.parse(text, language, CodeParseOptions.DEFAULTS.withGoal(goal)));
      }
    }
  }

  private String mutated(String text) {
    StringBuilder result = new StringBuilder(text);
    int faults = 1 + this.random.nextInt(4);
    for (int each = 0; each < faults; each++) {
      int at = this.random.nextInt(result.length() + 1);
      switch (this.random.nextInt(6)) {
        case 0 -> result.insert(at, TOKENS[this.random.nextInt(TOKENS.length)]);
        case 1 -> result.delete(at, Math.min(result.length(), at + 1 + this.random.nextInt(20)));
        case 2 -> result.insert(at, (char) this.random.nextInt(0x250));
        case 3 -> result.insert(at, part(result));
        case 4 -> result.setLength(at);
        default -> broken(result, at);
      }
    }
    return result.toString();
  }

  private String part(StringBuilder text) {
    int from = this.random.nextInt(text.length() + 1);
    return text.substring(from, Math.min(text.length(), from + this.random.nextInt(200)));
  }

  /** A bit of a byte is turned over, whatever that makes of the characters. */
  private void broken(StringBuilder text, int at) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      bytes[at % bytes.length] ^= (byte) (1 << this.random.nextInt(8));
    }
    text.setLength(0);
    text.append(new String(bytes, StandardCharsets.UTF_8));
  }

  private static void check(CodeTree tree) {
    CodeCursor root = tree.cursor();
    assertThat(root.start()).isZero();
    assertThat(root.end()).isEqualTo(tree.text().length());
    for (CodeProblem problem : tree.problems()) {
      assertThat(problem.range().end()).isLessThanOrEqualTo(tree.text().length());
      assertThat(problem.code()).isNotEmpty();
      assertThat(problem.message()).isNotEmpty();
      assertThat(problem.line()).isBetween(1, tree.lines());
    }
    tree.visit(
        new CodeVisitor() {
          @Override
          public boolean enter(CodeCursor node) {
            CodeCursor parent = node.copy();
            boolean inner =
                !parent.toParent()
                    // Decorators stand before the parameter that they are of.
                    || "decorators".equals(node.parentField())
                    || (parent.start() <= node.start() && node.end() <= parent.end());
            if (!inner || node.start() > node.end()) {
              throw new AssertionError(node + " is not in " + parent + " of\n" + tree.text());
            }
            return true;
          }
        });
  }
}
