package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One task on one number of threads, and all rows that tried it. */
record TaskGroup(Op op, String shape, int threads, List<Row> rows) {

  /** The groups in the order in which the run first met them. */
  static List<TaskGroup> of(List<Row> rows) {
    record Key(Op op, String shape, int threads) {}
    Map<Key, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      Key key = new Key(row.op(), row.shape(), row.threads());
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    return groups.entrySet().stream()
        .map(e -> new TaskGroup(e.getKey().op, e.getKey().shape, e.getKey().threads, e.getValue()))
        .toList();
  }

  /** True if all went well: a row that failed half-way counts for nothing. */
  static boolean sound(Row row) {
    return row.measured() && row.failure() == null;
  }

  /** The fastest sound row among some. */
  Optional<Row> fastest(Predicate<Row> among) {
    return rows.stream()
        .filter(TaskGroup::sound)
        .filter(among)
        .min(Comparator.comparingDouble(Derived::millis));
  }

  /** The networks that have such layers. */
  List<Use> uses() {
    return rows.getFirst().uses();
  }

  /** Such as {@code "resnet50 ×3, vgg16"}. */
  static String networks(List<Use> uses) {
    return uses.stream()
        .map(u -> u.count() == 1 ? u.file() : u.file() + " ×" + u.count())
        .collect(Collectors.joining(", "));
  }
}
