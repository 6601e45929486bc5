package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.sqlite.tools.PlanStep.Way;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads SQLite's words for a step of a plan. */
final class PlanDetail {

  private static final String TREE = "USE TEMP B-TREE FOR ";
  private static final Map<String, Way> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put(" USING COVERING INDEX ", Way.COVERING_INDEX);
    WAYS.put(" USING INDEX ", Way.INDEX);
    WAYS.put(" USING AUTOMATIC COVERING INDEX ", Way.AUTOMATIC_INDEX);
    WAYS.put(" USING AUTOMATIC PARTIAL COVERING INDEX ", Way.AUTOMATIC_INDEX);
    WAYS.put(" USING INTEGER PRIMARY KEY ", Way.PRIMARY_KEY);
    WAYS.put(" USING PRIMARY KEY ", Way.PRIMARY_KEY);
    WAYS.put(" VIRTUAL TABLE INDEX ", Way.VIRTUAL_TABLE);
  }

  private PlanDetail() {}

  static PlanStep step(String detail) {
    if (detail.startsWith(TREE)) {
      return new PlanStep.TemporaryTree(detail.substring(TREE.length()));
    }
    boolean search = detail.startsWith("SEARCH ");
    if (!search && (!detail.startsWith("SCAN ") || detail.equals("SCAN CONSTANT ROW"))) {
      return new PlanStep.Other();
    }
    String rest = detail.substring(detail.indexOf(' ') + 1);
    for (Map.Entry<String, Way> way : WAYS.entrySet()) {
      int at = rest.indexOf(way.getKey());
      if (at >= 0) {
        String source = rest.substring(0, at);
        return read(source, search, way.getValue(), rest.substring(at + way.getKey().length()));
      }
    }
    return new PlanStep.Read(withoutJoin(rest), search, Way.ROWS, null, "");
  }

  /** What comes after the way: a name, what is looked up in brackets, and what kind of join. */
  private static PlanStep read(String source, boolean search, Way way, String text) {
    int open = text.startsWith("(") ? 0 : text.indexOf(" (");
    int close = text.lastIndexOf(')');
    boolean bracketed = open >= 0 && close > open;
    String constraint = bracketed ? text.substring(text.indexOf('(', open) + 1, close) : "";
    String name = bracketed ? text.substring(0, open) : withoutJoin(text);
    boolean named = way == Way.INDEX || way == Way.COVERING_INDEX;
    @Nullable String index = named ? name : null;
    return new PlanStep.Read(source, search, way, index, constraint);
  }

  private static String withoutJoin(String text) {
    int join = text.lastIndexOf(" LEFT-JOIN");
    return join > 0 && join + " LEFT-JOIN".length() == text.length()
        ? text.substring(0, join)
        : text;
  }
}
