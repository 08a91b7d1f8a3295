package io.lanewise.benchmarks.cold;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.harness.Moments;
import io.lanewise.benchmarks.harness.RivalModels;
import io.lanewise.benchmarks.model.ModelFile;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.onnx.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A model's cold starts: fresh processes, ours without and with a warm-up, with flags of the JVM's,
 * and a rival's in turn.
 *
 * @param name of the model, and its input's sizes
 * @param kinds ours
 * @param rival theirs; empty if none was asked
 */
public record ColdModel(String name, List<Kind> kinds, List<RivalModels.Once> rival) {
  /**
   * Processes of ours that are started alike.
   *
   * @param flags of the JVM
   * @param warmUpMillis what a warm-up may take
   */
  public record Kind(List<String> flags, long warmUpMillis, List<ColdModelSample> samples) {
    private String name() {
      String flagged = flags.isEmpty() ? "" : ", `" + String.join(" ", flags) + "`";
      return "Lanewise" + (warmUpMillis > 0 ? ", warm-up" : "") + flagged;
    }
  }

  private static final long WARM_UP_MILLIS = SessionOptions.defaults().warmUp().toMillis();
  private static final double MEBIBYTE = 1 << 20;

  private static final String HEAD =
      """
      | | JVM | classes | read | load | compile, pack | first run | first output at | later run | peak MiB | later |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  /** Copies the lists. */
  public ColdModel {
    kinds = List.copyOf(kinds);
    rival = List.copyOf(rival);
  }

  /**
   * Starts {@code forks} processes of each kind, one at a time.
   *
   * @param jvms flags of a JVM, for each kind besides the one without
   * @throws IOException if one cannot be started, or fails
   */
  public static ColdModel measure(
      Task.Model model,
      int threads,
      int forks,
      List<List<String>> jvms,
      Optional<RivalModels> rival)
      throws IOException, InterruptedException {
    Path file = ModelFile.find(model.name());
    Map<String, Shape> inputs = Map.of(ModelFile.inputName(file), model.x());
    List<Kind> kinds = new ArrayList<>();
    kinds.add(new Kind(List.of(), 0, new ArrayList<>()));
    kinds.add(new Kind(List.of(), WARM_UP_MILLIS, new ArrayList<>()));
    jvms.forEach(flags -> kinds.add(new Kind(flags, WARM_UP_MILLIS, new ArrayList<>())));
    List<RivalModels.Once> theirs = new ArrayList<>();
    for (int i = 0; i < forks; i++) {
      for (Kind kind : kinds) {
        kind.samples.add(sample(model, file, threads, kind));
      }
      if (rival.isPresent()) {
        theirs.add(rival.get().once(file, inputs, threads));
      }
    }
    return new ColdModel(model.toString(), kinds, theirs);
  }

  private static ColdModelSample sample(Task.Model model, Path file, int threads, Kind kind)
      throws IOException, InterruptedException {
    String sizes =
        Arrays.stream(model.x().toArray())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("x"));
    return ColdModelSample.parse(
        FreshJvm.lastLine(
            kind.flags,
            ColdModelWorker.class,
            List.of(
                String.valueOf(Moments.micros()),
                file.toString(),
                sizes,
                String.valueOf(threads),
                String.valueOf(kind.warmUpMillis))));
  }

  /** A Markdown table of medians for each model. */
  public static String markdown(List<ColdModel> models) {
    StringBuilder text = new StringBuilder();
    for (ColdModel m : models) {
      text.append("\n**").append(m.name).append("**\n\n").append(HEAD);
      m.kinds.forEach(kind -> text.append(line(kind.name(), kind.samples)));
      if (!m.rival.isEmpty()) {
        text.append(rivalLine(m.rival)).append(m.verdicts());
      }
    }
    return text.toString();
  }

  private static String line(String name, List<ColdModelSample> samples) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.0f | %.0f |%n",
        name,
        median(samples, ColdModelSample::main),
        median(samples, s -> s.backend() - s.main()),
        median(samples, s -> s.read() - s.backend()),
        median(samples, s -> s.session() - s.read()),
        median(samples, s -> s.compiled() - s.session()),
        median(samples, s -> s.output() - s.compiled()),
        median(samples, ColdModelSample::output),
        median(samples, ColdModelSample::laterRun),
        median(samples, ColdModelSample::peakBytes) / MEBIBYTE,
        median(samples, ColdModelSample::laterPeakBytes) / MEBIBYTE);
  }

  private static String rivalLine(List<RivalModels.Once> samples) {
    return String.format(
        Locale.ROOT,
        "| ONNX Runtime | %.0f | | | | | | %.0f | | %.0f | |%n",
        median(samples, RivalModels.Once::mainMillis),
        median(samples, RivalModels.Once::outputMillis),
        median(samples, RivalModels.Once::peakBytes) / MEBIBYTE);
  }

  private String verdicts() {
    StringBuilder text =
        new StringBuilder(
            "\nOurs, with a warm-up as sessions have it by default, over theirs:\n\n");
    for (Kind kind : kinds) {
      if (kind.warmUpMillis > 0) {
        String jvm = kind.flags.isEmpty() ? "no flags" : "`" + String.join(" ", kind.flags) + "`";
        text.append(
            String.format(
                Locale.ROOT,
                "- %s: peak memory %.2f, first output %.2f%n",
                jvm,
                median(kind.samples, ColdModelSample::peakBytes)
                    / median(rival, RivalModels.Once::peakBytes),
                median(kind.samples, ColdModelSample::output)
                    / median(rival, RivalModels.Once::outputMillis)));
      }
    }
    return text.toString();
  }

  private static <T> double median(List<T> samples, ToDoubleFunction<T> value) {
    return Medians.of(samples.stream().mapToDouble(value).boxed().toList());
  }
}
