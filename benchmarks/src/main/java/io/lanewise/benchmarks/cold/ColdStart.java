package io.lanewise.benchmarks.cold;

import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.kernels.shape.ConvShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures cold starts: fresh JVMs, with a warm-up and without in turn. */
public final class ColdStart {
  private static final int SECONDS = 120; // for one JVM

  private ColdStart() {}

  /**
   * Convolutions that run one after the other.
   *
   * @param name for people
   * @param layers the shapes, and how many layers have each
   */
  public record Network(String name, List<ShapeFile.Entry<ConvShape>> layers) {
    /** Checks that there is something to run. */
    public Network {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("there is no convolution in " + name);
      }
    }

    /** A single layer. */
    public static Network of(ConvShape shape) {
      return new Network(shape.toString(), List.of(new ShapeFile.Entry<>(shape, 1)));
    }
  }

  /**
   * Starts {@code forks} JVMs of each kind.
   *
   * @throws IOException if one cannot be started, fails, or takes longer than two minutes
   */
  public static ColdRow measure(Network network, int forks)
      throws IOException, InterruptedException {
    List<ColdSample> cold = new ArrayList<>();
    List<ColdSample> warm = new ArrayList<>();
    for (int i = 0; i < forks; i++) {
      cold.add(sample(network, ColdWorker.COLD));
      warm.add(sample(network, ColdWorker.WARM));
    }
    return new ColdRow(network.name(), cold, warm);
  }

  private static ColdSample sample(Network network, String kind)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ColdWorker.class.getName());
    command.add(String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
    command.add(kind);
    for (ShapeFile.Entry<ConvShape> layer : network.layers()) {
      command.add(String.valueOf(layer.count()));
      command.add(layer.shape().toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(network.name() + ": a JVM took longer than " + SECONDS + " s");
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(network.name() + ": a JVM failed: " + output.strip());
      }
      return ColdSample.parse(output.strip().lines().reduce("", (a, b) -> b));
    } finally {
      process.destroyForcibly();
    }
  }
}
