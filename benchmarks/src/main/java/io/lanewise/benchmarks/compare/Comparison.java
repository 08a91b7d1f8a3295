package io.lanewise.benchmarks.compare;

import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two results, row by row, and by kernel: the geometric mean over all rows of an operation,
 * contender and variant, which finds a smaller change than any row of it alone.
 *
 * <p>A fork's value is the median of its rounds, because rounds are interrupted; a row's is the
 * mean of its forks, because JVMs differ. Its standard error comes from the differences between
 * forks, and is not below what a bootstrap over the rounds says ({@link ForkTable#variance}). As
 * few forks may agree by chance, each row's variance is averaged with the typical row's, both with
 * equal weight (a fixed-weight form of <a href="https://doi.org/10.2202/1544-6115.1027">Smyth,
 * Linear models and empirical Bayes methods, 2004</a>). Intervals use Student's quantiles. (The
 * percentiles of a bootstrap over forks cannot: three forks can be drawn in ten ways, none of which
 * goes beyond the three, and one row in ten of unchanged code has all new forks on one side of all
 * old ones.)
 *
 * <p>All intervals together hold with probability {@link #CONFIDENCE} (Bonferroni's correction,
 * half of the risk for rows, half for kernels), and a change within {@link Change#MARGIN} is not
 * reported.
 *
 * @param rows in the order of the new result
 * @param kernels geometric means over the rows of a kernel, then of a contender
 * @param lost rows of ours that were measured before and failed now, or are not there
 * @param warnings what makes the results less comparable
 */
public record Comparison(
    List<Change> rows, List<Change> kernels, List<Row.Key> lost, List<String> warnings) {
  /** Probability with which all intervals hold their true ratios. */
  public static final double CONFIDENCE = 0.95;

  /** Keeps its own copies. */
  public Comparison {
    rows = List.copyOf(rows);
    kernels = List.copyOf(kernels);
    lost = List.copyOf(lost);
    warnings = List.copyOf(warnings);
  }

  /** Compares what both have. */
  public static Comparison of(BenchResult old, BenchResult now) {
    List<RowPair> pairs = pairs(old, now);
    List<RowPair> good = pairs.stream().filter(RowPair::comparable).toList();
    double[] variances = moderated(good);
    double risk = (1 - CONFIDENCE) / 2;
    List<Change> rows = new ArrayList<>();
    for (int i = 0; i < good.size(); i++) {
      RowPair p = good.get(i);
      double t = student(risk / good.size(), borrowed(good.size()) * p.degreesOfFreedom());
      rows.add(
          change(
              p.after().key().toString(),
              p.after().contender(),
              1,
              p.change(),
              t * Math.sqrt(variances[i])));
    }
    pairs.stream()
        .filter(p -> !p.comparable())
        .forEach(p -> rows.add(unknown(p.after(), p.change())));
    Map<String, List<Integer>> groups = groups(good);
    List<Change> kernels = new ArrayList<>();
    groups.forEach(
        (name, members) ->
            kernels.add(group(name, members, good, variances, risk / groups.size())));
    return new Comparison(rows, kernels, lost(old, now), Warnings.of(old, now, kernels));
  }

  private static List<Row.Key> lost(BenchResult old, BenchResult now) {
    Set<Row.Key> there =
        now.rows().stream().filter(TaskGroup::sound).map(Row::key).collect(Collectors.toSet());
    return old.rows().stream()
        .filter(r -> TaskGroup.sound(r) && ContenderInfo.ours(r.contender()))
        .map(Row::key)
        .filter(key -> !there.contains(key))
        .toList();
  }

  private static List<RowPair> pairs(BenchResult old, BenchResult now) {
    Map<Row.Key, Row> before = new LinkedHashMap<>();
    old.rows().stream().filter(Row::measured).forEach(r -> before.put(r.key(), r));
    return now.rows().stream()
        .filter(r -> r.measured() && before.containsKey(r.key()))
        .map(r -> RowPair.of(before.get(r.key()), r))
        .toList();
  }

  /** Each row's variance, averaged with the median of all. */
  private static double[] moderated(List<RowPair> pairs) {
    double[] own = new double[pairs.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = pairs.get(i).variance();
    }
    double typical = own.length == 0 ? 0 : Derived.median(own);
    for (int i = 0; i < own.length; i++) {
      own[i] = (own[i] + typical) / 2;
    }
    return own;
  }

  /**
   * By how much the degrees of freedom grow when a row's variance is averaged with the mean of all
   * n rows': weights of 1/2 + 1/(2n) on its own and 1/(2n) on each other one have squares that sum
   * to 1/4 + 3/(4n), and where all are alike the mean has the reciprocal of that times the degrees
   * of one (Satterthwaite, An approximate distribution of estimates of variance components, 1946).
   * One row borrows nothing. Rows are not alike, so that more than twice is not claimed.
   */
  private static double borrowed(int rows) {
    return Math.min(2, 1 / (0.25 + 0.75 / rows));
  }

  /** Rows of the same kernel, and of the same contender if it has several; of two rows or more. */
  private static Map<String, List<Integer>> groups(List<RowPair> pairs) {
    Map<String, List<Integer>> kernels =
        groups(pairs, r -> r.op().option() + ", " + r.contender() + " " + r.variant() + threads(r));
    Map<String, List<Integer>> contenders =
        groups(pairs, r -> "all of " + r.contender() + threads(r));
    contenders.values().removeIf(kernels::containsValue);
    Map<String, List<Integer>> all = new LinkedHashMap<>(kernels);
    all.putAll(contenders);
    all.values().removeIf(members -> members.size() < 2);
    return all;
  }

  private static String threads(Row row) {
    return ", " + row.threads() + (row.threads() == 1 ? " thread" : " threads");
  }

  private static Map<String, List<Integer>> groups(
      List<RowPair> pairs, Function<Row, String> name) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      groups.computeIfAbsent(name.apply(pairs.get(i).after()), n -> new ArrayList<>()).add(i);
    }
    return groups;
  }

  /**
   * A geometric mean: each fork's mean over the rows is one value. Its variance is not below what
   * the rows' own say, were they independent.
   */
  private static Change group(
      String name, List<Integer> members, List<RowPair> pairs, double[] variances, double risk) {
    List<RowPair> of = members.stream().map(pairs::get).toList();
    double[] old = forkMeans(of.stream().map(RowPair::old).toList());
    double[] now = forkMeans(of.stream().map(RowPair::now).toList());
    double byForks = ForkTable.varianceOfMean(old) + ForkTable.varianceOfMean(now);
    double byRows =
        members.stream().mapToDouble(i -> variances[i]).sum() / members.size() / members.size();
    double t = student(risk, old.length + now.length - 2);
    double half = t * Math.sqrt(Math.max(byForks, byRows));
    return change(
        name,
        of.getFirst().after().contender(),
        of.size(),
        ForkTable.mean(now) - ForkTable.mean(old),
        half);
  }

  /** What a t-distributed value leaves, up or down, with probability {@code risk}. */
  private static double student(double risk, double degreesOfFreedom) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(risk / 2);
  }

  private static double[] forkMeans(List<ForkTable> rows) {
    int forks = rows.stream().mapToInt(ForkTable::forks).min().orElseThrow();
    double[] means = new double[forks];
    for (ForkTable row : rows) {
      double[] medians = row.medians();
      for (int fork = 0; fork < forks; fork++) {
        means[fork] += medians[fork] / rows.size();
      }
    }
    return means;
  }

  private static Change change(String what, String contender, int rows, double log, double half) {
    return new Change(
        what, contender, rows, Math.exp(log), Math.exp(log - half), Math.exp(log + half));
  }

  private static Change unknown(Row row, double log) {
    String what = row.key().toString();
    return new Change(what, row.contender(), 1, Math.exp(log), 0, Double.POSITIVE_INFINITY);
  }

  /** All changes, of rows and kernels. */
  public Stream<Change> all() {
    return Stream.concat(kernels.stream(), rows.stream());
  }

  /** True if a row or a kernel of ours is found to be slower; a rival's tells of the machine. */
  public boolean slower() {
    return all().anyMatch(c -> c.verdict() == Verdict.SLOWER && ContenderInfo.ours(c.contender()));
  }

  /** True if nothing is found to be slower or faster, which "cannot tell" does not deny. */
  public boolean nothingFound() {
    return all().noneMatch(c -> c.verdict() == Verdict.SLOWER || c.verdict() == Verdict.FASTER);
  }

  /**
   * True if nothing is found, nothing is lost, and every kernel (every row, if no kernel has two)
   * is known to be the same: a change of {@link Change#RELEVANT} would have shown.
   */
  public boolean unchanged() {
    List<Change> decisive = kernels.isEmpty() ? rows : kernels;
    return nothingFound()
        && lost.isEmpty()
        && !decisive.isEmpty()
        && decisive.stream().allMatch(c -> c.verdict() == Verdict.SAME);
  }
}
