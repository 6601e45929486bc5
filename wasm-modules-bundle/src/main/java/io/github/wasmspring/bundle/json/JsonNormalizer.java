package io.github.wasmspring.bundle.json;

/**
 * The operation {@code parse}: minified, strings escaped no more than they must be, numbers as they
 * are written, and of members with the same key the last value in the place of the first.
 */
final class JsonNormalizer {

  private JsonNormalizer() {}

  static byte[] normalize(byte[] source) {
    JsonIndexer indexer = new JsonIndexer(source, JsonIndexer.Rule.LAST_WINS);
    JsonScanner.scan(source, indexer);
    JsonEmitter emitter = new JsonEmitter(source, 0, true);
    JsonWalker.walk(source, indexer.objects(), emitter);
    return emitter.finish();
  }
}
