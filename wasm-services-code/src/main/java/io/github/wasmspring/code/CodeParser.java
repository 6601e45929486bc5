package io.github.wasmspring.code;

import io.github.wasmspring.client.WasmModuleManager;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads JavaScript (ES2025, with elements) and TypeScript. A text that is wrong has a tree as well,
 * and all that is wrong with it. For many threads.
 *
 * <p>Where there is no instance of the module to be had, or a text ends one of its limits, a {@link
 * io.github.wasmspring.WasmException} says so.
 */
public final class CodeParser {

  /** The longest text that is read, in chars. */
  public static final int MOST_CHARS = 16 << 20;

  private final CodeOperations module;
  private volatile @Nullable CodeKinds kinds;

  private CodeParser(CodeOperations module) {
    this.module = module;
  }

  /**
   * @param manager to whose modules the one of {@link CodeModule} belongs
   */
  public static CodeParser of(WasmModuleManager manager) {
    Objects.requireNonNull(manager, "There is no manager");
    return new CodeParser(manager.bind(CodeOperations.class));
  }

  /** Reads a module. */
  public CodeTree parse(String text, CodeLanguage language) {
    return parse(text, language, CodeParseOptions.DEFAULTS);
  }

  /**
   * @return a tree of all of the text, whatever it is; {@link CodeTree#problems} says what is wrong
   * @throws CodeException if the language has no tree, or the text is too long
   */
  public CodeTree parse(String text, CodeLanguage language, CodeParseOptions options) {
    byte[] answer = this.module.parse(bytes(text), options.bits(language));
    return new CodeTree(text, language, new CodeWords(answer, text, kinds()));
  }

  /**
   * The tree as JSON: as ESTree has it for JavaScript, with {@code start} and {@code end}, and as
   * typescript-estree has it for TypeScript, with {@code range}. The root has a list {@code
   * problems} of what is wrong; text that belongs nowhere is an {@code ErrorNode}.
   *
   * @throws CodeException if the language has no tree, or the text is too long
   */
  public String estree(String text, CodeLanguage language, CodeParseOptions options) {
    return new String(
        this.module.estree(bytes(text), options.bits(language)), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    if (text.length() > MOST_CHARS) {
      throw new CodeException(
          CodeException.Reason.TOO_LARGE,
          "A text of %,d chars is too long to be read; %,d are allowed"
              .formatted(text.length(), MOST_CHARS));
    }
    // Half of a surrogate pair becomes a question mark, which is as long.
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private CodeKinds kinds() {
    CodeKinds known = this.kinds;
    if (known == null) {
      known = CodeKinds.read(new String(this.module.kinds(), StandardCharsets.UTF_8));
      this.kinds = known;
    }
    return known;
  }
}
