package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.vector.VectorDocument;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorIndexes;
import io.github.wasmspring.vector.VectorMatch;
import io.github.wasmspring.vector.VectorSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the documents that are nearest to a question, in an index that is there for that alone. */
@Component
class DocumentSearch {

  private final VectorIndexes indexes;
  private final LetterEmbedding embedding = new LetterEmbedding();

  DocumentSearch(VectorIndexes indexes) {
    this.indexes = indexes;
  }

  /**
   * A document that was found.
   *
   * @param place of the document, from 0 on
   * @param score the cosine, up to 1
   */
  record Near(int place, float score) {}

  /**
   * What was found, the nearest first.
   *
   * @param source who searched
   * @param duration of the search, without making the index
   */
  record Found(List<Near> near, WasmSource source, Duration duration) {}

  Found nearest(List<String> documents, String question, int most, WasmExecutionMode mode) {
    VectorIndex index =
        this.indexes.create(
            "sample-" + UUID.randomUUID(),
            VectorIndexSettings.dimensions(LetterEmbedding.DIMENSIONS).executionMode(mode).build());
    try {
      index.addAll(vectors(documents));
      float[] vector = this.embedding.embed(question);
      long start = System.nanoTime();
      // What has no group of letters in common with the question is not near to it.
      List<VectorMatch> matches =
          index.search(VectorSearch.of(vector).maxResults(most).threshold(Math.nextUp(0f)).build());
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      WasmSource source = index.stats().javaSearches() == 0 ? WasmSource.WASM : WasmSource.FALLBACK;
      return new Found(
          matches.stream()
              .map(match -> new Near(Integer.parseInt(match.id()), match.score()))
              .toList(),
          source,
          duration);
    } finally {
      this.indexes.drop(index.name());
    }
  }

  private List<VectorDocument> vectors(List<String> documents) {
    List<VectorDocument> vectors = new ArrayList<>();
    for (int place = 0; place < documents.size(); place++) {
      vectors.add(
          new VectorDocument(Integer.toString(place), this.embedding.embed(documents.get(place))));
    }
    return vectors;
  }
}
