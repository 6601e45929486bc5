package io.github.wasmspring.benchmarks.studies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.lucene.codecs.hnsw.DefaultFlatVectorScorer;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;

/** Lucene's HNSW on the heap, by cosine, without a Lucene index around it. */
final class LuceneGraph {

  private final RandomAccessVectorValues vectors;
  private final OnHeapHnswGraph graph;

  LuceneGraph(List<float[]> vectors, int links, int candidates, long seed) {
    this.vectors = RandomAccessVectorValues.fromFloats(vectors, vectors.get(0).length);
    try {
      this.graph =
          HnswGraphBuilder.create(
                  DefaultFlatVectorScorer.INSTANCE.getRandomVectorScorerSupplier(
                      VectorSimilarityFunction.COSINE, this.vectors),
                  links,
                  candidates,
                  seed)
              .build(vectors.size());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The numbers of the nearest vectors, best first. */
  int[] search(float[] query, int count, int breadth) {
    TopKnnCollector found = new TopKnnCollector(breadth, Integer.MAX_VALUE);
    try {
      HnswGraphSearcher.search(
          DefaultFlatVectorScorer.INSTANCE.getRandomVectorScorer(
              VectorSimilarityFunction.COSINE, this.vectors, query),
          found,
          this.graph,
          null);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    ScoreDoc[] documents = found.topDocs().scoreDocs;
    int[] numbers = new int[Math.min(count, documents.length)];
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = documents[at].doc;
    }
    return numbers;
  }

  /** What its links take, without the vectors. */
  long bytesOfLinks() {
    return this.graph.ramBytesUsed();
  }
}
