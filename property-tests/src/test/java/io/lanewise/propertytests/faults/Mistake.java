package io.lanewise.propertytests.faults;

/** What one wrong line does to an otherwise right implementation; the same in several places. */
interface Mistake {
  /** The enum constant's name. */
  String name();

  /** What the code does instead of the right thing. */
  String what();
}
