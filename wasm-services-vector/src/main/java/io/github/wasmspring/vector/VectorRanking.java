package io.github.wasmspring.vector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The best of what is offered: by score, the highest first, then by id. */
final class VectorRanking {

  private record Ranked(VectorEntry entry, float score) {}

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparing(Ranked::score, Comparator.reverseOrder())
          .thenComparing(ranked -> ranked.entry().document.id());

  private final int room;
  private final float threshold;
  private final PriorityQueue<Ranked> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());

  VectorRanking(int room, float threshold) {
    this.room = room;
    this.threshold = threshold;
  }

  void offer(VectorEntry entry, float score) {
    // Neither zero is better than the other.
    float plain = score == 0 ? 0.0f : score;
    if (plain < this.threshold) {
      return;
    }
    Ranked ranked = new Ranked(entry, plain);
    if (this.worstFirst.size() < this.room) {
      this.worstFirst.add(ranked);
    } else if (BEST_FIRST.compare(ranked, this.worstFirst.element()) < 0) {
      this.worstFirst.remove();
      this.worstFirst.add(ranked);
    }
  }

  List<VectorMatch> matches() {
    List<Ranked> ranked = new ArrayList<>(this.worstFirst);
    ranked.sort(BEST_FIRST);
    return ranked.stream().map(each -> each.entry().match(each.score())).toList();
  }
}
