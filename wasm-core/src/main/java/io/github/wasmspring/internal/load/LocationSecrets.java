package io.github.wasmspring.internal.load;

import io.github.wasmspring.internal.module.ShownLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a location nobody may read in a message, whoever wrote that message. */
final class LocationSecrets {

  private static final String HIDDEN = "***";

  /** Shorter ones occur in words; the location as a whole is found without them. */
  private static final int SHORTEST = 3;

  private final String location;
  private final String shown;
  private final List<String> parts = new ArrayList<>();

  LocationSecrets(String location) {
    this.location = location;
    this.shown = ShownLocation.of(location);
    if (this.shown.equals(location)) {
      return;
    }
    int rest = location.indexOf("://") + 3;
    int at = location.lastIndexOf('@');
    if (rest >= 3 && at > rest && this.shown.contains(HIDDEN + "@")) {
      int end = location.indexOf('@', rest);
      add(location.substring(rest, end));
      add(location.substring(rest, at));
    }
    int query = location.indexOf('?');
    if (query >= 0) {
      add(location.substring(query + 1));
    }
  }

  private void add(String part) {
    if (part.length() >= SHORTEST) {
      this.parts.add(part);
    }
  }

  String hide(String text) {
    String hidden = text.replace(this.location, this.shown);
    for (String part : this.parts) {
      hidden = hidden.replace(part, HIDDEN);
    }
    return hidden;
  }

  /** The failure, or one like it if its message or that of a cause gives something away. */
  Exception hide(Exception failure) {
    if (!tells(failure)) {
      return failure;
    }
    IOException hidden = new IOException(hide(String.valueOf(failure.getMessage())));
    hidden.setStackTrace(failure.getStackTrace());
    return hidden;
  }

  private boolean tells(Throwable failure) {
    Set<Throwable> seen = new HashSet<>();
    List<Throwable> left = new ArrayList<>(List.of(failure));
    while (!left.isEmpty()) {
      Throwable next = left.remove(left.size() - 1);
      if (seen.add(next)) {
        String text = next.toString();
        if (!hide(text).equals(text)) {
          return true;
        }
        left.addAll(List.of(next.getSuppressed()));
        if (next.getCause() != null) {
          left.add(next.getCause());
        }
      }
    }
    return false;
  }
}
