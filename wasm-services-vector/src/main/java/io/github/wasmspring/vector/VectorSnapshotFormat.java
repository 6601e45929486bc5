package io.github.wasmspring.vector;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a snapshot: settings, documents with their slots, links. */
final class VectorSnapshotFormat {

  private static final int MOST_LINK_NUMBERS = 4096;

  private VectorSnapshotFormat() {}

  static void write(DataOutputStream output, VectorSnapshot snapshot) throws IOException {
    writeSettings(output, snapshot.settings());
    List<VectorEntry> entries = snapshot.entries();
    output.writeInt(entries.size());
    for (VectorEntry entry : entries) {
      output.writeInt(entry.slot);
      VectorDocument document = entry.document;
      MetadataFormat.writeText(output, document.id());
      String text = document.text();
      output.writeBoolean(text != null);
      if (text != null) {
        MetadataFormat.writeText(output, text);
      }
      MetadataFormat.write(output, document.metadata());
      for (float number : document.vector()) {
        output.writeInt(Float.floatToRawIntBits(number));
      }
    }
    writeLinks(output, snapshot.links());
  }

  private static void writeSettings(DataOutputStream output, VectorIndexSettings settings)
      throws IOException {
    VectorIndexSettings.Graph graph = settings.graph();
    output.writeInt(settings.dimensions());
    output.writeUTF(settings.metric().name());
    output.writeUTF(settings.storage().name());
    output.writeBoolean(graph != null);
    if (graph != null) {
      output.writeInt(graph.m());
      output.writeInt(graph.construction());
      output.writeInt(graph.search());
      output.writeLong(graph.seed());
    }
  }

  private static void writeLinks(DataOutputStream output, @Nullable VectorLinks links)
      throws IOException {
    output.writeBoolean(links != null);
    if (links != null) {
      output.writeInt(links.entry());
      output.writeLong(links.made());
      for (int[] numbers : links.nodes()) {
        output.writeInt(numbers.length);
        for (int number : numbers) {
          output.writeInt(number);
        }
      }
    }
  }

  static VectorSnapshot read(DataInputStream input) throws IOException {
    VectorIndexSettings settings = readSettings(input);
    int count = input.readInt();
    List<VectorEntry> entries = new ArrayList<>();
    Set<Integer> slots = new HashSet<>();
    for (int each = 0; each < count; each++) {
      int slot = input.readInt();
      if (slot < 0 || slot >= VectorIndexSettings.MOST_VECTORS || !slots.add(slot)) {
        throw new IllegalArgumentException("No slot for a document: " + slot);
      }
      String id = MetadataFormat.readText(input);
      String text = input.readBoolean() ? MetadataFormat.readText(input) : null;
      Map<String, Object> metadata = MetadataFormat.read(input);
      float[] vector = new float[settings.dimensions()];
      for (int at = 0; at < vector.length; at++) {
        vector[at] = Float.intBitsToFloat(input.readInt());
      }
      entries.add(new VectorEntry(new VectorDocument(id, vector, text, metadata), slot, 1, 0));
    }
    return new VectorSnapshot(settings, entries, readLinks(input, count));
  }

  private static VectorIndexSettings readSettings(DataInputStream input) throws IOException {
    VectorIndexSettings.Builder settings = VectorIndexSettings.dimensions(input.readInt());
    settings.metric(VectorMetric.valueOf(input.readUTF()));
    settings.storage(VectorStorage.valueOf(input.readUTF()));
    if (input.readBoolean()) {
      settings.graph(
          new VectorIndexSettings.Graph(
              input.readInt(), input.readInt(), input.readInt(), input.readLong()));
    }
    return settings.build();
  }

  private static @Nullable VectorLinks readLinks(DataInputStream input, int count)
      throws IOException {
    if (!input.readBoolean()) {
      return null;
    }
    int entry = input.readInt();
    long made = input.readLong();
    List<int[]> nodes = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      int length = input.readInt();
      if (length < 2 || length > MOST_LINK_NUMBERS) {
        throw new IllegalArgumentException("No links of a node: " + length + " numbers");
      }
      int[] numbers = new int[length];
      for (int at = 0; at < length; at++) {
        numbers[at] = input.readInt();
      }
      nodes.add(numbers);
    }
    return new VectorLinks(entry, made, nodes);
  }
}
