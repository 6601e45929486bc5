package io.github.wasmspring.bundle.json;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the objects whose members must be written in another order than they stand in. */
final class JsonIndexer implements JsonHandler {

  /** What is to become of the members of an object. */
  enum Rule {
    /** In the order of their decoded keys; those with the same key as they stand. */
    SORT {
      @Override
      List<JsonMember> apply(List<JsonMember> members) {
        List<JsonMember> sorted = new ArrayList<>(members);
        Collections.sort(sorted);
        return sorted;
      }
    },
    /** Of those with the same decoded key the last, in the place of the first. */
    LAST_WINS {
      @Override
      List<JsonMember> apply(List<JsonMember> members) {
        Map<ByteBuffer, JsonMember> last = new LinkedHashMap<>();
        members.forEach(member -> last.put(member.key(), member));
        return new ArrayList<>(last.values());
      }
    };

    abstract List<JsonMember> apply(List<JsonMember> members);
  }

  /**
   * An object that is not empty; objects are numbered in the order in which they begin.
   *
   * @param slots the members to write; none if the object is written as it stands
   * @param end behind its brace
   * @param next the number of the next object from there on
   */
  record Entry(List<JsonMember> slots, int end, int next) {}

  private record Level(boolean object, int number, int members) {}

  private static final Entry UNKNOWN = new Entry(List.of(), 0, 0);

  private final byte[] source;
  private final Rule rule;
  private final List<Entry> objects = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private final ArrayList<JsonMember> members = new ArrayList<>();
  private boolean reordered;

  JsonIndexer(byte[] source, Rule rule) {
    this.source = source;
    this.rule = rule;
  }

  /** Whether any object is to be written in another order. */
  boolean reordered() {
    return reordered;
  }

  List<Entry> objects() {
    return objects;
  }

  @Override
  public void open(int at, boolean object) {
    levels.push(new Level(object, objects.size(), members.size()));
    if (object) {
      objects.add(UNKNOWN);
    }
  }

  @Override
  public void close(int at) {
    Level level = levels.pop();
    if (level.object()) {
      List<JsonMember> own = members.subList(level.members(), members.size());
      objects.set(level.number(), new Entry(slots(own), at + 1, objects.size()));
      own.clear();
    }
  }

  @Override
  public void key(int from, int to, boolean escaped) {
    int number = objects.size();
    if (escaped) {
      byte[] key = JsonUnescaper.decode(source, from + 1, to - 1);
      members.add(new JsonMember(key, 0, key.length, from, number));
    } else {
      members.add(new JsonMember(source, from + 1, to - 1, from, number));
    }
  }

  private List<JsonMember> slots(List<JsonMember> own) {
    if (isStrictlySorted(own)) {
      return List.of();
    }
    List<JsonMember> ordered = rule.apply(own);
    if (sameMembers(ordered, own)) {
      return List.of();
    }
    reordered = true;
    return ordered;
  }

  private static boolean isStrictlySorted(List<JsonMember> members) {
    for (int index = 1; index < members.size(); index++) {
      if (members.get(index - 1).compareTo(members.get(index)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameMembers(Collection<JsonMember> ordered, List<JsonMember> own) {
    int index = 0;
    for (JsonMember member : ordered) {
      if (member != own.get(index++)) {
        return false;
      }
    }
    return index == own.size();
  }
}
