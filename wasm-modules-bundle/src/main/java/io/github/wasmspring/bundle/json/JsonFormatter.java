package io.github.wasmspring.bundle.json;

/** The operations {@code format} and {@code minify}. */
final class JsonFormatter {

  private static final int MAX_INDENT = 16;

  private JsonFormatter() {}

  /** Writes a document in another layout; with no indent it is minified. */
  static byte[] format(byte[] source, int indent, boolean sortKeys) {
    if (indent < 0 || indent > MAX_INDENT) {
      throw JsonFault.of("json.indent", "indent must be between 0 and " + MAX_INDENT);
    }
    JsonEmitter emitter = new JsonEmitter(source, indent, false);
    if (sortKeys) {
      JsonIndexer indexer = new JsonIndexer(source, JsonIndexer.Rule.SORT);
      JsonScanner.scan(source, indexer);
      JsonWalker.walk(source, indexer.objects(), emitter);
    } else {
      JsonScanner.scan(source, emitter);
    }
    return emitter.finish();
  }
}
