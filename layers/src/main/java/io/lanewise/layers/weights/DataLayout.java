package io.lanewise.layers.weights;

import io.lanewise.layers.files.Quote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks that the tensors cover a file's data exactly: in order of their offsets each begins where
 * the one before ends, the first at 0, and the last ends at the file's end. So no byte belongs to
 * two tensors, and none to nobody.
 */
final class DataLayout {
  private DataLayout() {}

  static void check(String file, List<TensorEntry> entries, long dataBytes)
      throws SafetensorsException {
    List<TensorEntry> byOffset = new ArrayList<>(entries);
    byOffset.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long covered = 0;
    String before = "";
    for (TensorEntry e : byOffset) {
      String tensor = file + ": tensor " + Quote.of(e.name()) + ": ";
      if (e.begin() < covered) {
        throw new SafetensorsException(
            tensor + "begins at " + e.begin() + ", inside tensor " + before);
      }
      if (e.begin() > covered) {
        throw new SafetensorsException(
            tensor + "expected it to begin at " + covered + ", got " + e.begin() + ": a hole");
      }
      covered = e.end();
      before = Quote.of(e.name()) + ", which ends at " + e.end();
    }
    if (covered != dataBytes) {
      throw new SafetensorsException(
          file
              + ": expected tensors to cover all "
              + dataBytes
              + " bytes of data, got "
              + (dataBytes - covered)
              + " trailing bytes");
    }
  }
}
