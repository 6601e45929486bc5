package io.github.wasmspring.monitor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a series has been until now: the slices of its window, all figures together, rates, and what
 * the window is compared with. For one thread at a time.
 */
final class SeriesHistory {

  /** Of less figures, the middle one says little. */
  private static final int ENOUGH_FIGURES = 5;

  private static final int ENOUGH_SLICES = 5;
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final FigureStripes stripes;
  private final FigureScale scale;
  private final long sliceMillis;
  private final Instant since;
  private final RateMeter rates;
  private final RegressionWatch watch;
  private final FigureSum all = new FigureSum();
  private final Deque<Slice> window = new ArrayDeque<>();
  private Fences fences = Fences.NONE;
  private long slice;

  SeriesHistory(FigureStripes stripes, MonitorSettings settings, RegressionWatch watch, long now) {
    this.stripes = stripes;
    this.scale = new FigureScale(settings.resolution());
    this.sliceMillis = settings.sliceMillis();
    this.since = Instant.ofEpochMilli(now);
    this.rates = new RateMeter(now);
    this.watch = watch;
    this.slice = now / this.sliceMillis;
  }

  /** When there is something to do next, in milliseconds since 1970. */
  long due() {
    return Math.min(this.rates.due(), (this.slice + 1) * this.sliceMillis);
  }

  Fences fences() {
    return this.fences;
  }

  /**
   * Does what time has made due.
   *
   * @return {@code null} if there is nothing to tell
   */
  @Nullable RegressionEvent advance(long now) {
    FigureStripe.Tally underWay = this.stripes.tally();
    this.rates.advance(now, this.all.count() + underWay.count(), this.all.sum() + underWay.sum());
    long begun = now / this.sliceMillis;
    return begun > this.slice ? close(begun, now) : null;
  }

  private @Nullable RegressionEvent close(long begun, long now) {
    FigureSum figures = this.stripes.drain();
    if (figures.count() > 0) {
      this.all.add(figures);
      this.window.addLast(new Slice(this.slice, figures, this.scale));
    }
    this.slice = begun;
    while (!this.window.isEmpty() && isOutside(this.window.getFirst())) {
      Slice old = this.window.removeFirst();
      if (old.count() >= ENOUGH_FIGURES) {
        this.watch.left(old.index(), old.median());
      }
    }
    this.fences = Fences.around(whole(), this.scale);
    return this.watch.look(begun, medians(telling()), Instant.ofEpochMilli(now));
  }

  private boolean isOutside(Slice each) {
    return each.index() < this.slice - MonitorSettings.SLICES;
  }

  /** The whole slices of the window. */
  private FigureSum whole() {
    FigureSum sum = new FigureSum();
    this.window.forEach(each -> each.addTo(sum));
    return sum;
  }

  private List<Slice> telling() {
    return this.window.stream().filter(each -> each.count() >= ENOUGH_FIGURES).toList();
  }

  private static double[] medians(List<Slice> slices) {
    return slices.stream().mapToDouble(Slice::median).toArray();
  }

  @Nullable RegressionEvent accept(long now) {
    return this.watch.accept(this.slice, medians(telling()), Instant.ofEpochMilli(now));
  }

  SeriesStatus status(String name, OutlierLog outliers, long refused) {
    FigureSum now = new FigureSum();
    this.stripes.copyInto(now);
    FigureSum ever = new FigureSum();
    ever.add(this.all);
    ever.add(now);
    FigureSum lately = whole();
    lately.add(now);
    return new SeriesStatus(
        name,
        this.since,
        ever.stats(this.scale),
        lately.stats(this.scale),
        this.rates.rates(),
        this.rates.smoothed(),
        outliers.status(this.fences),
        trend(),
        this.watch.baseline(),
        this.watch.status(),
        refused);
  }

  private @Nullable FigureTrend trend() {
    List<Slice> slices = new ArrayList<>(telling());
    if (slices.size() < ENOUGH_SLICES) {
      return null;
    }
    double[] minutes =
        slices.stream()
            .mapToDouble(each -> each.index() * this.sliceMillis / MILLIS_PER_MINUTE)
            .toArray();
    double[] medians = medians(slices);
    double chance = MannKendall.chance(medians);
    FigureTrend.Direction direction = FigureTrend.Direction.STEADY;
    if (chance <= FigureTrend.SIGNIFICANT) {
      direction =
          MannKendall.score(medians) > 0
              ? FigureTrend.Direction.RISING
              : FigureTrend.Direction.FALLING;
    }
    return new FigureTrend(direction, TheilSen.slope(minutes, medians), chance);
  }
}
