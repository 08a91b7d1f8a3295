package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.propertytests.subject.LayerCase.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary small networks: convolutions, poolings, activations, then linear layers. */
public final class Networks {
  private static final long MOST_WORK = 30_000; // some milliseconds of the naive reference, thrice
  private static final int[] BATCHES = {0, 1, 1, 2, 2, 3};
  private static final int[] OUTPUTS = {1, 2, 3, 5, 7, 10, 15, 16, 17};

  private Networks() {}

  /** Any network that the naive reference runs in some milliseconds. */
  public static Arbitrary<NetworkCase> any() {
    return Arbitraries.randomValue(random -> new Draw(random).network())
        .filter(net -> net.work() <= MOST_WORK);
  }

  /** One network in the making. */
  private static final class Draw {
    private final Random random;
    private final List<LayerCase> layers = new ArrayList<>();
    private Shape shape;

    Draw(Random random) {
      this.random = random;
    }

    NetworkCase network() {
      int n = BATCHES[random.nextInt(BATCHES.length)];
      Shape input = Shape.of(n, from(1, 4), from(3, 12), from(3, 12));
      shape = input;
      if (random.nextInt(4) == 0) {
        add(pool()); // a network may start with layers that have no parameters
      }
      for (int blocks = from(0, 3); blocks > 0; blocks--) {
        add(conv());
        activation();
        if (random.nextBoolean()) {
          add(pool());
        }
      }
      if (layers.isEmpty() || random.nextInt(4) > 0) {
        add(LayerCase.of(Kind.FLATTEN));
        if (random.nextBoolean()) {
          add(LayerCase.linear(OUTPUTS[random.nextInt(OUTPUTS.length)], random.nextBoolean()));
          activation();
        }
        add(LayerCase.linear(OUTPUTS[random.nextInt(OUTPUTS.length)], random.nextInt(4) > 0));
      }
      return new NetworkCase(n, input.dim(1), input.dim(2), input.dim(3), layers);
    }

    private int from(int least, int most) {
      return least + random.nextInt(most - least + 1);
    }

    /** A layer that does not fit is left out, and one whose windows see little but padding. */
    private void add(LayerCase layer) {
      try {
        Shape next = layer.output(shape);
        if (!layer.hasWindow() || PoolShapes.isAlive(window(layer))) {
          shape = next;
          layers.add(layer);
        }
      } catch (IllegalArgumentException e) {
        // too large a window for what is left of the image
      }
    }

    private PoolShape window(LayerCase l) {
      Padding padding = Padding.of(l.p());
      return new PoolShape(
          1, 1, shape.dim(2), shape.dim(3), l.k(), l.k(), l.s(), l.s(), l.d(), l.d(), padding);
    }

    private void activation() {
      int which = random.nextInt(5);
      if (which > 0) {
        add(LayerCase.of(which > 2 ? Kind.RELU : Kind.TANH));
      }
    }

    private LayerCase conv() {
      int channels = shape.dim(1);
      int groups = random.nextInt(3) > 0 ? 1 : random.nextBoolean() ? channels : 2;
      int k = from(1, 3);
      return new LayerCase(
          Kind.CONV,
          groups * from(1, groups == 1 ? 6 : 2),
          k,
          from(1, 4) > 3 ? 2 : 1,
          random.nextInt(k),
          from(1, 4) > 3 ? 2 : 1,
          groups,
          random.nextInt(4) > 0);
    }

    /** Padding of up to half the window: each window then holds an input. */
    private LayerCase pool() {
      int k = from(1, 3);
      Kind kind = random.nextBoolean() ? Kind.MAXPOOL : Kind.AVGPOOL;
      boolean counts = kind == Kind.MAXPOOL || random.nextBoolean();
      return LayerCase.pool(kind, k, from(1, 2), random.nextInt(k / 2 + 1), counts);
    }
  }
}
