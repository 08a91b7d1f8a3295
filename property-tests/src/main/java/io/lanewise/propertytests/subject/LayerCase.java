package io.lanewise.propertytests.subject;

import static io.lanewise.layers.Layers.avgPool2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.maxPool2d;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.AvgPool2d;
import io.lanewise.layers.Conv2d;
import io.lanewise.layers.Layer;
import io.lanewise.layers.Layers;
import io.lanewise.layers.Linear;
import java.util.Locale;
import java.util.Set;

/**
 * One layer of a network, without its parameters' values. What a kind does not have is 1, padding
 * 0.
 *
 * @param kind which layer
 * @param out output channels of a convolution, outputs of a linear layer
 * @param k height and width of the window
 * @param s stride
 * @param p padding on each side
 * @param d dilation
 * @param g groups
 * @param plain false for a layer without a bias, or an average that does not count padding
 */
public record LayerCase(Kind kind, int out, int k, int s, int p, int d, int g, boolean plain) {

  /** The kinds there are; their names in lower case are the first word of the text. */
  public enum Kind {
    /** Convolution. */
    CONV,
    /** Max pooling. */
    MAXPOOL,
    /** Average pooling. */
    AVGPOOL,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code tanh(x)}. */
    TANH,
    /** Images to rows. */
    FLATTEN,
    /** Fully connected layer. */
    LINEAR
  }

  /** Refuses poolings with windows of padding alone: their outputs may be infinite. */
  public LayerCase {
    boolean pools = kind == Kind.MAXPOOL || kind == Kind.AVGPOOL;
    if (out < 1 || k < 1 || s < 1 || p < 0 || d < 1 || g < 1 || (pools && 2 * p > k)) {
      throw new IllegalArgumentException(
          "a layer needs out k s d g >= 1, p >= 0 and, if it pools, 2p <= k, got out=%d k=%d s=%d"
                  .formatted(out, k, s)
              + " p=%d d=%d g=%d".formatted(p, d, g));
    }
  }

  /** A layer that is nothing but its kind. */
  public static LayerCase of(Kind kind) {
    return new LayerCase(kind, 1, 1, 1, 0, 1, 1, true);
  }

  /** A pooling. */
  public static LayerCase pool(Kind kind, int k, int s, int p, boolean countsPadding) {
    return new LayerCase(kind, 1, k, s, p, 1, 1, countsPadding);
  }

  /** A fully connected layer. */
  public static LayerCase linear(int out, boolean bias) {
    return new LayerCase(Kind.LINEAR, out, 1, 1, 0, 1, 1, bias);
  }

  /** True for layers with a window. */
  public boolean hasWindow() {
    return kind == Kind.CONV || kind == Kind.MAXPOOL || kind == Kind.AVGPOOL;
  }

  /**
   * The output's shape, by the formula that the layers are checked against: {@code floor((in + 2p -
   * d(k - 1) - 1) / s) + 1} positions.
   *
   * @throws IllegalArgumentException if the layer cannot take this input
   */
  public Shape output(Shape x) {
    if (kind == Kind.RELU || kind == Kind.TANH) {
      return x;
    }
    boolean rows = kind == Kind.LINEAR;
    if (x.rank() != (rows ? 2 : 4)) {
      throw new IllegalArgumentException(this + " cannot take " + x);
    }
    if (rows) {
      return Shape.of(x.dim(0), out);
    }
    if (kind == Kind.FLATTEN) {
      return Shape.of(x.dim(0), x.dim(1) * x.dim(2) * x.dim(3));
    }
    int channels = kind == Kind.CONV ? out : x.dim(1);
    if (x.dim(1) % g != 0 || channels % g != 0) {
      throw new IllegalArgumentException(this + " cannot take " + x);
    }
    return Shape.of(x.dim(0), channels, positions(x.dim(2)), positions(x.dim(3)));
  }

  private int positions(int in) {
    int room = in + 2 * p - d * (k - 1) - 1;
    if (room < 0) {
      throw new IllegalArgumentException(this + " does not fit " + in + " positions");
    }
    return room / s + 1;
  }

  /** The layer itself, without parameters. */
  public Layer layer() {
    return switch (kind) {
      case CONV -> {
        Conv2d conv = conv2d(out, k).stride(s).padding(p).dilation(d).groups(g);
        yield plain ? conv : conv.noBias();
      }
      case MAXPOOL -> maxPool2d(k, s, p);
      case AVGPOOL -> {
        AvgPool2d pool = avgPool2d(k, s, p);
        yield plain ? pool : pool.excludePadding();
      }
      case RELU -> Layers.relu();
      case TANH -> Layers.tanh();
      case FLATTEN -> Layers.flatten();
      case LINEAR -> {
        Linear linear = Layers.linear(out);
        yield plain ? linear : linear.noBias();
      }
    };
  }

  /**
   * Reads what {@link #toString()} writes; what is left out is 1, padding 0.
   *
   * @throws IllegalArgumentException naming the word that is missing or not understood
   */
  public static LayerCase parse(String text) {
    String[] words = text.strip().split("\\s+", 2);
    Kind kind = kind(words[0], text);
    String rest = words.length == 1 ? "" : words[1];
    Words w = new Words("a layer " + words[0], rest, keys(kind));
    int out = kind == Kind.CONV || kind == Kind.LINEAR ? w.need("out") : 1;
    int k = keys(kind).contains("k") ? w.need("k") : 1;
    boolean plain = !w.has("nobias") && !w.has("inside");
    return new LayerCase(
        kind, out, k, w.get("s", 1), w.get("p", 0), w.get("d", 1), w.get("g", 1), plain);
  }

  private static Kind kind(String word, String text) {
    for (Kind kind : Kind.values()) {
      if (name(kind).equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("not a layer: '" + text + "'");
  }

  private static Set<String> keys(Kind kind) {
    return switch (kind) {
      case CONV -> Set.of("out", "k", "s", "p", "d", "g", "nobias");
      case MAXPOOL -> Set.of("k", "s", "p");
      case AVGPOOL -> Set.of("k", "s", "p", "inside");
      case LINEAR -> Set.of("out", "nobias");
      case RELU, TANH, FLATTEN -> Set.of();
    };
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** For example {@code conv out4 k3 p1}; the form that {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder t = new StringBuilder(name(kind));
    if (kind == Kind.CONV || kind == Kind.LINEAR) {
      t.append(" out").append(out);
    }
    if (hasWindow()) {
      t.append(" k").append(k);
    }
    t.append(s == 1 ? "" : " s" + s).append(p == 0 ? "" : " p" + p);
    t.append(d == 1 ? "" : " d" + d).append(g == 1 ? "" : " g" + g);
    return t.append(plain ? "" : kind == Kind.AVGPOOL ? " inside" : " nobias").toString();
  }
}
