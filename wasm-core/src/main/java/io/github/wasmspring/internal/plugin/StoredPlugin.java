package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a plug-in. Immutable: each change is another one, and one file on disk.
 *
 * @param fileGone whether it is not enabled only because its file is gone
 * @param active the number of the revision that is called
 * @param activeSince when it became that
 * @param last the highest number that a revision ever had
 * @param before the numbers of those that were called before, the latest last
 * @param revisions by their numbers, the lowest first
 */
record StoredPlugin(
    String id,
    boolean enabled,
    boolean fileGone,
    int active,
    Instant activeSince,
    int last,
    List<Integer> before,
    List<StoredRevision> revisions) {

  StoredPlugin {
    before = List.copyOf(before);
    revisions = List.copyOf(revisions);
  }

  static StoredPlugin first(String id, StoredRevision revision, Instant now) {
    return new StoredPlugin(
        id, true, false, revision.number(), now, revision.number(), List.of(), List.of(revision));
  }

  StoredRevision current() {
    return Objects.requireNonNull(find(this.active));
  }

  @Nullable StoredRevision find(int number) {
    return this.revisions.stream()
        .filter(revision -> revision.number() == number)
        .findFirst()
        .orElse(null);
  }

  /** The revision that gets a share of the calls, {@code null} if none does. */
  @Nullable StoredRevision candidate() {
    return this.revisions.stream()
        .filter(revision -> revision.outcome() == WasmPluginOutcome.CANARY)
        .findFirst()
        .orElse(null);
  }

  /** The revision that ran before the one that is called, {@code null} if none did. */
  @Nullable StoredRevision previous() {
    return this.before.isEmpty() ? null : find(this.before.get(this.before.size() - 1));
  }

  /** The latest revision of those bytes from there that was given up, {@code null} if none was. */
  @Nullable StoredRevision givenUp(StoredRevision same) {
    return this.revisions.stream()
        .filter(StoredRevision::givenUp)
        .filter(each -> Objects.equals(each.digest(), same.digest()))
        .filter(each -> each.source().equals(same.source()))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  Stream<String> keptDigests() {
    return this.revisions.stream()
        .filter(StoredRevision::kept)
        .map(StoredRevision::digest)
        .filter(Objects::nonNull);
  }

  StoredPlugin enabled(boolean on) {
    return with(on, false);
  }

  /** Not enabled until its file is there again. */
  StoredPlugin withoutFile() {
    return with(false, true);
  }

  private StoredPlugin with(boolean enabled, boolean fileGone) {
    return new StoredPlugin(
        this.id,
        enabled,
        fileGone,
        this.active,
        this.activeSince,
        this.last,
        this.before,
        this.revisions);
  }

  /** Remembers a revision, which is not called. The same refusal again takes the place of it. */
  StoredPlugin with(StoredRevision revision) {
    List<StoredRevision> changed = new ArrayList<>(this.revisions);
    StoredRevision latest = changed.get(changed.size() - 1);
    changed.removeIf(
        each ->
            each.number() == revision.number()
                || each == latest
                    && each.outcome() == WasmPluginOutcome.REFUSED
                    && revision.outcome() == WasmPluginOutcome.REFUSED
                    && (each.isSameAs(revision) || each.isAsUnreadableAs(revision)));
    changed.add(revision);
    return of(this.active, this.activeSince, this.before, changed);
  }

  /** Has a revision called from now on; the one before can be gone back to. */
  StoredPlugin activate(StoredRevision revision, Instant now) {
    List<Integer> trail = new ArrayList<>(this.before);
    trail.removeAll(List.of(revision.number(), this.active));
    if (this.active != revision.number()) {
      trail.add(this.active);
    }
    return become(revision, now, trail, WasmPluginOutcome.REPLACED, null);
  }

  /** Has an earlier revision called again; the one that is given up is not gone back to. */
  StoredPlugin goBack(StoredRevision revision, Instant now, String reason) {
    int at = this.before.indexOf(revision.number());
    List<Integer> trail = at < 0 ? this.before : this.before.subList(0, at);
    return become(revision, now, trail, WasmPluginOutcome.ROLLED_BACK, reason);
  }

  private StoredPlugin become(
      StoredRevision revision,
      Instant now,
      List<Integer> trail,
      WasmPluginOutcome old,
      @Nullable String note) {
    List<StoredRevision> changed = new ArrayList<>(this.revisions);
    changed.removeIf(each -> each.number() == revision.number());
    changed.replaceAll(each -> each.number() == this.active ? each.with(old, note) : each);
    changed.add(revision.with(WasmPluginOutcome.ACTIVE, null));
    return of(revision.number(), now, trail, changed);
  }

  private StoredPlugin of(
      int active, Instant since, List<Integer> trail, List<StoredRevision> changed) {
    changed.sort(Comparator.comparingInt(StoredRevision::number));
    int last = Math.max(this.last, changed.get(changed.size() - 1).number());
    return new StoredPlugin(
        this.id, this.enabled, this.fileGone, active, since, last, trail, changed);
  }

  /**
   * Forgets the oldest revisions, those that are called never.
   *
   * @param most how many whose bytes are kept there may be, and how many others
   */
  StoredPlugin atMost(int most) {
    Set<Integer> forgotten = new HashSet<>(oldest(true, most));
    forgotten.addAll(oldest(false, most));
    if (forgotten.isEmpty()) {
      return this;
    }
    List<StoredRevision> left = new ArrayList<>(this.revisions);
    left.removeIf(revision -> forgotten.contains(revision.number()));
    List<Integer> trail = new ArrayList<>(this.before);
    trail.removeAll(forgotten);
    return new StoredPlugin(
        this.id,
        this.enabled,
        this.fileGone,
        this.active,
        this.activeSince,
        this.last,
        trail,
        left);
  }

  private List<Integer> oldest(boolean kept, int most) {
    List<StoredRevision> all =
        this.revisions.stream().filter(revision -> revision.kept() == kept).toList();
    long more = Math.max(0, all.size() - most);
    return all.stream()
        .filter(revision -> revision.outcome() != WasmPluginOutcome.ACTIVE)
        .filter(revision -> revision.outcome() != WasmPluginOutcome.CANARY)
        .limit(more)
        .map(StoredRevision::number)
        .toList();
  }
}
