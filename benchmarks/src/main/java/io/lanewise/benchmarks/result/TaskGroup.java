package io.lanewise.benchmarks.result;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One task on one number of threads, and all rows that tried it.
 *
 * @param op the operation
 * @param shape in text form
 * @param threads of every row
 * @param rows at least one
 */
public record TaskGroup(Op op, String shape, int threads, List<Row> rows) {

  /** Keeps its own copy of the rows. */
  public TaskGroup {
    rows = List.copyOf(rows);
  }

  /** The groups in the order in which the run first met them. */
  public static List<TaskGroup> of(List<Row> rows) {
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
  public static boolean sound(Row row) {
    return row.measured() && row.failure() == null;
  }

  /** The fastest sound row among some. */
  public Optional<Row> fastest(Predicate<Row> among) {
    return rows.stream()
        .filter(TaskGroup::sound)
        .filter(among)
        .min(Comparator.comparingDouble(Derived::millis));
  }

  /** What its rows compute. */
  public Task task() {
    return new Task(op, shape);
  }

  /**
   * How many times faster our fastest is here than our fastest on the least number of threads that
   * the same run measured in the same rounds. Empty if that is here, or if either is missing.
   *
   * @param all the groups of the run
   * @param ours the rows that may stand for us
   */
  public OptionalDouble speedUp(List<TaskGroup> all, Predicate<Row> ours) {
    Optional<TaskGroup> least =
        all.stream()
            .filter(t -> t.op == op && t.shape.equals(shape))
            .min(Comparator.comparingInt(TaskGroup::threads));
    if (least.isEmpty() || least.get().threads >= threads) {
      return OptionalDouble.empty();
    }
    Optional<Row> slow = least.get().fastest(ours);
    Optional<Row> fast = fastest(ours);
    return slow.isEmpty() || fast.isEmpty()
        ? OptionalDouble.empty()
        : Derived.timeRatio(slow.get(), fast.get());
  }

  /** The networks that have such layers. */
  public List<Use> uses() {
    return rows.getFirst().uses();
  }

  /** Such as {@code "resnet50 ×3, vgg16"}. */
  public static String networks(List<Use> uses) {
    return uses.stream()
        .map(u -> u.count() == 1 ? u.file() : u.file() + " ×" + u.count())
        .collect(Collectors.joining(", "));
  }
}
