package io.lanewise.onnx.file;

import io.lanewise.layers.files.Quote;

/** Where in a file: a message within messages. For error messages only. */
final class Place {
  private final Place parent;
  private final String kind;
  private final int index;
  private final int depth;
  private String name = "";

  private Place(Place parent, String kind, int index) {
    this.parent = parent;
    this.kind = kind;
    this.index = index;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /** The file. */
  static Place file(String file) {
    return new Place(null, file, -1);
  }

  /** A message in this one, the {@code index}th of its kind, or -1 if there is but one. */
  Place child(String kind, int index) {
    return new Place(this, kind, index);
  }

  /** Tells the message's name once it was read. */
  void name(String name) {
    this.name = name;
  }

  /** How many messages this one lies in. */
  int depth() {
    return depth;
  }

  /** For example {@code model.onnx: graph 'main': node 3 'conv1'}. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    if (parent != null) {
      s.append(parent).append(": ");
    }
    s.append(kind);
    if (index >= 0) {
      s.append(' ').append(index);
    }
    if (!name.isEmpty()) {
      s.append(' ').append(Quote.of(name));
    }
    return s.toString();
  }
}
