package io.lanewise.benchmarks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One task, one rival: the rival's time over ours, fastest variant against fastest variant, in the
 * rounds that both have.
 *
 * @param task the task
 * @param rival the rival
 * @param theirs the rival's fastest row, or null
 * @param ours our fastest row, or null
 * @param ratio above 1 where we are the faster; NaN if there is none
 * @param why there is no ratio, or null
 */
public record Versus(
    TaskGroup task, ContenderInfo rival, Row theirs, Row ours, double ratio, String why) {

  /** Compares. */
  public static Versus of(TaskGroup task, ContenderInfo rival) {
    Optional<Row> ours = task.fastest(r -> ContenderInfo.ours(r.contender()));
    Optional<Row> theirs = task.fastest(r -> r.contender().equals(rival.name()));
    if (theirs.isEmpty()) {
      return none(task, rival, failures(task, rival));
    }
    if (ours.isEmpty()) {
      return none(task, rival, "nothing of ours to compare with");
    }
    OptionalDouble ratio = Derived.timeRatio(theirs.get(), ours.get());
    if (ratio.isEmpty()) {
      return none(task, rival, "measured in other rounds than ours");
    }
    double value = ratio.getAsDouble();
    return value > 0 && Double.isFinite(value)
        ? new Versus(task, rival, theirs.get(), ours.get(), value, null)
        : none(task, rival, "the times are too far apart for a ratio");
  }

  /** Every task against every rival, in the order of the tasks. */
  public static List<List<Versus>> all(List<TaskGroup> tasks, List<ContenderInfo> rivals) {
    List<List<Versus>> all = new ArrayList<>();
    for (TaskGroup task : tasks) {
      all.add(rivals.stream().map(rival -> of(task, rival)).toList());
    }
    return all;
  }

  /** True if there is a ratio. */
  public boolean compared() {
    return why == null;
  }

  /** True if the rival tried this task: it has a row. */
  public boolean tried() {
    return task.rows().stream().anyMatch(r -> r.contender().equals(rival.name()));
  }

  private static Versus none(TaskGroup task, ContenderInfo rival, String why) {
    return new Versus(task, rival, null, null, Double.NaN, why);
  }

  private static String failures(TaskGroup task, ContenderInfo rival) {
    String messages =
        task.rows().stream()
            .filter(r -> r.contender().equals(rival.name()))
            .map(Row::failure)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining("; "));
    return messages.isEmpty() ? "not measured: it has no way to compute this" : messages;
  }
}
