package io.lanewise.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the tasks of a family come to, on one number of threads and at one batch size: geometric
 * means of numbers that {@link Derived} forms within rounds.
 *
 * @param family the tasks
 * @param threads of the rows
 * @param batch of the tasks; empty where they have none
 * @param tasks how many have a row of ours
 * @param roof our share of the family's roof
 * @param speedUp over the least number of threads in the same run; of no task if there is no other
 * @param rivals our time over that of each rival that has a row, by name
 * @param best our time over that of the best of {@link Family#bestOf}, task by task
 */
public record FamilyMean(
    Family family,
    int threads,
    OptionalInt batch,
    int tasks,
    Mean roof,
    Mean speedUp,
    Map<String, Mean> rivals,
    Mean best) {
  /** Keeps its own copy. */
  public FamilyMean {
    rivals = new LinkedHashMap<>(rivals);
  }

  /**
   * A geometric mean.
   *
   * @param value NaN of no task
   * @param tasks how many it is over
   */
  public record Mean(double value, int tasks) {
    static Mean of(List<Double> values) {
      return new Mean(Derived.geometricMean(values).orElse(Double.NaN), values.size());
    }
  }

  /** All families that have a task, each with its numbers of threads and batch sizes. */
  public static List<FamilyMean> of(BenchResult result) {
    List<TaskGroup> all = TaskGroup.of(result.rows());
    List<String> rivals =
        result.contenders().stream()
            .map(ContenderInfo::name)
            .filter(name -> !ContenderInfo.ours(name))
            .toList();
    List<FamilyMean> means = new ArrayList<>();
    for (Family family : Family.values()) {
      record Kind(int threads, OptionalInt batch) {}
      Map<Kind, List<TaskGroup>> kinds = new LinkedHashMap<>();
      for (TaskGroup task : all) {
        if (family.has(task.task()) && task.fastest(family::ours).isPresent()) {
          Kind kind = new Kind(task.threads(), Batch.of(task.task()));
          kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(task);
        }
      }
      kinds.forEach(
          (kind, tasks) -> means.add(of(family, kind.threads, kind.batch, tasks, all, rivals)));
    }
    return means;
  }

  private static FamilyMean of(
      Family family,
      int threads,
      OptionalInt batch,
      List<TaskGroup> tasks,
      List<TaskGroup> all,
      List<String> rivals) {
    List<Double> shares = new ArrayList<>();
    List<Double> speedUps = new ArrayList<>();
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    List<Double> best = new ArrayList<>();
    for (TaskGroup task : tasks) {
      Row ours = task.fastest(family::ours).orElseThrow();
      if (family.roofed(task.task())) {
        shares.add(
            family.roof() == Family.Roof.PEAK
                ? Derived.shareOfPeak(ours)
                : Derived.shareOfBandwidth(ours));
      }
      task.speedUp(all, family::ours).ifPresent(speedUps::add);
      Map<String, Double> own = overRivals(task, family, ours, rivals);
      own.forEach((name, ratio) -> ratios.computeIfAbsent(name, r -> new ArrayList<>()).add(ratio));
      own.entrySet().stream()
          .filter(e -> family.bestOf().isEmpty() || family.bestOf().contains(e.getKey()))
          .mapToDouble(Map.Entry::getValue)
          .max()
          .ifPresent(best::add);
    }
    Map<String, Mean> means = new LinkedHashMap<>();
    ratios.forEach((rival, values) -> means.put(rival, Mean.of(values)));
    return new FamilyMean(
        family,
        threads,
        batch,
        tasks.size(),
        Mean.of(shares),
        Mean.of(speedUps),
        means,
        Mean.of(best));
  }

  /** Our time over that of each rival that has one. */
  private static Map<String, Double> overRivals(
      TaskGroup task, Family family, Row ours, List<String> rivals) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (String rival : rivals) {
      task.fastest(r -> r.contender().equals(rival) && family.theirs(r))
          .map(theirs -> Derived.timeRatio(ours, theirs))
          .ifPresent(ratio -> ratio.ifPresent(value -> ratios.put(rival, value)));
    }
    return ratios;
  }
}
