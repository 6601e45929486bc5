package io.github.wasmspring.vector;

import java.util.List;

/** The exact search in Java: what the module answers where it compares all. */
final class JavaVectorSearch {

  private JavaVectorSearch() {}

  static List<VectorMatch> run(
      VectorIndexSettings settings, VectorRecords records, VectorSearch search) {
    VectorScore score = new VectorScore(settings.metric(), search.vector());
    VectorRanking ranking = new VectorRanking(search.maxResults(), search.threshold());
    VectorFilter filter = search.filter();
    records.forEach(
        entry -> {
          if (filter == null || filter.test(entry.document.metadata())) {
            ranking.offer(entry, score.of(entry.document.vector(), entry.factor));
          }
        });
    return ranking.matches();
  }
}
