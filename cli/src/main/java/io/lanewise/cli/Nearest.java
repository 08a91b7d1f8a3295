package io.lanewise.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that was probably meant. */
final class Nearest {
  private Nearest() {}

  /** The word with the fewest letters to change, if those are few. */
  static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(w -> distance(typed, w)))
        .filter(w -> distance(typed, w) <= Math.max(2, w.length() / 3));
  }

  /** A question to put behind a message; empty if no word is near. */
  static String question(String typed, Collection<String> known) {
    return to(typed, known).map(w -> "; did you mean '" + w + "'?").orElse("");
  }

  /**
   * Letters to insert, delete or replace, row by row (Wagner and Fischer, The string-to-string
   * correction problem, J. ACM 21(1), 1974).
   */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
