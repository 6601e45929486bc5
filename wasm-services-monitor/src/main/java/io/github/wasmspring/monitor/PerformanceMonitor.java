package io.github.wasmspring.monitor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches streams of figures, each under a name: how they are spread, how many there are, whether
 * they rise or fall, and whether they are worse than before. Any number of threads may use it; it
 * has none of its own.
 *
 * <pre>{@code
 * PerformanceMonitor monitor = PerformanceMonitor.create();
 * monitor.record("checkout", millis);
 * monitor.status("checkout").ifPresent(status -> log(status.window().p99()));
 * }</pre>
 */
public final class PerformanceMonitor {

  /** Has the figures of all series that there are too many of; they are compared with nothing. */
  public static final String OTHERS = "others";

  /** The most characters that a name has. */
  public static final int LONGEST_NAME = 200;

  private static final Logger logger = LoggerFactory.getLogger(PerformanceMonitor.class);

  private final MonitorSettings settings;
  private final Clock clock;
  private final List<RegressionListener> listeners;
  private final Map<String, MonitoredSeries> series = new ConcurrentHashMap<>();
  private final MonitoredSeries others;

  private PerformanceMonitor(Builder builder) {
    this.settings = builder.settings;
    this.clock = builder.clock;
    this.listeners = new CopyOnWriteArrayList<>(builder.listeners);
    // Figures of all kinds: what is usual among them means nothing.
    this.others =
        new MonitoredSeries(OTHERS, WorseWhen.GREATER, this.settings, 0, this.clock, event -> {});
  }

  /** One with the default settings. */
  public static PerformanceMonitor create() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public MonitorSettings settings() {
    return this.settings;
  }

  /**
   * Takes a figure, larger ones being worse.
   *
   * @param name of the series
   * @param value counted and else left alone if it is not a number, negative or too large
   * @throws IllegalArgumentException if that can't be a name
   */
  public void record(String name, double value) {
    series(name).record(value);
  }

  /**
   * The series of that name, larger figures being worse if it begins now.
   *
   * @throws IllegalArgumentException if that can't be a name
   */
  public MonitoredSeries series(String name) {
    return series(name, WorseWhen.GREATER);
  }

  /**
   * The series of that name, which begins now unless it is there; {@link #OTHERS} if there are as
   * many as there may be.
   *
   * @param worse left alone if it is there already
   * @throws IllegalArgumentException if that can't be a name
   */
  public MonitoredSeries series(String name, WorseWhen worse) {
    MonitoredSeries known = this.series.get(name);
    if (known != null) {
      return known;
    }
    // Without the lock, for that is where many come when there are too many.
    return isForOthers(checked(name)) ? this.others : begin(name, worse);
  }

  private boolean isForOthers(String name) {
    return name.equals(OTHERS) || this.series.size() >= this.settings.maxSeries();
  }

  private synchronized MonitoredSeries begin(String name, WorseWhen worse) {
    MonitoredSeries known = this.series.get(name);
    if (known != null) {
      return known;
    }
    if (isForOthers(name)) {
      return this.others;
    }
    MonitoredSeries begun =
        new MonitoredSeries(
            name, worse, this.settings, this.settings.baselineSlices(), this.clock, this::tell);
    this.series.put(name, begun);
    return begun;
  }

  /** Whether that can be the name of a series: it can be read, and is not too long. */
  public static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(Character::isISOControl);
  }

  private static String checked(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "The name of a series has 1 to %d characters and none that controls; this one has %d: '%s'"
              .formatted(
                  LONGEST_NAME,
                  name.length(),
                  name.codePoints()
                      .limit(40)
                      .map(each -> Character.isISOControl(each) ? '?' : each)
                      .collect(
                          StringBuilder::new,
                          StringBuilder::appendCodePoint,
                          StringBuilder::append)));
    }
    return name;
  }

  /** One series as it is now; empty if there is none of that name. */
  public Optional<SeriesStatus> status(String name) {
    MonitoredSeries known = name.equals(OTHERS) ? this.others : this.series.get(name);
    return Optional.ofNullable(known).map(MonitoredSeries::status);
  }

  /**
   * All series as they are now: those that are worse than before first, then by name. {@link
   * #OTHERS} is the last one, if it has any figures.
   */
  public List<SeriesStatus> status() {
    List<SeriesStatus> all =
        new ArrayList<>(
            this.series.values().stream()
                .map(MonitoredSeries::status)
                .sorted(
                    Comparator.comparing((SeriesStatus each) -> each.regression() == null)
                        .thenComparing(SeriesStatus::name))
                .toList());
    SeriesStatus rest = this.others.status();
    if (rest.all().count() > 0 || rest.refused() > 0) {
      all.add(rest);
    }
    return all;
  }

  /**
   * Forgets a series. Who still has it records for nobody.
   *
   * @return whether there was one
   */
  public synchronized boolean remove(String name) {
    return this.series.remove(name) != null;
  }

  synchronized void removeIf(Predicate<String> name) {
    this.series.keySet().removeIf(name);
  }

  /** Tells it of regressions from now on. */
  public void addListener(RegressionListener listener) {
    this.listeners.add(listener);
  }

  private void tell(RegressionEvent event) {
    RegressionStatus status = event.status();
    if (event.found()) {
      logger.warn(
          "Series '{}' is worse than before: {} in the middle of the last {}, {} before that",
          event.series(),
          FigureText.of(status.now()),
          this.settings.window(),
          FigureText.of(status.before()));
    } else {
      logger.info(
          "Series '{}' is not worse than usual any more: {} in the middle of the last {}",
          event.series(),
          FigureText.of(status.now()),
          this.settings.window());
    }
    for (RegressionListener listener : this.listeners) {
      try {
        listener.onRegression(event);
      } catch (RuntimeException failure) {
        logger.warn("{} failed on {}", listener.getClass().getName(), event, failure);
      }
    }
  }

  /** Collects what a monitor is made of. */
  public static final class Builder {

    private MonitorSettings settings = MonitorSettings.DEFAULTS;
    private Clock clock = new SteadyClock();
    private final List<RegressionListener> listeners = new ArrayList<>();

    private Builder() {}

    public Builder settings(MonitorSettings settings) {
      this.settings = settings;
      return this;
    }

    /**
     * What tells the time, in place of one that nobody can set back. If this one goes back, figures
     * count in the slice that was under way until it has caught up.
     */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Tells it of regressions, after those that were named before. */
    public Builder listener(RegressionListener listener) {
      this.listeners.add(listener);
      return this;
    }

    public PerformanceMonitor build() {
      return new PerformanceMonitor(this);
    }
  }
}
