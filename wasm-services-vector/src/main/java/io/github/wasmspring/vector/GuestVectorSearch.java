package io.github.wasmspring.vector;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A search in a copy that nobody else has meanwhile. */
final class GuestVectorSearch {

  private final VectorIndexSettings settings;
  private final VectorRecords records;
  private final VectorGuest guest;
  private final long version;
  private final VectorSearch search;
  private final VectorFindings findings = new VectorFindings();

  /** For each slot below {@code slots} whether it may be found, {@code null} without a filter. */
  private byte @Nullable [] bits;

  private int slots;
  private int let;

  GuestVectorSearch(
      VectorIndexSettings settings, VectorRecords records, VectorCopy copy, VectorSearch search) {
    this.settings = settings;
    this.records = records;
    this.guest = copy.guest;
    this.version = copy.version;
    this.search = search;
  }

  /** First: asks the filter, if there is one, without the guest. */
  void filter() {
    VectorFilter filter = this.search.filter();
    if (filter != null) {
      this.slots = this.records.end();
      this.bits = new byte[this.slots / Byte.SIZE + 1];
      this.let = letThrough(filter, this.bits);
    }
  }

  /** Then: what the guest does. */
  void find() {
    if (this.bits == null) {
      find(this.records.size(), this.records.size(), false);
    } else if (this.let > 0) {
      this.guest.filter(this.bits, this.slots);
      find(this.let, this.records.size(), true);
    }
  }

  private int letThrough(VectorFilter filter, byte[] bits) {
    AtomicInteger count = new AtomicInteger();
    this.records.forEach(
        this.version,
        entry -> {
          if (filter.test(entry.document.metadata())) {
            bits[entry.slot / Byte.SIZE] |= (byte) (1 << entry.slot % Byte.SIZE);
            count.incrementAndGet();
          }
        });
    return count.get();
  }

  /**
   * @param let how many vectors may be found
   * @param all how many there are
   */
  private void find(int let, int all, boolean filtered) {
    VectorIndexSettings.Graph graph = this.settings.graph();
    int breadth = graph == null || this.search.exact() ? 0 : breadth(graph, let, all);
    if (breadth == 0) {
      scan(filtered);
      return;
    }
    this.guest.search(this.search.vector(), breadth, filtered, this.findings);
    if (filtered && this.findings.size() < Math.min(this.search.maxResults(), let)) {
      this.findings.clear();
      scan(true);
    }
  }

  private void scan(boolean filtered) {
    // Scores of codes are not exact: what they are compared with comes later.
    float threshold = isInCodes() ? Float.NEGATIVE_INFINITY : this.search.threshold();
    this.guest.scan(this.search.vector(), wanted(), filtered, threshold, this.findings);
  }

  private boolean isInCodes() {
    return this.settings.storage() == VectorStorage.INT8;
  }

  private int wanted() {
    long times = isInCodes() ? this.settings.oversampling() : 1;
    return (int) Math.min(Integer.MAX_VALUE, times * this.search.maxResults());
  }

  /** How many candidates a search in the graph keeps, 0 if comparing all is as little work. */
  private int breadth(VectorIndexSettings.Graph graph, int let, int all) {
    int asked = this.search.breadth() == 0 ? graph.search() : this.search.breadth();
    long least = Math.max(asked, wanted());
    // So that as many candidates are let through as there would be without a filter.
    long breadth = (least * all + let - 1) / Math.max(1, let);
    boolean possible = breadth <= VectorIndexSettings.MOST_CANDIDATES;
    return switch (this.search.filter() == null ? VectorFiltering.AUTO : this.search.filtering()) {
      case PRE -> 0;
      case POST -> (int) Math.min(breadth, VectorIndexSettings.MOST_CANDIDATES);
      // Of each candidate about as many vectors are compared as it has links above the ground.
      case AUTO -> possible && breadth * graph.m() < let ? (int) breadth : 0;
    };
  }

  /** Last: the best of what was found. */
  List<VectorMatch> ranked() {
    VectorRanking ranking = new VectorRanking(this.search.maxResults(), this.search.threshold());
    VectorScore exact =
        isInCodes() ? new VectorScore(this.settings.metric(), this.search.vector()) : null;
    for (int at = 0; at < this.findings.size(); at++) {
      VectorEntry entry = this.records.at(this.findings.slot(at), this.version);
      if (entry != null) {
        ranking.offer(entry, score(exact, entry, this.findings.score(at)));
      }
    }
    return ranking.matches();
  }

  private static float score(@Nullable VectorScore exact, VectorEntry entry, float found) {
    return exact == null ? found : exact.of(entry.document.vector(), entry.factor);
  }
}
