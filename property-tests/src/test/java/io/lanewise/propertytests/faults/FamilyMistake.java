package io.lanewise.propertytests.faults;

/**
 * A mistake in one of a backend's families of operations.
 *
 * @param name in capitals, words joined by underscores
 * @param what the code does instead of the right thing
 * @param seam where it enters
 */
record FamilyMistake(String name, String what, Seam seam) implements Mistake {
  static FamilyMistake mistake(String name, String what, Seam seam) {
    return new FamilyMistake(name, what, seam);
  }
}
