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
 * A model's cold starts: fresh processes, ours without and with a warm-up and a rival's in turn.
 *
 * @param name of the model, and its input's sizes
 * @param plain ours
 * @param warm ours with a warm-up
 * @param rival theirs; empty if none was asked
 */
public record ColdModel(
    String name,
    List<ColdModelSample> plain,
    List<ColdModelSample> warm,
    List<RivalModels.Once> rival) {
  private static final long WARM_UP_MILLIS = SessionOptions.defaults().warmUp().toMillis();
  private static final double MEBIBYTE = 1 << 20;

  private static final String HEAD =
      """
      | | JVM | classes | read | load | compile, pack | first run | first output at | later run | peak MiB | later |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  /** Copies the lists. */
  public ColdModel {
    plain = List.copyOf(plain);
    warm = List.copyOf(warm);
    rival = List.copyOf(rival);
  }

  /**
   * Starts {@code forks} processes of each kind, one at a time.
   *
   * @throws IOException if one cannot be started, or fails
   */
  public static ColdModel measure(
      Task.Model model, int threads, int forks, Optional<RivalModels> rival)
      throws IOException, InterruptedException {
    Path file = ModelFile.find(model.name());
    Map<String, Shape> inputs = Map.of(ModelFile.inputName(file), model.x());
    List<ColdModelSample> plain = new ArrayList<>();
    List<ColdModelSample> warm = new ArrayList<>();
    List<RivalModels.Once> theirs = new ArrayList<>();
    for (int i = 0; i < forks; i++) {
      plain.add(sample(model, file, threads, 0));
      warm.add(sample(model, file, threads, WARM_UP_MILLIS));
      if (rival.isPresent()) {
        theirs.add(rival.get().once(file, inputs, threads));
      }
    }
    return new ColdModel(model.toString(), plain, warm, theirs);
  }

  private static ColdModelSample sample(Task.Model model, Path file, int threads, long warmUpMillis)
      throws IOException, InterruptedException {
    String sizes =
        Arrays.stream(model.x().toArray())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("x"));
    return ColdModelSample.parse(
        FreshJvm.lastLine(
            ColdModelWorker.class,
            List.of(
                String.valueOf(Moments.micros()),
                file.toString(),
                sizes,
                String.valueOf(threads),
                String.valueOf(warmUpMillis))));
  }

  /** A Markdown table of medians for each model. */
  public static String markdown(List<ColdModel> models) {
    StringBuilder text = new StringBuilder();
    for (ColdModel m : models) {
      text.append("\n**").append(m.name).append("**\n\n").append(HEAD);
      text.append(line("Lanewise", m.plain)).append(line("Lanewise, warm-up", m.warm));
      if (!m.rival.isEmpty()) {
        text.append(rivalLine(m.rival)).append(m.verdict());
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

  private String verdict() {
    return String.format(
        Locale.ROOT,
        "%nOurs, as sessions are by default, over theirs: peak memory %.2f, first output %.2f.%n",
        median(warm, ColdModelSample::peakBytes) / median(rival, RivalModels.Once::peakBytes),
        median(warm, ColdModelSample::output) / median(rival, RivalModels.Once::outputMillis));
  }

  private static <T> double median(List<T> samples, ToDoubleFunction<T> value) {
    return Medians.of(samples.stream().mapToDouble(value).boxed().toList());
  }
}
