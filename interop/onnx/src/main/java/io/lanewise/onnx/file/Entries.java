package io.lanewise.onnx.file;

import java.util.Map;

/** Reads StringStringEntryProto. */
final class Entries {
  private Entries() {}

  /** Adds one entry; keys are distinct. */
  static void read(WireReader in, Map<String, String> entries) {
    String key = "";
    String value = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          key = in.text();
          in.place().name(key);
        }
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    in.budget().takeObjects(2, in);
    if (entries.putIfAbsent(key, value) != null) {
      throw in.error("expected keys to be distinct, got this one twice");
    }
  }
}
