package io.lanewise.benchmarks.cold;

import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.harness.Moments;
import io.lanewise.kernels.shape.ConvShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures cold starts: fresh JVMs, with a warm-up and without in turn. */
public final class ColdStart {
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
    List<String> words = new ArrayList<>();
    words.add(String.valueOf(Moments.micros()));
    words.add(kind);
    for (ShapeFile.Entry<ConvShape> layer : network.layers()) {
      words.add(String.valueOf(layer.count()));
      words.add(layer.shape().toString());
    }
    return ColdSample.parse(FreshJvm.lastLine(ColdWorker.class, words));
  }
}
