package io.lanewise.propertytests.subject;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.Layer;
import io.lanewise.layers.Sequential;
import io.lanewise.propertytests.subject.LayerCase.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network of layers one after the other, and the shape of its input; without parameters' values.
 *
 * @param n batch size; may be 0
 * @param c channels of the input
 * @param ih height of the input
 * @param iw width of the input
 * @param layers at least one; each takes what the one before gives
 */
public record NetworkCase(int n, int c, int ih, int iw, List<LayerCase> layers) {
  /**
   * Checks that every layer can take its input.
   *
   * @throws IllegalArgumentException naming the one that cannot
   */
  public NetworkCase {
    layers = List.copyOf(layers);
    if (n < 0 || c < 1 || ih < 1 || iw < 1 || layers.isEmpty()) {
      throw new IllegalArgumentException(
          "a network needs n >= 0, c ih iw >= 1 and a layer, got n=%d c=%d ih=%d iw=%d %s"
              .formatted(n, c, ih, iw, layers));
    }
    shapes(Shape.of(n, c, ih, iw), layers);
  }

  /** Shape of the input. */
  public Shape input() {
    return Shape.of(n, c, ih, iw);
  }

  /** The input's shape, then each layer's output shape. */
  public List<Shape> shapes() {
    return shapes(input(), layers);
  }

  private static List<Shape> shapes(Shape input, List<LayerCase> layers) {
    List<Shape> shapes = new ArrayList<>(List.of(input));
    for (LayerCase layer : layers) {
      shapes.add(layer.output(shapes.getLast()));
    }
    return shapes;
  }

  /** Multiply-adds and taps of a forward pass. */
  public long work() {
    long work = 0;
    for (int i = 0; i < layers.size(); i++) {
      work += (long) shapes().get(i + 1).size() * reduction(i);
    }
    return work;
  }

  /** How many inputs an output of a layer is made of, the bias not counted. */
  public int reduction(int layer) {
    LayerCase l = layers.get(layer);
    Shape x = shapes().get(layer);
    return switch (l.kind()) {
      case CONV -> x.dim(1) / l.g() * l.k() * l.k();
      case LINEAR -> x.dim(1);
      case MAXPOOL, AVGPOOL -> l.k() * l.k();
      case RELU, TANH, FLATTEN -> 1;
    };
  }

  /** The network, with parameters that someone has to set. */
  public Sequential build() {
    Sequential net = Sequential.of(layers.stream().map(LayerCase::layer).toArray(Layer[]::new));
    net.build(input(), new SplittableRandom(0));
    return net;
  }

  /** The same network with layers that round nothing: ReLU for tanh, greatest for average. */
  public NetworkCase withoutRounding() {
    return new NetworkCase(
        n, c, ih, iw, layers.stream().map(NetworkCase::withoutRounding).toList());
  }

  private static LayerCase withoutRounding(LayerCase l) {
    return switch (l.kind()) {
      case TANH -> LayerCase.of(Kind.RELU);
      case AVGPOOL -> LayerCase.pool(Kind.MAXPOOL, l.k(), l.s(), l.p(), true);
      case CONV, MAXPOOL, RELU, FLATTEN, LINEAR -> l;
    };
  }

  /** The same network on batches of another size. */
  public NetworkCase withBatch(int batch) {
    return new NetworkCase(batch, c, ih, iw, layers);
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "n2 c3 ih9 iw8, conv out4 k3 p1, relu,
   * flatten, linear out10"}.
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static NetworkCase parse(String text) {
    String[] parts = text.split(",", -1);
    Words input = new Words("a network's input", parts[0], Set.of("n", "c", "ih", "iw"));
    List<LayerCase> layers = Arrays.stream(parts).skip(1).map(LayerCase::parse).toList();
    return new NetworkCase(
        input.need("n"), input.need("c"), input.need("ih"), input.need("iw"), layers);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return Stream.concat(
            Stream.of("n" + n + " c" + c + " ih" + ih + " iw" + iw),
            layers.stream().map(LayerCase::toString))
        .collect(Collectors.joining(", "));
  }
}
