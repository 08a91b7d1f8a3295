package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.kernels.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs models by a rival, in a process of its own for each question. */
public final class RivalModels {
  private static final int MINUTES = 10; // for one process
  private static final String TAB = "\t";

  private final Home home;

  /**
   * Of a rival.
   *
   * @param home its class path
   */
  public RivalModels(Home home) {
    this.home = home;
  }

  /**
   * What it says of each node.
   *
   * @param inputs sizes of all inputs by name
   * @throws IOException if its process fails, with what it said
   */
  public NodeProfile profile(Path model, Map<String, Shape> inputs, int threads, int runs)
      throws IOException, InterruptedException {
    List<String[]> lines = ask(ModelWorker.PROFILE, model, inputs, threads, runs);
    String[] run = lines.getFirst();
    List<NodeProfile.Node> nodes = new ArrayList<>();
    for (String[] node : lines.subList(1, lines.size())) {
      nodes.add(new NodeProfile.Node(node[1], node[2], Double.parseDouble(node[3])));
    }
    return new NodeProfile(run[1], run[2], Double.parseDouble(run[3]), nodes);
  }

  /**
   * From the start of its JVM to a model's first output.
   *
   * @param mainMillis when its own code began
   * @param outputMillis when the output was there
   * @param peakBytes the most memory that the process held until then
   */
  public record Once(double mainMillis, double outputMillis, long peakBytes) {}

  /**
   * Loads a model and runs it once.
   *
   * @param inputs sizes of all inputs by name
   * @throws IOException if its process fails, with what it said
   */
  public Once once(Path model, Map<String, Shape> inputs, int threads)
      throws IOException, InterruptedException {
    String[] said = ask(ModelWorker.ONCE, model, inputs, threads, 1).getFirst();
    return new Once(
        Double.parseDouble(said[1]), Double.parseDouble(said[2]), Long.parseLong(said[3]));
  }

  /** A line of fields. */
  static String line(Object... fields) {
    return Arrays.stream(fields)
        .map(field -> field.toString().replaceAll("\\s", " "))
        .collect(Collectors.joining(TAB));
  }

  private List<String[]> ask(
      String what, Path model, Map<String, Shape> inputs, int threads, int runs)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("lanewise-model");
    try {
      List<String> words = new ArrayList<>();
      words.add(what);
      words.add(String.valueOf(Moments.micros()));
      words.add(model.toAbsolutePath().toString());
      words.add(String.valueOf(threads));
      words.add(String.valueOf(runs));
      inputs.forEach((name, shape) -> words.add(name + "=" + sizes(shape)));
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      List<String> command = JvmCommand.of(home, folder, ModelWorker.class, words);
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try {
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended || process.exitValue() != 0) {
          throw new IOException(home.name() + ": " + lastWords(err, ended));
        }
      } finally {
        process.destroyForcibly();
      }
      return Files.readAllLines(out).stream().map(l -> l.split(TAB, -1)).toList();
    } finally {
      delete(folder);
    }
  }

  private static String sizes(Shape shape) {
    return Arrays.stream(shape.toArray())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("x"));
  }

  private static String lastWords(Path err, boolean ended) throws IOException {
    String said = new String(Files.readAllBytes(err), StandardCharsets.UTF_8).strip();
    String why = ended ? "it failed" : "it took longer than " + MINUTES + " minutes";
    return said.isEmpty() ? why : why + ": " + said.lines().findFirst().orElseThrow();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
