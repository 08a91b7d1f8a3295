package io.lanewise.benchmarks.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Brings results of version 1, which stay as they were recorded, into the present form. */
final class Version1 {
  static final int NUMBER = 1;

  private Version1() {}

  /**
   * Changes the tree: what was not measured then is null, and the one batch size becomes a list.
   * Whatever does not look like a result is left for the reader to refuse.
   */
  static JsonNode upgrade(JsonNode result) {
    if (result instanceof ObjectNode top) {
      top.put("version", BenchResult.VERSION);
    }
    if (result.path("settings") instanceof ObjectNode settings && settings.has("batch")) {
      ArrayNode batches = settings.putArray("batches");
      JsonNode batch = settings.remove("batch");
      if (!batch.isNull()) {
        batches.add(batch);
      }
    }
    for (JsonNode row : result.path("rows")) {
      if (row instanceof ObjectNode fields) {
        fields.putNull("rmsError");
        fields.putNull("allocatedBytes");
      }
    }
    return result;
  }
}
