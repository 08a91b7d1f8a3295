package io.lanewise.onnx.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Operators by domain, type and version.
 *
 * @param <T> what implements one
 */
final class OpTable<T> {
  private record Key(String domain, String opType) {}

  private record Entry<T>(int since, int until, T op) {}

  private final Map<Key, List<Entry<T>>> entries = new HashMap<>();

  /** An operator of the standard that every version has, or whose versions this one tells apart. */
  OpTable<T> add(String opType, T op) {
    return add(opType, 1, op);
  }

  /** An operator that came with a version. */
  OpTable<T> add(String opType, int since, T op) {
    return add("", opType, since, Integer.MAX_VALUE, op);
  }

  /** An operator for versions {@code since} to {@code until}. */
  OpTable<T> add(String domain, String opType, int since, int until, T op) {
    entries
        .computeIfAbsent(new Key(domain, opType), key -> new ArrayList<>())
        .add(new Entry<>(since, until, op));
    return this;
  }

  Optional<T> find(String domain, String opType, int opset) {
    return entries.getOrDefault(new Key(domain, opType), List.of()).stream()
        .filter(e -> e.since() <= opset && opset <= e.until())
        .map(Entry::op)
        .findFirst();
  }

  /** All operators' names, in order; with their domain and a dot if that is not the standard's. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    entries
        .keySet()
        .forEach(k -> names.add(k.domain().isEmpty() ? k.opType() : k.domain() + "." + k.opType()));
    return names;
  }
}
