package io.lanewise.layers.graph;

/** The memory of a node in one run. */
public interface Binding {
  /** How many inputs the node has. */
  int inputs();

  /** Where input {@code i} lies. */
  Slot input(int i);

  /** Where input {@code i} lies, or null if the node has fewer. */
  default Slot inputOrNull(int i) {
    return i < inputs() ? input(i) : null;
  }

  /** Where output {@code i} lies. */
  Slot output(int i);
}
