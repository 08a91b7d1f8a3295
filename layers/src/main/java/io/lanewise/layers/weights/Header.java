package io.lanewise.layers.weights;

import java.util.List;
import java.util.Map;

/**
 * A file's header, checked.
 *
 * @param entries in header order
 */
record Header(List<TensorEntry> entries, Map<String, String> metadata) {
  /** The longest header the format allows, in bytes. */
  static final int MAX_BYTES = 100_000_000;

  /** Bytes before the header: its length as an unsigned 64-bit little-endian number. */
  static final int LENGTH_BYTES = 8;
}
