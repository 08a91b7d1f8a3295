package io.lanewise.propertytests.faults;

import java.util.Locale;

/**
 * One mistake in one place.
 *
 * @param place the implementation that makes it
 * @param mistake what is wrong there
 */
record Fault(Place place, Mistake mistake) {
  /** For example {@code direct-conv: strides-swapped}. */
  @Override
  public String toString() {
    return words(place.name()) + ": " + words(mistake.name());
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
